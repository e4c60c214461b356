"""The names that a story knows, and every form in which one of them may come back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Final

from ..kept import keeps_texts
from .codes import Match
from .context import CALENDAR, DEEDS, MODAL, PARTICLES, TITLES
from .findings import Confidence, Finding, Kind, What
from .name_forms import less_one, one_slip, short_forms
from .tokens import Shape, Token, tokens
from .views import views
from .words import words

_VOWELS: Final = "aeiouy"
#: A part shorter than this is looked for as a whole word only, not inside "#justicefordarren".
_LONG: Final = 5
#: A part shorter than this may be another word that is spelt wrongly.
_MISSPELT: Final = 6
#: More letters than this are no initials.
_INITIALS: Final = 4
_MAY_BE_CHANGED: Final = frozenset({Kind.PERSON, Kind.PLACE, Kind.ORG})


@dataclass(frozen=True, eq=True)
class Names:
    """Whom and what a story names.

    ``people``, ``places``, ``organisations``: true names, looked for everywhere in every form they take.
    ``agencies``: the story's own list, shown by that name. ``pseudonyms``: names made up for the story. The last two
    are not findings.
    """

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    pseudonyms: tuple[str, ...] = ()

    def with_found(self, text: str, findings: Iterable[Finding]) -> Names:
        """These names and those that ``findings`` accepted in ``text``."""
        more: dict[Kind, list[str]] = {kind: [] for kind in _MAY_BE_CHANGED}
        for found in findings:
            if found.what in _NAMING:
                more[found.kind].append(_plain(text[found.start : found.end]))
        return replace(
            self,
            people=_together(self.people, more[Kind.PERSON]),
            places=_together(self.places, more[Kind.PLACE]),
            organisations=_together(self.organisations, more[Kind.ORG]),
        )

    def matches(self, found: list[Token]) -> Iterator[Match]:
        """Where the names stand among the words of a text, in whatever form."""
        yield from self._people.matches(found)
        for names, what in ((self.places, What.PLACE), (self.organisations, What.ORG)):
            for span in _phrases(names, found):
                yield what, *span, Confidence.CERTAIN

    def hold_any(self, found: Iterable[Token]) -> bool:
        """Whether one of these words is a part or a short form of somebody's name, be it a plain word as well."""
        return any(t.key in self._people.parts or t.key in self._people.forms for t in found)

    @property
    def forms(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The parts of people's names, their short forms, and initials."""
        return self._people.parts, self._people.forms, self._people.initials

    @cached_property
    def _people(self) -> _People:
        return _People.of(self.people)

    def own(self, found: list[Token]) -> list[tuple[int, int]]:
        """Where the story's own agencies and pseudonyms stand: what is no finding."""
        return list(_phrases((*self.agencies, *self.pseudonyms), found))


_NAMING: Final = frozenset({What.PERSON, What.PLACE, What.ORG})


def _plain(text: str) -> str:
    """A name without marks and hidden letters."""
    return views(text)[-1].text if not text.isascii() or re.search(r"[*_`<&\[\d]", text) else text


def _together(some: tuple[str, ...], more: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))


def _phrases(names: tuple[str, ...], found: list[Token]) -> Iterator[tuple[int, int]]:
    """Where any of ``names`` stands word for word; one plain word in small letters is none."""
    wanted = _by_first(names)
    for at, token in enumerate(found) if wanted else ():
        for phrase in wanted.get(token.key, ()):
            inside = found[at : at + len(phrase)]
            if [t.key for t in inside] != list(phrase) or not _is_named(inside):
                continue
            yield token.start, inside[-1].end
            break


def _is_named(inside: list[Token]) -> bool:
    return any(t.capital for t in inside) or len(inside) > 1 or not words().is_word(inside[0].key)


