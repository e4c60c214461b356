"""A dataset as a cohort: exact numbers on the inside, bands on the outside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from ...story.messages import message
from ...story.problems import Problem, Problems
from ..dataset import periods
from ..dataset.datasets import Dataset
from ..suppression.raw import Raw, people_of
from ..suppression.rules import nearest
from .cells import cells
from .matching import matching_all
from .plans import cheapest
from .population import in_the_city
from .protocol import (
    MOST_KNOWN,
    TARGET,
    UNMEASURED,
    WEB_TARGET,
    Choice,
    CohortGrain,
    Frame,
    Known,
    MatchBand,
    Matched,
    Measured,
    Naming,
    Part,
    Point,
    Unit,
)
from .rows import Ints, Rows, load_rows, needs_of
from .sheet import Sheet, aligned, longest_of, sheet
from .subsets import Alike, fewest

_BANDS: Final = ((10, MatchBand.MANY), (5, MatchBand.SOME), (2, MatchBand.FEW), (1, MatchBand.ONE))


@dataclass(frozen=True)
class Exact:
    """The true numbers behind a ``Measured``, for this package and its tests alone."""

    whole: Raw
    any_of: tuple[Raw, ...]
    exact: tuple[bool, ...]
    each: tuple[tuple[Raw, Raw], ...]
    whole_alike: bool
    alike: tuple[bool, ...]


class DatasetCohort:
    """One version of a dataset as a ``Cohort``. It keeps the rows it last looked at in memory."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._kept: tuple[Unit, frozenset[str], Rows] | None = None

    @property
    def size_in_words(self) -> str:
        """How large it is, to the nearest hundred: "about 6,600 people"."""
        return str(message("about {number:,} people", number=nearest(self._dataset.manifest.people, 100)))

    @property
    def version(self) -> str:
        """The dataset's name and version."""
        return f"{self._dataset.manifest.name}@{self._dataset.manifest.version}"

    @property
    def synthetic(self) -> bool:
        """Whether its people are made up."""
        return self._dataset.manifest.about.synthetic

    @cached_property
    def sectors(self) -> Mapping[str, str]:
        """Every agency that gave rows, with its sector."""
        known = self._dataset.manifest.about.sectors
        return {agency: known.get(agency, "") for agency in self._dataset.manifest.agencies}

    def matching(
        self,
        points: Sequence[Point],
        *,
        grain: CohortGrain = "month",
        at_any_shift: bool = False,
        by: Naming = "agency",
    ) -> MatchBand:
        """The band of people whose rows contain all ``points``; Problems for a period that is none of the grain's."""
        return band(self.count_matching(points, grain=grain, at_any_shift=at_any_shift, by=by))

    def count_matching(
        self,
        points: Sequence[Point],
        *,
        grain: CohortGrain = "month",
        at_any_shift: bool = False,
        by: Naming = "agency",
    ) -> Raw | None:
        """The true number, for this package and its tests alone; None where nothing was asked."""
        if not points:
            return None
        length = 1 if grain == "set" else periods.MONTHS[grain]
        frame = Frame(shifts=at_any_shift and grain != "set", by=length)
        return self.exact([self._known(point, grain, by) for point in points], frame).whole

    def _known(self, point: Point, grain: CohortGrain, by: Naming) -> Known:
        name, period = point
        agencies = frozenset([name] if by == "agency" else (a for a, s in self.sectors.items() if s == name))
        if grain == "set":
            return Known(agencies)
        number = periods.read(grain, period)
        if number is None:
            what = message('"{value}" is not a {grain}', value=period[:80], grain=grain)
            raise Problems([Problem(what, message("write it like 2016-04, 2016-Q2 or 2016"))])
        months = periods.months_in(grain, number)
        return Known(agencies, min(months), max(months))

    def holds(self, known: Known, frame: Frame) -> bool:
        """Whether rows could hold such a contact: an agency among them gave rows, and some for that time."""
        if not known.agencies & self.sectors.keys():
            return False
        if frame.shifts or known.first is None or known.last is None:
            return True
        manifest = self._dataset.manifest
        return periods.month_of(manifest.first) <= known.last and known.first <= periods.month_of(
            manifest.last
        )

    def measure(
        self,
        known: Sequence[Known],
        frame: Frame,
        told: Collection[str] = (),
        *,
        each: bool = True,
        finer: Sequence[Measured] = (),
    ) -> Measured:
        """The whole of ``known`` and any m of them."""
        if not known:
            return Measured(UNMEASURED, (UNMEASURED,) * MOST_KNOWN)
        enough = _enough(finer)
        if not each and len(enough) > MOST_KNOWN:
            many = self._said(_raw(WEB_TARGET))
            return Measured(many, (many,) * MOST_KNOWN)
        found = self.exact(known, frame, told, each=each, enough=enough)
        whole = self._said(found.whole, alike=found.whole_alike)
        any_of = zip(found.any_of, found.exact, found.alike, strict=True)
        return Measured(
            whole,
            tuple(self._said(raw, exact=exact, alike=alike) for raw, exact, alike in any_of),
            tuple((band(alone), band(paired)) for alone, paired in found.each),
        )

    def cheapest(
        self,
        parts: Sequence[Part],
        groups: Sequence[int],
        lives: Sequence[Sequence[int]],
        frame: Frame,
        target: int = TARGET,
    ) -> Choice | None:
        """What to give up of ``parts`` so that each of ``lives`` reaches the target."""
        if not lives or not all(lives):
            return None
        agencies = frozenset().union(*(part.clear.agencies | part.grouped.agencies for part in parts))
        rows = self._rows(agencies, frame.unit)

        def reaches(kept: frozenset[int], grouped: frozenset[int]) -> bool:
            told = [[parts[n].told(grouped) for n in life if n in kept] for life in lives]
            longest = max(map(longest_of, told))
            return min(jointly([sheet(rows, life, frame, longest, often=0) for life in told])) >= target

        there = [cells(rows, parts, life, frame) for life in lives]
        return cheapest(parts, groups, there, target, reaches)

    def jointly(self, lives: Sequence[Sequence[Known]], frame: Frame) -> Matched:
        """The fewest people who could be one of several whose lives are all known."""
        if not lives or not all(lives):
            return UNMEASURED
        return self._said(self.count_jointly(lives, frame))

    def _said(self, raw: Raw, *, exact: bool = True, alike: bool | None = None) -> Matched:
        manifest = self._dataset.manifest
        number = people_of(raw)
        city = in_the_city(number, manifest.people, manifest.about.stands_for)
        estimated = MatchBand.NOT_MEASURED if city is None else band(Raw(city, city, 1))
        return Matched(band(raw), number >= WEB_TARGET, estimated, exact, alike)

    def exact(
        self,
        known: Sequence[Known],
        frame: Frame,
        told: Collection[str] = (),
        *,
        each: bool = True,
        enough: Collection[int] = (),
    ) -> Exact:
        """The true numbers, for this package and its tests alone; 11 for what is known to be ``enough``."""
        asked = each or any(size not in enough for size in range(1, MOST_KNOWN + 1))
        laid = self.lay(known, frame, often=MOST_KNOWN if asked else 0)
        alike = self._alike(told) if each else _nobody
        people, _ = matching_all(laid, laid.whole)
        found = fewest(laid, len(people), _size(known), alike, pairs=each, enough=enough)
        paired = [(found.alone[n], found.paired.get(n, found.alone[n])) for n in laid.features if each]
        return Exact(
            _raw(len(people)),
            tuple(_raw(number) for number in found.any_of[1:]),
            tuple(found.exact[1:]),
            tuple((_raw(one), _raw(two)) for one, two in paired),
            alike(people),
            tuple(found.alike[1:]),
        )

    def lay(self, known: Sequence[Known], frame: Frame, longest: int = 1, often: int = MOST_KNOWN) -> Sheet:
        """The people of the dataset beside what is known; ``often`` as in ``sheet``."""
        agencies = frozenset().union(*(one.agencies for one in known))
        return sheet(self._rows(agencies, frame.unit), known, frame, longest, often)

    def _rows(self, agencies: frozenset[str], unit: Unit) -> Rows:
        kept = self._kept
        if kept is None or kept[0] != unit or not agencies <= kept[1]:
            kept = self._kept = (unit, agencies, load_rows(self._dataset, agencies, unit))
        return kept[2]

    def _alike(self, told: Iterable[str]) -> Alike:
        needs = needs_of(self._dataset, told)
        return lambda people: len(people) > 1 and bool(np.bitwise_and.reduce(needs[people]))

    def count_jointly(self, lives: Sequence[Sequence[Known]], frame: Frame) -> Raw:
        """The true number behind ``jointly``, for this package and its tests alone."""
        longest = max(longest_of(known) for known in lives)
        self._rows(frozenset().union(*(one.agencies for known in lives for one in known)), frame.unit)
        return _raw(min(jointly([self.lay(known, frame, longest, often=0) for known in lives])))


