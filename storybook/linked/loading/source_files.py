"""An agency's file before its rows are read: its encoding, what separates its columns, its headings.

The whole file is read once, in pieces, for its encoding; nothing of it is kept. UTF-8 with or
without a byte order mark, UTF-16 with one, and Windows-1252 (what Excel writes in Britain) are understood; so are
gzip, workbooks of Excel and Parquet.
"""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...story.messages import message
from ...story.problems import Problem, Problems
from .byte_looks import LONGEST_LINE, PIECE, Looked, ReadBytes, look
from .dialects import TooLong, dialect_of, normal, write_plainly
from .unpacking import gunzip, sheet_to_csv

__all__ = ["NotARow", "SourceFile", "normal", "prepare", "records"]


@dataclass(frozen=True)
class SourceFile:
    """A file to read: from ``path`` (UTF-8, one kind of line end), ``name`` as people know it.

    ``delimiter`` is "" for Parquet. ``skip`` lines come before the line of ``headings``.
    """

    path: Path
    name: str
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


def prepare(path: Path, number: int, wanted: tuple[str, ...], staging: Path, read: ReadBytes) -> SourceFile:
    """``path`` made ready for reading; raises Problems.

    A copy in plain UTF-8 goes into ``staging`` if need be. ``wanted`` are the headings to be loaded: what separates
    the columns is whatever makes most of them appear.
    """
    head = _first_bytes(path)
    packed = _unpack(path, head, staging / f"unpacked-{number}")
    plain, head = (packed, _first_bytes(packed, path.name)) if packed else (path, head)
    parquet = head[:4] == b"PAR1"
    if packed or parquet:
        read(path.stat().st_size)
    if parquet:
        return SourceFile(plain, path.name, "", 0, ())
    looked = look(plain, read if plain is path else lambda _: None)
    return _text(plain, path.name, head, looked, number, wanted, staging)


def records(source: SourceFile) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, fields) of each row after the headings, blank lines left out.

    Raises NotARow. Slow and exact: used to say where something is wrong, never for loading.
    """
    csv.field_size_limit(LONGEST_LINE)
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


def _first_bytes(path: Path, name: str = "") -> bytes:
    name = name or path.name
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        raise _problem(name, "this file can't be opened", "check its name and folder") from None
    if not head.strip():
        raise _problem(name, "this file is empty", "send a file with a line of headings and rows under it")
    return head


def _unpack(path: Path, head: bytes, new: Path) -> Path | None:
    """What is inside a packed file; None if it is not packed."""
    if head.startswith(b"\x1f\x8b"):
        return gunzip(path, new)
    if head.startswith(b"PK\x03\x04"):
        return sheet_to_csv(path, new)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        what = message("this is an old or locked workbook")
        raise Problems([Problem(what, message("save it as XLSX or CSV and load that"), path.name)])
    return None


def _text(
    path: Path,
    name: str,
    head: bytes,
    looked: Looked,
    number: int,
    wanted: tuple[str, ...],
    staging: Path,
) -> SourceFile:
    plain = _plain(path, name, head, looked, staging / f"source-{number}.csv")
    try:
        dialect = dialect_of(plain, wanted)
        if not dialect.plain:
            copy = staging / f"plain-{number}.csv"
            dialect, plain = write_plainly(plain, dialect, copy), copy
    except TooLong:
        raise _too_long(name, 1) from None
    except csv.Error:
        what = "the quotation marks of this file do not close"
        raise _problem(name, what, "save it as CSV again, with double quotation marks") from None
    return SourceFile(plain, name, dialect.delimiter, dialect.skip, dialect.headings)


def _plain(path: Path, name: str, head: bytes, looked: Looked, copy: Path) -> Path:
    """A text that DuckDB reads: the file itself, or a copy in UTF-8 with one kind of line end."""
    encoding = _encoding(name, head, looked)
    if looked.long_line and looked.line_ends != {"return"}:
        raise _too_long(name, looked.long_line)
    if encoding == "utf-8-sig" and len(looked.line_ends) <= 1 and "return" not in looked.line_ends:
        return path
    try:
        with path.open(encoding=encoding) as old, copy.open("w", encoding="utf-8", newline="\n") as new:
            while text := old.read(PIECE):
                new.write(text)
    except UnicodeError:
        raise _encoding_unknown(name) from None
    return copy


def _encoding(name: str, head: bytes, looked: Looked) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if looked.zeros:
        raise _problem(name, "this is not a text file", "save it as CSV, XLSX or Parquet and load that")
    return "utf-8-sig" if looked.utf8 else "cp1252"


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
