"""A question to a dataset, understood: every name and value is checked before any SQL is written.

``by`` splits a count, ``where`` narrows it. Several values of one field mean any of them; several needs mean
a person with all of them; ``both`` means people seen by every agency and sector named. There is no field for a
person, and none can be made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...story.problems import Problems
from ...story.terms import Vocabulary
from ..dataset import periods
from ..dataset.datasets import Dataset, Manifest
from ..dataset.periods import Grain
from ..suppression.figures import Unit
from .fields import BOTH, CATEGORIES, DAYS, FIELDS, MULTIPLE, TIMES, agencies_of, domain, sector_of, span
from .question_problems import EARLIEST, LATEST, day, wrong

__all__ = [
    "BOTH",
    "CATEGORIES",
    "DAYS",
    "FIELDS",
    "MULTIPLE",
    "TIMES",
    "Asked",
    "Where",
    "domain",
    "sector_of",
    "span",
    "understand",
]

Where = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """A checked question. ``months`` are those asked about, ``agencies`` those that may answer.

    ``needs`` are the codes a person must all have; ``multiple`` asks for people with multiple needs. ``days`` are the
    first and last day where the question names any. ``each_of`` are groups of agencies: a person counts who was seen
    by at least one agency of every group.
    """

    by: tuple[str, ...]
    where: tuple[tuple[str, str], ...]
    of: Unit
    months: frozenset[int]
    agencies: tuple[str, ...]
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    needs: tuple[str, ...]
    multiple: bool
    age_bands: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    days: tuple[dt.date, dt.date] | None = None
    each_of: tuple[tuple[str, ...], ...] = ()

    def narrows(self, *fields: str) -> bool:
        """Whether one of ``fields`` narrows the question."""
        return any(field in fields for field, _ in self.where)

    @property
    def about_needs(self) -> bool:
        """Whether the answer depends on what people need, so that it must say how that is known."""
        return "need" in self.by or self.narrows("need", MULTIPLE)


def understand(dataset: Dataset, by: Sequence[str], where: Where, of: str, vocabulary: Vocabulary) -> Asked:
    """The question checked against ``dataset``; raises Problems, all of them at once."""
    manifest, pairs = dataset.manifest, _pairs(where)
    if problems := wrong(by, pairs, of, manifest, vocabulary):
        raise Problems(problems)
    values = _grouped(pairs)
    days = _days(values)
    each_of = _each_of(values, manifest) if BOTH in values else ()
    return Asked(
        by=tuple(by),
        where=tuple(sorted(pairs)),
        of="people" if of == "people" else "contacts",
        months=_months(values, days, manifest),
        agencies=_any_of(each_of, manifest) if each_of else _agencies(values, manifest),
        kinds=values.get("kind", manifest.kinds),
        places=values.get("place", manifest.places),
        needs=values.get("need", ()),
        multiple=MULTIPLE in values,
        age_bands=values.get("age_band", manifest.age_bands),
        genders=values.get("gender", manifest.genders),
        days=days,
        each_of=each_of,
    )


def _pairs(where: Where) -> list[tuple[str, str]]:
    if not isinstance(where, Mapping):
        return [(str(field), str(value)) for field, value in where]
    return [
        (field, one)
        for field, value in where.items()
        for one in ([value] if isinstance(value, str) else value)
    ]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for field, value in pairs:
        values[field] = (
            (*values.get(field, ()), value) if value not in values.get(field, ()) else values[field]
        )
    return values


def _days(values: Mapping[str, Sequence[str]]) -> tuple[dt.date, dt.date] | None:
    """The first and last day, if the question names either."""
    first, last = (day(values[field][0]) if field in values else None for field in DAYS)
    return (first or EARLIEST, last or LATEST) if first or last else None


def _months(
    values: Mapping[str, Sequence[str]], days: tuple[dt.date, dt.date] | None, manifest: Manifest
) -> frozenset[int]:
    """The months asked about: the dataset's own unless the question names some (which may lie outside).

    Where only one day is named, the other end is that of the data.
    """
    named = [_named(grain, values[grain]) for grain in TIMES if grain in values]
    if days is not None:
        named.append(frozenset(_touched(days, values, manifest)))
    return frozenset.intersection(*named) if named else frozenset(span(manifest))


def _touched(days: tuple[dt.date, dt.date], values: Mapping[str, object], manifest: Manifest) -> range:
    """The months that some of ``days`` lie in."""
    first = days[0] if "from" in values else min(manifest.first, days[1])
    last = days[1] if "to" in values else max(manifest.last, days[0])
    return range(periods.month_of(first), periods.month_of(last) + 1)


def _named(grain: Grain, texts: Sequence[str]) -> frozenset[int]:
    numbers = (periods.read(grain, text) for text in texts)
    return frozenset().union(*(periods.months_in(grain, number) for number in numbers if number is not None))


def _agencies(values: Mapping[str, tuple[str, ...]], manifest: Manifest) -> tuple[str, ...]:
    agencies = values.get("agency", manifest.agencies)
    if "sector" not in values:
        return agencies
    return tuple(agency for agency in agencies if sector_of(agency, manifest) in values["sector"])


def _each_of(values: Mapping[str, tuple[str, ...]], manifest: Manifest) -> tuple[tuple[str, ...], ...]:
    """One group an agency named, one a sector named."""
    alone = tuple((agency,) for agency in sorted(values.get("agency", ())))
    return alone + tuple(agencies_of(sector, manifest) for sector in sorted(values.get("sector", ())))


def _any_of(groups: Iterable[tuple[str, ...]], manifest: Manifest) -> tuple[str, ...]:
    there = {agency for group in groups for agency in group}
    return tuple(agency for agency in manifest.agencies if agency in there)
