"""Numbers as people say them, written down: "oh seven seven double oh", "forty-five", "kilo november one six"."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = dict(
    zip(
        ("zero", "oh", "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        "000123456789",
        strict=True,
    )
)
_TEENS: Final = dict(
    zip(
        (
            *(
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
            ),
            "nineteen",
        ),
        map(str, range(10, 20)),
        strict=True,
    )
)
_TENS: Final = dict(
    zip(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        "23456789",
        strict=True,
    )
)
#: How letters are spelt to somebody on the phone (the alphabet of the ITU and NATO).
_LETTERS: Final = {
    word: word[0].upper()
    for word in (
        *(
            "alpha",
            "alfa",
            "bravo",
            "charlie",
            "delta",
            "echo",
            "foxtrot",
            "golf",
            "hotel",
            "india",
            "juliet",
        ),
        *(
            "juliett",
            "kilo",
            "lima",
            "mike",
            "november",
            "oscar",
            "papa",
            "quebec",
            "romeo",
            "sierra",
            "tango",
        ),
        *("uniform", "victor", "whiskey", "whisky", "x-ray", "xray", "yankee", "zulu"),
    )
}
_SIGNS: Final = {"stroke": "/", "slash": "/", "dash": "-", "hyphen": "-"}
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
_SAID: Final = _ONES | _TEENS | _LETTERS | _SIGNS
_ONE: Final = "|".join(_ONES)
_PART: Final = (
    rf"(?:(?:(?:double|triple|treble)[\s\-]+)?(?:{_ONE})\b(?:[\s\-]hundred\b)?|(?:{'|'.join(_TENS)})(?:[\s\-]+(?:{_ONE})\b|\b)"
    rf"|(?:{'|'.join((*_TEENS, *_LETTERS, *_SIGNS))})\b|\d+|(?-i:[A-Z])(?!\w))"
)
#: Three parts or more one after the other, each said or written.
SPOKEN: Final = re.compile(rf"\b{_PART}(?:[\s,.\-]{{1,3}}{_PART}){{2,}}", re.IGNORECASE)
_EACH: Final = re.compile(
    rf"(?:(?P<times>double|triple|treble)[\s\-]+)?(?P<one>{_ONE})\b(?P<hundred>[\s\-]hundred\b)?"
    rf"|(?P<ten>{'|'.join(_TENS)})(?:[\s\-]+(?P<unit>{_ONE})\b|\b)"
    rf"|(?P<said>{'|'.join((*_TEENS, *_LETTERS, *_SIGNS))})\b|\d+|[A-Z]",
    re.IGNORECASE,
)
_SPOKEN_WORD: Final = re.compile(r"[A-Za-z]{2}")
#: A run of fewer says nothing.
_FEWEST: Final = 6


def written(run: re.Match[str]) -> str:
    """What a run says without what stands between its parts; the run itself if that is short, or nothing is said."""
    if _SPOKEN_WORD.search(run.group()) is None:
        return run.group()
    made = "".join(map(_one, _EACH.finditer(run.group())))
    return made if len(made) >= _FEWEST and sum(map(str.isdigit, made)) > 1 else run.group()


def _one(match: re.Match[str]) -> str:
    if match["one"]:
        times = _TIMES.get((match["times"] or "").lower(), 1)
        return _ONES[match["one"].lower()] * times + ("00" if match["hundred"] else "")
    if match["ten"]:
        return _TENS[match["ten"].lower()] + (_ONES[match["unit"].lower()] if match["unit"] else "0")
    return _SAID[match["said"].lower()] if match["said"] else match.group()
