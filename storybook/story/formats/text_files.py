"""Bytes of a file as text: which encoding it is in, and what can't be text at all."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from ..messages import Message, message
from ..problems import Problems
from . import limits
from .trouble import refuse

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: How files begin that are something else, and what that is.
_OTHERS: Final = (
    (b"PK\x03\x04", message("a ZIP or Office file")),
    (b"\xd0\xcf\x11\xe0", message("an old or locked Office file")),
    (b"%PDF", message("a PDF")),
    (b"\x89PNG", message("a picture")),
    (b"\xff\xd8\xff", message("a picture")),
    (b"GIF8", message("a picture")),
    (b"PAR1", message("a Parquet file")),
    (b"SQLite format 3\x00", message("a database")),
    (b"\x1f\x8b", message("a packed file")),
)
_SAVE_AS: Final = message("save it as CSV UTF-8 and give that")


def bytes_of(path: Path) -> bytes:
    """What ``path`` holds. Raises Problems if it is not there, empty or too large (told before it is read)."""
    try:
        size = path.stat().st_size
        if size <= limits.FILE and path.is_file():
            return path.read_bytes()
    except OSError as error:
        raise refuse(
            path.name,
            message("there is no such file, or it can't be opened"),
            message("check its name and where it is"),
        ) from error
    if not path.is_file():
        raise refuse(path.name, message("this is not a file"), message("give a file"))
    raise too_large(path.name, size)


def too_large(where: str, size: int) -> Problems:
    """The refusal of a file of ``size`` bytes."""
    return refuse(
        where,
        message("the file has {size} MB", size=-(-size // limits.MEGABYTE)),
        message("give one of at most {most} MB", most=limits.FILE // limits.MEGABYTE),
    )


def decoded(data: bytes, where: str) -> tuple[str, tuple[Message, ...]]:
    """``data`` as text, and what is worth saying about its encoding. Raises Problems if it is no text."""
    if len(data) > limits.FILE:
        raise too_large(where, len(data))
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise refuse(where, message("the file is empty"), message("give a file with something in it"))
    for beginning, what in _OTHERS:
        if data.startswith(beginning):
            raise refuse(where, message("this is not text but {what}", what=what), _SAVE_AS)
    text, notes = _decoded(data, where)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise refuse(where, message("there is a character in it that text can't hold (NUL)"), _SAVE_AS, line)
    return text, notes


def _decoded(data: bytes, where: str) -> tuple[str, tuple[Message, ...]]:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _without_mark(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _windows(data, where)
        raise _undecodable(data, where, error) from error
    if encoding in ("utf-8", "utf-8-sig"):
        return text, ()
    return text, (message("the file is in {encoding}; it was read so", encoding=encoding.upper()),)


def _without_mark(data: bytes) -> str:
    """UTF-16 without its mark has a zero for every other byte of English; otherwise UTF-8 is tried."""
    sample = data[:2000]
    if len(sample) > 8 and sample[1::2].count(0) > 0.8 * len(sample[1::2]):
        return "utf-16-le"
    if len(sample) > 8 and sample[::2].count(0) > 0.8 * len(sample[::2]):
        return "utf-16-be"
    return "utf-8"


def _windows(data: bytes, where: str) -> tuple[str, tuple[Message, ...]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _undecodable(data, where, error) from error
    odd = sum(character < " " and character not in "\t\r\n\f" for character in text[:20000])
    if odd > 0.02 * min(len(text), 20000):
        raise refuse(where, message("this is not text"), _SAVE_AS)
    return text, (message("the file is not in UTF-8; it was read as Windows-1252, look at the accents"),)


def _undecodable(data: bytes, where: str, error: UnicodeDecodeError) -> Problems:
    line = data.count(b"\n", 0, error.start) + 1
    return refuse(
        where,
        message("there are bytes in it that are no characters in UTF-8 or Windows-1252"),
        _SAVE_AS,
        line,
    )
