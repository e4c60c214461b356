"""What is noticed about the rows of ``incoming``: which can't be loaded, and what is worth telling of the others."""
# ruff: noqa: S608 - names and columns are this package's own; values are bound

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import duckdb

from ..dataset.engine import literal
from .coding import Coded
from .unpacking import NO_VALUE

#: So many rows are compared with one another at a time.
_AT_ONCE: Final = 20_000_000
_NAMES: Final = ("year_first", "day_first", "no_agency", "blank_rows", "in_future", "formulas")


def wrong(connection: duckdb.DuckDBPyConnection, coded: Sequence[Coded]) -> str:
    """An SQL condition on ``incoming``: rows that can't be loaded, as ``row_problems`` tells them one by one."""
    blank = "(who IS NULL AND undated AND agency = '')"
    held = [f"{one.name} = {literal(NO_VALUE)}" for one in coded if NO_VALUE in one.values]
    marks = connection.execute(
        "SELECT who FROM marks WHERE person = $no_value", {"no_value": NO_VALUE}
    ).fetchall()
    held += [f"who = {who}" for (who,) in marks]
    return f"({' OR '.join(['who IS NULL', 'day IS NULL', *held])}) AND NOT {blank}"


def any_wrong(connection: duckdb.DuckDBPyConnection, condition: str) -> bool:
    """Whether any row fits ``condition``."""
    return connection.execute(f"SELECT 1 FROM incoming WHERE {condition} LIMIT 1").fetchone() is not None


def noticed(connection: duckdb.DuckDBPyConnection, coded: Sequence[Coded], day: dt.date) -> dict[str, int]:
    """What is worth telling about the rows: fields of a LoadReport. ``day`` is today."""
    agency = next(one for one in coded if one.name == "agency")
    formulas = ", ".join(literal(value) for value in agency.values if value.startswith(("=", "+", "@")))
    formula = f"agency IN ({formulas})" if formulas else "false"
    told = connection.execute(
        f"""SELECT count(*) FILTER (who IS NOT NULL AND early), count(*) FILTER (who IS NOT NULL AND NOT early),
        count(*) FILTER (who IS NOT NULL AND agency = ''), count(*) FILTER (who IS NULL),
        count(*) FILTER (day > $day), count(*) FILTER ({formula}) FROM incoming""",
        {"day": day},
    ).fetchall()[0]
    return dict(zip(_NAMES, told, strict=True)) | {"doubled": _doubled(connection, coded)}


def _doubled(connection: duckdb.DuckDBPyConnection, coded: Sequence[Coded]) -> int:
    """How many rows say the same as one before, in all that is loaded of them.

    Their fingerprints are sorted, a share of them at a time: grouping them takes ten times as long.
    """
    columns, rows = ", ".join(["who", "day", *(one.name for one in coded)]), _rows(connection)
    shares, found = rows // _AT_ONCE + 1, 0
    for share in range(shares):
        prints = connection.execute(
            f"SELECT hash({columns}) AS h FROM incoming WHERE who IS NOT NULL AND hash({columns}) % {shares} = {share}"
        ).fetchnumpy()["h"]
        prints.sort()
        found += int((prints[1:] == prints[:-1]).sum())
    return found


def _rows(connection: duckdb.DuckDBPyConnection) -> int:
    told = connection.execute("SELECT count(*) FROM incoming").fetchone()
    return int(told[0]) if told else 0
