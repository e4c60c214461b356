"""One load under way: files are made ready, read, checked, and what is in doubt is left out or told."""
# ruff: noqa: S608 - names and columns are this module's own

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
from ..dataset.mapping import ColumnMapping, Wishes
from . import coding, noticing, row_problems, staging
from .coding import Coded
from .columns import NEEDED, Column, Dropped, columns_of, identifying, kept, sql_names
from .identifier_kinds import WORDS
from .identifiers import value_kind
from .rejects import mend, write_rejects
from .source_files import SourceFile, normal, prepare
from .staging import Laid

#: So many different values of a column are looked at for signs of who somebody is; no category has more.
_LOOKED_AT: Final = 20_000
#: The share of the time of understanding that reading takes; the other is making numbers of it.
_READING: Final = 0.75


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
    laid: list[Laid] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    rejects: list[Problem] = field(default_factory=list)
    coded: tuple[Coded, ...] = ()
    _seen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _columns: Mapping[int, Sequence[Column]] = field(default_factory=dict)

    def read(self, files: Sequence[Path]) -> None:
        """Lays all rows by. Raises Problems."""
        self.sources = self._prepare(files)
        self._columns = self._find_columns()
        about, problems = self._about_rows(files), list[Problem]()
        for number, source in enumerate(self.sources, 1):
            self._tell(self._rows(), about)
            try:
                self.laid.append(self._read_one(number, source, about))
            except duckdb.InterruptException:
                raise
            except duckdb.Error:  # its words repeat the row, so they are not passed on
                problems += row_problems.misread(source)
        _raise(problems)

    def check(self) -> None:
        """Fills the table ``incoming``, but for columns that say too much. Raises Problems."""
        coding.number_marks(self.connection, self.laid)
        left_out, problems = self._identifying()
        names = [name for name, _, _ in sql_names(self.mapping)]
        raw = {name: () if name in left_out else self._all_values(name) for name in names}
        self.coded = coding.number_rows(self.connection, self.laid, raw, self.mapping, self._coding)
        problems += self._leave_out_rows([name for name in names if name not in left_out])
        _raise(problems)
        staging.forget(self.connection, self.laid)
        there = self.connection.execute("SELECT 1 FROM incoming WHERE who IS NOT NULL LIMIT 1").fetchone()
        if there is None:
            _raise([self._no_rows()])

    def _leave_out_rows(self, names: Sequence[str]) -> list[Problem]:
        """Rows that say too little: problems, or rejects where the rest is to be loaded."""
        wrong = noticing.wrong(self.connection, self.coded)
        if not noticing.any_wrong(self.connection, wrong):
            return []
        staging.show(self.connection, self.laid, self.mapping)
        most = None if self.wishes.load_the_rest else row_problems.LISTED + 1
        bad, total = row_problems.rows_wrong(self.connection, self.sources, self._columns, names, most)
        if not self.wishes.load_the_rest:
            return row_problems.cut(bad, total)
        self.rejects += bad
        self.connection.execute(f"DELETE FROM incoming WHERE {wrong}")
        there = "SELECT who FROM incoming WHERE who IS NOT NULL"
        self.connection.execute(f"DELETE FROM marks WHERE who NOT IN ({there})")
        return []

    def write_rejects(self, path: Path) -> int:
        """Lists beside the version what was left out, if anything was; gives back how many rows."""
        return write_rejects(path, self.rejects) if self.rejects else 0

    def noticed(self, day: dt.date) -> dict[str, int]:
        """What is worth telling about the rows: fields of a LoadReport."""
        return noticing.noticed(self.connection, self.coded, day)

    def given(self, digests: Sequence[str]) -> tuple[Source, ...]:
        """The files, their SHA-256 among ``digests``, and how many rows each gave."""
        return tuple(
            Source(name=source.name, sha256=digest, rows=laid.rows)
            for source, digest, laid in zip(self.sources, digests, self.laid, strict=True)
        )

    def _read_one(self, number: int, source: SourceFile, about: int) -> Laid:
        columns, before = self._columns[number], self._rows()
        share = max(1, about // len(self.sources))

        def tick(done: float) -> None:
            self._tell(before + int(done * share), about)

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

    def _rows(self) -> int:
        return sum(one.rows for one in self.laid)

    def _tell(self, rows: int, about: int) -> None:
        """Says how far reading is: so many rows of the whole, when they still have to be made into numbers."""
        self.report(Progress("understanding", int(rows * _READING), max(about, rows, 1)))

    def _coding(self, share: float) -> None:
        rows = self._rows()
        self.report(Progress("understanding", int(rows * (_READING + (1 - _READING) * share)), max(rows, 1)))

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

    def _identifying(self) -> tuple[list[str], list[Problem]]:
        """Columns of categories to leave out as their values identify; a column that is needed is a problem."""
        names = ", ".join(dict.fromkeys(source.name for source in self.sources))
        left_out, problems, rows = list[str](), list[Problem](), self._rows()
        for name, field_, heading in (("person", "person", self.mapping.person), *sql_names(self.mapping)):
            kind = value_kind(field_, self._values(name), rows)
            if kept(heading, self.wishes.keep):
                problems += [_own_words(names, heading)] if kind in WORDS else []
            elif kind is not None and field_ in NEEDED:
                problems.append(identifying(names, field_, heading, kind))
            elif kind is not None:
                left_out.append(name)
                self.dropped.append(Dropped(names, heading, kind))
        return left_out, problems

    def _values(self, name: str) -> tuple[str, ...]:
        """Different values of a column as they would be loaded."""
        if name == "person":
            return coding.marks_of(self.connection, _LOOKED_AT)
        values = self._seen[name] = staging.texts(self.connection, self.laid, name, _LOOKED_AT)
        return tuple(coding.merged(value, self.mapping) for value in values) if name == "agency" else values

    def _all_values(self, name: str) -> tuple[str, ...]:
        """Every value of a column, in order."""
        values = self._seen[name]
        if len(values) == _LOOKED_AT:
            values = staging.texts(self.connection, self.laid, name, None)
        return tuple(sorted(values))

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
