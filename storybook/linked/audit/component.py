"""Numbers that hang together: any of them may tell something about another.

``Part.short`` asks of a choice of the new numbers, the rest left out, which hidden ones would be left with too few
possible values. It looks in the strictest worlds that what was said allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ...story.terms import MultipleNeeds
from ..suppression.figures import Suppressed
from ..suppression.rules import strictest
from ..suppression.secondary import ENDLESS, Range
from .implied import left_between
from .knowledge import ANY, Entry, meet, need_of, people_behind, possible, rule_of, smallest_need
from .limit import Limit
from .meaning import ONE_EACH, Meaning
from .middles import Middles
from .tree import Tree, TreeSearch, tree_of
from .versions import Told, everything, hold, told
from .witness import Search
from .world import World


@dataclass(frozen=True, slots=True)
class Left:
    """How many values of a hidden number were found, and how many there may be at most."""

    found: int
    most: int

    def and_also(self, other: Left) -> Left:
        """For a reader who may think so and so."""
        return Left(min(self.found, other.found), min(self.most, other.most))


class Part:
    """Entries that hang together, of one dataset."""

    def __init__(
        self,
        entries: Sequence[Entry],
        multiple: MultipleNeeds,
        limit: Limit,
        background: Sequence[Entry] = (),
    ) -> None:
        self.limit = limit
        self.entries = tuple(entries)
        self._multiple = multiple
        self._versions = _firm(self.entries)
        self._rule = strictest(dict.fromkeys(rule_of(entry.released) for entry in entries))
        self._background = tuple(background)
        self.implied = self._implied()
        behind = people_behind(self.entries)
        said = dict.fromkeys(entry.meaning for entry in (*entries, *background, *behind))
        parts = (part for one in said for part in one.parts)
        counts = dict.fromkeys((*(one for one in said if not one.parts), *parts, *self.implied))
        self.cells = (*counts, *(one for one in said if one.parts))
        self._place = {meaning: place for place, meaning in enumerate(self.cells)}
        self._besides = [(self._place[entry.meaning], entry) for entry in behind]
        self._said = _by_cell(self.entries, self._place)
        self._counts = len(counts)
        self._middles = Middles(self._parts_of_middles(), self._counts)
        self._worlds: dict[tuple[str, ...], World] = {}
        self._trees: dict[tuple[str, ...], Tree | None] = {}

    def _parts_of_middles(self) -> dict[int, list[int]]:
        middles = ((place, one) for place, one in enumerate(self.cells) if one.parts)
        return {place: [self._place[part] for part in one.parts] for place, one in middles}

    @property
    def new(self) -> frozenset[int]:
        """The places of the new numbers."""
        return frozenset(entry.place for entry in self.entries if entry.new)

    def about(self, cell: int) -> list[Entry]:
        """What was said of a cell."""
        return self._said[cell]

    def near(self, cell: int) -> frozenset[int]:
        """The places of the new numbers that can tell something about a cell by themselves."""
        return frozenset(
            entry.place for entry in self.entries if entry.new and entry.meaning.meets(self.cells[cell])
        )

    @property
    def harmless(self) -> bool:
        """Whether nothing is hidden here, or a single number stands alone."""
        hidden = any(isinstance(entry.released.figure, Suppressed) for entry in self.entries)
        first = self.entries[0]
        alone = len(self.entries) == 1 and first.reach[1] - first.reach[0] + 1 >= need_of(first.released)
        return alone or not (hidden or self.implied)

    def short(self, left_out: frozenset[int], only: Iterable[int] | None = None) -> dict[int, Left]:
        """Cells with too few possible values, with the new numbers ``left_out`` not shown; of ``only`` some cells."""
        wanted = set(range(len(self.cells)) if only is None else only)
        found: dict[int, Left] = {}
        for version in sorted(self._versions):
            for cell, left in self._short(version, left_out, wanted):
                found[cell] = left.and_also(found.get(cell, left))
        return found

    # ---- what is known

    def _short(self, version: str, left_out: frozenset[int], wanted: set[int]) -> Iterator[tuple[int, Left]]:
        """For a reader who takes ``version`` for firm."""
        known = told(self._said, version, left_out, self._besides)
        known.needs |= {self._place[one]: smallest_need([self._rule]) for one in self.implied}
        yield from ((cell, Left(1, 1)) for cell in known.joined & wanted)
        needs = {cell: need for cell, need in known.needs.items() if cell in wanted}
        looked = False
        for search in self._readings(version, known, needs) if needs else ():
            looked = True
            for cell, many in search.short().items():
                if not self._surely_large(search, cell):
                    yield cell, Left(many, search.most(cell))
        if needs and not looked:
            yield from ((cell, Left(0, ENDLESS)) for cell in needs)

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

    # ---- which worlds

    def _readings(self, version: str, known: Told, needs: Mapping[int, int]) -> Iterator[Search | TreeSearch]:
        """The strictest in which people can be made up: all that was said in one, or as much as a reader holds.

        Of the readings that what is firm allows, each in which not everything fits, down to the first where it does.
        The size of the dataset is firm too, unless nothing at all fits with it.
        """
        for firm in dict.fromkeys((self._sized(version, known.firm), tuple(known.firm))):
            sound = False
            for one_each in self._choices():
                self.limit.left()
                if whole := self._fitting(one_each, everything(firm, known.others), needs):
                    yield whole
                    return
                if known.others and self._could_be(one_each, firm):
                    sound = True
                    held = hold(firm, known.others, partial(self._could_be, one_each))
                    yield self._search(one_each, held, needs)
            if sound:
                return

    def _sized(self, version: str, firm: Sequence[Range]) -> tuple[Range, ...]:
        background = [entry for entry in self._background if entry.released.version == version]
        return tuple(everything(firm, [(self._place[entry.meaning], entry.reach) for entry in background]))

    def _fitting(
        self, one_each: tuple[str, ...], ranges: Sequence[Range], needs: Mapping[int, int]
    ) -> Search | TreeSearch | None:
        search = self._search(one_each, ranges, needs) if all(map(possible, ranges)) else None
        return search if search and search.fits else None

    def _could_be(self, one_each: tuple[str, ...], ranges: Sequence[Range]) -> bool:
        """Whether people can be made up; of middle ones not, where none are found."""
        if not all(map(possible, ranges)):
            return False
        if self._tree(one_each) or self._middles.parts:
            return self._search(one_each, ranges, {}).fits
        return self._world(one_each).possible(ranges)

    def _search(
        self, one_each: tuple[str, ...], ranges: Sequence[Range], needs: Mapping[int, int]
    ) -> Search | TreeSearch:
        if tree := self._tree(one_each):
            return TreeSearch(tree, self._middles, ranges, needs, self.limit)
        return Search(self._world(one_each), self._middles, ranges, needs)

    def _tree(self, one_each: tuple[str, ...]) -> Tree | None:
        if one_each not in self._trees:
            self._trees[one_each] = tree_of(self.cells[: self._counts], one_each, self.limit)
        return self._trees[one_each]

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


def _firm(entries: Iterable[Entry]) -> set[str]:
    """The versions that a reader may take for firm: those of new numbers, and of each dataset the newest."""
    newest: dict[str, str] = {}
    for one in (entry.released for entry in entries):
        newest[one.dataset] = max(newest.get(one.dataset, ""), one.version)
    return {entry.released.version for entry in entries if entry.new} | set(newest.values())


def _by_cell(entries: Iterable[Entry], place: Mapping[Meaning, int]) -> list[list[Entry]]:
    found: list[list[Entry]] = [[] for _ in place]
    for entry in entries:
        found[place[entry.meaning]].append(entry)
    return found
