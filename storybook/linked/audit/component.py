"""Numbers that hang together: any of them may tell something about another.

``Part.short`` asks of a choice of the new numbers, the rest left out, which hidden ones would be left with too few
possible values. It looks in the strictest world that what was said allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ...story.terms import MultipleNeeds
from ..suppression.figures import Suppressed
from ..suppression.rules import strictest
from ..suppression.secondary import Range
from .implied import left_between
from .knowledge import ANY, meet, need_of, possible, rule_of, smallest_need
from .ledger import Released
from .limit import Limit
from .meaning import ONE_EACH, Meaning
from .middles import Middles
from .tree import Tree, TreeSearch, tree_of
from .witness import Search
from .world import World

#: What it costs to take a number for another one's: an old one, one in the ledger, a new one.
_OLD, _LEDGER, _NEW = 1.0, 30.0, 1000.0
_TRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of the ledger or a new one, read."""

    place: int
    released: Released
    meaning: Meaning
    reach: Range
    new: bool


@dataclass(slots=True)
class _Cell:
    """What is known of one thing that is counted: of these data, and of earlier versions of them."""

    firm: Range = ANY
    old: Range = ANY
    need: int = 0
    joined: bool = False
    new: bool = False


class Part:
    """Entries that hang together, of one dataset."""

    def __init__(
        self,
        entries: Sequence[Entry],
        version: str,
        multiple: MultipleNeeds,
        limit: Limit,
        background: Sequence[Entry] = (),
    ) -> None:
        self.limit = limit
        self.entries = tuple(entries)
        self._version, self._multiple = version, multiple
        self._rule = strictest(dict.fromkeys(rule_of(entry.released) for entry in entries))
        self._background = tuple(background)
        self.implied = self._implied()
        said = dict.fromkeys(entry.meaning for entry in (*entries, *background))
        parts = (part for one in said for part in one.parts)
        counts = dict.fromkeys((*(one for one in said if not one.parts), *parts, *self.implied))
        self.cells = (*counts, *(one for one in said if one.parts))
        self._place = {meaning: place for place, meaning in enumerate(self.cells)}
        self._counts = len(counts)
        middles = {
            place: [self._place[part] for part in one.parts]
            for place, one in enumerate(self.cells)
            if one.parts
        }
        self._middles = Middles(middles, self._counts)
        self._worlds: dict[tuple[str, ...], World] = {}
        self._trees: dict[tuple[str, ...], Tree | None] = {}

    @property
    def new(self) -> frozenset[int]:
        """The places of the new numbers."""
        return frozenset(entry.place for entry in self.entries if entry.new)

    def about(self, cell: int) -> list[Entry]:
        """What was said of a cell."""
        return [entry for entry in self.entries if entry.meaning == self.cells[cell]]

    @property
    def harmless(self) -> bool:
        """Whether nothing is hidden here, or a single number stands alone."""
        hidden = any(isinstance(entry.released.figure, Suppressed) for entry in self.entries)
        first = self.entries[0]
        alone = len(self.entries) == 1 and first.reach[1] - first.reach[0] + 1 >= need_of(first.released)
        return alone or not (hidden or self.implied)

    def short(self, left_out: frozenset[int], only: Iterable[int] | None = None) -> dict[int, int]:
        """Cells with too few possible values, and how many were found, with the new numbers ``left_out`` not shown."""
        cells = self._known(left_out)
        ranges = [_both(cell) for cell in cells]
        wanted = set(range(len(cells)) if only is None else only)
        needs = {place: cell.need for place, cell in enumerate(cells) if cell.need and place in wanted}
        found = {place: 1 for place, cell in enumerate(cells) if cell.joined and place in wanted}
        if not needs:
            return found
        search = self._strictest(cells, ranges, needs)
        if search is None:
            return found | dict.fromkeys(needs, 0)
        short = search.short()
        return found | {place: many for place, many in short.items() if not self._surely_large(search, place)}

    # ---- what is known

    def _known(self, left_out: frozenset[int]) -> list[_Cell]:
        cells = [_Cell() for _ in self.cells]
        by_cell: dict[int, list[Entry]] = {}
        for entry in self.entries:
            by_cell.setdefault(self._place[entry.meaning], []).append(entry)
        for place, entries in by_cell.items():
            cells[place] = self._learnt(entries, left_out)
        for entry in self._background:
            cell = cells[self._place[entry.meaning]]
            cell.firm = meet(cell.firm, entry.reach)
        for meaning in self.implied:
            cells[self._place[meaning]].need = smallest_need([self._rule])
        return cells

    def _learnt(self, entries: Sequence[Entry], left_out: frozenset[int]) -> _Cell:
        """What a reader of ``entries``, all about one thing, knows."""
        told = [entry for entry in entries if entry.place not in left_out]
        now = [entry for entry in told if entry.released.version == self._version]
        before = [entry for entry in told if entry.released.version != self._version]
        without = [rule_of(entry.released).base for entry in entries if entry.place in left_out]
        cell = _Cell(firm=_all_of(now), new=any(entry.new for entry in now))
        for entry in sorted(before, key=lambda one: one.released.version, reverse=True):
            both = meet(cell.old, entry.reach)
            cell.old = both if possible(both) else cell.old
            hidden = need_of(entry.released) or any(need_of(one.released) for one in now)
            cell.joined = cell.joined or bool(hidden and _apart(cell.firm, entry.reach) == 1)
        decides = now or ([] if without else before)
        needs = [need_of(entry.released) for entry in decides]
        cell.need = 0 if 0 in needs else max([*needs, *without], default=0)
        return cell

    def _implied(self) -> list[Meaning]:
        shown: dict[Meaning, Range] = {}
        for entry in self.entries:
            if not isinstance(entry.released.figure, Suppressed) and entry.reach[1] > 0:
                shown[entry.meaning] = meet(shown.get(entry.meaning, ANY), entry.reach)
        new = [entry.meaning for entry in self.entries if entry.new and entry.meaning in shown]
        said = {entry.meaning for entry in self.entries}
        return [one for one in left_between(shown, new, self._rule.below, self.limit) if one not in said]

    def _surely_large(self, search: Search | TreeSearch, place: int) -> bool:
        """Whether a number that nobody was told can't be a small one, so that nothing needs to be kept of it."""
        if self.cells[place] not in self.implied:
            return False
        least = search.least(place)
        return least is not None and least >= self._rule.below

    # ---- which world

    def _strictest(
        self, cells: Sequence[_Cell], ranges: Sequence[Range], needs: Mapping[int, int]
    ) -> Search | TreeSearch | None:
        """In the first world in which people can be made up for all that was said; old numbers give way first."""
        current = list(ranges)
        for _ in range(_TRIES):
            for one_each in self._choices():
                self.limit.left()
                search = self._search(one_each, current, needs)
                if search.fits:
                    return search
            loosened = self._loosened(cells, current)
            if loosened is None:
                break
            current = loosened
        return None

    def _search(
        self, one_each: tuple[str, ...], ranges: Sequence[Range], needs: Mapping[int, int]
    ) -> Search | TreeSearch:
        if one_each not in self._trees:
            self._trees[one_each] = tree_of(self.cells[: self._counts], one_each, self.limit)
        tree = self._trees[one_each]
        if tree is not None:
            return TreeSearch(tree, self._middles, ranges, needs, self.limit)
        return Search(self._world(one_each), self._middles, ranges, needs)

    def _loosened(self, cells: Sequence[_Cell], ranges: Sequence[Range]) -> list[Range] | None:
        """With what can't be true of the same people taken back; None if that would be a new number."""
        world = self._world(())
        cost = [_NEW if cell.new else _LEDGER if cell.firm != ANY else _OLD for cell in cells]
        narrowed = self._middles.in_order(ranges) or list(ranges)
        missed = world.misses(narrowed, cost)
        if not missed or any(cells[place].new for place in missed):
            return None
        found = list(ranges)
        for place, by in missed.items():
            found[place] = (
                _further(found[place]) if by <= 1 and cells[place].firm == ANY else cells[place].firm
            )
            found[place] = ANY if found[place] == ranges[place] else found[place]
        return found

    def _choices(self) -> Iterator[tuple[str, ...]]:
        """Which of the fields that matter are one a person: all, then fewer, then none."""
        boxes = [box for meaning in self.cells for box in meaning.boxes]
        there = [field for field in ONE_EACH if len({box.of(field) for box in boxes}) > 1]
        for first in range(len(there) + 1):
            yield tuple(there[first:])

    def _world(self, one_each: tuple[str, ...]) -> World:
        if one_each not in self._worlds:
            self._worlds[one_each] = World(self.cells, one_each, self._multiple, self._middles, self.limit)
        return self._worlds[one_each]


def _all_of(entries: Sequence[Entry]) -> Range:
    found = ANY
    for entry in entries:
        found = meet(found, entry.reach)
    return found


def _both(cell: _Cell) -> Range:
    both = meet(cell.firm, cell.old)
    return both if possible(both) else cell.firm


def _apart(some: Range, others: Range) -> int:
    """How many whole numbers lie from one range to the other; 0 where they share one."""
    return max(some[0] - others[1], others[0] - some[1], 0)


def _further(reach: Range) -> Range:
    """One person more or one less."""
    return max(0, reach[0] - 1), reach[1] + 1
