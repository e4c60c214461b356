"""Rows on their way in: every mapped cell, read once and laid by in the memory.

What pieces of the file gave to expect (``likely``) is understood as it is read: a day is a DATE, a category one byte or
two. Of a row in which anything else stands, all texts are kept beside it.

    laid_N   a file, in any order: given (the person's mark as it stands there), early or late or both (days, the year
             written first or last), a column for each category that is mapped (agency, kind, place, age_band, gender,
             need1, ...), rest (NULL, or the texts of the date and of the categories in that order)
    written  the files once more, for telling what is wrong with them: file and row (both from 1 and 1; a row is a
             record, not a line), person, day, written (the date as it stands there), and the categories; no spaces
             around them, NULL means missing
"""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from ...story.messages import message
from ...story.problems import Problem
from ..dataset.engine import Tick, literal, watched
from ..dataset.mapping import ColumnMapping, DateStyle
from .columns import Column, sql_names
from .likely import Likely, likely
from .row_dates import date_of, quick_date_of, sane, swapped, year_first
from .source_files import SourceFile

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Laid:
    """``source``, file ``number``, as it was laid by.

    ``likely`` is what was expected of it, ``rest`` whether any row holds anything else.
    """

    number: int
    source: SourceFile
    columns: Sequence[Column]
    style: DateStyle
    likely: Likely
    rows: int = 0
    rest: bool = False

    @property
    def table(self) -> str:
        """Its name."""
        return f"laid_{self.number}"

    @property
    def days(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Columns of days, and the forms of dates that fill them: a column takes time even where it is empty."""
        days = ("early", self.likely.year_first), ("late", self.likely.year_last)
        return tuple((name, forms) for name, forms in days if forms)

    @property
    def dated(self) -> str:
        """An SQL table: its rows with ``written`` (the date where it was not read at once), ``day``, ``year_first``."""
        if not self.rest:
            return f"(SELECT *, NULL::VARCHAR AS written, {self._dated('NULL', 'NULL')} FROM {self.table})"
        unread = "".join(f"{name} IS NULL AND " for name, _ in self.days)
        written = f"CASE WHEN {unread}true THEN nullif(trim(rest[1]), '') END"
        return f"""(SELECT *, {self._dated(sane("slow"), year_first("written"))}
            FROM (SELECT *, {date_of("written", self.style)} AS slow
            FROM (SELECT *, {written} AS written FROM {self.table})))"""

    def _dated(self, slow: str, slow_year_first: str) -> str:
        kinds = "".join(
            f" WHEN {name} IS NOT NULL THEN {str(name == 'early').lower()}" for name, _ in self.days
        )
        first = f"CASE {kinds} ELSE {slow_year_first} END" if kinds else slow_year_first
        days = ", ".join([*(name for name, _ in self.days), slow])
        return f"CAST(coalesce({days}) AS DATE) AS day, CAST({first} AS BOOLEAN) AS year_first"

    def text(self, name: str) -> str:
        """An SQL expression: what a category says where it is not as expected."""
        place = list(self.likely.values).index(name) + 2
        return f"nullif(trim(rest[{place}]), '')" if self.rest else "NULL::VARCHAR"


def read_in(
    connection: Connection,
    number: int,
    source: SourceFile,
    columns: Sequence[Column],
    mapping: ColumnMapping,
    tick: Tick,
) -> Laid:
    """Lays the rows of ``source`` by, as file ``number``. Raises duckdb.Error."""
    style = mapping.date_style
    laid = Laid(number, source, columns, style, likely(connection, source, columns, style))
    for name, values in laid.likely.values.items():
        make_type(connection, f"{laid.table}_{name}", [*values, ""])
        _keep(connection, f"expected_{number}_{name}", f"{laid.table}_{name}")
    watched(connection, _lay_by(laid), tick)
    rows, rest = connection.execute(f"SELECT count(*), count(rest) FROM {laid.table}").fetchall()[0]
    return replace(laid, rows=rows, rest=bool(rest))


def _lay_by(laid: Laid) -> str:
    """The table of a file, as SQL."""
    names = list(laid.likely.values)
    tables = {name: f"expected_{laid.number}_{name}" for name in names}
    joins = " ".join(f"LEFT JOIN {table} ON {table}.text = w.{name}" for name, table in tables.items())
    understood = [f"{table}.value AS known_{name}" for name, table in tables.items()]
    understood += [f"{quick_date_of('written', forms)} AS {name}" for name, forms in laid.days]
    known = [f"{sane(name)} AS {name}" for name, _ in laid.days]
    known += [f"known_{name} AS {name}" for name in names]
    other = [" AND ".join([*(f"{sane(name)} IS NULL" for name, _ in laid.days), "written IS NOT NULL"])]
    other += [f"known_{name} IS NULL AND {name} IS NOT NULL" for name in names]
    return f"""CREATE TABLE {laid.table} AS SELECT given, {", ".join(known)},
        CASE WHEN ({") OR (".join(other)}) THEN [{", ".join(["written", *names])}] END AS rest
        FROM (SELECT w.*, {", ".join(understood)} FROM {_as_text(laid)} w {joins})"""


def _as_text(laid: Laid) -> str:
    """An SQL table: the mapped cells of a file as they stand there."""
    called = {"person": "given", "date": "written"}
    texts = (f"CAST({one.sql} AS VARCHAR) AS {called.get(one.name, one.name)}" for one in laid.columns)
    return f"(SELECT {', '.join(texts)} FROM {table_of(laid.source)})"


def _keep(connection: Connection, table: str, enumeration: str) -> None:
    """A table to look values up in: to cast what may not be among them takes very long."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE {table} AS SELECT CAST(value AS VARCHAR) AS text, value
        FROM (SELECT unnest(enum_range(NULL::{enumeration}))::{enumeration} AS value) WHERE value <> ''"""
    )


def make_type(connection: Connection, name: str, values: Sequence[str]) -> None:
    """An enumeration of ``values``, in their order."""
    connection.execute(f"DROP TYPE IF EXISTS {name}")
    connection.execute(f"CREATE TYPE {name} AS ENUM ({', '.join(map(literal, values))})")


def show(connection: Connection, files: Sequence[Laid], mapping: ColumnMapping) -> None:
    """The view ``written``."""
    names = [name for name, _, _ in sql_names(mapping)]
    rows = " UNION ALL ".join(_written(one, names) for one in files)
    connection.execute(f"CREATE VIEW written AS {rows}")


def _written(one: Laid, names: Sequence[str]) -> str:
    there = {name: f"nullif(trim({name}), '')" for name in one.likely.values}
    cells = "".join(f", {there.get(name, 'NULL')} AS {name}" for name in names)
    quick = "".join(f"{sane(quick_date_of('written', forms))}, " for _, forms in one.days)
    return f"""SELECT * EXCLUDE (slow) REPLACE (coalesce(day, {sane("slow")}) AS day) FROM (
        SELECT *, CASE WHEN day IS NULL THEN {date_of("written", one.style)} END AS slow FROM (
        SELECT {one.number}::INTEGER AS file, row_number() OVER () AS row, nullif(trim(given), '') AS person,
            coalesce({quick}NULL::DATE) AS day, nullif(trim(written), '') AS written{cells} FROM {_as_text(one)}))"""


def texts(connection: Connection, files: Sequence[Laid], name: str, most: int | None) -> tuple[str, ...]:
    """The different texts of a category in all files, no spaces around; ``most`` of them by no order."""
    files = [one for one in files if name in one.likely.values]
    found = {
        value
        for one in files
        for (value,) in connection.execute(f"SELECT DISTINCT {name} FROM {one.table}").fetchall()
        if value is not None
    }
    other = "".join(
        f" UNION ALL SELECT {one.text(name)} FROM {one.table} WHERE rest IS NOT NULL" for one in files
    )
    every = f"SELECT DISTINCT nullif(trim(value), '') AS value FROM (SELECT unnest($found::VARCHAR[]) AS value{other})"
    limit = "" if most is None else f" ORDER BY hash(value) LIMIT {most}"
    rows = connection.execute(
        f"SELECT value FROM ({every}) WHERE value IS NOT NULL{limit}", {"found": list(found)}
    )
    return tuple(value for (value,) in rows.fetchall())


def forget(connection: Connection, files: Sequence[Laid]) -> None:
    """Gives back the memory once ``incoming`` holds what is wanted."""
    connection.execute("DROP VIEW IF EXISTS written")
    for one in files:
        connection.execute(f"DROP TABLE {one.table}")


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
