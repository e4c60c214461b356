"""One way to look at the numbers: which kinds of people there may be, and sets of them that fit what was said.

The numbers about counts come first and those about the middle one of several after them. A set of people is believed
only after it has been counted in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ...story.terms import MultipleNeeds
from ..suppression.secondary import ENDLESS, Range
from .limit import Limit
from .meaning import Meaning
from .middles import Middles, Ranges
from .population import People
from .pricing import worth_having
from .solver import Column, Solution, solve

_MANY: Final = 10_000
_ROUNDS: Final = 40
#: Row -> (by how much it may be missed, at what cost for each).
Slack = Mapping[int, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Witness:
    """People that could be: how many of each kind, and what every number would truly be."""

    people: tuple[int, ...]
    numbers: tuple[int, ...]


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

    # ---- looking for people

    def whole(
        self, ranges: Ranges, slack: Slack | None = None, *, seconds: float = 5.0, gap: float = 0.0
    ) -> Witness | None:
        """People who fit ``ranges``, those of the middle ones left aside; ``slack`` is wished for, not asked for."""
        found = self._solve(ranges, slack or {}, {}, True, seconds=seconds, gap=gap)
        return None if found is None else self.count(tuple(round(v) for v in found.values[: self._width]))

    def possible(self, ranges: Ranges) -> bool:
        """Whether people who fit ``ranges`` can be; True as well where that can't be found out."""
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
        return {number: up + down for number, (up, down) in pairs if up + down > 1e-6}

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
        return bool(new)

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
        columns, links = self._columns()
        cost = [sum(aim.get(n, 0.0) * adds for n, adds in column if n < self.size) for column in columns]
        upper = [float("inf")] * len(columns)
        for row, (most, each) in slack.items():
            columns += [[(row, 1.0)], [(row, -1.0)]]
            cost += [each, each]
            upper += [most, most]
        rows = [*ranges[: self.size], *links]
        integers = self._width if whole else 0
        return solve(columns, rows, cost, upper, integers, self.limit, seconds=seconds, gap=gap)

    def _columns(self) -> tuple[list[Column], list[Range]]:
        """People and further contacts; a link lets a contact be only where somebody has one already."""
        if not self.extras:
            return list(self.kinds), []
        columns: list[list[tuple[int, float]]] = [list(kind) for kind in self.kinds]
        for link, extra in enumerate(self.extras, self.size):
            for column, (group, atoms) in zip(columns, self._made_of, strict=False):
                if group == extra.group and extra.atom in atoms:
                    column.append((link, float(_MANY)))
        ends = [[*extra.kind, (link, -1.0)] for link, extra in enumerate(self.extras, self.size)]
        return [*columns, *ends], [(0, ENDLESS)] * len(self.extras)

    # ---- counting them

    def count(self, people: tuple[int, ...]) -> Witness | None:
        """What every number would be; None if a further contact would be nobody's."""
        numbers = [0] * self.size
        for kind, many in zip([*self.kinds, *(extra.kind for extra in self.extras)], people, strict=True):
            for number, adds in kind if many else ():
                numbers[number] += adds * many
        if min(people, default=0) < 0 or not self._all_somebodys(people):
            return None
        return Witness(people, tuple(self._middles.added(numbers)))

    def _all_somebodys(self, people: tuple[int, ...]) -> bool:
        there = {
            (group, atom)
            for (group, atoms), many in zip(self._made_of, people, strict=False)
            for atom in (atoms if many else ())
        }
        further = zip(self.extras, people[len(self.kinds) :], strict=True)
        return all((extra.group, extra.atom) in there for extra, many in further if many)
