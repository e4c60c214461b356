"""Spans of steps as bits."""

from __future__ import annotations

from typing import Final

import numpy as np

from .rows import Ints, Words

_WORD: Final = 64
_ALL: Final = np.uint64(2**64 - 1)


def spanned(who: Ints, first: Ints, last: Ints, words: int) -> tuple[Ints, Words]:
    """For everybody in ``who`` (sorted) the bits from a first to a last, each included, of all their spans."""
    edges = np.flatnonzero(np.diff(who, prepend=-1))
    found: Words = np.zeros((words, len(edges)), dtype=np.uint64)
    for word in range(words if len(edges) else 0):
        begin, end = first - word * _WORD, last - word * _WORD
        bits = _from(begin) & ~_from(end + 1)
        found[word] = np.bitwise_or.reduceat(bits, edges)
    return who[edges], found


def _from(begin: Ints) -> Words:
    """The bits of one word from ``begin`` on: all where it lies before the word, none where it lies behind."""
    bits = _ALL << np.clip(begin, 0, _WORD - 1).astype(np.uint64)
    return np.where(begin < _WORD, bits, np.uint64(0))
