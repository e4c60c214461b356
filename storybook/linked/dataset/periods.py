"""Months, quarters and years as numbers to count on, and as words: ``2016-04``, ``2016-Q2``, ``2016``.

A month is ``12 * year + month - 1``; everything longer is a set of months.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, Literal

Grain = Literal["month", "quarter", "year"]
MONTHS: Final[dict[Grain, int]] = {"month": 1, "quarter": 3, "year": 12}
_WRITTEN: Final[dict[Grain, str]] = {
    "month": r"(\d{4})-(0[1-9]|1[0-2])",
    "quarter": r"(\d{4})-Q([1-4])",
    "year": r"(\d{4})()",
}


def month_of(day: dt.date) -> int:
    """The month that ``day`` is in."""
    return 12 * day.year + day.month - 1


def said(grain: Grain, number: int) -> str:
    """Period ``number`` (months of year 0 divided by the grain's length) as it is written."""
    year, place = divmod(number * MONTHS[grain], 12)
    if grain == "year":
        return f"{year:04}"
    return f"{year:04}-{place + 1:02}" if grain == "month" else f"{year:04}-Q{place // 3 + 1}"


def read(grain: Grain, text: str) -> int | None:
    """The number of a period that is written as ``said`` writes it; None for anything else."""
    found = re.fullmatch(_WRITTEN[grain], text)
    if found is None:
        return None
    return (12 * int(found[1])) // MONTHS[grain] + (int(found[2]) - 1 if found[2] else 0)


def months_in(grain: Grain, number: int) -> frozenset[int]:
    """The months of a period."""
    length = MONTHS[grain]
    return frozenset(range(number * length, (number + 1) * length))


def whole_months(first: dt.date, last: dt.date) -> range:
    """The months that lie from ``first`` to ``last`` with all their days."""
    begins = month_of(first) + (first.day > 1)
    ends_month = last == dt.date.max or (last + dt.timedelta(days=1)).day == 1
    return range(begins, month_of(last) + (1 if ends_month else 0))
