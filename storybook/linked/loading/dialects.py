"""How a CSV file is written: what separates its columns, what stands around a field, which line holds the headings."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from .byte_looks import LONGEST_LINE

#: Lines among which the headings are looked for: titles and notes may stand above them.
_LOOKED_AT: Final = 50
_SAMPLE: Final = 1 << 16
_LONGEST_HEADING: Final = 10_000
_DELIMITERS: Final = (",", ";", "\t", "|", ":", "^", "~", "\x1f", "\x01", "¦", "§", " ")
_SEP: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


class TooLong(Exception):
    """The line of headings is too long to be one."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """``skip`` lines come before the line of ``headings``. ``quote`` and ``escape`` are as Python's csv has them.

    A dialect that is not ``plain`` has to be written anew before DuckDB reads it.
    """

    delimiter: str
    skip: int
    headings: tuple[str, ...]
    quote: str = '"'
    escape: str | None = None
    spaced: bool = False

    @property
    def plain(self) -> bool:
        """Whether fields stand between double quotation marks, if any, with nothing before them."""
        return (self.quote, self.escape, self.spaced) == ('"', None, False)


def dialect_of(path: Path, wanted: Sequence[str]) -> Dialect:
    """The dialect of a UTF-8 file: what makes most of the ``wanted`` headings appear. Raises TooLong."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        first = list(itertools.islice(_short(lines), _LOOKED_AT))
    blank = len(list(itertools.takewhile(lambda line: not line.strip(), first)))
    told = _SEP.fullmatch(first[blank]) if blank < len(first) else None
    skip = blank + (1 if told else 0)
    marks = (told.group(1),) if told else _DELIMITERS
    quote = _quote(first[skip:], marks)
    mark, line, headings = _headings(first, skip, marks, quote, {normal(heading) for heading in wanted})
    return Dialect(
        mark, line, headings, quote, _escape(first[line:], quote), _spaced(first[line:], mark, quote)
    )


def write_plainly(path: Path, dialect: Dialect, new: Path) -> Dialect:
    """A copy of ``path`` in the plain dialect, every row on the lines where it was; raises csv.Error."""
    csv.field_size_limit(LONGEST_LINE)
    with (
        path.open(encoding="utf-8-sig", newline="") as old,
        new.open("w", encoding="utf-8", newline="") as file,
    ):
        for _ in range(dialect.skip):
            file.write("\n" * next(old).count("\n"))
        writer = csv.writer(file, delimiter=dialect.delimiter, lineterminator="\n")
        reader = csv.reader(old, **arguments(dialect))
        for row in reader:
            writer.writerow(row)
    return Dialect(dialect.delimiter, dialect.skip, dialect.headings)


def arguments(dialect: Dialect) -> dict[str, Any]:
    """What Python's csv.reader is told."""
    return {
        "delimiter": dialect.delimiter,
        "quotechar": dialect.quote,
        "escapechar": dialect.escape,
        "skipinitialspace": dialect.spaced,
        "strict": True,
    }


def normal(heading: str) -> str:
    """A heading as it is compared: case and spaces around and between do not matter."""
    return " ".join(heading.split()).casefold()


def _short(lines: TextIO) -> Iterator[str]:
    """Lines, the first ones only as long as headings can be."""
    while line := lines.readline(LONGEST_LINE):
        yield line


def _headings(
    first: list[str], skip: int, marks: Sequence[str], quote: str, wanted: set[str]
) -> tuple[str, int, tuple[str, ...]]:
    """(delimiter, lines before the headings, headings): the first line, or the first below it that has wanted ones."""
    best: tuple[str, int, tuple[str, ...]] = ("", skip, ())
    for line in range(skip, max(len(first), skip + 1)):
        found = {mark: _split(first[line:], mark, quote) for mark in marks}
        mark = max(marks, key=lambda mark: (_known(found[mark], wanted), len(found[mark])))
        if line == skip:
            best = (mark, line, found[mark])
        if _known(found[mark], wanted):
            return mark, line, found[mark]
        if not wanted:
            break
    return best


def _known(headings: Sequence[str], wanted: set[str]) -> int:
    return len(wanted & set(map(normal, headings)))


def _split(lines: list[str], delimiter: str, quote: str) -> tuple[str, ...]:
    csv.field_size_limit(LONGEST_LINE)
    try:
        fields = next(csv.reader(lines, delimiter=delimiter, quotechar=quote, skipinitialspace=True), [])
    except csv.Error:
        raise TooLong from None
    if any(len(heading) > _LONGEST_HEADING for heading in fields):
        raise TooLong
    return tuple(heading.strip() for heading in fields)


def _quote(lines: list[str], marks: Sequence[str]) -> str:
    """What stands around fields: a single quotation mark only if it begins and ends fields and no double one does."""
    text = "".join(lines)[:_SAMPLE]
    either = "|".join(re.escape(mark) for mark in marks if mark != " ")
    single = (
        len(re.findall(rf"(?:^|{either})'[^'\n]*'(?=$|{either}|\r)", text, re.MULTILINE)) if either else 0
    )
    return "'" if single > text.count('"') and single > 1 else '"'


def _escape(lines: list[str], quote: str) -> str | None:
    r"""A backslash, if that is how a quotation mark inside a field is written (``\"``) and doubling is not."""
    text = "".join(lines)[:_SAMPLE]
    inside = re.search(rf"\\{quote}(?!\s*[,;|\t\r\n])", text)
    return "\\" if inside and f"{quote}{quote}" not in text else None


def _spaced(lines: list[str], delimiter: str, quote: str) -> bool:
    """Whether quoted fields begin after a space: ``a, "b"``."""
    text = "".join(lines)[:_SAMPLE]
    return delimiter != " " and bool(re.search(rf"{re.escape(delimiter)} +{quote}", text))
