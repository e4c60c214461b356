"""The fewest people who match any m of the things known of a life, for m up to four.

Counting stops at ``ENOUGH``: more than that is nobody's business, not even ours. Every combination is looked at, but
cleverly. People are gone through in blocks: once a combination has as many matches as the fewest found so far, the
other people can't make it fewer. Of many people the busiest are gone through first (``Sheet.near``), and everybody is
asked only about what those leave open. A size is finished where nothing can be lower: no fewer people can be left than
match the whole life. Sets of three and four are looked at all at once (``threes``); where there are too many of them
the rest is left, and the answer says "at most".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import numpy as np

from .clashes import Clashes
from .matching import matching_all
from .protocol import MOST_KNOWN, TARGET, WEB_TARGET
from .rows import Ints, Words
from .sheet import Item, Sheet, aligned, any_bit
from .threes import Threes

ENOUGH: Final = WEB_TARGET
#: How many words of bits are put together for sets of three and four.
BUDGET: Final = 1 << 32
#: Where blocks of people end.
_BLOCKS: Final = (1 << 11, 1 << 14, 1 << 18)
#: So many agencies are looked up for pairs that the busy people leave open.
_LOOK_UPS: Final = 100
Alike = Callable[[Ints], bool]


@dataclass
class Fewest:
    """``any_of[m]`` for m from 1, exact where ``exact[m]``; for each feature alone and with one more; who share a need.

    Numbers are true below ``ENOUGH``; ``ENOUGH`` stands for itself and everything above.
    """

    any_of: list[int] = field(default_factory=lambda: [ENOUGH] * (MOST_KNOWN + 1))
    exact: list[bool] = field(default_factory=lambda: [True] * (MOST_KNOWN + 1))
    alone: dict[int, int] = field(default_factory=dict)
    paired: dict[int, int] = field(default_factory=dict)
    alike: list[bool] = field(default_factory=lambda: [False] * (MOST_KNOWN + 1))


def fewest(
    sheet: Sheet,
    whole: int,
    size: int,
    alike: Alike | None = None,
    budget: int = BUDGET,
    *,
    pairs: bool = True,
    enough: Collection[int] = (),
) -> Fewest:
    """The fewest matches of any m of ``size`` things known; ``whole`` match all of them.

    Without ``pairs`` only these: who is alike, and what each feature leaves with one more, may be left unfinished.
    ``enough``: each m of which it is known already that no set of this size has fewer than ``ENOUGH``.
    """
    whole = min(whole, ENOUGH)
    search = _Search(sheet, whole, alike, enough)
    search.run(pairs=pairs)
    found = search.found
    if not Threes(sheet, search.items, search).run(budget):
        found.exact[3:] = [not search.open(level) for level in range(3, MOST_KNOWN + 1)]
    if not Clashes(sheet, search.items, search, search.clashing).run(budget >> 6, pairs=pairs):
        found.exact[2:] = [not search.open(level) for level in range(2, MOST_KNOWN + 1)]
    for number in range(1, MOST_KNOWN + 1):
        if number >= size:
            found.any_of[number], found.exact[number] = whole, True
        found.any_of[number] = min(found.any_of[1 : number + 1])
        found.exact[number] = found.exact[number] or found.any_of[number] == whole
    return found


class _Pairs:
    """People who have both of two rows, block by block; each block is looked up once, when it is asked for.

    ``mine`` are the places of all who have the first.
    """

    def __init__(self, here: Words, there: Words, mine: Ints) -> None:
        self._here, self._there, self._mine = here, there, mine
        self._edges = [0, *(edge for edge in _BLOCKS if edge < here.shape[1]), here.shape[1]]
        self._found: dict[int, tuple[Ints, Words, Words]] = {}

    def __len__(self) -> int:
        return len(self._edges) - 1

    def together(self, block: int, move: int) -> Ints:
        """The places of all who fit at a common step once the second row is moved."""
        if block not in self._found:
            self._found[block] = self._look(
                *np.searchsorted(self._mine, self._edges[block : block + 2]).tolist()
            )
        places, here, there = self._found[block]
        return places[any_bit(here & aligned(there, move))]

    def _look(self, begin: int, end: int) -> tuple[Ints, Words, Words]:
        mine = self._mine[begin:end]
        there = self._there[:, mine]
        both = np.flatnonzero(any_bit(there))
        return mine[both], self._here[:, mine[both]], there[:, both]


class _Search:
    def __init__(self, sheet: Sheet, whole: int, alike: Alike | None, enough: Collection[int]) -> None:
        self.sheet, self.near = sheet, sheet.near
        self.floor, self.alike, self.enough = whole, alike, enough
        self.items = sorted(
            (item for item in sheet.items if item.times <= MOST_KNOWN),
            key=lambda item: (sheet.alone[item.row], item.row),
        )
        self.found = Fewest()
        self._looked_up = 0
        self._kept: tuple[tuple[int, int], _Pairs] | None = None

    def run(self, *, pairs: bool) -> None:
        for item in self.items:
            self._one(item)
        if not pairs and not any(map(self.open, range(2, MOST_KNOWN + 1))):
            return
        rows = [list(group) for _, group in groupby(range(len(self.items)), lambda at: self.items[at].row)]
        for at, firsts in enumerate(rows):
            row = self.items[firsts[0]].row
            mine = np.flatnonzero(any_bit(self.near.bits[row]))
            for seconds in rows[at:]:
                together = _Pairs(self.near.bits[row], self.near.bits[self.items[seconds[0]].row], mine)
                for first, second in self._pairs(firsts, seconds):
                    one, two = self.items[first], self.items[second]
                    if pairs or self.open(one.times + two.times):
                        self._two(one, two, together)

    def _pairs(self, firsts: list[int], seconds: list[int]) -> Iterator[tuple[int, int]]:
        for first in firsts:
            for second in seconds:
                one, two = self.items[first], self.items[second]
                if second > first and one.feature != two.feature and one.times + two.times <= MOST_KNOWN:
                    yield first, second

    def _one(self, item: Item) -> None:
        people = self._all(item.times, self.near.people[item.row], lambda: self.sheet.people_of(item.row))
        count = min(len(people), ENOUGH)
        self.note(item.times, count)
        if item.times == 1:
            self.found.alone[item.feature] = count
            self._note_alike(1, people)
        if item.times == 2:
            self._with_one_more(item, count)

    def _with_one_more(self, item: Item, count: int) -> None:
        self.found.paired[item.feature] = min(count, self.found.paired.get(item.feature, ENOUGH))

    def note(self, level: int, count: int) -> None:
        """So many match a set of this size; no larger one has more."""
        best = self.found.any_of
        best[level:] = [min(fewest, count) for fewest in best[level:]]

    def _all(self, weight: int, near: Ints, everybody: Callable[[], Ints]) -> Ints:
        """The busy people, where those are enough and not alike; otherwise everybody. Numbers of people."""
        named = self.near.named(near)
        if self.near is self.sheet or (len(near) >= ENOUGH and not self._alike(weight, named)):
            return named
        return everybody()

    def clashing(self, one: Item, two: Item, near: Ints) -> None:
        """Who of the busy people has different rows for both."""
        people = self._all(2, near, lambda: matching_all(self.sheet, (one, two))[0])
        for item in (one, two):
            self._with_one_more(item, min(len(people), ENOUGH))
        self._note_alike(2, people)

    def _alike(self, weight: int, people: Ints) -> bool:
        """Whether these share a need, if nobody did so far in a set of this size."""
        return self.alike is not None and not self.found.alike[weight] and self.alike(people)

    def _note_alike(self, weight: int, people: Ints) -> None:
        if len(people) >= TARGET and self._alike(weight, people):
            self.found.alike[weight] = True

    def open(self, level: int) -> bool:
        """Whether some set of this size could still have fewer matches than what was found."""
        return level not in self.enough and self.found.any_of[level] > self.floor

    def fewest(self, level: int) -> int:
        """The fewest found so far."""
        return self.found.any_of[level]

    def _two(self, one: Item, two: Item, pairs: _Pairs) -> None:
        size, move = one.times + two.times, two.offset - one.offset
        found = self.near.who[self._until_enough(pairs, size, move, self._named)]
        people = self._all(size, found, lambda: self._both(one, two))
        self.note(size, len(people))
        if size == 2:
            for item in (one, two):
                self._with_one_more(item, min(len(people), ENOUGH))
            self._note_alike(2, people)

    def _until_enough(self, pairs: _Pairs, size: int, move: int, named: Callable[[Ints], Ints]) -> Ints:
        """The places of people who fit, block by block until they are enough and not alike."""
        found = np.empty(0, np.int64)
        for block in range(len(pairs)):
            found = np.append(found, pairs.together(block, move))
            if len(found) >= ENOUGH and not (size == 2 and self._alike(2, named(found))):
                break
        return found

    def _named(self, places: Ints) -> Ints:
        return self.near.named(self.near.who[places])

    def _both(self, one: Item, two: Item) -> Ints:
        """Everybody: looked up a few times, and laid out row by row where there are many such pairs."""
        self._looked_up += sum(len(self.sheet.kinds[item.row].agencies) for item in (one, two))
        if self._looked_up <= _LOOK_UPS:
            return matching_all(self.sheet, (one, two), apart=False)[0]
        rows = one.row, two.row
        if self._kept is None or self._kept[0] != rows:
            mine, here = self.sheet.wide(one.row)
            self._kept = rows, _Pairs(here, self.sheet.wide(two.row)[1], mine)
        return self._until_enough(
            self._kept[1], one.times + two.times, two.offset - one.offset, lambda found: found
        )
