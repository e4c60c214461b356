"""A lock between programs that the system gives back by itself when a program is killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """Somebody else holds the lock."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the lock file ``path`` for the block; raises Busy at once if somebody else holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(handle)
        except OSError as error:
            raise Busy from error
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover - the other branch is for every other system
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
