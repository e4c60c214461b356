"""Files in the home and the exports folder that may still hold words that were taken out."""

from __future__ import annotations

import base64
import bz2
import codecs
import gzip
import html
import io
import lzma
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from ...anonymise.deciding.taking_out import Wanted, stands_in
from ...store.migrate import HEAD, back_up
from ..context import Context

#: How deep packed files inside packed files are looked into.
_DEEPEST: Final = 5
#: How packed files begin that hold one other, and what opens them.
_OPENERS: Final[dict[bytes, Callable[[bytes], bytes]]] = {
    b"\x1f\x8b": gzip.decompress,
    b"BZh": bz2.decompress,
    b"\xfd7zXZ": lzma.decompress,
}
_BROKEN: Final = (
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
)
#: A part of a file in base64 (a picture inside a page, say), or deflated (inside a PDF).
_BASE64: Final = re.compile(rb"(?:[A-Za-z0-9+/_-]|\r?\n){16,}")
_OTHER_BASE64: Final = bytes.maketrans(b"-_", b"+/")
_DEFLATED: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_MARKUP: Final = re.compile("<[^<>]*>")
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})")


def exports_with(ctx: Context, wanted: Wanted) -> list[Path]:
    """Files in the exports folder in whose name or text the words stand; inside packed files too."""
    if not ctx.exports_root.is_dir():
        return []
    return [path for path in _files(ctx.exports_root) if _holds(path, wanted)]


def left_behind(ctx: Context, wanted: Wanted) -> None:
    """Removes what a server that was killed left of a story somebody was taking away, if the words stand in it."""
    for folder in (ctx.home / "incoming").glob("out-*"):
        if any(_holds(path, wanted) for path in _files(folder)):
            shutil.rmtree(folder, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _holds(path: Path, wanted: Wanted) -> bool:
    return any(stands_in(text, wanted) for text in _texts(path))


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
        for part in _parts_of(content) if deep else ():
            yield from _texts_in(part, deep - 1)


def _parts_of(content: bytes) -> Iterator[bytes]:
    """What stands in a file as base64 or deflated, each as it was before."""
    for found in _BASE64.finditer(content):
        whole = b"".join(found[0].split()).translate(_OTHER_BASE64)
        with suppress(ValueError):
            yield base64.b64decode(whole + b"=" * (-len(whole) % 4))
    for found in _DEFLATED.finditer(content):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(memoryview(content)[found.start() :])


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file in a zip; what gzip, bzip2 or xz packed; nothing for any other, or a broken one."""
    with suppress(*_BROKEN):
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                yield from ((name, packed.read(name)) for name in packed.namelist())
        for start, opened in _OPENERS.items():
            if content.startswith(start):
                yield "", opened(content)


def _readings(content: bytes) -> Iterator[str]:
    """As it stands, without markup between its letters, with JSON's escapes read, and as two bytes a letter."""
    text = html.unescape(content.decode("utf-8", "ignore"))
    read = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if read != text:
        read = read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    yield from dict.fromkeys((text, _MARKUP.sub("", text), read))
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield content.decode("utf-16", "ignore")
