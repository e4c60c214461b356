"""One query for a whole table: how many different people and how many contacts stand in every cell.

Every value is bound; what is written into the SQL are this package's own column expressions and nothing else. The
same text runs on DuckDB over Parquet and on a server (``tables``).
"""
# ruff: noqa: S608 - the text is put together from fixed expressions; values are bound, never written in

from __future__ import annotations

from typing import Any, Final

from ...story.terms import MultipleNeeds
from ..dataset.datasets import Dataset
from ..dataset.periods import MONTHS, Grain, said
from ..dataset.tables import Tables
from ..suppression.raw import Raw
from .fields import DAYS, TIMES, sector_of
from .finding import added_up, soonest
from .questions import Asked

Keys = tuple[str, ...]
_COLUMNS: Final = {
    "agency": "c.agency",
    "kind": "c.kind",
    "place": "c.place",
    "age_band": "c.age_band",
    "gender": "c.gender",
    "sector": "s.sector",
    "need": "n.need",
}


def ask(
    dataset: Dataset,
    asked: Asked,
    multiple: MultipleNeeds,
    by: tuple[str, ...] | None = None,
    tables: Tables | None = None,
) -> dict[Keys, Raw]:
    """Keys (in the order of ``by``, else of the question's) -> true numbers, of the cells that have any.

    ``tables`` are where the rows are; where none are given they are found on the dataset's server or in its files.
    """
    fields = asked.by if by is None else by

    def go(there: Tables) -> dict[Keys, Raw]:
        if (found := added_up(there, dataset, asked, fields)) is not None:
            return found
        query = Query(there, dataset, asked, multiple)
        rows = there.run(query.text(fields), query.values)
        width = len(fields)
        return {_keys(fields, row[:width]): Raw(*row[width:]) for row in rows if row[width]}

    return go(tables) if tables else soonest(dataset, asked, fields, go)


class Query:
    """A question as SQL: the text, and the values that are bound to it."""

    def __init__(self, tables: Tables, dataset: Dataset, asked: Asked, multiple: MultipleNeeds) -> None:
        self._tables, self._dataset, self._asked, self._multiple = tables, dataset, asked, multiple
        self.values: dict[str, Any] = dict(tables.values)

    def text(self, fields: Keys) -> str:
        """How many people, how many contacts, and the most that one person made, in every cell of ``fields``."""
        keys = [f"k{place}" for place in range(len(fields))]
        named = [f"{self._column(field)} AS {key}" for field, key in zip(fields, keys, strict=True)]
        names, group = "".join(f"{key}, " for key in keys), f"GROUP BY {', '.join(keys)}" if keys else ""
        more = (", c.agency" if self._asked.each_of else "") + (
            f", c.{self._tables.made}" if self._tables.made else ""
        )
        return f"""
        WITH chosen AS (
            SELECT {", ".join([*named, "c.person"])}{more}
            FROM {self._tables.contacts} c{self._joins(fields)} {self.conditions()}),
        each_person AS ({self._each_person(fields, names)})
        SELECT {names}count(*), CAST(sum(made) AS BIGINT), CAST(max(made) AS BIGINT) FROM each_person {group}"""

    def conditions(self) -> str:
        """The WHERE clause over ``c``; only for what the question narrows, so that a plain table is a plain scan."""
        asked, grain = self._asked, self._tables.grain
        lists = {
            "c.agency": ("agencies", asked.agencies, ("agency", "sector")),
            "c.kind": ("kinds", asked.kinds, ("kind",)),
            "c.place": ("places", asked.places, ("place",)),
            "c.age_band": ("age_bands", asked.age_bands, ("age_band",)),
            "c.gender": ("genders", asked.genders, ("gender",)),
            self._tables.times[grain]: (f"{grain}s", self._times(grain), TIMES),
        }
        conditions = [
            f"{column} = ANY({self._bound(name, list(allowed))})"
            for column, (name, allowed, fields) in lists.items()
            if asked.narrows(*fields)
        ]
        conditions += [*self._days(), *self._needs()]
        return f"WHERE {' AND '.join(conditions)}" if conditions else ""

    def _each_person(self, fields: Keys, names: str) -> str:
        """How many contacts each person made in every cell; where the rows say that already, as they stand."""
        if self._tables.one_each and set(self._tables.one_each) <= set(fields) and not self._asked.each_of:
            return f"SELECT {names}person, {self._tables.made} AS made FROM chosen"
        return (
            f"SELECT {names}person, {self._tables.sum} AS made FROM chosen"
            f" GROUP BY {names}person {self._by_each()}"
        )

    def _times(self, grain: Grain) -> list[int]:
        """The months, quarters or years asked about; a question that cuts one never comes here."""
        return sorted({month // MONTHS[grain] for month in self._asked.months})

    def _bound(self, name: str, value: object) -> str:
        self.values[name] = value
        return self._tables.bound(name, value)

    def _column(self, field: str) -> str:
        return {**_COLUMNS, **self._tables.times}[field]

    def _joins(self, fields: Keys) -> str:
        joins = f" JOIN {self._tables.needs} n ON n.person = c.person" if "need" in fields else ""
        if "sector" in fields:
            agencies = list(self._dataset.manifest.agencies)
            sectors = [sector_of(agency, self._dataset.manifest) for agency in agencies]
            named = f"unnest({self._bound('named', agencies)}) AS agency"
            joins += f" JOIN (SELECT {named}, unnest({self._bound('sectors', sectors)}) AS sector) s"
            joins += " ON s.agency = c.agency"
        return joins

    def _days(self) -> list[str]:
        if not (self._asked.days and self._asked.narrows(*DAYS)):
            return []
        first, last = self._asked.days
        return [f"c.date BETWEEN {self._bound('first_day', first)} AND {self._bound('last_day', last)}"]

    def _needs(self) -> list[str]:
        found = []
        if needs := self._asked.needs:
            found.append(self._with_needs("all_of", needs, len(needs)))
        if self._asked.multiple:
            found.append(self._with_needs("some_of", self._multiple.of, self._multiple.at_least))
        return found

    def _with_needs(self, name: str, codes: tuple[str, ...], least: int) -> str:
        return (
            f"c.person IN (SELECT person FROM {self._tables.needs} n WHERE need = ANY({self._bound(name, list(codes))})"
            f" GROUP BY person HAVING count(*) >= {self._bound(f'{name}_least', least)})"
        )

    def _by_each(self) -> str:
        """Keeps the people whom at least one agency of every group saw."""
        seen = [
            f"bool_or(agency = ANY({self._bound(f'group{number}', list(group))}))"
            for number, group in enumerate(self._asked.each_of)
        ]
        return f"HAVING {' AND '.join(seen)}" if seen else ""


def _keys(fields: Keys, row: tuple[Any, ...]) -> Keys:
    grains = {grain: grain for grain in TIMES}
    return tuple(
        said(grains[field], int(value)) if field in grains else value
        for field, value in zip(fields, row, strict=True)
    )
