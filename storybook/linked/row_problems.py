"""What is wrong with rows, each with its line: all at once, and never with the value."""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from ..story.messages import Message, message
from ..story.problems import Problem
from .source_files import NotARow, SourceFile, records
from .staging import Column, swapped_sql, unreadable

#: So many are listed; of the others only the number is told.
LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class _Bad:
    file: int
    row: int
    field: str
    what: Message
    instead: Message


def misread(source: SourceFile) -> list[Problem]:
    """Why a CSV file is no table: rows with too many or too few columns, quotation marks left open."""
    if source.parquet:
        return [unreadable(source)]
    wide, problems = len(source.headings), []
    try:
        for line, fields in records(source):
            if len(fields) != wide:
                problems.append(_ragged(source.name, line, len(fields), wide))
    except NotARow as found:
        problems.append(_open_quote(source.name, found.line))
    return cut(problems) or [unreadable(source)]


def cut(problems: Sequence[Problem], total: int | None = None) -> list[Problem]:
    """The first problems, and how many more there are."""
    total = len(problems) if total is None else total
    if total <= LISTED:
        return list(problems)
    what = message("there are {count:,} more problems like these", count=total - LISTED)
    return [*problems[:LISTED], Problem(what, message("put these right first and load again"))]


def rows_wrong(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[SourceFile],
    columns: Mapping[int, Sequence[Column]],
) -> list[Problem]:
    """Rows of ``incoming`` without a person or a date that can be read; empty rows are no rows."""
    blank = "(person IS NULL AND day IS NULL AND written IS NULL AND agency = '')"
    condition = f"(person IS NULL OR day IS NULL) AND NOT {blank}"
    found = connection.execute(
        f"SELECT file, row, person IS NULL, day IS NULL, written IS NULL, {swapped_sql()} FROM incoming"
        f" WHERE {condition} ORDER BY file, row LIMIT {LISTED + 1}"
    ).fetchall()
    total = connection.execute(
        f"SELECT coalesce(sum((person IS NULL)::INT + (day IS NULL)::INT), 0) FROM incoming WHERE {condition}"
    ).fetchone()
    bad = [one for row in found for one in _bad(*row)]
    problems = _placed(bad, sources, columns)
    return cut(problems, int(total[0]) if total else 0)


def _bad(
    file: int, row: int, no_person: bool, no_day: bool, no_date: bool, month_first: bool | None
) -> list[_Bad]:
    found = []
    if no_person:
        found.append(
            _Bad(
                file,
                row,
                "person",
                message("this row does not say who it is about"),
                message("give every row a mark for its person"),
            )
        )
    if no_day and no_date:
        found.append(
            _Bad(
                file,
                row,
                "date",
                message("this row has no date"),
                message("give every row the date of its contact"),
            )
        )
    elif no_day:
        right = message("write it like 22/10/2014 or 2014-10-22")
        if month_first:
            right = message("dates are read day first: write it like 22/10/2014 or 2014-10-22")
        found.append(_Bad(file, row, "date", message("this is not a date that can be read"), right))
    return found


def _placed(
    bad: Sequence[_Bad], sources: Sequence[SourceFile], columns: Mapping[int, Sequence[Column]]
) -> list[Problem]:
    lines = {
        number: _lines(source, {one.row for one in bad if one.file == number})
        for number, source in enumerate(sources, 1)
    }
    heading = {
        (number, column.field): column.heading for number, found in columns.items() for column in found
    }
    return [
        Problem(
            one.what,
            one.instead,
            sources[one.file - 1].name,
            lines[one.file].get(one.row, one.row),
            heading[one.file, one.field],
        )
        for one in bad
    ]


def _lines(source: SourceFile, rows: set[int]) -> dict[int, int]:
    """Row -> line on which it begins: not the same where a field holds line ends. Parquet has rows only."""
    if source.parquet or not rows:
        return {}
    found, last = {}, max(rows)
    for row, (line, _) in enumerate(records(source), 1):
        if row in rows:
            found[row] = line
        if row == last:
            break
    return found


def _ragged(name: str, line: int, fields: int, wide: int) -> Problem:
    what = message("this row has {fields} columns where the headings have {wide}", fields=fields, wide=wide)
    return Problem(what, message("put text that holds the separator between quotation marks"), name, line)


def _open_quote(name: str, line: int) -> Problem:
    return Problem(
        message("a quotation mark is opened here and not closed, or closed in the middle of a field"),
        message('write a quotation mark inside a field twice: ""'),
        name,
        line,
    )
