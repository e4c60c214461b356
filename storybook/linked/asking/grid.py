"""Every cell that a table has, with rows or without, and which of them nobody could have counted.

A table that left out its empty cells would tell "none" from "fewer than ten". So every combination is there;
empty ones go through the rule like any other. Only what an agency said beforehand (``Absence``) or what lies
outside the months of the data altogether is a structural zero or unknown.
"""

from __future__ import annotations

import itertools
import math
from typing import Final, Literal

from ...story.messages import message
from ...story.problems import Problem, Problems
from ..dataset import periods
from ..dataset.datasets import Manifest
from ..suppression.figures import Figure, StructuralZero, Unit, Unknown
from .fields import TIMES, domain, sector_of, span
from .questions import Asked

Keys = tuple[str, ...]
#: More cells than this help nobody, and would fill the screen and the memory.
LARGEST: Final = 200_000


def cells(asked: Asked, manifest: Manifest) -> list[Keys]:
    """The keys of every cell: categories by the alphabet, times as they pass. Raises Problems if too many."""
    axes = [_axis(field, asked, manifest) for field in asked.by]
    if math.prod(map(len, axes)) > LARGEST:
        what = message("this table would have more than {largest:,} numbers", largest=LARGEST)
        raise Problems([Problem(what, message("split the count by fewer things, or narrow it"), "by")])
    return [keys for keys in itertools.product(*axes) if _belongs(asked.by, keys, manifest)]


def _axis(field: str, asked: Asked, manifest: Manifest) -> tuple[str, ...]:
    for grain in TIMES:
        if field == grain:
            numbers = sorted({month // periods.MONTHS[grain] for month in asked.months})
            return tuple(periods.said(grain, number) for number in numbers)
    if field == "agency":
        return tuple(sorted(asked.agencies))
    if field == "sector":
        return tuple(sorted({sector_of(agency, manifest) for agency in asked.agencies}))
    narrowed = {
        "kind": asked.kinds,
        "place": asked.places,
        "age_band": asked.age_bands,
        "gender": asked.genders,
    }
    return tuple(sorted(narrowed.get(field, domain(field, manifest))))


def _belongs(by: Keys, keys: Keys, manifest: Manifest) -> bool:
    """An agency stands under its own sector only."""
    named = dict(zip(by, keys, strict=True))
    return not {"agency", "sector"} <= set(named) or sector_of(named["agency"], manifest) == named["sector"]


class Absences:
    """Which months each agency did not or could not give rows for."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._there = frozenset(span(manifest))
        self._months: dict[tuple[str, str], frozenset[int]] = {}
        for absence in manifest.about.absences:
            key = (absence.agency, absence.state)
            months = self._there.intersection(periods.whole_months(absence.first, absence.last))
            self._months[key] = self._months.get(key, frozenset()) | months

    def figure(self, asked: Asked, keys: Keys) -> Figure | None:
        """A structural zero or an unknown for the cell ``keys``; None where rows could have been given."""
        named = dict(zip(asked.by, keys, strict=True))
        months = self._asked_months(asked, named)
        if not asked.each_of:
            return self.state(self._agencies(asked, named), months, asked.of)
        # Seen by all: nobody was where one of them could see nobody; nobody knows where one of them didn't say.
        states = [self.state(group, months, asked.of) for group in asked.each_of]
        found = [state for state in states if state is not None]
        return next((state for state in found if isinstance(state, StructuralZero)), next(iter(found), None))

    def state(self, agencies: tuple[str, ...], months: frozenset[int], of: Unit) -> Figure | None:
        """The same for all ``agencies`` over all ``months`` together."""
        there = months & self._there
        states = {self._state(agency, there) for agency in agencies} if there else {"unknown"}
        if None in states or not states:
            return None
        return StructuralZero(unit=of) if states == {"structural_zero"} else Unknown(unit=of)

    def _state(self, agency: str, months: frozenset[int]) -> Literal["structural_zero", "unknown"] | None:
        closed = self._months.get((agency, "structural_zero"), frozenset())
        silent = self._months.get((agency, "unknown"), frozenset())
        if months <= closed:
            return "structural_zero"
        return "unknown" if months <= closed | silent else None

    def _agencies(self, asked: Asked, named: dict[str, str]) -> tuple[str, ...]:
        if "agency" in named:
            return (named["agency"],)
        if "sector" in named:
            return tuple(
                agency for agency in asked.agencies if sector_of(agency, self._manifest) == named["sector"]
            )
        return asked.agencies

    def _asked_months(self, asked: Asked, named: dict[str, str]) -> frozenset[int]:
        for grain in TIMES:
            if grain in named:
                number = periods.read(grain, named[grain])
                return asked.months & periods.months_in(grain, 0 if number is None else number)
        return asked.months
