"""An agency's file before its rows are read: its encoding, what separates its columns, its headings.

The whole file is read once, in pieces, for its SHA-256 and its encoding; nothing of it is kept. UTF-8 with or
without a byte order mark, UTF-16 with one, and Windows-1252 (what Excel writes in Britain) are understood.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from ..story.messages import message
from ..story.problems import Problem, Problems

_PIECE: Final = 1 << 20
#: DuckDB reads lines of up to 2 MB.
_LONGEST_LINE: Final = 2_000_000
_DELIMITERS: Final = (",", ";", "\t", "|", ":", "^", "~", "\x1f", "\x01", "¦", "§", " ")
_SEP: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_MAGIC: Final = {
    b"PK\x03\x04": message("an Excel workbook or a zip file"),
    b"\x1f\x8b": message("a compressed file"),
}

ReadBytes = Callable[[int], None]


@dataclass(frozen=True)
class SourceFile:
    """A file to read: from ``path`` (UTF-8, one kind of line end), ``name`` as people know it.

    ``delimiter`` is "" for Parquet. ``skip`` lines come before the line of ``headings``.
    """

    path: Path
    name: str
    sha256: str
    delimiter: str
    skip: int
    headings: tuple[str, ...]

    @property
    def parquet(self) -> bool:
        """Whether it is Parquet and not text."""
        return self.delimiter == ""


class NotARow(Exception):
    """What begins on ``line`` is no row of a table."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass
class _Looked:
    """What one pass over the bytes found."""

    digest: str = ""
    utf8: bool = True
    zeros: bool = False
    long_line: int = 0
    line_ends: set[str] = field(default_factory=set)


def prepare(path: Path, number: int, wanted: tuple[str, ...], staging: Path, read: ReadBytes) -> SourceFile:
    """``path`` made ready for reading; raises Problems.

    A copy in plain UTF-8 goes into ``staging`` if need be.
    ``wanted`` are the headings to be loaded: what separates the columns is whatever makes most of them
    appear.
    """
    head = _first_bytes(path)
    if head[:4] == b"PAR1":
        return SourceFile(path, path.name, _look(path, read).digest, "", 0, ())
    _refuse_other_formats(path, head)
    looked = _look(path, read)
    plain = _plain(path, number, head, looked, staging)
    with plain.open(encoding="utf-8-sig", newline="") as lines:
        delimiter, skip, headings = _heading_line(lines, wanted, path.name)
    return SourceFile(plain, path.name, looked.digest, delimiter, skip, headings)


