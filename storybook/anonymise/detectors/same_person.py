"""Which names may be one person's: each name asked of many others in one step, not one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from ..kept import keeps_texts
from .context import TITLES
from .names import Names
from .tokens import tokens

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Forms:
    """A name as words, every word that may stand for one of them, and their first letters."""

    words: tuple[str, ...]
    known: frozenset[str]
    letters: frozenset[str]

    def hold(self, other: _Forms) -> bool:
        """Whether ``other`` may be this person: every word of it is a part, a form or the initials of it."""
        known = self.known | self.letters if len(other.words) > 1 else self.known
        return bool(other.words) and known.issuperset(other.words)


@lru_cache(maxsize=4096)
def _forms(name: str) -> _Forms:
    words = tuple(t.key for t in tokens(name) if t.key not in TITLES)
    parts, forms, initials = Names(people=(name,)).forms
    return _Forms(words, parts | forms | initials, frozenset(part[0] for part in parts))


def is_form_of(name: str, found: str) -> bool:
    """Whether ``found`` may be the person called ``name``."""
    return _forms(name).hold(_forms(found))


class SamePerson(Generic[T]):
    """Names, each with what belongs to its person."""

    def __init__(self) -> None:
        self._names: list[tuple[_Forms, T]] = []
        self._by_form: dict[str, list[int]] = {}
        self._by_letter: dict[str, list[int]] = {}
        self._by_first: dict[str, list[int]] = {}

    def add(self, name: str, theirs: T) -> None:
        """One more name."""
        forms, at = _forms(name), len(self._names)
        self._names.append((forms, theirs))
        for form in forms.known:
            self._by_form.setdefault(form, []).append(at)
        for letter in forms.letters:
            self._by_letter.setdefault(letter, []).append(at)
        if forms.words:
            self._by_first.setdefault(forms.words[0], []).append(at)

    def known_as(self, found: str) -> Iterator[tuple[int, T]]:
        """Of every name of which ``found`` may be a form: when it was added (from 0), and what belongs to it."""
        forms = _forms(found)
        for at in self._with(forms):
            name, theirs = self._names[at]
            if name.hold(forms):
                yield at, theirs

    def forms_of(self, found: str) -> Iterator[tuple[int, T]]:
        """The same of every name that may be a form of ``found``."""
        forms = _forms(found)
        for first in forms.known | forms.letters:
            for at in self._by_first.get(first, ()):
                name, theirs = self._names[at]
                if forms.hold(name):
                    yield at, theirs

    def _with(self, forms: _Forms) -> list[int]:
        """The names that know one word of ``forms``, the one that the fewest know."""
        rows = [self._knowing(word, alone=len(forms.words) == 1) for word in forms.words]
        return min(rows, key=len, default=[])

    def _knowing(self, word: str, *, alone: bool) -> list[int]:
        known = self._by_form.get(word, [])
        return known if alone else [*known, *self._by_letter.get(word, ())]


keeps_texts(_forms)
