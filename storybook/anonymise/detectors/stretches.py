"""Stretches of a text in which something is left alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from .findings import Finding


class Stretches:
    """Stretches of a text, asked whether one of them holds a finding."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(set(spans))
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def hold(self, finding: Finding) -> bool:
        """Whether a stretch holds all of it."""
        before = bisect_right(self._starts, finding.start)
        return before > 0 and self._reach[before - 1] >= finding.end
