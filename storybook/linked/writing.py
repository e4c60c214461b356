"""From checked rows to the files of a dataset: people become numbers, what was not asked for is gone."""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from ..story.messages import message
from ..story.problems import Problem, Problems
from .engine import literal
from .mapping import About, Absence, ColumnMapping

Connection = duckdb.DuckDBPyConnection

_YES: Final = ("yes", "y", "true", "t", "1")
_YES_OR_NO: Final = (*_YES, "no", "n", "false", "f", "0")
_PARQUET: Final = "(FORMAT parquet, COMPRESSION zstd)"


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


def write(connection: Connection, folder: Path, mapping: ColumnMapping, about: About) -> Written:
    """Writes ``contacts.parquet`` and ``needs.parquet`` into ``folder`` from the table ``incoming``.

    The number that stands for a person comes from an order that nobody can repeat (hashed with a secret
    thrown away at the end), so it does not follow the ids that were given. Raises Problems where rows
    contradict ``about``.
    """
    connection.execute(
        """CREATE TABLE people AS
        SELECT given, CAST(row_number() OVER (ORDER BY md5($salt || given), given) AS INTEGER) AS person
        FROM (SELECT DISTINCT person AS given FROM incoming WHERE person IS NOT NULL)""",
        {"salt": secrets.token_hex(32)},
    )
    _check_absences(connection, about.absences)
    _write_needs(connection, folder, mapping)
    connection.execute(
        f"""COPY (SELECT p.person, i.day AS date, i.agency, i.kind, i.place
        FROM incoming i JOIN people p ON p.given = i.person ORDER BY i.day, p.person)
        TO {literal(folder / "contacts.parquet")} {_PARQUET}"""
    )
    return _written(connection)


def _write_needs(connection: Connection, folder: Path, mapping: ColumnMapping) -> None:
    connection.execute("CREATE TABLE needs (person INTEGER, need VARCHAR)")
    for place, heading in enumerate(mapping.needs, 1):
        column = f"need{place}"
        if _is_flag(connection, column):
            chosen = f"SELECT DISTINCT person, $heading AS need FROM incoming WHERE lower({column}) IN {_YES}"
        else:
            listed = f"unnest(string_split_regex({column}, '[;,|]'))"
            told = f"SELECT DISTINCT person, {column} FROM incoming"  # few, before they are taken apart
            chosen = f"SELECT DISTINCT person, trim({listed}) AS need FROM ({told})"
        connection.execute(
            f"INSERT INTO needs SELECT p.person, c.need FROM ({chosen}) c"
            " JOIN people p ON p.given = c.person WHERE c.need <> ''",
            {"heading": heading} if "$heading" in chosen else {},
        )
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


def _written(connection: Connection) -> Written:
    people, rows, first, last = connection.execute(
        "SELECT count(DISTINCT person), count(*), min(day), max(day) FROM incoming WHERE person IS NOT NULL"
    ).fetchall()[0]
    return Written(
        people,
        rows,
        first,
        last,
        agencies=_values(connection, "incoming", "agency"),
        kinds=_values(connection, "incoming", "kind"),
        needs=_values(connection, "needs", "need"),
        places=_values(connection, "incoming", "place"),
    )


def _values(connection: Connection, table: str, column: str) -> tuple[str, ...]:
    where = "WHERE person IS NOT NULL"
    rows = connection.execute(f"SELECT DISTINCT {column} FROM {table} {where}").fetchall()
    return tuple(sorted(row[0] for row in rows))
