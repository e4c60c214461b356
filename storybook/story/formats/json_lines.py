"""JSON that remembers on which line everything stands, so that a problem can say where it is."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Any, Final

from ..messages import Message, message
from ..problems import Problems
from . import limits
from .trouble import refuse

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_WORDS: Final = {"true": True, "false": False, "null": None}
_STRING: Final = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_LONGEST_NUMBER: Final = 40


class Object(dict[str, Any]):
    """A JSON object with the line it begins on and the line of each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


def load(text: str, where: str) -> Any:
    """What ``text`` holds; objects are ``Object``, numbers are their text. Raises Problems with line and column."""
    return _Reader(text, where).document()


class _Reader:
    def __init__(self, text: str, where: str) -> None:
        self._text, self._where, self._at = text, where, 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def document(self) -> Any:
        found = self._value(0)
        self._skip()
        if self._at < len(self._text):
            raise self._refusal(message("there is something after the end of the JSON"))
        return found

    def _line(self) -> int:
        return bisect_right(self._starts, self._at)

    def _refusal(self, what: Message) -> Problems:
        line = self._line()
        column = self._at - self._starts[line - 1] + 1
        instead = message("look here for a comma, a quotation mark or a bracket too many or too few")
        return refuse(self._where, what, instead, line, column)

    def _skip(self) -> str:
        """Go to the next character that is no space, and say which it is ("" at the end)."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _value(self, depth: int) -> Any:
        if depth > limits.DEPTH:
            raise self._refusal(message("the JSON is too deep"))
        first = self._skip()
        if first == "{":
            return self._object(depth)
        if first == "[":
            return self._list(depth)
        return self._string() if first == '"' else self._word()

    def _object(self, depth: int) -> Object:
        found = Object(self._line())
        self._at += 1
        if self._skip() == "}":
            self._at += 1
            return found
        while True:
            if self._skip() != '"':
                raise self._refusal(message("a key is missing here"))
            line, key = self._line(), self._string()
            self._expect(":")
            found[key], found.lines[key] = self._value(depth + 1), line
            if self._more("}"):
                return found

    def _list(self, depth: int) -> list[Any]:
        found: list[Any] = []
        self._at += 1
        if self._skip() == "]":
            self._at += 1
            return found
        while True:
            found.append(self._value(depth + 1))
            if self._more("]"):
                return found

    def _more(self, end: str) -> bool:
        """Whether the list or object ends here (True) or a comma says that it goes on (False)."""
        sign = self._skip()
        if sign not in (",", end) or not sign:
            raise self._refusal(message("a comma or {end} is missing here", end=end))
        self._at += 1
        return sign == end

    def _expect(self, sign: str) -> None:
        if self._skip() != sign:
            raise self._refusal(message("a {sign} is missing here", sign=sign))
        self._at += 1

    def _string(self) -> str:
        found = _STRING.match(self._text, self._at)
        if not found:
            raise self._refusal(
                message("this text does not end, or holds a character that must be written another way")
            )
        self._at = found.end()
        text = str(json.loads(found[0]))
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")

    def _word(self) -> Any:
        for word, value in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return value
        found = _NUMBER.match(self._text, self._at)
        if not found or len(found[0]) > _LONGEST_NUMBER:
            raise self._refusal(message("this is not JSON"))
        self._at = found.end()
        return found[0]
