"""The one way to ask what time it is, so that tests can say it."""

from __future__ import annotations

import datetime as dt
from typing import Protocol
from zoneinfo import ZoneInfo

#: Consents, agreements and one-file exports end on a day as people in the UK count days.
LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Gives the present moment as an aware UTC datetime."""

    def now(self) -> dt.datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        """The present moment, aware, in UTC."""
        return dt.datetime.now(dt.UTC)


class FixedClock:
    """A clock that stands still until it is told to move; for tests and the demo."""

    def __init__(self, moment: dt.datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._moment = moment.astimezone(dt.UTC)

    def now(self) -> dt.datetime:
        """The present moment, aware, in UTC."""
        return self._moment

    def advance(self, by: dt.timedelta) -> None:
        """Moves the clock on."""
        self._moment += by


def today(clock: Clock) -> dt.date:
    """The date in London now: the day on which expiries are judged."""
    return clock.now().astimezone(LONDON).date()
