"""A file's bytes: its SHA-256, whether it is UTF-8, its line ends, lines too long to be rows."""

from __future__ import annotations

import codecs
import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PIECE: Final = 1 << 20
#: DuckDB reads lines of up to 2 MB.
LONGEST_LINE: Final = 2_000_000

ReadBytes = Callable[[int], None]


@dataclass
class Looked:
    """What one pass over the bytes found. ``long_line`` is the first that is too long, or 0."""

    utf8: bool = True
    zeros: bool = False
    long_line: int = 0
    line_ends: set[str] = field(default_factory=set)


@contextmanager
def digests_of(paths: Sequence[Path]) -> Iterator[Callable[[], list[str]]]:
    """The SHA-256 of files as they were given, reckoned beside other work; what is yielded waits for it."""
    left = threading.Event()
    with ThreadPoolExecutor(1) as beside:
        digests = [beside.submit(_digest, path, left) for path in paths]
        try:
            yield lambda: [digest.result() for digest in digests]
        finally:
            left.set()


def _digest(path: Path, left: threading.Event) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while not left.is_set() and (piece := file.read(PIECE)):
            digest.update(piece)
    return digest.hexdigest()


def look(path: Path, read: ReadBytes) -> Looked:
    """Reads ``path`` once, in pieces; nothing of it is kept."""
    looked, utf8 = Looked(), codecs.getincrementaldecoder("utf-8")()
    begins, place, lone_return = 0, 0, False
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            looked.utf8 = looked.utf8 and _decodes(utf8, piece)
            looked.zeros = looked.zeros or b"\0" in piece
            lone_return = _line_ends(piece, lone_return, looked.line_ends)
            if place + _first_end(piece) - begins > LONGEST_LINE and not looked.long_line:
                looked.long_line = _line_at(path, begins)
            begins = place + piece.rfind(b"\n") + 1 if b"\n" in piece else begins
            place += len(piece)
            read(len(piece))
    looked.utf8 = looked.utf8 and _decodes(utf8, b"", final=True)
    return looked


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    if piece.isascii() and not decoder.getstate()[0] and not final:
        return True
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _line_ends(piece: bytes, after_return: bool, found: set[str]) -> bool:
    """Notes which line ends there are; returns whether the piece ends in the middle of one."""
    if not after_return and b"\r" not in piece:  # most files, and quick to see
        found |= {"feed"} if b"\n" in piece else set()
        return False
    both, returns, feeds = piece.count(b"\r\n"), piece.count(b"\r"), piece.count(b"\n")
    if after_return:
        found.add("both" if piece[:1] == b"\n" else "return")
        feeds -= piece[:1] == b"\n"
    ends_open = piece.endswith(b"\r")
    found |= {"both"} if both else set()
    found |= {"return"} if returns - ends_open > both else set()
    found |= {"feed"} if feeds > both else set()
    return ends_open


def _first_end(piece: bytes) -> int:
    """How far the line that goes on in ``piece`` goes; a line inside one piece is never too long."""
    first = piece.find(b"\n")
    return first if first >= 0 else len(piece)


def _line_at(path: Path, begins: int) -> int:
    """The number of the line that begins at a byte: counted when it is wanted, which is hardly ever."""
    line = 1
    with path.open("rb") as file:
        while begins > 0 and (piece := file.read(min(PIECE, begins))):
            line += piece.count(b"\n")
            begins -= len(piece)
    return line
