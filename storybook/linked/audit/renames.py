"""Names that earlier figures used and that the data do not list any more: each may be one of today's under a new name.

A reader who knows the agencies takes the figures of the old name and of the new one for figures about the same people.
So new numbers are attacked as if each such name were one of those that came in its place, or several of them (an agency
that was split), and all of them one name where one only came. Where more than one went and more than one came, nobody
can try every way: then numbers about any of these names are not released.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from ...story.messages import Message, message
from ..asking.ledger import Question, Released
from ..dataset.changes import LISTS
from ..dataset.manifest import Manifest
from .meaning import Meaning

#: Of more names that came in the place of one, not every choice is tried.
_MOST: Final = 3
#: What each name that is gone is called today.
Names = Mapping[str, tuple[str, ...]]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """Names of a field that the ledger of a dataset uses and that are gone, and those that may be they today."""

    dataset: str
    version: str
    field: str
    gone: tuple[str, ...]
    today: tuple[str, ...]

    @property
    def words(self) -> Message:
        """What is doubtful, and what would be right."""
        return message(
            "Earlier figures name {gone}, which the data do not list any more; {today} came since, and may be the same "
            "under another name. If so, load the rows again with the earlier name "
            '(--merge "{new}={old}" for an agency).',
            gone=_quoted(self.gone),
            today=_quoted(self.today),
            old=self.gone[0],
            new=self.today[0],
        )

    def readings(self) -> Iterator[Names]:
        """What each name that is gone may be today, one way after the other; none where there are too many ways."""
        if len(self.gone) == 1 and len(self.today) <= _MOST:
            many = 1 if self.field == "need" else len(self.today)
            for size in range(1, many + 1):
                yield from ({self.gone[0]: chosen} for chosen in combinations(self.today, size))
        elif len(self.today) == 1:
            yield from ({name: self.today} for name in self.gone)
            if len(self.gone) > 1:
                yield dict.fromkeys(self.gone, self.today)

    def read(self, ledger: Iterable[Released], names: Names) -> list[Released]:
        """``ledger`` as it is if ``names`` are today's names for what is gone."""
        return [self._read(one, names) for one in ledger]

    def touches(self, meaning: Meaning) -> bool:
        """Whether a number is about any of the names that came."""
        if self.field == "need":
            return not meaning.needs.isdisjoint(self.today)
        return any(not box.of(self.field).isdisjoint(self.today) for box in meaning.boxes)

    def _read(self, one: Released, names: Names) -> Released:
        if one.dataset != self.dataset or one.version == self.version:
            return one
        question = one.question
        keys, more = self._pairs(question.keys, names)
        where, rest = self._pairs(question.where, names)
        where = tuple(sorted({*where, *more, *rest}))
        return one.model_copy(update={"question": question.model_copy(update={"keys": keys, "where": where})})

    def _pairs(self, pairs: Pairs, names: Names) -> tuple[Pairs, Pairs]:
        """``pairs`` with one name for another, and what has to narrow instead where it is several."""
        kept, more = [], []
        for field, value in pairs:
            called = names.get(value, (value,)) if field == self.field else (value,)
            if len(called) == 1:
                kept.append((field, called[0]))
            else:
                more += [(field, name) for name in called]
        return tuple(kept), tuple(more)


def renamed_in(ledger: Sequence[Released], manifests: Iterable[Manifest]) -> list[Renamed]:
    """What may have another name today, dataset by dataset and field by field."""
    found = (_renamed(ledger, one, field) for one in manifests for field in LISTS)
    return [one for one in found if one is not None]


def _renamed(ledger: Sequence[Released], manifest: Manifest, field: str) -> Renamed | None:
    listed = set(getattr(manifest, LISTS[field])) - {""}
    earlier = [one for one in ledger if one.dataset == manifest.name and one.version != manifest.version]
    told = {value for one in earlier for value in _named(one.question, field)} - {""}
    if not (gone := told - listed):
        return None
    covered = {name for change in manifest.changes if change.field == field for name in change.gone}
    came = _came(gone, manifest, field) if gone <= covered else listed - told
    today = came & listed
    if not today:
        return None
    return Renamed(manifest.name, manifest.version, field, tuple(sorted(gone)), tuple(sorted(today)))


def _came(gone: set[str], manifest: Manifest, field: str) -> set[str]:
    """What came in the place of ``gone``, and in the place of that, version by version."""
    names = set(gone)
    for change in manifest.changes:
        if change.field == field and not names.isdisjoint(change.gone):
            names |= set(change.new)
    return names


def _named(question: Question, field: str) -> set[str]:
    return {value for name, value in (*question.keys, *question.where) if name == field}


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
