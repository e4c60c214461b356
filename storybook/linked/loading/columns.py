"""The columns of one file: which hold what, which are left out because they would say who somebody is."""
# ruff: noqa: S608 - the only thing put in is a file's path, quoted

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import duckdb

from ...story.messages import Message, message
from ...story.problems import Problem, Problems
from ..dataset.engine import literal
from ..dataset.mapping import ColumnMapping
from .identifiers import heading_kind, value_kind
from .row_dates import reads_like_a_day
from .sampling import sample
from .source_files import SourceFile, normal

#: Without these there is no dataset; the others can be left out.
NEEDED: Final = ("person", "date", "agency")
_OPTIONAL: Final = ("kind", "place", "age_band", "gender")


@dataclass(frozen=True)
class Column:
    """One mapped column of a file: what it is for, its heading, its SQL name in the file and in ``incoming``."""

    field: str
    heading: str
    sql: str
    name: str


@dataclass(frozen=True)
class Dropped:
    """A column that is not loaded because it looks like ``kind``."""

    where: str
    heading: str
    kind: Message


def sql_names(mapping: ColumnMapping) -> list[tuple[str, str, str]]:
    """(name in ``incoming``, field, heading) of the mapped columns of categories, agency first."""
    single = [("agency", "agency", mapping.agency)]
    single += [
        (field, field, heading) for field in _OPTIONAL if (heading := getattr(mapping, field)) is not None
    ]
    return single + [(f"need{place}", "need", heading) for place, heading in enumerate(mapping.needs, 1)]


def columns_of(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, mapping: ColumnMapping, keep: Mapping[str, str]
) -> tuple[list[Column], list[Dropped]]:
    """The mapped columns of ``source``, and all that look like identifiers.

    Raises Problems for mapped columns that are not there or hold no single values, and where a column that is needed
    looks like an identifier; one whose heading is in ``keep`` is taken as it is.
    """
    there = headings_of(connection, source)
    _check_headings(source, mapping, list(there))
    problems, found, dropped = list[Problem](), list[Column](), list[Dropped]()
    for name, field, wanted in [
        ("person", "person", mapping.person),
        ("date", "date", mapping.date),
        *sql_names(mapping),
    ]:
        heading = _find(wanted, list(there))
        if heading is None:
            problems.append(_missing(source, wanted, list(there)))
        elif nested(there[heading][1]):
            problems.append(_nested(source, heading))
        elif (kind := heading_kind(field, heading)) is None or kept(heading, keep):
            found.append(Column(field, heading, there[heading][0], name))
        elif field in NEEDED:
            problems.append(identifying(source.name, field, heading, kind))
        else:
            dropped.append(Dropped(source.name, heading, kind))
    problems += _used_twice(source, found)
    if problems:
        raise Problems(problems)
    mapped = {column.heading for column in found} | {one.heading for one in dropped}
    return found, dropped + _unmapped(connection, source, there, mapped)


def kept(heading: str, keep: Mapping[str, str]) -> bool:
    """Whether an analyst gave a reason to keep this column."""
    return normal(heading) in {normal(one) for one in keep}


def identifying(where: str, field: str, heading: str, kind: object) -> Problem:
    """For a needed column that says who somebody is; ``kind`` is what it looks like, in words."""
    what = message('the column "{heading}" looks like {kind}', heading=heading, kind=kind)
    right = {
        "person": message(
            "use a made-up mark that is the same for the same person and says nothing about them"
        ),
        "date": message("use the column with the date of the contact"),
    }
    other = message("use a column of categories that says nothing about who somebody is")
    return Problem(what, right.get(field, other), where, None, heading)


def nested(sql_type: str) -> bool:
    """Whether a column holds lists or records."""
    return any(mark in sql_type for mark in ("[", "STRUCT", "MAP", "UNION", "BLOB", "VARIANT"))


def _unmapped(
    connection: duckdb.DuckDBPyConnection,
    source: SourceFile,
    there: Mapping[str, tuple[str, str]],
    mapped: set[str],
) -> list[Dropped]:
    """Columns that nobody asked for and that would identify: they are not loaded anyway, and are named."""
    values = sample(connection, source, there)
    judged = (
        (heading, heading_kind("", heading) or value_kind("", values.get(heading, ())))
        for heading in there
        if heading and heading not in mapped and not nested(there[heading][1])
    )
    return [Dropped(source.name, heading, kind) for heading, kind in judged if kind is not None]


def headings_of(connection: duckdb.DuckDBPyConnection, source: SourceFile) -> dict[str, tuple[str, str]]:
    """Heading -> (SQL name, type); of a heading that is there twice the first."""
    if not source.parquet:
        first = {heading: source.headings.index(heading) for heading in source.headings}
        return {heading: (f"c{place}", "VARCHAR") for heading, place in first.items()}
    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(source.path)})").fetchall()
    except duckdb.Error:
        what = message("this file can't be read")
        again = message("save it again as CSV or Parquet and load that")
        raise Problems([Problem(what, again, source.name)]) from None
    return {row[0]: ('"' + row[0].replace('"', '""') + '"', row[1]) for row in rows}


def _check_headings(source: SourceFile, mapping: ColumnMapping, there: Sequence[str]) -> None:
    """Raises Problems where rows begin at once: what would be told as headings would be somebody's values."""
    if any(_find(wanted, there) for _, wanted in mapping.fields()):
        return
    if any(
        reads_like_a_day(heading) or heading.replace(".", "").isdigit() for heading in there
    ) or value_kind("need", there):
        what = message("this file has no line of headings")
        instead = message("put the names of the columns in the first line")
        raise Problems([Problem(what, instead, source.name, source.skip + 1)])


def _find(wanted: str, headings: Sequence[str]) -> str | None:
    if wanted in headings:
        return wanted
    alike = [heading for heading in headings if normal(heading) == normal(wanted)]
    return alike[0] if len(alike) == 1 else None


def _missing(source: SourceFile, wanted: str, headings: list[str]) -> Problem:
    near = get_close_matches(wanted, headings, n=3, cutoff=0.6) or headings[:30]
    what = message('there is no column "{heading}"', heading=wanted)
    instead = message("use one of: {headings}", headings=", ".join(f'"{heading}"' for heading in near))
    return Problem(what, instead, source.name, source.skip + 1 if not source.parquet else None, wanted)


def _nested(source: SourceFile, heading: str) -> Problem:
    what = message('the column "{heading}" holds lists or records, not single values', heading=heading)
    return Problem(what, message("use a column with one value in each row"), source.name, None, heading)


def _used_twice(source: SourceFile, found: Sequence[Column]) -> list[Problem]:
    """The column of marks for people may be nothing else: as a category it would be shown."""
    people = {column.heading for column in found if column.field == "person"}
    what = message("the column for people can't be used for anything else")
    instead = message("choose another column, or leave it out")
    return [
        Problem(what, instead, source.name, None, column.heading)
        for column in found
        if column.field != "person" and column.heading in people
    ]
