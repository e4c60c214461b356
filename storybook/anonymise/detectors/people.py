"""Names of people in a text, by lists of names and by the words around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .codes import Match
from .company import Company
from .context import (
    ABBREVIATIONS,
    BESIDE,
    CALENDAR,
    DEEDS,
    DETERMINERS,
    DRUG_ENDS,
    EPONYMS,
    KIN,
    MODAL,
    NAMING,
    OF_EPONYMS,
    OWNERS,
    PARTICLES,
    ROLES,
    SHORT,
    TITLES,
)
from .findings import Confidence, What
from .tokens import Shape, Token, adjoins, runs

#: Roles and teams that stand without an article, as people do: "Probation said".
_ROLES: Final = KIN | TITLES | ROLES
_KEEPS: Final = ("mac", "mc", "o'", "fitz", "al-", "el-")


class People(Company):
    """Finds people's names among the words of one text."""

    def matches(self) -> Iterator[Match]:
        """Names as (what, start, end, confidence)."""
        taken: set[int] = set()
        for first, end in runs(self._tokens):
            for start, stop, confidence in self._in_run(first, end):
                taken.update(range(start, stop))
                yield self._match(start, stop, confidence)
        for at, token in enumerate(self._tokens):
            if at not in taken and (sure := self._small(at, token)):
                end = self._surname_after(at)
                taken.update(range(at, end))
                yield self._match(at, end, sure)
        for at, sure in self._by_company(taken):
            yield self._match(at, at + 1, sure)

    def _match(self, first: int, end: int, confidence: Confidence) -> Match:
        initials = all(t.shape is Shape.INITIAL or self._is_initials(t) for t in self._tokens[first:end])
        what = What.INITIALS if initials else What.PERSON
        return what, self._tokens[self._with_size(first)].start, self._tokens[end - 1].end, confidence

    # ---- words with capitals

    def _in_run(self, first: int, end: int) -> Iterator[tuple[int, int, Confidence]]:
        if self._speaks_run(first, end):
            yield first, end, Confidence.CERTAIN
            return
        titled = first > 0 and self._titled(first)
        while first < end and not titled and self._leads(first, end):
            titled = self._tokens[first].key in TITLES
            first += 1
        while first < end and self._trails(end - 1) and not (titled and end - first == 1):
            end -= 1
        if first == end:
            return
        if found := self._several(first, end, titled) if end - first > 1 else self._one(first, titled):
            yield first, end, found

    def _leads(self, at: int, end: int) -> bool:
        """Whether the word at the head of a run is no part of the name: "When Darren", "Mr Hart"."""
        token = self._tokens[at]
        if token.key in TITLES or token.key in KIN or token.key in OWNERS or token.key in DETERMINERS:
            return True
        if token.key in ABBREVIATIONS and token.shape is Shape.CAPITALS and not self._shouted(at):
            return True
        if self._is_short(token):
            return True
        if at + 1 == end and (self._is_initials(token) or self._begins_as_name(at) or self._is_told(at)):
            return False
        named = token.key in self._words.given and (at + 1 == end or self._could_be(at + 1))
        return (token.begins or not self._looks(at)) and self._words.is_word(token.key) and not named

    def _trails(self, at: int) -> bool:
        token = self._tokens[at]
        if self._is_initials(token) or self._begins_as_name(at) or self._is_told(at):
            return False
        return self._words.is_word(token.key) and not self._looks(at) and token.shape is not Shape.INITIAL

    def _looks(self, at: int) -> bool:
        """Whether a list of names holds the word."""
        found = self._tokens[at].key
        if "-" in found and any(part in self._words.only_names for part in found.split("-")):
            return True
        return found in self._words.given or found in self._words.surnames or found.startswith(_KEEPS)

    def _could_be(self, at: int) -> bool:
        token = self._tokens[at]
        return token.shape is Shape.INITIAL or self._looks(at) or not self._words.is_word(token.key)

    def _several(self, first: int, end: int, titled: bool) -> Confidence | None:
        inner = self._tokens[first:end]
        if self._is_group(end - 1):
            return None
        if titled or any(t.key in self._words.only_names for t in inner):
            return Confidence.CERTAIN
        if all(t.shape is Shape.INITIAL for t in inner):
            return self._initials(first, end)
        if inner[0].shape is Shape.INITIAL and self._could_be(end - 1):
            return Confidence.CERTAIN if self._odd(end - 1) or self._strong(first) else Confidence.LIKELY
        return self._unlisted(first, end)

    def _unlisted(self, first: int, end: int) -> Confidence | None:
        """Several words with capitals that are no names for sure: "Grace Moss", "Zuri Adeyinka"."""
        begins, last = self._tokens[first].begins, self._tokens[end - 1].key
        odd = [self._odd(at) for at in range(first, end)]
        if self._tokens[first].key in self._words.given and (odd[-1] or last in self._words.surnames):
            return Confidence.CERTAIN if odd[-1] or not begins else Confidence.LIKELY
        if any(odd):
            return Confidence.LIKELY if all(odd) or self._strong(first) else Confidence.POSSIBLE
        return Confidence.LIKELY if self._strong(first) and self._could_be(end - 1) else None

    def _odd(self, at: int) -> bool:
        """Whether a word is neither English nor a letter."""
        token = self._tokens[at]
        return token.shape is not Shape.INITIAL and not self._words.is_word(token.key)

    def _is_group(self, at: int) -> bool:
        found = self._tokens[at].key
        return found in self._words.organisations or found in self._words.streets

    def _one(self, at: int, titled: bool) -> Confidence | None:
        token = self._tokens[at]
        if token.key in _ROLES and not titled:
            return Confidence.LIKELY if self._called(at) and token.key in TITLES else None
        if token.shape is Shape.INITIAL:
            return self._letter(at, titled)
        if titled:
            return Confidence.LIKELY if token.key.endswith(DRUG_ENDS) else Confidence.CERTAIN
        if token.key in self._words.only_names:
            return None if token.owns and self._after(at) in OF_EPONYMS else Confidence.CERTAIN
        return self._initials(at, at + 1) if self._is_initials(token) else self._doubtful(at, token)

    def _doubtful(self, at: int, token: Token) -> Confidence | None:
        if token.key in self._words.also_words:
            return self._ambiguous(at, token)
        return self._nickname(at, token) if self._words.is_word(token.key) else self._unknown(at, token)

    def _ambiguous(self, at: int, token: Token) -> Confidence | None:
        """A name that is a word as well: "Will", "Grace", "Mark"."""
        if self._strong(at) or self._speaks(at) or self._aged(at):
            return Confidence.CERTAIN
        return Confidence.LIKELY if self._named_here(at, token) else None

    def _named_here(self, at: int, token: Token) -> bool:
        after = self._after(at)
        if after == "from" or (after in {"is", "was"} and self._after(at + 1) in self._words.demonyms):
            return True
        if self._asked_after(at):
            return True
        does = self._does(after) and not (token.key in MODAL and after in {"let", "say", "need"})
        if token.begins or token.shape is Shape.CAPITALS:
            acts = does and after not in {"is", "was", "has", "had", "did", "does"}
            return acts or (token.owns and token.key not in CALENDAR)
        if token.key in CALENDAR and not does:
            return False
        return self._before(at) not in DETERMINERS and not self._before_is_capital(at)

    def _nickname(self, at: int, token: Token) -> Confidence | None:
        """An ordinary word as somebody's name: "they call him Tank", "then Smudge said"."""
        before = self._before(at)
        if token.shape is Shape.CAPITALS:
            return None
        if before in NAMING or (self._called(at) and not token.begins):
            return Confidence.LIKELY
        of_kin = before in KIN and not token.begins and self._strong(at) and not self._is_plain(token)
        if of_kin or self._begins_as_name(at):
            return Confidence.POSSIBLE
        if token.begins or token.key in self._words.generic or token.key in self._words.organisations:
            return None
        acts = self._after(at) in DEEDS and self._after(at) not in {"is", "was", "has", "had", "used", "did"}
        if acts and before not in DETERMINERS and before not in OWNERS and not self._before_is_capital(at):
            return Confidence.POSSIBLE
        return None

    def _unknown(self, at: int, token: Token) -> Confidence | None:
        """A word with a capital that no list holds."""
        if token.key.endswith(DRUG_ENDS) or token.key in self._words.demonyms or len(token.key) < 2:
            return None
        short = token.shape is Shape.CAPITALS and len(token.key) < 5
        if token.key in self._words.places or short:
            return None
        if token.key in EPONYMS or self._after(at) in OF_EPONYMS:
            return None
        surname = token.key in self._words.surnames
        if self._strong(at) or self._speaks(at) or self._aged(at):
            return Confidence.CERTAIN if surname else Confidence.LIKELY
        if self._after(at) in DEEDS or token.owns or surname:
            return Confidence.LIKELY
        return Confidence.POSSIBLE

    # ---- initials

    def _initials(self, first: int, end: int) -> Confidence | None:
        """Letters that do what people do, or that things are done with: "DW attended", "spoke to D.W."."""
        if self._shouted(first):
            return None
        acts = self._after(end - 1) in DEEDS or self._tokens[end - 1].owns
        dotted = end - first > 1
        if acts or self._strong(first) or (dotted and self._before(first) in BESIDE):
            return Confidence.LIKELY
        length = end - first if dotted else len(self._tokens[first].key)
        return Confidence.POSSIBLE if length == 2 and self._before(first) in BESIDE else None

    def _letter(self, at: int, titled: bool) -> Confidence | None:
        token = self._tokens[at]
        if titled or (token.key in "ai" and not self._strong(at)):
            return Confidence.LIKELY if titled else None
        acts = self._after(at) in DEEDS and not token.begins
        return Confidence.LIKELY if acts or self._strong(at) or token.owns else None

    # ---- words without capitals

    def _small(self, at: int, token: Token) -> Confidence | None:
        if token.capital or len(token.key) < 3:
            return None
        if token.key in self._words.only_names or self._double(token.key):
            return None if token.key in SHORT else Confidence.LIKELY
        if not (self._strong(at) or self._aged(at) or self._presented(at)) or token.key in _ROLES:
            return None
        if token.key in self._words.also_words:
            named = (
                self._before(at) in NAMING
                or self._before(at - 1) == "name"
                or self._after(at) in DEEDS
                or token.owns
                or self._aged(at)
            )
            named = named and token.key not in MODAL | {"max", "young"}
            return Confidence.LIKELY if named or self._titled(at) or self._presented(at) else None
        if self._words.is_word(token.key) or not token.text.isascii():
            return None
        return Confidence.LIKELY if self._before(at) in NAMING | KIN else Confidence.POSSIBLE

    def _double(self, word: str) -> bool:
        """Whether a word with a hyphen holds a name: "darren-whitlock" in the name of a file."""
        return "-" in word and any(
            part in self._words.only_names for part in word.split("-") if len(part) > 3
        )

    def _surname_after(self, at: int) -> int:
        """The end of a name in small letters: "darren whitlock"."""
        if at + 1 < len(self._tokens):
            after = self._tokens[at + 1]
            odd = not self._words.is_word(after.key) and after.key not in PARTICLES
            joined = adjoins(self._tokens[at], after) or after.gap in (".", "_")
            letter = len(after.key) == 1 and after.key not in "aix" and after.gap == " "
            if not after.capital and joined and letter:
                return at + 2
            if not after.capital and joined and odd:
                return (
                    at + 2 if after.key in self._words.surnames or after.key in self._words.given else at + 1
                )
        return at + 1
