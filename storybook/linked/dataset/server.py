"""A dataset on a server: its rows added up in PostgreSQL, asked with the same questions as the Parquet files.

    storybook_rows.versions     which version of which dataset of which home is there, and where its rows come from
    storybook_HASH.agencies     agency, quarter, people, contacts, most: the table behind every page with lanes
    storybook_HASH.quarters     quarter, agency, person, made: for questions about whole quarters (see ``quarters``)
    storybook_HASH.months       month, agency, kind, place, age_band, gender, person, made
    storybook_HASH.contacts     date, ... the same by the day, for questions that cut a month
    storybook_HASH.needs        person, need

A version has a schema of its own and never changes there. ``server_rows.put`` copies one in a single transaction, in
which the version before it goes: whoever asks finds the old one, the new one, or none, and then asks the files
(``asking.finding``). Most questions need the quarters or the months alone: fewer lines than there are contacts where
people come often, hardly fewer where they don't (docs/scaling.md has what was measured). The connection is somebody
else's: it is one of psycopg 3, and whoever opens it decides who may read.
"""
# ruff: noqa: S608 - names are this module's own; values are bound, never written in

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from .connections import Connection
from .datasets import Dataset
from .tables import ONE_EACH, Rows, Tables

REGISTER: Final = "storybook_rows.versions"
_TIMES_OF_QUARTERS: Final = {"year": "c.quarter / 4", "quarter": "c.quarter"}
_TIMES_OF_MONTHS: Final = {"year": "c.month / 12", "quarter": "c.month / 3", "month": "c.month"}


def schema_of(dataset: Dataset) -> str:
    """The schema that holds a version of this home's: letters, numbers and underscores only."""
    home = dataset.server.home if dataset.server else ""
    version = f"{home} {dataset.manifest.name} {dataset.manifest.version}"
    return f"storybook_{hashlib.sha256(version.encode()).hexdigest()[:24]}"


def holds(dataset: Dataset, connection: Connection) -> bool:
    """Whether the server has this very version."""
    with connection.cursor() as cursor:
        if not registered(cursor):
            return False
        cursor.execute(f"SELECT 1 FROM {REGISTER} WHERE schema = %(schema)s", {"schema": schema_of(dataset)})
        return bool(cursor.fetchall())


def registered(cursor: Any) -> bool:
    """Whether anything was ever put on the server."""
    cursor.execute("SELECT to_regclass(%(register)s) IS NOT NULL", {"register": REGISTER})
    return bool(cursor.fetchall()[0][0])


def days(dataset: Dataset, connection: Connection) -> Tables:
    """The contacts by the day."""

    def run(text: str, values: Mapping[str, Any]) -> Rows:
        used = {name: value for name, value in values.items() if f"%({name})s" in text}
        with connection.cursor() as cursor:
            cursor.execute(text, used)
            rows: Rows = cursor.fetchall()
            return rows

    schema = schema_of(dataset)
    return Tables(f"{schema}.contacts", f"{schema}.needs", run, _bound, made="made")


def months(dataset: Dataset, connection: Connection) -> Tables:
    """The contacts added up by month."""
    table = f"{schema_of(dataset)}.months"
    return replace(days(dataset, connection), contacts=table, times=_TIMES_OF_MONTHS)


def quarters(dataset: Dataset, connection: Connection) -> Tables:
    """Who was seen where in which quarter, and how often."""
    schema = schema_of(dataset)
    return replace(
        days(dataset, connection),
        contacts=f"{schema}.quarters",
        grain="quarter",
        one_each=ONE_EACH,
        times=_TIMES_OF_QUARTERS,
        whole=f"{schema}.agencies",
    )


def _bound(name: str, value: object) -> str:
    """A value's place, with its type where PostgreSQL could not tell."""
    if isinstance(value, list):
        numbers = value and all(isinstance(one, int) for one in value)
        return f"%({name})s::{'integer' if numbers else 'text'}[]"
    if isinstance(value, dt.date):
        return f"%({name})s::date"
    return f"%({name})s::{'integer' if isinstance(value, int) else 'text'}"
