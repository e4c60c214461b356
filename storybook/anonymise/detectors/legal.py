"""What a named adviser must clear before anything is released: the law may harm somebody, or forbid it.

The patterns are in ``lists/legal.txt``, so that an adviser can read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from .codes import Detector, Match
from .findings import Confidence, What
from .scan import scan
from .words import sections_of_lines

_NAMED: Final = {
    "{who}": r"(?:i|we|he|she|they|(?:my|his|her|their|our) \w+)",
    "{selling}": (
        r"(?:drugs?|weed|crack|heroin|coke|cocaine|cannabis|spice|pills|gear|bits|food|a bit of (?:weed|green))"
    ),
}
_SIGNS: Final = re.compile(r"\[[^\]]*\]|[ '\-]")
_MEANT: Final = {" ": r"\s+", "'": "['’]", "-": r"[\s\-]"}


def harms(text: str) -> Iterator[Match]:
    """Places that an adviser has to look at."""
    for what, pattern in _patterns().items():
        for match in scan(pattern, text):
            yield what, *match.span(), Confidence.LIKELY


@cache
def _patterns() -> dict[What, re.Pattern[str]]:
    return {
        What(name): re.compile(rf"\b(?:{'|'.join(map(_pattern, lines))})\b", re.IGNORECASE)
        for name, lines in sections_of_lines("legal.txt").items()
    }


def _pattern(line: str) -> str:
    for name, meant in _NAMED.items():
        line = line.replace(name, meant)
    return _SIGNS.sub(lambda match: _MEANT.get(match.group(), match.group()), line)


DETECTORS: Final[tuple[Detector, ...]] = (harms,)
