"""What a number in the ledger counts: the one place that reads a ``Question``.

A question is read into a ``Meaning``: which contacts, by whom. Whatever part of a question is not known here can't be
attacked, so such a number is not released (``Unreadable``). To teach it a new field, add it to ``CATEGORIES``, or
to ``_box`` if it is no list of values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ..asking.grid import Absences
from ..asking.ledger import Question, Released
from ..dataset import periods
from ..dataset.datasets import Manifest
from ..suppression.figures import Unit

#: Half-open stretches of days (ordinals), in order and apart.
Days = tuple[tuple[int, int], ...]
#: Fields of a contact that are lists of values, and where the manifest has every value.
CATEGORIES: Final = {
    "agency": "agencies",
    "kind": "kinds",
    "place": "places",
    "age_band": "age_bands",
    "gender": "genders",
}
#: Of those, the ones of which a reader may think that each person has one, so that their values add up.
ONE_EACH: Final = ("place", "age_band", "gender")
_GRAINS: Final[tuple[periods.Grain, ...]] = ("year", "quarter", "month")
_NARROWS: Final = {*CATEGORIES, *_GRAINS, "sector", "need", "multiple", "both", "from", "to"}
_STATISTICS: Final = ("count", "typical")
_KNOWN: Final = {"of", "statistic", "keys", "where", "definition"}


class Unreadable(Exception):
    """A question with a part that nobody has said the meaning of."""


@dataclass(frozen=True, slots=True)
class Box:
    """Contacts of certain agencies, kinds, places ... (by field) on certain days."""

    values: tuple[tuple[str, frozenset[str]], ...]
    days: Days

    def of(self, field: str) -> frozenset[str]:
        """The values of ``field`` that are inside."""
        return dict(self.values)[field]

    def meets(self, other: Box) -> bool:
        """Whether a contact can be in both."""
        if not _touch(self.days, other.days):
            return False
        pairs = zip(self.values, other.values, strict=True)
        return not any(mine[1].isdisjoint(theirs[1]) for mine, theirs in pairs)


@dataclass(frozen=True, slots=True)
class Meaning:
    """``unit``: people who have a contact in every one of ``boxes``, or contacts in the first one made by such people.

    Of people with all of ``needs`` and none of ``without`` and, with ``multiple``, with multiple needs. ``parts``: not
    a count but the middle one (of an even number the lower) of these.
    """

    unit: Unit
    boxes: tuple[Box, ...]
    needs: frozenset[str] = frozenset()
    multiple: bool = False
    without: frozenset[str] = frozenset()
    parts: tuple[Meaning, ...] = ()

    @property
    def contains_nothing(self) -> bool:
        """Whether there can't be a contact in one of the boxes."""
        return any(not box.days or not all(values for _, values in box.values) for box in self.boxes)

    def meets(self, other: Meaning) -> bool:
        """Whether the one number can tell anything about the other by itself."""
        return any(mine.meets(theirs) for mine in self.boxes for theirs in other.boxes)


