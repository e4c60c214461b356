"""One load under way: files are made ready, read, checked, and what is in doubt is left out or told."""
# ruff: noqa: S608 - names and columns are this module's own; values are bound, paths are quoted

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import duckdb

from ...story.messages import message
from ...story.problems import Problem, Problems
from ..dataset.manifest import Source
from . import row_problems, staging
from .columns import NEEDED, Column, Dropped, columns_of, identifying, kept, sql_names
from .identifier_kinds import WORDS
from .identifiers import value_kind
from .mapping import ColumnMapping, Wishes
from .rejects import mend, write_rejects
from .source_files import SourceFile, normal, prepare

#: So many different values of a column are looked at for signs of who somebody is; no category has more.
_LOOKED_AT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: ``done`` of ``total`` bytes (reading), rows, about (understanding), or steps (writing)."""

    stage: Literal["reading", "understanding", "writing"]
    done: int
    total: int


Report = Callable[[Progress], None]


@dataclass
class Incoming:
    """The rows of ``files`` on their way into a dataset; ``folder`` holds copies until the load ends."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    mapping: ColumnMapping
    wishes: Wishes
    report: Report
    sources: list[SourceFile] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    rejects: list[Problem] = field(default_factory=list)
    _columns: Mapping[int, Sequence[Column]] = field(default_factory=dict)

    def read(self, files: Sequence[Path]) -> None:
        """Fills the table ``incoming``. Raises Problems."""
        self.sources = self._prepare(files)
        self._columns = self._find_columns()
        staging.create(self.connection, self.mapping)
        about, problems = self._about_rows(files), list[Problem]()
        for number, source in enumerate(self.sources, 1):
            done = sum(self.rows)
            self.report(Progress("understanding", done, max(about, done, 1)))
            try:
                self.rows.append(self._read_one(number, source, about))
            except duckdb.InterruptException:
                raise
            except duckdb.Error:  # its words repeat the row, so they are not passed on
                problems += row_problems.misread(source)
        _raise(problems)
        staging.merge_agencies(self.connection, self.mapping.merge)

    def check(self) -> None:
        """Rows that say too little, and columns that say too much. Raises Problems."""
        names = [name for name, _, _ in sql_names(self.mapping)]
        most = None if self.wishes.load_the_rest else row_problems.LISTED + 1
        bad, total = row_problems.rows_wrong(self.connection, self.sources, self._columns, names, most)
        problems = self._identifying()
        if self.wishes.load_the_rest:
            self.rejects += bad
            self.connection.execute(f"DELETE FROM incoming WHERE {row_problems.bad_rows(names)}")
        else:
            problems += row_problems.cut(bad, total)
        _raise(problems)
        there = self.connection.execute("SELECT 1 FROM incoming WHERE person IS NOT NULL LIMIT 1").fetchone()
        if there is None:
            _raise([self._no_rows()])

    def write_rejects(self, path: Path) -> int:
        """Lists beside the version what was left out, if anything was; gives back how many rows."""
        return write_rejects(path, self.rejects) if self.rejects else 0

    def noticed(self, day: dt.date) -> dict[str, int]:
        """What is worth telling about the rows: fields of a LoadReport."""
        names = ("year_first", "day_first", "no_agency", "blank_rows", "in_future", "formulas")
        told = self.connection.execute(
            """SELECT count(*) FILTER (person IS NOT NULL AND early),
            count(*) FILTER (person IS NOT NULL AND NOT early),
            count(*) FILTER (person IS NOT NULL AND agency = ''),
            count(*) FILTER (person IS NULL),
            count(*) FILTER (day > $day),
            count(*) FILTER (agency[1] IN ('=', '+', '@')) FROM incoming""",
            {"day": day},
        ).fetchall()[0]
        return dict(zip(names, told, strict=True)) | {"doubled": self._doubled()}

    def _doubled(self) -> int:
        """How many rows say the same as one before, in all that is loaded of them."""
        columns = ", ".join(["person", "day", *(name for name, _, _ in sql_names(self.mapping))])
        told = self.connection.execute(
            f"""SELECT coalesce(sum(n - 1), 0)::BIGINT FROM (SELECT count(*) AS n FROM incoming
            WHERE person IS NOT NULL GROUP BY hash({columns}) HAVING n > 1)"""
        ).fetchone()
        return int(told[0]) if told else 0

    def given(self) -> tuple[Source, ...]:
        """The files, and how many rows each gave."""
        return tuple(
            Source(name=source.name, sha256=source.sha256, rows=rows)
            for source, rows in zip(self.sources, self.rows, strict=True)
        )

    def _read_one(self, number: int, source: SourceFile, about: int) -> int:
        columns, before = self._columns[number], sum(self.rows)
        share = max(1, about // len(self.sources))

        def tick(done: float) -> None:
            rows = before + int(done * share)
            self.report(Progress("understanding", rows, max(about, rows)))

        try:
            return staging.read_in(self.connection, number, source, columns, self.mapping, tick)
        except duckdb.InterruptException:
            raise
        except duckdb.Error:
            if not self.wishes.load_the_rest or source.parquet:
                raise
        mended, rejected = mend(source, self.folder / f"mended-{number}.csv")
        self.sources[number - 1] = mended
        self.rejects += rejected
        return staging.read_in(self.connection, number, mended, columns, self.mapping, tick)

    def _about_rows(self, files: Sequence[Path]) -> int:
        """How many rows there are, judged by the length of the first ones."""
        size = sum(source.path.stat().st_size for source in self.sources)
        first = next((source for source in self.sources if not source.parquet), None)
        if first is None:
            return sum(path.stat().st_size for path in files) // 8
        with first.path.open("rb") as file:
            piece = file.read(1 << 20)
        return size * max(piece.count(b"\n"), 1) // max(len(piece), 1)

    def _prepare(self, files: Sequence[Path]) -> list[SourceFile]:
        total = sum(path.stat().st_size for path in files if path.is_file())
        done, sources, problems = 0, list[SourceFile](), list[Problem]()
        wanted = tuple(heading for _, heading in self.mapping.fields())

        def read(size: int) -> None:
            nonlocal done
            done += size
            self.report(Progress("reading", done, total))

        for number, path in enumerate(files, 1):
            try:
                sources.append(prepare(path, number, wanted, self.folder, read))
            except Problems as found:
                problems += found.problems
        _raise(problems)
        return sources

    def _find_columns(self) -> dict[int, list[Column]]:
        columns, problems = {}, list[Problem]()
        for number, source in enumerate(self.sources, 1):
            try:
                columns[number], dropped = columns_of(self.connection, source, self.mapping, self.wishes.keep)
                self.dropped += dropped
            except Problems as found:
                problems += found.problems
        problems += _kept_in_vain(self.wishes.keep, columns)
        _raise(problems)
        return columns

    def _identifying(self) -> list[Problem]:
        """Leaves out columns of categories whose values identify; a column that is needed is a problem."""
        names = ", ".join(dict.fromkeys(source.name for source in self.sources))
        problems, rows = list[Problem](), sum(self.rows)
        for name, field_, heading in (("person", "person", self.mapping.person), *sql_names(self.mapping)):
            kind = value_kind(field_, self._values(name), rows)
            if kept(heading, self.wishes.keep):
                problems += [_own_words(names, heading)] if kind in WORDS else []
            elif kind is not None and field_ in NEEDED:
                problems.append(identifying(names, field_, heading, kind))
            elif kind is not None:
                staging.leave_out(self.connection, name)
                self.dropped.append(Dropped(names, heading, kind))
        return problems

    def _values(self, name: str) -> list[str]:
        """Different values of a column of ``incoming`` (a name from this package, never from outside)."""
        rows = self.connection.execute(
            f"SELECT DISTINCT {name} FROM incoming WHERE {name} IS NOT NULL ORDER BY hash({name})"
            f" LIMIT {_LOOKED_AT}"
        )
        return [row[0] for row in rows.fetchall()]

    def _no_rows(self) -> Problem:
        where = ", ".join(source.name for source in self.sources)
        return Problem(
            message("there are no rows under the headings"), message("send a file with rows"), where
        )


def _own_words(where: str, heading: str) -> Problem:
    what = message(
        'the column "{heading}" holds somebody\'s own words, which are never loaded', heading=heading
    )
    return Problem(what, message("leave it out"), where, None, heading)


def _kept_in_vain(keep: Mapping[str, str], columns: Mapping[int, Sequence[Column]]) -> list[Problem]:
    """Reasons that are missing, and reasons to keep what is not loaded at all."""
    there = {normal(column.heading) for found in columns.values() for column in found}
    problems = []
    for heading, reason in keep.items():
        if not reason.strip():
            what = message('there is no reason for keeping "{heading}"', heading=heading)
            problems.append(Problem(what, message("say why it is needed"), "keep", None, heading))
        elif columns and normal(heading) not in there:
            what = message(
                '"{heading}" is kept for a reason, but it is not among the columns to load', heading=heading
            )
            problems.append(
                Problem(what, message("say what it holds, or do not keep it"), "keep", None, heading)
            )
    return problems


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise Problems(problems)
