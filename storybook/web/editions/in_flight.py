"""A withdrawal answers only when no older answer is on its way: after "it is no longer shared", nothing of it is sent.

Every answer that shows an edition is counted from its request until its last byte was handed to the server. The answer
that tells of a withdrawal waits for those that had begun before it; those that begin later find the edition gone. It
holds within one process; several processes behind one address each wait for their own.
"""

from __future__ import annotations

import time
from threading import Condition
from typing import Final
from weakref import WeakSet

from flask import Flask, Response, current_app, g, request

#: Longer than any answer takes to make. A reader who takes longer to receive it does not hold up a withdrawal.
PATIENCE_SECONDS: Final = 10.0
SHOWS: Final = frozenset(
    {
        "editions.index",
        "editions.newest",
        "editions.numbered",
        "editions.figure",
        "editions.embed",
        "editions.embed_numbered",
        "editions.oembed",
        "editions.download",
    }
)
#: How often to look for answers that were dropped.
_LOOK_AGAIN_SECONDS: Final = 0.05
ENDS: Final = frozenset(
    {
        "review.consent",
        "review.take_back",
        "review.withdraw",
        "people.stop",
        "stopping.card",
        "stopping.stop_for",
    }
)
_KEY: Final = "storybook-in-flight"


class Mark:
    """Stands for one answer."""


class InFlight:
    """The answers under way. One that nobody holds any more was dropped, and is under way no longer."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._under_way: WeakSet[Mark] = WeakSet()

    def begin(self) -> Mark:
        """One more is under way."""
        mark = Mark()
        with self._changed:
            self._under_way.add(mark)
        return mark

    def end(self, mark: Mark) -> None:
        """It is done; saying so twice is fine."""
        with self._changed:
            self._under_way.discard(mark)
            self._changed.notify_all()

    def wait_for_older(self, seconds: float = PATIENCE_SECONDS) -> bool:
        """Waits until everything that is under way now is done; whether it was in time."""
        until = time.monotonic() + seconds
        with self._changed:
            older = WeakSet(self._under_way)
            while any(mark in self._under_way for mark in older):
                if time.monotonic() > until:
                    return False
                self._changed.wait(_LOOK_AGAIN_SECONDS)
        return True


def init_in_flight(app: Flask) -> None:
    """Counts what shows an edition, and lets what ends one wait."""
    app.extensions[_KEY] = InFlight()
    app.before_request(_begin)
    app.after_request(_hand_over)
    app.teardown_request(_abandon)


def _begin() -> None:
    if request.endpoint in SHOWS:
        g.under_way = current_app.extensions[_KEY].begin()


def _hand_over(response: Response) -> Response:
    flight: InFlight = current_app.extensions[_KEY]
    if request.endpoint in ENDS and request.method == "POST":
        flight.wait_for_older()
    mark = g.pop("under_way", None)
    if mark is not None:
        response.call_on_close(lambda: flight.end(mark))
    return response


def _abandon(_error: BaseException | None) -> None:
    """An answer that was never made is not under way."""
    mark = g.pop("under_way", None)
    if mark is not None:
        current_app.extensions[_KEY].end(mark)
