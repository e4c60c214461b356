"""Kinds of people that are not on the list yet and would let the numbers move further.

A linear programme says what one more in each number is worth; a kind of person worth more than nothing is missing from
the list. The search goes from atom to atom, takes what gains and drops what costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
        self._box: dict[int, float] = {}
        self._each: dict[int, float] = {}
        for box, number, person in people.single_boxes(group):
            side = self._box if person else self._each
            side[box] = side.get(box, 0.0) + worth[number]

    def tops(self) -> Iterator[tuple[int, ...]]:
        alone = sorted(self._atoms, key=lambda atom: self._gain(atom, 0), reverse=True)
        seen = set()
        for start in [{atom} for atom in alone[:_STARTS]] + [set(self._atoms)]:
            top = tuple(sorted(self._climb(start)))
            if top and top not in seen:
                seen.add(top)
                yield top

    def _climb(self, chosen: set[int]) -> set[int]:
        for _ in range(3):
            before = set(chosen)
            for atom in self._atoms:
                others = _touched(chosen - {atom}) if atom in chosen else _touched(chosen)
                gains = self._gain(atom, others) > 0
                (chosen.add if gains else chosen.discard)(atom)
            if chosen == before:
                break
        return chosen

    def _gain(self, atom: int, touched: int) -> float:
        new = sum(self._box.get(bit, 0.0) for bit in bits(atom & ~touched))
        return new + sum(self._each.get(bit, 0.0) for bit in bits(atom))


def bits(mask: int) -> Iterator[int]:
    """The single bits of ``mask``, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest
        mask ^= lowest


def _touched(atoms: set[int]) -> int:
    touched = 0
    for atom in atoms:
        touched |= atom
    return touched
