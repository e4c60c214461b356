"""Sets of things known of which one row could be more than one (``different``), each looked at by itself.

Sets are counted quickly elsewhere as if one row could be two things known: that is never too few. Here those in which
it matters are counted as they are. Where that would take too long the rest is left, and the answer says "at most".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from .matching import matching_all
from .protocol import MOST_KNOWN
from .rows import Ints, Words
from .sheet import Item, Sheet, aligned, any_bit
from .threes import Rules

Pair = Callable[[Item, Item, Ints], None]


class Clashes:
    """``pair`` is told of every two items that clash, each known once, who matches them."""

    def __init__(self, sheet: Sheet, items: Sequence[Item], rules: Rules, pair: Pair) -> None:
        self._sheet, self._near = sheet, sheet.near
        self._items, self._rules, self._pair = items, rules, pair
        self._done: set[frozenset[int]] = set()
        self._budget = 0

    def run(self, budget: int, *, pairs: bool) -> bool:
        """Whether every set was looked at, ``pairs`` too where nothing asks for them."""
        self._budget = budget
        for one, two in combinations(range(len(self._items)), 2) if self._sheet.different.clashing else ():
            size = self._items[one].times + self._items[two].times
            if size <= MOST_KNOWN and self._clash(one, two):
                if (pairs and size == 2) or (self._budget >= 0 and self._open(size)):
                    self._two(one, two)
                self._done.add(frozenset([one, two]))
        return self._budget >= 0

    def _two(self, one: int, two: int) -> None:
        items = (self._items[one], self._items[two])
        self._budget -= self._near.words * self._near.alone[items[0].row]
        people, bits = matching_all(self._near, items)
        if items[0].times == items[1].times == 1:
            self._pair(*items, people)
        self._found((one, two), people, bits)

    def _found(self, chosen: tuple[int, ...], people: Ints, bits: Words) -> None:
        """So many match these; then they are asked for one more."""
        size = sum(self._items[at].times for at in chosen)
        self._rules.note(size, self._fewer(chosen, size, len(people)))
        after = chosen[-1] + 1 if len(chosen) > 2 else 0
        for more in range(after, len(self._items)):
            item = self._items[more]
            if self._budget >= 0 and self._open(size + item.times) and self._new(more, chosen):
                self._budget -= bits.size + 1_000
                self._found((*chosen, more), *self._with(chosen, item, people, bits))

    def _fewer(self, chosen: tuple[int, ...], size: int, near: int) -> int:
        """How many match, where fewer of the busy people do than of any other set; else how many of those."""
        if self._near is self._sheet or near >= self._rules.fewest(size):
            return near
        return len(matching_all(self._sheet, [self._items[at] for at in chosen])[0])

    def _with(self, chosen: tuple[int, ...], item: Item, people: Ints, bits: Words) -> tuple[Ints, Words]:
        first = self._items[chosen[0]]
        places = np.searchsorted(self._near.who, people)
        bits = bits & aligned(self._near.bits[item.row][:, places], item.offset - first.offset)
        left = np.flatnonzero(any_bit(bits))
        items = (*(self._items[at] for at in chosen), item)
        wanted = {one.feature: one.times for one in items}
        return self._near.different.among(people[left], bits[:, left], wanted, first.offset)

    def _new(self, more: int, chosen: tuple[int, ...]) -> bool:
        """Whether it is another thing known, and no set with one that was looked at before."""
        features = {self._items[at].feature for at in chosen}
        return self._items[more].feature not in features and not any(
            frozenset([more, at]) in self._done for at in chosen
        )

    def _clash(self, one: int, two: int) -> bool:
        return self._sheet.different.clash(self._items[one].feature, self._items[two].feature)

    def _open(self, size: int) -> bool:
        """Whether a set of this size or a larger one could have fewer matches than what was found."""
        return any(self._rules.open(level) for level in range(size, MOST_KNOWN + 1))
