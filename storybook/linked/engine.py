"""DuckDB, opened so that it fetches nothing and stays within a laptop's memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

#: Enough for ten million rows; what does not fit spills to ``spill``.
_MEMORY: Final = "1500MB"


@contextmanager
def engine(spill: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A fresh in-memory DuckDB. It fetches no extension; without ``spill`` it writes nothing to the disk."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": _MEMORY,
        "temp_directory": str(spill) if spill else "",
    }
    connection = duckdb.connect(":memory:", config=config)
    try:
        yield connection
    finally:
        connection.close()


def literal(text: str | Path) -> str:
    """``text`` as an SQL string, for the few places that take no parameter."""
    return "'" + str(text).replace("'", "''") + "'"
