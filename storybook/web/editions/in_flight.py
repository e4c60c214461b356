"""A withdrawal answers only when no older answer is on its way: after "it is no longer shared", nothing of it is sent.

Every answer that shows an edition is counted from its request until its last byte was handed to the server. The answer
that tells of a withdrawal waits for those that are being handed over. Those that had begun before it and are still
being made are never sent: their readers are asked to look again, and find the edition gone, as whoever begins later
does. What was handed over and waits for a slow reader is dropped. Another process (a second server, the command line)
does not wait for the answers of this one: what it ended is noticed here before an answer is handed over.

While somebody's withdrawal is worked on, new readers wait a moment, so that it has the processor to itself: it is done
as fast under load as without.
"""

from __future__ import annotations

import sys
import time
from http import HTTPStatus
from threading import Condition
from typing import Any, Final
from weakref import WeakSet

from flask import Flask, Response, current_app, g, request

from ...services.endings import Mark as Ended
from ...services.endings import endings
from ..context import services
from ..stops_first import is_stop
from .connections import connection_of, cut, waits

#: Longer than any answer takes to hand over.
PATIENCE_SECONDS: Final = 10.0
#: How long a withdrawal waits for readers who are still receiving an answer, before what is left of it is dropped.
SLOW_SECONDS: Final = 0.25
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
#: How long a reader waits at most while withdrawals are worked on.
COURTESY_SECONDS: Final = 2.0
#: How long a thread may work before another gets its turn (Python's own choice, and while a withdrawal is worked on):
#: with many pages being made a withdrawal waits so long, times the threads, after each word with the database.
_USUAL_SECONDS: Final = sys.getswitchinterval()
_QUICK_SECONDS: Final = 0.0005
#: How often to look for answers that were dropped.
_LOOK_AGAIN_SECONDS: Final = 0.05
ENDS: Final = frozenset(
    {
        "review.consent",
        "review.say_no",
        "review.take_back",
        "review.withdraw",
        "people.stop",
        "people.take_out",
        "stopping.card",
        "stopping.stop_for",
        "stopping.stop_mine",
    }
)
_KEY: Final = "storybook-in-flight"


class Mark:
    """Stands for one answer: whether it is being handed over, and whether a withdrawal overtook it before."""

    def __init__(self, connection: Any | None = None) -> None:
        self.connection = connection
        self.ended_before: Ended | None = None
        self.handed = self.overtaken = False


class InFlight:
    """The answers under way. One that nobody holds any more was dropped, and is under way no longer."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._under_way: WeakSet[Mark] = WeakSet()
        self._receiving: WeakSet[Any] = WeakSet()
        self._stops = 0

    def begin(self, connection: Any | None = None) -> Mark:
        """One more is under way, on this connection."""
        mark = Mark(connection)
        with self._changed:
            self._under_way.add(mark)
        return mark

    def begin_stop(self) -> None:
        """A withdrawal is worked on."""
        with self._changed:
            self._stops += 1
            sys.setswitchinterval(_QUICK_SECONDS)

    def end_stop(self) -> None:
        """It is done, or was refused."""
        with self._changed:
            self._stops -= 1
            if not self._stops:
                sys.setswitchinterval(_USUAL_SECONDS)
            self._changed.notify_all()

    def give_way(self, seconds: float = COURTESY_SECONDS) -> None:
        """Waits while withdrawals are worked on."""
        with self._changed:
            self._changed.wait_for(lambda: not self._stops, seconds)

    def hand_over(self, mark: Mark) -> bool:
        """Whether the answer may be sent: no withdrawal ended since it began."""
        with self._changed:
            mark.handed = not mark.overtaken
        return mark.handed

    def end(self, mark: Mark) -> None:
        """It is done; saying so twice is fine."""
        with self._changed:
            self._under_way.discard(mark)
            if mark.connection is not None and mark.handed:
                self._receiving.add(mark.connection)
            self._changed.notify_all()

    def overtake(self, seconds: float = PATIENCE_SECONDS) -> bool:
        """Nothing that is still being made is sent; waits for what is being handed over; whether it was in time."""
        until = time.monotonic() + seconds
        with self._changed:
            for mark in self._under_way:
                mark.overtaken = not mark.handed
            older = WeakSet(mark for mark in self._under_way if mark.handed)
            while any(mark in self._under_way for mark in older):
                if time.monotonic() > until:
                    return False
                self._changed.wait(_LOOK_AGAIN_SECONDS)
        return True

    def cut_slow(self, own: Any | None = None, seconds: float = SLOW_SECONDS) -> None:
        """Drops what readers of an edition have not received after so long; ``own`` brought the withdrawal itself."""
        until = time.monotonic() + seconds
        with self._changed:
            receiving = [one for one in self._receiving if one is not own]
            self._receiving.clear()
        while (slow := [one for one in receiving if waits(one)]) and time.monotonic() < until:
            time.sleep(_LOOK_AGAIN_SECONDS)
        for connection in slow:
            cut(connection)


def init_in_flight(app: Flask) -> None:
    """Counts what shows an edition, and lets what ends one wait."""
    app.extensions[_KEY] = InFlight()
    app.before_request(_begin)
    app.after_request(_hand_over)
    app.teardown_request(_abandon)


def _begin() -> None:
    flight: InFlight = current_app.extensions[_KEY]
    if is_stop(request.method, request.path):
        flight.begin_stop()
        g.stops = flight
    elif request.endpoint in SHOWS:
        flight.give_way()
        g.under_way = flight.begin(connection_of(request.environ))
        g.under_way.ended_before = endings(services())


def _hand_over(response: Response) -> Response:
    flight: InFlight = current_app.extensions[_KEY]
    if request.endpoint in ENDS and request.method == "POST":
        flight.overtake()
        if response.status_code < HTTPStatus.BAD_REQUEST and request.form.get("step") != "look":
            flight.cut_slow(connection_of(request.environ))
    mark = g.pop("under_way", None)
    if mark is None:
        return response
    if not flight.hand_over(mark) or endings(services()) != mark.ended_before:
        response = _look_again()
    response.call_on_close(lambda: flight.end(mark))
    return response


def _look_again() -> Response:
    """Sends a reader to the address they are at: by now it may answer otherwise."""
    response = Response(status=307)
    response.headers["Location"] = request.full_path.rstrip("?")
    return response


def _abandon(_error: BaseException | None) -> None:
    """An answer that was never made is not under way."""
    flight: InFlight = current_app.extensions[_KEY]
    if (mark := g.pop("under_way", None)) is not None:
        flight.end(mark)
    if g.pop("stops", None) is not None:
        flight.end_stop()
