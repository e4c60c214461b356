"""A text as a detector should see it, with the way back to where each character stands in the original.

Identifiers hide in ways that a reader does not see: zero-width characters, full-width digits, Cyrillic
letters that look Latin, bold marks or tags in the middle of a number, letters spaced out. A ``View`` is the
text without one layer of that; detectors run over each view, and what they find is told in code points of the
text as it was written. Digits said in words ("oh seven seven double oh") are digits too.
"""

# ruff: noqa: RUF001 - characters that look like others are what this table is of

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: Letters of other scripts that look like Latin ones; what NFKD already folds is not listed.
_LOOKALIKES: Final = dict(
    zip(
        "АВЕКМНОРСТУХЅІЈԌԚԜаеорсухѕіјԛԝһԁӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυχϲϳԱՏՕօսցоʟıƖǀ∣Ꭰ⍺ɑɡ",
        "ABEKMHOPCTYXSIJGQWaeopcyxsijqwhdlABEZHIKMNOPTYXaivopuxcjUSOouqoLilllDaag",
        strict=True,
    )
)
_SPACES: Final = "\u2800\u3164\u115f\u1160\uffa0"
_DOTS: Final = "·•∙⋅・･。"
_SLASHES: Final = "⁄∕⧸"
_KEPT_CONTROLS: Final = "\n\t"

