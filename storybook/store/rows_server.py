"""The server that may hold agencies' rows added up (``linked.dataset.server``): its connections, whether it is away.

One that can't be reached is left alone for a while, so that nobody waits for it at every question: the files answer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

import psycopg
import sqlalchemy as sa

from ..linked.dataset.connections import Away, Connection

#: Seconds to wait for the server to take a connection, and for it to answer a question.
_CONNECT: Final = 3
_ANSWER: Final = 60
#: Seconds in which a server that could not be reached is not tried again.
_LEFT_ALONE: Final = 30
_log = logging.getLogger(__name__)


class RowsServer:
    """A server by its address; ``home`` marks what is this home's there."""

    def __init__(self, url: str, home: str) -> None:
        self.home = home
        self._tried = 0.0
        self._engine = sa.create_engine(
            sa.make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=5,
            max_overflow=20,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": _CONNECT, "options": f"-c statement_timeout={_ANSWER}s"},
        )

    @contextmanager
    def lend(self, *, patient: bool = False) -> Iterator[Connection]:
        """A psycopg connection; what was not committed is undone at the end.

        Raises Away: at once if the server could not be reached a moment ago, unless ``patient``.
        """
        if not patient and self._tried and time.monotonic() - self._tried < _LEFT_ALONE:
            raise Away
        held = self._open()
        try:
            yield cast("Connection", held.driver_connection)
        except psycopg.Error as error:
            _log.warning("the server with agencies' rows did not answer: %s", type(error).__name__)
            held.invalidate()
            raise Away from None  # what the driver says may hold a value
        finally:
            held.close()

    def _open(self) -> Any:
        try:
            held = self._engine.raw_connection()
        except (sa.exc.SQLAlchemyError, psycopg.Error) as error:
            self._tried = time.monotonic()
            _log.warning("the server with agencies' rows can't be reached: %s", type(error).__name__)
            raise Away from None
        self._tried = 0.0
        return held

    def close(self) -> None:
        """Ends every connection."""
        self._engine.dispose()
