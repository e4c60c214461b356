"""A text as a detector should see it, with the way back to where each character stands in the original.

Identifiers hide in ways that a reader does not see: zero-width characters, full-width digits, Cyrillic
letters that look Latin, bold marks or tags in the middle of a number, letters spaced out. A ``View`` is the
text without one layer of that; detectors run over each view, and what they find is told in code points of the
text as it was written. Digits said in words ("oh seven seven double oh") are digits too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .escapes import ENTITY, IS_QUOTED, PERCENT, QUOTED, meant, of_bytes
from .folding import fold
from .marks import BLOCK_TAG, MARKS, PICTURES, SPACED, between, unpictured
from .scan import scan
from .spoken import SPOKEN, written

#: What parts cells of a table, fields of a line, or lines of a quotation, where one number may go on.
_CELLS: Final = re.compile(
    r"[\"']\s?[;,|\t]\s?[\"']|[ \t]?\|[ \t]?\n[ \t]?\|[ \t]?|[ \t]\|[ \t]|\w[;|+](?=\w)|\n[ \t]{0,8}>{1,5}[ \t]?"
)
#: A word cut by the end of a line: "Dar-" and "ren", "Dar<br>ren".
_CUT: Final = re.compile(
    r"(?<=[^\W\d_])(?:-[ \t]*\n[ \t>]*|\.{2,3}\n\.{2,3}|<br\s*/?>\s*)(?=[a-z])", re.IGNORECASE
)
#: Digits for the letters they look like: "Darr3n Whitl0ck".
_DIGIT_LETTERS: Final = re.compile(r"(?<![\w@/.])[A-Za-z]+(?:(?:11|[013457])[A-Za-z]+){1,3}(?![\w@/])")
_AS_LETTERS: Final = str.maketrans("013457", "oieast")
_FEWEST_LETTERS: Final = 4
#: Digits that a scan or a thumb made letters: "0l/O8/2023".
_DIGITS: Final = re.compile(r"(?<![A-Za-z0-9.])(?:[0-9OolI][ /.\-]?){6,24}(?![A-Za-z0-9])")
_TOUCHING: Final = re.compile(r"\d[OolI]|[OolI]\d")
_FEWEST_DIGITS: Final = 4
_AS_DIGITS: Final = str.maketrans("OolI", "0011")
#: A word whose capital stands at its end: "nerraD".
_BACKWARDS: Final = re.compile(r"(?<![^\W_])[a-z]{2,20}[A-Z](?![^\W_])")
#: From here on letters are shown from right to left, whatever their script; or aren't shown at all but for a flag's.
_TURNED: Final = re.compile(
    "\u202e([^\u202c\n]{2,500})|<bdo\\b[^<>]{0,80}rtl[^<>]{0,80}>([^<>]{2,500})</bdo>"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])([\U000e0020-\U000e007e]{2,})",
    re.IGNORECASE,
)
_HIDDEN_BASE: Final = 0xE0000
_PLAIN: Final = re.compile(r"[^\x20-\x7e\n\t]+")


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
    """The text folded; decoded, without markup; then with what was cut, spaced out, said or turned round put right."""
    plain = _folded(text)
    decoded = _decoded(plain)
    bare = _without_marks(decoded)
    put_right = (
        _joined(bare),
        _unspoken(bare),
        _uncut(decoded),
        _undigited(bare),
        _rewritten(bare, _DIGITS, _as_digits) if _TOUCHING.search(bare.text) else bare,
        bare if bare.text.isascii() else _rewritten(bare, PICTURES, unpictured),
        _rewritten(bare, _BACKWARDS, lambda match: match.group()[::-1]),
        _turned(text, plain),
        _rewritten(bare, _CELLS, _apart),
    )
    found = [plain]
    for view in (decoded, bare, *put_right):
        if all(view.text != other.text for other in found):
            found.append(view)
    return found


#: How far around a place that a view changed the words still belong to it.
_AROUND: Final = 160


def parts(text: str) -> list[View]:
    """The text folded, and of each other view the places that no view before read so, with the words around them."""
    first, *others = views(text)
    seen = {place for _, place in _odd(first)}
    return [first, *(part for view in others for part in _changed(view, seen))]


def _odd(view: View) -> Iterator[tuple[int, tuple[int, int, int]]]:
    """Places that don't stand as they were written: where they are, what was before, and what they come from."""
    if isinstance(view.starts, range):
        return
    before = 0
    for at, (start, end) in enumerate(zip(view.starts, view.ends, strict=True)):
        if start != before or end - start != 1:
            yield at, (before, start, end)
        before = end


def _changed(view: View, seen: set[tuple[int, int, int]]) -> list[View]:
    """The parts of a view that are new, and all of it if that is most; what is odd in it is added to ``seen``."""
    spans: list[list[int]] = []
    for at, place in _odd(view):
        if place in seen:
            continue
        seen.add(place)
        if spans and at - _AROUND <= spans[-1][1]:
            spans[-1][1] = at + _AROUND
        else:
            spans.append([max(0, at - _AROUND), at + _AROUND])
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


