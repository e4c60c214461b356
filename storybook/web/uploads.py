"""Files that people send: received in private, kept under a name that can leave no folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, cast

from flask import Request
from werkzeug.datastructures import FileStorage

from ..services.data.sent_rows import incoming_root
from .context import services

#: What stays of a sent file's name: its last part, without anything that could leave a folder or hide.
_IN_MEMORY: Final = 512 * 1024
_UNSAFE = re.compile(r"[^\w.\- ]+")


def keep_each(files: Iterable[FileStorage], folder: Path) -> list[Path]:
    """The sent files, each in a numbered folder of its own under ``folder``, by a name that can leave none."""
    kept = []
    for number, file in enumerate((file for file in files if file.filename), 1):
        place = folder / str(number)
        place.mkdir(mode=0o700)
        kept.append(place / safe_name(file.filename or ""))
        file.save(kept[-1])
    return kept


class PrivateUploads(Request):
    """A request whose files are received in a folder that only the server's account can open, on the home's disk."""

    def _get_file_stream(self, *_args: Any, **_sizes: Any) -> IO[bytes]:
        folder = incoming_root(services())
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cast(IO[bytes], SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+b", dir=str(folder)))


def safe_name(name: str) -> str:
    """The last part of a file's name with nothing in it that a path could use; "file" if nothing is left."""
    last = re.split(r"[/\\]", name)[-1]
    return _UNSAFE.sub("_", last).strip(". ")[-100:] or "file"
