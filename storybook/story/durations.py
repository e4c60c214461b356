"""Lengths of time in words that people use: "six weeks", "20 months", "two years"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from .messages import Message, message

_DAYS_IN_MONTH: Final = 365.2425 / 12
_NUMBERS: Final = (
    message("one"),
    message("two"),
    message("three"),
    message("four"),
    message("five"),
    message("six"),
    message("seven"),
    message("eight"),
    message("nine"),
    message("ten"),
)


def number(count: int) -> Message | int:
    """``count`` as a word up to ten, in figures above."""
    return _NUMBERS[count - 1] if 1 <= count <= len(_NUMBERS) else count


def months_between(first: dt.date, last: dt.date) -> int:
    """Whole months, to the nearest, from the start of ``first`` to the end of ``last``; both days count."""
    return round(((last - first).days + 1) / _DAYS_IN_MONTH)


def in_words(first: dt.date, last: dt.date) -> Message:
    """How long it is from the start of ``first`` to the end of ``last``.

    Days up to two weeks, weeks up to ten, then months; whole years by name from one year on, and from three
    years on the nearest half year.
    """
    days = (last - first).days + 1
    if days < 14:
        return message("{number} day", plural="{number} days", count=days, number=number(days))
    if days < 70:
        weeks = round(days / 7)
        return message("{number} week", plural="{number} weeks", count=weeks, number=number(weeks))
    return _months(months_between(first, last))


def _months(months: int) -> Message:
    if months < 36 and months % 12:
        return message("{number} month", plural="{number} months", count=months, number=number(months))
    years, half = divmod(round(months / 6), 2)
    if half:
        return message("{number} and a half years", number=number(years))
    return message("{number} year", plural="{number} years", count=years, number=number(years))
