"""Bringing a database to the present schema.

SQLite is copied first, and its foreign keys are off while a migration runs (a batch change of a parent would delete
every child); PostgreSQL takes a lock, so that two servers starting together migrate once.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from .engine import Store

#: The newest migration; a test compares it with ``migrations/versions``.
HEAD = "0014"
MIGRATIONS = Path(__file__).parent / "migrations"
#: An arbitrary number that only this program uses for PostgreSQL's advisory locks ("story" in ASCII).
_LOCK = 0x73746F7279


def revision(connection: Connection) -> str | None:
    """The schema's revision; None for an empty database."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def migrate(store: Store, backups: Path, moment: dt.datetime) -> bool:
    """Brings the database to ``HEAD``; says whether there was anything to do. The copy goes to ``backups``."""
    with store.engine.connect() as connection:
        now = revision(connection)
    if now == HEAD:
        return False
    if store.file is not None and now is not None:
        back_up(store.file, backups / f"storybook-{now}-{moment:%Y%m%dT%H%M%SZ}.db")
    with store.engine.connect() as connection:
        _upgrade(connection)
    return True


def back_up(source: Path, target: Path) -> None:
    """Copies a SQLite database while it may be in use; readable by the owner only."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
    with sqlite3.connect(source) as from_, sqlite3.connect(target) as to:
        from_.backup(to)
    from_.close()
    to.close()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.rollback()  # the pragma is nothing inside a transaction: the next one is the migration's
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]  # open
        connection = connection.execution_options(sqlite_begin="BEGIN EXCLUSIVE")
    try:
        with connection.begin():
            _run(connection)
    finally:
        connection.invalidate()  # the next user of the pool gets a connection with foreign keys on


def _run(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a third of a second, and most starts have nothing to migrate
    from alembic.config import Config  # noqa: PLC0415 - likewise

    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
