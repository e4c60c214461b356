"""What a reader knows of each number: the whole numbers that it may be, and how many of them it has to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..asking.ledger import Released
from ..suppression.figures import Count, StructuralZero, Suppressed
from ..suppression.rules import Rule, rule_called
from ..suppression.secondary import ENDLESS, Range, known
from .meaning import Meaning

#: Anything at all.
ANY: Range = (0, ENDLESS)


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of the ledger (its place is below zero) or a new one, read."""

    place: int
    released: Released
    meaning: Meaning
    reach: Range
    new: bool


def rule_of(released: Released) -> Rule:
    """The rule that a figure was made by."""
    return rule_called(released.rule)


def range_of(released: Released) -> Range | None:
    """The whole numbers that a reader of the figure must think possible; None if it tells nothing."""
    figure = released.figure
    if isinstance(figure, StructuralZero):
        return 0, 0
    if not isinstance(figure, Count | Suppressed):
        return None
    low, high = known(figure, rule_of(released))
    return max(low, min(released.known, high)), high


def need_of(released: Released) -> int:
    """How many possible numbers a hidden figure has to keep; 0 for one that is shown."""
    if not isinstance(released.figure, Suppressed):
        return 0
    low, high = known(released.figure, rule_of(released))
    return min(rule_of(released).base, high - low + 1)


def smallest_need(rules: Iterable[Rule]) -> int:
    """How many possible numbers a number that nobody was told has to keep, while it may be a small one."""
    return max(min(rule.base, rule.below - (0 if rule.zeros else 1)) for rule in rules)


def meet(some: Range, others: Range) -> Range:
    """What is possible by both; the first is above the second where nothing is."""
    return max(some[0], others[0]), min(some[1], others[1])


def people_behind(entries: Sequence[Entry]) -> list[Entry]:
    """What shown numbers of contacts tell of people: that there are enough of them behind it."""
    if all(entry.meaning.unit == "contacts" for entry in entries):
        return []
    shown = (
        entry
        for entry in entries
        if entry.meaning.unit == "contacts"
        and not entry.meaning.parts
        and isinstance(entry.released.figure, Count)
    )
    return [
        replace(
            entry,
            meaning=replace(entry.meaning, unit="people"),
            reach=(enough(rule_of(entry.released)), ENDLESS),
        )
        for entry in shown
        if entry.reach[1] > 0
    ]


def enough(rule: Rule) -> int:
    """How many people have to be behind a number of contacts that is shown."""
    return max(rule.people_behind, rule.below)


def all_of(entries: Iterable[Entry]) -> Range:
    """What is possible by all of them, which are about one thing."""
    found = ANY
    for entry in entries:
        found = meet(found, entry.reach)
    return found


def possible(reach: Range) -> bool:
    """Whether there is any number in it."""
    return reach[0] <= reach[1]
