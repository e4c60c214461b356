"""Different rows for different things known: one row of somebody is not counted for two of them.

Two things known *clash* where one row could be either: a place in common, and times that overlap and are not the same
(what is known twice alike is counted by ``Item.times``). Whether each can have a row of its own is Hall's condition:
of some of them together there are as many rows as they ask for. With one place it is enough to ask that of each
interval from where one begins to where one ends, for those that lie within it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

import numpy as np

from .protocol import Known
from .rows import Ints, Rows, Words
from .spans import spanned

#: Agencies, the first step and the last.
Piece = tuple[frozenset[str], int, int]
#: Of up to so many that share only some of their agencies every set is asked.
_FEW: Final = 8
_NOWHERE: Final[tuple[Piece, ...]] = ()


@dataclass(frozen=True)
class Different:
    """The ``features`` of a sheet. Of moving ones bit 0 is a step ``before`` the first step of the rows."""

    rows: Rows
    features: tuple[Known, ...]
    moving: bool
    before: int

    @cached_property
    def clashing(self) -> frozenset[tuple[int, int]]:
        """Every two features that clash, the smaller number first."""
        numbered = enumerate(map(self._piece, self.features))
        return frozenset(
            (one, other)
            for (one, (here, first, last)), (other, (there, begin, end)) in combinations(numbered, 2)
            if first <= end and begin <= last and here & there
        )

    def clash(self, one: int, other: int) -> bool:
        """Whether two features do."""
        return (min(one, other), max(one, other)) in self.clashing

    def among(
        self, people: Ints, bits: Words, wanted: Mapping[int, int], begin: int | None
    ) -> tuple[Ints, Words]:
        """Those of ``people`` (sorted) with rows of their own for each feature as often as ``wanted``, and where.

        ``begin``: the first step of what ``bits`` is about.
        """
        for group in self._groups(wanted):
            for pieces, times in self._needed(group, wanted):
                bits = bits & self._having(pieces, times, people, begin or 0, len(bits))
                left = np.flatnonzero(bits.any(axis=0))
                people, bits = people[left], bits[:, left]
        return people, bits

    def _piece(self, one: Known) -> Piece:
        if one.first is None or one.last is None:
            return one.agencies, self.rows.first, self.rows.first + self.rows.steps
        return one.agencies, one.first, one.last

    def _groups(self, wanted: Mapping[int, int]) -> Iterator[list[int]]:
        """Features of which each clashes with another."""
        left = list(wanted) if self.clashing else []
        while left:
            group = [left.pop()]
            for one in group:
                group += (near := [other for other in left if self.clash(one, other)])
                left = [other for other in left if other not in near]
            if len(group) > 1:
                yield group

    def _needed(
        self, group: Sequence[int], wanted: Mapping[int, int]
    ) -> Iterator[tuple[Sequence[Piece], int]]:
        """Where somebody has to have how many rows; where that is too much to ask nobody has enough."""
        told = [(self._piece(self.features[one]), wanted[one]) for one in group]
        if len({place for (place, _, _), _ in told}) == 1:
            yield from _intervals(told)
        elif len(group) <= _FEW:
            for size in range(2, len(group) + 1):
                for some in combinations(told, size):
                    yield _union([piece for piece, _ in some]), sum(times for _, times in some)
        else:
            yield _NOWHERE, 1

    def _having(self, pieces: Sequence[Piece], times: int, people: Ints, begin: int, words: int) -> Words:
        """The bits at which each of ``people`` has so many rows in the pieces together."""
        found: Words = np.zeros((words, len(people)), dtype=np.uint64)
        spans = [self._spans(piece, people, begin) for piece in pieces]
        if not spans or not len(people):
            return found
        who, first, last = (np.concatenate(some) for some in zip(*spans, strict=True))
        if self.moving:
            at, bits = spanned(*_often(who, first, last, times), words)
            found[:, at] = bits
        else:
            found[0] = np.bincount(who, minlength=len(people)) >= times
        return found

    def _spans(self, piece: Piece, people: Ints, begin: int) -> tuple[Ints, Ints, Ints]:
        """For each row: whose it is (a place in ``people``), and from which bit to which it lies in the piece."""
        agencies, first, last = piece
        mine = [self.rows.mine(agency, people) for agency in sorted(agencies) if agency in self.rows.keys]
        who, step = (
            np.concatenate([np.empty(0, np.int64), *some])
            for some in (zip(*mine, strict=True) if mine else ((), ()))
        )
        if not self.moving:
            there = (step >= first - self.rows.first) & (step <= last - self.rows.first)
            return who[there], step[there], step[there]
        return who, step - (last - begin) + self.before, step - (first - begin) + self.before


def _intervals(told: Sequence[tuple[Piece, int]]) -> Iterator[tuple[Sequence[Piece], int]]:
    """Every interval that more than one of them fills, with how many rows those within ask for."""
    place = told[0][0][0]
    for begin in sorted({first for (_, first, _), _ in told}):
        for end in sorted({last for (_, _, last), _ in told}):
            inside = [
                (first, last, times) for (_, first, last), times in told if begin <= first and last <= end
            ]
            ends = {first for first, _, _ in inside}, {last for _, last, _ in inside}
            if len(inside) > 1 and begin in ends[0] and end in ends[1]:
                yield [(place, begin, end)], sum(times for _, _, times in inside)


def _union(pieces: Sequence[Piece]) -> list[Piece]:
    """The same rows, each once: agency by agency, intervals that do not overlap."""
    found: list[Piece] = []
    for agency in sorted(frozenset().union(*(place for place, _, _ in pieces))):
        own = sorted((first, last) for place, first, last in pieces if agency in place)
        begin, end = own[0]
        for first, last in own[1:]:
            if first > end:
                found.append((frozenset([agency]), begin, end))
                begin, end = first, last
            end = max(end, last)
        found.append((frozenset([agency]), begin, end))
    return found


def _often(who: Ints, first: Ints, last: Ints, times: int) -> tuple[Ints, Ints, Ints]:
    """Of spans that overlap those stretches that so many have in common: whose, the first bit and the last."""
    everybody = np.concatenate([who, who])
    at = np.concatenate([first, last + 1])
    change = np.repeat([1, -1], len(who))
    order = np.lexsort((at, everybody))
    everybody, at = everybody[order], at[order]
    enough = np.flatnonzero(np.cumsum(change[order]) >= times)
    return everybody[enough], at[enough], at[np.minimum(enough + 1, len(at) - 1)] - 1
