"""Rows on their way to a server and off it: one transaction each, so that nothing half-done is ever seen.

What goes there is added up (``server``); the mark of a person is the number made up for the version, as in the files.
Beside each version stands where its rows come from: partners, agreements and their ends, periods, files' SHA-256.
"""
# ruff: noqa: S608 - names are this module's own or made by schema_of; values are bound, never written in

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...story.messages import message
from ...story.problems import Problem, Problems
from .connections import Connection, Cursor
from .datasets import Dataset
from .engine import reader
from .quarters import first_day
from .server import REGISTER, registered, schema_of

#: Rows sent at a time.
_PIECE: Final = 50_000
#: Any number that is this program's alone.
_LOCK: Final = 7_205_021
_CATEGORIES: Final = ("agency", "kind", "place", "age_band", "gender")
_TEXTS: Final = "".join(f"{name} text NOT NULL, " for name in _CATEGORIES)
#: Table -> how its first column is worked out of a day, the other columns, and how they are made.
_ADDED_UP: Final = {
    "contacts": ("date", _CATEGORIES, f"date date NOT NULL, {_TEXTS}"),
    "months": ("year(date) * 12 + month(date) - 1", _CATEGORIES, f"month integer NOT NULL, {_TEXTS}"),
    "quarters": (
        "year(date) * 4 + quarter(date) - 1",
        ("agency",),
        "quarter integer NOT NULL, agency text NOT NULL, ",
    ),
}

#: Told how many steps are done of how many; what it raises stops the copy, and the server keeps what it had.
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class There:
    """A version that is on the server: its schema, how many contacts, put there when, of whose rows."""

    schema: str
    dataset: str
    version: str
    rows: int
    put_at: dt.datetime
    agreement_ends: dt.date | None
    provenance: tuple[dict[str, Any], ...]


def put(
    dataset: Dataset,
    connection: Connection,
    told: Told = lambda _done, _of: None,
    at: dt.datetime | None = None,
) -> bool:
    """Copies a version to the server in the place of any other of this dataset; False if it was there already.

    Raises Problems while somebody else puts or takes rows there, and what ``told`` raises. All or nothing.
    """
    home = _home(dataset)
    with connection.cursor() as cursor:
        _begin(cursor)
        before = _of(cursor, home, dataset.manifest.name)
        if any(one.schema == schema_of(dataset) for one in before):
            return False
        _copy_all(cursor, dataset, told)
        for one in before:
            _drop(cursor, one.schema)
        _register(cursor, home, dataset, at or dt.datetime.now(dt.UTC))
    connection.commit()
    return True


def there(connection: Connection, home: str, name: str = "") -> tuple[There, ...]:
    """What the server has of this ``home``, of the dataset ``name`` if one is given."""
    with connection.cursor() as cursor:
        return _of(cursor, home, name) if registered(cursor) else ()


def take_off(connection: Connection, home: str, versions: Sequence[There]) -> None:
    """Removes versions of this ``home`` from the server, all of them at once."""
    with connection.cursor() as cursor:
        _begin(cursor)
        known = {one.schema for one in _of(cursor, home, "")}
        for one in versions:
            if one.schema in known:
                _drop(cursor, one.schema)
    connection.commit()


