"""Whether rows that come in are those of another dataset already, whatever their file looks like.

The mark of a person and the names of columns are worth nothing here: people are numbered anew in every load, and the
same rows may come as a workbook or by another partner's name. What stays are the days. Two datasets hold the same
people's rows if, in the time that both know of, most people (or most people at one agency) with several contacts have
them on just the same days, or if nearly every day has just as many contacts.
"""
# ruff: noqa: S608 - names are this module's own; paths are quoted

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import duckdb

from ..dataset.datasets import stored_dataset
from ..dataset.engine import literal
from ..dataset.kin import share_rows
from ..dataset.manifest import Manifest

#: A person's days say something from so many contacts on.
_CONTACTS: Final = 5
#: So many people, or days, at least.
_MANY: Final = 10
#: This share of the people of the dataset that has fewer; this share of the days.
_PEOPLE, _DAYS = 0.5, 0.9


def same_people(
    connection: duckdb.DuckDBPyConnection, root: Path, folder: Path, new: Manifest, others: Iterable[Manifest]
) -> tuple[str, ...]:
    """The names of those of ``others`` that hold the rows which lie in ``folder`` for ``new``, or some of them."""
    found = []
    for other in others:
        first, last = max(new.first, other.first), min(new.last, other.last)
        there = stored_dataset(root, other.name)
        if there is None or there.manifest.destroyed or first > last or share_rows(new, other):
            continue
        days = f"date BETWEEN DATE '{first}' AND DATE '{last}'"
        ours, theirs = (
            f"(SELECT person, agency, date FROM read_parquet({literal(path)}) WHERE {days})"
            for path in (folder / "contacts.parquet", Path(there.contacts))
        )
        if _same_days(connection, ours, theirs) or _same_sequences(connection, ours, theirs):
            found.append(other.name)
    return tuple(found)


def _same_days(connection: duckdb.DuckDBPyConnection, ours: str, theirs: str) -> bool:
    sql = f"""SELECT count(*), count(*) FILTER (a.many = b.many)
        FROM (SELECT date, count(*) AS many FROM {ours} GROUP BY date) a
        FULL JOIN (SELECT date, count(*) AS many FROM {theirs} GROUP BY date) b USING (date)"""
    days, same = connection.execute(sql).fetchall()[0]
    return bool(days >= _MANY and same >= _DAYS * days)


def _same_sequences(connection: duckdb.DuckDBPyConnection, ours: str, theirs: str) -> bool:
    """Of people, and of people at one agency: their days, as a few numbers that hardly agree by chance."""
    told = f"""SELECT DISTINCT grouping(agency) AS whose, count(*) AS many, min(date) AS first, max(date) AS last,
        sum(epoch(date))::HUGEINT AS added, bit_xor(hash(date)) AS mixed
        FROM {{rows}} GROUP BY GROUPING SETS ((person), (person, agency))
        HAVING count(*) >= {_CONTACTS} AND min(date) < max(date)"""
    sql = f"""WITH a AS ({told.format(rows=ours)}), b AS ({told.format(rows=theirs)})
        SELECT a.whose, least(a.many, b.many), coalesce(s.many, 0)
        FROM (SELECT whose, count(*) AS many FROM a GROUP BY whose) a
        JOIN (SELECT whose, count(*) AS many FROM b GROUP BY whose) b USING (whose)
        LEFT JOIN (SELECT whose, count(*) AS many FROM (FROM a INTERSECT FROM b) GROUP BY whose) s USING (whose)"""
    found = connection.execute(sql).fetchall()
    return any(same >= max(_MANY, _PEOPLE * there) for _, there, same in found)
