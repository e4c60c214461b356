"""From checked rows to the files of a dataset: people become numbers, what was not asked for is gone."""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from ...story.messages import message
from ...story.problems import Problem, Problems
from ..asking.periods import month_of
from ..dataset.engine import Tick, literal, watched
from ..dataset.quarters import write_quarters
from .age_bands import band_of
from .columns import sql_names
from .mapping import About, Absence, ColumnMapping
from .parts import Past

Connection = duckdb.DuckDBPyConnection

_YES: Final = ("yes", "y", "true", "t", "1")
_YES_OR_NO: Final = (*_YES, "no", "n", "false", "f", "0")
_PARQUET: Final = "(FORMAT parquet, COMPRESSION zstd)"
#: Categories of a contact, in the order of ``contacts.parquet``.
_CATEGORIES: Final = ("agency", "kind", "place", "age_band", "gender")


@dataclass(frozen=True)
class Written:
    """What the files hold: the part of the manifest that rows tell."""

    people: int
    rows: int
    first: dt.date
    last: dt.date
    agencies: tuple[str, ...]
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    places: tuple[str, ...]
    age_bands: tuple[str, ...]
    genders: tuple[str, ...]


def write(
    connection: Connection, folder: Path, mapping: ColumnMapping, about: About, past: Past, tick: Tick
) -> Written:
    """Writes ``contacts.parquet`` and ``needs.parquet`` into ``folder`` from the table ``incoming`` and the ``past``.

    The number that stands for a person comes from an order that nobody can repeat (hashed with a secret thrown away
    at the end), so it does not follow the ids that were given. Raises Problems where rows contradict ``about``.
    """
    _check_absences(connection, about.absences)
    _number_people(connection, past)
    _write_needs(connection, folder, mapping, past)
    kept = {name for name, _, _ in sql_names(mapping)}
    columns = [f"{_cell(name)} AS {name}" if name in kept else f"'' AS {name}" for name in _CATEGORIES]
    watched(
        connection,
        f"""COPY (SELECT n.person, i.day AS date, {", ".join(columns)}, {past.number}::SMALLINT AS part
        FROM incoming i JOIN numbers n ON n.given = i.person {past.rows_sql()} ORDER BY date, person)
        TO {literal(folder / "contacts.parquet")} {_PARQUET}""",
        tick,
    )
    past.write_link(folder)
    written = _written(connection, folder)
    write_quarters(connection, folder, month_of(written.first) // 3, month_of(written.last) // 3)
    return written


def _cell(name: str) -> str:
    return band_of("i.age_band") if name == "age_band" else f"i.{name}"


def _number_people(connection: Connection, past: Past) -> None:
    """Tables ``numbers`` (given, person) and ``people`` (token, person); a token is made with the dataset's key."""
    token, values = past.token_sql("given")
    connection.execute(
        f"CREATE TABLE given AS SELECT given, {token} AS token"
        " FROM (SELECT DISTINCT person AS given FROM incoming WHERE person IS NOT NULL)",
        values,
    )
    connection.execute(
        f"""CREATE TABLE people AS
        SELECT token, CAST(row_number() OVER (ORDER BY md5($salt || token), token) AS INTEGER) AS person
        FROM (SELECT token FROM given {past.tokens_sql()})""",
        {"salt": secrets.token_hex(32)},
    )
    connection.execute("CREATE TABLE numbers AS SELECT given, person FROM given JOIN people USING (token)")


def _write_needs(connection: Connection, folder: Path, mapping: ColumnMapping, past: Past) -> None:
    connection.execute("CREATE TABLE needs (part SMALLINT, person INTEGER, need VARCHAR)")
    for place, heading in enumerate(mapping.needs, 1):
        column = f"need{place}"
        if _is_flag(connection, column):
            chosen = f"SELECT DISTINCT person, $heading AS need FROM incoming WHERE lower({column}) IN {_YES}"
        else:
            listed = f"unnest(string_split_regex({column}, '[;,|]'))"
            told = f"SELECT DISTINCT person, {column} FROM incoming"  # few, before they are taken apart
            chosen = f"SELECT DISTINCT person, trim({listed}) AS need FROM ({told})"
        connection.execute(
            f"INSERT INTO needs SELECT {past.number}, n.person, c.need FROM ({chosen}) c"
            " JOIN numbers n ON n.given = c.person WHERE c.need <> ''",
            {"heading": heading} if "$heading" in chosen else {},
        )
    past.add_needs()
    connection.execute(
        "COPY (SELECT DISTINCT person, need FROM needs ORDER BY need, person)"
        f" TO {literal(folder / 'needs.parquet')} {_PARQUET}"
    )


def _is_flag(connection: Connection, column: str) -> bool:
    """Whether a column says yes and no: then its heading is the need."""
    other = connection.execute(
        f"SELECT 1 FROM incoming WHERE {column} IS NOT NULL AND lower({column}) NOT IN {_YES_OR_NO} LIMIT 1"
    ).fetchone()
    return other is None


def _check_absences(connection: Connection, absences: tuple[Absence, ...]) -> None:
    """An agency that says it could not have had contacts, and has some, is wrong about one of the two."""
    problems = []
    for absence in absences:
        there = connection.execute(
            "SELECT 1 FROM incoming WHERE agency = $agency AND day BETWEEN $first AND $last LIMIT 1",
            absence.model_dump(exclude={"state"}),
        ).fetchone()
        if there:
            what = message(
                '"{agency}" has rows for a time in which it is said to have none', agency=absence.agency
            )
            problems.append(Problem(what, message("put the time right, or leave those rows out")))
    if problems:
        raise Problems(problems)


def _written(connection: Connection, folder: Path) -> Written:
    contacts, needs = literal(folder / "contacts.parquet"), literal(folder / "needs.parquet")
    people, rows, first, last = connection.execute(
        f"SELECT max(person), count(*), min(date), max(date) FROM {contacts}"
    ).fetchall()[0]
    return Written(
        people,
        rows,
        first,
        last,
        agencies=_values(connection, contacts, "agency"),
        kinds=_values(connection, contacts, "kind"),
        needs=_values(connection, needs, "need"),
        places=_values(connection, contacts, "place"),
        age_bands=_values(connection, contacts, "age_band"),
        genders=_values(connection, contacts, "gender"),
    )


def _values(connection: Connection, table: str, column: str) -> tuple[str, ...]:
    rows = connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()
    return tuple(sorted(row[0] for row in rows))
