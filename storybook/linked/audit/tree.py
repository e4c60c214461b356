"""Numbers of which any two are apart or one inside the other: there, what is possible is known without a search.

A number of contacts is the sum of those inside it (at least, where they don't fill it). A number of different people is
from the largest of those inside it to their sum; or their sum, where a person can only be in one of them. In whole
numbers everything within these bounds can be, so this is exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..suppression.secondary import ENDLESS, Range
from .knowledge import meet, possible
from .limit import Limit
from .meaning import Box, Meaning
from .middles import Middles, Ranges


@dataclass(slots=True)
class _Node:
    inside: list[int] = field(default_factory=list)
    filled: bool = False
    adds_up: bool = False


class Tree:
    """The counts among ``meanings`` as a forest; ``tree_of`` makes one where that can be."""

    def __init__(self, nodes: Sequence[_Node], order: Sequence[int]) -> None:
        self._nodes, self._order = tuple(nodes), tuple(order)

    def reach(self, ranges: Ranges) -> list[Range] | None:
        """For each count what it may be, with all inside it; None if nothing fits."""
        found = list(ranges[: len(self._nodes)])
        for place in self._order:
            found[place] = meet(found[place], self._above(self._nodes[place], found))
            if not possible(found[place]):
                return None
        return found

    def numbers(self, reach: Sequence[Range]) -> list[int]:
        """One number for each count that fits, near the middle of what it may be."""
        found = [-1] * len(self._nodes)
        for place in reversed(self._order):
            node = self._nodes[place]
            if found[place] < 0:
                found[place] = _middle(reach[place])
            if node.inside:
                self._share(node, found, reach, found[place])
        return found

    def _above(self, node: _Node, found: Sequence[Range]) -> Range:
        if not node.inside:
            return 0, ENDLESS
        lows = [found[one][0] for one in node.inside]
        most = sum(found[one][1] for one in node.inside) if node.filled else ENDLESS
        return sum(lows) if node.adds_up else max(lows), most

    def _share(self, node: _Node, found: list[int], reach: Sequence[Range], whole: int) -> None:
        """Numbers inside, so that they make ``whole``."""
        for one in node.inside:
            found[one] = min(_middle(reach[one]), whole) if not node.adds_up else reach[one][0]
            found[one] = max(found[one], reach[one][0])
        for one in node.inside:
            left = whole - sum(found[other] for other in node.inside)
            if node.filled and left > 0:
                found[one] += min(left, min(reach[one][1], whole) - found[one])


def tree_of(meanings: Sequence[Meaning], one_each: Iterable[str], limit: Limit) -> Tree | None:
    """The forest of the counts ``meanings``; None where two of them cut across each other or differ in who."""
    who = {(one.unit, one.needs, one.without, one.multiple, len(one.boxes)) for one in meanings}
    if len(who) != 1 or len(meanings[0].boxes) != 1:
        return None
    boxes = [one.boxes[0] for one in meanings]
    order = sorted(range(len(boxes)), key=lambda place: _size(boxes[place]))
    nodes = [_Node() for _ in boxes]
    for rank, place in enumerate(order):
        limit.check()
        above = [other for other in order[rank + 1 :] if boxes[place].meets(boxes[other])]
        if any(not _inside(boxes[place], boxes[other]) for other in above):
            return None
        if above:
            nodes[above[0]].inside.append(place)
    fields = tuple(one_each) if meanings[0].unit == "people" else None
    sound = all(_shape(node, boxes, place, fields) for place, node in enumerate(nodes))
    return Tree(nodes, order) if sound and not _mixed(nodes) else None


def _shape(node: _Node, boxes: Sequence[Box], place: int, one_each: tuple[str, ...] | None) -> bool:
    """Says how those inside make up the node; False if partly so and partly so."""
    inside = [boxes[one] for one in node.inside]
    node.filled = bool(inside) and sum(map(_size, inside)) == _size(boxes[place])
    if one_each is None or not inside:
        node.adds_up = one_each is None
        return True
    own = [tuple(box.of(name) for name in one_each) for box in inside]
    node.adds_up = len(set(own)) == len(own) and all(
        any(a.isdisjoint(b) for a, b in zip(some, others, strict=True))
        for rank, some in enumerate(own)
        for others in own[:rank]
    )
    whole = tuple(boxes[place].of(name) for name in one_each)
    return node.adds_up or set(own) == {whole}


def _mixed(nodes: Sequence[_Node]) -> bool:
    """Whether something that adds up is inside something that overlaps: then who is where matters further up."""
    return any(
        not node.adds_up and any(_adds_below(nodes, one) for one in node.inside)
        for node in nodes
        if node.inside
    )


def _adds_below(nodes: Sequence[_Node], place: int) -> bool:
    node = nodes[place]
    return bool(node.inside) and (node.adds_up or any(_adds_below(nodes, one) for one in node.inside))


def _size(box: Box) -> int:
    return math.prod(len(values) for _, values in box.values) * sum(
        after - first for first, after in box.days
    )


def _inside(small: Box, big: Box) -> bool:
    values = all(mine <= theirs for (_, mine), (_, theirs) in zip(small.values, big.values, strict=True))
    return values and all(any(a <= first and after <= b for a, b in big.days) for first, after in small.days)


def _middle(reach: Range) -> int:
    return (reach[0] + reach[1]) // 2 if reach[1] < ENDLESS else reach[0] + 2


class TreeSearch:
    """As ``witness.Search``, for a tree."""

    def __init__(
        self, tree: Tree, middles: Middles, ranges: Ranges, needs: Mapping[int, int], limit: Limit
    ) -> None:
        self._limit = limit
        self._tree, self._middles = tree, middles
        self._ranges, self._needs = tuple(ranges), dict(needs)
        self.fits = self._can(list(ranges))

    def short(self) -> dict[int, int]:
        """Hidden numbers with fewer possible values than they need, and how many there are."""
        found = {number: self._values(number, need) for number, need in self._needs.items()}
        return {number: many for number, many in found.items() if many < self._needs[number]}

    def most(self, number: int) -> int:
        """How many values there are at most."""
        low, high = self._ranges[number]
        found = ENDLESS if self._middles.parts else self._values(number, self._needs[number])
        return min(found, max(0, high - low + 1))

    def least(self, number: int) -> float | None:
        """The least that a count may be."""
        reach = self._tree.reach(self._ranges)
        return (
            None
            if reach is None
            else next((v for v in range(*reach[number]) if self._with(number, v)), reach[number][1])
        )

    def _values(self, number: int, need: int) -> int:
        self._limit.left()
        low, high = self._ranges[number]
        found = 0
        for value in range(low, min(high, low + 60) + 1):
            found += self._with(number, value)
            if found >= need:
                break
        return (
            found
            if found >= need or high < low + 60
            else found + self._further(number, need - found, low + 61)
        )

    def _further(self, number: int, need: int, start: int) -> int:
        """For a number without an end: from where it begins to be possible."""
        reach = self._tree.reach(self._ranges)
        if reach is None or number >= len(reach) or reach[number][0] < start:
            return 0
        first = reach[number][0]
        return sum(self._with(number, value) for value in range(first, first + need))

    def _with(self, number: int, value: int) -> bool:
        asked = list(self._ranges)
        asked[number] = meet(asked[number], (value, value))
        return possible(asked[number]) and self._can(asked)

    def _can(self, ranges: list[Range]) -> bool:
        if not self._middles.parts:
            return self._tree.reach(ranges) is not None
        held = self._middles.in_order(ranges)
        if held is not None and self._tree.reach(held) is not None:
            return True
        free = self._tree.reach(ranges)
        held = None if free is None else self._middles.in_order(ranges, self._tree.numbers(free))
        return held is not None and self._tree.reach(held) is not None
