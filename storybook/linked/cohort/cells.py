"""People of a dataset beside the parts of a life: who has which part, at which shift.

A *cell* is one person at one shift; without shifts there is one for each person. Of large cohorts only those cells are
looked at that have most of the life: nobody else can be among those who match what is left of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .protocol import Frame, Known, Part
from .rows import Ints, Rows
from .sheet import Bools, Item, Sheet, aligned, longest_of, sheet

_PEOPLE: Final = 2_000
_CELLS: Final = 1_500
#: Of each person so many shifts, where there are more cells than that.
_SHIFTS: Final = 3


@dataclass(frozen=True)
class Cells:
    """``clear[cell, at]`` and ``vague``: whether a cell has the part ``parts[at]`` as it is told clearly, and grouped.

    Cells of one person stand together; ``starts`` are the places of each person's first.
    """

    parts: tuple[int, ...]
    clear: Bools
    vague: Bools
    starts: Ints

    def having(self, parts: Sequence[Part], grouped: frozenset[int]) -> Bools:
        """Whether each cell has each part, told as ``grouped`` says."""
        chosen = np.array([parts[number].group in grouped for number in self.parts])
        return np.where(chosen, self.vague, self.clear)

    def people(self, cells: Bools) -> int:
        """How many people have one of the ``cells``."""
        return int(np.count_nonzero(np.logical_or.reduceat(cells, self.starts))) if len(self.starts) else 0

    def people_each(self, cells: Bools) -> list[int]:
        """The same for each column."""
        if not len(self.starts):
            return [0] * cells.shape[1]
        each = np.logical_or.reduceat(cells, self.starts, axis=0)
        return [int(count) for count in np.count_nonzero(each, axis=0)]


def cells(rows: Rows, parts: Sequence[Part], life: Sequence[int], frame: Frame) -> Cells:
    """The cells of one life: ``life`` are the places in ``parts`` that it is made of."""
    ordered = sorted(life, key=lambda number: -parts[number].drop)
    clear, vague = ([_told(parts[number], way) for number in ordered] for way in (False, True))
    begins = [one.first or 0 for one in clear]
    longest = max(longest_of([*clear, *vague]), max(begins) - min(begins) + longest_of([*clear, *vague]))
    sheets = [sheet(rows, known, frame, longest) for known in (clear, vague)]
    who = _busiest(rows, sheets)
    full = [_spread(laid, who, min(begins)) for laid in sheets]
    chosen = _chosen(full, np.array([parts[number].drop for number in ordered], dtype=np.float32))
    there = [one[:, chosen[0], chosen[1]].T for one in full]
    starts = np.flatnonzero(np.diff(chosen[0], prepend=-1))
    return Cells(tuple(ordered), there[0], there[1], starts)


def _told(part: Part, vaguely: bool) -> Known:
    return part.grouped if vaguely else part.clear


def _busiest(rows: Rows, sheets: Sequence[Sheet]) -> Ints:
    """The people with most of the parts at any time."""
    often = np.zeros(rows.people, dtype=np.int32)
    for laid in sheets:
        for item in laid.items:
            often[laid.people[item.row]] += 1
    ranked = np.argsort(-often, kind="stable")[:_PEOPLE]
    return np.sort(ranked[often[ranked] > 0])


def _spread(laid: Sheet, who: Ints, begin: int) -> Bools:
    """``[thing known, person, shift]``; the first of those known alike needs one row, the next two..."""
    items = {(item.feature, item.times): item for item in laid.items}
    seen: dict[int, int] = {}
    found = []
    for feature in laid.features:
        seen[feature] = min(seen.get(feature, 0) + 1, max(times for f, times in items if f == feature))
        found.append(_bits(laid, items[feature, seen[feature]], who, begin))
    return np.stack(found)


def _bits(laid: Sheet, item: Item, who: Ints, begin: int) -> Bools:
    if not laid.moving:
        return np.isin(who, laid.people[item.row])[:, None]
    bits = np.ascontiguousarray(aligned(laid.bits[item.row][:, who], item.offset - begin).T)
    spread: npt.NDArray[np.uint8] = np.unpackbits(bits.view(np.uint8), axis=1, bitorder="little")
    return spread.astype(np.bool_)


def _chosen(full: Sequence[Bools], worth: npt.NDArray[np.float32]) -> tuple[Ints, Ints]:
    """(people, shifts) of the cells to look at, people in order: all that have anything, or those that have most."""
    score = sum(np.tensordot(worth, one.astype(np.float32), axes=1) for one in full)
    scores = np.asarray(score)
    if np.count_nonzero(scores) > _CELLS:
        least = -np.sort(-scores, axis=1)[:, min(_SHIFTS, scores.shape[1]) - 1]
        scores = np.where(scores >= least[:, None], scores, 0)
    places = np.flatnonzero(scores)
    places = np.sort(places[np.argsort(-scores.ravel()[places], kind="stable")[:_CELLS]])
    people, shifts = np.divmod(places, scores.shape[1])
    return people, shifts
