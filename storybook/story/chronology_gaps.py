"""Stretches without contact that the dates themselves show, beside the gaps that somebody recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .dates import DateSpan, span
from .model import Contact, Gap, Story

_Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class FoundGap:
    """``days`` days without any contact, from ``first`` to ``last`` inclusive, between two contacts.

    ``person`` is whose, or None for everybody in the story together. ``recorded`` holds the gaps that
    somebody wrote down for some of the same days and the same person: a found gap without one is a question
    to ask.
    """

    person: str | None
    first: dt.date
    last: dt.date
    recorded: tuple[Gap, ...]

    @property
    def days(self) -> int:
        """How long it is, both ends included."""
        return (self.last - self.first).days + 1


def gaps_found(story: Story, days: int = 90, person: str | None = None) -> tuple[FoundGap, ...]:
    """Every stretch of ``days`` days or more certainly without contact; of ``person`` (a ref) if named.

    Certainly: a contact known only to the month may have been on any day of it, so the whole month is left
    out. One that goes on fills all time after it; one whose end nobody knows fills only when it began.
    """
    contacts = (c for c in story.contacts if not c.not_telling and _is_about(c.people, person))
    empty = _between(_filled(contacts))
    return tuple(
        FoundGap(person, first, last, _recorded(story.gaps, person, (first, last)))
        for first, last in empty
        if (last - first).days + 1 >= days
    )


def _is_about(people: tuple[str, ...], person: str | None) -> bool:
    return person is None or not people or person in people


def _filled(contacts: Iterable[Contact]) -> list[_Days]:
    return sorted(days_filled(span(contact.date, contact.end)) for contact in contacts)


def days_filled(found: DateSpan) -> _Days:
    """First and last day that ``found`` can reach, with fuzzy edges."""
    first = found.lower_fuzzy if found.begins else None
    if first is None and not found.open_start and found.ends:
        first = found.ends.lower_fuzzy
    last = found.upper_fuzzy if found.ends else None
    if last is None and not found.ongoing and found.begins:
        last = found.begins.upper_fuzzy
    return first or dt.date.min, last or dt.date.max


def _between(filled: list[_Days]) -> Iterator[_Days]:
    """The stretches between ``filled`` ones, which are sorted and may overlap."""
    if not filled:
        return
    reached = filled[0][1]
    for first, last in filled:
        if (first - reached).days > 1:
            yield reached + dt.timedelta(days=1), first - dt.timedelta(days=1)
        reached = max(reached, last)


def _recorded(gaps: Iterable[Gap], person: str | None, days: _Days) -> tuple[Gap, ...]:
    return tuple(gap for gap in gaps if _is_about(gap.people, person) and _overlap(gap, days))


def _overlap(gap: Gap, days: _Days) -> bool:
    first, last = days_filled(span(gap.date, gap.end))
    return first <= days[1] and last >= days[0]
