"""Whoever works on long jobs: threads beside the server, or a program of its own.

Each kind of work stands in a line of its own, with a thread of its own: a story that takes long to measure keeps
nobody from bringing rows in. Within a line one job follows the other; two loads of a dataset at a time would refuse
each other.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from typing import Final

from .context import Context
from .data import load_rows
from .data.destroy_rows import sweep_ended
from .data.rows_server import sweep_server
from .data.sent_rows import sweep_sent
from .findings import look_job
from .jobs import Handler, run_next
from .risk import measure as measure_risk

LINES: Final = (load_rows.HANDLERS, measure_risk.HANDLERS, look_job.HANDLERS)
HANDLERS: Final = {kind: handler for line in LINES for kind, handler in line.items()}
_log = logging.getLogger(__name__)
#: Seconds between two looks at an empty queue.
_PAUSE: Final = 0.5
#: Seconds between two clearings of files that nobody finished loading.
_SWEEP_SECONDS: Final = 3600


class Worker(threading.Thread):
    """Works on jobs until ``stop``; a fault of one job, or of the database, does not end it."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(daemon=True, name="storybook-worker")
        self._ctx, self._over = ctx, threading.Event()

    def run(self) -> None:
        """Works until ``stop``."""
        work(self._ctx, self._over)

    def stop(self, patience: float = 10) -> None:
        """Lets the present jobs come to their end, ``patience`` seconds at most."""
        self._over.set()
        self.join(patience)


def work(ctx: Context, over: threading.Event, *, once: bool = False) -> None:
    """Does what is in the queue until ``over`` is set, or with ``once``, one after the other, until it is empty."""
    if once:
        _sweep(ctx)
        while not over.is_set() and _one(ctx, HANDLERS):
            pass
        return
    lines = [threading.Thread(target=_line, args=(ctx, over, line), daemon=True) for line in LINES]
    for line in lines:
        line.start()
    try:
        while not over.is_set():
            _sweep(ctx)
            over.wait(_SWEEP_SECONDS)
        for line in lines:
            line.join()
    finally:
        over.set()


def _sweep(ctx: Context) -> None:
    try:
        sweep_sent(ctx)
        sweep_ended(ctx)
        sweep_server(ctx)
    except OSError as error:  # another program may be clearing as well
        _log.error("the worker could not clear files: %s", type(error).__name__)


def _line(ctx: Context, over: threading.Event, handlers: Mapping[str, Handler]) -> None:
    """Does what is queued of these kinds until ``over`` is set."""
    while not over.is_set():
        if not _one(ctx, handlers):
            over.wait(_PAUSE)


def _one(ctx: Context, handlers: Mapping[str, Handler]) -> bool:
    """Whether there was something to do."""
    try:
        return run_next(ctx, handlers) is not None
    except Exception as error:  # noqa: BLE001 - the database may be away for a moment; the worker stays
        _log.error("the worker could not go on: %s", type(error).__name__)
        return False
