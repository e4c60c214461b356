"""Whoever presses Stop waits for nobody: the threads of the embedded server.

Under load hundreds of readers wait for a thread, and every thread makes a page. Requests that stop the sharing of a
story have threads of their own, so that their answer doesn't depend on how many read.
"""

from __future__ import annotations

import re
from typing import Any, Final

from waitress.task import ThreadedTaskDispatcher

#: How many may stop something at the same moment without waiting.
STOP_THREADS: Final = 2
#: Addresses that end what is shared; a test compares them with ``editions.in_flight.ENDS``. Where somebody agrees
#: anew, which may narrow what is shared, is not among them: that may wait its turn.
STOPS: Final = re.compile(
    r"/stop/|/stop/(for-someone|mine)/[^/]+/|/stories/[^/]+/people/[^/]+/(withdraw|consent/(take-back|no)|taking-part/stop)/"
)


def is_stop(method: str, path: str) -> bool:
    """Whether a request asks to end what is shared."""
    return method == "POST" and STOPS.fullmatch(path) is not None


class StopsFirst(ThreadedTaskDispatcher):
    """Waitress's threads and queue, and beside them ``STOP_THREADS`` for those who stop something."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.stops = ThreadedTaskDispatcher()
        self.stops.set_thread_count(STOP_THREADS)
        self.set_thread_count(threads)

    def add_task(self, task: Any) -> None:
        """Queues a connection whose first request is complete."""
        requests = getattr(task, "requests", None)
        asked = requests[0] if requests else None
        if is_stop(getattr(asked, "command", ""), getattr(asked, "path", "")):
            self.stops.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """Ends all threads."""
        self.stops.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))
