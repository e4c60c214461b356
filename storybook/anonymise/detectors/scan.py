"""Finding a pattern's matches by trying it only where one can begin.

Most patterns here begin with a word or a digit, behind a look at what stands before it. That look costs Python's engine
as much at every letter of a text as at the few where a word begins. How the matches of each begin is read from it once
(``openings``); of each place in a text it is then told in one step which patterns can begin there, by its first
characters, and each is tried at those places alone: what ``scan`` finds is what ``finditer`` finds, in a fraction of
the time. Where a pattern doesn't say how it begins, it is left to ``finditer``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from threading import Lock
from typing import Final

from ..kept import keeps_texts
from .openings import BITS, DEPTH, EVERY, OTHER, Opening, characters, openings

#: Where a match can begin: letters one after the other, a digit, a sign.
_PLACE: Final = re.compile(r"(?P<said>[A-Za-z]+|[0-9])|[^\sA-Za-z0-9]")
#: So many beginnings are remembered with the patterns that can begin so.
_REMEMBERED: Final = 1 << 15


def scan(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` in ``text``, as ``pattern.finditer(text)`` has them."""
    number = _PATTERNS.number(pattern)
    places = _places(text) if number is not None else ()
    if number is None or number >= len(places):
        return pattern.finditer(text)
    return _tried(pattern, text, places[number])


def _tried(pattern: re.Pattern[str], text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    match, end = pattern.match, 0
    for at in places:
        if at >= end and (found := match(text, at)):
            end = found.end()
            yield found


class _Beginnings:
    """Which patterns can begin with which characters. A pattern's number says when it was added, from 0."""

    def __init__(self) -> None:
        self.count = 0
        #: Of every opening its pattern, its three sets, and whether it may stand after a letter or digit.
        self._openings: list[tuple[int, int, int, int, bool]] = []
        #: By the first two characters, and whether after a letter or digit: the patterns, and what each takes third.
        self._two: dict[bool, dict[str, dict[int, int]]] = {True: {}, False: {}}
        self._seen: dict[bool, dict[str, tuple[int, ...]]] = {True: {}, False: {}}

    def add(self, found: Iterable[Opening]) -> int:
        """One more pattern, by its openings; its number."""
        for sets, bound, _ in found:
            first, second, third = (*sets, *[EVERY] * (DEPTH - len(sets)))
            self._openings.append((self.count, first, second, third, not bound))
            for within in (False, True)[: 1 if bound else 2]:
                for two in map("".join, product(characters(first), characters(second))):
                    takes = self._two[within].setdefault(two, {})
                    takes[self.count] = takes.get(self.count, 0) | third
        self._seen = {True: {}, False: {}}
        self.count += 1
        return self.count - 1

    def places(self, text: str) -> list[list[int]]:
        """By the number of each pattern, where in ``text`` it can begin."""
        found: list[list[int]] = [[] for _ in range(self.count)]
        outside, inside, end = self._seen[False], self._seen[True], -1
        for match in _PLACE.finditer(text):
            at, said = match.start(), match.lastgroup is not None
            within = said and at == end
            head = text[at : at + DEPTH]
            known = (inside if within else outside).get(head)
            for number in self._with(head, within) if known is None else known:
                found[number].append(at)
            if said:
                end = match.end()
        return found

    def _with(self, head: str, within: bool) -> tuple[int, ...]:
        """The patterns that can begin with these characters, ``within``: after a letter or digit."""
        seen = self._seen[within]
        first, second, third = tuple(head.ljust(DEPTH))  # what stands after the end matters to no match
        if first in BITS and second in BITS:
            takes, last = self._two[within].get(first + second, {}), BITS.get(third, OTHER)
            found = tuple(number for number, some in takes.items() if some & last)
        else:
            found = self._with_unknown((first, second, third), within)
        if len(seen) >= _REMEMBERED:
            seen.clear()
        seen[head] = found
        return found

    def _with_unknown(self, head: Sequence[str], within: bool) -> tuple[int, ...]:
        """The same where one of the first two characters is none of those told apart."""
        first, second, third = (BITS.get(character, OTHER) for character in head)
        ways = (o for o in self._openings if o[1] & first and o[2] & second and o[3] & third)
        return tuple(dict.fromkeys(number for number, _, _, _, loose in ways if loose or not within))


class _Patterns:
    """All patterns that were ever scanned for: those here are made once, and stay."""

    def __init__(self) -> None:
        #: By the pattern's identity: to compare two patterns takes longer than to use one.
        self._numbers: dict[int, tuple[re.Pattern[str], int | None]] = {}
        self._beginnings = _Beginnings()
        self._lock = Lock()

    def number(self, pattern: re.Pattern[str]) -> int | None:
        """What number a pattern has; None if it doesn't say how it begins."""
        known = self._numbers.get(id(pattern))
        if known is None or known[0] is not pattern:
            with self._lock:
                found = openings(pattern)
                known = (pattern, None if found is None else self._beginnings.add(found))
                self._numbers[id(pattern)] = known
        return known[1]

    def places(self, text: str) -> list[list[int]]:
        """By the number of each pattern known so far, where in ``text`` it can begin."""
        with self._lock:
            return self._beginnings.places(text)


_PATTERNS: Final = _Patterns()
#: Of the texts of late; a text has a few views, and each is asked for every pattern.
_places: Final = lru_cache(maxsize=8)(_PATTERNS.places)
keeps_texts(_places)