def jointly(sheets: Sequence[Sheet]) -> list[int]:
    """For each life how many people could have lived it, if at the same shift somebody else could each other."""
    matches = [matching_all(laid, laid.whole) for laid in sheets]
    firsts = [laid.whole[0].offset for laid in sheets]
    return [_one_of(number, matches, firsts) for number in range(len(sheets))]


def _one_of(number: int, matches: Sequence[tuple[Ints, np.ndarray]], firsts: Sequence[int]) -> int:
    people, bits = matches[number]
    for other, (others, their) in enumerate(matches):
        if other != number:
            fits = aligned(their, firsts[other] - firsts[number])
            often = _times_set(fits)
            mine = np.zeros_like(bits)
            mine[:, np.isin(people, others)] = fits[:, np.isin(others, people)]
            bits = bits & _word(often > 0)[:, None] & ~(mine & _word(often == 1)[:, None])
    return int(np.count_nonzero(bits.any(axis=0)))


def _times_set(bits: np.ndarray) -> Ints:
    """How many people have each bit."""
    spread = np.unpackbits(np.ascontiguousarray(bits.T).view(np.uint8), axis=1, bitorder="little")
    return np.asarray(spread.sum(axis=0), dtype=np.int64)


def _word(chosen: np.ndarray) -> np.ndarray:
    return np.packbits(chosen, bitorder="little").view(np.uint64)


def band(raw: Raw | None) -> MatchBand:
    """The band that a true number lies in."""
    if raw is None:
        return MatchBand.NOT_MEASURED
    return next((said for least, said in _BANDS if people_of(raw) >= least), MatchBand.NONE)


def _enough(finer: Sequence[Measured]) -> frozenset[int]:
    """The sizes of sets of which enough match, 0 for the whole, by what was measured of those who know more."""
    each = [(one.whole, *one.any_of) for one in finer]
    return frozenset(
        size for some in each for size, matched in enumerate(some) if matched.reaches(WEB_TARGET)
    )


def _nobody(_people: Ints) -> bool:
    return False


def _size(known: Sequence[Known]) -> int:
    """How many things are known: at no time in particular, a place counts once."""
    return len(set(known)) if any(one.first is None for one in known) else len(known)


def _raw(number: int) -> Raw:
    return Raw(number, number, 1 if number else 0)
