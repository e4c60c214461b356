"""Where a dataset's rows are when a question comes: Parquet files read by DuckDB, or tables of a server.

The SQL of ``asking`` is the same for both. What differs is here: what the tables are called, how a value is bound,
how many contacts one row stands for, and the numbers of months, quarters and years (see ``periods``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

from .datasets import Dataset
from .engine import reader
from .periods import Grain
from .quarters import BY_QUARTER, NAME

Rows = Sequence[tuple[Any, ...]]

#: Of each person there is one line for each of these, where they are added up by quarter.
ONE_EACH: Final = ("agency", "quarter")
#: Both engines know ``extract``; one gives whole numbers, the other decimals.
_YEAR: Final = "CAST(extract(year FROM c.date) AS INTEGER)"
_MONTH: Final = "CAST(extract(month FROM c.date) AS INTEGER)"
_QUARTER: Final = "CAST(extract(quarter FROM c.date) AS INTEGER)"
TIMES_OF_DAYS: Final = {
    "year": _YEAR,
    "quarter": f"{_YEAR} * 4 + {_QUARTER} - 1",
    "month": f"{_YEAR} * 12 + {_MONTH} - 1",
}


class Run(Protocol):
    """Runs one query with its bound values."""

    def __call__(self, text: str, values: Mapping[str, Any]) -> Rows:
        """All the rows of the answer."""
        ...


class Bind(Protocol):
    """How SQL text names a bound value."""

    def __call__(self, name: str, value: object) -> str:
        """The place of the value ``name``; ``value`` is for engines that want its type written beside it."""
        ...


@dataclass(frozen=True)
class Tables:
    """What to write after FROM, and how to run it.

    ``made`` is the column that says how many contacts one row of ``contacts`` stands for, "" where each is one;
    ``times`` the expressions of year, quarter and month as far as ``grain``, the shortest of them; ``values`` are bound
    to every query. Where ``one_each`` names fields, each person has one row only for every combination of them.
    ``whole`` is the table of agencies and quarters (agency, quarter, people, contacts, most), "" where there is none.
    """

    contacts: str
    needs: str
    run: Run
    bound: Bind
    made: str = ""
    grain: Grain = "month"
    one_each: tuple[str, ...] = ()
    times: Mapping[str, str] = field(default_factory=lambda: TIMES_OF_DAYS)
    values: Mapping[str, Any] = field(default_factory=dict)
    whole: str = ""

    @property
    def sum(self) -> str:
        """How many contacts a group of rows stands for."""
        return f"sum({self.made})" if self.made else "count(*)"


def parquet(dataset: Dataset) -> Tables:
    """The dataset's own files."""
    return Tables(
        contacts="read_parquet($contacts)",
        needs="read_parquet($needs)",
        run=_in_duckdb,
        bound=lambda name, _value: f"${name}",
        values={"contacts": dataset.contacts, "needs": dataset.needs},
    )


def parquet_quarters(dataset: Dataset) -> Tables | None:
    """The same added up by quarter (``quarters``); None where an older version of a dataset has no such files."""
    path, whole = dataset.folder / BY_QUARTER, dataset.folder / NAME
    if not path.is_file():
        return None
    return replace(
        parquet(dataset),
        contacts="read_parquet($added_up)",
        made="made",
        grain="quarter",
        one_each=ONE_EACH,
        times={"quarter": "c.quarter", "year": "c.quarter // 4"},
        values={"added_up": str(path), "needs": dataset.needs, "whole": str(whole)},
        whole="read_parquet($whole)" if whole.is_file() else "",
    )


def _in_duckdb(text: str, values: Mapping[str, Any]) -> Rows:
    # DuckDB refuses values that the text does not use.
    used = {name: value for name, value in values.items() if f"${name}" in text}
    with reader() as connection:
        return connection.execute(text, used).fetchall()
