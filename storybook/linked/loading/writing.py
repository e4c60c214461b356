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
    _check_absences(connection, there["agency"], about.absences)
    _number_people(connection, past)
    _write_needs(connection, folder, mapping, there, past)
    rows = _rows(there, past)
    watched(connection, f"COPY ({rows}) TO {literal(folder / 'contacts.parquet')} {_PARQUET}", tick)
    past.write_link(folder)
    written = _written(connection, folder)
    write_quarters(connection, folder, month_of(written.first) // 3, month_of(written.last) // 3)
    return written


def _rows(there: Mapping[str, Coded], past: Past) -> str:
    """All rows in the order of days, as SQL; where none are there from before, codes are sorted and not the text."""
    texts = {name: there[name].text if name in there else "''" for name in _CATEGORIES}
    named = ", ".join(f"{text} AS {name}" for name, text in texts.items())
    numbered, part = "FROM incoming i JOIN numbers n USING (who)", f"{past.number}::SMALLINT AS part"
    if before := past.rows_sql():
        return f"SELECT n.person, i.day AS date, {named}, {part} {numbered} {before} ORDER BY date, person"
    codes = "".join(f", i.{name}" for name in _CATEGORIES if name in there)
    ordered = f"SELECT n.person, i.day AS date{codes} {numbered} ORDER BY date, person"
    return f"SELECT i.person, i.date, {named}, {part} FROM ({ordered}) i"


def _number_people(connection: Connection, past: Past) -> None:
    """Tables ``numbers`` (who, person) and ``people`` (token, person); a token is made with the dataset's key."""
    token, values = past.token_sql("person")
    connection.execute(
        f"CREATE TABLE tokens AS SELECT who, {token} AS token FROM marks"
        " WHERE who IN (SELECT DISTINCT who FROM incoming)",
        values,
    )
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
        if _is_flag(there[column]):
            said = f"SELECT code, $heading AS need FROM of_{column} WHERE lower(value) IN {_YES}"
        else:
            listed = "trim(unnest(string_split_regex(value, '[;,|]')))"
            said = f"SELECT DISTINCT code, {listed} AS need FROM of_{column}"
        connection.execute(
            f"""INSERT INTO needs SELECT {past.number}, n.person, s.need
            FROM (SELECT DISTINCT who, {column} AS code FROM incoming) JOIN ({said}) s USING (code)
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


def _check_absences(connection: Connection, agency: Coded, absences: tuple[Absence, ...]) -> None:
    """An agency that says it could not have had contacts, and has some, is wrong about one of the two."""
    problems = []
    for absence in absences:
        there = connection.execute(
            "SELECT 1 FROM incoming WHERE agency = $agency AND day BETWEEN $first AND $last LIMIT 1",
            {"agency": agency.code(absence.agency), "first": absence.first, "last": absence.last},
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
