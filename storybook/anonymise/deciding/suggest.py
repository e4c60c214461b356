"""What could stand in place of words that identify: a kinder general word, an age band, the story's own time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from ...story.human_dates import NotADate, read_date
from ...story.messages import Message, message
from ..detectors.findings import What

_WORDS: Final[Mapping[What, Message]] = {
    What.POSTCODE: message("a place nearby"),
    What.NHS_NUMBER: message("a number"),
    What.NI_NUMBER: message("a number"),
    What.PHONE: message("a phone number"),
    What.EMAIL: message("an email address"),
    What.BIRTH_DATE: message("a day long ago"),
    What.DATE: message("a day back then"),
    What.PLATE: message("a car"),
    What.PRISON_NUMBER: message("a number"),
    What.POLICE_NUMBER: message("a number"),
    What.COURT_NUMBER: message("a number"),
    What.BANK: message("a number"),
    What.REFERENCE: message("a reference"),
    What.HANDLE: message("a name online"),
    What.LINK: message("a link"),
    What.FILE: message("a file"),
    What.ADDRESS: message("an address nearby"),
    What.PLACE: message("a town nearby"),
    What.ORG: message("a service"),
    What.EVENT: message("something in the news"),
    What.TRADE: message("a job"),
    What.AMOUNT: message("some money"),
}
_TEN: Final = (
    message("a child"),
    message("a teenager"),
    message("in their twenties"),
    message("in their thirties"),
    message("in their forties"),
    message("in their fifties"),
    message("in their sixties"),
    message("in their seventies"),
    message("in their eighties"),
)
_OLDEST: Final = message("90 or over")
_NUMBER: Final = re.compile(r"\d{1,3}")
_UNIT: Final = {
    name: number
    for number, name in enumerate(
        [
            "nought",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS: Final = {
    name: 10 * number
    for number, name in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}


def suggested(what: What, found: str, when: Callable[[str], str]) -> Message | None:
    """Words for the place of ``found``; None where only a person can find them.

    ``when`` puts an EDTF date into the story's own time, and gives "" for one that is off its axis.
    """
    if what is What.AGE:
        return _age(found)
    if what is What.DATE and (told := _told(found, when)):
        return (
            message("a day in {when}", when=told)
            if re.match(r"month|week", told)
            else message("{when}", when=told)
        )
    return _WORDS.get(what)


def _told(found: str, when: Callable[[str], str]) -> str:
    try:
        return when(read_date(found).date)
    except (NotADate, ValueError):
        return ""


def _age(found: str) -> Message | None:
    """The ten years that an age lies in; for somebody under twenty, what they are called at it."""
    years = _years(found)
    if years is None:
        return None
    return _OLDEST if years >= 90 else _TEN[years // 10]


def _years(found: str) -> int | None:
    digits = _NUMBER.search(found)
    if digits:
        return int(digits.group())
    said = re.findall(r"[a-z]+", found.lower())
    numbers = [_UNIT.get(word, _TENS.get(word)) for word in said]
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
