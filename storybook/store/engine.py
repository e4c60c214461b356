"""Opening the database: SQLite beside the files, or PostgreSQL, with the same promises.

What is acknowledged is on disk (``synchronous=FULL``), what is deleted is overwritten (``secure_delete``), and a
writer takes its lock when it begins, so that reading first and writing then never fails half-way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker

#: Seconds a writer waits for another writer.
BUSY_SECONDS = 10
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


def make_engine(url: str) -> Engine:
    """An engine for ``sqlite:///FILE`` or ``postgresql://...`` (psycopg 3 is meant whichever way it is written).

    What it says of an error never holds the values of the statement: those are people's words.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return sa.create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_size=10, max_overflow=50, hide_parameters=True
        )
    engine = sa.create_engine(parsed, pool_size=10, max_overflow=300, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the "begin" event says BEGIN, not the driver
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


class Store:
    """The database of one home: sessions to read and to write with."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        writer = self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        self._read = sessionmaker(self.engine, autoflush=False)
        self._write = sessionmaker(writer, expire_on_commit=False)

    @property
    def embedded(self) -> bool:
        """Whether this is SQLite."""
        return self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """SQLite's file; None for PostgreSQL."""
        return Path(self.engine.url.database or "") if self.embedded else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that is rolled back at the end: nothing can be changed by it."""
        with self._read() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session with the writer's lock; committed at the end, rolled back on any error."""
        with self._write.begin() as session:
            yield session

    def scoped(self) -> scoped_session[Session]:
        """One session a thread, for a library that wants its own."""
        return scoped_session(sessionmaker(self.engine))

    def close(self) -> None:
        """Ends every connection."""
        self.engine.dispose()
