"""Where something stands in a file whose reader knows only years, months and days.

| the edition's dates | a step in the file |
|---|---|
| relative ("month 7") | a year of its own, numbered from 1: month 7 is the year 7. No month of a calendar is named |
| shifted, and every policy of the calendar | the true period of the edition's own axis: what its ticks say |

An edition holds no date but in words. The ticks of its axis say where the axis lies; nothing else is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from html import escape
from typing import Any, Final

from ..anonymise.dates.scale import first_day, ordinal
from ..anonymise.shown import Axis, Grain, Span, Tick

_TICK: Final = re.compile(
    r"(?:week of )?(?:(?P<day>\d{1,2}) )?(?:(?P<word>[A-Za-z]{3,}) )?"
    r"(?P<year>\d{1,4})(?: Q(?P<quarter>[1-4])|/\d\d)?",
    re.ASCII,
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
#: How many of year, month and day a step's dates have.
_PARTS: Final = {
    Grain.YEAR: 1,
    Grain.MONTH: 2,
    Grain.QUARTER: 2,
    Grain.SEASON: 2,
    Grain.WEEK: 3,
    Grain.DAY: 3,
}


class Places:
    """Turns spans of one axis into the dates of a TimelineJS slide."""

    def __init__(self, axis: Axis) -> None:
        self._grain = axis.grain
        self._origin = _origin(axis)

    def of(self, when: Span) -> dict[str, Any]:
        """``start_date``, ``end_date`` unless it is one moment in one step, and the words that are shown."""
        found: dict[str, Any] = {"start_date": self._begin(when.first)}
        if not when.moment or when.last > when.first:
            found["end_date"] = self._end(when.last)
        return found | {"display_date": escape(when.text, quote=False)}

    def _begin(self, step: int) -> dict[str, str]:
        if self._origin is None:
            return {"year": str(step + 1)}
        return self._parts(first_day(self._grain, self._origin + step))

    def _end(self, step: int) -> dict[str, str]:
        if self._origin is None:
            return {"year": str(step + 1)}
        return self._parts(first_day(self._grain, self._origin + step + 1) - dt.timedelta(days=1))

    def _parts(self, day: dt.date) -> dict[str, str]:
        named = {"year": str(day.year), "month": str(day.month), "day": str(day.day)}
        return dict(list(named.items())[: _PARTS[self._grain]])


def _origin(axis: Axis) -> int | None:
    """The number of the axis's first period; None where its ticks name no year ("month 1")."""
    return next((number for tick in axis.ticks if (number := _number(axis.grain, tick)) is not None), None)


def _number(grain: Grain, tick: Tick) -> int | None:
    """The number of the period at step 0, by what one tick says; None for one without a year."""
    said = _TICK.fullmatch(tick.label)
    month = _month(said) if said else None
    if said is None or month is None:
        return None
    return ordinal(grain, dt.date(int(said["year"]), month, int(said["day"] or 1))) - tick.step


def _month(said: re.Match[str]) -> int | None:
    """January where only a year is said; None for a word that is neither a month nor a season."""
    word = (said["word"] or "jan").lower()
    if said["quarter"]:
        return 3 * int(said["quarter"]) - 2
    return _SEASONS.get(word) or (_MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else None)
