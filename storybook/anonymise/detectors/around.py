"""What stands around a word in a text: the words that say that a name follows, or that one was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .context import (
    ABBREVIATIONS,
    CALENDAR,
    DEEDS,
    DETERMINERS,
    GREETING,
    INTRODUCING,
    KIN,
    NAMING,
    OWNERS,
    PARTICLES,
    ROLES,
    SIZES,
    TITLES,
)
from .tokens import Shape, Token
from .words import Words

_AGE_AFTER: Final = re.compile(
    r",\s[1-9]\d?(?=[,.;)\n]|\s?$)(?!,\s?\d)|\s\((?:aged\s)?[1-9]\d?\)|,\saged?\s\d"
)


class Around:
    """The words of one text, asked about by their place."""

    def __init__(self, words: Words, found: Sequence[Token], text: str) -> None:
        self._words = words
        self._tokens = found
        self._text = text

    def _strong(self, at: int) -> bool:
        """Whether the words before say that a name follows: "my partner", "called", "our", "Hi"."""
        before = self._before(at)
        if before in NAMING or self._called(at) or self._titled(at):
            return True
        token = self._tokens[at]
        if (
            token.gap.strip() in ("", ",", "(", "–", "-", ":")
            and before in KIN
            and (at < 2 or before != "man")
        ):
            return token.gap.strip() != "" or self._tokens[at - 1].key in KIN
        if before == "our" or (before in GREETING and token.gap in (" ", ", ")):
            return token.capital or before == "our"
        if before in INTRODUCING and token.gap == " " and (token.capital or self._listed_as_name(at)):
            return True
        return before == "is" and self._before(at - 1) == "name"

    def _listed_as_name(self, at: int) -> bool:
        """Whether it is a name in small letters, and nobody says so of a mood: "i'm kai", not "i'm happy"."""
        return self._tokens[at].key in self._words.only_names

    def _speaks(self, at: int) -> bool:
        """Whether it is who speaks in a chat or a script: "09:22 - Ash: ..."."""
        if at + 1 >= len(self._tokens):
            return False
        token, after = self._tokens[at], self._tokens[at + 1]
        return (
            after.gap.startswith(": ")
            and token.begins
            and re.search(r"\d\s*[-–]\s$|\]\s$", token.gap) is not None
        )

    def _speaks_run(self, first: int, end: int) -> bool:
        """The same of a name of several words: "07:55 - Big Tone: morning all"."""
        if end - first < 2 or end >= len(self._tokens):
            return False
        before, after = self._tokens[first].gap, self._tokens[end].gap
        return after.startswith(": ") and re.search(r"\d\s*[-–]\s$|\]\s$", before) is not None

    def _begins_as_name(self, at: int) -> bool:
        """Whether a plain word at the beginning of a sentence is a name by what it has: "Rizla's dad came"."""
        token = self._tokens[at]
        if not token.begins or token.shape is not Shape.TITLE or self._is_plain(token):
            return False
        after = self._after(at)
        if token.owns:
            return after in KIN - {"name", "eldest", "youngest", "man"}
        if token.key in self._words.adjectives:
            return after in DEEDS - {"is", "isn't"}
        return token.key in self._words.plurals and after in {"was", "has", "wasn't", "hasn't"}

    def _is_plain(self, token: Token) -> bool:
        """Whether a word names a role, a kind of body, a day or anybody at all."""
        found = token.key
        return (
            found in KIN
            or found in TITLES
            or found in ROLES
            or found in CALENDAR
            or found in DETERMINERS
            or found in self._words.generic
            or found in self._words.organisations
            or found in self._words.occupations
        )

    def _asked_after(self, at: int) -> bool:
        """Whether a question is about somebody: "Can Summer do the move?"."""
        before = self._before(at)
        return (
            at > 0
            and self._tokens[at - 1].begins
            and self._tokens[at].gap == " "
            and self._tokens[at].capital
            and before in {"can", "could", "did", "does", "should", "would", "has", "is", "was", "if", "when"}
        )

    def _presented(self, at: int) -> bool:
        """Whether a name in small letters is told as one: "this is lee", "mark from housing", "me and grace"."""
        two, before, after = self._before(at - 1), self._before(at), self._after(at)
        if before == "is" and two in {"this", "that", "it"}:
            return after not in {"a", "the", "of", "in", "on", "for", "to", "my", "your"}
        if after == "from" and self._tokens[at].begins:
            return True
        return before == "and" and two in {"me", "him", "her"}

    def _aged(self, at: int) -> bool:
        """Whether an age follows: "jasmine, 22, care leaver", "Ruben (10)"."""
        end = self._tokens[at].end
        return _AGE_AFTER.match(self._text, end) is not None

    def _titled(self, at: int) -> bool:
        if at == 0 or self._tokens[at].gap not in (" ", ". ", ".", "  "):
            return False
        before = self._tokens[at - 1]
        return before.key in TITLES and (before.capital or before.key not in KIN)

    def _called(self, at: int) -> bool:
        """Whether it is "they call him ...", "goes by ...", "known as ..."."""
        two = self._before(at - 1)
        before = self._before(at)
        if before in {"him", "her", "me", "them"}:
            return two in {"call", "called", "calls", "calling", "named", "name"}
        return (before == "as" and two in {"known", "know", "knows"}) or (
            before == "by" and two in {"goes", "went", "go"}
        )

    def _with_size(self, first: int) -> int:
        """Where a name begins that has a word before it: "little mick", "polish adam"."""
        at = first - 1
        while (
            at >= 0
            and self._tokens[at].key in PARTICLES - {"la", "le", "el", "al"}
            and self._tokens[at + 1].gap == " "
        ):
            first, at = at, at - 1
        if at < 0 or self._tokens[first].gap != " " or self._tokens[at].key not in SIZES:
            return first
        both = self._tokens[at].capital == self._tokens[first].capital
        told = self._before(at) in DETERMINERS or self._before(at) in OWNERS
        return at if both and not told else first

    def _is_told(self, at: int) -> bool:
        """Whether a word says that a name follows, whatever the name: "aka Chunk", "goes by Cinders"."""
        told = self._before(at) in NAMING or self._called(at)
        return told and self._tokens[at].shape is Shape.TITLE and self._tokens[at].gap == " "

    def _before(self, at: int) -> str:
        if not 0 < at < len(self._tokens) or "\n\n" in self._tokens[at].gap:
            return ""
        return self._tokens[at - 1].key

    def _before_is_capital(self, at: int) -> bool:
        return at > 0 and self._tokens[at].gap == " " and self._tokens[at - 1].shape is Shape.TITLE

    def _after(self, at: int) -> str:
        if at + 1 >= len(self._tokens):
            return ""
        gap = self._tokens[at + 1].gap
        stopped = gap == ". " and self._tokens[at].shape is Shape.INITIAL
        return self._tokens[at + 1].key if stopped or gap in (" ", "  ", "\n", ", ") else ""

    def _shouted(self, at: int) -> bool:
        """Whether the words around are in capitals as well, so that capitals say nothing."""
        around = (*self._tokens[max(0, at - 2) : at], *self._tokens[at + 1 : at + 3])
        return sum(t.shape is Shape.CAPITALS for t in around) >= 2

    def _is_short(self, token: Token) -> bool:
        """Whether it is short for something that everybody at work knows, however it is written: "Pt", "Rm"."""
        known = token.key in ABBREVIATIONS and len(token.key) < 4
        return known and token.shape is Shape.TITLE and not set("aeiouy") & set(token.key)

    def _is_initials(self, token: Token) -> bool:
        return token.shape is Shape.CAPITALS and len(token.key) in (2, 3) and token.key not in ABBREVIATIONS
