"""The fewest people who match any three or four of the things known.

There are many such sets: half a million of four among sixty. Every set is looked at, and none alone. For each two
things known the people who have both are laid side by side, one bit each, and the bits that all others have there are
put together and counted at once. Block by block of people a set that has as many matches as the fewest found so far is
done with: the other people can't make it fewer. After each block the most promising sets are asked of everybody, so
that the fewest found is soon low. Where all that would take too long the rest is left, and the answer says "at most".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import chain, combinations
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from .blocks import Block, Blocks
from .matching import matching_all
from .protocol import MOST_KNOWN, WEB_TARGET
from .rows import Ints, Words
from .sheet import Bools, Item, Sheet

Places = npt.NDArray[np.int32]
#: So many pairs of rare items are finished first, those that no more than so many people have.
_RAREST: Final = 12
_FEW: Final = 1 << 13
#: After each block so many sets of each size are asked of everybody.
_PROMISING: Final = 8
#: So many times so many are asked of everybody, one by one, of what the busiest people leave open.
_ASKED: Final = 24
#: So many people may prove at one shift each that enough match.
_BUSIEST: Final = 1 << 13
#: Words of bits put together at once: what a processor keeps at hand.
_AT_ONCE: Final = 1 << 17
_TWICE: Final = 2
_THREE: Final = 3


class Rules(Protocol):
    """What sets are asked for, and where it is told what was found."""

    def open(self, level: int) -> bool:
        """Whether some set of this size could still have fewer matches than what was found."""
        ...

    def fewest(self, level: int) -> int:
        """The fewest found so far."""
        ...

    def note(self, level: int, count: int) -> None:
        """So many match a set of this size."""
        ...


@dataclass
class _Sets:
    """Sets of one size that begin with the same two items: each takes the items ``more[at]`` as well.

    ``counts``: how many match, of the people looked at so far.
    """

    level: int
    more: Places
    counts: npt.NDArray[np.uint8]

    def keep(self, chosen: Bools) -> None:
        """Leaves the others out."""
        self.more, self.counts = self.more[chosen], self.counts[chosen]


class Threes:
    """Sets of three and of four items: three that are known once, or two and one known twice; four known once."""

    def __init__(self, sheet: Sheet, items: Sequence[Item], rules: Rules) -> None:
        self._rules = rules
        once = [item for item in items if item.times == 1]
        self._once = len(once)
        self._items = [*once, *(item for item in items if item.times == _TWICE)]
        self._rare = np.log([sheet.alone[item.row] + 1 for item in self._items])
        self._sheet, self._near = sheet, sheet.near
        self._left: dict[tuple[int, int], list[_Sets]] = {}
        self._budget = 0

    def run(self, budget: int) -> bool:
        """Whether every set was looked at; ``budget``: so many words of bits may be put together."""
        self._budget = budget
        self._left = {pair: list(self._sets(*pair)) for pair in combinations(range(self._once), 2)}
        self._drop()
        if self._left:
            blocks = Blocks(self._near, self._items, self._least)
            if self._common():
                self._prove(blocks)
            self._rarest(blocks)
            self._prove(blocks)
            self._everybody(blocks)
            if self._near is not self._sheet:
                self._others()
        return self._budget >= 0 or not self._left

    def _common(self) -> bool:
        """Whether enough people have even the rarest together: then it is soon proved that most sets have enough."""
        rarest = [self._items[n] for n in np.argsort(self._rare[: self._once], kind="stable")[:MOST_KNOWN]]
        found = len(matching_all(self._sheet, rarest)[0])
        self._rules.note(len(rarest), found)
        return found >= WEB_TARGET

    def _rarest(self, blocks: Blocks) -> None:
        """Finishes the sets that begin with the two rarest items, and the next: often they have the fewest."""
        few = _RAREST if self._near is self._sheet else 0
        for pair in sorted(self._left, key=lambda pair: self._rare[list(pair)].sum())[:few]:
            people, _ = matching_all(self._sheet, [self._items[n] for n in pair])
            if len(people) <= _FEW and self._rules.open(MOST_KNOWN):
                sets = [some for some in self._left.pop(pair) if self._rules.open(some.level)]
                self._add(blocks.of(np.searchsorted(self._sheet.who, people)), pair, sets)
                self._note(sets)
        self._drop()

    def _prove(self, blocks: Blocks) -> None:
        """Drops the sets that have matches enough already at one shift for each person. All are counted anew then."""
        if self._near.moving and self._left:
            self._count(blocks.best(_BUSIEST))
            self._settle()
            for some in self._all():
                some.counts[:] = 0

    def _everybody(self, blocks: Blocks) -> None:
        """Counts block by block; what is left at the end is fewer than what was found."""
        for block in blocks if self._left else ():
            self._count(block)
            self._settle()
            if self._budget < 0 or not self._left:
                return
        if blocks.sheet is self._sheet:
            self._note(self._all())

    def _others(self) -> None:
        """Asks of everybody what the busy people left open: few sets one by one, many block by block."""
        for _ in range(_ASKED):
            if not self._left or self._budget < 0:
                return
            self._settle()
        for some in self._all():
            some.counts[:] = 0
        self._everybody(Blocks(self._sheet, self._items, self._least))

    def _note(self, sets: Iterable[_Sets]) -> None:
        for some in sets:
            self._rules.note(some.level, int(some.counts.min()))

    def _all(self) -> Iterator[_Sets]:
        return chain.from_iterable(self._left.values())

    def _least(self) -> int:
        """How many items somebody has to have to count."""
        return _THREE if self._rules.open(_THREE) else MOST_KNOWN

    def _sets(self, first: int, second: int) -> Iterator[_Sets]:
        """All sets whose first two items are these."""
        once = np.arange(second + 1, self._once, dtype=np.int32)
        known = (self._items[first].feature, self._items[second].feature)
        twice = [n for n in range(self._once, len(self._items)) if self._items[n].feature not in known]
        if self._rules.open(_THREE):
            yield _none_yet(_THREE, once[:, None])
        if self._rules.open(MOST_KNOWN):
            yield _none_yet(MOST_KNOWN, np.array(twice, dtype=np.int32)[:, None])
            one, two = _couples(len(once))
            yield _none_yet(MOST_KNOWN, np.stack([once[one], once[two]], axis=1))

    def _count(self, block: Block) -> None:
        """Adds the people of a block, as far as there is time."""
        for pair, sets in self._left.items():
            if self._budget >= 0:
                self._add(block, pair, sets)

    def _add(self, block: Block, pair: tuple[int, int], sets: Sequence[_Sets]) -> None:
        """The same for the sets that begin with two items."""
        first, second = pair
        both = np.flatnonzero(block.there[first] & block.there[second])
        if not len(both):
            return
        layers = list(_layers(block, both, second + 1))
        for some in sets:
            found = _matches(layers, some.more - (second + 1))
            some.counts = np.minimum(found + some.counts, WEB_TARGET).astype(np.uint8)
            self._budget -= len(found) * sum(layer.shape[1] for layer in layers)

    def _drop(self) -> None:
        """Leaves out the sets that can't be fewer than what was found."""
        for pair, sets in list(self._left.items()):
            for some in sets:
                fewest = self._rules.fewest(some.level) if self._rules.open(some.level) else 0
                fewer = some.counts < fewest
                if not fewer.all():
                    some.keep(fewer)
            self._left[pair] = [some for some in sets if len(some.more)]
            if not self._left[pair]:
                del self._left[pair]

    def _settle(self) -> None:
        """Drops what is decided, and asks of everybody how many match the sets with the fewest so far."""
        self._drop()
        for level in (_THREE, MOST_KNOWN):
            for _, _, _, places, some, at in nsmallest(_PROMISING, self._lowest(level)):
                items = sorted((self._items[n] for n in places), key=lambda item: self._sheet.alone[item.row])
                people = len(matching_all(self._sheet, items)[0])
                self._rules.note(level, people)
                some.counts[at] = min(people, WEB_TARGET)
        self._drop()

    def _lowest(self, level: int) -> Iterator[tuple[int, float, int, tuple[int, ...], _Sets, int]]:
        """For each two items the set of this size that fewest match so far; of several the one of rarest items."""
        for number, (pair, sets) in enumerate(self._left.items()):
            for some in sets:
                if some.level == level:
                    fewest = int(some.counts.min())
                    among = np.flatnonzero(some.counts == fewest)
                    rare = self._rare[some.more[among]].sum(axis=1)
                    at = int(rare.argmin())
                    places = (*pair, *some.more[among[at]].tolist())
                    rarity = float(rare[at] + self._rare[list(pair)].sum())
                    yield fewest, rarity, number, places, some, int(among[at])


