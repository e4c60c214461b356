"""What is known of a life, and the people of a dataset beside it: one bit where somebody has such a contact.

A *feature* is one place and period; a life that holds it three times has three *items* of it, "at least once", "at
least twice", "at least three times". For fixed dates an item's row has one bit for each person. Where dates can be
moved, a row has for each person one bit for every step at which the period could begin; two items fit together at
the bits that both have once one row is moved by the steps that lie between them (``aligned``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .different import Different
from .protocol import Frame, Known
from .rows import Contacts, Ints, Rows, Words
from .spans import spanned

Bools = npt.NDArray[np.bool_]
_WORD = 64


@dataclass(frozen=True, slots=True)
class Item:
    """Feature number ``feature`` at least ``times`` times: ``row`` of the sheet, moved by ``offset`` steps."""

    feature: int
    times: int
    row: int
    offset: int


@dataclass(frozen=True)
class Sheet:
    """``bits[row, word, place]`` of the people with the numbers ``who[place]``; ``people[row]`` are all who have any.

    ``who`` holds at least everybody with two items. ``features``: for each thing known, in order, its feature.
    """

    items: tuple[Item, ...]
    features: tuple[int, ...]
    bits: Words
    who: Ints
    people: tuple[Ints, ...]
    different: Different
    #: Whether a bit is a step; then ``who`` holds everybody.
    moving: bool = False

    @cached_property
    def alone(self) -> tuple[int, ...]:
        """How many people have any bit of each row."""
        return tuple(len(people) for people in self.people)

    @property
    def whole(self) -> tuple[Item, ...]:
        """One item a feature, with all its times, the rarest first."""
        most = {item.feature: item for item in sorted(self.items, key=lambda item: item.times)}
        return tuple(sorted(most.values(), key=lambda item: self.alone[item.row]))


def any_bit(bits: Words) -> Bools:
    """For each person of ``bits[words, people]`` whether any is set."""
    return np.asarray(bits[0] != 0 if len(bits) == 1 else bits.any(axis=0), dtype=np.bool_)


def aligned(bits: Words, by: int) -> Words:
    """``bits[words, people]`` moved so that bit p of the result is bit p + ``by``; what falls off is gone."""
    if by == 0:
        return bits
    words, rest = divmod(by, _WORD)
    moved = np.zeros_like(bits)
    for word in range(len(bits)):
        for place, shift in ((word + words, -rest), (word + words + 1, _WORD - rest)):
            if 0 <= place < len(bits) and shift < _WORD:
                source = bits[place]
                moved[word] |= source << np.uint64(shift) if shift > 0 else source >> np.uint64(-shift)
    return moved


def matching_all(sheet: Sheet, items: Sequence[Item]) -> tuple[Ints, Words]:
    """Who matches all of ``items`` (numbers of people), with the bits of the first at which they do.

    No row of theirs is counted for two features. Each feature stands in ``items`` once.
    """
    first, *others = items
    if not others:
        people = sheet.people[first.row]
        return people, sheet.bits[first.row][:, people] if sheet.moving else np.ones(
            (1, len(people)), np.uint64
        )
    places = np.flatnonzero(any_bit(sheet.bits[first.row]))
    bits = sheet.bits[first.row][:, places]
    for item in others:
        bits = bits & aligned(sheet.bits[item.row][:, places], item.offset - first.offset)
        left = np.flatnonzero(any_bit(bits))
        places, bits = places[left], bits[:, left]
    wanted = {item.feature: item.times for item in items}
    return sheet.different.among(sheet.who[places], bits, wanted, first.offset)


def sheet(
    rows: Rows, known: Sequence[Known], frame: Frame, longest: int = 1, often: int | None = None
) -> Sheet:
    """The sheet of a life. Where steps say nothing ("at any time") a place counts once.

    Sheets with the same ``longest`` period can be laid beside each other. ``often``: of what is known more often than
    that there are items for up to so many times and for all; with 0 for all alone. None: an item for each time.
    """
    features, times = _features(known)
    counts = {one: _counts(most, often) for one, most in times.items()}
    if frame.shifts and any(one.first is not None for one in times):
        return _moving(rows, features, counts, frame, max(longest, longest_of(times)))
    return _fixed(rows, features, counts)


def _counts(most: int, often: int | None) -> tuple[int, ...]:
    """How many times a feature has items for."""
    return (*range(1, most if often is None else min(often + 1, most)), most)


def _features(known: Sequence[Known]) -> tuple[tuple[int, ...], dict[Known, int]]:
    times = Counter(known)
    numbers = {one: number for number, one in enumerate(times)}
    return tuple(numbers[one] for one in known), {
        one: 1 if one.first is None else count for one, count in times.items()
    }


def _fixed(rows: Rows, features: tuple[int, ...], times: dict[Known, tuple[int, ...]]) -> Sheet:
    items: list[Item] = []
    people: list[Ints] = []
    for agencies, numbered in _by_place(times):
        contacts = rows.of(agencies)
        for number, one in numbered:
            who, made = contacts.within(*_bounds(one, rows))
            for count in times[one]:
                items.append(Item(number, count, len(items), 0))
                people.append(who[made >= count])
    often = np.zeros(rows.people, dtype=np.int32)
    for found in people:
        often[found] += 1
    who = np.flatnonzero(often > 1)
    place = np.cumsum(often > 1) - 1
    bits: Words = np.zeros((len(items), 1, len(who)), dtype=np.uint64)
    for row, found in enumerate(people):
        bits[row, 0, place[found[often[found] > 1]]] = 1
    return Sheet(
        tuple(items),
        features,
        bits,
        who,
        tuple(people),
        Different(rows, tuple(times), moving=False, before=0),
    )


def _by_place(times: Iterable[Known]) -> Iterable[tuple[frozenset[str], list[tuple[int, Known]]]]:
    """Features with their numbers, place by place: the rows of one place are read once."""
    places: dict[frozenset[str], list[tuple[int, Known]]] = {}
    for number, one in enumerate(times):
        places.setdefault(one.agencies, []).append((number, one))
    return places.items()


def _bounds(one: Known, rows: Rows) -> tuple[int, int]:
    if one.first is None or one.last is None:
        return 0, rows.steps
    return one.first - rows.first, one.last - rows.first


def longest_of(known: Iterable[Known]) -> int:
    """How many steps the longest of their periods has."""
    return max(_length(one) for one in known)


def _moving(
    rows: Rows, features: tuple[int, ...], times: dict[Known, tuple[int, ...]], frame: Frame, longest: int
) -> Sheet:
    words = -(-(rows.steps + longest - 1) // _WORD)
    row_of: dict[tuple[frozenset[str], int, int, int], int] = {}
    items = []
    for number, (one, counts) in enumerate(times.items()):
        offset = one.first or 0
        for count in counts:
            key = (one.agencies, _length(one), count, offset % frame.by)
            items.append(Item(number, count, row_of.setdefault(key, len(row_of)), offset))
    bits: Words = np.zeros((len(row_of), words, rows.people), dtype=np.uint64)
    at, contacts = frozenset[str](), rows.of(())
    for (agencies, length, count, phase), row in sorted(row_of.items(), key=lambda one: sorted(one[0][0])):
        if agencies != at:
            at, contacts = agencies, rows.of(agencies)
        who, found = _starts(contacts, rows.steps, length, longest, count)
        if frame.by > 1:
            found &= _phase(rows.first - longest + 1, phase, frame.by, words)[:, None]
        for word in range(words):
            bits[row, word, who] = found[word]
    people = tuple(np.flatnonzero(any_bit(row)) for row in bits)
    different = Different(rows, tuple(times), moving=True, before=longest - 1)
    return Sheet(tuple(items), features, bits, np.arange(rows.people), people, different, moving=True)


def _length(one: Known) -> int:
    return 1 if one.first is None or one.last is None else one.last - one.first + 1


def _phase(first: int, phase: int, by: int, words: int) -> Words:
    """The bits of steps that lie a multiple of ``by`` from ``phase``; bit 0 is the step ``first``."""
    chosen = (np.arange(words * _WORD) + first) % by == phase
    return np.packbits(chosen, bitorder="little").view(np.uint64)


def _starts(contacts: Contacts, steps: int, length: int, longest: int, times: int) -> tuple[Ints, Words]:
    """Everybody who has so many rows within ``length`` steps, with the steps at which those can begin.

    Bit p stands for the step p - (longest - 1), counted from the first step of the rows. A period of ``length`` steps
    holds so many rows where it holds a row and the one that comes ``times - 1`` rows after it.
    """
    if times == 1:
        who, first, last = contacts.who, contacts.step, contacts.step
    elif length == 1:
        contacts = contacts.at_once(times)
        who, first, last = contacts.who, contacts.step, contacts.step
    else:
        who, first, last = contacts.close(times, length)
    words = -(-(steps + longest - 1) // _WORD)
    return spanned(who, last + (longest - length), first + (longest - 1), words)
