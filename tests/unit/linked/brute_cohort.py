"""Small random cohorts, and how many match by trying every person, every shift and every set.

A person matches at a shift if each thing known can be given a row of theirs that no other is given.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from random import Random

import numpy as np

from storybook.linked.cohort.protocol import Frame, Known
from storybook.linked.cohort.rows import Rows

ENOUGH = 11
AGENCIES = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Case:
    """People as {(agency, month): rows}, what is known of somebody, and how time counts."""

    people: tuple[Counter, ...]
    first: int
    steps: int
    known: tuple[Known, ...]
    frame: Frame

    @property
    def rows(self) -> Rows:
        agencies = sorted({agency for person in self.people for agency, _ in person})
        keys = {agency: np.array(self._keys(agency), dtype=np.int64) for agency in agencies}
        return Rows(len(self.people) + 1, self.first, self.steps, keys)

    def _keys(self, agency: str) -> list[int]:
        return sorted(
            number * self.steps + month - self.first
            for number, person in enumerate(self.people, 1)
            for (with_whom, month), rows in person.items()
            if with_whom == agency
            for _ in range(rows)
        )

    def matching(self, known) -> int:
        return len({number for number, _ in self._matches(known)})

    def jointly(self, lives) -> list[int]:
        """For each of two lives who could have lived it, while somebody else at the same shift lived the other."""
        one, other = map(self._matches, lives)
        return [
            len({who for who, shift in mine if any(at == shift and them != who for them, at in their)})
            for mine, their in ((one, other), (other, one))
        ]

    def _matches(self, known) -> set[tuple[int, int]]:
        """Who matches, and at which shift."""
        known = _counted(known)
        return {
            (number, shift)
            for number, rows in enumerate(list(person.elements()) for person in self.people)
            for shift in self._shifts()
            if _fitting(rows, known[0], shift) and _assigned([_fitting(rows, one, shift) for one in known])
        }

    def _shifts(self):
        if not self.frame.shifts:
            return [0]
        far = (self.steps + 15) // self.frame.by * self.frame.by
        return range(-far, far + 1, self.frame.by)

    @property
    def distinct(self) -> list[Known]:
        return _counted(self.known)

    def fewest(self, size: int) -> int:
        known = self.distinct
        return min(self.matching(some) for some in combinations(known, min(size, len(known))))


def _counted(known) -> list[Known]:
    """At no time in particular, a place counts once."""
    return list(dict.fromkeys(known)) if known[0].first is None else list(known)


def _fitting(rows: list, one: Known, shift: int) -> set[int]:
    """Which of somebody's rows could be this one."""
    return {
        number
        for number, (agency, month) in enumerate(rows)
        if agency in one.agencies and (one.first is None or one.first + shift <= month <= one.last + shift)
    }


def _assigned(fitting: list[set[int]]) -> bool:
    """Whether each can have a row of its own: a matching in a bipartite graph, path by path."""
    taken: dict[int, int] = {}

    def give(one: int, asked: set[int]) -> bool:
        for row in fitting[one] - asked:
            asked.add(row)
            if row not in taken or give(taken[row], asked):
                taken[row] = one
                return True
        return False

    return all(give(one, set()) for one in range(len(fitting)))


def a_case(chance: Random) -> Case:
    """People with few or many rows; things known that are often somebody's own; all ways in which time can count."""
    steps, first = chance.choice((4, 12, 12, 30, 70)), chance.choice((0, 39))
    agencies = AGENCIES[: chance.randint(1, 4)]

    def a_row() -> tuple[str, int]:
        return chance.choice(agencies), first + chance.randrange(steps)

    people = tuple(
        Counter(a_row() for _ in range(chance.randint(1, 20))) for _ in range(chance.randint(1, 20))
    )
    frame = Frame("month", chance.random() < 0.6, chance.choice((1, 1, 3)))
    lived = list(chance.choice(people).elements())
    way = chance.choice(("one", "wide", "anytime"))
    rows = [chance.choice(lived) if chance.random() < 0.7 else a_row() for _ in range(chance.randint(1, 6))]
    return Case(people, first, steps, tuple(_known(chance, row, agencies, way, frame) for row in rows), frame)


def _known(chance: Random, row: tuple[str, int], agencies, way: str, frame: Frame) -> Known:
    agency, month = row
    some = chance.sample(agencies, chance.randint(1, len(agencies))) if chance.random() < 0.3 else [agency]
    if way == "anytime":
        return Known(frozenset(some))
    length = frame.by if frame.by > 1 else chance.choice((1, 3, 12)) if way == "wide" else 1
    begin = month // frame.by * frame.by
    return Known(frozenset(some), begin, begin + length - 1)


def an_overlapping_case(chance: Random) -> Case:
    """Few agencies and steps, and things known of different lengths whose times overlap; sectors that may be one."""
    steps, first = chance.choice((6, 12, 20)), chance.choice((0, 39))
    agencies = AGENCIES[: chance.randint(1, 4)]
    sectors = [frozenset([agency]) for agency in agencies]
    if chance.random() < 0.4:
        sectors = [frozenset(agencies[:2]), *(frozenset([agency]) for agency in agencies[2:])]
    elif chance.random() < 0.2:
        sectors = [frozenset(chance.sample(agencies, chance.randint(1, len(agencies)))) for _ in range(3)]

    def a_row() -> tuple[str, int]:
        return chance.choice(agencies), first + chance.randrange(steps)

    people = tuple(
        Counter(a_row() for _ in range(chance.randint(1, 9))) for _ in range(chance.randint(2, 30))
    )
    by = chance.choice((1, 1, 1, 3))
    known = tuple(_overlapping(chance, *a_row(), sectors, by) for _ in range(chance.randint(2, 6)))
    return Case(people, first, steps, known, Frame("month", chance.random() < 0.6, by))


def _overlapping(chance: Random, agency: str, month: int, sectors, by: int) -> Known:
    place = next((some for some in sectors if agency in some), frozenset([agency]))
    length = by * chance.choice((1, 1, 2, 3, 5))
    begin = (month - chance.randrange(length)) // by * by
    return Known(place, begin, begin + length - 1)