#: One character of an address on the web, as two hexadecimal digits.
_PERCENT: Final = re.compile(r"%[2-7][0-9a-fA-F]")
_DIGIT_WORDS: Final = dict(
    zip(
        ("zero", "oh", "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        "000123456789",
        strict=True,
    )
)
_DIGIT_WORD: Final = rf"(?:(?:(?:double|triple|treble)[\s\-]+)?(?:{'|'.join(_DIGIT_WORDS)})\b|\d+)"
#: At least six digits one after the other, some of them as words; a run of fewer says nothing.
_SPOKEN: Final = re.compile(rf"\b{_DIGIT_WORD}(?:[\s,.\-]{{1,3}}{_DIGIT_WORD}){{2,}}", re.IGNORECASE)
_SPOKEN_DIGIT: Final = re.compile(
    rf"(?:(?P<times>double|triple|treble)[\s\-]+)?(?P<word>{'|'.join(_DIGIT_WORDS)})\b|\d+", re.IGNORECASE
)
_FEWEST_SPOKEN: Final = 6
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_BLOCK_TAG: Final = re.compile(
    r"</?(?:br|p|div|li|ul|ol|tr|td|th|table|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE
)
_MARKS: Final = re.compile(
    r"<!--.{0,500}?-->|</?[A-Za-z][^<>]{0,500}>|\]\([^()\s]{0,500}\)|[*_`\[\]]+|~~|\\(?=\W)", re.DOTALL
)
_SPACED: Final = re.compile(r"(?<![^\W_])[^\W_](?:[ \t.\-/|,]{1,2}[^\W_](?![^\W_])){5,}")
_SPACING: Final = re.compile(r"[ \t.\-/|,]")


@dataclass(frozen=True, slots=True)
class View:
    """``text`` to search; character ``i`` of it comes from ``starts[i]:ends[i]`` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` (not empty) stands in the original, in code points."""
        return self.starts[start], self.ends[end - 1]


def views(text: str) -> list[View]:
    """The text folded; decoded, without markup; then with spaced-out letters joined, or spoken digits as digits."""
    plain = _folded(text)
    decoded = _decoded(plain)
    bare = _without_marks(decoded)
    found = [plain]
    for view in (decoded, bare, _joined(bare), _unspoken(bare)):
        if view.text != found[-1].text:
            found.append(view)
    return found


#: How far around a place that a view changed the words still belong to it.
_AROUND: Final = 160


def changed(view: View) -> list[View]:
    """The parts of a view that don't read as the text does, with the words around them; all of it if that is most."""
    spans: list[list[int]] = []
    before = 0
    for at, (start, end) in enumerate(zip(view.starts, view.ends, strict=True)):
        if start != before or end - start != 1:
            if spans and at - _AROUND <= spans[-1][1]:
                spans[-1][1] = at + _AROUND
            else:
                spans.append([max(0, at - _AROUND), at + _AROUND])
        before = end
    if 2 * sum(end - start for start, end in spans) > len(view.text):
        return [view]
    return [_part(view, *span) for span in spans]


def _part(view: View, start: int, end: int) -> View:
    """A piece of a view that begins and ends between words, with a sentence if one is near."""
    while start and not view.text[start - 1].isspace():
        start -= 1
    while end < len(view.text) and not view.text[end].isspace():
        end += 1
    return View(view.text[start:end], view.starts[start:end], view.ends[start:end])


def _folded(text: str) -> View:
    if text.isascii() and text.isprintable():
        return View(text, range(len(text)), range(1, len(text) + 1))
    pieces = [(_fold(character), at, at + 1) for at, character in enumerate(text)]
    return _view(pieces)


def _view(pieces: Iterable[tuple[str, int, int]]) -> View:
    """A view of pieces (text, start, end); every character of a piece comes from the whole of it."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in pieces:
        text.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
    return View("".join(text), starts, ends)


@lru_cache(maxsize=16384)
def _fold(character: str) -> str:
    """One code point as plain Latin, digits, punctuation; "" for what cannot be seen."""
    if character in _KEPT_CONTROLS:
        return character
    if character in _SPACES:
        return " "
    folded = (_fold_one(part) for part in unicodedata.normalize("NFKD", character))
    return "".join(folded)


def _fold_one(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Cf", "Cc", "Mn", "Me"):
        return "\n" if character in "\r\x0b\x0c\x85" else ""
    if kind in ("Zs", "Zl", "Zp"):
        return " " if kind == "Zs" else "\n"
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind == "Pd" or character in "−⁃":
        return "-"
    if character in _DOTS:
        return "."
    return "/" if character in _SLASHES else _LOOKALIKES.get(character, character)


def _replaced(view: View, pattern: re.Pattern[str], by: str | None) -> View:
    """The view with each match replaced: by ``by``, or where that is None by the entity it stands for."""
    if pattern.search(view.text) is None:
        return view
    if by is not None:
        return _rewritten(view, pattern, lambda _: by)
    return _rewritten(view, pattern, lambda match: "".join(map(_fold, html.unescape(match.group()))))


def _rewritten(view: View, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> View:
    """The view with what ``new`` makes of each match in its place."""
    pieces: list[tuple[str, int, int]] = []
    at = 0
    for match in pattern.finditer(view.text):
        pieces.extend(_characters(view, at, match.start()))
        pieces.append((new(match), *view.span(*match.span())))
        at = match.end()
    pieces.extend(_characters(view, at, len(view.text)))
    return _view(pieces)


def _characters(view: View, start: int, end: int) -> Iterable[tuple[str, int, int]]:
    return ((view.text[i], view.starts[i], view.ends[i]) for i in range(start, end))


def _decoded(view: View) -> View:
    view = _replaced(view, _ENTITY, None)
    if _PERCENT.search(view.text) is None:
        return view
    return _rewritten(view, _PERCENT, lambda match: chr(int(match.group()[1:], 16)))


def _unspoken(view: View) -> View:
    """Runs of digits said in words as digits ("oh seven seven double oh": 07700)."""
    return view if _SPOKEN.search(view.text) is None else _rewritten(view, _SPOKEN, _digits)


def _digits(run: re.Match[str]) -> str:
    """The digits of a run without what stands between them; the run itself if they are too few, or all are digits."""
    if not any(map(str.isalpha, run.group())):
        return run.group()
    digits = "".join(map(_digit, _SPOKEN_DIGIT.finditer(run.group())))
    return digits if len(digits) >= _FEWEST_SPOKEN else run.group()


def _digit(match: re.Match[str]) -> str:
    if match["word"] is None:
        return match.group()
    times = {"double": 2, "triple": 3, "treble": 3}.get((match["times"] or "").lower(), 1)
    return _DIGIT_WORDS[match["word"].lower()] * times


def _without_marks(view: View) -> View:
    return _replaced(_replaced(view, _BLOCK_TAG, " "), _MARKS, "")


def _joined(view: View) -> View:
    """Letters and digits that stand one by one ("C V 1 2 A B") drawn together."""
    if _SPACED.search(view.text) is None:
        return view
    pieces: list[tuple[str, int, int]] = []
    at = 0
    for match in _SPACED.finditer(view.text):
        pieces.extend(_characters(view, at, match.start()))
        run = _characters(view, *match.span())
        pieces.extend(piece for piece in run if not _SPACING.match(piece[0]))
        at = match.end()
    pieces.extend(_characters(view, at, len(view.text)))
    return _view(pieces)
