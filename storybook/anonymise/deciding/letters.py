"""Reading a text letter by letter: as the letters they are, and as the Latin ones they look like.

Case, accents, spaces, punctuation, markup and what can't be seen don't count.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from ..detectors.folding import fold
from ..kept import keeps_texts

_LETTERS: Final = re.compile(r"[0-9A-Za-z]+")
#: The letters of a text as one, and where each stands.
Read = tuple[str, Sequence[int]]


def letters_of(text: str) -> Iterator[tuple[str, int]]:
    """Every letter and digit of ``text``, bare and folded, each with its place."""
    for at, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).casefold():
            if letter.isalnum():
                yield letter, at


def looks_of(text: str) -> Iterator[tuple[str, int]]:
    """As ``letters_of``, each as the Latin letter it looks like."""
    for at, character in enumerate(text):
        for letter in fold(character).casefold():
            if letter.isalnum():
                yield letter, at


def signs_of(text: str) -> Iterator[tuple[str, int]]:
    """As ``letters_of``, with signs that are drawn (Unicode's "So", outside ASCII) among them."""
    for at, character in enumerate(text):
        if unicodedata.category(character) == "So":
            yield character, at
        else:
            yield from ((letter, at) for letter, _ in letters_of(character))


@lru_cache(maxsize=2048)
def joined(text: str) -> tuple[str, array[int]]:
    """As the letters they are."""
    if not text.isascii():
        return _in_one(text, letters_of)
    runs = list(_LETTERS.finditer(text))
    places = array("L")
    for run in runs:
        places.extend(range(*run.span()))
    return "".join(run.group() for run in runs).lower(), places


@lru_cache(maxsize=512)
def looking(text: str) -> tuple[str, array[int]]:
    """As the Latin letters they look like."""
    return joined(text) if text.isascii() else _in_one(text, looks_of)


def _in_one(text: str, read: Callable[[str], Iterator[tuple[str, int]]]) -> tuple[str, array[int]]:
    found = list(read(text))
    return "".join(letter for letter, _ in found), array("L", (at for _, at in found))


def with_signs(text: str) -> tuple[str, list[int]]:
    """As letters and signs."""
    if text.isascii():  # there is no sign in it
        return "", []
    found = list(signs_of(text))
    return "".join(sign for sign, _ in found), [at for _, at in found]


def letters_in(text: str) -> str:
    """Every letter and digit of ``text``, bare, folded and in one."""
    return joined(text)[0]


def whole_words(text: str, letters: str) -> Iterator[tuple[int, int]]:
    """Where ``letters`` (as ``letters_of`` gives them) stand as whole words: (start, end), one after the other."""
    here, places = joined(text)
    first = here.find(letters)
    while first >= 0:
        last = first + len(letters) - 1
        whole = is_whole(text, places[first], places[last])
        if whole:
            yield places[first], places[last] + 1
        first = here.find(letters, last + 1 if whole else first + 1)


def is_whole(text: str, first: int, last: int) -> bool:
    """Whether no word goes on before ``first`` or after ``last``."""
    return not goes_on(text, first, -1) and not goes_on(text, last, 1)


def goes_on(text: str, at: int, step: int) -> bool:
    """Whether a word goes on beside ``at``: before it where ``step`` is -1, after it where it is 1."""
    beside = at + step
    while 0 <= beside < len(text) and unicodedata.category(text[beside]) in ("Cf", "Mn"):
        beside += step
    if not 0 <= beside < len(text):
        return False
    # Scripts that put no spaces between words have no whole words to look for.
    return text[beside].isalnum() and unicodedata.east_asian_width(text[beside]) not in ("W", "F")


keeps_texts(joined, looking)