@cache
def _couples(number: int) -> tuple[Ints, Ints]:
    """Any two of so many."""
    one, two = np.triu_indices(number, 1)
    return one, two


def _none_yet(level: int, more: Places) -> _Sets:
    return _Sets(level, more, np.zeros(len(more), dtype=np.uint8))


def _layers(block: Block, cells: Ints, after: int) -> Iterator[Words]:
    """The ``cells`` as bits, items from ``after`` on: everybody's first cell, then the second of those who have two...

    Who has most cells stands first, so that a bit means the same person in every layer.
    """
    if block.single:
        yield _packed(block.there[after:, cells])
        return
    who = block.who[cells]
    starts = np.flatnonzero(np.diff(who, prepend=-1))
    often = np.diff(starts, append=len(who))
    if len(starts) == len(who):
        yield _packed(block.there[after:, cells])
        return
    ranked = np.argsort(-often, kind="stable")
    starts, often = starts[ranked], often[ranked]
    for number in range(int(often[0])):
        yield _packed(block.there[after:, cells[starts[often > number] + number]])


def _packed(there: Bools) -> Words:
    """64 cells a word."""
    packed = np.packbits(there, axis=1, bitorder="little")
    words: npt.NDArray[np.uint8] = np.zeros((len(there), -(-packed.shape[1] // 8) * 8), dtype=np.uint8)
    words[:, : packed.shape[1]] = packed
    return words.view(np.uint64)


def _matches(layers: Sequence[Words], more: Places) -> Ints:
    """How many people have all of the items, for each row of ``more``; ``layers[0]`` has everybody."""
    most = layers[0].shape[1]
    counts = np.empty(len(more), dtype=np.int64)
    step = max(1, _AT_ONCE // most)
    for begin in range(0, len(more), step):
        rows = more[begin : begin + step].T
        found = _all_of(layers[0], rows)
        for layer in layers[1:]:
            found[:, : layer.shape[1]] |= _all_of(layer, rows)
        counts[begin : begin + step] = np.bitwise_count(found).sum(axis=1, dtype=np.int64)
    return counts


def _all_of(layer: Words, rows: Places) -> Words:
    first, *others = rows
    found: Words = layer[first]
    for other in others:
        found &= layer[other]
    return found
