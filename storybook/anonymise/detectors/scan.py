"""Finding a pattern's matches by trying it only where one can begin.

Most patterns here begin with a word or a digit, behind a look at what stands before it. That look costs Python's engine
as much at every letter of a text as at the few where a word begins. ``scan`` reads from a pattern with which characters
its matches can begin, and tries it at those places alone: what it finds is what ``finditer`` finds, in a fraction of
the time. Where a pattern doesn't say, it is left to ``finditer``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from itertools import chain
from typing import Any, Final

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS: Final = frozenset("0123456789")
_SIGNS: Final = frozenset(map(chr, range(33, 127))) - _LETTERS - _DIGITS
_RUN: Final = re.compile(r"[A-Za-z0-9]+")
_DIGIT: Final = re.compile(r"[0-9]")
_SIGN: Final = re.compile(r"[^\sA-Za-z0-9]")
#: Where all that is not ASCII is kept: any such character may begin any match.
_OTHER: Final = ""
#: With more characters than this a match can begin nearly anywhere.
_MOST: Final = 45


@dataclass(frozen=True, slots=True)
class _Head:
    """The ASCII characters with which a match can begin: ``bound`` ones only where no letter or digit stands before."""

    bound: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    #: Whether nothing at all may match, so that what follows can begin the match as well.
    empty: bool = True

    def __or__(self, other: _Head) -> _Head:
        return _Head(self.bound | other.bound, self.loose | other.loose, self.empty or other.empty)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where in one text runs of letters and digits begin, by their first; where digits stand; where signs do."""

    runs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    digits: list[int] = field(default_factory=list)
    signs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def scan(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` in ``text``, as ``pattern.finditer(text)`` has them."""
    known = _heads.get(id(pattern))
    if known is None or known[0] is not pattern:
        known = _heads[id(pattern)] = (pattern, _head_of(pattern))
    head = known[1]
    if head is None:
        return pattern.finditer(text)
    return _tried(pattern, text, _candidates(head, _places(text)))


#: By the pattern's identity: to compare two patterns takes longer than to use one. Those here are made once, and stay.
_heads: Final[dict[int, tuple[re.Pattern[str], _Head | None]]] = {}


def _tried(pattern: re.Pattern[str], text: str, places: list[int]) -> Iterator[re.Match[str]]:
    match, end = pattern.match, 0
    for at in places:
        if at >= end and (found := match(text, at)):
            end = found.end()
            yield found


def _candidates(head: _Head, places: _Places) -> list[int]:
    either = head.bound | head.loose
    wanted = [places.runs[c] for c in (head.bound - head.loose) & places.runs.keys()]
    if head.loose & _DIGITS:
        wanted.append(places.digits)
    wanted += [places.signs[c] for c in places.signs if c in either or c == _OTHER]
    if len(wanted) == 1:
        return wanted[0]
    return sorted(set(chain.from_iterable(wanted)) if head.loose & _DIGITS else chain.from_iterable(wanted))


@lru_cache(maxsize=2)
def _places(text: str) -> _Places:
    places = _Places()
    for run in _RUN.finditer(text):
        places.runs[text[run.start()]].append(run.start())
    places.digits.extend(digit.start() for digit in _DIGIT.finditer(text))
    for sign in _SIGN.finditer(text):
        found = sign.group()
        places.signs[found if found.isascii() else _OTHER].append(sign.start())
    return places


# ---- how a pattern begins


class _UnknownError(Exception):
    """Nothing can be said of it."""


def _head_of(pattern: re.Pattern[str]) -> _Head | None:
    """How matches of ``pattern`` begin; None where that is not known, or is no help."""
    parsed = import_module("re._parser").parse(pattern.pattern, pattern.flags)
    try:
        head = _of_items(list(parsed), bound=False)
    except _UnknownError:
        return None
    no_help = head.empty or head.loose & _LETTERS or len(head.bound | head.loose) > _MOST
    return None if no_help else head


def _of_items(items: Iterable[Any], *, bound: bool) -> _Head:
    """How one thing after the other begins; ``bound``: a look back has told that no letter or digit stands before."""
    found = _Head(empty=False)
    for name, argument in items:
        sort = str(name)
        if sort in ("AT", "ASSERT", "ASSERT_NOT"):
            bound = bound or _binds(sort, argument)
            continue
        head = _of_item(sort, argument, bound=bound)
        found |= _Head(head.bound, head.loose, empty=False)
        if not head.empty:
            return found
        # What was optional may have taken something, so what the look back told holds for its beginning alone; but
        # where it took nothing, it holds here too.
    return _Head(found.bound, found.loose, empty=True)


def _binds(sort: str, argument: Any) -> bool:
    """Whether a look back leaves a letter or digit only where none stands before it."""
    if sort == "AT":
        return str(argument) == "AT_BOUNDARY"
    direction, inside = argument
    items = list(inside)
    if direction > 0 or not items:
        return False
    if sort == "ASSERT":
        return (
            _characters_of(*items[-1]) <= _SIGNS if str(items[-1][0]) == "LITERAL" else _is_space(items[-1])
        )
    return len(items) == 1 and str(items[0][0]) == "IN" and _of_set(items[0][1]) >= _LETTERS | _DIGITS


def _is_space(item: tuple[Any, Any]) -> bool:
    return str(item[0]) == "IN" and [str(c) for _, c in item[1]] == ["CATEGORY_SPACE"]


def _of_item(sort: str, argument: Any, *, bound: bool) -> _Head:
    if sort == "BRANCH":
        return _any_of(_of_items(branch, bound=bound) for branch in argument[1])
    if sort == "SUBPATTERN":
        return _of_items(argument[3], bound=bound)
    if sort in ("MAX_REPEAT", "MIN_REPEAT"):
        least, _, inside = argument
        head = _of_items(inside, bound=bound)
        return _Head(head.bound, head.loose, head.empty or least == 0)
    characters = _characters_of(sort, argument)
    return _Head(characters, empty=False) if bound else _Head(loose=characters, empty=False)


def _any_of(heads: Iterable[_Head]) -> _Head:
    first, *others = heads
    for head in others:
        first |= head
    return first


def _characters_of(sort: str, argument: Any) -> frozenset[str]:
    """The ASCII characters that one sign of a pattern takes, be they large or small."""
    if sort == "LITERAL":
        return _either_case(chr(argument))
    if sort == "IN":
        return _of_set(argument)
    raise _UnknownError(sort)


def _of_set(members: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    found: set[str] = set()
    for name, argument in members:
        sort = str(name)
        if sort == "LITERAL":
            found |= _either_case(chr(argument))
        elif sort == "RANGE":
            for code in range(argument[0], min(argument[1], 126) + 1):
                found |= _either_case(chr(code))
        elif str(argument) in _CATEGORIES:
            found |= _CATEGORIES[str(argument)]
        else:
            raise _UnknownError(sort)
    return frozenset(found)


_CATEGORIES: Final = {"CATEGORY_DIGIT": _DIGITS, "CATEGORY_WORD": _LETTERS | _DIGITS | {"_"}}


def _either_case(character: str) -> frozenset[str]:
    """A character in both cases; none for what is not ASCII, which may begin any match; white space is no beginning."""
    if character.isspace():
        raise _UnknownError(character)
    return frozenset({character.lower(), character.upper()}) if character.isascii() else frozenset()
