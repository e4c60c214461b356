"""What a file will probably hold, from pieces all over it: so that nearly every cell is understood as it is read.

It is a guess and never more: a value that is not among those expected, or a date that is written in another way, is
laid by as text and understood afterwards. A wrong guess costs time and changes nothing.
"""
# ruff: noqa: S608 - names and columns are this package's own; values are bound, paths are quoted

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import duckdb

from ..dataset.engine import literal
from ..dataset.mapping import DateStyle
from .columns import Column
from .row_dates import form_of
from .source_files import SourceFile

#: So many pieces of a text, so many bytes of each, or so many rows of a Parquet file, are looked at.
_PIECES: Final = 256
_PIECE: Final = 1 << 13
_ROWS: Final = 20_000
#: So many values of a column are expected, so many dates looked at, and so many ways of writing them taken from these.
_VALUES: Final = 20_000
_DATES: Final = 200
_FORMS: Final = 3


@dataclass(frozen=True, slots=True)
class Likely:
    """``values``: column -> texts as they stand in the file, in order. Forms of dates, for strptime."""

    values: Mapping[str, tuple[str, ...]]
    year_first: tuple[str, ...]
    year_last: tuple[str, ...]


def likely(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, columns: Sequence[Column], style: DateStyle
) -> Likely:
    """What the mapped ``columns`` of ``source`` hold in the pieces that are looked at. Raises duckdb.Error."""
    found: dict[str, Counter[str]] = {column.name: Counter() for column in columns}
    for row in _rows(connection, source, columns):
        for column, cell in zip(columns, row, strict=True):
            found[column.name][cell] += 1
    for counted in found.values():
        counted.pop("", None)
    dates = found.pop("date")
    del found["person"]
    values = {
        name: tuple(sorted(text for text, _ in counted.most_common(_VALUES)))
        for name, counted in found.items()
    }
    return Likely(values, *(_forms(dates, style, early=early) for early in (True, False)))


def _forms(dates: Counter[str], style: DateStyle, *, early: bool) -> tuple[str, ...]:
    found = Counter[str]()
    for text, many in dates.most_common(_DATES):
        if (known := form_of(text, style)) and known[0] == early:
            found[known[1]] += many
    return tuple(form for form, _ in found.most_common(_FORMS))


def _rows(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, columns: Sequence[Column]
) -> Iterator[tuple[str, ...]]:
    """Cells of ``columns``; of a text only rows as wide as the headings."""
    if source.parquet:
        cells = ", ".join(f"coalesce(CAST({column.sql} AS VARCHAR), '')" for column in columns)
        yield from connection.execute(
            f"SELECT {cells} FROM read_parquet({literal(source.path)}) LIMIT {_ROWS}"
        ).fetchall()
        return
    places = [int(column.sql.removeprefix("c")) for column in columns]
    for lines in _pieces(source):
        with suppress(csv.Error):
            for fields in csv.reader(lines, delimiter=source.delimiter):
                if len(fields) == len(source.headings):
                    yield tuple(fields[place] for place in places)


def _pieces(source: SourceFile) -> Iterator[list[str]]:
    """Whole lines, but for records that go over several; a short file is one piece."""
    size = source.path.stat().st_size
    starts = [0] if size <= _PIECES * _PIECE else [size * number // _PIECES for number in range(_PIECES)]
    with source.path.open("rb") as file:
        for start in starts:
            file.seek(start)
            piece = file.read(_PIECE if len(starts) > 1 else size)
            lines = piece.decode("utf-8-sig", "replace").splitlines(keepends=True)
            ends = len(lines) if start + len(piece) == size else -1
            yield lines[1 if start else source.skip + 1 : ends]
