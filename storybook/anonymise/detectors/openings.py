"""How the matches of a pattern begin: which characters may stand first, second and third in them.

Read from the pattern as Python's own engine parses it. What cannot be told is left open: an opening may be too wide,
never too narrow. Where nothing can be told there are none, and the pattern has to be tried everywhere.

A set of characters is a number here, with one bit for each of ``KNOWN``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, reduce
from importlib import import_module
from operator import or_
from typing import Any, Final, NamedTuple

#: So many characters of a match are told.
DEPTH: Final = 3
#: With more openings than this fewer characters are told.
_MOST: Final = 2000
#: The characters told apart; any other may stand anywhere.
KNOWN: Final = "".join(map(chr, range(128))) + "‘’“”–—…•£€"
BITS: Final = {character: 1 << at for at, character in enumerate(KNOWN)}


def _all_that(is_one: Callable[[str], bool]) -> int:
    return sum(bit for character, bit in BITS.items() if is_one(character))


#: The bit of all other characters: each is in every set.
OTHER: Final = 1 << len(KNOWN)
EVERY: Final = _all_that(lambda _: True) | OTHER
_SPACES: Final = _all_that(str.isspace)
_LETTERS: Final = _all_that(str.isalpha)
_WORD: Final = _all_that(str.isalnum)
_CATEGORIES: Final = {"DIGIT": _all_that(str.isdecimal), "SPACE": _SPACES, "WORD": _WORD | BITS["_"]}
#: Letters that are an ASCII one where capitals are as good as small letters: the dotless i, the long s, the kelvin.
_ALSO: Final = {0x130: "i", 0x131: "i", 0x17F: "s", 0x212A: "k"}
_ZERO_WIDTH: Final = ("AT", "ASSERT", "ASSERT_NOT")
_EDGES: Final = ("AT_BOUNDARY", "AT_BEGINNING", "AT_BEGINNING_LINE", "AT_BEGINNING_STRING")


class Opening(NamedTuple):
    """Sets of characters one after the other, and whether no letter or digit stands before the first (``bound``)."""

    sets: tuple[int, ...] = ()
    bound: bool = False
    #: Whether nothing is told of what follows.
    open: bool = False


_States = frozenset[Opening]
_START: Final = frozenset({Opening()})


class _UnknownError(Exception):
    """Nothing can be said of it."""


def openings(pattern: re.Pattern[str]) -> _States | None:
    """Every way in which a match of ``pattern`` may begin; None where that is not known.

    Not known: where a match may be empty, begin with white space, or begin with a letter inside a word.
    """
    either = bool(pattern.flags & re.IGNORECASE)
    try:
        items = list(import_module("re._parser").parse(pattern.pattern, pattern.flags))
        tried = (_Reader(depth).through(items, _START, either) for depth in range(DEPTH, 0, -1))
        found = next((states for states in tried if len(states) <= _MOST), _START)
    except (ImportError, AttributeError, _UnknownError):
        return None
    return found if all(map(_helps, found)) else None


def _helps(opening: Opening) -> bool:
    if not opening.sets or opening.sets[0] & _SPACES:
        return False
    return opening.bound or not opening.sets[0] & _LETTERS


class _Reader:
    """Reads so many characters deep. ``either``: whether capitals are as good as small letters where it reads."""

    def __init__(self, depth: int) -> None:
        self._depth = depth

    def through(self, items: Iterable[Any], states: _States, either: bool) -> _States:
        """The openings after one thing after the other."""
        for name, argument in items:
            going = frozenset(state for state in states if not state.open)
            if not going:
                break
            many = len(states) > _MOST
            after = _open(going) if many else self._after(str(name), argument, going, either)
            states = (states - going) | after
        return states

    def _after(self, sort: str, argument: Any, states: _States, either: bool) -> _States:
        if sort in _ZERO_WIDTH:
            return _bound(states) if _binds(sort, argument) else states
        if sort == "BRANCH":
            ways = (self.through(branch, states, either) for branch in argument[1])
            return frozenset[Opening]().union(*ways)
        if sort == "SUBPATTERN":
            _, added, taken, inside = argument
            either = (either or bool(added & re.IGNORECASE)) and not taken & re.IGNORECASE
            return self.through(inside, states, either)
        if sort in ("MAX_REPEAT", "MIN_REPEAT"):
            return self._repeated(argument, states, either)
        found = _characters(sort, argument, either)
        return _open(states) if found is None else self._with(states, found)

    def _with(self, states: _States, found: int) -> _States:
        return frozenset(
            Opening((*sets, found), bound, open=len(sets) + 1 >= self._depth) for sets, bound, _ in states
        )

    def _repeated(self, argument: Any, states: _States, either: bool) -> _States:
        least, most, inside = argument
        found = states if least == 0 else frozenset[Opening]()
        for times in range(1, min(int(most), max(least, self._depth)) + 1):
            states = self.through(inside, states, either)
            if times >= least:
                found |= states
        return found


def _open(states: _States) -> _States:
    return frozenset(Opening(sets, bound, open=True) for sets, bound, _ in states)


def _bound(states: _States) -> _States:
    """The same, bound where nothing of the match stands before the look back."""
    return frozenset(Opening(sets, bound or not sets, opened) for sets, bound, opened in states)


def _binds(sort: str, argument: Any) -> bool:
    """Whether a look back leaves a letter or digit only where none stands before it."""
    if sort == "AT":
        return str(argument) in _EDGES
    direction, inside = argument
    last = list(inside)[-1:]
    if direction > 0 or not last:
        return False
    name, what = str(last[0][0]), last[0][1]
    if sort == "ASSERT":
        before = _characters(name, what, either=True)
        return before is not None and not before & _WORD
    plain = name == "IN" and len(inside) == 1 and str(what[0][0]) != "NEGATE"
    return plain and _members(what) & _WORD == _WORD


def _characters(sort: str, argument: Any, either: bool) -> int | None:
    """The known characters that one sign of a pattern may take; None where it is not one sign."""
    if sort == "ANY":
        return EVERY
    if sort in ("LITERAL", "NOT_LITERAL"):
        sort, argument = "IN", [("NEGATE", None)] * (sort == "NOT_LITERAL") + [("LITERAL", argument)]
    if sort != "IN":
        return None
    if str(argument[0][0]) == "NEGATE":
        return EVERY & ~_members(argument[1:])
    found = _members(argument)
    return OTHER | (_either_case(found | _also(argument)) if either else found)


def _members(members: Iterable[tuple[Any, Any]]) -> int:
    """The known characters in a set as it is written, without the bit of all others."""
    return reduce(or_, (_member(str(name), argument) for name, argument in members), 0)


def _member(sort: str, argument: Any) -> int:
    if sort == "LITERAL":
        return BITS.get(chr(argument), 0)
    if sort == "RANGE":
        return _range(*argument)
    found = _CATEGORIES.get(str(argument).rpartition("_")[2])
    if found is None:
        raise _UnknownError(sort)
    return EVERY & ~OTHER & ~found if "_NOT_" in str(argument) else found


def _also(members: Iterable[tuple[Any, Any]]) -> int:
    ranges = (
        (a, a) if str(name) == "LITERAL" else a for name, a in members if str(name) in ("LITERAL", "RANGE")
    )
    return reduce(or_, (BITS[c] for a, b in ranges for code, c in _ALSO.items() if a <= code <= b), 0)


@lru_cache(maxsize=256)
def _range(first: int, last: int) -> int:
    return _all_that(lambda c: first <= ord(c) <= last)


@lru_cache(maxsize=1024)
def _either_case(found: int) -> int:
    both = (BITS.get(other, 0) for c in characters(found) for other in (c.lower(), c.upper()))
    return reduce(or_, both, found)


@lru_cache(maxsize=1024)
def characters(found: int) -> str:
    """The characters of a set."""
    return "".join(character for character, bit in BITS.items() if found & bit)
