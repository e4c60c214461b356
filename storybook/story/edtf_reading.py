"""Dates as people know them: EDTF (ISO 8601-2) level 1, with strict and fuzzy bounds.

What is accepted: ``2016-04-03``, ``2016-04``, ``2016``; seasons ``2016-21`` to ``2016-24``; uncertain ``?``,
approximate ``~``, both ``%`` at the end of any of them; unspecified digits ``2016-04-XX``, ``2016-XX``,
``2016-XX-XX``, ``201X``, ``20XX``; intervals of two of these, with ``..`` for a side that is open
(``2016-04/..`` goes on) and nothing for a side nobody knows (``2016-04/``). Years run from 1 to 9999. Times
of day are not.

* **Strict bounds** are the first and the last day the words allow: ``2016-04`` is 1 to 30 April 2016. A side
  that is open or unknown has no bound (``None``); nothing is guessed.
* **Seasons** are the Met Office's, three whole months: spring (21) March to May, summer (22) June to August,
  autumn (23) September to November, winter (24) December *of that year* to the end of the next February:
  ``2016-24`` is 1 December 2016 to 28 February 2017. (The ``edtf`` library stops winter at 31 December; a
  winter of one month is not what anybody means.)
* **Fuzzy bounds** lie on the strict ones, and outside them where a date is uncertain or approximate: by three
  days for a day, a month for a month, three months for a season, a year for a year, ten for a decade, a
  hundred for a century; twice that for both (``%``). Between strict and fuzzy bounds the picture's edge
  fades.

Plain days, months and years are read here because stories hold hundreds of them and the ``edtf`` library
takes 1 to 10 ms for each; everything else goes through the library. A property test holds the two
together.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import time
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

OPEN: Final = ".."

_PLAIN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_BASE = re.compile(r"\d{4}-2[1-4]|\d{4}-\d{2}-XX|\d{4}-XX(?:-XX)?|\d{3}X|\d{2}XX", re.ASCII)
_HELP = "write it like 2016-04-03, 2016-04, 2016, 2016-21 (spring), 2016-04~ (about) or 2016-04/2016-07"
_NO_YEAR = "has no year that can be; years run from 0001 to 9999"
_UNCERTAIN = ("?", "%")
_APPROXIMATE = ("~", "%")


class Precision(StrEnum):
    """How fine a date is known."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


#: How far a fuzzy bound lies outside the strict one, in days and in months.
_FUZZ: Final = {
    Precision.DAY: (3, 0),
    Precision.MONTH: (0, 1),
    Precision.SEASON: (0, 3),
    Precision.YEAR: (0, 12),
    Precision.DECADE: (0, 120),
    Precision.CENTURY: (0, 1200),
}


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """One EDTF date or interval, read.

    ``start`` and ``end`` are an interval's sides, ``None`` where a side is open (``..``) or unknown; a date
    that is no interval has neither. ``precision`` is the coarser side's; ``2016-XX`` is known to the year.
    ``unspecified`` says that digits were left open. Bounds are inclusive; see the module for what they mean.
    """

    text: str
    precision: Precision
    lower: dt.date | None
    upper: dt.date | None
    lower_fuzzy: dt.date | None
    upper_fuzzy: dt.date | None
    uncertain: bool = False
    approximate: bool = False
    unspecified: bool = False
    is_interval: bool = False
    open_start: bool = False
    open_end: bool = False
    unknown_start: bool = False
    unknown_end: bool = False
    start: EdtfDate | None = None
    end: EdtfDate | None = None

    @property
    def sort_key(self) -> tuple[dt.date, dt.date]:
        """Orders dates by when they began, then by when they ended; one without a beginning stands first."""
        return (self.lower or dt.date.min, self.upper or dt.date.max)


@lru_cache(maxsize=65536)
def parse(text: str) -> EdtfDate:
    """Read an EDTF level 1 date or interval. ValueError says in a plain sentence what would be right."""
    return _interval(text) if "/" in text else _single(text)


def _interval(text: str) -> EdtfDate:
    if text.count("/") > 1:
        raise ValueError(f'{quoted(text)} holds more than one "/"; {_HELP}')
    first, _, last = text.partition("/")
    start = None if first in ("", OPEN) else _single(first)
    end = None if last in ("", OPEN) else _single(last)
    if start is None and end is None:
        raise ValueError(f"{quoted(text)} holds no date; say at least when it began or when it ended")
    if start and end and start.lower and end.upper and end.upper < start.lower:
        raise ValueError(
            f"the end, {last}, comes before the start, {first}; give an end on or after the start"
        )
    sides = [side for side in (start, end) if side]
    return EdtfDate(
        text,
        max((side.precision for side in sides), key=list(Precision).index),
        lower=start.lower if start else None,
        upper=end.upper if end else None,
        lower_fuzzy=start.lower_fuzzy if start else None,
        upper_fuzzy=end.upper_fuzzy if end else None,
        uncertain=any(side.uncertain for side in sides),
        approximate=any(side.approximate for side in sides),
        unspecified=any(side.unspecified for side in sides),
        is_interval=True,
        open_start=first == OPEN,
        open_end=last == OPEN,
        unknown_start=not first,
        unknown_end=not last,
        start=start,
        end=end,
    )


