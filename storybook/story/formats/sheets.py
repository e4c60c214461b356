"""The sheet of an Excel workbook that holds the chronology, as rows.

Formulas are refused by cell: what they would say is not in the file.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ..messages import message
from ..problems import Problems
from . import limits
from .headings import SEARCHED, recognised_in
from .hidden_cells import Hidden, hidden_in
from .merged_cells import Merged, filled_down, merged_down
from .tables import Cell, Row, Table, too_many_rows
from .text_files import too_large
from .trouble import Trouble, refuse

_EMPTY: Final = (message("the file is empty"), message("give a file with something in it"))
_HIDDEN: Final = (
    message("everything in this workbook is on hidden sheets"),
    message("show the sheet that is meant, and save"),
)
_ALL_HIDDEN: Final = (
    message('everything in the sheet "{name}" is hidden'),
    message("show the rows and columns that are meant, and save"),
)
#: Days between the first days of the two calendars that workbooks count from.
_FROM_1904: Final = 1462
_SAVE: Final = message("open it in Excel and save it as .xlsx or CSV UTF-8")


def read_xlsx(data: bytes, where: str, *, hidden: bool = False) -> Table:
    """The rows of the sheet that is the chronology; hidden rows and columns of it only if ``hidden``.

    Raises Problems with row and cell.
    """
    if len(data) > limits.FILE:
        raise too_large(where, len(data))
    try:
        _check_packing(data, where)
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl warns of looks (styles, validation) that we do not read
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            return _best_sheet(book, data, where, hidden)
    except Problems:
        raise
    except Exception as error:  # openpyxl lets through whatever a broken workbook makes its parts raise
        raise refuse(where, message("the workbook is broken or locked"), _SAVE) from error


def _check_packing(data: bytes, where: str) -> None:
    """Refuse a workbook that grows to more than it may, and one that is no workbook of Excel."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
        if "xl/workbook.xml" not in packed.namelist():
            raise refuse(where, message("this is not a workbook of Excel"), _SAVE)
        if sum(entry.file_size for entry in entries) > 4 * limits.FILE or len(entries) > 2000:
            raise refuse(
                where,
                message("the workbook grows to more than {most} MB", most=4 * limits.FILE // limits.MEGABYTE),
                message("copy the rows into a new workbook"),
            )


def _best_sheet(book: Any, data: bytes, where: str, hidden: bool) -> Table:
    """The rows of the sheet that looks most like a chronology. What is hidden was not meant to be given: it stays."""
    peeks = {sheet.title: _peek(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"}
    filled = [title for title, rows in peeks.items() if rows]
    if not filled:
        hidden = any(map(_peek, book.worksheets))
        raise refuse(where, *(_HIDDEN if hidden else _EMPTY))
    best = max(filled, key=lambda title: recognised_in(peeks[title]))
    unseen = hidden_in(data, book[best])
    rows = tuple(_rows(book[best], where, merged_down(data, book[best]), Hidden() if hidden else unseen))
    seen = rows if hidden else tuple(row for row in map(unseen.left_out, rows) if not row.is_blank())
    if not seen:
        raise refuse(where, message(_ALL_HIDDEN[0].id, name=best), _ALL_HIDDEN[1])
    notes = [message('only the sheet "{name}" was read', name=best)] if len(book.sheetnames) > 1 else []
    alike = [title for title in filled if title != best and recognised_in(peeks[title]) > 1]
    notes += [
        message(
            'the sheet "{name}" looks like a chronology too; bring it in from a file of its own', name=title
        )
        for title in alike
    ]
    day_zero = _FROM_1904 if book.epoch == CALENDAR_MAC_1904 else 0
    return Table(where, _evened(seen), tuple(notes), day_zero, unseen.said(rows))


def _peek(sheet: Any) -> tuple[Row, ...]:
    """The first rows that hold anything, formulas and all, to see what kind of sheet it is."""
    sheet.reset_dimensions()  # what the file says of its own size need not be true
    lines = enumerate(islice(sheet.iter_rows(values_only=True), limits.ROWS), 1)
    rows = (Row(n, tuple(_value(value) for value in line[: limits.COLUMNS])) for n, line in lines)
    return tuple(islice((row for row in rows if not row.is_blank()), SEARCHED))


def _evened(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Every row as long as the longest: a sheet has no line that is too long, only columns without a heading."""
    longest = max(len(row.cells) for row in rows)
    return tuple(Row(row.line, row.cells + ("",) * (longest - len(row.cells))) for row in rows)


def _rows(sheet: Any, where: str, merged: list[Merged], unseen: Hidden) -> Iterator[Row]:
    trouble, found = Trouble(where), 0
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = _row(number, cells, trouble, unseen)
        if not row.is_blank():
            found += 1
            yield filled_down(row, merged)
        if found > limits.ROWS or number > 4 * limits.ROWS:
            raise too_many_rows(where, number)
    trouble.stop_if_any()


def _row(number: int, cells: tuple[Any, ...], trouble: Trouble, unseen: Hidden) -> Row:
    if len(cells) > limits.COLUMNS:
        if any(cell.value is not None for cell in cells[limits.COLUMNS :]):
            trouble.add(
                message("this line has {count} columns", count=len(cells)),
                message("give at most {most}", most=limits.COLUMNS),
                number,
            )
            trouble.stop_if_any()
        cells = cells[: limits.COLUMNS]
    for place, cell in enumerate(cells, 1):
        if cell.data_type in ("f", "e") and number not in unseen.rows and place - 1 not in unseen.columns:
            what = (
                message("the cell {cell} holds a formula")
                if cell.data_type == "f"
                else message("the cell {cell} holds an error")
            )
            trouble.add(
                message(what.id, cell=f"{get_column_letter(place)}{number}"),
                message("copy the column and paste it back as values"),
                number,
                place,
            )
    return Row(number, tuple(_value(cell.value) for cell in cells))


def _value(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str | bool | int | float | dt.date):
        return value
    return value.isoformat(timespec="minutes") if isinstance(value, dt.time) else str(value)
