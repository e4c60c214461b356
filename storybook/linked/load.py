"""Agencies' files become a dataset: read as text, checked, all or nothing."""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import duckdb

from ..story.clock import Clock, today
from ..story.messages import message
from ..story.problems import Problem, Problems
from . import row_problems, staging
from .datasets import Manifest, Source, check_name, new_version
from .engine import engine
from .identifiers import value_kind
from .load_report import LoadReport
from .mapping import About, ColumnMapping
from .rules import rule_called
from .source_files import SourceFile, prepare
from .writing import Written, write

__all__ = ["LoadReport", "Progress", "Report", "load"]

#: So many different values of a column are looked at for signs of who somebody is.
_LOOKED_AT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: ``done`` of ``total`` bytes (reading), files (understanding) or steps (writing)."""

    stage: Literal["reading", "understanding", "writing"]
    done: int
    total: int


Report = Callable[[Progress], None]


def load(
    root: Path,
    name: str,
    files: Sequence[Path],
    mapping: ColumnMapping,
    clock: Clock,
    progress: Report | None = None,
    about: About | None = None,
) -> LoadReport:
    """Loads ``files`` (CSV with any separator, or Parquet) as a new version of the dataset ``name``.

    Only mapped columns are read. Whatever is wrong raises Problems, all of it at once, and leaves what was
    there; so does an exception out of ``progress``, which is how a load is cancelled.
    """
    check_name(name)
    about = about or About()
    rule_called(about.rule)
    if not files:
        raise Problems([Problem(message("there is no file to load"), message("name at least one file"))])
    with new_version(root, name, clock.now()) as new:
        with engine(new.work / "spill") as connection:
            incoming = _Incoming(connection, new.work, mapping, progress or (lambda _: None))
            sources, rows = incoming.read(files)
            incoming.check(sources)
            written = incoming.write(new.files, about)
            noticed = incoming.noticed(today(clock))
        found = tuple(map(_source, sources, rows))
        dataset = new.publish(
            Manifest(
                name=name,
                version=new.name,
                loaded_at=clock.now(),
                sources=found,
                mapping=mapping,
                about=about,
                **vars(written),
            )
        )
    return LoadReport(dataset, month_first=mapping.date_style == "month-first", **noticed)


def _source(source: SourceFile, rows: int) -> Source:
    return Source(name=source.name, sha256=source.sha256, rows=rows)


class _Incoming:
    """One load under way."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, folder: Path, mapping: ColumnMapping, report: Report
    ) -> None:
        self._connection, self._folder, self._mapping, self._report = connection, folder, mapping, report
        self._columns: Mapping[int, Sequence[staging.Column]] = {}

    def read(self, files: Sequence[Path]) -> tuple[list[SourceFile], list[int]]:
        sources = self._prepare(files)
        self._columns = self._find_columns(sources)
        staging.create(self._connection, len(self._mapping.needs))
        rows, problems = [], []
        for number, source in enumerate(sources, 1):
            self._report(Progress("understanding", number - 1, len(sources)))
            try:
                rows.append(
                    staging.read_in(self._connection, number, source, self._columns[number], self._mapping)
                )
            except duckdb.Error:  # its words repeat the row, so they are not passed on
                problems += row_problems.misread(source)
        _raise(problems)
        return sources, rows

    def check(self, sources: Sequence[SourceFile]) -> None:
        """Rows that say too little, and columns that say too much."""
        problems = row_problems.rows_wrong(self._connection, sources, self._columns)
        _raise([*self._identifying(sources), *problems])
        there = self._connection.execute("SELECT count(*) FROM incoming WHERE person IS NOT NULL").fetchone()
        if not there or not there[0]:
            where = ", ".join(source.name for source in sources)
            _raise(
                [
                    Problem(
                        message("there are no rows under the headings"),
                        message("send a file with rows"),
                        where,
                    )
                ]
            )

    def write(self, folder: Path, about: About) -> Written:
        self._report(Progress("writing", 0, 1))
        written = write(self._connection, folder, self._mapping, about)
        self._report(Progress("writing", 1, 1))
        return written

    def noticed(self, day: dt.date) -> dict[str, int]:
        """What is worth telling about the rows: fields of a LoadReport."""
        names = ("year_first", "day_first", "no_agency", "blank_rows", "in_future")
        told = self._connection.execute(
            """SELECT count(*) FILTER (person IS NOT NULL AND early),
            count(*) FILTER (person IS NOT NULL AND NOT early),
            count(*) FILTER (person IS NOT NULL AND agency = ''),
            count(*) FILTER (person IS NULL),
            count(*) FILTER (day > $day) FROM incoming""",
            {"day": day},
        ).fetchall()[0]
        return dict(zip(names, told, strict=True))

    def _prepare(self, files: Sequence[Path]) -> list[SourceFile]:
        total = sum(path.stat().st_size for path in files if path.is_file())
        done, sources, problems = 0, [], list[Problem]()
        wanted = tuple(heading for _, heading in self._mapping.fields())

        def read(size: int) -> None:
            nonlocal done
            done += size
            self._report(Progress("reading", done, total))

        for number, path in enumerate(files, 1):
            try:
                sources.append(prepare(path, number, wanted, self._folder, read))
            except Problems as found:
                problems += found.problems
        _raise(problems)
        return sources

    def _find_columns(self, sources: Sequence[SourceFile]) -> dict[int, list[staging.Column]]:
        columns, problems = {}, list[Problem]()
        for number, source in enumerate(sources, 1):
            try:
                columns[number] = staging.columns_of(self._connection, source, self._mapping)
            except Problems as found:
                problems += found.problems
        _raise(problems)
        return columns

    def _identifying(self, sources: Sequence[SourceFile]) -> list[Problem]:
        names = ", ".join(dict.fromkeys(source.name for source in sources))
        needs = [(f"need{place}", "need", heading) for place, heading in enumerate(self._mapping.needs, 1)]
        others = [
            (field, field, heading)
            for field, heading in self._mapping.fields()
            if field not in ("need", "date")
        ]
        found = (
            (field, heading, value_kind(field, self._values(sql)))
            for sql, field, heading in (*others, *needs)
        )
        return [
            staging.identifying(names, field, heading, kind)
            for field, heading, kind in found
            if kind is not None
        ]

    def _values(self, sql: str) -> list[str]:
        """Different values of a column of ``incoming`` (a name from this module, never from outside)."""
        rows = self._connection.execute(
            f"SELECT DISTINCT {sql} FROM incoming WHERE {sql} IS NOT NULL ORDER BY hash({sql})"
            f" LIMIT {_LOOKED_AT}"
        )
        return [row[0] for row in rows.fetchall()]


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise Problems(problems)
