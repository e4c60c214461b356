"""Text becomes numbers: a category is the number of its value, a person a number of this load.

Table ``incoming``: who (NULL where no person is named), day (DATE), early, undated (nothing is written), and for every
mapped column of categories the number of its value (``Coded``). It takes a tenth of the memory that the text would, and
comparing, sorting and adding up take a fraction of the time.

    marks    person, who     the marks of people, without spaces around
    given    given, who      the same as they stand in the files
    of_NAME  value, code     the values of a column
"""
# ruff: noqa: S608 - names and columns are this module's own; values are bound or quoted

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from ..dataset.engine import Tick, literal, watched
from ..dataset.mapping import ColumnMapping
from .age_bands import band_of

Connection = duckdb.DuckDBPyConnection

#: Up to so many values are looked for one by one; that is done once for each value and part of a file.
_FEW: Final = 256


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of ``incoming``: ``values[code - 1]`` is the value of a row, the last of them "" for missing."""

    name: str
    values: tuple[str, ...]

    def code(self, value: str) -> int:
        """The code of a value, 0 if no row has it."""
        return self.values.index(value) + 1 if value in self.values else 0

    @property
    def text(self) -> str:
        """An SQL expression for the value in a row of ``incoming i``."""
        return f"enum_range(NULL::type_{self.name})[i.{self.name}]"


def number_marks(connection: Connection) -> None:
    """Tables ``marks`` and ``given``."""
    connection.execute("CREATE TABLE different AS SELECT DISTINCT given FROM written WHERE given IS NOT NULL")
    connection.execute(
        """CREATE TABLE marks AS SELECT person, CAST(row_number() OVER () AS INTEGER) AS who
        FROM (SELECT DISTINCT nullif(trim(given), '') AS person FROM different) WHERE person IS NOT NULL"""
    )
    connection.execute(
        "CREATE TABLE given AS SELECT d.given, m.who FROM different d JOIN marks m ON m.person = trim(d.given)"
    )
    connection.execute("DROP TABLE different")


def number_rows(
    connection: Connection, columns: Mapping[str, Sequence[str]], mapping: ColumnMapping, tick: Tick
) -> tuple[Coded, ...]:
    """The table ``incoming`` from the view ``written``: ``columns`` are names and every value there is.

    A column without values is missing in every row: so it is left out.
    """
    coded, cells = [], []
    for name, raw in columns.items():
        called = _called(connection, name, raw, mapping)
        values = tuple(dict.fromkeys(value for value in called.values() if value))
        one = Coded(name, (*values, ""))
        _keep_values(connection, one)
        coded.append(one)
        cells.append(f", {_code_of(connection, one, called)} AS {name}")
    watched(
        connection,
        f"""CREATE TABLE incoming AS SELECT g.who, w.* EXCLUDE (given) FROM (
            SELECT given, day, early, written IS NULL AS undated{"".join(cells)} FROM written) w
        LEFT JOIN given g ON g.given = w.given""",
        tick,
    )
    return tuple(coded)


def values_of(connection: Connection, name: str, most: int | None = None) -> tuple[str, ...]:
    """The different values of a column of ``written`` (a name from this package), ``most`` of them by no order."""
    limit = "" if most is None else f" ORDER BY hash({name}) LIMIT {most}"
    table = "marks" if name == "person" else "written"
    rows = connection.execute(
        f"SELECT DISTINCT {name} FROM {table} WHERE {name} IS NOT NULL{limit}"
    ).fetchall()
    return tuple(row[0] for row in rows)


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


def _keep_values(connection: Connection, coded: Coded) -> None:
    """Table ``of_NAME`` and the enumeration ``type_NAME``, in the order of codes."""
    connection.execute(
        f"""CREATE TABLE of_{coded.name} AS SELECT unnest($values::VARCHAR[]) AS value,
        generate_subscripts($values::VARCHAR[], 1) AS code""",
        {"values": list(coded.values)},
    )
    connection.execute(
        f"CREATE TYPE type_{coded.name} AS ENUM (SELECT value FROM of_{coded.name} ORDER BY code)"
    )


def _code_of(connection: Connection, coded: Coded, called: Mapping[str, str]) -> str:
    """An SQL expression on ``written``: the code of a cell."""
    raw = [value for value in called if value]
    code = {value: place for place, value in enumerate(coded.values, 1)}
    missing, whole = code[called[""]], _whole(len(coded.values))
    if not raw:
        return f"{missing}::{whole}"
    place = _place_of(connection, coded.name, raw)
    codes = [code[called[value]] for value in raw]
    if codes != list(range(1, len(raw) + 1)):
        place = f"({codes})[{place}]"
    return f"CAST(coalesce({place}, {missing}) AS {whole})"


def _place_of(connection: Connection, name: str, raw: Sequence[str]) -> str:
    """An SQL expression: where the cell stands among ``raw``, from 1; NULL where it is empty."""
    if len(raw) <= _FEW:
        return f"list_position([{', '.join(map(literal, raw))}], {name})"
    connection.execute(
        f"CREATE TABLE raw_{name} AS SELECT unnest($raw::VARCHAR[]) AS value", {"raw": list(raw)}
    )
    connection.execute(f"CREATE TYPE raw_type_{name} AS ENUM (SELECT value FROM raw_{name} ORDER BY rowid)")
    return f"enum_code(CAST({name} AS raw_type_{name})) + 1"


def _whole(most: int) -> str:
    return next(
        name for name, top in (("UTINYINT", 2**8), ("USMALLINT", 2**16), ("UINTEGER", 2**32)) if most < top
    )
