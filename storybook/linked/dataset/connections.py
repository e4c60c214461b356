"""What is used of a server's connections: psycopg's, opened and closed by whoever owns the server's address."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Away(Exception):
    """The server can't be reached, or did not answer."""


class Cursor(Protocol):
    """What is used of psycopg's cursors."""

    def execute(self, query: Any, params: Any = None) -> Any:
        """Runs a statement."""
        ...

    def fetchall(self) -> Sequence[tuple[Any, ...]]:
        """Every row of the answer."""
        ...

    def copy(self, statement: Any) -> Any:
        """A COPY under way."""
        ...


class Connection(Protocol):
    """What is used of psycopg's connections."""

    def cursor(self) -> Any:
        """A cursor, as a context."""
        ...

    def commit(self) -> None:
        """Ends the transaction."""
        ...


class Server(Protocol):
    """A server that may hold versions of this home's datasets."""

    @property
    def home(self) -> str:
        """Whose versions they are: letters and numbers that are this home's alone."""
        ...

    def lend(self) -> AbstractContextManager[Connection]:
        """A connection for a block; what was not committed in it is undone. Raises Away."""
        ...
