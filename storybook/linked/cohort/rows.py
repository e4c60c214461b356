"""A dataset's contacts as arrays: who had how many rows with one agency in which step of time."""
# ruff: noqa: S608 - the text is put together from the fixed expressions below; values are bound, never written in

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
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
#: So many of the people with most rows are looked at before all others.
_NEAR: Final = 1 << 17
_WORD: Final = 64
#: Of more people than one for so many rows, every row is looked at; of fewer each is looked up.
_MANY: Final = 4


@dataclass(frozen=True)
class Rows:
    """Rows of some agencies. A person is a number below ``people``; steps are counted from ``first``.

    ``keys`` holds, for each agency, ``person * steps + step`` of every row, sorted.
    """

    people: int
    first: int
    steps: int
    keys: dict[str, Ints]

    def of(self, agencies: Iterable[str], people: Ints | None = None) -> Contacts:
        """The rows with any of ``agencies``; of some ``people`` (sorted), who is a place among those."""
        names = [agency for agency in sorted(agencies) if agency in self.keys]
        found = [self.keys[name] if people is None else self._keys_of(name, people) for name in names]
        keys = found[0] if len(found) == 1 else np.sort(np.concatenate([np.empty(0, np.int64), *found]))
        unique, counts = _runs(keys)
        who, step = np.divmod(unique, self.steps)
        return Contacts(who, step, counts)

    def mine(self, agency: str, people: Ints) -> tuple[Ints, Ints]:
        """The rows of some people (sorted) with one agency: a place in ``people``, and the step."""
        keys, steps = self.keys[agency], self.steps
        if len(people) * _MANY > len(keys):
            there = np.zeros(self.people, dtype=np.bool_)
            there[people] = True
            keys = keys[there[keys // steps]]
            who, step = np.divmod(keys, steps)
            return (np.cumsum(there) - 1)[who], step
        starts, ends = np.searchsorted(keys, people * steps), np.searchsorted(keys, (people + 1) * steps)
        counts = ends - starts
        who = np.repeat(np.arange(len(people)), counts)
        places = np.arange(len(who)) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
        return who, keys[places] - people[who] * steps

    def having(self, places: Iterable[frozenset[str]]) -> Ints:
        """Everybody with some row in each of the ``places``, whenever it was; sorted."""
        marks, where, _ = self._marks
        masks = {tuple(self._mask([where[name] for name in one if name in where])) for one in places}
        left = np.ones(self.people, dtype=np.bool_)
        for number, mark in enumerate(marks):
            alone = [
                mask[number]
                for mask in masks
                if sum(map(int.bit_count, mask)) == mask[number].bit_count() == 1
            ]
            every = np.uint64(sum(alone))
            left &= (mark & every) == every
        for mask in masks:
            if sum(map(int.bit_count, mask)) != 1:
                some = [(mark & np.uint64(word)) != 0 for mark, word in zip(marks, mask, strict=True)]
                left &= np.logical_or.reduce(some)
        return np.flatnonzero(left)

    def _mask(self, places: Iterable[tuple[int, int]]) -> list[int]:
        words = [0] * len(self._marks[0])
        for word, bit in places:
            words[word] |= 1 << bit
        return words

    @cached_property
    def near(self) -> tuple[Rows, Ints] | None:
        """The rows of those with most of them, and who they are; None where there are few people."""
        if self.people <= _NEAR:
            return None
        chosen = np.sort(np.argpartition(-self._marks[2], _NEAR)[:_NEAR])
        busy = np.zeros(self.people, dtype=np.bool_)
        busy[chosen] = True
        place = np.cumsum(busy) - 1
        keys = {}
        for agency, own in self.keys.items():
            mine = own[busy[own // self.steps]]
            who = mine // self.steps
            keys[agency] = mine + (place[who] - who) * self.steps
        return Rows(_NEAR, self.first, self.steps, keys), chosen

    @cached_property
    def _marks(self) -> tuple[Words, dict[str, tuple[int, int]], npt.NDArray[np.int32]]:
        """A bit for each agency that somebody has rows with, where each agency's is, and how many rows they have."""
        names = sorted(self.keys)
        marks: Words = np.zeros((-(-max(1, len(names)) // _WORD), self.people), dtype=np.uint64)
        often = np.zeros(self.people, dtype=np.int32)
        for number, name in enumerate(names):
            who, counts = _runs(self.keys[name] // self.steps)
            marks[number // _WORD][who] |= np.uint64(1 << number % _WORD)
            often[who] += counts.astype(np.int32)
        return marks, {name: divmod(number, _WORD) for number, name in enumerate(names)}, often

    def _keys_of(self, agency: str, people: Ints) -> Ints:
        who, step = self.mine(agency, people)
        return who * self.steps + step


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
    sql = """SELECT n.person, a.code FROM read_parquet($needs) n
        JOIN (SELECT unnest($names) AS need, unnest(range(len($names))) AS code) a ON a.need = n.need"""
    with reader() as connection:
        found = (
            connection.execute(sql, {"needs": dataset.needs, "names": names}).fetchnumpy() if names else {}
        )
    for place in range(len(names)):
        bits[np.asarray(found["person"][found["code"] == place], dtype=np.int64)] |= np.uint64(1 << place)
    return bits


def step_of(unit: Unit, day: dt.date) -> int:
    """The step that a date is in."""
    return periods.month_of(day) if unit == "month" else (day.toordinal() - 1) // 7


def _runs(ordered: Ints) -> tuple[Ints, Ints]:
    """Each value once, and how often it stands in a sorted array."""
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
    return ordered[starts], np.diff(starts, append=len(ordered))


def _totals(who: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Everybody once, with the sum of their counts; ``who`` is sorted."""
    starts = np.flatnonzero(np.diff(who, prepend=-1))
    return who[starts], np.add.reduceat(counts, starts) if len(starts) else np.empty(0, np.int64)
