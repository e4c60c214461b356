"""What is known of a world already, so that it is not looked for again.

Sets of people that could be stay so, whatever is asked next: where fewer numbers are shown, they still fit. And where
nobody could be made up, the programme says why: weights by which no kind of person adds more than nothing, and what was
said more than that. Whatever is said next is weighed first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..suppression.secondary import Range
from .solver import Matrix

#: So many sets of people are kept, the newest.
_KEPT: Final = 400
#: What is surely more than nothing, and what is nothing, for arithmetic in fractions.
_LEAST: Final = 1e-3
_NOTHING: Final = 1e-9
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Witness:
    """People that could be: how many of each kind, how many further contacts, and what every number would truly be."""

    people: tuple[int, ...]
    further: tuple[int, ...]
    numbers: tuple[int, ...]


class Memory:
    """Of a world whose first ``size`` numbers are counts; ``central`` are people in the middle of what was said."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.central: deque[Witness] = deque(maxlen=_KEPT)
        self._found: dict[tuple[int, ...], Witness] = {}
        self._reasons: list[Floats] = []

    def note(self, witness: Witness) -> None:
        """Keeps a set of people."""
        self._found[witness.numbers[: self._size]] = witness
        if len(self._found) > _KEPT:
            del self._found[next(iter(self._found))]

    def fitting(self, ranges: Sequence[Range]) -> list[Witness]:
        """The sets of people that are kept and fit ``ranges``, the newest first."""
        if not self._found:
            return []
        ends = np.asarray(ranges[: self._size], dtype=np.int64).reshape(self._size, 2)
        numbers = np.asarray(list(self._found), dtype=np.int64)
        fits = ((numbers >= ends[:, 0]) & (numbers <= ends[:, 1])).all(axis=1)
        kept = list(self._found.values())
        return [kept[place] for place in np.flatnonzero(fits)[::-1]]

    def reason(self, weights: Floats, columns: Matrix) -> None:
        """Keeps why nobody could be made up, if it holds for ``columns``: every kind of person there is so far."""
        if columns.times(weights).max(initial=0.0) <= _NOTHING:
            self._reasons.append(weights)

    def grown(self, columns: Matrix) -> None:
        """Lets go of reasons that do not hold for all of ``columns``."""
        self._reasons = [one for one in self._reasons if columns.times(one).max(initial=0.0) <= _NOTHING]

    def barred(self, ranges: Sequence[Range]) -> bool:
        """Whether one of the reasons says that nobody can be made up for ``ranges``."""
        if not self._reasons:
            return False
        weights = np.asarray(self._reasons)[:, : self._size]
        ends = np.asarray(ranges[: self._size], dtype=float)
        asked = np.where(weights > 0, weights * ends[:, 0], weights * ends[:, 1])
        return bool((asked.sum(axis=1) > _LEAST).any())
