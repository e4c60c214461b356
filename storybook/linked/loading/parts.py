"""Rows that are there already, when a partner's new ones come beside them or in the place of some.

The same person has the same token in every load: their mark, hashed twice with a key that lies apart from the data. Who
has the dataset and not the key can't tell whose a token is; numbers of people are made anew all the same.

    VERSION/link/people.parquet   token, person
    VERSION/link/needs.parquet    part, person, need: who said it, so that it can go with their rows
"""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb

from ...story.messages import message
from ...story.problems import Problem, Problems
from ..dataset.datasets import Dataset
from ..dataset.engine import literal
from ..dataset.manifest import Part
from ..dataset.mapping import Wishes

_PARQUET: Final = "(FORMAT parquet, COMPRESSION zstd)"


@dataclass(frozen=True)
class Past:
    """The rows that stay: those of ``dataset`` but the ones of ``partner`` from ``gone[0]`` to ``gone[1]``.

    ``number`` is that of the new part. Without a ``key`` nothing is kept that would let rows be added later.
    """

    connection: duckdb.DuckDBPyConnection
    key: str = ""
    dataset: Dataset | None = None
    number: int = 1
    out: tuple[int, ...] = ()
    gone: tuple[dt.date, dt.date] = field(default=(dt.date.max, dt.date.min))

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, dataset: Dataset | None, wishes: Wishes) -> Past:
        """What stays of ``dataset`` under ``wishes``; call it when ``incoming`` is there. Raises Problems."""
        key = wishes.link_key
        if wishes.mode == "replace" or dataset is None or dataset.manifest.destroyed:
            return cls(connection, key)
        if not key or not (dataset.folder / "link" / "people.parquet").is_file():
            raise Problems([_no_link(dataset)])
        parts = dataset.manifest.parts
        number = 1 + max(part.number for part in parts)
        if wishes.mode == "add":
            return cls(connection, key, dataset, number)
        own = tuple(part.number for part in parts if part.partner == wishes.terms.partner)
        return cls(connection, key, dataset, number, own, _period(connection))

    def token_sql(self, given: str) -> tuple[str, dict[str, Any]]:
        """An SQL expression for the token of the mark in ``given``, and what it is told."""
        if not self.key:
            return given, {}
        return f"left(sha256($key || sha256($key || {given})), 32)", {"key": self.key}

    def tokens_sql(self) -> str:
        """Adds the tokens of people whose rows stay."""
        if self.dataset is None:
            return ""
        link = self._file("link/people.parquet")
        staying = f"SELECT DISTINCT person FROM ({self._rows()})"
        return f"UNION SELECT token FROM {link} JOIN ({staying}) USING (person)"

    def rows_sql(self, types: Mapping[str, str]) -> str:
        """Adds the rows that stay, people numbered anew; ``types`` says what each category becomes."""
        if self.dataset is None:
            return ""
        cells = "".join(f", CAST(c.{name} AS {called})" for name, called in types.items())
        return f"""UNION ALL SELECT p.person, c.date{cells}, c.part
            FROM ({self._rows()}) c JOIN {self._file("link/people.parquet")} l ON l.person = c.person
            JOIN people p ON p.token = l.token"""

    def values(self, name: str) -> set[str]:
        """What a category says in the rows that stay."""
        if self.dataset is None:
            return set()
        rows = self.connection.execute(f"SELECT DISTINCT {name} FROM ({self._rows()})").fetchall()
        return {value for (value,) in rows}

    def add_needs(self) -> None:
        """Adds to the table ``needs`` what parts whose rows stay said of people whose rows stay."""
        if self.dataset is None:
            return
        self.connection.execute(
            f"""INSERT INTO needs SELECT n.part, p.person, n.need FROM {self._file("link/needs.parquet")} n
            JOIN (SELECT DISTINCT part, person FROM ({self._rows()})) r ON r.part = n.part AND r.person = n.person
            JOIN {self._file("link/people.parquet")} l ON l.person = n.person JOIN people p ON p.token = l.token"""
        )

    def write_link(self, folder: Path) -> None:
        """Writes what a later load needs to know the same people again."""
        if not self.key:
            return
        link = folder / "link"
        link.mkdir(mode=0o700)
        for name, sql in (
            ("people", "SELECT token, person FROM people ORDER BY token"),
            ("needs", "SELECT DISTINCT part, person, need FROM needs ORDER BY part, need, person"),
        ):
            self.connection.execute(f"COPY ({sql}) TO {literal(link / f'{name}.parquet')} {_PARQUET}")

    def parts(self, folder: Path, *new: Part) -> tuple[Part, ...]:
        """What the files in ``folder`` are made of: the new part and older ones, as far as rows of theirs stay."""
        counted = self.connection.execute(
            f"SELECT part, count(*), min(date), max(date) FROM {literal(folder / 'contacts.parquet')} GROUP BY part"
        ).fetchall()
        there = {
            number: {"rows": rows, "first": first, "last": last} for number, rows, first, last in counted
        }
        older = self.dataset.manifest.parts if self.dataset else ()
        return tuple(
            part.model_copy(update=there[part.number]) for part in (*older, *new) if part.number in there
        )

    def _rows(self) -> str:
        first, last = self.gone
        own = (
            f"part IN {(*self.out, -1)} AND date BETWEEN DATE '{first}' AND DATE '{last}'"
            if self.out
            else "false"
        )
        return f"SELECT * FROM {self._file('contacts.parquet')} WHERE NOT ({own})"

    def _file(self, name: str) -> str:
        folder = self.dataset.folder if self.dataset else Path()
        return f"read_parquet({literal(folder / name)})"


def _period(connection: duckdb.DuckDBPyConnection) -> tuple[dt.date, dt.date]:
    first, last = connection.execute("SELECT min(day), max(day) FROM incoming").fetchall()[0]
    return first, last


def _no_link(dataset: Dataset) -> Problem:
    what = message(
        'nothing can be added to "{name}": it was loaded without saying which partner gave the rows',
        name=dataset.manifest.name,
    )
    return Problem(what, message("load all its files again, and say which partner gave them"))
