"""What stands around a word in a text: the words that say that a name follows, or that one was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .context import ABBREVIATIONS, GREETING, INTRODUCING, KIN, NAMING, TITLES
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
        return (before == "as" and two == "known") or (before == "by" and two in {"goes", "went", "go"})

    def _before(self, at: int) -> str:
        if not 0 < at < len(self._tokens) or "\n\n" in self._tokens[at].gap:
            return ""
        return self._tokens[at - 1].key

    def _before_is_capital(self, at: int) -> bool:
        return at > 0 and self._tokens[at].gap == " " and self._tokens[at - 1].shape is Shape.TITLE

    def _after(self, at: int) -> str:
        if at + 1 < len(self._tokens) and self._tokens[at + 1].gap in (" ", "  ", "\n", ", "):
            return self._tokens[at + 1].key
        return ""

    def _shouted(self, at: int) -> bool:
        """Whether the words around are in capitals as well, so that capitals say nothing."""
        around = (*self._tokens[max(0, at - 2) : at], *self._tokens[at + 1 : at + 3])
        return sum(t.shape is Shape.CAPITALS for t in around) >= 2

    def _is_initials(self, token: Token) -> bool:
        return token.shape is Shape.CAPITALS and len(token.key) in (2, 3) and token.key not in ABBREVIATIONS
