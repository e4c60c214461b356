"""Finding words that somebody wants out, in whatever form they were written, and putting a mark in their place.

Texts are compared letter by letter: case, accents, spaces, punctuation, markup and what can't be seen don't count, so
``**Da**vid``, ``DAVID’S`` and ``da-vid`` are all "David". Whole words only: "Ann" is not in "planned".

Where what is wanted has no two letters but a sign (an emoji), signs count beside letters, and stand anywhere: "🦊" is
in "Fox🦊". Skin tones, joiners and kinds of drawing don't count.
"""

from __future__ import annotations

import hashlib
import hmac
import html
import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol
from urllib.parse import unquote

TAKEN_OUT: Final = "[taken out]"
_LETTERS: Final = re.compile(r"[0-9A-Za-z]+")


class Wanted(Protocol):
    """What is looked for: how many letters it has, and whether some letters are it."""

    @property
    def length(self) -> int:
        """Its number of letters."""
        ...

    @property
    def signs(self) -> bool:
        """Whether signs count beside letters."""
        ...

    def same(self, letters: str) -> bool:
        """Whether ``letters`` (as ``letters_of`` gives them) are it."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """Words as somebody typed them."""

    letters: str
    signs: bool = False

    @classmethod
    def of(cls, typed: str) -> Words:
        """The words in ``typed``; ValueError if there are neither two letters nor a sign in it."""
        letters = "".join(letter for letter, _ in letters_of(typed))
        if len(letters) >= 2:
            return cls(letters)
        drawn = "".join(sign for sign, _ in _signs_of(typed))
        if drawn == letters:
            raise ValueError("words have at least two letters, or a sign")
        return cls(drawn, signs=True)

    @property
    def length(self) -> int:
        """Their number of letters."""
        return len(self.letters)

    def same(self, letters: str) -> bool:
        """Whether ``letters`` are these words."""
        return letters == self.letters

    def marked(self, key: bytes) -> Mark:
        """What can be kept of them: enough to find them again with ``key``, and nothing to read."""
        return Mark(self.length, _digest(key, self.letters), key, self.signs)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that nobody remembers: their number of letters, and a keyed hash."""

    length: int
    digest: str
    key: bytes
    signs: bool = False

    @property
    def made_with(self) -> str:
        """Which key it was made with: a hash of it, which tells nothing of a key that nobody can guess."""
        return hashlib.sha256(b"made with " + self.key).hexdigest()[:16]

    def same(self, letters: str) -> bool:
        """Whether ``letters`` are what was marked."""
        return hmac.compare_digest(_digest(self.key, letters), self.digest)


def _digest(key: bytes, letters: str) -> str:
    return hmac.new(key, letters.encode(), hashlib.sha256).hexdigest()


def letters_of(text: str) -> Iterator[tuple[str, int]]:
    """Every letter and digit of ``text``, bare and folded, each with its place."""
    for at, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).casefold():
            if letter.isalnum():
                yield letter, at


def _signs_of(text: str) -> Iterator[tuple[str, int]]:
    """As ``letters_of``, with signs that are drawn (Unicode's "So", outside ASCII) among them."""
    for at, character in enumerate(text):
        if unicodedata.category(character) == "So":
            yield character, at
        else:
            yield from ((letter, at) for letter, _ in letters_of(character))


def spans(text: str, wanted: Wanted) -> Iterator[tuple[int, int]]:
    """Where ``wanted`` stands in ``text``: (start, end) in code points, one after the other."""
    joined, places = _with_signs(text) if wanted.signs else _joined(text)
    next_free = 0
    for first in range(len(joined) - wanted.length + 1):
        last = first + wanted.length - 1
        if first < next_free or not (wanted.signs or _whole(text, places[first], places[last])):
            continue
        if wanted.same(joined[first : last + 1]):
            yield places[first], _end(text, places[last] + 1) if wanted.signs else places[last] + 1
            next_free = last + 1


@lru_cache(maxsize=2048)
def _joined(text: str) -> tuple[str, array[int]]:
    """The letters of a text as one, and where each stands."""
    if not text.isascii():
        found = list(letters_of(text))
        return "".join(letter for letter, _ in found), array("L", (at for _, at in found))
    runs = list(_LETTERS.finditer(text))
    places = array("L")
    for run in runs:
        places.extend(range(*run.span()))
    return "".join(run.group() for run in runs).lower(), places


def _with_signs(text: str) -> tuple[str, list[int]]:
    if text.isascii():  # there is no sign in it
        return "", []
    found = list(_signs_of(text))
    return "".join(sign for sign, _ in found), [at for _, at in found]


def _end(text: str, at: int) -> int:
    """Where a sign ends that starts before ``at``: after its skin tone and its kind of drawing."""
    while at < len(text) and unicodedata.category(text[at]) in ("Cf", "Mn", "Me", "Sk"):
        at += 1
    return at


def letters_in(text: str) -> str:
    """Every letter and digit of ``text``, bare, folded and in one."""
    return _joined(text)[0]


def whole_words(text: str, letters: str) -> Iterator[tuple[int, int]]:
    """Where ``letters`` (as ``letters_of`` gives them) stand as whole words: (start, end), one after the other."""
    joined, places = _joined(text)
    first = joined.find(letters)
    while first >= 0:
        last = first + len(letters) - 1
        whole = _whole(text, places[first], places[last])
        if whole:
            yield places[first], places[last] + 1
        first = joined.find(letters, last + 1 if whole else first + 1)


def take_out(text: str, wanted: Wanted, put: str = TAKEN_OUT) -> str:
    """``text`` with ``put`` wherever ``wanted`` stood."""
    text, parts, at = _readable(text, wanted), [], 0
    for start, end in spans(text, wanted):
        parts += [text[at:start], put]
        at = end
    return "".join((*parts, text[at:]))


def stands_in(text: str, wanted: Wanted) -> bool:
    """Whether ``wanted`` is anywhere in ``text``."""
    return next(spans(_readable(text, wanted), wanted), None) is not None


def _readable(text: str, wanted: Wanted) -> str:
    """``text`` as it is drawn (``&euml;`` and ``%20`` read) where ``wanted`` stands in that only; else as it is."""
    drawn = html.unescape(text) if "&" in text else text
    drawn = unquote(drawn) if "%" in drawn else drawn
    only_there = drawn != text and sum(1 for _ in spans(drawn, wanted)) > sum(1 for _ in spans(text, wanted))
    return drawn if only_there else text


def _whole(text: str, first: int, last: int) -> bool:
    """Whether no word goes on before ``first`` or after ``last``."""
    return not _goes_on(text, first, -1) and not _goes_on(text, last, 1)


def _goes_on(text: str, at: int, step: int) -> bool:
    beside = at + step
    while 0 <= beside < len(text) and unicodedata.category(text[beside]) in ("Cf", "Mn"):
        beside += step
    if not 0 <= beside < len(text):
        return False
    # Scripts that put no spaces between words have no whole words to look for.
    return text[beside].isalnum() and unicodedata.east_asian_width(text[beside]) not in ("W", "F")
