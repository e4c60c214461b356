"""Rows on their way in: every mapped column as text, in one DuckDB table, with the place they came from.

Table ``incoming``: file and row (both from 1 and 1; a row is a record, not a line), person, day (DATE),
written (the date as it was written, only where no day could be read), early (the year stands first), agency, and
those of kind, place, age_band, gender, need1, need2, ... that are mapped. Empty means missing.
"""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from ...story.messages import message
from ...story.problems import Problem
from ..dataset.engine import Tick, literal, watched
from .columns import Column, sql_names
from .mapping import ColumnMapping
from .row_dates import date_of, swapped, year_first
from .source_files import SourceFile

Connection = duckdb.DuckDBPyConnection


def create(connection: Connection, mapping: ColumnMapping) -> None:
    """The empty table ``incoming`` with a column for each category that is mapped."""
    more = "".join(f", {name} VARCHAR" for name, _, _ in sql_names(mapping))
    connection.execute(
        "CREATE TABLE incoming (file INTEGER, row BIGINT, person VARCHAR, day DATE, written VARCHAR,"
        f" early BOOLEAN{more})"
    )


def read_in(
    connection: Connection,
    number: int,
    source: SourceFile,
    columns: Sequence[Column],
    mapping: ColumnMapping,
    tick: Tick,
) -> int:
    """Adds the rows of ``source``, file ``number``, to ``incoming``: how many. Raises duckdb.Error."""
    sql = {column.name: column.sql for column in columns}
    names = [name for name, _, _ in sql_names(mapping)]
    texts = [_text(sql.get("person"), "person"), _text(sql.get("date"), "written")]
    texts += [_text(sql.get(name), name) for name in names]
    chosen = "".join(
        f", coalesce({name}, '') AS {name}" if not name.startswith("need") else f", {name}" for name in names
    )
    told = watched(
        connection,
        f"""INSERT INTO incoming
        SELECT {number}, row, person, day, CASE WHEN day IS NULL THEN written END, {year_first("written")}{chosen}
        FROM (SELECT *, {date_of("written", mapping.date_style)} AS day
              FROM (SELECT row_number() OVER () AS row, {", ".join(texts)} FROM {table_of(source)}))""",
        tick,
    ).fetchone()
    return int(told[0]) if told else 0


def merge_agencies(connection: Connection, merge: dict[str, str]) -> None:
    """Gives agencies that are spelled several ways the one name that they are to have."""
    for old, new in merge.items():
        connection.execute(
            "UPDATE incoming SET agency = $new WHERE agency = $old", {"old": old.strip(), "new": new.strip()}
        )


def leave_out(connection: Connection, name: str) -> None:
    """Empties a column of categories (a name from this package, never from outside)."""
    empty = "NULL" if name.startswith("need") else "''"
    connection.execute(f"UPDATE incoming SET {name} = {empty}")


def swapped_sql() -> str:
    """An SQL expression: whether a row's unread date looks month-first."""
    return swapped("written")


def table_of(source: SourceFile) -> str:
    """An SQL table: the rows of a file, every column of a CSV as text (c0, c1, ...)."""
    if source.parquet:
        return f"read_parquet({literal(source.path)})"
    columns = "{" + ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(source.headings))) + "}"
    return (
        f"read_csv({literal(source.path)}, auto_detect=false, header=true, skip={source.skip},"
        f" columns={columns}, delim={literal(source.delimiter)}, quote='\"', escape='\"', nullstr='',"
        " compression='none')"
    )


def unreadable(source: SourceFile) -> Problem:
    """For a file that is broken in a way that no row explains."""
    return Problem(
        message("this file can't be read"),
        message("save it again as CSV or Parquet and load that"),
        source.name,
    )


def _text(sql: str | None, name: str) -> str:
    return (
        f"nullif(trim(CAST({sql} AS VARCHAR)), '') AS {name}" if sql else f"CAST(NULL AS VARCHAR) AS {name}"
    )