@lru_cache(maxsize=65536)
def _single(text: str) -> EdtfDate:
    mark = text[-1:] if text[-1:] in ("?", "~", "%") else ""
    base = text.removesuffix(mark)
    precision, lower, upper = _plain(base) or _by_library(base, text)
    days, months = _FUZZ[precision] if mark else (0, 0)
    times = 2 if mark == "%" else 1
    return EdtfDate(
        text,
        precision,
        lower,
        upper,
        _moved(lower, -days * times, -months * times),
        _moved_end(upper, days * times, months * times),
        uncertain=mark in _UNCERTAIN,
        approximate=mark in _APPROXIMATE,
        unspecified="X" in base,
    )


def _plain(base: str) -> tuple[Precision, dt.date, dt.date] | None:
    """Precision and strict bounds of a plain day, month or year; None if ``base`` is something else."""
    match = _PLAIN.fullmatch(base)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year:
        raise ValueError(f"{quoted(base)} {_NO_YEAR}")
    if month is None:
        return Precision.YEAR, dt.date(year, 1, 1), dt.date(year, 12, 31)
    if _BASE.fullmatch(base):
        return None
    if not 1 <= month <= 12:
        raise ValueError(
            f"{quoted(base)} has no month {month:02d}; "
            "months are 01 to 12 and seasons 21 (spring) to 24 (winter)"
        )
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return Precision.MONTH, dt.date(year, month, 1), dt.date(year, month, length)
    if not 1 <= day <= length:
        raise ValueError(f"{quoted(base)} is a day that does not exist; that month has days 01 to {length}")
    return Precision.DAY, dt.date(year, month, day), dt.date(year, month, day)


def _by_library(base: str, text: str) -> tuple[Precision, dt.date, dt.date]:
    """Precision and strict bounds of a season or of unspecified digits, as the ``edtf`` library has it."""
    if not _BASE.fullmatch(base):
        raise ValueError(f"{quoted(text)} is not a date we can read; {_HELP}")
    if base.startswith("0000"):
        raise ValueError(f"{quoted(base)} {_NO_YEAR}")
    # Building the grammar takes 0.4 s, and most stories need none.
    # Level 1 alone reads twelve times as fast as all of it.
    from edtf.parser.grammar import level1Expression  # noqa: PLC0415 - see above
    from pyparsing import ParseException  # noqa: PLC0415 - see above

    try:
        found = level1Expression.parse_string(base, parse_all=True)[0]
    except ParseException as error:
        raise ValueError(f"{quoted(text)} is not a date we can read; {_HELP}") from error
    lower, upper = _as_date(found.lower_strict()), _as_date(found.upper_strict())
    if base[4:6] == "-2" and lower.month == 12:
        upper = _moved_end(dt.date(lower.year, 12, 31), 0, 2)  # winter: see the module's words
    return _known_to(base), lower, upper


def _known_to(base: str) -> Precision:
    if base.endswith("XX") and len(base) == 4:
        return Precision.CENTURY
    if base.endswith("X") and len(base) == 4:
        return Precision.DECADE
    if base[5:7] == "XX":
        return Precision.YEAR
    return Precision.MONTH if base.endswith("XX") else Precision.SEASON


def _as_date(moment: time.struct_time) -> dt.date:
    """A date from the library's ``struct_time``; its year 0 (in ``000X``) becomes our first year."""
    if moment.tm_year < 1:
        return dt.date.min
    return dt.date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def _moved(day: dt.date, days: int, months: int) -> dt.date:
    """``day`` moved by whole months, then by days; stopped at the first and last day that a date can hold.

    ``day`` must be the first of its month where months are given.
    """
    ordinal = day.year * 12 + day.month - 1 + months
    if ordinal < 12:
        return dt.date.min
    if ordinal > dt.MAXYEAR * 12 + 11:
        return dt.date.max
    try:
        return dt.date(ordinal // 12, ordinal % 12 + 1, day.day) + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.min if days < 0 else dt.date.max


def _moved_end(day: dt.date, days: int, months: int) -> dt.date:
    """The last day of a stretch moved likewise: month ends stay month ends."""
    if not months:
        return _moved(day, days, 0)
    first = _moved(day.replace(day=1), 0, months)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def quoted(text: str) -> str:
    """What somebody wrote, short enough to stand in a sentence."""
    return f'"{text}"' if len(text) <= 40 else f'"{text[:40]}…"'
