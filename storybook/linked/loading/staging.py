"""Rows on their way in: the text of every mapped column, read once and laid beside the load as Parquet.

View ``written``: file and row (both from 1 and 1; a row is a record, not a line), given (the person's mark as it stands
in the file), person, day (DATE), written (the date as it stands there), early (the year stands first), agency, and
those of kind, place, age_band, gender, need1, need2, ... that are mapped; no spaces around them, NULL means missing.
Parquet keeps the different values of a column apart from its rows, so what is done to a value is mostly done once.
"""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

from ...story.messages import message
from ...story.problems import Problem
from ..dataset.engine import Tick, literal, watched
from ..dataset.mapping import ColumnMapping
from .columns import Column, sql_names
from .row_dates import date_of, quick_date_of, sane, swapped, year_first
from .source_files import SourceFile

Connection = duckdb.DuckDBPyConnection

#: Quick to write and to read again; it goes when the load ends. Small groups stay in a processor's cache.
_PARQUET: Final = "(FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE 61440)"


def read_in(
    connection: Connection,
    number: int,
    source: SourceFile,
    columns: Sequence[Column],
    mapping: ColumnMapping,
    folder: Path,
    tick: Tick,
) -> int:
    """Lays the rows of ``source``, file ``number``, into ``folder``: how many. Raises duckdb.Error."""
    sql = {column.name: column.sql for column in columns}
    texts = [_text(sql.get("person"), "given"), _text(sql.get("date"), "written")]
    texts += [_text(sql.get(name), name) for name, _, _ in sql_names(mapping)]
    told = watched(
        connection,
        f"""COPY (SELECT {number}::INTEGER AS file, {", ".join(texts)} FROM {table_of(source)})
        TO {literal(_laid(folder, number))} {_PARQUET}""",
        tick,
    ).fetchone()
    return int(told[0]) if told else 0


def show(connection: Connection, files: int, mapping: ColumnMapping, folder: Path) -> None:
    """The view ``written`` over what was read of ``files`` files."""
    laid = ", ".join(literal(_laid(folder, number)) for number in range(1, files + 1))
    names = [name for name, _, _ in sql_names(mapping)]
    cells = "".join(f", nullif(trim({name}), '') AS {name}" for name in names)
    connection.execute(
        f"""CREATE VIEW written AS
        SELECT * EXCLUDE (quick, day), {sane("day")} AS day,
            CASE WHEN quick IS NOT NULL THEN true ELSE {year_first("written")} END AS early
        FROM (SELECT *, coalesce(quick, {date_of("written", mapping.date_style)}) AS day
        FROM (SELECT * EXCLUDE (quick), CASE WHEN written BETWEEN '0' AND ':' THEN {sane("quick")} END AS quick
        FROM (SELECT file, file_row_number + 1 AS row, given, nullif(trim(given), '') AS person,
            nullif(trim(written), '') AS written, {quick_date_of("trim(written)")} AS quick{cells}
            FROM read_parquet([{laid}], file_row_number = true))))"""
    )


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
    return f"CAST({sql or 'NULL'} AS VARCHAR) AS {name}"


def _laid(folder: Path, number: int) -> Path:
    return folder / f"rows-{number}.parquet"