def _begin(cursor: Cursor) -> None:
    """Takes the lock until the transaction's end; makes the register."""
    cursor.execute("SELECT pg_try_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})
    if not cursor.fetchall()[0][0]:
        what = message("somebody else puts rows on the server or takes them off")
        raise Problems([Problem(what, message("wait until that is finished"))])
    cursor.execute("SET LOCAL statement_timeout = 0")
    cursor.execute("CREATE SCHEMA IF NOT EXISTS storybook_rows")
    cursor.execute(
        f"""CREATE TABLE IF NOT EXISTS {REGISTER} (schema text PRIMARY KEY, home text NOT NULL, dataset text NOT NULL,
        version text NOT NULL, rows bigint NOT NULL, put_at timestamptz NOT NULL, agreement_ends date,
        provenance jsonb NOT NULL)"""
    )


def _of(cursor: Cursor, home: str, name: str) -> tuple[There, ...]:
    cursor.execute(
        f"""SELECT schema, dataset, version, rows, put_at, agreement_ends, provenance FROM {REGISTER}
        WHERE home = %(home)s AND %(name)s::text IN ('', dataset) ORDER BY dataset, version""",
        {"home": home, "name": name},
    )
    return tuple(There(*(*row[:6], tuple(row[6]))) for row in cursor.fetchall())


def _drop(cursor: Cursor, schema: str) -> None:
    cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
    cursor.execute(f"DELETE FROM {REGISTER} WHERE schema = %(schema)s", {"schema": schema})


def _register(cursor: Cursor, home: str, dataset: Dataset, at: dt.datetime) -> None:
    manifest = dataset.manifest
    parts = [_provenance(part.model_dump(mode="json")) for part in manifest.parts]
    values = {
        "schema": schema_of(dataset),
        "home": home,
        "dataset": manifest.name,
        "version": manifest.version,
        "rows": manifest.rows,
        "at": at,
        "ends": manifest.agreement_ends,
        "parts": json.dumps(parts, ensure_ascii=False),
    }
    cursor.execute(
        f"""INSERT INTO {REGISTER} VALUES (%(schema)s, %(home)s, %(dataset)s, %(version)s, %(rows)s, %(at)s, %(ends)s,
        %(parts)s::jsonb)""",
        values,
    )


def _provenance(part: dict[str, Any]) -> dict[str, Any]:
    """Whose rows, under which agreement, of when, out of which files; not which columns held what."""
    named = ("partner", "agreement", "agreement_ends", "loaded_at", "first", "last", "rows", "sources")
    return {name: part[name] for name in named}


def _home(dataset: Dataset) -> str:
    return dataset.server.home if dataset.server else ""


def _copy_all(cursor: Cursor, dataset: Dataset, told: Told) -> None:
    """The tables of a version, a quarter of a year at a time: the files lie in the order of days."""
    schema, manifest = schema_of(dataset), dataset.manifest
    quarters = range(_quarter(manifest.first), _quarter(manifest.last) + 1)
    steps = _Steps(told, len(quarters) * len(_ADDED_UP) + 2)
    cursor.execute(f"CREATE SCHEMA {schema}")
    for table, (key, categories, columns) in _ADDED_UP.items():
        cursor.execute(
            f"CREATE TABLE {schema}.{table} ({columns}person integer NOT NULL, made integer NOT NULL)"
        )
        text = _text(dataset, key, categories)
        for quarter in quarters:
            steps.next()
            days = {"begins": first_day(quarter), "ends": first_day(quarter + 1)}
            _copy(cursor, f"{schema}.{table}", text, {"rows": dataset.contacts, **days})
    steps.next()
    cursor.execute(f"CREATE TABLE {schema}.needs (person integer NOT NULL, need text NOT NULL)")
    _copy(cursor, f"{schema}.needs", "SELECT person, need FROM read_parquet($rows)", {"rows": dataset.needs})
    steps.next()
    for statement in _finishing(schema):
        cursor.execute(statement)


def _finishing(schema: str) -> Iterator[str]:
    """What is made of the rows once they are there."""
    yield (
        f"CREATE TABLE {schema}.agencies AS SELECT agency, quarter, count(*) AS people,"
        f" CAST(sum(made) AS bigint) AS contacts, CAST(max(made) AS bigint) AS most FROM {schema}.quarters"
        " GROUP BY agency, quarter"
    )
    for table in _ADDED_UP:
        yield f"CREATE INDEX ON {schema}.{table} (agency)"
        yield f"CREATE INDEX ON {schema}.{table} (person)"
    yield f"CREATE INDEX ON {schema}.needs (need, person)"
    for table in (*_ADDED_UP, "needs", "agencies"):
        yield f"ANALYZE {schema}.{table}"


class _Steps:
    """Says before each step how many are done."""

    def __init__(self, told: Told, of: int) -> None:
        self._told, self._of, self._done = told, of, 0

    def next(self) -> None:
        self._told(self._done, self._of)
        self._done += 1


def _quarter(day: dt.date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def _text(dataset: Dataset, key: str, categories: Sequence[str]) -> str:
    keys = ", ".join([key, *(_there(name, dataset) for name in categories), "person"])
    places = ", ".join(str(place + 1) for place in range(len(categories) + 2))
    return f"""SELECT {keys}, CAST(count(*) AS INTEGER) FROM read_parquet($rows)
        WHERE date >= $begins AND date < $ends GROUP BY {places}"""


def _there(name: str, dataset: Dataset) -> str:
    """A column, or "" in the place of one that older versions of datasets do not have."""
    lists = {"age_band": dataset.manifest.age_bands, "gender": dataset.manifest.genders}
    return name if lists.get(name, True) else "''"


def _copy(cursor: Cursor, table: str, text: str, values: dict[str, Any]) -> None:
    """Sends the rows of a query to ``table``, a piece at a time."""
    with reader() as duck, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        found = duck.execute(text, values)
        while piece := found.fetchmany(_PIECE):
            for row in piece:
                copy.write_row(row)
