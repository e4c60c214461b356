"""Marks on the axis: few enough to read, at round places, the major ones for narrow screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from ...story.messages import Message, message
from ..shown import Axis, Grain, Tick
from .policy import Timeline
from .scale import first_day, ordinal, period

#: At most so many ticks (longer words, fewer), and so many of them major.
MOST: Final = 36
MOST_COUNTED: Final = 18
MOST_MAJOR: Final = 6
#: Lengths between ticks: in months of the calendar, and in steps that are counted.
_MONTHS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
_STEPS: Final = {
    Grain.DAY: (1, 7),
    Grain.WEEK: (1, 2, 4),
    Grain.MONTH: (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000),
    Grain.SEASON: (1, 4, 8, 20, 40, 80, 200, 400, 800, 2000, 4000, 8000),
}
_SHORTEST: Final = {Grain.QUARTER: 3, Grain.YEAR: 12}
_SHORT: Final = (
    message("Jan"),
    message("Feb"),
    message("Mar"),
    message("Apr"),
    message("May"),
    message("Jun"),
    message("Jul"),
    message("Aug"),
    message("Sep"),
    message("Oct"),
    message("Nov"),
    message("Dec"),
)
#: Up to so many days or weeks, an axis is marked by them and not by months.
_SHORT_AXIS: Final = {Grain.DAY: 62, Grain.WEEK: 10}


def axis(timeline: Timeline) -> Axis:
    """The axis that is shown: whole steps, with its ticks."""
    rule = timeline.rule
    counted = rule.numbered or rule.grain is Grain.SEASON or timeline.steps <= _SHORT_AXIS.get(rule.grain, 0)
    ticks = _counted(timeline) if counted else _dated(timeline)
    return Axis(grain=rule.grain, calendar=rule.calendar, steps=timeline.steps, ticks=tuple(ticks))


def _counted(timeline: Timeline) -> Iterable[Tick]:
    """A tick every so many steps, from the first; seasons from a spring, days from a Monday."""
    lengths = _STEPS[timeline.rule.grain]
    every = _fewest(lengths, timeline.steps, MOST_COUNTED)
    major = _fewest(tuple(n for n in lengths if n % every == 0), timeline.steps, MOST_MAJOR)
    start = 0 if timeline.rule.numbered else (1 - timeline.origin) % every
    for step in range(start, timeline.steps, every):
        yield Tick(step=step, label=str(timeline.words(step)), major=(step - start) % major == 0)


def _fewest(lengths: tuple[int, ...], steps: int, most: int) -> int:
    """The shortest length that needs no more than ``most`` ticks, else the longest there is."""
    return next((length for length in lengths if -(-steps // length) <= most), lengths[-1])


def _dated(timeline: Timeline) -> list[Tick]:
    """Ticks at the first of months, quarters or years."""
    first, last = (_month(timeline, step) for step in (0, timeline.end))
    lengths = tuple(n for n in _MONTHS if n >= _SHORTEST.get(timeline.rule.grain, 1))
    every = _fewest(lengths, last - first + 1, MOST)
    major = _fewest(tuple(n for n in lengths if n % every == 0), last - first + 1, MOST_MAJOR)
    months = range(-(-first // every) * every, last + 1, every)
    ticks = [_tick(timeline, month, every, major) for month in months if month >= 12]
    fitting = [tick for tick in ticks if 0 <= tick.step <= timeline.end]
    return fitting or [Tick(step=0, label=str(timeline.words(0)), major=True)]


def _month(timeline: Timeline, step: int) -> int:
    day = first_day(timeline.rule.grain, timeline.origin + step)
    return day.year * 12 + day.month - 1


def _tick(timeline: Timeline, month: int, every: int, major: int) -> Tick:
    grain = timeline.rule.grain
    step = ordinal(grain, dt.date(month // 12, month % 12 + 1, 1)) - timeline.origin
    is_major = month % major == 0
    return Tick(step=step, label=str(_label(timeline, month, every, is_major)), major=is_major)


def _label(timeline: Timeline, month: int, every: int, major: bool) -> Message:
    """What a tick says: "2016"; "2016 Q2"; "Apr", or "Apr 2016" where it must stand alone."""
    if every >= 12:
        return period(Grain.YEAR, month // 12)
    if timeline.rule.grain is Grain.QUARTER:
        return period(Grain.QUARTER, month // 3)
    name = _SHORT[month % 12]
    return message("{month} {year}", month=name, year=month // 12) if major or month % 12 == 0 else name
