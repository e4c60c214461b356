"""Where a question finds its rows soonest: added up by quarter or month, or as they came.

What was added up is as exact as the rows (``dataset.quarters``, ``dataset.server``). Whole quarters are enough for a
question that narrows or splits by nothing else than agencies, sectors, needs, quarters and years.
"""
# ruff: noqa: S608 - the text is put together from fixed expressions; values are bound, never written in

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final, TypeVar

from ..dataset import periods, server
from ..dataset.connections import Away, Connection
from ..dataset.datasets import Dataset
from ..dataset.tables import Tables, parquet, parquet_quarters
from ..suppression.raw import Raw
from .fields import BOTH, DAYS, MULTIPLE
from .questions import Asked

T = TypeVar("T")
#: What may narrow a question that is answered from the table of agencies and quarters.
_NARROWS: Final = {"agency", "quarter", "year"}
#: What may split or narrow a question that is answered from people's quarters.
_WHOLE: Final = {"agency", "sector", "need", "quarter", "year", BOTH, MULTIPLE}


def soonest(dataset: Dataset, asked: Asked | None, fields: Sequence[str], go: Callable[[Tables], T]) -> T:
    """What ``go`` gives for the rows of ``dataset``: on its server if the same version is there, else in its files.

    The true numbers are the same either way. ``asked`` is None for what needs every day.
    """
    if dataset.server is not None:
        with suppress(Away), dataset.server.lend() as connection:
            if server.holds(dataset, connection):
                return go(on_server(dataset, connection, asked, fields))
    return go(in_files(dataset, asked, fields))


def in_files(dataset: Dataset, asked: Asked | None, fields: Sequence[str]) -> Tables:
    """The dataset's own files, added up as far as ``asked``, split by ``fields``, allows."""
    whole = asked is not None and whole_quarters(asked, fields)
    return (parquet_quarters(dataset) if whole else None) or parquet(dataset)


def on_server(
    dataset: Dataset, connection: Connection, asked: Asked | None, fields: Sequence[str] | None = None
) -> Tables:
    """The same on the server, where there are months as well."""
    if asked is None or asked.narrows(*DAYS):
        return server.days(dataset, connection)
    if whole_quarters(asked, asked.by if fields is None else fields):
        return server.quarters(dataset, connection)
    return server.months(dataset, connection)


def whole_quarters(asked: Asked, fields: Sequence[str]) -> bool:
    """Whether who was seen where in which quarter, and how often, is enough to answer ``asked``."""
    return {*fields, *(field for field, _ in asked.where)} <= _WHOLE


def added_up(
    tables: Tables, dataset: Dataset, asked: Asked, fields: Sequence[str]
) -> dict[tuple[str, ...], Raw] | None:
    """The answer to ``asked`` from the table of agencies and quarters, if it is a question for it and there is one."""
    if not (tables.whole and answers(asked, fields)):
        return None
    values = {**tables.values, "agencies": list(asked.agencies)}
    rows = tables.run(
        f"""SELECT agency, quarter, people, contacts, most FROM {tables.whole}
        WHERE agency = ANY({tables.bound("agencies", values["agencies"])})""",
        values,
    )
    found = {}
    for agency, quarter, *numbers in rows:
        if periods.months_in("quarter", quarter) <= asked.months | _outside(quarter, dataset):
            named = {"agency": agency, "quarter": periods.said("quarter", quarter)}
            found[tuple(named[field] for field in fields)] = Raw(*numbers)
    return found


def answers(asked: Asked, fields: Sequence[str]) -> bool:
    """Whether whole quarters of agencies are all that is asked for."""
    narrowed = {field for field, _ in asked.where}
    return set(fields) == {"agency", "quarter"} and narrowed <= _NARROWS


def _outside(quarter: int, dataset: Dataset) -> frozenset[int]:
    """The months of a quarter that the data do not reach: nothing is missing of them."""
    first, last = periods.month_of(dataset.manifest.first), periods.month_of(dataset.manifest.last)
    return frozenset(month for month in periods.months_in("quarter", quarter) if not first <= month <= last)