def records(source: SourceFile) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, fields) of each row after the headings, blank lines left out.

    Raises NotARow. Slow and exact: used to say where something is wrong, never for loading.
    """
    with source.path.open(encoding="utf-8-sig", newline="") as lines:
        for _ in range(source.skip):
            next(lines)
        reader = csv.reader(lines, delimiter=source.delimiter, strict=True)
        begins = source.skip + 1
        for number in itertools.count():
            try:
                fields = next(reader, None)
            except csv.Error as error:
                raise NotARow(begins) from error
            if fields is None:
                return
            if fields and number:
                yield begins, fields
            begins = reader.line_num + source.skip + 1


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        raise _problem(path.name, "this file can't be opened", "check its name and folder") from None
    if not head.strip():
        raise _problem(
            path.name, "this file is empty", "send a file with a line of headings and rows under it"
        )
    return head


def _refuse_other_formats(path: Path, head: bytes) -> None:
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            what = message("this is {kind}, not a table in text", kind=kind)
            raise Problems([Problem(what, message("save it as CSV or Parquet and load that"), path.name)])


def _look(path: Path, read: ReadBytes) -> _Looked:
    looked, digest, utf8 = _Looked(), hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    line, length, lone_return = 1, 0, False
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            looked.utf8 = looked.utf8 and _decodes(utf8, piece)
            looked.zeros = looked.zeros or b"\0" in piece
            lone_return = _line_ends(piece, lone_return, looked.line_ends)
            line, length = _measure(piece, line, length, looked)
            read(len(piece))
    looked.utf8 = looked.utf8 and _decodes(utf8, b"", final=True)
    looked.digest = digest.hexdigest()
    return looked


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _line_ends(piece: bytes, after_return: bool, found: set[str]) -> bool:
    """Notes which line ends there are; returns whether the piece ends in the middle of one."""
    both, returns, feeds = piece.count(b"\r\n"), piece.count(b"\r"), piece.count(b"\n")
    if after_return:
        found.add("both" if piece[:1] == b"\n" else "return")
        feeds -= piece[:1] == b"\n"
    ends_open = piece.endswith(b"\r")
    found |= {"both"} if both else set()
    found |= {"return"} if returns - ends_open > both else set()
    found |= {"feed"} if feeds > both else set()
    return ends_open


def _measure(piece: bytes, line: int, length: int, looked: _Looked) -> tuple[int, int]:
    """Counts on: (line, its length so far). A line inside one piece is never too long."""
    first = piece.find(b"\n")
    if length + (first if first >= 0 else len(piece)) > _LONGEST_LINE and not looked.long_line:
        looked.long_line = line
    if first < 0:
        return line, length + len(piece)
    return line + piece.count(b"\n"), len(piece) - piece.rfind(b"\n") - 1


def _plain(path: Path, number: int, head: bytes, looked: _Looked, staging: Path) -> Path:
    """A text that DuckDB reads: the file itself, or a copy in UTF-8 with one kind of line end."""
    encoding = _encoding(path, head, looked)
    if looked.long_line and looked.line_ends != {"return"}:
        raise _too_long(path.name, looked.long_line)
    if encoding == "utf-8-sig" and len(looked.line_ends) <= 1 and "return" not in looked.line_ends:
        return path
    plain = staging / f"source-{number}.csv"
    try:
        with path.open(encoding=encoding) as old, plain.open("w", encoding="utf-8", newline="\n") as new:
            while text := old.read(_PIECE):
                new.write(text)
    except UnicodeError:
        raise _encoding_unknown(path.name) from None
    return plain


def _encoding(path: Path, head: bytes, looked: _Looked) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if looked.zeros:
        raise _problem(path.name, "this is not a text file", "save it as CSV or Parquet and load that")
    return "utf-8-sig" if looked.utf8 else "cp1252"


def _heading_line(lines: TextIO, wanted: tuple[str, ...], name: str) -> tuple[str, int, tuple[str, ...]]:
    """(delimiter, lines before the headings, headings): what makes most wanted headings appear."""
    first = list(itertools.islice(lines, 50))
    blank = len(list(itertools.takewhile(lambda line: not line.strip(), first)))
    told = _SEP.fullmatch(first[blank]) if blank < len(first) else None
    skip = blank + (1 if told else 0)
    choices = (told.group(1),) if told else _DELIMITERS
    headings = {mark: _split(first[skip:], mark, name) for mark in choices}
    keys = {normal(heading) for heading in wanted}
    best = max(choices, key=lambda mark: (len(keys & set(map(normal, headings[mark]))), len(headings[mark])))
    return best, skip, headings[best]


def _split(lines: list[str], delimiter: str, name: str) -> tuple[str, ...]:
    try:
        return tuple(heading.strip() for heading in next(csv.reader(lines, delimiter=delimiter), []))
    except csv.Error:
        raise _too_long(name, 1) from None


def normal(heading: str) -> str:
    """A heading as it is compared: case and spaces around and between do not matter."""
    return " ".join(heading.split()).casefold()


def _too_long(name: str, line: int) -> Problems:
    what, instead = (
        message("this line is too long to be a row"),
        message("check that every row ends with its own line end"),
    )
    return Problems([Problem(what, instead, name, line)])


def _encoding_unknown(name: str) -> Problems:
    return _problem(
        name, "we can't tell how the letters of this file are stored", 'save it as "CSV UTF-8" and load that'
    )


def _problem(name: str, what: str, instead: str) -> Problems:
    return Problems([Problem(message(what), message(instead), name)])
