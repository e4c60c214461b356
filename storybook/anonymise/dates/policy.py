"""What becomes of dates on the way to what is shown (DESIGN section 7).

| policy | grain | what a reader sees |
|---|---|---|
| (a draft) | day | the true dates, behind the login |
| relative | month | "month 7", counted from the month of the first contact shown; no calendar at all |
| shifted | week | dates moved by the same secret number of weeks; the two ends are cut |
| month, quarter, season, year | the same | true periods |

A day is turned into the number of its period *first*; everything else works on whole numbers, so that nothing
finer than the grain can come through: not by an edge that fades, not by the order of things.

Where the calendar itself must not come through (relative, shifted), a date that is known less finely than the
grain would give it away: a range that is "some time in 2016" begins in a January. Such a date is therefore
widened to two blocks of the axis (of 3 months for a season, 12 for a year...), counted from the origin, which
always hold it and look the same whatever the calendar was. For the same reason the origin is set by the most
finely known contacts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ...story.dates import DateSpan, EdtfDate, Precision, span
from ...story.messages import Message
from ...story.model import DatePolicy
from ..shown import Grain, Span
from .scale import moved, ordinal
from .span_words import steps_in_words, true_words, words

#: Length of each grain and of what is known of a date, in days and to be compared only.
_DAYS: Final = {
    Grain.DAY: 1,
    Grain.WEEK: 7,
    Grain.MONTH: 31,
    Grain.QUARTER: 92,
    Grain.SEASON: 92,
    Grain.YEAR: 366,
}
_KNOWN_DAYS: Final = {
    Precision.DAY: 1,
    Precision.MONTH: 31,
    Precision.SEASON: 92,
    Precision.YEAR: 366,
    Precision.DECADE: 3653,
    Precision.CENTURY: 36525,
}
#: How far an uncertain date's edge fades, in days, by how finely it is known (see ``story.edtf_reading``).
_FADE_DAYS: Final = _KNOWN_DAYS | {Precision.DAY: 3}
#: Blocks to which a coarse date is widened where the calendar must not come through.
_BLOCKS: Final = {
    (Grain.MONTH, Precision.SEASON): 3,
    (Grain.MONTH, Precision.YEAR): 12,
    (Grain.MONTH, Precision.DECADE): 120,
    (Grain.MONTH, Precision.CENTURY): 1200,
    (Grain.WEEK, Precision.MONTH): 5,
    (Grain.WEEK, Precision.SEASON): 14,
    (Grain.WEEK, Precision.YEAR): 53,
    (Grain.WEEK, Precision.DECADE): 522,
    (Grain.WEEK, Precision.CENTURY): 5218,
}
#: How far an end that nobody knows fades out.
_UNKNOWN_FADE: Final = {
    Grain.DAY: 30,
    Grain.WEEK: 4,
    Grain.MONTH: 2,
    Grain.QUARTER: 1,
    Grain.SEASON: 1,
    Grain.YEAR: 1,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How time is shown.

    ``calendar``: the steps are true periods; ``numbered``: they are "month 1", "month 2"; ``cut``: nothing
    reaches past the contacts.
    """

    name: str
    grain: Grain
    calendar: bool
    numbered: bool = False
    cut: bool = False


DRAFT: Final = Rule("draft", Grain.DAY, calendar=True)
RULES: Final = {
    DatePolicy.RELATIVE: Rule("relative", Grain.MONTH, calendar=False, numbered=True),
    DatePolicy.SHIFTED: Rule("shifted", Grain.WEEK, calendar=False, cut=True),
    DatePolicy.MONTH: Rule("month", Grain.MONTH, calendar=True),
    DatePolicy.QUARTER: Rule("quarter", Grain.QUARTER, calendar=True),
    DatePolicy.SEASON: Rule("season", Grain.SEASON, calendar=True),
    DatePolicy.YEAR: Rule("year", Grain.YEAR, calendar=True),
}


