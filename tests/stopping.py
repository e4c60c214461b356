"""Ending a server that runs in a thread of the tests."""

from __future__ import annotations

import threading
from typing import Any

from waitress import wasyncore

PATIENCE_SECONDS = 10


def stop_server(server: Any, thread: threading.Thread) -> None:
    """Lets the server's own thread close its sockets: closed from outside, it may just be waiting on one of them."""
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
    thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive(), "the server did not end"
    server.task_dispatcher.shutdown()
