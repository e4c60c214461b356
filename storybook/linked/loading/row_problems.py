"""What is wrong with rows, each with its line: all at once, and never with the value."""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from ...story.messages import Message, message
from ...story.problems import Problem
from .columns import Column
from .source_files import NotARow, SourceFile, records
from .staging import swapped_sql, unreadable
from .unpacking import NO_VALUE

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
                problems.append(ragged(source.name, line, len(fields), wide))
    except NotARow as found:
        problems.append(open_quote(source.name, found.line))
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
    names: Sequence[str],
    most: int | None = LISTED + 1,
) -> tuple[list[Problem], int]:
    """Rows of ``written`` that can't be loaded, ``most`` of them as problems, and how many problems there are.

    A row needs a person and a date that can be read; empty rows are no rows. No cell of a mapped column, ``names``,
    may hold a formula.
    """
    condition = bad_rows(names)
    cells = "".join(f", coalesce({name} = '{NO_VALUE}', false)" for name in names)
    limit = "" if most is None else f" LIMIT {most}"
    found = connection.execute(
        f"SELECT file, row, person IS NULL, day IS NULL, written IS NULL, {swapped_sql()},"
        f" coalesce(regexp_full_match(written, '{_EXCEL}'), false),"
        f" coalesce(person = '{NO_VALUE}', false), coalesce(written = '{NO_VALUE}', false){cells}"
        f" FROM written WHERE {condition} ORDER BY file, row{limit}"
    ).fetchall()
    each = "".join(f" + coalesce({name} = '{NO_VALUE}', false)::INT" for name in ("person", *names))
    total = connection.execute(
        f"SELECT coalesce(sum((person IS NULL)::INT + (day IS NULL)::INT{each}), 0)::BIGINT FROM written"
        f" WHERE {condition}"
    ).fetchone()
    bad = [one for row in found for one in _bad(row[:2], row[2:7], row[7:], names)]
    return _placed(bad, sources, columns), int(total[0]) if total else 0


def bad_rows(names: Sequence[str]) -> str:
    """An SQL condition on ``written``: rows that can't be loaded."""
    empty = "".join(f" AND coalesce({name}, '') = ''" for name in names if name == "agency")
    blank = f"(person IS NULL AND day IS NULL AND written IS NULL{empty})"
    formulas = "".join(f" OR coalesce({name} = '{NO_VALUE}', false)" for name in ("person", *names))
    return f"((person IS NULL OR day IS NULL{formulas}) AND NOT {blank})"


def _bad(
    place: tuple[int, int],
    missing: tuple[bool, bool, bool, bool | None, bool],
    formulas: Sequence[bool],
    names: Sequence[str],
) -> list[_Bad]:
    (no_person, no_day, no_date, month_first, excel), found = missing, []
    if no_person:
        found.append(_Bad(*place, "person", *_NO_PERSON))
    if formulas[1]:
        found.append(_Bad(*place, "date", *_FORMULA))
    elif no_day and no_date:
        found.append(_Bad(*place, "date", *_NO_DATE))
    elif no_day:
        right = _AS_A_DATE if excel else _DAY_FIRST if month_first else _WRITE_IT
        found.append(_Bad(*place, "date", _NOT_A_DATE, right))
    held = zip(("person", *names), (formulas[0], *formulas[2:]), strict=True)
    return found + [_Bad(*place, name, *_FORMULA) for name, is_formula in held if is_formula]


_NO_PERSON: Final = (
    message("this row does not say who it is about"),
    message("give every row a mark for its person"),
)
_NO_DATE: Final = (message("this row has no date"), message("give every row the date of its contact"))
_NOT_A_DATE: Final = message("this is not a date that can be read")
_WRITE_IT: Final = message("write it like 22/10/2014 or 2014-10-22")
_DAY_FIRST: Final = message("dates are read day first: write it like 22/10/2014 or 2014-10-22")
#: Days as a workbook counts them, from 1927 to 2091.
_EXCEL: Final = r"[1-6]\d{4}([.,]\d+)?"
_AS_A_DATE: Final = message(
    "it looks like a day as Excel counts them: format the column as a date there, and save it again"
)
_FORMULA: Final = (
    message("this cell holds a formula or an error of the spreadsheet"),
    message("copy the column and paste it back as values"),
)


def _placed(
    bad: Sequence[_Bad], sources: Sequence[SourceFile], columns: Mapping[int, Sequence[Column]]
) -> list[Problem]:
    lines = {
        number: _lines(source, {one.row for one in bad if one.file == number})
        for number, source in enumerate(sources, 1)
    }
    heading = {(number, column.name): column.heading for number, found in columns.items() for column in found}
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


def ragged(name: str, line: int, fields: int, wide: int) -> Problem:
    """For a row with another number of columns than the headings."""
    what = message("this row has {fields} columns where the headings have {wide}", fields=fields, wide=wide)
    return Problem(what, message("put text that holds the separator between quotation marks"), name, line)


def open_quote(name: str, line: int) -> Problem:
    """For a row whose quotation marks do not close."""
    return Problem(
        message("a quotation mark is opened here and not closed, or closed in the middle of a field"),
        message('write a quotation mark inside a field twice: ""'),
        name,
        line,
    )
