"""A text as words: where each stands, how it is written, and what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from ..kept import keeps_texts
from .context import ABBREVIATED, PARTICLES
from .words import key

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’‘\-\u2010\u2011][^\W\d_]+)*")
_POSSESSIVE: Final = re.compile(r"['’‘][sS]$")
_ENDS: Final = re.compile(r"[.!?…:;\n\r“”\"|•>‘]|(?:^|\s)[-–—*]\s|(?:^|\s)'")


#: Around a nickname inside a name: Rukhsana “Roxy” Mirpuri.
_QUOTED: Final = frozenset({' "', '" ', " “", "” ", ' ("', '") ', " (“", "”) ", " '", "' ", " ‘", "’ "})


class Shape(Enum):
    """How a word is written."""

    SMALL = "small"
    TITLE = "Title"
    CAPITALS = "CAPITALS"
    INITIAL = "I"


class Token(NamedTuple):
    """A word without its possessive ending. ``key`` is what lists are asked for."""

    text: str
    key: str
    start: int
    end: int
    shape: Shape
    #: What stands between the word before and this one.
    gap: str
    #: Whether it begins a sentence, a line or somebody's speech, where any word has a capital.
    begins: bool
    #: Whether "'s" follows.
    owns: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.shape is not Shape.SMALL


def tokens(text: str) -> list[Token]:
    """The words of ``text`` in their order. Words of scripts without capitals count as small."""
    found: list[Token] = []
    at = 0
    for match in _WORD.finditer(text):
        word = match.group()
        ending = _POSSESSIVE.search(word) if len(word) > 2 and word[-1] in "sS" else None
        core = word[: ending.start()] if ending else word
        gap = text[at : match.start()]
        begins = _begins(found[-1] if found else None, gap)
        end = match.start() + len(core)
        shape = Shape.SMALL if len(core) == 1 and gap[-1:].isdigit() else _shape(core)
        found.append(Token(core, key(core), match.start(), end, shape, gap, begins, bool(ending)))
        at = match.end()
    return found


def _begins(before: Token | None, gap: str) -> bool:
    if before is None:
        return True
    if gap in (".", ". ") and (before.key in ABBREVIATED or before.shape is Shape.INITIAL):
        return False
    return gap != " " and _ENDS.search(gap) is not None


@lru_cache(maxsize=1 << 14)
def _shape(word: str) -> Shape:
    if not word[0].isupper():
        head, _, rest = word.partition("-")
        return Shape.TITLE if rest[:1].isupper() and head in PARTICLES else Shape.SMALL
    if len(word) == 1:
        return Shape.INITIAL
    return Shape.CAPITALS if word.isupper() else Shape.TITLE


def runs(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Stretches of words with capitals that belong together, as ``first, end`` in the list."""
    first = 0
    while first < len(found):
        if not found[first].capital:
            first += 1
            continue
        end = first + 1
        while end < len(found) and (step := _next(found, end)):
            end += step
        yield first, end
        first = end


def _next(found: Sequence[Token], at: int) -> int:
    """How many words from ``at`` on go on with the run: one with a capital, or a particle or two and one."""
    if not adjoins(found[at - 1], found[at]):
        return 0
    if found[at].capital:
        return 1
    for span in (1, 2):
        small = found[at : at + span + 1]
        if len(small) > span and small[-1].capital and all(s.key in PARTICLES for s in small[:-1]):
            return span + 1 if all(adjoins(*pair) for pair in pairwise(small)) else 0
    return 0


def adjoins(before: Token, token: Token) -> bool:
    """Whether nothing parts two neighbours but a space, a hyphen, or the stop of an initial or a title."""
    if before.owns:
        return False
    if token.gap in _QUOTED:
        return before.capital and before.key not in PARTICLES
    if token.gap in (".", ". "):
        return token.shape is not Shape.CAPITALS and (
            before.shape is Shape.INITIAL or before.key in ABBREVIATED
        )
    return token.gap in (" ", "  ", "\u00a0", "-", "\u2011", " -", "\t")


keeps_texts(_shape)
