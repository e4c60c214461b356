"""Files in the home and the exports folder that may still hold words that were taken out."""

from __future__ import annotations

import codecs
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from ...anonymise.deciding.taking_out import Wanted, stands_in
from ...store.migrate import HEAD, back_up
from ..context import Context

#: How deep packed files inside packed files are looked into.
_DEEPEST: Final = 3
_GZIP: Final = b"\x1f\x8b"
_MARKUP: Final = re.compile("<[^<>]*>")
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})")


def exports_with(ctx: Context, wanted: Wanted) -> list[Path]:
    """Files in the exports folder in whose name or text the words stand; inside packed files too."""
    if not ctx.exports_root.is_dir():
        return []
    files = [path for path in sorted(ctx.exports_root.rglob("*")) if path.is_file()]
    return [path for path in files if any(stands_in(text, wanted) for text in _texts(path))]


def backups_anew(ctx: Context) -> None:
    """One copy of the database as it is now takes the place of all older ones (SQLite; elsewhere there are none)."""
    old = sorted(ctx.backups.glob("*.db")) if ctx.backups.is_dir() else []
    if ctx.store.file is None or not old:
        return
    for path in old:
        path.unlink()
    back_up(ctx.store.file, ctx.backups / f"storybook-{HEAD}-{ctx.clock.now():%Y%m%dT%H%M%SZ}.db")


def _texts(path: Path) -> Iterator[str]:
    yield path.name
    yield from _texts_in(path.read_bytes(), _DEEPEST)


def _texts_in(content: bytes, deep: int) -> Iterator[str]:
    """Every way in which bytes may be read as text; of what is packed, also what is inside."""
    inside = list(_unpacked(content)) if deep else []
    for name, part in inside:
        yield name
        yield from _texts_in(part, deep - 1)
    if not inside:
        yield from _readings(content)


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file in a zip; what a gzip file holds; nothing for any other, or a broken one."""
    with suppress(OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                yield from ((name, packed.read(name)) for name in packed.namelist())
        elif content.startswith(_GZIP):
            yield "", gzip.decompress(content)


def _readings(content: bytes) -> Iterator[str]:
    """As it stands, without markup between its letters, with JSON's escapes read, and as two bytes a letter."""
    text = html.unescape(content.decode("utf-8", "ignore"))
    yield text
    yield _MARKUP.sub("", text)
    read = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    yield read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield content.decode("utf-16", "ignore")
