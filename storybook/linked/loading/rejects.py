"""Rows that are left out when an analyst chose to load the rest: told by line and column, never by value."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ...story.messages import say
from ...story.problems import Problem
from .byte_looks import LONGEST_LINE
from .row_problems import open_quote, ragged
from .source_files import SourceFile

_HEADINGS: Final = ("file", "line", "column", "reason")
#: A record may go over this many lines before an open quotation mark is taken for a slip of the pen.
_LINES: Final = 200


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    text: str
    fields: int
    closed: bool


def mend(source: SourceFile, new: Path) -> tuple[SourceFile, list[Problem]]:
    """A copy of a CSV file without the rows that are no rows, every other one on the line where it was.

    Gives back the copy and what was left out.
    """
    wide, rejected = len(source.headings), list[Problem]()
    with (
        source.path.open(encoding="utf-8-sig", newline="") as old,
        new.open("w", encoding="utf-8", newline="") as file,
    ):
        for _ in range(source.skip):
            file.write(next(old))
        for number, record in enumerate(_records(old, source.skip, source.delimiter)):
            bad = _wrong(source.name, record, wide) if number else None
            file.write(record.text if bad is None else "\n" * record.text.count("\n"))
            if bad is not None:
                rejected.append(bad)
    return replace(source, path=new), rejected


def write_rejects(path: Path, problems: Iterable[Problem]) -> int:
    """``rejects.csv``: file, line, column and reason of each cell that was no good. Gives back how many rows."""
    rows = set()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADINGS)
        for problem in problems:
            rows.add((problem.where, problem.line))
            reason = f"{say(problem.what)}; {say(problem.instead)}"
            writer.writerow((problem.where, problem.line or "", problem.column or "", reason))
    return len(rows)


def _wrong(name: str, record: _Record, wide: int) -> Problem | None:
    if not record.closed:
        return open_quote(name, record.line)
    if record.fields not in (0, wide):
        return ragged(name, record.line, record.fields, wide)
    return None


def _records(lines: Iterable[str], skip: int, delimiter: str) -> Iterator[_Record]:
    """Records as they are written; a line that opens a quotation mark and never closes it is one by itself."""
    csv.field_size_limit(LONGEST_LINE)
    waiting, number, source = list[str](), skip, iter(lines)
    for line in source:
        waiting.append(line)
        while waiting:
            taken = _one_record(waiting, source, delimiter)
            text = "".join(waiting[: taken.lines])
            yield _Record(number + 1, text, taken.fields, taken.closed)
            number += taken.lines
            del waiting[: taken.lines]


@dataclass(frozen=True, slots=True)
class _Taken:
    lines: int
    fields: int
    closed: bool


def _one_record(waiting: list[str], source: Iterator[str], delimiter: str) -> _Taken:
    """The record at the beginning of ``waiting``, which gets more lines from ``source`` if need be."""
    for count in range(1, _LINES + 1):
        if count > len(waiting):
            more = next(source, None)
            if more is None:
                break
            waiting.append(more)
        fields = _fields("".join(waiting[:count]), delimiter)
        if fields is not None:
            return _Taken(count, fields, closed=True)
    return _Taken(1, 0, closed=False)


def _fields(text: str, delimiter: str) -> int | None:
    """How many fields a whole record has; None while a quotation mark is open."""
    if text.count('"') % 2:
        return None
    try:
        return len(next(csv.reader([text], delimiter=delimiter, strict=True), []))
    except csv.Error:
        return None
