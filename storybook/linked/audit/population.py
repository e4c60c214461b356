"""Made-up people: every kind of person that a reader could think of, as far as the numbers can tell them apart.

A kind of person is what they add to each number. It comes from which *atoms* of contacts they have: the atoms are the
pieces into which all the boxes of all the numbers cut the contacts, and a person may have contacts in any of
them, but, for fields of which readers think that each person has one value, only with one.

A person made up here is one who could exist. So whatever people are left out of a list that would be too long, a set of
people that is found is one that a reader can't rule out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ...story.terms import MultipleNeeds
from .meaning import Box, Days, Meaning

#: (number, how many a person of this kind adds to it), in order.
Kind = tuple[tuple[int, int], ...]
#: At most so many kinds are listed at first; ``pricing`` finds others where they are missing.
_MOST: Final = 3000
#: With at most so many atoms, every combination of them is listed.
_ALL_OF: Final = 9
#: With at most so many atoms, every two of them are listed.
_PAIRS: Final = 60
#: With at most so many needs, every combination of them is.
_NEEDS: Final = 6


@dataclass(frozen=True, slots=True)
class Group:
    """People alike in needs and in what they have one of: the atoms open to them, and the numbers they count in."""

    atoms: tuple[int, ...]
    counted: frozenset[int]


@dataclass(frozen=True, slots=True)
class Extra:
    """A further contact of somebody who has contacts in ``atom`` already."""

    kind: Kind
    group: int
    atom: int


class People:
    """The kinds of people (and further contacts) for ``meanings``, in a world where ``one_each`` are one a person."""

    def __init__(self, meanings: Sequence[Meaning], one_each: Iterable[str], multiple: MultipleNeeds) -> None:
        self.meanings = tuple(meanings)
        self.boxes = tuple(dict.fromkeys(box for one in meanings for box in one.boxes))
        place = {box: number for number, box in enumerate(self.boxes)}
        self._asks = tuple(sum(1 << place[box] for box in set(one.boxes)) for one in meanings)
        self._first = tuple(1 << place[one.boxes[0]] for one in meanings)
        self._persons = tuple(one.unit == "people" for one in meanings)
        self._in_box: dict[int, list[int]] = {}
        for number, first in enumerate(self._first):
            self._in_box.setdefault(first, []).append(number)
        self.groups = tuple(self._groups(frozenset(one_each), multiple))
        self.complete = False
        self.contacts_only = not any(self._persons) and all(len(one.boxes) == 1 for one in meanings)

    def kind(self, group: Group, atoms: Iterable[int]) -> Kind:
        """What a person of ``group`` with one contact in each of ``atoms`` adds to every number."""
        chosen = tuple(atoms)
        touched = 0
        for atom in chosen:
            touched |= atom
        found = ((number, self._adds(number, touched, chosen)) for number in self.inside(touched, group))
        return tuple((number, adds) for number, adds in found if adds)

    def inside(self, touched: int, group: Group) -> list[int]:
        """The numbers that count people of ``group`` and whose first box is among ``touched``, in order."""
        there = (number for box in _bits(touched) for number in self._in_box.get(box, ()))
        return sorted(number for number in there if number in group.counted)

    def single_boxes(self, group: Group) -> Iterator[tuple[int, int, bool]]:
        """(box, number, whether it counts people) of the numbers that count people of ``group`` and ask for one box."""
        for number in sorted(group.counted):
            if self._asks[number] == self._first[number]:
                yield self._first[number], number, self._persons[number]

    def kinds(self) -> dict[Kind, tuple[int, tuple[int, ...]]]:
        """Kinds to begin with: each with the place of its group and its atoms. ``complete``: there are no others."""
        found: dict[Kind, tuple[int, tuple[int, ...]]] = {}
        for place, group in enumerate(self.groups):
            for atom in group.atoms:
                found.setdefault(self.kind(group, (atom,)), (place, (atom,)))
        complete = True
        for place, group in enumerate(() if self.contacts_only else self.groups):
            room = max(0, _MOST - len(found)) // (len(self.groups) - place)
            for atoms in itertools.islice(_together(group.atoms, len(self.boxes)), room):
                found.setdefault(self.kind(group, atoms), (place, atoms))
            complete = complete and len(group.atoms) <= _ALL_OF and 2 ** len(group.atoms) <= room
        self.complete = complete and (self.contacts_only or all(self._persons))
        found.pop((), None)
        return found

    def extras(self) -> list[Extra]:
        """Further contacts, where contacts are counted beside people."""
        if self.contacts_only or all(self._persons):
            return []
        return [
            Extra(kind, place, atom)
            for place, group in enumerate(self.groups)
            for atom in group.atoms
            if (kind := tuple((n, 1) for n in self.inside(atom, group) if not self._persons[n]))
        ]

    def _adds(self, number: int, touched: int, atoms: tuple[int, ...]) -> int:
        asked = self._asks[number]
        if touched & asked != asked:
            return 0
        if self._persons[number]:
            return 1
        return sum(bool(atom & self._first[number]) for atom in atoms)

    def _groups(self, one_each: frozenset[str], multiple: MultipleNeeds) -> Iterator[Group]:
        fields = [field for field, _ in self.boxes[0].values] if self.boxes else []
        sides = {field: _masks_of(self.boxes, field) for field in fields}
        days = _masks_of_days([box.days for box in self.boxes])
        shared = _pieces([*(sides[f] for f in fields if f not in one_each), days], len(self.boxes))
        own = _pieces([sides[f] for f in fields if f in one_each], len(self.boxes))
        counted = sorted(set(_counted(self.meanings, multiple)))
        for mine in sorted(own):
            if atoms := tuple(sorted({mine & one for one in shared} - {0})):
                yield from (Group(atoms, frozenset(numbers)) for numbers in counted)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest
        mask ^= lowest


def _masks_of(boxes: Sequence[Box], field: str) -> set[int]:
    """For each value of ``field``, the boxes it is in; each set of boxes once."""
    masks: dict[str, int] = {}
    for number, box in enumerate(boxes):
        for value in box.of(field):
            masks[value] = masks.get(value, 0) | 1 << number
    return set(masks.values())


def _masks_of_days(days: Sequence[Days]) -> set[int]:
    edges = sorted({edge for one in days for stretch in one for edge in stretch})
    return {
        sum(1 << number for number, one in enumerate(days) if any(a <= edge < b for a, b in one))
        for edge in edges
    }


def _pieces(sides: Iterable[set[int]], boxes: int) -> set[int]:
    """The boxes that each piece lies in, for all pieces that the sides cut together."""
    found = {(1 << boxes) - 1}
    for side in sides:
        found = {one & mask for one in found for mask in side} - {0}
    return found


def _counted(meanings: Sequence[Meaning], multiple: MultipleNeeds) -> Iterator[tuple[int, ...]]:
    """For every combination of needs, the numbers that a person with just those counts in."""
    named = sorted({need for one in meanings for need in one.needs | one.without})
    asked = any(one.multiple for one in meanings)
    for needs in _subsets(named, meanings):
        for flag in _flags(needs, named, multiple) if asked else (False,):
            counts = (
                one.needs <= needs and one.without.isdisjoint(needs) and (flag or not one.multiple)
                for one in meanings
            )
            yield tuple(number for number, does in enumerate(counts) if does)


def _flags(needs: frozenset[str], named: Sequence[str], multiple: MultipleNeeds) -> list[bool]:
    """Whether somebody who has of the needs ``named`` just ``needs`` may have multiple needs, and may not."""
    surely = len(needs & set(multiple.of))
    at_most = surely + len(set(multiple.of) - set(named))
    return [
        flag
        for flag, can in ((True, at_most >= multiple.at_least), (False, surely < multiple.at_least))
        if can
    ]


def _subsets(named: Sequence[str], meanings: Sequence[Meaning]) -> Iterator[frozenset[str]]:
    if len(named) <= _NEEDS:
        sizes: Iterable[int] = range(len(named) + 1)
    else:
        sizes = (0, 1, 2, len(named))
        yield from {one.needs for one in meanings}
    for size in sizes:
        yield from map(frozenset, itertools.combinations(named, size))


def _together(atoms: Sequence[int], boxes: int) -> Iterator[tuple[int, ...]]:
    """Atoms of one person: every combination of few; of many, all in one box, all, and two at a time."""
    if len(atoms) <= _ALL_OF:
        for size in range(len(atoms), 1, -1):
            yield from itertools.combinations(atoms, size)
        return
    yield tuple(atoms)
    inside = (tuple(atom for atom in atoms if atom >> number & 1) for number in range(boxes))
    yield from dict.fromkeys(one for one in inside if len(one) > 1)
    if len(atoms) <= _PAIRS:
        yield from itertools.combinations(atoms, 2)
