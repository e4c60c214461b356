"""Lists that have to outlive every older copy of the rest: what was taken back, and what was taken out.

Each is a file in the home, apart from the database, that only ever grows. A *seal* in the folder of the keys says how
long it was and what stood in it, so a list that was lost, emptied or cut short is noticed, and nothing answers until
it is whole again. A *copy* outside the home brings back what an older home, put back whole, has never heard of.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from ..story.messages import message
from ..story.problems import Problem, Problems

_log = logging.getLogger(__name__)
_EMPTY: Final = {"bytes": 0, "sha256": hashlib.sha256(b"").hexdigest()}


@dataclass(frozen=True, slots=True)
class Apart:
    """One list: its ``file``, its ``seal``, and the ``copy`` outside the home, if there is a place for one."""

    file: Path
    seal: Path
    copy: Path | None = None

    def add(self, line: str) -> None:
        """Adds one line and waits until it is on disk. A copy that can't be written does not stop a withdrawal."""
        _append(self.file, [line])
        self._append_to_copy([line])
        if self.is_whole():
            self._put_seal()

    def lines(self) -> Iterator[str]:
        """Every line, in the order they were added."""
        yield from _lines(_content(self.file))

    def make_whole(self) -> None:
        """Brings together what the file and the copy hold. Raises Problems where lines that were there are lost."""
        file, copy = _content(self.file), _content(self.copy) if self.copy else b""
        if not self._has_all(file):
            if not self._has_all(copy):
                raise Problems([_lost(self.file)])
            write_private(self.file, copy)
            file = copy
        _append(self.file, _missing(copy, file))
        self._append_to_copy(_missing(file, copy))
        self._put_seal()

    def is_whole(self) -> bool:
        """Whether every line that was sealed is still in the file."""
        return self._has_all(_content(self.file))

    def begin_anew(self) -> None:
        """Takes what is left for the whole: for when the rest is lost, and everything that is shared ends for it."""
        _append(self.file, [])
        self._put_seal()
        self.make_whole()

    def _has_all(self, content: bytes) -> bool:
        """Whether all that was sealed stands at the beginning of ``content``."""
        known = json.loads(_content(self.seal) or json.dumps(_EMPTY))
        return bool(hashlib.sha256(content[: known["bytes"]]).hexdigest() == known["sha256"])

    def _put_seal(self) -> None:
        content = _content(self.file)
        seal = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        write_private(self.seal, json.dumps(seal).encode())

    def _append_to_copy(self, lines: list[str]) -> None:
        if self.copy is None:
            return
        try:
            _append(self.copy, lines)
        except OSError:
            _log.warning("the second list of what was taken back can't be written: see STORYBOOK_APART")


def write_private(path: Path, content: bytes) -> None:
    """Writes a file that only its owner reads, in one step: it is the old one or the new one, and on disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _append(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab+") as file:
        if lines:
            file.write(_mend(file) + "".join(f"{line}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())


def _mend(file: IO[bytes]) -> bytes:
    """A line break, if the machine stopped in the middle of the line before."""
    file.seek(0, os.SEEK_END)
    if file.tell() == 0:
        return b""
    file.seek(-1, os.SEEK_END)
    return b"" if file.read(1) == b"\n" else b"\n"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _lines(content: bytes) -> list[str]:
    return content.decode(errors="replace").splitlines()


def _missing(of: bytes, there: bytes) -> list[str]:
    """The lines ``of`` one that the other has not, in their order."""
    known = set(_lines(there))
    return [line for line in dict.fromkeys(_lines(of)) if line not in known]


def _lost(file: Path) -> Problem:
    what = message("a part of the list of what was taken back is lost, so nothing may be shown")
    instead = message(
        "put back the newest copy of that file; if there is none, run “storybook stop-all”: everything that is"
        " shared ends, and everyone is asked again"
    )
    return Problem(what, instead, where=str(file))
