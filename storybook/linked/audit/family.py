"""Datasets that are kin, read together: what one calls a number, in the words of them all.

Where one of them lists nothing (no kinds of contact, say), its numbers are about everything that the others list. A
name that may be another one's other name can't be set against that one's numbers: such a number is strange, and not
released.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ..asking.ledger import Released
from ..dataset.datasets import Manifest
from ..dataset.kin import share_rows
from .meaning import CATEGORIES, Meaning, Reader

_LISTS: Final = {**CATEGORIES, "need": "needs"}


def family_of(name: str, there: Mapping[str, Manifest]) -> tuple[str, ...]:
    """The dataset and its kin, in order."""
    kin = there[name].kin if name in there else ()
    return tuple(sorted({name, *(one for one in kin if one in there)}))


class Family:
    """Reads numbers of several datasets (or one); ``told`` are those of which numbers left before."""

    def __init__(self, manifests: Sequence[Manifest], told: set[str]) -> None:
        together = {
            field: tuple(dict.fromkeys(value for one in manifests for value in getattr(one, listed)))
            for field, listed in CATEGORIES.items()
        }
        self._readers = {one.name: Reader(one, together) for one in manifests}
        self._doubtful = {one.name: _doubtful(one, manifests, told) for one in manifests}

    def read(self, released: Released) -> Meaning:
        """What ``released`` counts; raises Unreadable."""
        return self._readers[released.dataset].read(released)

    def strange(self, released: Released) -> bool:
        """Whether it names what may be another name for something that numbers were told of."""
        doubtful = self._doubtful[released.dataset]
        named = (*released.question.where, *released.question.keys)
        return any(value in doubtful.get(field, ()) for field, value in named)


def _doubtful(
    manifest: Manifest, manifests: Sequence[Manifest], told: set[str]
) -> Mapping[str, frozenset[str]]:
    """By field: what is listed here, and not in another of the same rows that lists something else instead."""
    others = [
        one for one in manifests if one is not manifest and one.name in told and share_rows(manifest, one)
    ]
    found: dict[str, frozenset[str]] = {}
    for field, listed in _LISTS.items():
        here = set(getattr(manifest, listed)) - {""}
        for other in others:
            there = set(getattr(other, listed)) - {""}
            if there - here:
                found[field] = found.get(field, frozenset()) | (here - there)
    return found
