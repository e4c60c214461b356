"""Counting time in whole steps of a grain, and saying one step in words.

Every grain numbers its periods through the calendar (an *ordinal*): days, weeks from Monday, months,
quarters, the Met Office's seasons (winter begins in December and carries that year's name), years. A step is
an ordinal less the ordinal of the axis's origin. Nothing finer than the grain survives ``ordinal``.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from ...story.date_words import MONTHS
from ...story.messages import Message, message
from ..shown import Grain

_SEASONS: Final = (
    message("winter {year}/{next_year}"),
    message("spring {year}"),
    message("summer {year}"),
    message("autumn {year}"),
)
_MONTHS_IN: Final = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_LAST_WEEK: Final = (dt.date.max.toordinal() - 1) // 7


def ordinal(grain: Grain, day: dt.date) -> int:
    """The number of the period of ``grain`` that holds ``day``."""
    if grain is Grain.DAY:
        return day.toordinal()
    if grain is Grain.WEEK:
        return (day.toordinal() - 1) // 7
    if grain is Grain.SEASON:
        return (day.year * 12 + day.month) // 3
    return (day.year * 12 + day.month - 1) // _MONTHS_IN[grain]


def first_day(grain: Grain, number: int) -> dt.date:
    """The first day of a period, stopped at the first and last day that a date can hold."""
    if grain is Grain.DAY:
        return dt.date.fromordinal(min(max(number, 1), dt.date.max.toordinal()))
    if grain is Grain.WEEK:
        return dt.date.fromordinal(min(max(number, 0), _LAST_WEEK) * 7 + 1)
    month = number * 3 - 1 if grain is Grain.SEASON else number * _MONTHS_IN[grain]
    if month < 12:
        return dt.date.min
    return dt.date(month // 12, month % 12 + 1, 1) if month < 120_000 else dt.date.max


def moved(day: dt.date, weeks: int) -> dt.date:
    """``day`` moved by whole weeks, stopped at the first and last day that a date can hold."""
    return first_day(Grain.DAY, day.toordinal() + 7 * weeks)


def period(grain: Grain, number: int) -> Message:
    """A period in words: "3 April 2016", "week of 4 April 2016", "April 2016", "spring 2016", "2016"."""
    day = first_day(grain, number)
    if grain is Grain.SEASON:
        return _season(number)
    if grain is Grain.YEAR:
        return message("{year}", year=day.year)
    if grain is Grain.QUARTER:
        return message("{year} Q{quarter}", year=day.year, quarter=number % 4 + 1)
    if grain is Grain.MONTH:
        return message("{month} {year}", month=MONTHS[day.month - 1], year=day.year)
    said = message("{day} {month} {year}", day=day.day, month=MONTHS[day.month - 1], year=day.year)
    return message("week of {day}", day=said) if grain is Grain.WEEK else said


def _season(number: int) -> Message:
    year = number // 4 - (number % 4 == 0)
    return message(_SEASONS[number % 4].id, year=year, next_year=f"{(year + 1) % 100:02d}")
