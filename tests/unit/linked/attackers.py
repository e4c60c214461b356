"""An attacker of released numbers that shares nothing with the audit: true populations, cell by cell, or a programme.

A release is seen as plain sets: the elementary contacts (agency, days, place) that each number counts, the needs
a person must have, and the range that its figure stands for, which is worked out by trying the rule. ``values`` then
finds every value of a hidden number for which some population exists, over *all* patterns of elementary contacts
that people may have, or over numbers of contacts (which add up).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np

from storybook.linked.suppression.figures import Count, Figure, Suppressed
from storybook.linked.suppression.raw import Raw
from storybook.linked.suppression.rules import Rule, protect

MOST = 400
#: More than any number can be.
HIGH = 1000.0


@dataclass(frozen=True)
class Told:
    """One number as an attacker sees it: which elementary contacts, whose, and what was said of how many.

    People are counted who have a contact in every one of ``boxes``; ``version`` is that of the data, ``name`` the
    question. With ``middle`` it is not a count but the middle one (of an even number the lower) of those boxes' counts.
    """

    boxes: tuple[frozenset[object], ...]
    needs: frozenset[str]
    figure: Figure
    rule: Rule
    version: str = ""
    name: str = ""
    middle: bool = False

    @property
    def parts(self) -> list[Told]:
        """The numbers that it is the middle one of, of which nothing is said."""
        unsaid = Suppressed(unit=self.figure.unit, below=self.rule.below, because="beside")
        boxes = self.boxes if self.middle else ()
        return [replace(self, boxes=(box,), figure=unsaid, middle=False) for box in boxes]

    def fits(self, number: int) -> bool:
        """Whether the rule could have said this of ``number``; contacts may be hidden however many they are."""
        if self.withheld:
            return True
        if self.endless:
            return number > 0 or self.rule.zeros
        if isinstance(self.figure, Count) and self.figure.base == 1:
            return number == self.figure.value
        raw = Raw(number, number, min(number, 1))
        return protect(raw, self.rule, self.figure.unit) == self.figure

    @property
    def endless(self) -> bool:
        """Whether any number may be behind it."""
        return self.withheld or (self.figure.unit == "contacts" and not isinstance(self.figure, Count))

    @property
    def withheld(self) -> bool:
        return not isinstance(self.figure, Count) and getattr(self.figure, "because", "") == "beside"

    @property
    def reach(self) -> tuple[int, int]:
        """The least and the most that it may be."""
        if self.endless:
            return int(not self.fits(0)), MOST
        if isinstance(self.figure, Count):
            near = range(max(0, self.figure.value - 12), self.figure.value + 13)
        else:
            near = range(12)
        fitting = [number for number in near if self.fits(number)]
        return min(fitting), max(fitting)

    @property
    def people_behind(self) -> int:
        """How many people at least have made contacts that are shown."""
        shown = isinstance(self.figure, Count) and self.figure.unit == "contacts" and self.figure.value > 0
        return max(self.rule.people_behind, self.rule.below) if shown else 0

    @property
    def need(self) -> int:
        """How many values a hidden number has to keep."""
        if isinstance(self.figure, Count):
            return 0
        low, high = self.reach
        return min(self.rule.base, high - low + 1)


#: For one sort of contacts: of each number, which of its boxes it is in.
Sort = tuple[tuple[bool, ...], ...]


class Attack:
    """All that was told, as one programme over every kind of person there could be.

    With ``people``, a person may have contacts of any sorts (of one ward, with ``one_each``); else each contact is for
    itself. Where people and contacts were told, a further contact of a sort is a kind of its own, and can only be where
    somebody with the same needs has one of that sort; and behind contacts that are shown there are enough people.
    """

    def __init__(self, told: Sequence[Told], one_each: bool, people: bool) -> None:
        parts = list(itertools.chain(*(one.parts for one in told)))
        told = [*told, *parts]
        self._parts = _places(told, len(told) - len(parts))
        self.told = told
        self.reach = [one.reach for one in told]
        self._seen: list[set[int]] = [set() for _ in told]
        self._units = [one.figure.unit for one in told]
        self._mixed = people and "contacts" in self._units
        self._sorts = [sorted(some) for some in self._sorted(one_each).values()]
        self._has = list(_subsets(sorted({need for one in told for need in one.needs})))
        self._behind = [n for n, one in enumerate(told) if self._mixed and one.people_behind]
        columns = sorted(set(self._kinds(people)))
        links = len(columns[0]) - len(told) - len(self._behind)
        self._matrix = np.array(columns, dtype=float).T
        self._enough = {number: (told[number].people_behind, MOST) for number in self._behind}
        self._fixed = [(-(10**6), 0)] * links

    def _kinds(self, people: bool) -> Iterator[tuple[int, ...]]:
        """What each kind adds to each number, to the people behind contacts, and to what holds further contacts."""
        each = [
            (group, sort, has) for group, some in enumerate(self._sorts) for sort in some for has in self._has
        ]
        links = {one: row for row, one in enumerate(each)} if self._mixed else {}
        for group, some in enumerate(self._sorts):
            for has in self._has:
                for size in range(1, (len(some) if people else 1) + 1):
                    for chosen in itertools.combinations(some, size):
                        held = {links[group, sort, has] for sort in chosen} if links else set()
                        yield (
                            *self._adds(chosen, has),
                            *(-MOST * (row in held) for row in range(len(links))),
                        )
        for (_, sort, has), own in links.items():
            adds = self._adds([sort], has)
            further = [one * (unit == "contacts") for one, unit in zip(adds, self._units, strict=False)]
            yield (*further, *([0] * len(self._behind)), *(int(row == own) for row in range(len(links))))

    def _adds(self, chosen: Sequence[Sort], has: frozenset[str]) -> list[int]:
        """What somebody with these needs and a contact of each of these sorts adds."""
        hits = [
            [any(sort[number][box] for sort in chosen) for box in range(len(one.boxes))]
            if one.needs <= has
            else [False]
            for number, one in enumerate(self.told)
        ]
        made = [sum(sort[number][0] for sort in chosen) for number in range(len(self.told))]
        adds = [
            int(all(hit)) if unit == "people" else all(hit) * many
            for hit, many, unit in zip(hits, made, self._units, strict=True)
        ]
        return [*adds, *(int(all(hits[number])) for number in self._behind)]

    def _sorted(self, one_each: bool) -> dict[object, set[Sort]]:
        """The sorts of contacts that the numbers tell apart, of each ward or of any."""
        groups: dict[object, set[Sort]] = {}
        for cell in {cell for one in self.told for box in one.boxes for cell in box}:
            group = groups.setdefault(cell[2] if one_each else None, set())
            group.add(tuple(tuple(cell in box for box in one.boxes) for one in self.told))
        return groups

    def possible(self, place: int | None = None, value: int = 0) -> bool:
        """Whether a population exists (with ``value`` for the number at ``place``)."""
        reach = list(self.reach)
        if place is not None:
            reach[place] = (value, value)
        return self.solved(reach) is not None

    def believe(self, firm: Sequence[int], others: Sequence[int]) -> list[int]:
        """Holds what is ``firm``, and of ``others`` in order what can be; or can with one person more or fewer.

        The latter only of things of which nothing firm is said. That there are enough people behind contacts is held,
        or not, after the contacts themselves. Gives what is held.
        """
        held = list(firm)
        every, enough, anything = self.reach, self._enough, (0, MOST)
        self.reach = [ends if place in firm else anything for place, ends in enumerate(every)]
        self._enough = {place: ends if place in firm else anything for place, ends in enough.items()}
        named = {self.told[place].name for place in firm if not self.told[place].withheld}
        about = {self._whom(place) for place in firm if self._says_of_people(place)}
        for place in others:
            for reach in _or_near(every[place], self.told[place].name in named):
                if self._holds([*self.reach[:place], reach, *self.reach[place + 1 :]], self._enough):
                    held.append(place)
                    break
            for reach in _or_near(enough[place], self._whom(place) in about) if place in enough else ():
                if self._holds(self.reach, self._enough | {place: reach}):
                    break
        self._seen = [set() for _ in every]
        return held

    def _holds(self, reach: list[tuple[int, int]], enough: dict[int, tuple[int, int]]) -> bool:
        """Whether all that can be; if so it is held."""
        before = self.reach, self._enough
        self.reach, self._enough = reach, enough
        if self.solved(reach) is not None:
            return True
        self.reach, self._enough = before
        return False

    def _whom(self, place: int) -> object:
        return self.told[place].boxes, self.told[place].needs

    def _says_of_people(self, place: int) -> bool:
        one = self.told[place]
        return place in self._behind or (one.figure.unit == "people" and not one.withheld)

    def solved(self, reach: Sequence[tuple[int, int]], aim: np.ndarray | None = None) -> np.ndarray | None:
        """The numbers of a population that is within ``reach``, if one exists; with the least sum by ``aim``."""
        width = self._matrix.shape[1]
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.addVars(width, np.zeros(width), np.full(width, float(MOST)))
        every = np.arange(width, dtype=np.int32)
        highs.changeColsCost(width, every, np.zeros(width) if aim is None else aim @ self._matrix[: len(aim)])
        highs.changeColsIntegrality(width, every, np.full(width, highspy.HighsVarType.kInteger))
        self._hold_middles(highs, reach)
        for row, ends in enumerate([*reach, *(self._enough[n] for n in self._behind), *self._fixed]):
            if row in self._parts:
                continue
            places = np.flatnonzero(self._matrix[row]).astype(np.int32)
            highs.addRow(*map(float, ends), len(places), places, self._matrix[row, places])
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        people = np.rint(highs.getSolution().col_value[:width])
        numbers = np.rint(self._matrix[: len(reach)] @ people).astype(int)
        for middle, parts in self._parts.items():
            numbers[middle] = sorted(numbers[parts])[(len(parts) - 1) // 2]
        if all(low <= number <= high for number, (low, high) in zip(numbers, self.reach, strict=True)):
            for seen, number in zip(self._seen, numbers, strict=True):
                seen.add(int(number))
        return numbers

    def _hold_middles(self, highs: highspy.Highs, reach: Sequence[tuple[int, int]]) -> None:
        """Enough parts of each middle one are no more than it may be, and enough no less: a switch says which."""
        for middle, parts in self._parts.items():
            below = (len(parts) - 1) // 2 + 1
            sides = (
                (1.0, reach[middle][1] + HIGH, below),
                (-1.0, HIGH - reach[middle][0], len(parts) - below + 1),
            )
            for sign, end, enough in sides:
                first = highs.getNumCol()
                switches = np.arange(first, first + len(parts), dtype=np.int32)
                highs.addVars(len(parts), np.zeros(len(parts)), np.ones(len(parts)))
                highs.changeColsIntegrality(
                    len(parts), switches, np.full(len(parts), highspy.HighsVarType.kInteger)
                )
                highs.addRow(float(enough), float(len(parts)), len(parts), switches, np.ones(len(parts)))
                for part, switch in zip(parts, switches, strict=True):
                    places = np.flatnonzero(self._matrix[part]).astype(np.int32)
                    adds = [*(sign * self._matrix[part, places]), HIGH]
                    highs.addRow(
                        -highspy.kHighsInf, float(end), len(adds), np.append(places, switch), np.array(adds)
                    )

    def _ends(self, place: int) -> tuple[int, int]:
        """The least and the most that the number at ``place`` can be."""
        if place in self._parts:
            return self.reach[place]
        aim = np.zeros(len(self.told))
        aim[place] = 1.0
        least, most = self.solved(self.reach, aim), self.solved(self.reach, -aim)
        return (0, -1) if least is None or most is None else (int(least[place]), int(most[place]))

    def values(self, place: int, enough: int) -> int:
        """How many values the number at ``place`` can have, up to ``enough``."""
        found = len(self._seen[place])
        if found >= enough:
            return found
        found, (low, high) = 0, self._ends(place)
        for value in range(low, high + 1):
            found += value in self._seen[place] or self.possible(place, value)
            if found >= enough:
                break
        return found


def _or_near(reach: tuple[int, int], firm: bool) -> list[tuple[int, int]]:
    """What was told, and, if nothing firm is said of the same, that with one more or fewer."""
    return [reach] if firm else [reach, (max(0, reach[0] - 1), reach[1] + 1)]


def _places(told: Sequence[Told], first: int) -> dict[int, list[int]]:
    """Where the parts of each middle one stand, one after the other from ``first`` on."""
    found: dict[int, list[int]] = {}
    for place, one in enumerate(told[:first]):
        if one.middle:
            found[place] = list(range(first, first + len(one.boxes)))
            first += len(one.boxes)
    return found


def _subsets(needs: Sequence[str]) -> Iterator[frozenset[str]]:
    for size in range(len(needs) + 1):
        yield from map(frozenset, itertools.combinations(needs, size))


def left_short(told: Sequence[Told], people: bool) -> dict[int, int]:
    """The places of hidden numbers with fewer possible values than they need, and how many these have.

    For people both readings are tried: that nobody is in two places, where that can be, and that anybody may be. Of
    numbers from before and after an update a reader takes all for the truth of one population, where that can be, else
    all of the newest and as many others as can be, those of the next newest first; or those of each version alone. A
    number that was hidden and is shown now is a secret no more; one that is hidden now keeps what its label says now.
    """
    newest = max(one.version for one in told)
    now = {one.name: one.need for one in told if one.version == newest}
    needs = [now.get(one.name, one.need) if one.need else 0 for one in told]
    hidden = [place for place, need in enumerate(needs) if need]
    views = [view for each in ((True, False) if people else (False,)) for view in _views(told, each, people)]
    least = {
        place: min(view.values(at[place], needs[place]) for view, at in views if place in at)
        for place in hidden
        if any(place in at for _, at in views)
    }
    return {place: many for place, many in least.items() if many < needs[place]}


def _views(told: Sequence[Told], one_each: bool, people: bool) -> Iterator[tuple[Attack, dict[int, int]]]:
    """All numbers together, or what can be held of them, and those of each version; where each of them then stands."""
    every = list(range(len(told)))
    versions = sorted({one.version for one in told}, reverse=True)
    parts = [[place for place in every if told[place].version == one] for one in versions]
    whole = Attack(told, one_each, people)
    if whole.possible():
        yield whole, {place: place for place in every}
        return
    for chosen in parts:
        view = Attack([told[place] for place in chosen], one_each, people)
        if view.possible():
            yield view, {place: at for at, place in enumerate(chosen)}
            if chosen is parts[0]:
                held = whole.believe(chosen, list(itertools.chain(*parts[1:])))
                yield whole, {place: place for place in held}
