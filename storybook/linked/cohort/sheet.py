"""What is known of a life, and the people of a dataset beside it: one bit where somebody has such a contact.

A *feature* is one place and period; a life that holds it three times has three *items* of it, "at least once", "at
least twice", "at least three times". For fixed dates an item's row has one bit for each person. Where dates can be
moved, a row has for each person one bit for every step at which the period could begin; two items fit together at
the bits that both have once one row is moved by the steps that lie between them (``aligned``).

Of many people only the busiest are laid out (``near``): whoever has most contacts fits most combinations. Of the others
those who have been with all agencies in question are looked up (``matching_all``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .different import Different
from .protocol import Frame, Known
from .rows import Contacts, Ints, Rows, Words
from .spans import spanned

Bools = npt.NDArray[np.bool_]
_WORD = 64
#: Words of bits that are laid out for everybody at once: 128 MB.
_LARGE = 1 << 24


@dataclass(frozen=True, slots=True)
class Item:
    """Feature number ``feature`` at least ``times`` times: ``row`` of the sheet, moved by ``offset`` steps."""

    feature: int
    times: int
    row: int
    offset: int


@dataclass(frozen=True, slots=True)
class Kind:
    """What a row is about: so many ``times`` with one of ``agencies`` within ``length`` steps.

    ``first`` is their first step; where dates move, a period begins a multiple of ``by`` steps from it.
    """

    agencies: frozenset[str]
    first: int
    length: int
    times: int


@dataclass(frozen=True)
class Sheet:
    """The items of a life beside the people of ``rows``. ``features``: for each thing known, in order, its feature.

    ``bits[row, word, place]`` of the people ``who[place]``, all with two items; ``people[row]`` are all who have any.
    """

    rows: Rows
    items: tuple[Item, ...]
    features: tuple[int, ...]
    kinds: tuple[Kind, ...]
    different: Different
    #: Whether a bit is a step; then ``who`` holds everybody.
    moving: bool = False
    by: int = 1
    longest: int = 1
    #: Who the people of ``rows`` are, where those are some of all.
    numbers: Ints | None = None

    @property
    def near(self) -> Sheet:
        """The same for those with most rows; itself where that is little to lay out."""
        return self._busiest or self

    @cached_property
    def _busiest(self) -> Sheet | None:
        large = self.moving and len(self.kinds) * self.words * self.rows.people > _LARGE
        if not large or self.rows.near is None:
            return None
        rows, numbers = self.rows.near
        return replace(self, rows=rows, different=replace(self.different, rows=rows), numbers=numbers)

    def named(self, people: Ints) -> Ints:
        """The numbers that people of this sheet have among all."""
        return people if self.numbers is None else self.numbers[people]

    @cached_property
    def alone(self) -> tuple[int, ...]:
        """How many people have any bit of each row; of a sheet with ``near`` people, how many of those."""
        return tuple(len(people) for people in self.people) if self.near is self else self.near.alone

    @property
    def whole(self) -> tuple[Item, ...]:
        """One item a feature, with all its times; the rarest first, where that is known."""
        most = {item.feature: item for item in sorted(self.items, key=lambda item: item.times)}
        if self.near is not self:
            return tuple(most.values())
        return tuple(sorted(most.values(), key=lambda item: self.alone[item.row]))

    @property
    def bits(self) -> Words:
        """``[row, word, place]``."""
        return self._laid[0]

    @property
    def who(self) -> Ints:
        """The number of the person in each place."""
        return self._laid[1]

    @property
    def people(self) -> tuple[Ints, ...]:
        """For each row the numbers of all who have any bit of it."""
        return self._laid[2]

    def marked(self, row: int, people: Ints) -> tuple[Ints, Words]:
        """The bits of a row for some ``people`` (sorted): places in ``people``, and their bits."""
        kind = self.kinds[row]
        self._looked_up[row] += len(people) * len(kind.agencies)
        if self._looked_up[row] > self.rows.people:
            bits = self.wide(row)[1][:, people]
            places = np.flatnonzero(any_bit(bits))
            return places, bits[:, places]
        return self._mark(kind, self.rows.of(kind.agencies, people))

    def people_of(self, row: int) -> Ints:
        """All who have any bit of a row."""
        return self._mark(self.kinds[row], self.rows.of(self.kinds[row].agencies))[0]

    def wide(self, row: int) -> tuple[Ints, Words]:
        """All who have any bit of a row, and its bits for everybody; kept, for it takes as long as many looks up."""
        if row not in self._wide:
            people, found = self._mark(self.kinds[row], self.rows.of(self.kinds[row].agencies))
            bits: Words = np.zeros((self.words, self.rows.people), dtype=np.uint64)
            for word in range(self.words):
                bits[word][people] = found[word]
            self._wide[row] = people, bits
        return self._wide[row]

    @cached_property
    def _looked_up(self) -> Counter[int]:
        """How many people were looked up for each row, once for each agency: of those looked up most all are kept."""
        return Counter()

    @cached_property
    def _wide(self) -> dict[int, tuple[Ints, Words]]:
        return {}

    @cached_property
    def _laid(self) -> tuple[Words, Ints, tuple[Ints, ...]]:
        return self._all_steps() if self.moving else self._all_once()

    def _all_steps(self) -> tuple[Words, Ints, tuple[Ints, ...]]:
        bits: Words = np.zeros((len(self.kinds), self.words, self.rows.people), dtype=np.uint64)
        people = [np.empty(0, np.int64)] * len(self.kinds)
        for row, who, found in self._marks():
            people[row] = who
            for word in range(self.words):
                bits[row, word][who] = found[word]
        return bits, np.arange(self.rows.people), tuple(people)

    def _all_once(self) -> tuple[Words, Ints, tuple[Ints, ...]]:
        people = [np.empty(0, np.int64)] * len(self.kinds)
        often = np.zeros(self.rows.people, dtype=np.int32)
        for row, found, _ in self._marks():
            people[row] = found
            often[found] += 1
        who = np.flatnonzero(often > 1)
        place = np.cumsum(often > 1) - 1
        bits: Words = np.zeros((len(self.kinds), 1, len(who)), dtype=np.uint64)
        for row, found in enumerate(people):
            bits[row, 0][place[found[often[found] > 1]]] = 1
        return bits, who, tuple(people)

    @property
    def words(self) -> int:
        """How many words of bits a person has."""
        return -(-(self.rows.steps + self.longest - 1) // _WORD) if self.moving else 1

    def _marks(self) -> Iterator[tuple[int, Ints, Words]]:
        """Every row: its number, who has any bit, and those. The rows of one place are read once."""
        at, contacts = frozenset[str](), self.rows.of(())
        for row, kind in sorted(enumerate(self.kinds), key=lambda one: sorted(one[1].agencies)):
            if kind.agencies != at:
                at, contacts = kind.agencies, self.rows.of(kind.agencies)
            yield row, *self._mark(kind, contacts)

    def _mark(self, kind: Kind, contacts: Contacts) -> tuple[Ints, Words]:
        if not self.moving:
            who, made = contacts.within(kind.first, kind.first + kind.length - 1)
            who = who[made >= kind.times]
            return who, np.ones((1, len(who)), dtype=np.uint64)
        who, found = _starts(contacts, self.words, kind.length, self.longest, kind.times)
        if self.by > 1:
            found &= _phase(self.rows.first - self.longest + 1, kind.first, self.by, self.words)[:, None]
            left = any_bit(found)
            who, found = who[left], found[:, left]
        return who, found


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


def sheet(
    rows: Rows, known: Sequence[Known], frame: Frame, longest: int = 1, often: int | None = None
) -> Sheet:
    """The sheet of a life. Where steps say nothing ("at any time") a place counts once.

    Sheets with the same ``longest`` period can be laid beside each other. ``often``: of what is known more often than
    that there are items for up to so many times and for all; with 0 for all alone. None: an item for each time.
    """
    features, times = _features(known)
    counts = {one: _counts(most, often) for one, most in times.items()}
    moving = frame.shifts and any(one.first is not None for one in times)
    rows_of: dict[tuple[Kind, int], int] = {}
    items = []
    for number, (one, some) in enumerate(counts.items()):
        for count in some:
            key = _row(one, count, frame) if moving else (_fixed(one, count, rows), number)
            offset = (one.first or 0) if moving else 0
            items.append(Item(number, count, rows_of.setdefault(key, len(rows_of)), offset))
    kinds = tuple(kind for kind, _ in rows_of)
    longest = max(longest, longest_of(times)) if moving else 1
    different = Different(rows, tuple(times), moving=moving, before=longest - 1)
    return Sheet(rows, tuple(items), features, kinds, different, moving, frame.by if moving else 1, longest)


def _counts(most: int, often: int | None) -> tuple[int, ...]:
    """How many times a feature has items for."""
    return (*range(1, most if often is None else min(often + 1, most)), most)


def _features(known: Sequence[Known]) -> tuple[tuple[int, ...], dict[Known, int]]:
    times = Counter(known)
    numbers = {one: number for number, one in enumerate(times)}
    return tuple(numbers[one] for one in known), {
        one: 1 if one.first is None else count for one, count in times.items()
    }


def _fixed(one: Known, times: int, rows: Rows) -> Kind:
    if one.first is None or one.last is None:
        return Kind(one.agencies, 0, rows.steps + 1, times)
    return Kind(one.agencies, one.first - rows.first, _length(one), times)


def _row(one: Known, times: int, frame: Frame) -> tuple[Kind, int]:
    """Where dates move, things known of one length that begin at the same steps have one row."""
    return Kind(one.agencies, (one.first or 0) % frame.by, _length(one), times), 0


def longest_of(known: Iterable[Known]) -> int:
    """How many steps the longest of their periods has."""
    return max(_length(one) for one in known)


def _length(one: Known) -> int:
    return 1 if one.first is None or one.last is None else one.last - one.first + 1


def _phase(first: int, phase: int, by: int, words: int) -> Words:
    """The bits of steps that lie a multiple of ``by`` from ``phase``; bit 0 is the step ``first``."""
    chosen = (np.arange(words * _WORD) + first) % by == phase
    return np.packbits(chosen, bitorder="little").view(np.uint64)


def _starts(contacts: Contacts, words: int, length: int, longest: int, times: int) -> tuple[Ints, Words]:
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
    return spanned(who, last + (longest - length), first + (longest - 1), words)
