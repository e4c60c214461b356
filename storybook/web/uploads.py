"""Files that people send: kept for as long as one request needs them, under a name of our own."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from werkzeug.datastructures import FileStorage

#: What stays of a sent file's name: its last part, without anything that could leave a folder or hide.
_UNSAFE = re.compile(r"[^\w.\- ]+")


@contextmanager
def kept_for_now(files: Iterable[FileStorage], folder: Path) -> Iterator[list[Path]]:
    """The sent files as paths in a new folder under ``folder`` (same disk, owner only), gone when the block ends."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="sent-") as place:
        yield [_keep(file, Path(place)) for file in files if file.filename]


def _keep(file: FileStorage, place: Path) -> Path:
    path = place / safe_name(file.filename or "")
    if path.exists():
        path = place / f"{len(list(place.iterdir()))}-{path.name}"
    file.save(path)
    return path


def safe_name(name: str) -> str:
    """The last part of a file's name with nothing in it that a path could use; "file" if nothing is left."""
    last = re.split(r"[/\\]", name)[-1]
    return _UNSAFE.sub("_", last).strip(". ")[-100:] or "file"
