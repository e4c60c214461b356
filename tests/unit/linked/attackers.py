"""An attacker of released numbers that shares nothing with the audit: true populations, cell by cell, or a programme.

A release is seen as plain sets: the elementary contacts (agency, days, place) that each number counts, the needs
a person must have, and the range that its figure stands for, which is worked out by trying the rule. ``values`` then
finds every value of a hidden number for which some population exists, over *all* patterns of elementary contacts
that people may have, or over numbers of contacts (which add up).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from storybook.linked.suppression.figures import Count, Figure
from storybook.linked.suppression.raw import Raw
from storybook.linked.suppression.rules import Rule, protect

MOST = 400


@dataclass(frozen=True)
class Told:
    """One number as an attacker sees it: which elementary contacts, whose, and what was said of how many.

    People are counted who have a contact in every one of ``boxes``; ``version`` is that of the data, ``name`` the
    question.
    """

    boxes: tuple[frozenset[object], ...]
    needs: frozenset[str]
    figure: Figure
    rule: Rule
    version: str = ""
    name: str = ""

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
    def need(self) -> int:
        """How many values a hidden number has to keep."""
        if isinstance(self.figure, Count):
            return 0
        low, high = self.reach
        return min(self.rule.base, high - low + 1)


class Attack:
    """All that was told, as one programme over every kind of person there could be."""

    def __init__(self, told: Sequence[Told], one_each: bool, people: bool) -> None:
        self.told = list(told)
        self.reach = [one.reach for one in told]
        self._seen: list[set[int]] = [set() for _ in told]
        self._columns = sorted(set(self._kinds(one_each, people)))
        self._matrix = np.array(self._columns, dtype=float).T

    def _kinds(self, one_each: bool, people: bool) -> Iterator[tuple[int, ...]]:
        """What a person with these needs and these contacts adds to each number."""
        needs = sorted({need for one in self.told for need in one.needs})
        patterns = list(self._patterns(one_each, people))
        for size in range(len(needs) + 1):
            for has in map(frozenset, itertools.combinations(needs, size)):
                for pattern in patterns:
                    yield tuple(
                        int(one.needs <= has and all(hit))
                        for one, hit in zip(self.told, pattern, strict=True)
                    )

    def _patterns(self, one_each: bool, people: bool) -> Iterator[tuple[tuple[bool, ...], ...]]:
        """Which boxes of the numbers one person is in: of one ward or of any; one contact, where those count."""
        groups: dict[object, set[tuple[tuple[bool, ...], ...]]] = {}
        for cell in {cell for one in self.told for box in one.boxes for cell in box}:
            group = groups.setdefault(cell[2] if one_each else None, set())
            group.add(tuple(tuple(cell in box for box in one.boxes) for one in self.told))
        for signs in groups.values():
            for size in range(1, (len(signs) if people else 1) + 1):
                for chosen in itertools.combinations(sorted(signs), size):
                    yield tuple(
                        tuple(map(any, zip(*boxes, strict=True))) for boxes in zip(*chosen, strict=True)
                    )

    def possible(self, place: int | None = None, value: int = 0) -> bool:
        """Whether a population exists (with ``value`` for the number at ``place``)."""
        reach = list(self.reach)
        if place is not None:
            reach[place] = (value, value)
        return self.solved(reach) is not None

    def believe(self, firm: Sequence[int], others: Sequence[int]) -> list[int]:
        """Holds what is ``firm``, and of ``others`` in order what can be; or can with one person more or fewer.

        The latter only of things of which nothing firm is said. Gives what is held.
        """
        held = list(firm)
        every, anything = self.reach, [(0, MOST)] * len(self.told)
        self.reach = [every[place] if place in firm else anything[place] for place in range(len(every))]
        named = {self.told[place].name for place in firm if not self.told[place].withheld}
        for place in others:
            low, high = every[place]
            near = [] if self.told[place].name in named else [(max(0, low - 1), high + 1)]
            for reach in [(low, high), *near]:
                tried = [*self.reach[:place], reach, *self.reach[place + 1 :]]
                if self.solved(tried) is not None:
                    self.reach = tried
                    held.append(place)
                    break
        self._seen = [set() for _ in every]
        return held

    def solved(self, reach: Sequence[tuple[int, int]], aim: np.ndarray | None = None) -> np.ndarray | None:
        """The numbers of a population that is within ``reach``, if one exists; with the least sum by ``aim``."""
        rows, width = len(self.told), len(self._columns)
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.addVars(width, np.zeros(width), np.full(width, float(MOST)))
        every = np.arange(width, dtype=np.int32)
        highs.changeColsCost(width, every, np.zeros(width) if aim is None else aim @ self._matrix)
        highs.changeColsIntegrality(width, every, np.full(width, highspy.HighsVarType.kInteger))
        for row in range(rows):
            places = np.flatnonzero(self._matrix[row]).astype(np.int32)
            highs.addRow(*map(float, reach[row]), len(places), places, np.ones(len(places)))
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        numbers = np.rint(self._matrix @ np.rint(highs.getSolution().col_value)).astype(int)
        if all(low <= number <= high for number, (low, high) in zip(numbers, self.reach, strict=True)):
            for seen, number in zip(self._seen, numbers, strict=True):
                seen.add(int(number))
        return numbers

    def _ends(self, place: int) -> tuple[int, int]:
        """The least and the most that the number at ``place`` can be."""
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


def left_short(told: Sequence[Told], people: bool) -> dict[int, int]:
    """The places of hidden numbers with fewer possible values than they need, and how many these have.

    For people both readings are tried: that nobody is in two places, where that can be, and that anybody may be. Of
    numbers from before and after an update a reader takes all for the truth of one population, where that can be, else
    all of the newest and as many others as can be, those of the next newest first; or those of each version alone. A
    number that was hidden and is shown now is a secret no more.
    """
    newest = max(one.version for one in told)
    shown = {one.name for one in told if one.version == newest and not one.need}
    hidden = [place for place, one in enumerate(told) if one.need and one.name not in shown]
    views = [view for each in ((True, False) if people else (False,)) for view in _views(told, each, people)]
    least = {
        place: min(view.values(at[place], told[place].need) for view, at in views if place in at)
        for place in hidden
        if any(place in at for _, at in views)
    }
    return {place: many for place, many in least.items() if many < told[place].need}


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
