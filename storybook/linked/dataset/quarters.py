"""The commonest table of all, added up when the rows come in: people and contacts by agency and quarter.

Every page with lanes and the first page of every dataset ask for it, and it takes seconds from ten million rows. It
lies beside them as ``quarters.parquet`` (agency, quarter, people, contacts, most) and says no more than they do: true
numbers, which leave this package only through the rule.
"""
# ruff: noqa: S608 - the text is put together from fixed expressions; values are bound, paths are quoted

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import duckdb

from ..asking import periods
from ..asking.questions import Asked
from ..suppression.raw import Raw
from .datasets import Dataset
from .engine import literal, reader

NAME: Final = "quarters.parquet"
#: What may narrow a question that is answered from here.
_NARROWS: Final = {"agency", "quarter", "year"}


def write_quarters(connection: duckdb.DuckDBPyConnection, folder: Path, first: int, last: int) -> None:
    """Writes the table beside ``contacts.parquet`` in ``folder``, for the quarters from ``first`` to ``last``.

    One quarter at a time: the rows lie in the order of days, so each is a short read and fits into the memory.
    """
    rows = literal(folder / "contacts.parquet")
    connection.execute(
        "CREATE TEMP TABLE quarters (agency VARCHAR, quarter INTEGER, people BIGINT, contacts BIGINT, most BIGINT)"
    )
    for quarter in range(first, last + 1):
        connection.execute(
            f"""INSERT INTO quarters SELECT agency, {quarter}, count(*), sum(made), max(made) FROM (
            SELECT agency, person, count(*) AS made FROM read_parquet({rows})
            WHERE date >= $begins AND date < $ends GROUP BY agency, person) GROUP BY agency""",
            {"begins": _first_day(quarter), "ends": _first_day(quarter + 1)},
        )
    connection.execute(f"COPY quarters TO {literal(folder / NAME)} (FORMAT parquet)")
    connection.execute("DROP TABLE quarters")


def _first_day(quarter: int) -> dt.date:
    return dt.date(quarter // 4, quarter % 4 * 3 + 1, 1)


def added_up(dataset: Dataset, asked: Asked, fields: tuple[str, ...]) -> dict[tuple[str, ...], Raw] | None:
    """The answer to ``asked`` from the table, if it is a question for it and the dataset has one."""
    path = dataset.folder / NAME
    if not answers(asked, fields) or not path.is_file():
        return None
    with reader() as connection:
        rows = connection.execute(
            "SELECT agency, quarter, people, contacts, most FROM read_parquet($rows) WHERE agency = ANY($agencies)",
            {"rows": str(path), "agencies": list(asked.agencies)},
        ).fetchall()
    found = {}
    for agency, quarter, *numbers in rows:
        if periods.months_in("quarter", quarter) <= asked.months | _outside(quarter, dataset):
            named = {"agency": agency, "quarter": periods.said("quarter", quarter)}
            found[tuple(named[field] for field in fields)] = Raw(*numbers)
    return found


def answers(asked: Asked, fields: tuple[str, ...]) -> bool:
    """Whether whole quarters of agencies are all that is asked for."""
    narrowed = {field for field, _ in asked.where}
    return set(fields) == {"agency", "quarter"} and narrowed <= _NARROWS


def _outside(quarter: int, dataset: Dataset) -> frozenset[int]:
    """The months of a quarter that the data do not reach: nothing is missing of them."""
    first, last = periods.month_of(dataset.manifest.first), periods.month_of(dataset.manifest.last)
    return frozenset(month for month in periods.months_in("quarter", quarter) if not first <= month <= last)
