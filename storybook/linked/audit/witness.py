"""Whether every hidden number keeps enough possible values: shown by making up people for each of them.

A value is possible if there is a set of people that fits everything that was said and has it. First one set in the
middle of everything; then one or two people more or less; then a search for each value that is still missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ..suppression.secondary import ENDLESS, Range
from .knowledge import meet, possible
from .limit import OutOfTime
from .memory import Witness
from .middles import Middles, Ranges
from .world import Slack, World

#: How far from the ends of what it may be a number is wished to lie.
_MARGIN: Final = 2
_COLUMNS: Final = 40


class Search:
    """The values that the hidden numbers of a world can have while every number is within ``ranges``."""

    def __init__(self, world: World, middles: Middles, ranges: Ranges, needs: Mapping[int, int]) -> None:
        self._middles = middles
        self._world, self._ranges, self._needs = world, tuple(ranges), dict(needs)
        self.values: dict[int, set[int]] = {number: set() for number in needs}
        self._unsure: dict[int, int] = {}
        self._witness = self._central()

    @property
    def fits(self) -> bool:
        """Whether any set of people fits at all."""
        return self._witness is not None

    def short(self) -> dict[int, int]:
        """Hidden numbers with fewer possible values than they need, and how many were found."""
        if self._witness is None:
            return dict.fromkeys(self._needs, 0)
        for known in self._world.memory.fitting(self._ranges):
            if self._right(known.numbers):
                self._note(known)
        self._note(self._witness)
        for number in self._needs:
            self._world.limit.left()
            self._step(number)
        for number in self._missing():
            self._look(number)
        return {number: len(self.values[number]) for number in self._missing()}

    def most(self, number: int) -> int:
        """How many values there are at most: those that were found, and those that could not be ruled out."""
        low, high = self._ranges[number]
        sure = self._world.people.complete and not self._middles.parts and self._witness is not None
        found = len(self.values[number]) + self._unsure.get(number, 0) if sure else ENDLESS
        return min(found, max(0, high - low + 1))

    def least(self, number: int) -> float | None:
        """The least that a count may be, fractions of people allowed."""
        return self._world.furthest(self._ranges, number, -1)

    def _missing(self) -> list[int]:
        return [number for number, need in self._needs.items() if len(self.values[number]) < need]

    # ---- the first set of people

    def _central(self) -> Witness | None:
        ranges = self._middles.in_order(self._ranges)
        found = None if ranges is None else self._first(ranges)
        if found is None and self._middles.parts:
            found = self._guided()
        return found

    def _guided(self) -> Witness | None:
        """Where not all that may be the middle one can be: sides by a set of people found without middle ones."""
        free = self._world.whole(self._ranges)
        ranges = free and self._middles.in_order(self._ranges, free.numbers)
        return self._first(ranges) if ranges else None

    def _first(self, ranges: Ranges) -> Witness | None:
        known = next((one for one in self._world.memory.central if self._right(one.numbers)), None)
        if known is not None or self._world.memory.barred(ranges):
            return known
        margins = {number: _margin(ranges[number]) for number in range(self._world.size)}
        inner = [_shrunk(reach, margins.get(number, 0)) for number, reach in enumerate(ranges)]
        slack = {number: (float(margin), 1.0) for number, margin in margins.items() if margin}
        for attempt in range(2):
            found = self._inner(inner, slack)
            found = found if found and self._right(found.numbers) else self._world.whole(ranges)
            if found and self._right(found.numbers):
                self._world.memory.central.append(found)
                return found
            if attempt or not self._grow(ranges):
                return None
        return None

    def _inner(self, ranges: Ranges, slack: Slack) -> Witness | None:
        """People with every number away from its ends: it is only wished for, so it may take too long."""
        try:
            return self._world.whole(ranges, slack, seconds=3.0, gap=0.2)
        except OutOfTime:
            return None

    def _grow(self, ranges: Ranges) -> bool:
        """More kinds of people, so that something fits; False where even fractions of people don't."""
        before = len(self._world.kinds)
        missed = self._world.misses(ranges, [1.0] * self._world.size)
        return missed == {} and len(self._world.kinds) > before

    # ---- one or two people more or less

    def _step(self, number: int) -> None:
        if number >= self._world.size or self._witness is None:
            return
        for column in self._columns(number):
            if len(self.values[number]) >= self._needs[number]:
                return
            for many in (1, -1, 2, -2, 3, -3, 4, -4):
                self._try(self._witness, column, many)

    def _try(self, witness: Witness, column: int, many: int) -> None:
        there = witness.people[column] if column < len(witness.people) else 0
        if there + many < 0 or (self._world.extras and many < 0):
            return
        if self._middles.parts:
            self._try_middles(witness, column, many)
            return
        moved = [(place, witness.numbers[place] + adds * many) for place, adds in self._world.kinds[column]]
        if all(self._ranges[place][0] <= value <= self._ranges[place][1] for place, value in moved):
            for place, value in moved:
                if place in self.values:
                    self.values[place].add(value)

    def _try_middles(self, witness: Witness, column: int, many: int) -> None:
        numbers = list(witness.numbers)
        for place, adds in self._world.kinds[column]:
            numbers[place] += adds * many
        numbers = self._middles.added(numbers)
        if self._right(numbers):
            self._note_numbers(numbers)

    def _columns(self, number: int) -> list[int]:
        return self._world.columns_with(number)[:_COLUMNS]

    # ---- a set of people for one value

    def _look(self, number: int) -> None:
        if self._witness is None:
            return
        for ranges in self._orders():
            for some in (self._beside, self._candidates):
                for value in some(number, ranges):
                    if len(self.values[number]) >= self._needs[number]:
                        return
                    if value not in self.values[number]:
                        self._seek(number, value, ranges)

    def _beside(self, number: int, ranges: Sequence[Range]) -> list[int]:
        """Values next to those that are known to be possible: soon tried, before it is asked how far they can go."""
        if number >= self._world.size:
            return []
        near = sorted(self.values[number])
        missing = self._needs[number] - len(near)
        low, high = max(ranges[number][0], near[0] - missing), min(ranges[number][1], near[-1] + missing)
        return sorted(range(low, high + 1), key=lambda value: max(near[0] - value, value - near[-1]))

    def _doubt(self, number: int, many: int = 1) -> None:
        self._unsure[number] = self._unsure.get(number, 0) + many

    def _orders(self) -> Iterator[list[Range]]:
        """What may be, with the middle ones put where they can be, in each of the ways that are tried."""
        if not self._middles.parts:
            yield list(self._ranges)
            return
        for ranges in (
            self._middles.in_order(self._ranges, self._witness.numbers if self._witness else None),
            self._middles.in_order(self._ranges),
        ):
            if ranges is not None:
                yield ranges

    def _candidates(self, number: int, ranges: Sequence[Range]) -> list[int]:
        """Values to try, those next to what is known to be possible first."""
        low, high = ranges[number] if number < self._world.size else self._ranges[number]
        near = sorted(self.values[number])
        if number < self._world.size:
            low, high = self._reach(number, ranges, (low, high))
        reach = self._needs[number] + 2
        first, last = max(low, near[0] - reach), min(high, near[-1] + reach)
        self._doubt(number, first - low + high - last)
        middle = near[len(near) // 2]
        return sorted(range(first, last + 1), key=lambda value: abs(value - middle))

    def _reach(self, number: int, ranges: Ranges, most: Range) -> Range:
        """The ends of a number, fractions of people allowed: nothing outside is possible."""
        low = self._world.furthest(ranges, number, -1)
        high = self._world.furthest(
            [*ranges[:number], _up_to(ranges[number], most), *ranges[number + 1 :]], number, 1
        )
        if low is None or high is None:
            return most
        return meet(most, (-int(-low // 1) if low % 1 > 1e-6 else round(low), int(high + 1e-6)))

    def _seek(self, number: int, value: int, ranges: Sequence[Range]) -> None:
        asked = list(ranges)
        asked[number] = (value, value)
        if number >= self._world.size:
            known = self._witness.numbers if self._witness else None
            tried = [self._middles.in_order(asked), self._middles.in_order(asked, known)]
        else:
            tried = [asked]
        for one in tried:
            found = self._found(number, one) if one is not None else None
            if found and self._right(found.numbers):
                self._note(found)
                return

    def _found(self, number: int, ranges: Ranges) -> Witness | None:
        """People who fit; a value for which they are not found in seconds is not taken for possible."""
        try:
            return self._world.whole(ranges)
        except OutOfTime:
            self._world.limit.left()
            self._doubt(number)
            return None

    # ---- what was found

    def _right(self, numbers: Sequence[int]) -> bool:
        return all(low <= it <= high for it, (low, high) in zip(numbers, self._ranges, strict=True))

    def _note(self, witness: Witness) -> None:
        self._note_numbers(witness.numbers)

    def _note_numbers(self, numbers: Sequence[int]) -> None:
        for number, values in self.values.items():
            values.add(numbers[number])


def _margin(reach: Range) -> int:
    return min(_MARGIN, (reach[1] - reach[0]) // 2) if possible(reach) else 0


def _shrunk(reach: Range, by: int) -> Range:
    return reach[0] + by, reach[1] - by if reach[1] < ENDLESS else ENDLESS


def _up_to(reach: Range, most: Range) -> Range:
    """An end for what has none, so that the furthest is a number."""
    return meet(reach, (0, max(most[0], 0) + 10**6)) if reach[1] >= ENDLESS else reach
