"""Small random cohorts, and how many match by trying every person, every shift and every set."""

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
        return sum(self._matches(person, Counter(known)) for person in self.people)

    def _matches(self, person: Counter, known: Counter) -> bool:
        return any(
            all(_rows(person, one, shift) >= _times(one, often) for one, often in known.items())
            for shift in self._shifts()
        )

    def _shifts(self):
        if not self.frame.shifts:
            return [0]
        far = (self.steps + 15) // self.frame.by * self.frame.by
        return range(-far, far + 1, self.frame.by)

    @property
    def distinct(self) -> list[Known]:
        """At no time in particular, a place counts once."""
        anytime = self.known[0].first is None
        return list(dict.fromkeys(self.known)) if anytime else list(self.known)

    def fewest(self, size: int) -> int:
        known = self.distinct
        return min(self.matching(some) for some in combinations(known, min(size, len(known))))


def _rows(person: Counter, one: Known, shift: int) -> int:
    return sum(
        rows
        for (agency, month), rows in person.items()
        if agency in one.agencies and (one.first is None or one.first + shift <= month <= one.last + shift)
    )


def _times(one: Known, often: int) -> int:
    return 1 if one.first is None else often


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
