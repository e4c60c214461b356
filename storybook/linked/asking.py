"""One query for a whole table: how many different people and how many contacts stand in every cell.

Every value is bound; what is written into the SQL are this module's own column expressions and nothing else.
"""
# ruff: noqa: S608 - the text is put together from the fixed expressions below; values are bound, never written in

from __future__ import annotations

from typing import Any, Final

from ..story.terms import MultipleNeeds
from .datasets import Dataset
from .engine import reader
from .periods import said
from .questions import TIMES, Asked, sector_of
from .raw import Raw

Keys = tuple[str, ...]

_EXPRESSIONS: Final = {
    "agency": "c.agency",
    "sector": "s.sector",
    "kind": "c.kind",
    "place": "c.place",
    "need": "n.need",
    "year": "year(c.date)",
    "quarter": "year(c.date) * 4 + quarter(c.date) - 1",
    "month": "year(c.date) * 12 + month(c.date) - 1",
}


def ask(
    dataset: Dataset, asked: Asked, multiple: MultipleNeeds, by: tuple[str, ...] | None = None
) -> dict[Keys, Raw]:
    """Keys (in the order of ``by``, else of the question's) -> true numbers, of the cells that have any."""
    fields = asked.by if by is None else by
    sql, values = _query(dataset, asked, multiple, fields)
    with reader() as connection:
        rows = connection.execute(sql, values).fetchall()
    width = len(fields)
    return {_keys(fields, row[:width]): Raw(*row[width:]) for row in rows if row[width]}


def _query(
    dataset: Dataset, asked: Asked, multiple: MultipleNeeds, fields: Keys
) -> tuple[str, dict[str, Any]]:
    keys = [f"k{place}" for place in range(len(fields))]
    chosen = ", ".join(
        [*(f"{_EXPRESSIONS[field]} AS {key}" for field, key in zip(fields, keys, strict=True)), "c.person"]
    )
    values: dict[str, Any] = {"contacts": dataset.contacts}
    tables = "read_parquet($contacts) c" + _joins(dataset, fields, values)
    conditions = _conditions(dataset, asked, multiple, values)
    group = f"GROUP BY {', '.join(keys)}" if keys else ""
    names = "".join(f"{key}, " for key in keys)
    return (
        f"""
        WITH chosen AS (SELECT {chosen} FROM {tables} {conditions}),
        each_person AS (SELECT {names}person, count(*) AS made FROM chosen GROUP BY {names}person)
        SELECT {names}count(*), CAST(sum(made) AS BIGINT), max(made) FROM each_person {group}""",
        values,
    )


def _joins(dataset: Dataset, fields: Keys, values: dict[str, Any]) -> str:
    joins = ""
    if "need" in fields:
        values["needs"] = dataset.needs
        joins += " JOIN read_parquet($needs) n ON n.person = c.person"
    if "sector" in fields:
        values["named"] = list(dataset.manifest.agencies)
        values["sectors"] = [sector_of(agency, dataset.manifest) for agency in dataset.manifest.agencies]
        joins += (
            " JOIN (SELECT unnest($named) AS agency, unnest($sectors) AS sector) s ON s.agency = c.agency"
        )
    return joins


def _conditions(dataset: Dataset, asked: Asked, multiple: MultipleNeeds, values: dict[str, Any]) -> str:
    """The WHERE clause; only for what the question narrows, so that a plain table is one plain scan."""
    conditions = []
    lists = {
        "c.agency": ("agencies", asked.agencies, ("agency", "sector")),
        "c.kind": ("kinds", asked.kinds, ("kind",)),
        "c.place": ("places", asked.places, ("place",)),
        _EXPRESSIONS["month"]: ("months", sorted(asked.months), TIMES),
    }
    for column, (name, allowed, fields) in lists.items():
        if asked.narrows(*fields):
            values[name] = list(allowed)
            conditions.append(f"list_contains(${name}, {column})")
    for name, codes, least in (
        ("all_of", asked.needs, len(asked.needs)),
        ("some_of", multiple.of, multiple.at_least),
    ):
        if (name == "all_of" and asked.needs) or (name == "some_of" and asked.multiple):
            values |= {name: list(codes), f"{name}_least": least, "needs": dataset.needs}
            conditions.append(_with_needs(name))
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _with_needs(name: str) -> str:
    return (
        f"c.person IN (SELECT person FROM read_parquet($needs) WHERE list_contains(${name}, need)"
        f" GROUP BY person HAVING count(DISTINCT need) >= ${name}_least)"
    )


def _keys(fields: Keys, row: tuple[Any, ...]) -> Keys:
    grains = {grain: grain for grain in TIMES}
    return tuple(
        said(grains[field], value) if field in grains else value
        for field, value in zip(fields, row, strict=True)
    )
