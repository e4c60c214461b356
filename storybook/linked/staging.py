"""Rows on their way in: every mapped column as text, in one DuckDB table, with the place they came from.

Table ``incoming``: file and row (both from 1 and 1; a row is a record, not a line), person, day (DATE),
written (the date as it was written, only where no day could be read), style, agency, kind, place, need1,
need2, ... Empty means missing.
"""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import duckdb

from ..story.messages import message
from ..story.problems import Problem, Problems
from .engine import literal
from .identifiers import heading_kind
from .mapping import ColumnMapping
from .row_dates import date_of, swapped, year_first
from .source_files import SourceFile, normal

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Column:
    """One mapped column of one file: what it is for, its heading in the file, and its SQL name there."""

    field: str
    heading: str
    sql: str


def columns_of(connection: Connection, source: SourceFile, mapping: ColumnMapping) -> list[Column]:
    """The mapped columns of ``source``; raises Problems for those that are not there or may not be loaded."""
    there = _headings(connection, source)
    problems: list[Problem] = []
    found: list[Column] = []
    for field, wanted in mapping.fields():
        heading = _find(wanted, list(there))
        problem = (
            _missing(source, wanted, list(there))
            if heading is None
            else _unfit(source, field, heading, there)
        )
        if problem is not None:
            problems.append(problem)
        elif heading is not None:
            found.append(Column(field, heading, there[heading][0]))
    problems += _used_twice(source, found)
    if problems:
        raise Problems(problems)
    return found


def create(connection: Connection, needs: int) -> None:
    """The empty table ``incoming`` with ``needs`` columns of needs."""
    more = "".join(f", need{number} VARCHAR" for number in range(1, needs + 1))
    connection.execute(
        "CREATE TABLE incoming (file INTEGER, row BIGINT, person VARCHAR, day DATE, written VARCHAR,"
        f" early BOOLEAN, agency VARCHAR, kind VARCHAR, place VARCHAR{more})"
    )


def read_in(
    connection: Connection, number: int, source: SourceFile, columns: Sequence[Column], mapping: ColumnMapping
) -> int:
    """Adds the rows of ``source``, file ``number``, to ``incoming``: how many. Raises duckdb.Error."""
    by_field = {column.field: column.sql for column in columns}
    needs = [column.sql for column in columns if column.field == "need"]
    texts = [
        _text(by_field.get(field), name)
        for name, field in (
            ("person", "person"),
            ("written", "date"),
            ("agency", "agency"),
            ("kind", "kind"),
            ("place", "place"),
        )
    ]
    texts += [_text(sql, f"need{place}") for place, sql in enumerate(needs, 1)]
    more = "".join(f", need{place}" for place in range(1, len(needs) + 1))
    told = connection.execute(
        f"""INSERT INTO incoming
        SELECT {number}, row, person, day, CASE WHEN day IS NULL THEN written END, {year_first("written")},
            coalesce(agency, ''), coalesce(kind, ''), coalesce(place, ''){more}
        FROM (SELECT *, {date_of("written", mapping.date_style)} AS day
              FROM (SELECT row_number() OVER () AS row, {", ".join(texts)} FROM {_table(source)}))"""
    ).fetchone()
    return int(told[0]) if told else 0


def swapped_sql() -> str:
    """An SQL expression: whether a row's unread date looks month-first."""
    return swapped("written")


def _text(sql: str | None, name: str) -> str:
    return (
        f"nullif(trim(CAST({sql} AS VARCHAR)), '') AS {name}" if sql else f"CAST(NULL AS VARCHAR) AS {name}"
    )


def _table(source: SourceFile) -> str:
    if source.parquet:
        return f"read_parquet({literal(source.path)})"
    columns = "{" + ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(source.headings))) + "}"
    return (
        f"read_csv({literal(source.path)}, auto_detect=false, header=true, skip={source.skip},"
        f" columns={columns}, delim={literal(source.delimiter)}, quote='\"', escape='\"', nullstr='',"
        " compression='none')"
    )


def _headings(connection: Connection, source: SourceFile) -> dict[str, tuple[str, str]]:
    """Heading -> (SQL name, type); of a heading that is there twice the first."""
    if not source.parquet:
        first = {heading: source.headings.index(heading) for heading in source.headings}
        return {heading: (f"c{place}", "VARCHAR") for heading, place in first.items()}
    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM {_table(source)}").fetchall()
    except duckdb.Error:
        raise Problems([unreadable(source)]) from None
    return {row[0]: ('"' + row[0].replace('"', '""') + '"', row[1]) for row in rows}


def unreadable(source: SourceFile) -> Problem:
    """For a file that is broken in a way that no row explains."""
    return Problem(
        message("this file can't be read"),
        message("save it again as CSV or Parquet and load that"),
        source.name,
    )


def _find(wanted: str, headings: list[str]) -> str | None:
    if wanted in headings:
        return wanted
    alike = [heading for heading in headings if normal(heading) == normal(wanted)]
    return alike[0] if len(alike) == 1 else None


def _missing(source: SourceFile, wanted: str, headings: list[str]) -> Problem:
    near = get_close_matches(wanted, headings, n=3, cutoff=0.6) or headings[:30]
    what = message('there is no column "{heading}"', heading=wanted)
    instead = message("use one of: {headings}", headings=", ".join(f'"{heading}"' for heading in near))
    return Problem(what, instead, source.name, source.skip + 1 if not source.parquet else None, wanted)


def _unfit(source: SourceFile, field: str, heading: str, there: dict[str, tuple[str, str]]) -> Problem | None:
    kind, sql_type = heading_kind(field, heading), there[heading][1]
    if kind is not None:
        return identifying(source.name, field, heading, kind)
    if any(mark in sql_type for mark in ("[", "STRUCT", "MAP", "UNION", "BLOB")):
        what = message('the column "{heading}" holds lists or records, not single values', heading=heading)
        return Problem(what, message("use a column with one value in each row"), source.name, None, heading)
    return None


def identifying(where: str, field: str, heading: str, kind: object) -> Problem:
    """For a column that says who somebody is; ``kind`` is what it looks like, in words."""
    what = message('the column "{heading}" looks like {kind}', heading=heading, kind=kind)
    right = {
        "person": message(
            "use a made-up mark that is the same for the same person and says nothing about them"
        ),
        "date": message("use the column with the date of the contact"),
        "place": message("use an area such as a ward, never a postcode or an address"),
    }
    return Problem(
        what,
        right.get(field, message("use a column of categories that says nothing about who somebody is")),
        where,
        None,
        heading,
    )


def _used_twice(source: SourceFile, found: Sequence[Column]) -> list[Problem]:
    """The column of marks for people may be nothing else: as a category it would be shown."""
    people = {column.heading for column in found if column.field == "person"}
    what = message("the column for people can't be used for anything else")
    instead = message("choose another column, or leave it out")
    return [
        Problem(what, instead, source.name, None, column.heading)
        for column in found
        if column.field != "person" and column.heading in people
    ]
