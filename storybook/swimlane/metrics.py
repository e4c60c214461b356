"""How wide text is, from the shipped font's own numbers, so that a layout needs no browser to place labels."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

#: A browser's hinting and rounding may add this much to the sum of the advances (kerning is switched off).
SLACK = 1.02
ELLIPSIS = "…"
#: Unicode categories of characters that can't be drawn, or would turn the words after them round.
HIDDEN = frozenset({"Cc", "Cf", "Cs"})
#: Not seen either, but they shape the letters beside them, as Persian and Urdu words and some emoji need.
JOINERS = frozenset("\u200c\u200d")


def plain(words: str) -> str:
    """``words`` in one line as they will be drawn: single spaces, nothing that has no place on a line."""
    if not words.isprintable():
        seen = (c for c in words if c.isspace() or c in JOINERS or unicodedata.category(c) not in HIDDEN)
        words = "".join(seen)
    return " ".join(words.split())


class _Advances(dict[str, int]):
    """Advance of each character in font units; characters the font lacks get a safe guess."""

    def __init__(self, known: Mapping[str, int], units: int) -> None:
        super().__init__({chr(int(code)): advance for code, advance in known.items()})
        self._units = units

    def __missing__(self, character: str) -> int:
        self[character] = round(self._units * _guess(character))
        return self[character]


def _guess(character: str) -> float:
    """Ems that a fallback font may need for a character that the shipped font does not hold."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"}:
        return 0.0
    if unicodedata.category(character) in {"So", "Sk", "Cn", "Co"}:
        return 1.4
    return 1.05 if unicodedata.east_asian_width(character) in "WF" else 0.85


@dataclass(frozen=True, slots=True)
class Metrics:
    """Advances of two weights. ``ascent`` and ``descent`` are fractions of the type size, both positive."""

    units: int
    ascent: float
    descent: float
    regular: _Advances
    bold: _Advances

    @classmethod
    def load(cls, path: Path) -> Metrics:
        """Reads ``font-metrics.json`` as the front-end build writes it; OSError or ValueError if it can't."""
        return cls.of(json.loads(path.read_text(encoding="utf-8")))

    @classmethod
    def of(cls, data: Mapping[str, object]) -> Metrics:
        """From ``{"unitsPerEm", "ascent", "descent", "regular": {codepoint: advance}, "bold": {...}}``."""
        try:
            units = int(str(data["unitsPerEm"]))
            weights = [_Advances(dict(data[name]), units) for name in ("regular", "bold")]  # type: ignore[call-overload]  # JSON
            up, down = (abs(int(str(data[name]))) / units for name in ("ascent", "descent"))
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a font's metrics: {error}") from error
        return cls(units, up, down, *weights)

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Pixels that ``text`` takes at ``size`` pixels, on one line."""
        advances = self.bold if bold else self.regular
        return sum([advances[c] for c in text]) * size * SLACK / self.units

    def clip(self, text: str, size: float, width: float, bold: bool = False) -> str:
        """``text`` in one line, or as much of it as ``width`` pixels hold with an ellipsis at its end."""
        text = plain(text)
        if self.width(text, size, bold) <= width:
            return text
        return self._head(text, size, width - self.width(ELLIPSIS, size, bold), bold).rstrip() + ELLIPSIS

    def wrap(self, text: str, size: float, width: float, lines: int, bold: bool = False) -> tuple[str, ...]:
        """``text`` in at most ``lines`` lines of ``width`` pixels; words that are too long break, the rest is cut."""
        words = list(self._words(text, size, width, bold))
        space = self.width(" ", size, bold)
        made: list[str] = []
        at = 0
        while at < len(words) and len(made) < lines:
            end = _line_end(words, at, width, space)
            made.append(" ".join(word for word, _ in words[at:end]))
            at = end
        if at < len(words):
            made[-1] = self.clip(" ".join([made[-1], *(word for word, _ in words[at:])]), size, width, bold)
        return tuple(made)

    def longest(self, lines: Iterable[str], size: float, bold: bool = False) -> float:
        """Width of the widest of ``lines``; 0 for none."""
        return max((self.width(line, size, bold) for line in lines), default=0.0)

    def _words(self, text: str, size: float, width: float, bold: bool) -> Iterator[tuple[str, float]]:
        """The words with their widths; one that is wider than a line in pieces."""
        for word in plain(text).split():
            rest, takes = word, self.width(word, size, bold)
            while takes > width and len(rest) > 1:
                head = self._head(rest, size, width, bold)
                yield head, self.width(head, size, bold)
                rest = rest[len(head) :]
                takes = self.width(rest, size, bold)
            yield rest, takes

    def _head(self, text: str, size: float, width: float, bold: bool) -> str:
        """The longest start of ``text`` that fits, at least one character."""
        advances = self.bold if bold else self.regular
        room = width * self.units / (size * SLACK)
        for count, character in enumerate(text):
            room -= advances[character]
            if room < 0:
                return text[: max(count, 1)]
        return text


def _line_end(words: list[tuple[str, float]], start: int, width: float, space: float) -> int:
    """Position after the last word that fits in a line beginning with ``words[start]``."""
    used = words[start][1]
    for end in range(start + 1, len(words)):
        used += space + words[end][1]
        if used > width:
            return end
    return len(words)
