"""Text becomes numbers: a category one of an enumeration, a person a number of this load.

Table ``incoming``: who (NULL where no person is named), day (DATE), early (the year stands first), undated (nothing is
written), and for every mapped column of categories its value, "" for missing, as an enumeration (``Coded``). It takes a
tenth of the memory that the text would, and comparing, sorting and writing take a fraction of the time.

    marks    person, who     the marks of people, without spaces around
    given    given, who      the same as they stand in the files
"""
# ruff: noqa: S608 - names and columns are this module's own; values are bound or quoted

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from ..dataset.engine import Tick, literal, watched
from ..dataset.mapping import ColumnMapping
from .age_bands import band_of
from .staging import Laid, make_type

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of ``incoming`` and every value in it; the last of them is "" for missing."""

    name: str
    values: tuple[str, ...]

    @property
    def type(self) -> str:
        """Its SQL type."""
        return f"type_{self.name}"


def number_marks(connection: Connection, files: Sequence[Laid]) -> None:
    """Tables ``marks`` and ``given``."""
    every = " UNION ".join(f"SELECT DISTINCT given FROM {one.table}" for one in files)
    connection.execute(f"CREATE TABLE different AS SELECT given FROM ({every}) WHERE given IS NOT NULL")
    connection.execute(
        """CREATE TABLE marks AS SELECT person, CAST(row_number() OVER () AS INTEGER) AS who
        FROM (SELECT DISTINCT nullif(trim(given), '') AS person FROM different) WHERE person IS NOT NULL"""
    )
    connection.execute(
        "CREATE TABLE given AS SELECT d.given, m.who FROM different d JOIN marks m ON m.person = trim(d.given)"
    )
    connection.execute("DROP TABLE different")


def number_rows(
    connection: Connection,
    files: Sequence[Laid],
    columns: Mapping[str, Sequence[str]],
    mapping: ColumnMapping,
    tick: Tick,
) -> tuple[Coded, ...]:
    """The table ``incoming`` from ``files``: ``columns`` are names and every text there is."""
    called = {name: _called(connection, name, raw, mapping) for name, raw in columns.items()}
    coded = tuple(
        Coded(name, (*dict.fromkeys(value for value in values.values() if value), ""))
        for name, values in called.items()
    )
    for one in coded:
        make_type(connection, one.type, one.values)
    rows = " UNION ALL ".join(_numbered(connection, file, called) for file in files)
    watched(connection, f"CREATE TABLE incoming AS {rows}", tick)
    return coded


def _numbered(connection: Connection, file: Laid, called: Mapping[str, Mapping[str, str]]) -> str:
    cells, joins = "", ""
    for name, values in called.items():
        cell, joined = _cell(connection, file, name, values)
        cells += f", {cell} AS {name}"
        joins += joined
    return f"""SELECT g.who, w.day, w.year_first AS early, w.day IS NULL AND w.written IS NULL AS undated{cells}
        FROM {file.dated} w LEFT JOIN given g ON g.given = w.given{joins}"""


def _cell(connection: Connection, file: Laid, name: str, called: Mapping[str, str]) -> tuple[str, str]:
    """An SQL expression on a file, the value of a cell, and what it has to be joined with."""
    missing = f"{literal(called[''])}::type_{name}"
    if name not in file.likely.values:
        return missing, ""
    texts = {text: called.get(trimmed, text) for text, trimmed in _expected(connection, file, name).items()}
    table = f"called_{file.number}_{name}"
    ways = [_value(connection, name, f"w.{name}", texts, f"{file.table}_{name}", table)]
    if file.rest:
        ways.append(_value(connection, name, file.text(name), called, "VARCHAR", f"{table}_rest"))
    cells, joins = zip(*ways, strict=True)
    return f"coalesce({', '.join(cells)}, {missing})", "".join(joins)


def _value(
    connection: Connection, name: str, cell: str, called: Mapping[str, str], written: str, table: str
) -> tuple[str, str]:
    """The same, for a ``cell`` of the type ``written``; ``table`` is for values that are called otherwise."""
    if all(text == value for text, value in called.items()):
        return f"try_cast({cell} AS type_{name})", ""
    rows = ", ".join(f"({literal(text)}, {literal(value)})" for text, value in called.items())
    connection.execute(
        f"""CREATE TABLE {table} AS SELECT CAST(text AS {written}) AS text, try_cast(value AS type_{name}) AS value
        FROM (VALUES {rows}) v(text, value)"""
    )
    return f"{table}.value", f" LEFT JOIN {table} ON {table}.text = {cell}"


def _expected(connection: Connection, file: Laid, name: str) -> dict[str, str]:
    """The texts of the enumeration that a file was read by -> the same, trimmed."""
    every = f"SELECT unnest(enum_range(NULL::{file.table}_{name})) AS text"
    return dict(connection.execute(f"SELECT text, trim(text) FROM ({every})").fetchall())


def marks_of(connection: Connection, most: int) -> tuple[str, ...]:
    """Different marks of people, ``most`` of them by no order."""
    rows = connection.execute(f"SELECT person FROM marks ORDER BY hash(person) LIMIT {most}").fetchall()
    return tuple(mark for (mark,) in rows)


def merged(value: str, mapping: ColumnMapping) -> str:
    """What an agency is called that may be spelled several ways."""
    for old, new in mapping.merge.items():
        value = new.strip() if value == old.strip() else value
    return value


def _called(
    connection: Connection, name: str, raw: Sequence[str], mapping: ColumnMapping
) -> Mapping[str, str]:
    """Value as it is written -> as it is loaded, "" (missing) among them."""
    if name == "agency":
        return {value: merged(value, mapping) for value in (*raw, "")}
    if name != "age_band":
        return {value: value for value in (*raw, "")}
    bands = f"SELECT value, {band_of('value')} FROM (SELECT unnest($raw::VARCHAR[]) AS value)"
    return {**dict(connection.execute(bands, {"raw": list(raw)}).fetchall()), "": ""}
