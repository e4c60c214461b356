"""From checked rows to the files of a dataset: people become numbers, what was not asked for is gone."""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from ...story.messages import message
from ...story.problems import Problem, Problems
from ..dataset.engine import Tick, literal, watched
from ..dataset.mapping import About, Absence, ColumnMapping
from ..dataset.periods import month_of
from ..dataset.quarters import write_quarters
from .coding import Coded
from .parts import Past
from .staging import make_type

Connection = duckdb.DuckDBPyConnection

_YES: Final = ("yes", "y", "true", "t", "1")
_YES_OR_NO: Final = (*_YES, "no", "n", "false", "f", "0")
_PARQUET: Final = "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2)"
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
    connection: Connection,
    folder: Path,
    mapping: ColumnMapping,
    coded: Sequence[Coded],
    about: About,
    past: Past,
    tick: Tick,
) -> Written:
    """Writes ``contacts.parquet`` and ``needs.parquet`` into ``folder`` from ``incoming`` and the ``past``.

    The number that stands for a person comes from an order that nobody can repeat (hashed with a secret thrown away
    at the end), so it does not follow the ids that were given. Raises Problems where rows contradict ``about``.
    """
    there = {one.name: one for one in coded}
    _check_absences(connection, about.absences)
    _number_people(connection, past)
    _write_needs(connection, folder, mapping, there, past)
    watched(connection, _ordered(connection, there, past), tick)
    connection.execute("DROP TABLE incoming")
    connection.execute(f"COPY ordered TO {literal(folder / 'contacts.parquet')} {_PARQUET}")
    past.write_link(folder)
    written = _written(connection, folder)
    write_quarters(connection, "ordered", folder, month_of(written.first) // 3, month_of(written.last) // 3)
    return written


def _ordered(connection: Connection, there: Mapping[str, Coded], past: Past) -> str:
    """The table ``ordered``, as SQL: all rows, the new ones and those of the ``past``, in the order of days."""
    types = {name: _type_of(connection, name, there.get(name), past) for name in _CATEGORIES}
    cells = "".join(
        f", CAST({f'i.{name}' if name in there else literal('')} AS {called}) AS {name}"
        for name, called in types.items()
    )
    return f"""CREATE TABLE ordered AS SELECT n.person, i.day AS date{cells}, {past.number}::SMALLINT AS part
        FROM incoming i JOIN numbers n USING (who) {past.rows_sql(types)} ORDER BY date, person"""


def _type_of(connection: Connection, name: str, coded: Coded | None, past: Past) -> str:
    """An enumeration of the values that rows have: a file of Parquet holds all that an enumeration has."""
    values = coded.values if coded else ("",)
    found = {"", *past.values(name), *(_values(connection, "incoming", name) if coded else ())}
    kept = (*(value for value in values if value in found), *sorted(found.difference(values)))
    if coded and kept == values:
        return coded.type
    make_type(connection, f"kept_{name}", kept)
    return f"kept_{name}"


def _number_people(connection: Connection, past: Past) -> None:
    """Tables ``numbers`` (who, person) and ``people`` (token, person); a token is made with the dataset's key."""
    token, values = past.token_sql("person")
    connection.execute(f"CREATE TABLE tokens AS SELECT who, {token} AS token FROM marks", values)
    connection.execute(
        f"""CREATE TABLE people AS
        SELECT token, CAST(row_number() OVER (ORDER BY md5($salt || token), token) AS INTEGER) AS person
        FROM (SELECT token FROM tokens {past.tokens_sql()})""",
        {"salt": secrets.token_hex(32)},
    )
    connection.execute("CREATE TABLE numbers AS SELECT who, person FROM tokens JOIN people USING (token)")


def _write_needs(
    connection: Connection, folder: Path, mapping: ColumnMapping, there: Mapping[str, Coded], past: Past
) -> None:
    connection.execute("CREATE TABLE needs (part SMALLINT, person INTEGER, need VARCHAR)")
    for place, heading in enumerate(mapping.needs, 1):
        column = f"need{place}"
        values = f"(SELECT unnest(enum_range(NULL::{there[column].type})) AS value)"
        if _is_flag(there[column]):
            said = f"SELECT value, $heading AS need FROM {values} WHERE lower(value) IN {_YES}"
        else:
            listed = "trim(unnest(string_split_regex(CAST(value AS VARCHAR), '[;,|]')))"
            said = f"SELECT DISTINCT value, {listed} AS need FROM {values}"
        connection.execute(
            f"""INSERT INTO needs SELECT {past.number}, n.person, s.need
            FROM (SELECT DISTINCT who, {column} AS value FROM incoming) JOIN ({said}) s USING (value)
            JOIN numbers n USING (who) WHERE s.need <> ''""",
            {"heading": heading} if "$heading" in said else {},
        )
    past.add_needs()
    connection.execute(
        "COPY (SELECT DISTINCT person, need FROM needs ORDER BY need, person)"
        f" TO {literal(folder / 'needs.parquet')} {_PARQUET}"
    )


def _is_flag(column: Coded) -> bool:
    """Whether a column says yes and no: then its heading is the need."""
    return all(value.lower() in _YES_OR_NO for value in column.values if value)


def _check_absences(connection: Connection, absences: tuple[Absence, ...]) -> None:
    """An agency that says it could not have had contacts, and has some, is wrong about one of the two."""
    problems = []
    for absence in absences:
        there = connection.execute(
            "SELECT 1 FROM incoming WHERE agency = $agency AND day BETWEEN $first AND $last LIMIT 1",
            {"agency": absence.agency, "first": absence.first, "last": absence.last},
        ).fetchone()
        if there:
            what = message(
                '"{agency}" has rows for a time in which it is said to have none', agency=absence.agency
            )
            problems.append(Problem(what, message("put the time right, or leave those rows out")))
    if problems:
        raise Problems(problems)


def _written(connection: Connection, folder: Path) -> Written:
    people, rows, first, last = connection.execute(
        "SELECT max(person), count(*), min(date), max(date) FROM ordered"
    ).fetchall()[0]
    return Written(
        people,
        rows,
        first,
        last,
        agencies=_values(connection, "ordered", "agency"),
        kinds=_values(connection, "ordered", "kind"),
        needs=_values(connection, literal(folder / "needs.parquet"), "need"),
        places=_values(connection, "ordered", "place"),
        age_bands=_values(connection, "ordered", "age_band"),
        genders=_values(connection, "ordered", "gender"),
    )


def _values(connection: Connection, table: str, column: str) -> tuple[str, ...]:
    rows = connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()
    return tuple(sorted(row[0] for row in rows))
