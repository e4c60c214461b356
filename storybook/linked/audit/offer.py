"""Which new numbers to leave out so that the rest may be shown: a smallest choice, as far as the time allows.

Each thing that goes wrong is taken down to the fewest new numbers that bring it about; of those one at least has to be
left out. The smallest choice that meets all of these is an integer programme; it is tried, and what goes wrong then is
added, until nothing does. Where that takes too long, the smallest figures are left out first, a few at a time; where
that does too, all are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..suppression.secondary import ENDLESS
from .component import Left, Part
from .limit import Limit, OutOfTime
from .solver import solve

_AT_ONCE: Final = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that is left too few values, and the new numbers (their places) that bring it about."""

    cell: int
    left: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What is wrong, the places to leave out, whether fewer would not do, and whether it was found out at all."""

    faults: tuple[Fault, ...] = ()
    leave_out: frozenset[int] = frozenset()
    smallest: bool = True
    checked: bool = True


class Shortfalls:
    """What goes wrong in a part for a choice of new numbers to leave out; asked once for each choice."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self._alone: dict[int, Left] | None = None

    def without(self, left_out: frozenset[int], only: int | None = None) -> dict[int, int]:
        """The cells that are left fewer values than they need and than the ledger leaves them."""
        if left_out == self.part.new:
            return {}
        short = self.part.short(left_out, None if only is None else (only,))
        return {
            cell: left.found
            for cell, left in short.items()
            if cell not in self.alone or left.found < self.alone[cell].most
        }

    @property
    def alone(self) -> dict[int, Left]:
        """What the ledger gives away without the new numbers: what may not have been found there is no excuse."""
        if self._alone is None:
            self._alone = self.part.short(self.part.new)
        return self._alone


def offer(part: Part, limit: Limit) -> Offer:
    """What to leave out of the new numbers of ``part``: a smallest choice, else some choice, else all of them."""
    hunt = _Hunt(part, limit)
    try:
        return hunt.unhurried()
    except OutOfTime:
        limit.hurry()
    try:
        return hunt.hurried()
    except OutOfTime:
        return Offer(tuple(hunt.faults), part.new, smallest=False, checked=False)


class _Hunt:
    """The search, with what it has found so far."""

    def __init__(self, part: Part, limit: Limit) -> None:
        self._part, self._limit, self._falls = part, limit, Shortfalls(part)
        self.faults: list[Fault] = []
        self._clauses: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self._chosen: frozenset[int] = frozenset()

    def unhurried(self) -> Offer:
        """A smallest choice, by an integer programme; raises OutOfTime."""
        if self._limit.hurried:
            raise OutOfTime
        while short := self._falls.without(self._chosen):
            for cell in _worst(short):
                self._blame(cell, short[cell])
            self._chosen = _smallest(self._part, self._clauses, self._limit)
        return Offer(tuple(self.faults), self._chosen)

    def hurried(self) -> Offer:
        """Nothing, if nothing is given away; else the smallest shown figures first; raises OutOfTime."""
        short = self._falls.without(frozenset())
        if not short:
            return Offer()
        faults = self.faults or _unexplained(short, self._part)
        return Offer(tuple(faults), _greedy(self._falls, self._chosen), smallest=False)

    def _blame(self, cell: int, left: int) -> None:
        found = tuple(_fewest(self._falls, cell, self._chosen))
        if not self._chosen:
            self.faults.append(Fault(cell, left, found))
        self._clauses.append((found, _itself(self._part, cell, self._chosen)))


def _worst(short: Mapping[int, int]) -> list[int]:
    return sorted(short, key=lambda cell: (short[cell], cell))[:_AT_ONCE]


def _itself(part: Part, cell: int, chosen: frozenset[int]) -> tuple[int, ...]:
    """The number that is at risk only because it is left out itself, if it is one."""
    return tuple(entry.place for entry in part.about(cell) if entry.place in chosen)


def _fewest(falls: Shortfalls, cell: int, chosen: frozenset[int]) -> list[int]:
    """The fewest (none of them can be spared) of the shown new numbers that leave ``cell`` too few values."""
    new = falls.part.new
    kept = sorted(new - chosen)
    size = max(1, len(kept) // 2)
    while size:
        for start in range(0, len(kept), size):
            fewer = kept[:start] + kept[start + size :]
            if falls.without(new - frozenset(fewer), cell):
                kept = fewer
                break
        else:
            size //= 2
            continue
        size = min(size, max(1, len(kept) // 2))
    return kept


def _smallest(
    part: Part, clauses: Sequence[tuple[tuple[int, ...], tuple[int, ...]]], limit: Limit
) -> frozenset[int]:
    """The fewest new numbers that hold one of each clause (of those that count, where some number is left out)."""
    places = sorted(part.new)
    row_of = {place: row for row, place in enumerate(places)}
    columns: list[list[tuple[int, float]]] = [[] for _ in places]
    for row, (one_of, itself) in enumerate(clauses):
        for place in one_of:
            columns[row_of[place]].append((row, 1.0))
        for place in set(itself) - set(one_of):
            columns[row_of[place]].append((row, -1.0))
    rows = [(0 if itself else 1, ENDLESS) for _, itself in clauses]
    cost = [1.0 + row / (1000.0 * len(places)) for row in range(len(places))]
    found = solve(columns, rows, cost, [1.0] * len(places), len(places), limit)
    if found is None:
        return part.new
    return frozenset(place for place, value in zip(places, found.values, strict=True) if value > 0.5)


def _greedy(falls: Shortfalls, chosen: frozenset[int]) -> frozenset[int]:
    """The smallest shown figures first, a few at a time, until nothing is given away."""
    part = falls.part
    order = [entry.place for entry in sorted(part.entries, key=lambda one: one.reach) if entry.new]
    left = [place for place in order if place not in chosen]
    for some in _growing(left):
        if not falls.without(chosen | some):
            return chosen | some
    return part.new


def _growing(places: Sequence[int]) -> Iterator[frozenset[int]]:
    many = 1
    while many < len(places):
        yield frozenset(places[:many])
        many *= 2


def _unexplained(short: Mapping[int, int], part: Part) -> list[Fault]:
    return [Fault(cell, short[cell], tuple(sorted(part.new))) for cell in _worst(short)]
