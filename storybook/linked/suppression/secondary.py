"""Numbers that would give a hidden one away beside a total: hidden as well.

A line is some cells and their total. Whoever reads it knows for each shown number the whole numbers that
round to it, for each hidden one what its label says, and that the cells add up to the total (or, for people
who may be in several cells, to at least the total). Each hidden cell must keep at least min(rounding base,
width of its label) possible numbers. Lines of one table share no cell (totals go over one thing only), so
this is exact and not a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .figures import Count, Figure, Suppressed, Unit
from .raw import Raw, contacts_of, people_of
from .rules import Rule, hidden

#: Stands for "no upper end" in whole numbers.
ENDLESS: Final = 10**15
Range = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """The figures of some cells with their true numbers, and of their total."""

    figures: tuple[Figure, ...]
    raws: tuple[Raw, ...]
    total: Figure


def guard(line: Line, rule: Rule, of: Unit) -> tuple[tuple[Figure, ...], Figure]:
    """The cells and the total, as many hidden as it takes: smallest shown cells first, at last the total."""
    figures = list(line.figures)
    while gives_away(figures, line.total, rule, of):
        shown = [
            place for place, figure in enumerate(figures) if isinstance(figure, Count) and figure.value > 0
        ]
        if not shown:
            return tuple(figures), hidden(rule, of, "protects")
        smallest = min(shown, key=lambda place: (_size(line.raws[place], of), place))
        figures[smallest] = hidden(rule, of, "protects")
    return tuple(figures), line.total


def gives_away(figures: Sequence[Figure], total: Figure, rule: Rule, of: Unit) -> bool:
    """Whether a reader of the line can pin a hidden cell down further than the rule allows."""
    if not isinstance(total, Count):
        return False
    ranges = [known(figure, rule) for figure in figures]
    whole = known(total, rule)
    places = [place for place, figure in enumerate(figures) if isinstance(figure, Suppressed)]
    adds_up = sum(low for low, _ in ranges) <= whole[1] and sum(high for _, high in ranges) >= whole[0]
    views = ([True] if adds_up else []) + ([False] if of == "people" else [])
    return any(_narrow(ranges, place, whole, rule, partition) for partition in views for place in places)


def known(figure: Figure, rule: Rule) -> Range:
    """The whole numbers, lowest and highest, that a figure may stand for."""
    if isinstance(figure, Count):
        low = figure.value - figure.base // 2
        high = low + figure.base - 1
        least = rule.below if figure.unit == "people" else max(rule.below, rule.people_behind)
        return (0, 0) if figure.value == 0 else (max(low, least), high)
    if not isinstance(figure, Suppressed):
        return 0, 0
    if figure.because == "protects":
        return rule.below, ENDLESS
    if figure.because == "beside":
        return 0, ENDLESS
    least = 0 if rule.zeros else 1
    return (least, figure.below - 1) if figure.because == "few" else (least, ENDLESS)


def _narrow(ranges: Sequence[Range], place: int, whole: Range, rule: Rule, partition: bool) -> bool:
    """Whether the total leaves the cell at ``place`` too few possible numbers."""
    low, high = ranges[place]
    others = [one for other, one in enumerate(ranges) if other != place]
    at_least = max(low, whole[0] - sum(most for _, most in others))
    at_most = min(high, whole[1] - (sum(least for least, _ in others) if partition else 0))
    return at_most - at_least + 1 < min(rule.base, high - low + 1)


def _size(raw: Raw, of: Unit) -> int:
    return people_of(raw) if of == "people" else contacts_of(raw)
