"""Which new numbers to leave out so that the rest may be shown: a smallest choice, as far as the time allows.

Each thing that goes wrong is taken down to the fewest new numbers that bring it about; of those one at least has to be
left out. The smallest choice that meets all of these is an integer programme; it is tried, and what goes wrong then is
added, until nothing does. Where that takes too long, the smallest figures are left out first, a few at a time; where
that does too, all are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..suppression.secondary import ENDLESS
from .component import Left, Part
from .limit import Limit, OutOfTime
from .solver import Matrix, solve

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
        self._alone: dict[int, Left | None] = {}

    def without(self, left_out: frozenset[int], only: int | None = None) -> dict[int, int]:
        """The cells that are left fewer values than they need and than the ledger leaves them."""
        if left_out == self.part.new:
            return {}
        short = self.part.short(left_out, None if only is None else (only,))
        alone = self._by_the_ledger(short)
        return {
            cell: left.found
            for cell, left in short.items()
            if (already := alone[cell]) is None or left.found < already.most
        }

    def _by_the_ledger(self, cells: Iterable[int]) -> Mapping[int, Left | None]:
        """What the ledger gives away without the new numbers: what may not have been found there is no excuse."""
        if unknown := [cell for cell in cells if cell not in self._alone]:
            found = self.part.short(self.part.new, unknown)
            self._alone |= {cell: found.get(cell) for cell in unknown}
        return self._alone


class Hunt:
    """What to leave out of the new numbers of ``part``: a smallest choice, else some choice, else all of them.

    ``look`` finds out whether anything is wrong at all: all parts are looked at before anything is traced in one.
    """

    def __init__(self, part: Part, limit: Limit) -> None:
        self._part, self._limit, self._falls = part, limit, Shortfalls(part)
        self._wrong: dict[int, int] | None = None
        self.faults: list[Fault] = []
        self._clauses: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self._chosen: frozenset[int] = frozenset()

    def look(self) -> None:
        """Whether anything is given away; what can't be found out in time stays unknown."""
        for _ in range(2):
            try:
                self._wrong = self._falls.without(frozenset())
            except OutOfTime:
                self._limit.hurry()
            else:
                return

    def offer(self) -> Offer:
        """What comes of it."""
        if self._wrong is not None and not self._wrong:
            return Offer()
        try:
            return self._unhurried()
        except OutOfTime:
            self._limit.hurry()
        try:
            return self._hurried()
        except OutOfTime:
            return Offer(tuple(self.faults), self._part.new, smallest=False, checked=False)

    def _unhurried(self) -> Offer:
        """A smallest choice, by an integer programme; raises OutOfTime."""
        if self._limit.hurried:
            raise OutOfTime
        short = self._wrong
        while short:
            for cell in _worst(short):
                self._blame(cell, short[cell])
            self._chosen = _smallest(self._part, self._clauses, self._limit)
            short = self._falls.without(self._chosen)
        return Offer(tuple(self.faults), self._chosen)

    def _hurried(self) -> Offer:
        """What touches the hidden numbers at fault, else the smallest shown figures first; raises OutOfTime."""
        if self._wrong is None:
            raise OutOfTime
        faults = self.faults or _unexplained(self._wrong, self._part)
        near = frozenset[int]().union(*(self._part.near(cell) for cell in self._wrong))
        return Offer(tuple(faults), _greedy(self._falls, self._chosen, near), smallest=False)

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
    """The fewest (none of them can be spared) of the shown new numbers that leave ``cell`` too few values.

    Those that touch it are tried by themselves first.
    """
    new = falls.part.new
    kept = sorted(new - chosen)
    near = falls.part.near(cell) - chosen
    if len(near) < len(kept) and falls.without(new - near, cell):
        kept = sorted(near)
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
    found = solve(Matrix.of(columns), rows, cost, [1.0] * len(places), len(places), limit)
    if found is None:
        return part.new
    return frozenset(place for place, value in zip(places, found.values, strict=True) if value > 0.5)


def _greedy(falls: Shortfalls, chosen: frozenset[int], near: frozenset[int]) -> frozenset[int]:
    """The smallest shown figures first, those ``near`` what is wrong before all, until nothing is given away."""
    part = falls.part
    reach = {entry.place: entry.reach for entry in part.entries if entry.new}
    left = sorted(part.new - chosen, key=lambda place: (place not in near, reach[place]))
    for many in _growing(len(left), len(near - chosen)):
        some = chosen.union(left[:many])
        if not falls.without(some):
            return some
    return part.new


def _growing(most: int, near: int) -> list[int]:
    """One, two, four ..., and all that are near."""
    doubled = (2**step for step in range(most.bit_length()))
    return sorted({many for many in (*doubled, near) if 0 < many < most})


def _unexplained(short: Mapping[int, int], part: Part) -> list[Fault]:
    return [Fault(cell, short[cell], tuple(sorted(part.new))) for cell in _worst(short)]
