"""DuckDB, opened so that it fetches nothing and stays within a laptop's memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

import duckdb

#: Enough for ten million rows; what does not fit spills to ``spill``.
_MEMORY: Final = "1500MB"


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
    try:
        yield connection
    finally:
        connection.close()


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