@dataclass(frozen=True, slots=True)
class Shift:
    """The secret of a shifted edition: by how many weeks its dates move. Never printed, never frozen."""

    weeks: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Side:
    """One date in ordinals of the grain: by how many it fades, the ``block`` it is widened to (1: none)."""

    lower: int
    upper: int
    fade: int
    block: int

    def widened(self, origin: int) -> tuple[int, int]:
        """First and last step from ``origin``; a coarse date takes two whole blocks, none before step 0."""
        if self.block == 1 or self.upper < origin:
            return self.lower - origin, self.upper - origin
        first = max((self.lower - origin) // self.block * self.block, 0)
        return first, first + 2 * self.block - 1


@dataclass(frozen=True, slots=True)
class Steps:
    """A span of the story in ordinals of the grain. A side is ``None`` where it is open or unknown."""

    begins: Side | None
    ends: Side | None
    when: DateSpan

    @property
    def widened(self) -> bool:
        """Whether a side is shown more widely than it is known."""
        return any(side is not None and side.block > 1 for side in (self.begins, self.ends))

    @property
    def start(self) -> Side:
        """The earliest side there is."""
        side = self.begins or self.ends
        if side is None:
            raise ValueError("a date has at least one side")
        return side


@dataclass(frozen=True, slots=True)
class Timeline:
    """The axis's frame: step 0 is ``origin`` (an ordinal of the rule's grain), and there are ``steps``."""

    rule: Rule
    origin: int
    steps: int

    @property
    def end(self) -> int:
        """The last step."""
        return self.steps - 1

    def words(self, first: int, last: int | None = None) -> Message:
        """One step, or several, in words: "month 7", "months 7 to 9", or the periods."""
        end = first if last is None else last
        return steps_in_words(self.rule.grain, self.origin, first, end, numbered=self.rule.numbered)


def read(rule: Rule, date: str, end: str = "", weeks: int = 0) -> Steps:
    """One span of the story in ordinals of the rule's grain, moved by ``weeks``."""
    when = span(date, end)
    return Steps(_side(rule, when.begins, weeks), _side(rule, when.ends, weeks), when)


def _side(rule: Rule, date: EdtfDate | None, weeks: int) -> Side | None:
    if date is None or date.lower is None or date.upper is None:
        return None
    lower, upper = (ordinal(rule.grain, moved(day, weeks)) for day in (date.lower, date.upper))
    block = 1 if rule.calendar else _BLOCKS.get((rule.grain, date.precision), 1)
    return Side(lower, upper, _fade(rule, date), block)


def _fade(rule: Rule, date: EdtfDate) -> int:
    """By how many steps an edge fades: set by how the date is known, never by where in its step it lies."""
    if not (date.uncertain or date.approximate):
        return 0
    days = _FADE_DAYS[date.precision] * (2 if date.uncertain and date.approximate else 1)
    return -(-days // _DAYS[rule.grain])


def frame(rule: Rule, contacts: Iterable[Steps], others: Iterable[Steps]) -> Timeline:
    """The axis: from the first contact to the last thing shown, or where ends are cut, the last contact."""
    seen, rest = tuple(contacts), tuple(others)
    if not (seen or rest):
        return Timeline(rule, ordinal(rule.grain, dt.date(2000, 1, 1)), 1)
    origin = _origin(rule, [steps.start for steps in seen or rest])
    reaching = seen if rule.cut and seen else (*seen, *rest)
    return Timeline(rule, origin, max([0, *(_reach(steps, origin) for steps in reaching)]) + 1)


def _origin(rule: Rule, sides: list[Side]) -> int:
    """The first of the most finely known dates; earlier, coarser ones move it back by whole blocks."""
    finest = min(side.block for side in sides)
    anchor = min(side.lower for side in sides if side.block == finest)
    origin = min(anchor - max(0, -((side.lower - anchor) // side.block)) * side.block for side in sides)
    return origin if rule.grain is not Grain.DAY else _month_start(origin)


def _month_start(number: int) -> int:
    return dt.date.fromordinal(number).replace(day=1).toordinal()


def _reach(steps: Steps, origin: int) -> int:
    """The last step that a span certainly takes up."""
    return (steps.ends or steps.start).widened(origin)[1]


def place(timeline: Timeline, steps: Steps) -> Span | None:
    """The span on the axis, cut to it and in words; ``None`` if none of it lies on the axis."""
    first, last = _first(timeline, steps), _last(timeline, steps)
    if last < 0 or first > timeline.end:
        return None
    when = steps.when
    return Span(
        first=_on(timeline, first),
        last=_on(timeline, last),
        fuzzy_first=_on(timeline, first - _start_fade(timeline, steps)),
        fuzzy_last=_on(timeline, last + _end_fade(timeline, steps)),
        moment=when.moment,
        ongoing=when.ongoing,
        end_unknown=when.end_unknown,
        text=str(_text(timeline, steps, first, last)),
    )


def _on(timeline: Timeline, step: int) -> int:
    return min(max(step, 0), timeline.end)


def _first(timeline: Timeline, steps: Steps) -> int:
    """Where it began; an open start lies before the axis, an unknown one where what is known begins."""
    if steps.when.open_start:
        return -1
    return steps.start.widened(timeline.origin)[0]


def _last(timeline: Timeline, steps: Steps) -> int:
    if steps.when.ongoing:
        return timeline.end
    return (steps.ends or steps.start).widened(timeline.origin)[1]


def _start_fade(timeline: Timeline, steps: Steps) -> int:
    if steps.begins is None:
        return _UNKNOWN_FADE[timeline.rule.grain] if steps.when.start_unknown else 0
    return steps.begins.fade


def _end_fade(timeline: Timeline, steps: Steps) -> int:
    if steps.ends is None:
        return _UNKNOWN_FADE[timeline.rule.grain] if steps.when.end_unknown else 0
    return steps.ends.fade


def _text(timeline: Timeline, steps: Steps, first: int, last: int) -> Message:
    """True dates in a draft; else steps in words, an end that lies off the axis unsaid."""
    if timeline.rule is DRAFT:
        return true_words(steps.when)
    begins = timeline.words(first) if first >= 0 and steps.begins else None
    ends = timeline.words(last) if last <= timeline.end else None
    return words(steps.when, begins, ends, timeline.words(max(first, 0), min(last, timeline.end)))
