"""Columns that look like they say who somebody is. They are refused; the value is never repeated.

Headings give most of them away; values catch the rest. A column of marks for people ("person") is judged by
most of its values, as a made-up mark can look like anything; a column of categories by any one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from stdnum.gb import nhs

from ..story.messages import Message, message

_Test = tuple[Callable[[str], object], Message]

_WHOSE: Final = (
    "first|fore|sur|last|middle|full|given|family|maiden|known|client|patient|person|customer|tenant|"
    "applicant|mother|father|child|partner|offender|victim"
)
_NO: Final = "no|num|number"
_HEADINGS: Final = (
    (rf"({_WHOSE})('?s)? ?names?|surname|forename|aka|alias(es)?|initials|name", message("names")),
    (r"nhs( ?(no|num|number|id))?", message("NHS numbers")),
    (
        rf"nino|ni ?({_NO})|national insurance( ?({_NO}))?|ssn|social security( ?({_NO}))?",
        message("National Insurance numbers"),
    ),
    (r"e ?mail( ?address(es)?)?s?", message("email addresses")),
    (
        r"(tele)?phone( ?(no|num|number))?s?|mobile( ?(no|num|number|phone))?s?|tel( ?(no|num|number))?",
        message("phone numbers"),
    ),
    (r"post ?codes?|(full|home|current) ?post ?code|zip( ?code)?", message("full postcodes")),
    (r"((home|current|street|full|last|postal) )?address(es)?( ?(line)? ?\d)?|uprn", message("addresses")),
    (r"(date|day) of birth|d ?o ?b|birth ?(date|day)|born( on)?", message("dates of birth")),
)

_POSTCODE: Final = re.compile(r"(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})", re.IGNORECASE)
_CLOSED_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_NI: Final = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", re.IGNORECASE)
_SSN: Final = re.compile(r"\d{3}-\d{2}-\d{4}")
_PHONE: Final = re.compile(r"(\+44 ?|0)[1-37](\d[ -]?){8,9}")
_ADDRESS: Final = re.compile(
    r"(flat \w+,? )?\d+[a-z]?,? [a-z' ]+ "
    r"(street|st|road|rd|lane|avenue|ave|close|drive|way|court|place|crescent|"
    r"terrace|gardens|grove|walk|square)\b.*",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"((mr|mrs|ms|miss|dr)\.? )?[a-z]{2,}(['-][a-z]+)?,? [a-z]+\.?(['-][a-z]+)?( [a-z]+(['-][a-z]+)?)?",
    re.IGNORECASE,
)
_ONE_NAME: Final = re.compile(r"[A-Z][a-z]{2,}(['-][A-Z][a-z]+)?")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?|\d{1,2}[/.-]\d{1,2}[/.-](19|20)\d{2}")
_TEN: Final = re.compile(r"\d{3}([ -]?)\d{3}\1\d{4}")
#: Categories are short; this many letters are somebody's notes.
_NOTE: Final = 80


def heading_kind(field: str, heading: str) -> Message | None:
    """What a heading says its column holds, if that identifies; ``field`` is what it is mapped to."""
    words = " ".join(
        re.sub(r"([a-z])([A-Z])", r"\1 \2", heading).replace("_", " ").replace("-", " ").split()
    ).casefold()
    for pattern, kind in _HEADINGS:
        if re.fullmatch(pattern, words) and not (field == "agency" and words == "name"):
            return kind
    return None


def value_kind(field: str, values: Iterable[str]) -> Message | None:
    """What the different ``values`` of a column look like, if that identifies or is somebody's notes."""
    values = [value for value in values if value]
    if not values:
        return None
    if field == "person":
        return _person(values)
    return _category(values) or (
        _any(_ADDRESS.fullmatch, values, message("addresses")) if field != "agency" else None
    )


def _any(test: Callable[[str], object], values: list[str], kind: Message) -> Message | None:
    return kind if any(test(value) for value in values) else None


def _person(values: list[str]) -> Message | None:
    tests: tuple[_Test, ...] = (
        *_ANYWHERE,
        (_ADDRESS.fullmatch, message("addresses")),
        (_CLOSED_POSTCODE.fullmatch, message("full postcodes")),
        *_MOSTLY,
        (_ONE_NAME.fullmatch, message("names")),
        (_NAME.fullmatch, message("names")),
    )
    return next((kind for test, kind in tests if _share(test, values) >= 0.5), None)


def _category(values: list[str]) -> Message | None:
    for test, kind in _ANYWHERE:
        if any(test(value) for value in values):
            return kind
    closed: _Test = (_CLOSED_POSTCODE.fullmatch, message("full postcodes"))
    found = next((kind for test, kind in (closed, *_MOSTLY) if _share(test, values) >= 0.2), None)
    notes = sum(len(value) > _NOTE for value in values) / len(values) >= 0.1
    return found or (message("somebody's notes") if notes else None)


def _share(test: Callable[[str], object], values: list[str]) -> float:
    return sum(bool(test(value)) for value in values) / len(values)


def _nhs_number(value: str) -> bool:
    """One in eleven numbers of ten digits has the right check digit: only most of a column tells."""
    return bool(_TEN.fullmatch(value)) and nhs.is_valid(value)


_ANYWHERE: Final[tuple[_Test, ...]] = (
    (_EMAIL.search, message("email addresses")),
    (_NI.fullmatch, message("National Insurance numbers")),
    (_POSTCODE.search, message("full postcodes")),
)
_MOSTLY: Final[tuple[_Test, ...]] = (
    (_nhs_number, message("NHS numbers")),
    (_PHONE.fullmatch, message("phone numbers")),
    (_SSN.fullmatch, message("National Insurance numbers")),
    (_DAY.fullmatch, message("dates, perhaps of birth")),
)
