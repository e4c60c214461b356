"""A mark that changes whenever something ends, for whoever keeps what was made of stories.

Every withdrawal and every taking out adds a line to a file apart from the database, whichever process does it, and
what has its last day ends with the London day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from ..story.clock import today
from .context import Context


@dataclass(frozen=True, slots=True)
class Mark:
    """The London day, and the state of each file: when it was written (nanoseconds) and its bytes; (0, 0) for none."""

    day: dt.date
    withdrawals: tuple[int, int]
    purges: tuple[int, int]


def endings(ctx: Context) -> Mark:
    """The mark as it is now. What was made under another one may hold words that are wanted nowhere any more."""
    return Mark(today(ctx.clock), _state(ctx.withdrawals.file), _state(ctx.purges.file))


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
