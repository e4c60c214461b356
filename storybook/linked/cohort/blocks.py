"""People of a sheet who have several of the things known at one shift, in blocks; those with most come first.

A *cell* is one person at one shift; without shifts there is one for each person. Whoever has most of a life fits most
combinations of it, so that the first block settles nearly all of them and the others little is left to ask about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt

from .rows import Ints, Words
from .sheet import Bools, Item, Sheet, aligned, any_bit

_WORD: Final = 64
#: People whose cells are looked for together.
_CHUNK: Final = 1 << 11
#: Cells of the first block, and how many times more each later block has.
_FIRST: Final = 1 << 12
_GROWS: Final = 8
_MOST: Final = 1 << 19


@dataclass(frozen=True)
class Block:
    """``there[item, cell]``; the cells of one person (``who[cell]``) stand together, and in one block."""

    who: Ints
    there: Bools
    #: Whether each person has one cell.
    single: bool = False


class Blocks:
    """The cells of everybody. ``least``: how many items a cell has to have, asked anew for every chunk of people."""

    def __init__(self, sheet: Sheet, items: Sequence[Item], least: Callable[[], int]) -> None:
        self.sheet = sheet
        self._items, self._least = items, least
        self._last = max(item.offset for item in items)
        self._words = sheet.bits.shape[1] + -(-(self._last - min(item.offset for item in items)) // _WORD)

    def __iter__(self) -> Iterator[Block]:
        found: list[Block] = []
        size = _FIRST
        for places in self._busiest():
            found.append(self._cells(places, self._least()))
            if sum(len(block.who) for block in found) >= size:
                yield _together(found)
                found, size = [], min(size * _GROWS, _MOST)
        if found:
            yield _together(found)

    def of(self, places: Ints) -> Block:
        """The cells of some people."""
        return self._cells(places, self._least())

    def best(self, people: int) -> Block:
        """One cell for each of the busiest ``people``: the one with most items."""
        found = [self.of(np.empty(0, np.int64))]
        for places in islice(self._busiest(), people // _CHUNK):
            spread = [_spread(self._laid(item, places)) for item in self._items]
            most = _counted(spread).argmax(axis=1)
            at = np.arange(len(places))
            found.append(Block(places, np.stack([one[at, most] for one in spread])))
        return replace(_together(found), single=True)

    def _busiest(self) -> Iterator[Ints]:
        """All who have enough of the items at any time, a chunk at a time."""
        often = np.zeros(self.sheet.bits.shape[2], dtype=np.int32)
        for item in self._items:
            often += any_bit(self.sheet.bits[item.row])
        ranked = np.argsort(-often, kind="stable")
        ranked = ranked[: np.count_nonzero(often >= self._least())]
        for begin in range(0, len(ranked), _CHUNK):
            yield ranked[begin : begin + _CHUNK]

    def _cells(self, places: Ints, least: int) -> Block:
        laid = [self._laid(item, places) for item in self._items]
        cells = np.flatnonzero(_spread(_at_least(laid, least)))
        there = np.empty((len(laid), len(cells)), dtype=np.bool_)
        for number, one in enumerate(laid):
            _spread(one).ravel().take(cells, out=there[number])
        return Block(places[cells // (self._words * _WORD)], there)

    def _laid(self, item: Item, places: Ints) -> Words:
        """The item's bits for some people, moved so that one bit is one shift of the whole life."""
        bits: Words = np.zeros((self._words, len(places)), dtype=np.uint64)
        own = self.sheet.bits[item.row]
        bits[: len(own)] = own[:, places]
        return aligned(bits, item.offset - self._last)


def _at_least(laid: Sequence[Words], least: int) -> Words:
    """The bits that at least so many have."""
    counted = [np.zeros_like(laid[0]) for _ in range(least)]
    for one in laid:
        for number in reversed(range(1, least)):
            counted[number] |= counted[number - 1] & one
        counted[0] |= one
    return counted[-1]


def _spread(bits: Words) -> Bools:
    """``[person, bit]``."""
    rows = np.ascontiguousarray(bits.T).view(np.uint8)
    return np.unpackbits(rows, axis=1, bitorder="little").view(np.bool_)


def _counted(spread: Sequence[Bools]) -> npt.NDArray[np.int32]:
    """How many of several are set, for each."""
    counts = np.zeros(spread[0].shape, dtype=np.int32)
    for one in spread:
        counts += one
    return counts


def _together(found: Sequence[Block]) -> Block:
    """Blocks of different people as one; at least one."""
    return Block(np.concatenate([b.who for b in found]), np.concatenate([b.there for b in found], axis=1))
