"""Kinds of people that are not on the list yet and would let the numbers move further.

A linear programme says what one more in each number is worth; a kind of person worth more than nothing is missing from
the list. The search goes from atom to atom, takes what gains and drops what costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from .population import Group, Kind, People

_STARTS: Final = 6
_LEAST: Final = 1e-6
#: (the kind, the place of its group, its atoms)
Found = tuple[Kind, int, tuple[int, ...]]


def worth_having(people: People, worth: Sequence[float]) -> list[Found]:
    """Kinds of people whose numbers together are worth more than nothing; ``worth`` is what one more in each is."""
    found: dict[Kind, Found] = {}
    for place, group in enumerate(people.groups):
        for atoms in _Climb(people, group, worth).tops():
            kind = people.kind(group, atoms)
            if sum(worth[number] * adds for number, adds in kind) > _LEAST:
                found.setdefault(kind, (kind, place, atoms))
    return list(found.values())


class _Climb:
    """One group's best sets of atoms, as far as taking and dropping one at a time gets."""

    def __init__(self, people: People, group: Group, worth: Sequence[float]) -> None:
        self._atoms = group.atoms
        box: dict[int, float] = {}
        each: dict[int, float] = {}
        for bit, number, person in people.single_boxes(group):
            side = box if person else each
            side[bit] = side.get(bit, 0.0) + worth[number]
        self._first = [
            [(bit, much) for bit, much in box.items() if much and atom & bit] for atom in self._atoms
        ]
        self._always = [sum(much for bit, much in each.items() if atom & bit) for atom in self._atoms]

    def tops(self) -> Iterator[tuple[int, ...]]:
        places = range(len(self._atoms))
        none: dict[int, int] = {}
        alone = sorted(places, key=lambda place: self._gain(place, none, 0), reverse=True)
        seen = set()
        for start in [{place} for place in alone[:_STARTS]] + [set(places)]:
            top = tuple(sorted(self._atoms[place] for place in self._climb(start)))
            if top and top not in seen:
                seen.add(top)
                yield top

    def _climb(self, chosen: set[int]) -> set[int]:
        touched: dict[int, int] = {}
        for place in chosen:
            self._touch(touched, place, 1)
        for _ in range(3):
            before = set(chosen)
            for place in range(len(self._atoms)):
                there = place in chosen
                if (self._gain(place, touched, int(there)) > 0) is there:
                    continue
                (chosen.discard if there else chosen.add)(place)
                self._touch(touched, place, -1 if there else 1)
            if chosen == before:
                break
        return chosen

    def _touch(self, touched: dict[int, int], place: int, by: int) -> None:
        for bit, _ in self._first[place]:
            touched[bit] = touched.get(bit, 0) + by

    def _gain(self, place: int, touched: Mapping[int, int], own: int) -> float:
        """What the atom is worth beside the others, ``own`` of which is itself: a box counts a person once."""
        new = sum(much for bit, much in self._first[place] if touched.get(bit, 0) == own)
        return new + self._always[place]
