"""Leaving nothing of what was deleted: in a SQLite file, its log and its free pages; in PostgreSQL's tables."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa

from .engine import Store
from .tables import metadata

#: How long to wait for readers who still look at an older state of the database.
PATIENCE_SECONDS = 10.0


def compact(store: Store) -> bool:
    """Writes the database anew from what is in it; whether nothing older is left in its files.

    False where a reader held an older state for too long: then the next ``compact``, or the next start, finishes it.
    """
    if store.embedded:
        return _embedded(store)
    engine = store.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            connection.execute(sa.text(f'VACUUM FULL "{table.name}"'))
    return True


def _embedded(store: Store) -> bool:
    """On the driver's own connection: SQLAlchemy would begin a transaction, and inside one nothing is written anew."""
    borrowed = store.engine.raw_connection()
    try:
        connection: Any = borrowed.driver_connection
        connection.execute("PRAGMA temp_store=MEMORY")
        if not _truncated(connection):
            return False
        connection.execute("VACUUM")
        return _truncated(connection)
    finally:
        borrowed.close()


def _truncated(connection: Any) -> bool:
    """Empties the write-ahead log, as soon as nobody reads from it."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
