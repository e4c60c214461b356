"""A dataset's contacts as arrays: who had how many rows with one agency in which step of time."""
# ruff: noqa: S608 - the text is put together from the fixed expressions below; values are bound, never written in

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ..dataset import periods
from ..dataset.datasets import Dataset
from ..dataset.engine import reader
from .protocol import Unit

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_STEP: Final[dict[Unit, str]] = {
    "month": "year(c.date) * 12 + month(c.date) - 1",
    "week": "(date_diff('day', DATE '0001-01-01', c.date)) // 7",
}
#: So many needs are told apart; a dataset has about ten.
_MOST_NEEDS: Final = 63


@dataclass(frozen=True)
class Rows:
    """Rows of some agencies. A person is a number below ``people``; steps are counted from ``first``.

    ``keys`` holds, for each agency, ``person * steps + step`` of every row, sorted.
    """

    people: int
    first: int
    steps: int
    keys: dict[str, Ints]

    def of(self, agencies: Iterable[str]) -> Contacts:
        """The rows with any of ``agencies``."""
        found = [self.keys[agency] for agency in sorted(agencies) if agency in self.keys]
        keys = found[0] if len(found) == 1 else np.sort(np.concatenate([np.empty(0, np.int64), *found]))
        unique, counts = _runs(keys)
        who, step = np.divmod(unique, self.steps)
        return Contacts(who, step, counts)


@dataclass(frozen=True)
class Contacts:
    """Rows with one place: ``who`` (sorted) had ``counts`` rows in ``step``."""

    who: Ints
    step: Ints
    counts: Ints

    def within(self, first: int, last: int) -> tuple[Ints, Ints]:
        """Who had rows from one step to another, both included, each once, sorted; and how many."""
        chosen = (self.step >= first) & (self.step <= last)
        return _totals(self.who[chosen], self.counts[chosen])

    def close(self, times: int, length: int) -> tuple[Ints, Ints, Ints]:
        """Whose rows, so many one after the other, lie within ``length`` steps: who, the first step and the last."""
        who, step = np.repeat(self.who, self.counts), np.repeat(self.step, self.counts)
        first, last = slice(0, max(0, len(who) - times + 1)), slice(times - 1, None)
        near = (who[first] == who[last]) & (step[last] - step[first] < length)
        return who[first][near], step[first][near], step[last][near]

    def at_once(self, times: int) -> Contacts:
        """Only the steps with at least so many rows."""
        chosen = self.counts >= times
        return Contacts(self.who[chosen], self.step[chosen], self.counts[chosen])


def load_rows(dataset: Dataset, agencies: Iterable[str], unit: Unit) -> Rows:
    """The rows of ``agencies``, by month or by week."""
    manifest = dataset.manifest
    names = sorted(set(agencies) & set(manifest.agencies))
    first, last = (step_of(unit, day) for day in (manifest.first, manifest.last))
    steps, people = last - first + 1, manifest.people + 1
    wide = people * steps
    sql = f"""SELECT CAST(a.code AS BIGINT) * $wide + CAST(c.person AS BIGINT) * $steps
        + CAST({_STEP[unit]} AS BIGINT) - $first AS key FROM read_parquet($contacts) c
        JOIN (SELECT unnest($names) AS agency, unnest(range(len($names))) AS code) a ON a.agency = c.agency"""
    values = {"contacts": dataset.contacts, "names": names, "wide": wide, "steps": steps, "first": first}
    with reader() as connection:
        keys = connection.execute(sql, values).fetchnumpy()["key"] if names else np.empty(0, np.int64)
    keys = np.asarray(keys, dtype=np.int64)
    keys.sort()
    edges = np.searchsorted(keys, wide * np.arange(len(names) + 1))
    parts = {name: keys[edges[n] : edges[n + 1]] - n * wide for n, name in enumerate(names)}
    return Rows(people, first, steps, parts)


def needs_of(dataset: Dataset, leaving_out: Iterable[str]) -> Words:
    """For every person one word in which each need is a bit; needs that are ``leaving_out`` have none."""
    names = [need for need in dataset.manifest.needs if need not in set(leaving_out)][:_MOST_NEEDS]
    bits: Words = np.zeros(dataset.manifest.people + 1, dtype=np.uint64)
    sql = "SELECT person FROM read_parquet($needs) WHERE need = $need"
    with reader() as connection:
        for place, need in enumerate(names):
            found = connection.execute(sql, {"needs": dataset.needs, "need": need}).fetchnumpy()["person"]
            bits[np.asarray(found, dtype=np.int64)] |= np.uint64(1 << place)
    return bits


def step_of(unit: Unit, day: dt.date) -> int:
    """The step that a date is in."""
    return periods.month_of(day) if unit == "month" else (day.toordinal() - 1) // 7


def _runs(ordered: Ints) -> tuple[Ints, Ints]:
    """Each value once, and how often it stands in a sorted array."""
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[starts], np.diff(starts, append=len(ordered))


def _totals(who: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Everybody once, with the sum of their counts; ``who`` is sorted."""
    starts = np.flatnonzero(np.diff(who, prepend=-1))
    return who[starts], np.add.reduceat(counts, starts) if len(starts) else np.empty(0, np.int64)
