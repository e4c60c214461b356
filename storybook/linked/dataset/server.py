"""A dataset on a server: its rows added up in PostgreSQL, asked with the same questions as the Parquet files.

    DATASET_VERSION.quarters   quarter, agency, person, made: for questions about whole quarters (see ``quarters``)
    DATASET_VERSION.months     month, agency, kind, place, age_band, gender, person, made
    DATASET_VERSION.contacts   date, ... the same by the day, for questions that cut a month
    DATASET_VERSION.needs      person, need

``put`` copies a version there; ``tables`` are what ``asking.ask`` takes in place of the files. Most questions need the
quarters or the months alone: fewer lines than there are contacts where people come often, hardly fewer where they don't
(docs/scaling.md has what was measured). The connection is somebody else's: it is one of
psycopg 3, and whoever opens it decides who may read.
"""
# ruff: noqa: S608 - names are this module's own or checked; values are bound, never written in

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

from ..asking.fields import DAYS
from ..asking.questions import Asked
from .datasets import Dataset
from .engine import reader
from .quarters import ONE_EACH, whole_quarters
from .tables import Rows, Tables

#: Rows sent at a time.
_PIECE: Final = 50_000
_CATEGORIES: Final = ("agency", "kind", "place", "age_band", "gender")
_MONTH: Final = "year(date) * 12 + month(date) - 1"
_QUARTER: Final = "year(date) * 4 + quarter(date) - 1"
_TIMES_OF_QUARTERS: Final = {"year": "c.quarter / 4", "quarter": "c.quarter"}
_TIMES_OF_MONTHS: Final = {"year": "c.month / 12", "quarter": "c.month / 3", "month": "c.month"}


class Cursor(Protocol):
    """What is used of psycopg's cursors."""

    def execute(self, query: Any, params: Any = None) -> Any:
        """Runs a statement."""
        ...

    def fetchall(self) -> Sequence[tuple[Any, ...]]:
        """Every row of the answer."""
        ...

    def copy(self, statement: Any) -> Any:
        """A COPY under way."""
        ...


class Connection(Protocol):
    """What is used of psycopg's connections."""

    def cursor(self) -> Any:
        """A cursor, as a context."""
        ...

    def commit(self) -> None:
        """Ends the transaction."""
        ...


def schema_of(dataset: Dataset) -> str:
    """The schema that holds a version: letters, numbers and underscores only."""
    version = f"{dataset.manifest.name} {dataset.manifest.version}"
    return f"storybook_{hashlib.sha256(version.encode()).hexdigest()[:24]}"


def put(dataset: Dataset, connection: Connection) -> None:
    """Copies a version to the server, added up by month and by day; a version that is there already stays."""
    schema = schema_of(dataset)
    with connection.cursor() as cursor:
        there = "SELECT 1 FROM information_schema.schemata WHERE schema_name = %(schema)s"
        cursor.execute(there, {"schema": schema})
        if cursor.fetchall():
            return
        cursor.execute(f"CREATE SCHEMA {schema}")
        categories = [*(name for name in _CATEGORIES), "person"]
        texts = "".join(f"{name} text NOT NULL, " for name in _CATEGORIES)
        _fill(cursor, dataset, f"{schema}.contacts", f"date date NOT NULL, {texts}", ["date", *categories])
        _fill(
            cursor,
            dataset,
            f"{schema}.months",
            f"month integer NOT NULL, {texts}",
            [f"{_MONTH}", *categories],
        )
        _fill(
            cursor,
            dataset,
            f"{schema}.quarters",
            "quarter integer NOT NULL, agency text NOT NULL, ",
            [_QUARTER, "agency", "person"],
        )
        _fill_needs(cursor, dataset, schema)
        for table in ("contacts", "months", "quarters"):
            cursor.execute(f"CREATE INDEX ON {schema}.{table} (agency)")
            cursor.execute(f"CREATE INDEX ON {schema}.{table} (person)")
            cursor.execute(f"ANALYZE {schema}.{table}")
        cursor.execute(f"ANALYZE {schema}.needs")
    connection.commit()


def tables(dataset: Dataset, connection: Connection, asked: Asked | None = None) -> Tables:
    """Where ``asked`` finds its rows on the server: added up as far as it allows (by the day if it is not given)."""
    schema = schema_of(dataset)

    def run(text: str, values: Mapping[str, Any]) -> Rows:
        used = {name: value for name, value in values.items() if f"%({name})s" in text}
        with connection.cursor() as cursor:
            cursor.execute(text, used)
            rows: Rows = cursor.fetchall()
            return rows

    days = Tables(f"{schema}.contacts", f"{schema}.needs", run, _bound, made="made")
    if asked is None or cuts_a_month(asked):
        return days
    if not whole_quarters(asked, asked.by):
        return replace(days, contacts=f"{schema}.months", times=_TIMES_OF_MONTHS)
    return replace(
        days, contacts=f"{schema}.quarters", grain="quarter", one_each=ONE_EACH, times=_TIMES_OF_QUARTERS
    )


def cuts_a_month(asked: Asked) -> bool:
    """Whether a question names days, so that whole months can't answer it."""
    return asked.narrows(*DAYS)


def _bound(name: str, value: object) -> str:
    """A value's place, with its type where PostgreSQL could not tell."""
    if isinstance(value, list):
        numbers = value and all(isinstance(one, int) for one in value)
        return f"%({name})s::{'integer' if numbers else 'text'}[]"
    if isinstance(value, dt.date):
        return f"%({name})s::date"
    return f"%({name})s::{'integer' if isinstance(value, int) else 'text'}"


def _fill(cursor: Cursor, dataset: Dataset, table: str, columns: str, by: Sequence[str]) -> None:
    cursor.execute(f"CREATE TABLE {table} ({columns}person integer NOT NULL, made integer NOT NULL)")
    keys = ", ".join(_there(name, dataset) for name in by)
    places = ", ".join(str(place + 1) for place in range(len(by)))
    text = f"SELECT {keys}, CAST(count(*) AS INTEGER) FROM read_parquet($rows) GROUP BY {places}"
    _copy(cursor, table, text, dataset.contacts)


def _there(name: str, dataset: Dataset) -> str:
    """A column, or "" in the place of one that older versions of datasets do not have."""
    lists = {"age_band": dataset.manifest.age_bands, "gender": dataset.manifest.genders}
    return name if lists.get(name, True) else "''"


def _fill_needs(cursor: Cursor, dataset: Dataset, schema: str) -> None:
    cursor.execute(f"CREATE TABLE {schema}.needs (person integer NOT NULL, need text NOT NULL)")
    _copy(cursor, f"{schema}.needs", "SELECT person, need FROM read_parquet($rows)", dataset.needs)
    cursor.execute(f"CREATE INDEX ON {schema}.needs (need, person)")


def _copy(cursor: Cursor, table: str, text: str, rows: str) -> None:
    """Sends the rows of a query to ``table``, a piece at a time."""
    with reader() as duck, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        found = duck.execute(text, {"rows": rows})
        while piece := found.fetchmany(_PIECE):
            for row in piece:
                copy.write_row(row)
