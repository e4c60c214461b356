"""Finding words that somebody wants out, in whatever form they were written, and putting a mark in their place.

Texts are compared letter by letter: case, accents, spaces, punctuation, markup and what can't be seen don't count, so
``**Da**vid``, ``DAVID’S`` and ``da-vid`` are all "David". Whole words only: "Ann" is not in "planned". They are read
twice: as the letters they are, and as the Latin ones they look like (``letters``), so a Cyrillic letter hides no name.

Words may begin at the end of one text of a part and go on at the start of another ("met Zoë" | "Smith said no"): both
pieces go.

Where what is wanted has no two letters but a sign (an emoji), signs count beside letters, and stand anywhere: "🦊" is
in "Fox🦊". Skin tones, joiners and kinds of drawing don't count.
"""

from __future__ import annotations

import hashlib
import hmac
import html
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Final, Protocol
from urllib.parse import unquote

from .letters import Read, goes_on, is_whole, joined, letters_of, looking, looks_of, signs_of, with_signs

TAKEN_OUT: Final = "[taken out]"
#: Words of fewer letters are not looked for over two texts: by chance, too many begin in one and go on in another.
_SPLIT: Final = 4


class Wanted(Protocol):
    """What is looked for: how many letters it has, and whether some letters are it."""

    @property
    def lengths(self) -> tuple[int, ...]:
        """Its number of letters; a second one where what they look like has another."""
        ...

    @property
    def signs(self) -> bool:
        """Whether signs count beside letters."""
        ...

    def same(self, letters: str) -> bool:
        """Whether ``letters`` (as ``letters_of`` gives them) are it."""
        ...

    def may_be_in(self, letters: str) -> bool:
        """Whether it is worth looking for it in ``letters``: False where it certainly is not among them."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """Words as somebody typed them. ``looks``: the Latin letters they look like, where those are others."""

    letters: str
    signs: bool = False
    looks: str = ""

    @classmethod
    def of(cls, typed: str) -> Words:
        """The words in ``typed``; ValueError if there are neither two letters nor a sign in it."""
        letters = "".join(letter for letter, _ in letters_of(typed))
        if len(letters) >= 2:
            looks = "".join(letter for letter, _ in looks_of(typed))
            return cls(letters, looks=looks if looks != letters else "")
        drawn = "".join(sign for sign, _ in signs_of(typed))
        if drawn == letters:
            raise ValueError("words have at least two letters, or a sign")
        return cls(drawn, signs=True)

    @property
    def lengths(self) -> tuple[int, ...]:
        """Their number of letters."""
        return _lengths(len(self.letters), len(self.looks))

    def same(self, letters: str) -> bool:
        """Whether ``letters`` are these words."""
        return letters in (self.letters, self.looks)

    def may_be_in(self, letters: str) -> bool:
        """Whether they are among ``letters``."""
        return self.letters in letters or bool(self.looks and self.looks in letters)

    def marked(self, key: bytes) -> Mark:
        """What can be kept of them: enough to find them again with ``key``, and nothing to read."""
        looks = (len(self.looks), _digest(key, self.looks)) if self.looks else (0, "")
        return Mark(len(self.letters), _digest(key, self.letters), key, self.signs, *looks)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that nobody remembers: their number of letters, and a keyed hash; the same of what they look like."""

    length: int
    digest: str
    key: bytes
    signs: bool = False
    looks_length: int = 0
    looks_digest: str = ""

    @property
    def lengths(self) -> tuple[int, ...]:
        """Their number of letters."""
        return _lengths(self.length, self.looks_length)

    @property
    def made_with(self) -> str:
        """Which key it was made with: a hash of it, which tells nothing of a key that nobody can guess."""
        return hashlib.sha256(b"made with " + self.key).hexdigest()[:16]

    def same(self, letters: str) -> bool:
        """Whether ``letters`` are what was marked."""
        digest = _digest(self.key, letters)
        return any(hmac.compare_digest(digest, one) for one in (self.digest, self.looks_digest))

    def may_be_in(self, letters: str) -> bool:
        """Whether ``letters`` are as many: nobody knows more of them."""
        return len(letters) >= min(self.lengths)


def _lengths(*lengths: int) -> tuple[int, ...]:
    return tuple(sorted({one for one in lengths if one}, reverse=True))


