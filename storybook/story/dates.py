"""When things were: the dates and ends of contacts, gaps, episodes and points of a track.

Everything about dates that other packages need is here; how one EDTF string is read stands in
``edtf_reading`` (what is accepted, seasons, strict and fuzzy bounds), how it is said in ``date_words``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from .date_words import words
from .edtf_reading import OPEN, EdtfDate, Precision, parse, quoted
from .messages import Message

__all__ = [
    "OPEN",
    "DateSpan",
    "EdtfDate",
    "Precision",
    "check_date",
    "check_end",
    "check_span",
    "in_words",
    "parse",
    "span",
]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """When something was: a contact's ``date`` and ``end`` put together.

    ``begins`` and ``ends`` are the two sides as dates (both the same date for a ``moment``), ``None`` where
    nothing is known or nothing is over. ``moment``: no duration was said. ``ongoing``: the end is ``..``.
    """

    date: EdtfDate
    begins: EdtfDate | None
    ends: EdtfDate | None
    lower: dt.date | None
    upper: dt.date | None
    lower_fuzzy: dt.date | None
    upper_fuzzy: dt.date | None
    moment: bool
    ongoing: bool
    end_unknown: bool
    open_start: bool
    start_unknown: bool

    @property
    def sort_key(self) -> tuple[dt.date, dt.date]:
        """Orders spans by when they began, then by when they ended."""
        return self.date.sort_key


def check_date(value: str) -> str:
    """``value`` without spaces around it if it is an EDTF level 1 date or interval; else ValueError."""
    return parse(value.strip()).text


def check_end(value: str) -> str:
    """``value`` if it can end something: "" (nothing said), ".." (ongoing) or one date; else ValueError."""
    end = value.strip()
    if end in ("", OPEN):
        return end
    if "/" in end:
        raise ValueError(f"{quoted(end)} is two dates; an end is one date, or .. if it goes on")
    return parse(end).text


def check_span(date: str, end: str = "") -> None:
    """ValueError if ``end`` cannot belong to ``date``: it comes before it, or is said twice."""
    span(date, end)


def in_words(date: str, end: str = "") -> Message:
    """A contact's ``date`` and ``end`` as people say them: "March to May 2016", "since April 2016"."""
    return words(span(date, end).date)


@lru_cache(maxsize=65536)
def span(date_text: str, end_text: str = "") -> DateSpan:
    """A contact's ``date`` and ``end`` as one span. ValueError if the end comes before the start."""
    if not end_text:
        return _as_span(parse(date_text))
    if "/" in date_text:
        raise ValueError(f"{quoted(date_text)} already says when it ended; leave the end empty")
    return _as_span(parse(f"{date_text}/{end_text}"))


def _as_span(date: EdtfDate) -> DateSpan:
    begins, ends = (date.start, date.end) if date.is_interval else (date, date)
    return DateSpan(
        date,
        begins,
        ends,
        date.lower,
        date.upper,
        date.lower_fuzzy,
        date.upper_fuzzy,
        moment=not date.is_interval or (begins == ends and date.precision is Precision.DAY),
        ongoing=date.open_end,
        end_unknown=date.unknown_end,
        open_start=date.open_start,
        start_unknown=date.unknown_start,
    )