class Reader:
    """Reads questions to one dataset, as its manifest lists agencies, sectors and days.

    ``together`` are the lists of it and its kin: what it has no list of is all that they have.
    """

    def __init__(self, manifest: Manifest, together: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._manifest = manifest
        self._lists = {
            field: frozenset(_own(manifest, listed) or (together or {}).get(field) or ("",))
            for field, listed in CATEGORIES.items()
        }
        self._absences = Absences(manifest)
        self._known: dict[object, Meaning] = {}

    def read(self, released: Released) -> Meaning:
        """What ``released`` counts; raises Unreadable."""
        key = released.question, released.span
        if key not in self._known:
            self._known[key] = self._read(released.question, released.span)
        return self._known[key]

    def _read(self, question: Question, span: tuple[dt.date, dt.date] | None) -> Meaning:
        if _strange(question):
            raise Unreadable
        first, last = span or (self._manifest.first, self._manifest.last)
        whole = _whole(first, last)
        if question.statistic == "count":
            return self._count(question, whole)
        return self._typical(question, whole)

    def _typical(self, question: Question, whole: Days) -> Meaning:
        """The middle one of the quarters for which somebody could have given rows."""
        if any(field == "both" for field, _ in question.where):
            raise Unreadable
        parts = tuple(
            part
            for quarter in _quarters(whole)
            if (part := self._quarter(question, quarter, whole)) is not None
        )
        if not parts:
            raise Unreadable
        boxes = dict.fromkeys(box for part in parts for box in part.boxes)
        return Meaning(question.of, tuple(boxes), parts=parts)

    def _quarter(self, question: Question, quarter: str, whole: Days) -> Meaning | None:
        keys = (*question.keys, ("quarter", quarter))
        part = self._count(question.model_copy(update={"statistic": "count", "keys": keys}), whole)
        number = periods.read("quarter", quarter)
        months = periods.months_in("quarter", 0 if number is None else number)
        states = (self._absences.state(tuple(box.of("agency")), months, question.of) for box in part.boxes)
        return None if part.contains_nothing or any(state is not None for state in states) else part

    def _count(self, question: Question, whole: Days) -> Meaning:
        values = _grouped(question.where)
        keys = _grouped(question.keys)
        if any(len(chosen) > 1 and field != "need" for field, chosen in keys.items()):
            raise Unreadable
        box = self._box(values, keys, whole)
        boxes = tuple(self._narrowed(box, group) for group in self._groups(values)) or (box,)
        if question.of == "contacts" and len(boxes) > 1:
            boxes = (self._narrowed(box, frozenset().union(*self._groups(values))), *boxes)
        needs = frozenset(values.get("need", ())) | frozenset(keys.get("need", ()))
        return Meaning(question.of, boxes, needs, "multiple" in values or "multiple" in keys)

    def _box(self, values: _Values, keys: _Values, whole: Days) -> Box:
        chosen = {field: self._chosen(field, values, keys) for field in CATEGORIES}
        if "both" in values:
            chosen["agency"] = self._chosen("agency", {}, keys)
        days = _meet(_days(values, whole), _days(keys, whole))
        return Box(tuple(chosen.items()), days)

    def _chosen(self, field: str, values: _Values, keys: _Values) -> frozenset[str]:
        there = self._lists[field]
        for narrowed in (values, keys):
            if field in narrowed:
                named = frozenset(narrowed[field])
                there = named if there.isdisjoint(named) else there & named
            if field == "agency" and "sector" in narrowed:
                there = frozenset(a for a in there if self._sector(a) in narrowed["sector"])
        return there

    def _groups(self, values: _Values) -> list[frozenset[str]]:
        """For "people seen by all of these": the agencies of each that is named."""
        if "both" not in values:
            return []
        sectors = values.get("sector", ())
        inside = (frozenset(a for a in self._manifest.agencies if self._sector(a) == s) for s in sectors)
        return [*(frozenset({agency}) for agency in values.get("agency", ())), *inside]

    def _narrowed(self, box: Box, agencies: frozenset[str]) -> Box:
        values = dict(box.values)
        return Box(tuple((values | {"agency": values["agency"] & agencies}).items()), box.days)

    def _sector(self, agency: str) -> str:
        return self._manifest.about.sectors.get(agency, "")


_Values = Mapping[str, tuple[str, ...]]


def _own(manifest: Manifest, listed: str) -> tuple[str, ...]:
    """What the dataset lists, if that is anything but "not recorded"."""
    there: tuple[str, ...] = getattr(manifest, listed)
    return there if any(there) else ()


def _strange(question: Question) -> bool:
    """Whether the question has a part that is not read here."""
    named = {field for field, _ in (*question.where, *question.keys)}
    more = question.model_fields_set - _KNOWN
    return bool(named - _NARROWS or more) or question.statistic not in _STATISTICS


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for field, value in pairs:
        values[field] = (*values.get(field, ()), value)
    return values


@lru_cache(maxsize=256)
def _whole(first: dt.date, last: dt.date) -> Days:
    """The months that hold any day of the data, whole."""
    months = range(periods.month_of(first), periods.month_of(last) + 1)
    return _stretches(months)


def _quarters(whole: Days) -> list[str]:
    months = {periods.month_of(dt.date.fromordinal(first)) for first, _ in whole}
    ends = {periods.month_of(dt.date.fromordinal(after - 1)) for _, after in whole}
    numbers = range(min(months) // 3, max(ends) // 3 + 1)
    return [periods.said("quarter", number) for number in numbers]


def _days(values: _Values, whole: Days) -> Days:
    """The days that are asked for, of those of the data."""
    days = whole
    for grain in _GRAINS:
        if grain in values:
            numbers = (periods.read(grain, text) for text in values[grain])
            days = _meet(days, _months_of(grain, tuple(number for number in numbers if number is not None)))
    first = max((_day(text) for text in values.get("from", ())), default=dt.date.min.toordinal())
    last = min((_day(text) for text in values.get("to", ())), default=dt.date.max.toordinal() - 1)
    return _meet(days, ((first, last + 1),))


@lru_cache(maxsize=4096)
def _months_of(grain: periods.Grain, numbers: tuple[int, ...]) -> Days:
    months = (periods.months_in(grain, number) for number in numbers)
    return _stretches(sorted(frozenset().union(*months)))


def _day(text: str) -> int:
    try:
        return dt.date.fromisoformat(text).toordinal()
    except ValueError:
        raise Unreadable from None


def _stretches(months: Iterable[int]) -> Days:
    found: list[tuple[int, int]] = []
    for month in months:
        first, after = _first_day(month), _first_day(month + 1)
        if found and found[-1][1] == first:
            found[-1] = found[-1][0], after
        else:
            found.append((first, after))
    return tuple(found)


def _first_day(month: int) -> int:
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


def _meet(some: Days, others: Days) -> Days:
    both = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return tuple(sorted((first, after) for first, after in both if first < after))


def less(some: Days, others: Days) -> Days:
    """The days of ``some`` that are not in ``others``."""
    for first, after in others:
        some = tuple(
            (a, b)
            for start, end in some
            for a, b in ((start, min(end, first)), (max(start, after), end))
            if a < b
        )
    return some


def _touch(some: Days, others: Days) -> bool:
    return any(max(a, c) < min(b, d) for a, b in some for c, d in others)
