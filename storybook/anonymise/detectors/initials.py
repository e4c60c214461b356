"""Initials in the places where notes have them: lists of who was there, who does what, who signed.

One pair of capitals is mostly an abbreviation. Several in a row that no list of abbreviations holds are people, and
what was people once in a text is people wherever else it stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .codes import Detector, Match
from .context import ABBREVIATIONS, DEEDS
from .findings import Confidence, What
from .scan import scan

_ONE: Final = r"(?:[A-Z]{2,3}|[A-Z]\.(?:\s?[A-Z]\.){0,2}|[A-Z](?:\.[A-Z]){1,2}\.?)"
_AND: Final = r"(?:\s?[,/&;]\s?(?:and\s)?|\s(?:and|with)\s|\s?\+\s?)"
_EDGE: Final = r"(?<![\w/&.£'’\-])"
_END: Final = r"(?![\w&'’\-]|/\d)"
#: "JB, KT and M.", "SD/RW".
_LIST: Final = re.compile(rf"{_EDGE}{_ONE}(?:{_AND}{_ONE})+{_END}")
#: "Present: JB", "signed PW", "Action SD/RW": those who were there or have to do something.
_ROLL: Final = re.compile(
    r"\b(?i:present|in attendance|attendees?|apologies|minutes(?: by)?|note[sd]? by|taken by|chair(?:ed by)?"
    r"|actions?(?: for)?"
    r"|owner|lead|signed(?: by)?|initial(?:led|s)|seen by|completed by|entered by|written by|typed by|discussed with"
    rf"|handed over (?:to|by)|on shift|sleep-?in|cc)(?: \d{{1,2}})?\s?[:\-–]?\s(?P<id>{_ONE}(?:{_AND}{_ONE})*){_END}"
)
#: "KT to chase the council", at the beginning of a sentence or of an action.
_TO_DO: Final = re.compile(
    rf"(?:^|(?<=[\n:;•*\-–.]\s)|(?<=\n))(?P<id>{_ONE}(?:/{_ONE})*)\s(?:to|will)\s(?=[a-z]{{3}})"
)
#: Alone at the end of a note, as a signature: "Seen. ZH".
_LAST: Final = re.compile(rf"(?:(?<=[.!?)]\s)|(?<=\n))(?P<id>{_ONE}(?:\s?[/,]\s?{_ONE})*)\s*(?=\n|\Z)")
#: One letter with a stop where a sentence is about somebody: "H. was my girl".
_LETTER: Final = re.compile(
    r"(?:^|(?<=[.!?\n]\s)|(?<=\n)|(?<=\band\s)|(?<=\bwith\s))(?P<id>[B-HJ-Z]\.)\s(?P<does>[a-z’']+)"
)
_EACH: Final = re.compile(_ONE)


def initials(text: str) -> Iterator[Match]:
    """People by their initials, each time they stand in the text."""
    sure: dict[str, Confidence] = {}
    for match in scan(_LETTER, text):
        if match["does"] in DEEDS:
            yield What.INITIALS, *match.span("id"), Confidence.LIKELY
    for pattern, at_least in ((_LIST, 2), (_ROLL, 1), (_TO_DO, 1), (_LAST, 1)):
        for match in scan(pattern, text):
            start, end = match.span("id") if "id" in pattern.groupindex else match.span()
            found = list(_EACH.finditer(text, start, end))
            if _are_people(found, at_least, listed=pattern is _LIST):
                for one in found:
                    yield What.INITIALS, *one.span(), Confidence.LIKELY
                    sure.setdefault(one.group(), Confidence.LIKELY)
    yield from _again(text, [letters for letters in sure if len(letters.strip(".")) > 1])


def _are_people(found: list[re.Match[str]], at_least: int, *, listed: bool) -> bool:
    """Whether letters are people's: none that everybody at work knows, and a pair or stops among them."""
    plain = [one.group().replace(".", "").replace(" ", "").lower() for one in found]
    if any(len(letters) > 1 and letters in ABBREVIATIONS for letters in plain) and (
        listed or len(found) == 1
    ):
        return False
    pairs = [
        one for one, letters in zip(found, plain, strict=True) if len(letters) == 2 or "." in one.group()
    ]
    return len(found) >= at_least and bool(pairs)


def _again(text: str, letters: list[str]) -> Iterator[Match]:
    """The same letters anywhere else, with stops or without."""
    if not letters:
        return
    forms = {re.escape(one) for one in letters} | {
        re.escape(one.replace(".", "").replace(" ", "")) for one in letters
    }
    forms = {form for form in forms if len(form) > 1}
    for match in re.finditer(
        rf"{_EDGE}(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?![\w&\-])", text
    ):
        yield What.INITIALS, *match.span(), Confidence.LIKELY


DETECTORS: Final[tuple[Detector, ...]] = (initials,)
