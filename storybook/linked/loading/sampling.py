"""The first rows of a file, column by column: to guess what a column holds, and to see what would identify."""
# ruff: noqa: S608 - names come from the file's own description, quoted; its path is quoted

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Final

import duckdb

from ..dataset.engine import literal
from .source_files import NotARow, SourceFile, records

#: So many rows tell what a column holds.
_ROWS: Final = 2_000


def sample(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, there: Mapping[str, tuple[str, str]]
) -> dict[str, list[str]]:
    """Heading -> the different values in the first rows, in order; rows that can't be read are passed over."""
    headings = list(there)
    rows = first_rows(connection, source, there)
    places = {heading: source.headings.index(heading) for heading in headings} if not source.parquet else {}
    return {
        heading: list(dict.fromkeys(_cells(rows, places.get(heading, number))))
        for number, heading in enumerate(headings)
    }


def first_rows(
    connection: duckdb.DuckDBPyConnection,
    source: SourceFile,
    there: Mapping[str, tuple[str, str]],
    most: int = _ROWS,
) -> list[Sequence[str]]:
    """The first ``most`` rows as text, in the file's order of columns."""
    if source.parquet:
        return _parquet_rows(connection, source, there, most)
    found: list[Sequence[str]] = []
    with suppress(NotARow):  # told when the file is read in earnest
        found.extend(fields for _, fields in itertools.islice(records(source), most))
    return found


def _parquet_rows(
    connection: duckdb.DuckDBPyConnection,
    source: SourceFile,
    there: Mapping[str, tuple[str, str]],
    most: int,
) -> list[Sequence[str]]:
    names = ", ".join(f"CAST({sql} AS VARCHAR)" for sql, _ in there.values())
    try:
        rows = connection.execute(f"SELECT {names} FROM read_parquet({literal(source.path)}) LIMIT {most}")
        return [tuple(cell or "" for cell in row) for row in rows.fetchall()]
    except duckdb.Error:
        return []


def _cells(rows: Iterable[Sequence[str]], place: int) -> Iterable[str]:
    return (cell for row in rows if place < len(row) and (cell := row[place].strip()))
