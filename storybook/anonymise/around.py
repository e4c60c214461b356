"""What stands around a word in a text: the words that say that a name follows, or that one was said."""

from __future__ import annotations

from collections.abc import Sequence

from .context import ABBREVIATIONS, GREETING, KIN, NAMING, TITLES
from .tokens import Shape, Token
from .words import Words


class Around:
    """The words of one text, asked about by their place."""

    def __init__(self, words: Words, found: Sequence[Token]) -> None:
        self._words = words
        self._tokens = found

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
        return before == "is" and self._before(at - 1) == "name"

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