@lru_cache(maxsize=64)
def _by_first(names: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    wanted: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        phrase = tuple(token.key for token in tokens(name))
        if phrase[:1] == ("the",) and len(phrase) > 2:
            wanted.setdefault(phrase[1], []).append(phrase[1:])
        if phrase:
            wanted.setdefault(phrase[0], []).append(phrase)
    return {first: sorted(phrases, key=len, reverse=True) for first, phrases in wanted.items()}


@dataclass(frozen=True)
class _People:
    """Forms of people's names: what is surely theirs, and what may be."""

    names: tuple[str, ...]
    parts: frozenset[str] = field(default=frozenset())
    forms: frozenset[str] = field(default=frozenset())
    initials: frozenset[str] = field(default=frozenset())

    @staticmethod
    @lru_cache(maxsize=64)
    def of(names: tuple[str, ...]) -> _People:
        """The forms of ``names``, made once."""
        split = [[t.key for t in tokens(name) if t.key not in TITLES] for name in names]
        parts = {
            part
            for name in split
            for part in _pieces(name)
            if len(part) > 1 and part not in CALENDAR | PARTICLES
        }
        forms = {form for part in parts for form in short_forms(part)} - parts
        return _People(
            names, frozenset(parts), frozenset(forms), frozenset(i for n in split for i in _initials(n))
        )

    @cached_property
    def _by_head(self) -> dict[str, tuple[str, ...]]:
        """Parts long enough to be looked for inside a handle, an address or a tag, by their first letters."""
        found: dict[str, list[str]] = {}
        for part in self.parts:
            if len(part) >= _LONG and not words().is_word(part):
                found.setdefault(part[:_LONG], []).append(part)
        return {head: tuple(parts) for head, parts in found.items()}

    @cached_property
    def _slips(self) -> dict[str, tuple[str, ...]]:
        """Those parts by what is left without one of their letters: two words a slip apart share one of these."""
        found: dict[str, list[str]] = {}
        for part in (part for parts in self._by_head.values() for part in parts):
            for less in less_one(part):
                found.setdefault(less, []).append(part)
        return {less: tuple(parts) for less, parts in found.items()}

    @cached_property
    def _whole(self) -> frozenset[str]:
        """What a word may be as it stands."""
        return self.parts | self.forms | self.initials

    @cached_property
    def _seen(self) -> dict[str, tuple[bool, bool]]:
        """What was found out about a word: whether it holds a part, and whether it is one with a slip."""
        return {}

    def matches(self, found: list[Token]) -> Iterator[Match]:
        """Names, their short forms, initials, misspellings and what holds them."""
        if not self.parts:
            return
        for at, token in enumerate(found):
            if self._is_nothing(token):
                continue
            if (end := self._dotted(found, at)) > at:
                yield What.INITIALS, token.start, found[end].end, Confidence.LIKELY
            elif sure := self._sure(token) or self._begins(found, at):
                yield What.PERSON, token.start, token.end, sure
            elif confidence := self._may_be(found, at, token):
                what = What.INITIALS if token.key in self.initials else What.PERSON
                yield what, token.start, token.end, confidence

    def _is_nothing(self, token: Token) -> bool:
        """Whether a word can be none of them, as most can't: what is asked of it next need not be asked."""
        word = token.key
        if word in self._whole or token.shape is Shape.INITIAL or "-" in word or word[:-1] in self.parts:
            return False
        return len(word) <= _LONG or words().is_word(word)

    def _dotted(self, found: list[Token], at: int) -> int:
        """Where initials end that are written with stops, "Z.Q."; ``at`` itself where none begin."""
        letters, end = found[at].key, at
        while end + 1 < len(found) and end - at < _INITIALS and _goes_on(found, end):
            end += 1
            letters += found[end].key
            if letters in self.initials:
                return end
        return at

    def _sure(self, token: Token) -> Confidence | None:
        for part in (token.key, *token.key.split("-")) if "-" in token.key else (token.key,):
            if part in self.parts or (part.endswith("s") and part[:-1] in self.parts and token.capital):
                plain = words().is_word(part)
                if plain and (not token.capital or (token.begins and token.gap.strip() != ",")):
                    return None
                return Confidence.CERTAIN
        return None

    def _begins(self, found: list[Token], at: int) -> Confidence | None:
        """A name that is a word, at the beginning of a sentence about somebody: "Bones apologised"."""
        token, after = found[at], found[at + 1] if at + 1 < len(found) else None
        if token.shape is not Shape.TITLE or token.key not in self.parts:
            return None
        does = after is not None and after.gap == " " and after.key in DEEDS - MODAL
        return Confidence.LIKELY if token.owns or does else None

    def _may_be(self, found: list[Token], at: int, token: Token) -> Confidence | None:
        plain = words().is_word(token.key)
        if token.key in self.forms and not plain and (token.capital or len(token.key) > 2):
            return Confidence.CERTAIN if token.capital else Confidence.LIKELY
        if token.shape in (Shape.CAPITALS, Shape.INITIAL) and token.key in self.initials:
            after = found[at + 1].key if at + 1 < len(found) else ""
            return (
                Confidence.LIKELY
                if after in DEEDS or token.owns or len(token.key) > 1
                else Confidence.POSSIBLE
            )
        if plain or len(token.key) <= _LONG:
            return None
        holds, misspelt = self._about(token.key)
        return Confidence.LIKELY if holds or (misspelt and token.capital) else None

    def _about(self, word: str) -> tuple[bool, bool]:
        if word not in self._seen:
            self._seen[word] = self._holds(word), len(word) >= _MISSPELT and self._misspelt(word)
        return self._seen[word]

    def _holds(self, word: str) -> bool:
        return any(
            word.startswith(part, at)
            for at in range(len(word) - _LONG + 1)
            for part in self._by_head.get(word[at : at + _LONG], ())
        )

    def _misspelt(self, word: str) -> bool:
        return any(one_slip(part, word) for less in less_one(word) for part in self._slips.get(less, ()))


def _goes_on(found: list[Token], at: int) -> bool:
    """Whether one letter follows another after nothing but a stop or a space."""
    both = found[at].shape is Shape.INITIAL and found[at + 1].shape is Shape.INITIAL
    return both and found[at + 1].gap in (".", ". ", " ")


def _pieces(name: list[str]) -> Iterator[str]:
    for part in name:
        yield part
        yield from (piece for piece in part.split("-") if "-" in part)


def _initials(name: list[str]) -> Iterator[str]:
    """The letters of a whole name, "dw"; single letters are left to the words around them."""
    if len(name) > 1:
        yield "".join(part[0] for part in name)
        yield name[0][0] + name[-1][0]


keeps_texts(_by_first, _People.of)
