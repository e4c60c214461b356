"""The fewest people who match any m of the things known of a life, for m up to four.

Counting stops at ``ENOUGH``: more than that is nobody's business, not even ours. Every combination is looked at, but
cleverly. A pair keeps only the people who match it, and what is looked for with one or two more is looked for among
those. People are gone through in blocks: once a combination has as many matches as the fewest found so far, the other
people can't make it fewer. A level is finished where nothing can be lower: no fewer people can be left than match the
whole life. Where there are too many combinations the rest is left, and the answer says "at most".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import numpy as np

from .protocol import MOST_KNOWN, TARGET, WEB_TARGET
from .rows import Ints, Words
from .sheet import Bools, Item, Sheet, aligned, aligned_each, any_bit

ENOUGH: Final = WEB_TARGET
#: How many sets of two and of three are opened to look at all that they leave with one more.
BUDGET: Final = 60_000
#: Where blocks of people end.
_BLOCKS: Final = (1 << 14, 1 << 18)
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


def matching_all(sheet: Sheet, items: Sequence[Item]) -> tuple[Ints, Words]:
    """Who matches all of ``items`` (numbers of people), with the bits of the first at which they do."""
    first, *others = items
    if not others:
        people = sheet.people[first.row]
        return people, sheet.bits[first.row][:, people] if sheet.moving else np.ones(
            (1, len(people)), np.uint64
        )
    places = np.flatnonzero(any_bit(sheet.bits[first.row]))
    bits = sheet.bits[first.row][:, places]
    for item in others:
        bits = bits & aligned(sheet.bits[item.row][:, places], item.offset - first.offset)
        left = np.flatnonzero(any_bit(bits))
        places, bits = places[left], bits[:, left]
    return sheet.who[places], bits


def fewest(
    sheet: Sheet,
    whole: int,
    size: int,
    alike: Alike | None = None,
    budget: int = BUDGET,
    *,
    pairs: bool = True,
) -> Fewest:
    """The fewest matches of any m of ``size`` things known; ``whole`` match all of them.

    Without ``pairs`` only these: who is alike, and what each feature leaves with one more, may be left unfinished.
    """
    whole = min(whole, ENOUGH)
    search = _Search(sheet, whole, alike, budget)
    search.run(pairs=pairs)
    found = search.found
    for number in range(1, MOST_KNOWN + 1):
        if number >= size:
            found.any_of[number], found.exact[number] = whole, True
        found.any_of[number] = min(found.any_of[1 : number + 1])
        found.exact[number] = found.exact[number] or found.any_of[number] == whole
    return found


@dataclass
class _Node:
    """A set of items that ``places`` of the sheet match, at ``bits`` counted as the item with ``offset`` counts."""

    places: Ints
    bits: Words
    offset: int
    features: tuple[int, ...]
    weight: int
    after: int


class _Pairs:
    """People who have both of two rows, block by block; each block is looked up once, when it is asked for.

    ``mine`` are the places of all who have the first.
    """

    def __init__(self, sheet: Sheet, row: int, other: int, mine: Ints) -> None:
        self._bits, self._rows, self._mine = sheet.bits, (row, other), mine
        self._edges = [0, *(edge for edge in _BLOCKS if edge < sheet.bits.shape[2]), sheet.bits.shape[2]]
        self._found: dict[int, tuple[Ints, Words, Words]] = {}

    def __len__(self) -> int:
        return len(self._edges) - 1

    def together(self, block: int, move: int) -> tuple[Ints, Words]:
        """Who fits at a common step once the second row is moved, with the bits of the first."""
        if block not in self._found:
            self._found[block] = self._look(
                *np.searchsorted(self._mine, self._edges[block : block + 2]).tolist()
            )
        places, here, there = self._found[block]
        bits = here & aligned(there, move)
        left = np.flatnonzero(any_bit(bits))
        return places[left], bits[:, left]

    def _look(self, begin: int, end: int) -> tuple[Ints, Words, Words]:
        row, other = self._rows
        mine = self._mine[begin:end]
        there = self._bits[other][:, mine]
        both = np.flatnonzero(any_bit(there))
        return mine[both], self._bits[row][:, mine[both]], there[:, both]


class _Search:
    def __init__(self, sheet: Sheet, whole: int, alike: Alike | None, budget: int) -> None:
        self.sheet, self.floor, self.alike, self.left = sheet, whole, alike, budget
        self.items = sorted(
            (item for item in sheet.items if item.times <= MOST_KNOWN),
            key=lambda item: (sheet.alone[item.row], item.row),
        )
        self.found = Fewest()

    def run(self, *, pairs: bool) -> None:
        for item in self.items:
            self._one(item)
        rows = [list(group) for _, group in groupby(range(len(self.items)), lambda at: self.items[at].row)]
        for at, firsts in enumerate(rows):
            row = self.items[firsts[0]].row
            mine = np.flatnonzero(any_bit(self.sheet.bits[row]))
            for seconds in rows[at:]:
                together = _Pairs(self.sheet, row, self.items[seconds[0]].row, mine)
                for first, second in self._pairs(firsts, seconds):
                    if pairs or any(map(self._open, range(2, MOST_KNOWN + 1))):
                        self._two(first, second, together)

    def _pairs(self, firsts: list[int], seconds: list[int]) -> Iterator[tuple[int, int]]:
        for first in firsts:
            for second in seconds:
                one, two = self.items[first], self.items[second]
                if second > first and one.feature != two.feature and one.times + two.times <= MOST_KNOWN:
                    yield first, second

    def _one(self, item: Item) -> None:
        count = min(self.sheet.alone[item.row], ENOUGH)
        self._note(item.times, count)
        if item.times == 1:
            self.found.alone[item.feature] = count
            self._note_alike(1, self.sheet.people[item.row])
        if item.times == 2:
            self._with_one_more(item, count)

    def _with_one_more(self, item: Item, count: int) -> None:
        self.found.paired[item.feature] = min(count, self.found.paired.get(item.feature, ENOUGH))

    def _note(self, weight: int, count: int) -> None:
        best = self.found.any_of
        for level in range(weight, MOST_KNOWN + 1) if count == 0 else (weight,):
            best[level] = min(best[level], count)

    def _alike(self, weight: int, people: Ints) -> bool:
        """Whether these share a need, if nobody did so far in a set of this size."""
        return self.alike is not None and not self.found.alike[weight] and self.alike(people)

    def _note_alike(self, weight: int, people: Ints) -> None:
        if len(people) >= TARGET and self._alike(weight, people):
            self.found.alike[weight] = True

    def _open(self, level: int) -> bool:
        """Whether some set of this size could still have fewer matches than what was found."""
        return level <= MOST_KNOWN and self.found.any_of[level] > self.floor

    def _two(self, first: int, second: int, pairs: _Pairs) -> None:
        one, two = self.items[first], self.items[second]
        node = _Node(
            np.empty(0, np.int64),
            np.empty((self.sheet.bits.shape[1], 0), np.uint64),
            one.offset,
            (one.feature, two.feature),
            one.times + two.times,
            second,
        )
        deep = node.weight == 2 and self._open(MOST_KNOWN)
        more = {} if deep else dict.fromkeys(self._more(node), 0)
        for block in range(len(pairs)):
            places, bits = pairs.together(block, two.offset - one.offset)
            node.places, node.bits = np.append(node.places, places), np.append(node.bits, bits, axis=1)
            more = self._undecided(_part(node, places, bits), more)
            if not (deep or more or self._pair_undecided(node)):
                break
        self._pair(node, one, two)
        for place, count in more.items():
            self._note(node.weight + self.items[place].times, count)
        if deep and len(node.places):
            self._deeper(node)

    def _undecided(self, part: _Node, more: dict[int, int]) -> dict[int, int]:
        """Of the items to add those that may still leave fewer than any found, with their matches so far."""
        if not more:
            return more
        counts = np.count_nonzero(self._with(part, list(more)), axis=1).tolist()
        so_far = {place: many + new for (place, many), new in zip(more.items(), counts, strict=True)}
        best = self.found.any_of
        return {
            place: many
            for place, many in so_far.items()
            if many < best[part.weight + self.items[place].times]
        }

    def _pair_undecided(self, node: _Node) -> bool:
        few = len(node.places) < ENOUGH
        return few or (node.weight == 2 and self._alike(2, self.sheet.who[node.places]))

    def _pair(self, node: _Node, one: Item, two: Item) -> None:
        count = min(len(node.places), ENOUGH)
        self._note(node.weight, count)
        if node.weight == 2:
            self._with_one_more(one, count)
            self._with_one_more(two, count)
            self._note_alike(2, self.sheet.who[node.places])

    def _deeper(self, node: _Node) -> None:
        """All sets with one more item, and from there on."""
        more = self._more(node)
        if not more or not self._afford(node.weight):
            return
        there = self._with(node, more)
        for at, (place, count) in enumerate(zip(more, np.count_nonzero(there, axis=1).tolist(), strict=True)):
            item = self.items[place]
            weight = node.weight + item.times
            self._note(weight, count)
            if count and self._open(weight + 1):
                left = np.flatnonzero(there[at])
                bits = self._bits(_part(node, node.places[left], node.bits[:, left]), [place])[0]
                features = (*node.features, item.feature)
                self._deeper(_Node(node.places[left], bits, node.offset, features, weight, place))

    def _afford(self, weight: int) -> bool:
        self.left -= 1
        if self.left < 0:
            for level in range(weight + 1, MOST_KNOWN + 1):
                self.found.exact[level] = False
        return self.left >= 0

    def _more(self, node: _Node) -> list[int]:
        """The items that a set may still take: later ones of other features, where a fewest is still to be found."""
        return [
            place
            for place in range(node.after + 1, len(self.items))
            if self._open(node.weight + self.items[place].times)
            and self.items[place].feature not in node.features
        ]

    def _with(self, node: _Node, more: list[int]) -> Bools:
        """``[item, person]``: whether the people of a set have each of the items in ``more`` as well."""
        bits = self._bits(node, more)
        return any_bit(np.moveaxis(bits, 1, 0))

    def _bits(self, node: _Node, more: list[int]) -> Words:
        rows = np.array([self.items[place].row for place in more])
        moves = [self.items[place].offset - node.offset for place in more]
        found: Words = self.sheet.bits[np.ix_(rows, np.arange(self.sheet.bits.shape[1]), node.places)]
        if any(moves):
            found = aligned_each(found, moves)
        found &= node.bits
        return found


def _part(node: _Node, places: Ints, bits: Words) -> _Node:
    """The same set for some of its people."""
    return _Node(places, bits, node.offset, node.features, node.weight, node.after)
