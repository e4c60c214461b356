"""Files in the home and the exports folder that may still hold words that were taken out."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ..anonymise.deciding.taking_out import Wanted, stands_in
from ..store.migrate import HEAD, back_up
from .context import Context


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
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            yield from (_text(packed.read(name)) for name in packed.namelist())
    else:
        yield _text(path.read_bytes())


def _text(content: bytes) -> str:
    return html.unescape(content.decode("utf-8", "ignore"))
