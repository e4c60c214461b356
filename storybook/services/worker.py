"""Whoever works on long jobs: a thread beside the server, or a program of its own."""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from . import load_rows, look_job, measure_risk
from .context import Context
from .jobs import run_next
from .sent_rows import sweep_sent

HANDLERS: Final = load_rows.HANDLERS | measure_risk.HANDLERS | look_job.HANDLERS
_log = logging.getLogger(__name__)
#: Seconds between two looks at an empty queue.
_PAUSE: Final = 0.5
#: Seconds between two clearings of files that nobody finished loading.
_SWEEP: Final = 3600


class Worker(threading.Thread):
    """Works on jobs until ``stop``; a fault of one job, or of the database, does not end it."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(daemon=True, name="storybook-worker")
        self._ctx, self._over = ctx, threading.Event()

    def run(self) -> None:
        """Works until ``stop``."""
        work(self._ctx, self._over)

    def stop(self, patience: float = 10) -> None:
        """Lets the present job come to its end, ``patience`` seconds at most."""
        self._over.set()
        self.join(patience)


def work(ctx: Context, over: threading.Event, *, once: bool = False) -> None:
    """Does what is in the queue until ``over`` is set, or with ``once`` until the queue is empty."""
    swept = float("-inf")
    while not over.is_set():
        if time.monotonic() - swept > _SWEEP:
            sweep_sent(ctx)
            swept = time.monotonic()
        if not _one(ctx):
            if once:
                return
            over.wait(_PAUSE)


def _one(ctx: Context) -> bool:
    """Whether there was something to do."""
    try:
        return run_next(ctx, HANDLERS) is not None
    except Exception as error:  # noqa: BLE001 - the database may be away for a moment; the worker stays
        _log.error("the worker could not go on: %s", type(error).__name__)
        return False
