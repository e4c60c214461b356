"""Putting things that would overlap into rows of their own."""

from __future__ import annotations

from bisect import bisect_left, insort


class Rows:
    """Rows in which stretches lie side by side, at least ``gap`` pixels apart."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._rows: list[list[tuple[float, float]]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def free(self, row: int, lo: float, hi: float) -> bool:
        """Whether ``lo`` to ``hi`` is free in ``row``; the row after the last one always is."""
        if row >= len(self._rows):
            return True
        taken = self._rows[row]
        at = bisect_left(taken, (lo, lo))
        before = at == 0 or taken[at - 1][1] + self._gap <= lo
        return before and (at == len(taken) or hi + self._gap <= taken[at][0])

    def take(self, row: int, lo: float, hi: float) -> None:
        """Puts ``lo`` to ``hi`` into ``row``, which may be the one after the last."""
        if row == len(self._rows):
            self._rows.append([])
        insort(self._rows[row], (lo, hi))

    def first(self, lo: float, hi: float) -> int:
        """Takes ``lo`` to ``hi`` in the first row that has it free; says which."""
        row = next(row for row in range(len(self._rows) + 1) if self.free(row, lo, hi))
        self.take(row, lo, hi)
        return row
