"""One way to look at the numbers: which kinds of people there may be, and sets of them that fit what was said.

The numbers about counts come first and those about the middle one of several after them. A set of people is believed
only after it has been counted in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...story.terms import MultipleNeeds
from ..suppression.secondary import ENDLESS
from .limit import Limit
from .meaning import Meaning
from .memory import Memory, Witness
from .middles import Middles, Ranges
from .population import Kind, People
from .pricing import worth_having
from .solver import Column, Matrix, Solution, solve

_MANY: Final = 10_000
_ROUNDS: Final = 40
#: Row -> (by how much it may be missed, at what cost for each).
Slack = Mapping[int, tuple[float, float]]


class World:
    """The kinds of people for ``meanings`` where ``one_each`` are one a person."""

    def __init__(
        self,
        meanings: Sequence[Meaning],
        one_each: Iterable[str],
        multiple: MultipleNeeds,
        middles: Middles,
        limit: Limit,
    ) -> None:
        self.limit = limit
        counts = [one for one in meanings if not one.parts]
        self.size, self._middles = len(counts), middles
        self.people = People(counts, one_each, multiple)
        listed = self.people.kinds()
        self.kinds = list(listed)
        self._made_of = list(listed.values())
        self._known = set(listed)
        self.extras = self.people.extras()
        self.memory = Memory(self.size)
        self._link = {(one.group, one.atom): row for row, one in enumerate(self.extras, self.size)}
        self._ends = Matrix.of([[*one.kind, (row, -1.0)] for row, one in enumerate(self.extras, self.size)])
        self._listed = Matrix.of([])
        self._by_number: list[list[int]] | None = None

    # ---- looking for people

    def whole(
        self, ranges: Ranges, slack: Slack | None = None, *, seconds: float = 5.0, gap: float = 0.0
    ) -> Witness | None:
        """People who fit ``ranges``, those of the middle ones left aside; ``slack`` is wished for, not asked for."""
        if not slack:
            if self.memory.barred(ranges):
                return None
            if known := self.memory.fitting(ranges):
                return known[0]
        found = self._solve(ranges, slack or {}, {}, True, seconds=seconds, gap=gap)
        if found is None:
            return None
        people = [round(value) for value in found.values[: self._width]]
        return self.count(tuple(people[: len(self.kinds)]), tuple(people[len(self.kinds) :]))

    def possible(self, ranges: Ranges) -> bool:
        """Whether people who fit ``ranges`` can be; True as well where that can't be found out."""
        if self.memory.barred(ranges):
            return False
        if self.whole(ranges) is not None:
            return True
        before = len(self.kinds)
        if self.misses(ranges, [1.0] * self.size) != {}:
            return False
        grown = len(self.kinds) > before and self.whole(ranges) is not None
        return grown or not self.people.complete

    def furthest(self, ranges: Ranges, number: int, direction: int) -> float | None:
        """The most (1) or least (-1) of a count, fractions of people allowed; None if nothing fits."""
        found = self._grown(ranges, {}, {number: -direction})
        return None if found is None else -direction * found.cost

    def misses(self, ranges: Ranges, cost: Sequence[float]) -> dict[int, float] | None:
        """How far each number has to be missed so that the rest fit, at least cost in all."""
        slack = {number: (float("inf"), cost[number]) for number in range(self.size)}
        found = self._grown(ranges, slack, {})
        if found is None:
            return None
        values = found.values[self._width :]
        pairs = zip(slack, zip(values[::2], values[1::2], strict=True), strict=True)
        missed = {number: up + down for number, (up, down) in pairs if up + down > 1e-6}
        if missed:
            self.memory.reason(np.asarray(found.duals), self._columns())
        return missed

    def _grown(self, ranges: Ranges, slack: Slack, aim: Mapping[int, float]) -> Solution | None:
        """The best in fractions, with every kind of person that helps added to the list."""
        found = self._solve(ranges, slack, aim, False)
        for _ in range(_ROUNDS):
            if found is None or self.people.contacts_only:
                return found
            worth = [dual - aim.get(number, 0.0) for number, dual in enumerate(found.duals[: self.size])]
            if not self._add(worth):
                return found
            found = self._solve(ranges, slack, aim, False)
        return found

    def _add(self, worth: Sequence[float]) -> bool:
        new = [one for one in worth_having(self.people, worth) if one[0] not in self._known]
        for kind, group, atoms in new:
            self.kinds.append(kind)
            self._made_of.append((group, atoms))
            self._known.add(kind)
        if new:
            self.memory.grown(self._columns())
            self._by_number = None
        return bool(new)

    def columns_with(self, number: int) -> list[int]:
        """The kinds that add to a number, those that add to the fewest others first."""
        if self._by_number is None:
            self._by_number = [[] for _ in range(self.size)]
            order = sorted(
                range(len(self.kinds)), key=lambda column: (len(self.kinds[column]), self.kinds[column])
            )
            for column in order:
                for place, _ in self.kinds[column]:
                    self._by_number[place].append(column)
        return self._by_number[number]

    @property
    def _width(self) -> int:
        return len(self.kinds) + len(self.extras)

    def _solve(
        self,
        ranges: Ranges,
        slack: Slack,
        aim: Mapping[int, float],
        whole: bool,
        *,
        seconds: float = 5.0,
        gap: float = 0.0,
    ) -> Solution | None:
        columns, rows = self._columns(), [*ranges[: self.size], *[(0, ENDLESS)] * len(self.extras)]
        cost = columns.times(_weights(aim, len(rows))) if aim else np.zeros(columns.width)
        if slack:
            columns = columns.and_then(Matrix.of([[(row, sign)] for row in slack for sign in (1.0, -1.0)]))
        each = np.repeat(np.asarray(list(slack.values()), dtype=float).reshape(len(slack), 2), 2, axis=0)
        cost = np.concatenate([cost, each[:, 1]])
        upper = np.concatenate([np.full(self._width, np.inf), each[:, 0]])
        integers = self._width if whole else 0
        return solve(columns, rows, cost, upper, integers, self.limit, seconds=seconds, gap=gap)

    def _columns(self) -> Matrix:
        """People and further contacts; a link lets a contact be only where somebody has one already."""
        if self._listed.width < len(self.kinds):
            first = self._listed.width
            new = zip(self.kinds[first:], self._made_of[first:], strict=True)
            self._listed = self._listed.and_then(Matrix.of([self._linked(*one) for one in new]))
        return self._listed.and_then(self._ends) if self.extras else self._listed

    def _linked(self, kind: Kind, made_of: tuple[int, tuple[int, ...]]) -> Column:
        group, atoms = made_of
        links = (self._link.get((group, atom)) for atom in atoms) if self.extras else ()
        return [*kind, *((link, float(_MANY)) for link in links if link is not None)]

    # ---- counting them

    def count(self, people: tuple[int, ...], further: tuple[int, ...] = ()) -> Witness | None:
        """What every number would be; None if a further contact would be nobody's."""
        numbers = [0] * self.size
        columns = (*zip(self.kinds, people, strict=False), *zip(self._further(), further, strict=False))
        for kind, many in columns:
            for number, adds in kind if many else ():
                numbers[number] += adds * many
        if min((*people, *further), default=0) < 0 or not self._all_somebodys(people, further):
            return None
        witness = Witness(people, further, tuple(self._middles.added(numbers)))
        self.memory.note(witness)
        return witness

    def _further(self) -> list[Kind]:
        return [extra.kind for extra in self.extras]

    def _all_somebodys(self, people: tuple[int, ...], further: tuple[int, ...]) -> bool:
        there = {
            (group, atom)
            for (group, atoms), many in zip(self._made_of, people, strict=False)
            for atom in (atoms if many else ())
        }
        more = zip(self.extras, further, strict=False)
        return all((extra.group, extra.atom) in there for extra, many in more if many)


def _weights(aim: Mapping[int, float], rows: int) -> NDArray[np.float64]:
    weights = np.zeros(rows)
    for row, weight in aim.items():
        weights[row] = weight
    return weights