class _Making:
    """A view that is put together from stretches of another and from pieces of its own."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def copy(self, view: View, start: int, end: int) -> None:
        """``view[start:end]`` as it is."""
        self._text.append(view.text[start:end])
        self._starts.extend(view.starts[start:end])
        self._ends.extend(view.ends[start:end])

    def put(self, piece: str, start: int, end: int) -> None:
        """Letters each of which comes from the whole of ``start:end`` of the original."""
        self._text.append(piece)
        self._starts.extend([start] * len(piece))
        self._ends.extend([end] * len(piece))

    def made(self) -> View:
        """The view."""
        return View("".join(self._text), self._starts, self._ends)


def _as_written(text: str) -> View:
    return View(text, range(len(text)), range(1, len(text) + 1))


def _folded(text: str) -> View:
    view = _as_written(text)
    if text.isascii() and text.isprintable():
        return view
    making, at = _Making(), 0
    for odd in _PLAIN.finditer(text):
        making.copy(view, at, odd.start())
        for place, character in enumerate(odd.group(), odd.start()):
            broken = character == "\r" and text.startswith("\n", place + 1)
            making.put("" if broken else fold(character), place, place + 1)
        at = odd.end()
    making.copy(view, at, len(text))
    return making.made()


def _replaced(view: View, pattern: re.Pattern[str], by: str | None) -> View:
    """The view with each match replaced: by ``by``, or where that is None by the entity it stands for."""
    if pattern.search(view.text) is None:
        return view
    if by is not None:
        return _rewritten(view, pattern, lambda _: by)
    return _rewritten(view, pattern, lambda match: "".join(map(fold, meant(match.group()))))


def _rewritten(view: View, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> View:
    """The view with what ``new`` makes of each match in its place; itself if there is none."""
    making, at = _Making(), 0
    for match in scan(pattern, view.text):
        making.copy(view, at, match.start())
        making.put(new(match), *view.span(*match.span()))
        at = match.end()
    if not at:
        return view
    making.copy(view, at, len(view.text))
    return making.made()


def _decoded(view: View) -> View:
    if any(sign in view.text for sign in "&\\%"):
        view = _rewritten(_replaced(view, ENTITY, None), PERCENT, of_bytes)
    return (
        view
        if "=" not in view.text or IS_QUOTED.search(view.text) is None
        else _rewritten(view, QUOTED, of_bytes)
    )


def _unspoken(view: View) -> View:
    """Numbers said in words as numbers ("oh seven seven double oh": 07700)."""
    return _rewritten(view, SPOKEN, written)


def _without_marks(view: View) -> View:
    return _replaced(_replaced(view, BLOCK_TAG, " "), MARKS, "")


def _uncut(view: View) -> View:
    """Words that the end of a line cuts in two, in one."""
    whole = _rewritten(view, _CUT, lambda _: "")
    return view if whole is view else _without_marks(whole)


def _undigited(view: View) -> View:
    """Digits inside words as the letters they look like."""
    return _rewritten(view, _DIGIT_LETTERS, _as_letters)


def _as_letters(match: re.Match[str]) -> str:
    word = match.group()
    few = sum(map(str.isalpha, word)) < _FEWEST_LETTERS
    return word if few else word.replace("11", "ll").translate(_AS_LETTERS)


def _apart(match: re.Match[str]) -> str:
    first = match.group()[0]
    return f"{first} " if first.isalnum() else " "


def _as_digits(match: re.Match[str]) -> str:
    found = match.group()
    enough = sum(map(str.isdigit, found)) >= _FEWEST_DIGITS and _TOUCHING.search(found)
    return found.translate(_AS_DIGITS) if enough else found


def _turned(text: str, plain: View) -> View:
    """What is shown from right to left, read as it is seen; and letters that aren't seen."""
    if text.isascii() and "<bdo" not in text.lower():
        return plain
    turned = _rewritten(_as_written(text), _TURNED, _seen)
    return turned if isinstance(turned.starts, list) else plain


def _seen(match: re.Match[str]) -> str:
    if match[3]:
        return "".join(chr(ord(letter) - _HIDDEN_BASE) for letter in match[3])
    return "".join(map(fold, reversed(match[1] or match[2])))


def _joined(view: View) -> View:
    """Letters and digits that stand one by one ("C V 1 2 A B") drawn together."""
    making, at = _Making(), 0
    for match in scan(SPACED, view.text):
        making.copy(view, at, match.start())
        dropped = between(match.group())
        for place in range(*match.span()):
            if view.text[place] not in dropped:
                making.copy(view, place, place + 1)
        at = match.end()
    if not at:
        return view
    making.copy(view, at, len(view.text))
    return making.made()
