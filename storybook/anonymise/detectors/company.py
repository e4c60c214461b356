"""Names by the company they keep: whom somebody met, who does what only people do, who stands beside a name.

No list holds nicknames that are words ("Ghost"), nor every name that is typed in small letters; what says that
somebody is meant is what stands around: "told smudge", "my mate lurch looks", "Mags (cook)", "Bones and Darren".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .around import Around
from .context import (
    ABBREVIATIONS,
    AUXILIARY,
    CALENDAR,
    CLAUSE,
    COMPANIONS,
    DEEDS,
    DETERMINERS,
    DRUG_ENDS,
    GREETINGS,
    INTRODUCING,
    KIN,
    MEETING,
    MODAL,
    OF_THEMSELVES,
    OWNERS,
    PERSONS_DO,
    SHORT,
    SIZES,
    SPEECH,
    STAFF,
    STARTERS,
    STATES,
    WRITINGS,
)
from .findings import Confidence
from .tokens import Shape, Token

#: Between two who are named together: "Bones and Darren", "Jo & Taz", "Baz n Donna", "Bev/Trev".
_AND: Final = frozenset({" & ", " + ", "/", " / "})
_JOINING: Final = frozenset({"and", "n", "or"})
#: Who somebody is, in brackets behind the name: "Mags (cook)", "abdikarim (his brother)".
_WHO: Final = re.compile(
    r"(?:['’]s)?\s\((?:(?:his|her|my|their|the|new|ex|old|mum|dad)['’]?s?[\s\-]){0,2}(?P<who>[a-zA-Z\-]+)[),;]"
)
_LETTERS: Final = 3
#: What makes a word a part of a file, a handle or an address.
_GLUED: Final = re.compile(r"[_@/\d]|\.\w")


class Company(Around):
    """Finds names that no list holds by what stands beside them."""

    def _by_company(self, taken: set[int]) -> Iterator[tuple[int, Confidence]]:
        """Words that are somebody's name by what is done and who is named beside them, none of those ``taken``."""
        more: list[int] = []
        for at, token in enumerate(self._tokens):
            if at not in taken and len(token.key) >= _LETTERS and self._is_somebody(at, token):
                more.append(at)
                yield at, Confidence.POSSIBLE
        named = taken.union(more)
        for at in self._beside(named):
            yield at, Confidence.POSSIBLE

    def _is_somebody(self, at: int, token: Token) -> bool:
        if token.shape is Shape.TITLE:
            return self._words.is_word(token.key) and self._is_nickname(at, token)
        if token.shape is Shape.CAPITALS:
            return self._words.is_word(token.key) and self._could_name(token) and self._in_brackets(at)
        if token.capital or not token.text.isascii():
            return False
        if self._words.is_word(token.key):
            return token.key in self._words.things and self._is_typed(at, token)
        whole = _GLUED.match(self._text, token.end) is None
        return whole and self._could_name(token) and self._is_unknown(at)

    def _could_name(self, token: Token) -> bool:
        """Whether nothing says that a word is a role, a body, a brand, a medicine or short for something."""
        found = token.key
        return not (
            found in SHORT
            or found in WRITINGS
            or found in STARTERS
            or found in INTRODUCING
            or found in ABBREVIATIONS
            or found.endswith(DRUG_ENDS)
            or found in self._words.demonyms
            or found in self._words.places
            or (found,) in self._words.nationwide.get(found, ())
            or self._is_plain(token)
        )

    def _is_unknown(self, at: int) -> bool:
        """A word in small letters that no list holds: "seen w/ abdikarim", "says liban took", "then kyzer was"."""
        before, after, gap = self._before(at), self._after(at), self._tokens[at].gap
        if gap in (" ", "/ ") and (before in MEETING or before in COMPANIONS or before == "by"):
            return True
        if self._in_brackets(at) or self._greets(at) or self._two(at) or self._two(at - 1):
            return True
        if before in DETERMINERS or before in OWNERS or after not in DEEDS | SPEECH:
            return False
        begins = self._tokens[at].begins or before in CLAUSE or before in KIN
        return after not in AUXILIARY or begins

    def _two(self, at: int) -> bool:
        """Whether a word that is no English stands before a surname that is none either: "omg fitzroy tull"."""
        both = self._tokens[max(at, 0) : at + 2]
        if len(both) < 2 or both[1].gap != " " or both[1].key not in self._words.surnames:
            return False
        unknown = all(
            len(t.key) > _LETTERS and t.shape is Shape.SMALL and not self._words.is_word(t.key) for t in both
        )
        clipped = any(self._words.is_word(t.key + "g") for t in both)
        return unknown and not clipped and all(map(self._could_name, both))

    def _greets(self, at: int) -> bool:
        """Whether somebody says who they are after a greeting: "hiya its ange"."""
        return self._before(at) in INTRODUCING and self._before(at - 1) in GREETINGS

    def _is_typed(self, at: int, token: Token) -> bool:
        """A plain word in small letters that can be nothing but somebody: "my mate lurch looks", "then tank said"."""
        if not self._could_name(token) or token.key in self._words.plurals:
            return False
        before, after = self._before(at), self._after(at)
        if before in KIN and self._before(at - 1) in OWNERS and token.gap == " ":
            return after in DEEDS | SPEECH
        return after in SPEECH and (token.begins or before in CLAUSE) and token.gap.strip() in ("", ".", ",")

    def _is_nickname(self, at: int, token: Token) -> bool:
        """A plain word with a capital that stands where somebody does: "told Peaches", "Ghost wants", "Mags (cook)"."""
        if token.key in CALENDAR:
            return self._is_of_year(at, token)
        if not self._could_name(token) or self._near_capital(at):
            return False
        if self._in_brackets(at) or self._paired(at):
            return True
        before, after = self._before(at), self._after(at)
        if token.begins:
            is_so = after in PERSONS_DO or after in STATES
            return (is_so and self._may_be_called(token.key)) or self._has_to(at) or self._is_so(at, token)
        stands = (
            before in MEETING or before in COMPANIONS or before in STAFF or before in self._words.occupations
        )
        return stands and token.gap in (" ", "/ ") and not self._counted(at)

    def _is_of_year(self, at: int, token: Token) -> bool:
        """A month or a season as a name: "with Summer", "April crying on the stairs"."""
        if token.key not in self._words.also_words:
            return False
        if token.begins:
            return self._after(at) in STATES or self._after(at) in PERSONS_DO
        return self._before(at) in {"with", "w", "told", "tell"} and not self._counted(at)

    def _is_so(self, at: int, token: Token) -> bool:
        """Whether a name that is a word is or was something, as no thing is without an article: "Poppy has nits"."""
        named = token.key in self._words.also_words and token.key not in OF_THEMSELVES
        return named and self._after(at) in AUXILIARY | MODAL and self._tokens[at + 1].gap == " "

    def _has_to(self, at: int) -> bool:
        """Whether a name that is a word has something to do, as in minutes: "Tiny to ring back"."""
        named = self._tokens[at].key in self._words.also_words - MODAL and self._after(at) == "to"
        return named and at + 2 < len(self._tokens) and not self._tokens[at + 2].capital

    def _paired(self, at: int) -> bool:
        """Whether two words with capitals do something together: "Bones and Twitch barred"."""
        after = self._tokens[at + 1 : at + 4]
        if len(after) < 3 or after[0].key not in _JOINING or any(t.gap != " " for t in after):
            return False
        fits = after[1].shape is Shape.TITLE and self._could_name(after[1]) and not self._near_capital(at + 2)
        return fits and self._does(after[2].key)

    def _near_capital(self, at: int) -> bool:
        """Whether a neighbour has a capital as well, so that the word may be a part of some other name."""
        after = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        follows = after is not None and after.gap == " " and after.capital
        if follows or not self._before_is_capital(at) or self._tokens[at].begins:
            return follows
        return not (self._tokens[at - 1].begins and self._before(at) in MEETING)

    def _counted(self, at: int) -> bool:
        """Whether a number follows, as in "with Section 117"."""
        return re.match(r"\s\d", self._text[self._tokens[at].end : self._tokens[at].end + 2]) is not None

    def _in_brackets(self, at: int) -> bool:
        """Whether brackets behind a word say who it is: "Colin (staff)"."""
        end = self._tokens[at].end
        if self._text[end : end + 2] != " (":
            return False
        match = _WHO.match(self._text, end)
        return match is not None and self._is_who(match["who"].lower())

    def _is_who(self, word: str) -> bool:
        return (
            (word in KIN and word not in {"name", "man"}) or word in self._words.occupations or word in STAFF
        )

    def _does(self, after: str) -> bool:
        """Whether a word is what people do: a list has it, or it is a past tense."""
        return after in DEEDS or (after.endswith("ed") and len(after) > 4 and self._words.is_word(after))

    # ---- beside a name

    def _beside(self, named: set[int]) -> Iterator[int]:
        """Words that are joined to a name, one after the other as far as it goes."""
        waiting = sorted(named)
        while waiting:
            at = waiting.pop()
            for other in (self._joined_before(at), self._joined_after(at)):
                if other is not None and other not in named and self._fits(other):
                    named.add(other)
                    waiting.append(other)
                    yield other

    def _joined_after(self, at: int) -> int | None:
        """The word that a name is joined to: "Darren and Bones"."""
        if at + 1 >= len(self._tokens) or self._tokens[at].owns:
            return None
        after = self._tokens[at + 1]
        if after.gap in _AND:
            return at + 1
        if after.key in _JOINING and after.gap == " " and self._follows(at + 2):
            return at + 2
        return None

    def _joined_before(self, at: int) -> int | None:
        """The word that is joined to a name: "Bones and Darren"."""
        token = self._tokens[at]
        if at and token.gap in _AND:
            return at - 1
        if (
            at > 1
            and token.gap == " "
            and self._tokens[at - 1].key in _JOINING
            and self._tokens[at - 1].gap == " "
        ):
            return at - 2
        return None

    def _follows(self, at: int) -> bool:
        return at < len(self._tokens) and self._tokens[at].gap == " "

    def _may_be_called(self, word: str) -> bool:
        known = self._words
        return word in known.things or word in known.adjectives or word in known.also_words

    def _fits(self, at: int) -> bool:
        """Whether a word that is joined to a name is one: a capital, or no English at all."""
        token = self._tokens[at]
        if len(token.key) < _LETTERS or not self._could_name(token) or token.key in CALENDAR | SIZES:
            return False
        if token.shape is Shape.TITLE:
            plain = self._words.is_word(token.key) and not self._may_be_called(token.key)
            return not plain and self._before(at) not in DETERMINERS and not self._near_capital(at)
        return token.shape is Shape.SMALL and not self._words.is_word(token.key) and token.text.isascii()
