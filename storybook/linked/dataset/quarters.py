"""Whole quarters, added up when the rows come in: most questions ask for them, and many rows take long to add up.

    quarters.parquet     agency, quarter, people, contacts, most: the table behind every page with lanes
    by_quarter.parquet   quarter, agency, person, made: a line for each person whom an agency saw in a quarter

The first answers "how many did each agency see, quarter by quarter" as it stands. The second takes the place of the
contacts in every question that narrows or splits by nothing else than agencies, sectors, needs, quarters and years; it
is as exact as they are. Both say no more than the contacts do: true numbers, which only the rule lets out.
"""
# ruff: noqa: S608 - the text is put together from fixed expressions; values are bound, paths are quoted

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Final

import duckdb

from ..asking import periods
from ..asking.fields import BOTH, MULTIPLE
from ..asking.questions import Asked
from ..suppression.raw import Raw
from .datasets import Dataset
from .engine import literal, reader
from .tables import Tables, parquet

NAME: Final = "quarters.parquet"
BY_QUARTER: Final = "by_quarter.parquet"
#: What may narrow a question that is answered from the first.
_NARROWS: Final = {"agency", "quarter", "year"}
#: What may split or narrow a question that is answered from the second.
_WHOLE: Final = {"agency", "sector", "need", "quarter", "year", BOTH, MULTIPLE}
#: Of each person there is one line for each of these.
ONE_EACH: Final = ("agency", "quarter")
_PARQUET: Final = "(FORMAT parquet, COMPRESSION zstd)"


def write_quarters(connection: duckdb.DuckDBPyConnection, folder: Path, first: int, last: int) -> None:
    """Writes both tables beside ``contacts.parquet`` in ``folder``, for the quarters from ``first`` to ``last``.

    One quarter at a time: the rows lie in the order of days, so each is a short read and fits into the memory.
    """
    rows = f"read_parquet({literal(folder / 'contacts.parquet')})"
    connection.execute(f"CREATE TYPE seen_at AS ENUM (SELECT DISTINCT agency FROM {rows} ORDER BY agency)")
    connection.execute(
        "CREATE TEMP TABLE by_quarter (quarter SMALLINT, agency seen_at, person INTEGER, made INTEGER)"
    )
    for quarter in range(first, last + 1):
        connection.execute(
            f"""INSERT INTO by_quarter SELECT {quarter}, agency::seen_at AS seen, person, count(*) FROM {rows}
            WHERE date >= $begins AND date < $ends GROUP BY seen, person""",
            {"begins": _first_day(quarter), "ends": _first_day(quarter + 1)},
        )
    connection.execute(
        f"""COPY (SELECT agency, quarter::INTEGER AS quarter, count(*) AS people, sum(made)::BIGINT AS contacts,
        max(made)::BIGINT AS most FROM by_quarter GROUP BY agency, quarter) TO {literal(folder / NAME)} {_PARQUET}"""
    )
    connection.execute(f"COPY by_quarter TO {literal(folder / BY_QUARTER)} {_PARQUET}")
    connection.execute("DROP TABLE by_quarter")


def _first_day(quarter: int) -> dt.date:
    return dt.date(quarter // 4, quarter % 4 * 3 + 1, 1)


def tables_for(dataset: Dataset, asked: Asked, fields: tuple[str, ...]) -> Tables:
    """Where ``asked``, split by ``fields``, finds its rows soonest: added up, or as they came."""
    path, plain = dataset.folder / BY_QUARTER, parquet(dataset)
    if not whole_quarters(asked, fields) or not path.is_file():
        return plain
    return replace(
        plain,
        contacts="read_parquet($added_up)",
        made="made",
        grain="quarter",
        one_each=ONE_EACH,
        times={"quarter": "c.quarter", "year": "c.quarter // 4"},
        values={"added_up": str(path), "needs": dataset.needs},
    )


def whole_quarters(asked: Asked, fields: tuple[str, ...]) -> bool:
    """Whether who was seen where in which quarter, and how often, is enough to answer ``asked``."""
    return {*fields, *(field for field, _ in asked.where)} <= _WHOLE


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