def _digest(key: bytes, letters: str) -> str:
    return hmac.digest(key, letters.encode(), hashlib.sha256).hex()


def spans(text: str, wanted: Wanted) -> Iterator[tuple[int, int]]:
    """Where ``wanted`` stands in ``text``: (start, end) in code points, one after the other."""
    end_of_last = 0
    ways = _ways(wanted, text)
    for start, end in sorted(found for (way,) in ways for found in _spans(text, way, wanted)):
        if start >= end_of_last:
            yield start, end
            end_of_last = end


def _spans(text: str, way: Read, wanted: Wanted) -> Iterator[tuple[int, int]]:
    """The same as the letters of ``text`` are read in one way."""
    letters, places = way
    for length in wanted.lengths if wanted.may_be_in(letters) else ():
        next_free = 0
        for first in range(len(letters) - length + 1):
            last = first + length - 1
            if first < next_free or not (wanted.signs or is_whole(text, places[first], places[last])):
                continue
            if wanted.same(letters[first : last + 1]):
                yield places[first], _end(text, places[last] + 1) if wanted.signs else places[last] + 1
                next_free = last + 1


def _ways(wanted: Wanted, *texts: str) -> list[tuple[Read, ...]]:
    """The letters of each text, in every way in which they are read."""
    if wanted.signs:
        return [tuple(map(with_signs, texts))]
    plain = tuple(map(joined, texts))
    return [plain] if all(map(str.isascii, texts)) else [plain, tuple(map(looking, texts))]


def _end(text: str, at: int) -> int:
    """Where a sign ends that starts before ``at``: after its skin tone and its kind of drawing."""
    while at < len(text) and unicodedata.category(text[at]) in ("Cf", "Mn", "Me", "Sk"):
        at += 1
    return at


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


def take_out_of(texts: Sequence[str], wanted: Wanted) -> list[str]:
    """The texts of one part without ``wanted``, also where it begins in one of them and goes on in another."""
    new = [take_out(text, wanted) for text in texts]
    ends, begins = [len(text) for text in new], [0] * len(new)
    for first, second in permutations(range(len(new)), 2):
        if split := split_over(new[first], new[second], wanted):
            ends[first], begins[second] = min(ends[first], split[0]), max(begins[second], split[1])
    return [_between(*one) for one in zip(new, begins, ends, strict=True)]


def _between(text: str, begin: int, end: int) -> str:
    """What is left of a text of which something goes at its beginning, at its end, or both."""
    before, after = TAKEN_OUT if begin else "", TAKEN_OUT if end < len(text) else ""
    return before + text[begin:end] + after if begin <= end else TAKEN_OUT


def splits(texts: Sequence[str], wanted: Wanted) -> int:
    """How often ``wanted`` begins in one of the texts and goes on in another."""
    return sum(1 for first, second in permutations(texts, 2) if split_over(first, second, wanted))


def split_over(first: str, second: str, wanted: Wanted) -> tuple[int, int] | None:
    """Where ``wanted`` begins at the end of ``first``, and where in ``second`` it ends; None where it does not."""
    if wanted.signs or max(wanted.lengths) < _SPLIT:
        return None
    ways = _ways(wanted, first, second)
    found = (_split(first, second, way, length, wanted) for way in ways for length in wanted.lengths)
    return next((one for one in found if one), None)


def _split(
    first: str, second: str, way: tuple[Read, ...], length: int, wanted: Wanted
) -> tuple[int, int] | None:
    (ends, ends_at), (begins, begins_at) = way
    for own in range(max(1, length - len(begins)), min(length, len(ends) + 1)):
        start, last = ends_at[-own], begins_at[length - own - 1]
        if goes_on(first, start, -1) or goes_on(second, last, 1):
            continue
        if wanted.same(ends[-own:] + begins[: length - own]):
            return start, last + 1
    return None


def _readable(text: str, wanted: Wanted) -> str:
    """``text`` as it is drawn (``&euml;`` and ``%20`` read) where ``wanted`` stands in that only; else as it is."""
    drawn = html.unescape(text) if "&" in text else text
    drawn = unquote(drawn) if "%" in drawn else drawn
    only_there = drawn != text and sum(1 for _ in spans(drawn, wanted)) > sum(1 for _ in spans(text, wanted))
    return drawn if only_there else text
