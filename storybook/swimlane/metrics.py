"""How wide text is, from the shipped font's own numbers, so that a layout needs no browser to place labels."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

#: Kerning, hinting and a browser's rounding may add this much to the sum of the advances.
SLACK = 1.02
ELLIPSIS = "…"


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
        """``text``, or as much of it as ``width`` pixels hold with an ellipsis at its end."""
        if self.width(text, size, bold) <= width:
            return text
        return self._head(text, size, width - self.width(ELLIPSIS, size, bold), bold).rstrip() + ELLIPSIS

    def wrap(self, text: str, size: float, width: float, lines: int, bold: bool = False) -> tuple[str, ...]:
        """``text`` in at most ``lines`` lines of ``width`` pixels; words that are too long break, the rest is cut."""
        made: list[str] = []
        rest = self._words(text, size, width, bold)
        while rest and len(made) < lines:
            line, rest = self._line(rest, size, width, bold)
            made.append(line)
        if rest:
            made[-1] = self.clip(made[-1] + " " + " ".join(rest), size, width, bold)
        return tuple(made)

    def longest(self, lines: Iterable[str], size: float, bold: bool = False) -> float:
        """Width of the widest of ``lines``; 0 for none."""
        return max((self.width(line, size, bold) for line in lines), default=0.0)

    def _line(self, words: list[str], size: float, width: float, bold: bool) -> tuple[str, list[str]]:
        space = self.width(" ", size, bold)
        taken, used = 1, self.width(words[0], size, bold)
        for word in words[1:]:
            used += space + self.width(word, size, bold)
            if used > width:
                break
            taken += 1
        return " ".join(words[:taken]), words[taken:]

    def _words(self, text: str, size: float, width: float, bold: bool) -> list[str]:
        words: list[str] = []
        for word in text.split():
            while self.width(word, size, bold) > width and len(word) > 1:
                head = self._head(word, size, width, bold)
                words.append(head)
                word = word[len(head) :]
            words.append(word)
        return words

    def _head(self, text: str, size: float, width: float, bold: bool) -> str:
        """The longest start of ``text`` that fits, at least one character."""
        advances = self.bold if bold else self.regular
        room = width * self.units / (size * SLACK)
        for count, character in enumerate(text):
            room -= advances[character]
            if room < 0:
                return text[: max(count, 1)]
        return text
