"""DuckDB, opened so that it fetches nothing and stays within a laptop's memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

import duckdb

#: Enough for ten million rows; what does not fit spills to ``spill``.
_MEMORY: Final = "1400MB"
#: Seconds between two looks at how far a long statement is.
_GLANCE: Final = 0.4

#: Told what share of a statement is done; what it raises stops the statement.
Tick = Callable[[float], None]


def _open(spill: Path | None) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": _MEMORY,
        "temp_directory": str(spill) if spill else "",
    }
    return duckdb.connect(":memory:", config=config)


@contextmanager
def engine(spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB for one load. It fetches no extension; what does not fit into memory goes into ``spill``."""
    connection = _open(spill)
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    try:
        yield connection
    finally:
        connection.close()


def watched(connection: duckdb.DuckDBPyConnection, sql: str, tick: Tick) -> duckdb.DuckDBPyConnection:
    """Runs one statement and says meanwhile, from a thread of its own, how far it is.

    What ``tick`` raises interrupts the statement and is raised here. Raises duckdb.Error.
    """
    done, raised = threading.Event(), list[BaseException]()
    watcher = threading.Thread(target=_watch, args=(connection, tick, done, raised), daemon=True)
    watcher.start()
    try:
        connection.execute(sql)
    except duckdb.InterruptException:
        if not raised:
            raise
    finally:
        done.set()
        watcher.join()
    if raised:
        raise raised[0]
    return connection


def _watch(
    connection: duckdb.DuckDBPyConnection, tick: Tick, done: threading.Event, raised: list[BaseException]
) -> None:
    while not done.wait(_GLANCE):
        try:
            tick(max(connection.query_progress(), 0) / 100)
        except BaseException as error:  # noqa: BLE001 - whatever it is goes to the thread that waits for the statement
            raised.append(error)
            connection.interrupt()
            return


@contextmanager
def reader() -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor for one question, of an engine that stays open: opening one takes longer than most answers.

    Any number of threads may ask at once. It holds no table and writes nothing to the disk.
    """
    cursor = _shared(os.getpid()).cursor()
    try:
        yield cursor
    finally:
        cursor.close()


@lru_cache(maxsize=1)
def _shared(process: int) -> duckdb.DuckDBPyConnection:  # noqa: ARG001 - it is the key of the cache
    """The engine of this ``process``: one that a fork inherited would not work."""
    return _open(None)


def literal(text: str | Path) -> str:
    """``text`` as an SQL string, for the few places that take no parameter."""
    return "'" + str(text).replace("'", "''") + "'"
