"""A question to a dataset, understood: every name and value is checked before any SQL is written.

``by`` splits a count, ``where`` narrows it. Several values of one field mean any of them; several needs mean
a person with all of them. There is no field for a person, and none can be made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from ..story.messages import Message, message
from ..story.problems import Problem, Problems
from ..story.terms import Vocabulary
from . import periods
from .datasets import Dataset, Manifest
from .figures import Unit
from .periods import Grain

TIMES: Final[tuple[Grain, ...]] = ("year", "quarter", "month")
CATEGORIES: Final = ("agency", "sector", "kind", "place", "need")
#: Only narrows: people with multiple needs, by the vocabulary's definition.
MULTIPLE: Final = "multiple"
FIELDS: Final = (*CATEGORIES, *TIMES)

Where = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """A checked question. ``months`` are those asked about, ``agencies`` those that may answer.

    ``needs`` are the codes a person must all have; ``multiple`` asks for people with multiple needs.
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
    problems = [*_wrong_by(by, manifest), *_wrong_where(pairs, manifest, vocabulary)]
    if of not in ("people", "contacts"):
        problems.append(_not_one_of(of, message("something to count"), ("people", "contacts"), "of"))
    if problems:
        raise Problems(problems)
    values = _grouped(pairs)
    return Asked(
        by=tuple(by),
        where=tuple(sorted(pairs)),
        of="people" if of == "people" else "contacts",
        months=_months(values, manifest),
        agencies=_agencies(values, manifest),
        kinds=values.get("kind", manifest.kinds),
        places=values.get("place", manifest.places),
        needs=values.get("need", ()),
        multiple=MULTIPLE in values,
    )


def domain(field: str, manifest: Manifest) -> tuple[str, ...]:
    """Every value that a category has in the data, in order."""
    if field == "sector":
        return tuple(sorted({sector_of(agency, manifest) for agency in manifest.agencies}))
    lists = {
        "agency": manifest.agencies,
        "kind": manifest.kinds,
        "place": manifest.places,
        "need": manifest.needs,
    }
    return lists[field]


def sector_of(agency: str, manifest: Manifest) -> str:
    """The sector that an agency was said to belong to, or ""."""
    return manifest.about.sectors.get(agency, "")


def span(manifest: Manifest) -> range:
    """The months of the dataset."""
    return range(periods.month_of(manifest.first), periods.month_of(manifest.last) + 1)


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


def _months(values: Mapping[str, Sequence[str]], manifest: Manifest) -> frozenset[int]:
    """The months asked about: the dataset's own unless the question names some (which may lie outside)."""
    named = [_named(grain, values[grain]) for grain in TIMES if grain in values]
    return frozenset.intersection(*named) if named else frozenset(span(manifest))


def _named(grain: Grain, texts: Sequence[str]) -> frozenset[int]:
    numbers = (periods.read(grain, text) for text in texts)
    return frozenset().union(*(periods.months_in(grain, number) for number in numbers if number is not None))


def _agencies(values: Mapping[str, tuple[str, ...]], manifest: Manifest) -> tuple[str, ...]:
    agencies = values.get("agency", manifest.agencies)
    if "sector" not in values:
        return agencies
    return tuple(agency for agency in agencies if sector_of(agency, manifest) in values["sector"])


def _wrong_by(by: Sequence[str], manifest: Manifest) -> list[Problem]:
    thing = message("something to split a count by")
    problems = [_not_one_of(field, thing, FIELDS, "by") for field in by if field not in FIELDS]
    problems += [
        _nothing_known(field, "by") for field in by if field in CATEGORIES and not _known(field, manifest)
    ]
    if len(set(by)) < len(by):
        problems.append(
            Problem(message("a count is split by the same thing twice"), message("name each once"), "by")
        )
    if len([field for field in by if field in TIMES]) > 1:
        what = message("a count is split by more than one of year, quarter and month")
        problems.append(Problem(what, message("choose one of them"), "by"))
    return problems


def _wrong_where(
    pairs: Iterable[tuple[str, str]], manifest: Manifest, vocabulary: Vocabulary
) -> list[Problem]:
    found = (_wrong_pair(field, value, manifest, vocabulary) for field, value in pairs)
    return [problem for problem in found if problem is not None]


def _wrong_pair(field: str, value: str, manifest: Manifest, vocabulary: Vocabulary) -> Problem | None:
    for grain in TIMES:
        if field == grain:
            known = periods.read(grain, value) is not None
            return None if known else _not_a_time(grain, value)
    if field == MULTIPLE:
        return _wrong_multiple(value, manifest, vocabulary)
    if field not in CATEGORIES:
        return _not_one_of(field, message("something to narrow a count by"), (*FIELDS, MULTIPLE), "where")
    if not _known(field, manifest):
        return _nothing_known(field, "where")
    there = domain(field, manifest)
    return None if value in there else _not_one_of(value, _THINGS[field], there, f"where {field}")


def _wrong_multiple(value: str, manifest: Manifest, vocabulary: Vocabulary) -> Problem | None:
    if value != "yes":
        return _not_one_of(
            value, message("something to say about multiple needs"), ("yes",), "where multiple"
        )
    if len(set(manifest.needs) & set(vocabulary.multiple.of)) >= vocabulary.multiple.at_least:
        return None
    what = message("this dataset does not know the needs that multiple needs are made of")
    return Problem(
        what, message("load it with columns for: {needs}", needs=", ".join(vocabulary.multiple.of)), "where"
    )


def _known(field: str, manifest: Manifest) -> bool:
    return any(domain(field, manifest))


_THINGS: Final = {
    "agency": message("an agency of this dataset"),
    "sector": message("a sector of this dataset"),
    "kind": message("a kind of contact in this dataset"),
    "place": message("a place in this dataset"),
    "need": message("a need in this dataset"),
}


def _not_one_of(value: str, thing: Message, there: Sequence[str], where: str) -> Problem:
    near = get_close_matches(value, there, n=5, cutoff=0.5) or [one for one in there if one][:20]
    what = message('"{value}" is not {thing}', value=value[:80], thing=thing)
    return Problem(what, message("use one of: {near}", near=", ".join(near)), where)


def _nothing_known(field: str, where: str) -> Problem:
    what = message('this dataset holds nothing about "{field}"', field=field)
    return Problem(what, message("load it with a column for that, or leave it out"), where)


def _not_a_time(grain: Grain, value: str) -> Problem:
    what = message('"{value}" is not a {grain}', value=value[:80], grain=grain)
    right = {"year": "2016", "quarter": "2016-Q2", "month": "2016-04"}[grain]
    return Problem(what, message("write it like {right}", right=right), f"where {grain}")
