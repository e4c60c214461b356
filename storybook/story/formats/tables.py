"""Tables as people send them, CSV (any delimiter) or a block pasted from a spreadsheet, as rows with line numbers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..messages import Message, message
from ..problems import Problems
from . import limits
from .text_files import decoded
from .trouble import refuse

Cell = str | int | float | bool | dt.date | dt.datetime

_DELIMITERS = (",", ";", "\t", "|")
#: A cell between tabs that begins with a quotation mark: one that closes at its end, or one that is the cell's own.
_OWN_MARK = re.compile(
    r'(?P<start>^|\t|(?<=[\r\n]))(?:(?P<whole>"(?:[^"]|"")*+"(?=\t|\r|\n|\Z))|(?P<cell>"[^\t\r\n]*))',
    re.MULTILINE,
)
_FORMULA = ("=", "+", "-", "@", "'", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``line`` is where it begins in the file, or its number in the sheet, from 1."""

    line: int
    cells: tuple[Cell, ...]

    def is_blank(self) -> bool:
        """Whether nothing stands in any cell."""
        return not any(str(cell).strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows that are not blank, in order, and what is worth saying about how they were read.

    ``day_zero``: days to add to a number that is a day, where a workbook counts them from 1904. ``hidden`` says what
    the sheet hides, whether it stands in ``rows`` or not.
    """

    where: str
    rows: tuple[Row, ...]
    notes: tuple[Message, ...] = ()
    day_zero: int = 0
    hidden: Message | None = None


def read_csv(data: bytes, where: str, *, delimiter: str | None = None) -> Table:
    """The rows of a CSV file. Raises Problems with line and column."""
    text, notes = decoded(data, where)
    return read_text(text, where, delimiter=delimiter, notes=notes)


def read_text(
    text: str, where: str, *, delimiter: str | None = None, notes: tuple[Message, ...] = ()
) -> Table:
    """The rows of CSV text, or of a block copied from a spreadsheet. Raises Problems with line and column."""
    first, text = _sep_line(text)
    delimiter = delimiter or first or _delimiter(text)
    rows = _all_rows(text, where, delimiter, 2 if first else 1)
    if not rows:
        raise refuse(where, message("the file is empty"), message("give a file with something in it"))
    if delimiter != ",":
        named = {"\t": message("tab"), ";": message("semicolon")}.get(delimiter, delimiter)
        notes = (*notes, message("a {delimiter} stands between the cells", delimiter=named))
    return Table(where, rows, notes)


def safe_cell(text: str) -> str:
    """``text`` so that no spreadsheet program takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """A cell without the apostrophe that kept it from being a formula; a quotation keeps its own."""
    return text[1:] if re.match(r"'[=+\-@'\t\r]", text) else text


def as_text(cell: Cell) -> str:
    """A cell of a sheet as the text that somebody typed."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def write_csv(rows: list[list[str]]) -> bytes:
    """``rows`` as CSV that Excel and LibreOffice open right: UTF-8 with its mark, no cell a formula."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([[safe_cell(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _sep_line(text: str) -> tuple[str | None, str]:
    """The delimiter that a first line such as ``sep=;`` names (Excel's way), and the text after it."""
    first, _, rest = text.partition("\n")
    if first.strip("\r").lower().startswith("sep=") and len(first.strip("\r")) == 5:
        return first[4], rest
    return None, text


def _delimiter(text: str) -> str:
    """The delimiter that stands as often in most of the first lines, outside quotation marks; else a comma."""
    lines = _counts(text[:20000])
    return max(_DELIMITERS, key=lambda delimiter: _evenness([line[delimiter] for line in lines]))


def _evenness(counts: list[int]) -> tuple[int, int]:
    """How many cells the lines with the commonest number of delimiters have; and how many the first has."""
    some = Counter(count for count in counts if count)
    return max((count * lines for count, lines in some.items()), default=0), next(filter(None, counts), 0)


def _counts(text: str) -> list[Counter[str]]:
    """How often each delimiter stands in each line, quoted ends of lines and delimiters left out."""
    lines, quoted = [Counter[str]()], False
    for character in text:
        quoted ^= character == '"'
        if character in "\r\n" and not quoted:
            lines.append(Counter())
        elif not quoted and character in _DELIMITERS:
            lines[-1][character] += 1
    return lines


def _rows(text: str, where: str, delimiter: str, first_line: int) -> Iterator[Row]:
    # The limit is the whole process's: never less than another needs.
    csv.field_size_limit(max(csv.field_size_limit(), limits.CELL))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = found = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _unreadable(str(error), where, begun + first_line) from error
        if cells is None:
            return
        row = Row(begun + first_line, tuple(cells))
        _check_size(row, where)
        if not row.is_blank():
            found += 1
            yield row
        if found > limits.ROWS:
            raise too_many_rows(where, row.line)
        begun = reader.line_num


def _all_rows(text: str, where: str, delimiter: str, first_line: int) -> tuple[Row, ...]:
    """Every row. Cells copied from Excel may begin with a quotation mark that is a part of them."""
    try:
        return tuple(_rows(text, where, delimiter, first_line))
    except Problems:
        if delimiter != "\t":
            raise
        return tuple(_rows(_OWN_MARK.sub(_quoted, text), where, delimiter, first_line))


def _quoted(found: re.Match[str]) -> str:
    if found["whole"] is not None:
        return found[0]
    return '{}"{}"'.format(found["start"], found["cell"].replace('"', '""'))


def _check_size(row: Row, where: str) -> None:
    if len(row.cells) > limits.COLUMNS:
        raise refuse(
            where,
            message("this line has {count} columns", count=len(row.cells)),
            message("give at most {most}", most=limits.COLUMNS),
            row.line,
        )


def too_many_rows(where: str, line: int) -> Problems:
    """The refusal of a table that goes on and on."""
    return refuse(
        where,
        message("there are more than {most} rows", most=limits.ROWS),
        message("give each story its own file"),
        line,
    )


def _unreadable(error: str, where: str, line: int) -> Problems:
    if "field larger" in error:
        return refuse(
            where,
            message("a cell has more than {most} characters", most=limits.CELL - 1),
            message("check that no quotation mark is missing"),
            line,
        )
    return refuse(
        where,
        message("the quotation marks of the line that begins here do not close"),
        message('put " around the whole cell, and write "" for a " inside it'),
        line,
    )
