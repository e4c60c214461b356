"""Which numbers hang together: those that may tell something about each other, directly or by way of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...story.terms import MultipleNeeds
from ..suppression.secondary import ENDLESS
from .component import Part
from .knowledge import Entry, rule_of
from .limit import Limit
from .meaning import Box, Meaning

#: In data of so few people those that one number counts leave few for any other, wherever that is.
_SMALL: Final = 500


def parts_of(
    entries: Sequence[Entry], multiple: MultipleNeeds, everyone: Sequence[Entry], limit: Limit
) -> Iterator[Part]:
    """The parts that new numbers are in; what touches none of them can't be made worse. Raises OutOfTime.

    ``everyone`` has the sizes of the datasets that the numbers come from.
    """
    meanings = [entry.meaning for entry in entries]
    total = frozenset[Meaning]().union(*(_about_all(meanings, one.meaning.boxes[0]) for one in everyone))
    fewest = min(one.reach[1] for one in everyone)
    if fewest <= min(_SMALL, _at_most(entries)):
        total |= {entry.meaning for entry in entries if entry.meaning.unit == "people"}
    index = _Index(entries, total)
    for entry in entries:
        if entry.new and (group := index.take(entry.meaning, limit)):
            matters = any(one.meaning in total for one in group) or fewest < _at_most(group)
            yield Part(group, multiple, limit, everyone if matters else ())


def _at_most(group: Sequence[Entry]) -> int:
    """As many people as it could take to fit all of these: if there are more in the data, that tells nothing."""
    ends = {
        one.meaning: one.reach[1] if one.reach[1] < ENDLESS else one.reach[0] + rule_of(one.released).base
        for one in group
        if one.meaning.unit == "people"
    }
    return sum(ends.values())


def _about_all(meanings: Sequence[Meaning], everything: Box) -> frozenset[Meaning]:
    """Numbers that the size of the whole dataset tells something about: of all contacts, or each of a part."""
    found = {one for one in meanings if everything in one.boxes}
    for name, values in everything.values:
        along = {
            one: box
            for one in meanings
            for box in one.boxes
            if box.days == everything.days and _same_but(box.values, everything.values, name)
        }
        if values <= frozenset().union(*(box.of(name) for box in along.values())):
            found |= set(along)
    return frozenset(found)


def _same_but(
    some: tuple[tuple[str, frozenset[str]], ...], others: tuple[tuple[str, frozenset[str]], ...], field: str
) -> bool:
    return all(mine == theirs for mine, theirs in zip(some, others, strict=True) if mine[0] != field)


class _Index:
    """Which meanings touch which, found by the agencies that they share."""

    def __init__(self, entries: Sequence[Entry], together: frozenset[Meaning]) -> None:
        self._together = together
        self._entries: dict[Meaning, list[Entry]] = {}
        self._at: dict[str, dict[Meaning, None]] = {}
        for entry in entries:
            self._entries.setdefault(entry.meaning, []).append(entry)
            for agency in _agencies(entry.meaning):
                self._at.setdefault(agency, {}).setdefault(entry.meaning)

    def take(self, first: Meaning, limit: Limit) -> list[Entry]:
        """All entries that hang together with ``first``, taken out of the index."""
        group: list[Entry] = []
        waiting = [first]
        while waiting:
            limit.check()
            meaning = waiting.pop()
            if meaning in self._entries:
                group += self._entries.pop(meaning)
                waiting += self._touching(meaning)
                waiting += self._together if meaning in self._together else ()
        return sorted(group, key=lambda entry: entry.place)

    def _touching(self, meaning: Meaning) -> list[Meaning]:
        agencies = _agencies(meaning)
        for agency in agencies:
            self._at[agency].pop(meaning, None)
        there = dict.fromkeys(other for agency in agencies for other in self._at.get(agency, ()))
        return [other for other in there if other in self._entries and meaning.meets(other)]


def _agencies(meaning: Meaning) -> frozenset[str]:
    return frozenset().union(*(box.of("agency") for box in meaning.boxes))
