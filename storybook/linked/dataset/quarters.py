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
from pathlib import Path
from typing import Final

import duckdb

from .engine import literal

NAME: Final = "quarters.parquet"
BY_QUARTER: Final = "by_quarter.parquet"
#: Quick to write and to read, for a third more room.
_PARQUET: Final = "(FORMAT parquet, COMPRESSION lz4_raw)"


def write_quarters(
    connection: duckdb.DuckDBPyConnection, rows: str, folder: Path, first: int, last: int
) -> None:
    """Writes both tables into ``folder`` from the table ``rows``, for the quarters from ``first`` to ``last``.

    One quarter at a time: the rows lie in the order of days, so each is a short read and fits into the memory.
    """
    connection.execute(
        f"CREATE TABLE by_quarter AS SELECT 0::SMALLINT AS quarter, agency, person, 0 AS made FROM {rows} LIMIT 0"
    )
    for quarter in range(first, last + 1):
        connection.execute(
            f"""INSERT INTO by_quarter SELECT {quarter}, agency, person, count(*) FROM {rows}
            WHERE date >= $begins AND date < $ends GROUP BY agency, person""",
            {"begins": first_day(quarter), "ends": first_day(quarter + 1)},
        )
    connection.execute(
        f"""COPY (SELECT agency, quarter::INTEGER AS quarter, count(*) AS people, sum(made)::BIGINT AS contacts,
        max(made)::BIGINT AS most FROM by_quarter GROUP BY agency, quarter) TO {literal(folder / NAME)} {_PARQUET}"""
    )
    connection.execute(f"COPY by_quarter TO {literal(folder / BY_QUARTER)} {_PARQUET}")
    connection.execute("DROP TABLE by_quarter")


def first_day(quarter: int) -> dt.date:
    """The day on which a quarter (4 x year + its number - 1) begins."""
    return dt.date(quarter // 4, quarter % 4 * 3 + 1, 1)
