"""Files that are packed: gzip and workbooks become plain CSV in the folder of the load, within limits."""

from __future__ import annotations

import csv
import gzip
import shutil
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from ...story.formats.tables import as_text
from ...story.messages import Message, message
from ...story.problems import Problem, Problems

_PIECE: Final = 1 << 20
_MEGABYTE: Final = 1 << 20
#: Text of rows packs to a tenth or a thirtieth of its size; what grows far more than that was made to fill a disk.
_MOST_TIMES: Final = 200
_HARMLESS: Final = 64 * _MEGABYTE
#: What always stays free on the disk.
_LEFT_FREE: Final = 256 * _MEGABYTE
#: A cell of a workbook that holds a formula or an error; no cell that a person typed begins so.
NO_VALUE: Final = "\x1aformula"


def gunzip(path: Path, new: Path) -> Path:
    """``path`` unpacked as ``new``; raises Problems."""
    try:
        with gzip.open(path, "rb") as packed, new.open("wb") as file:
            written = 0
            while piece := packed.read(_PIECE):
                written += len(piece)
                _stop_if_too_much(path, written, new.parent)
                file.write(piece)
    except (OSError, EOFError, zlib.error):
        what = message("this compressed file is broken")
        raise _problem(path, what, message("pack it again, or send it unpacked")) from None
    return new


def sheet_to_csv(path: Path, new: Path) -> Path:
    """The first sheet of a workbook that has rows, as CSV: row 7 of the sheet is line 7. Raises Problems."""
    _check_packing(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl warns of looks (styles, validation) that we do not read
            book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
            try:
                filled = any(_write(_rows(sheet), new) for sheet in book.worksheets)
            finally:
                book.close()
    except Problems:
        raise
    except Exception as error:  # openpyxl lets through whatever a broken workbook makes its parts raise
        what = message("this workbook is broken or locked")
        raise _problem(path, what, message("open it in Excel and save it as .xlsx or CSV UTF-8")) from error
    if not filled:
        what = message("this workbook has no rows")
        raise _problem(path, what, message("send one with a line of headings and rows under it"))
    return new


def _stop_if_too_much(path: Path, written: int, folder: Path) -> None:
    if written > _HARMLESS and written > _MOST_TIMES * path.stat().st_size:
        what = message("this file grows to more than {times} times its size", times=_MOST_TIMES)
        raise _problem(path, what, message("send it unpacked"))
    if shutil.disk_usage(folder).free < _LEFT_FREE:
        what = message("there is no room on this disk to unpack it")
        raise _problem(path, what, message("make room, or send fewer rows"))


def _check_packing(path: Path) -> None:
    """Refuses what is no workbook, and one that grows far beyond its size."""
    save = message("save it as CSV, XLSX or Parquet and load that")
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError):
        raise _problem(path, message("this workbook or zip file is broken or locked"), save) from None
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        what = message("this is a zip file, not a table")
        raise _problem(path, what, message("unpack it and load the files in it"))
    size = sum(entry.file_size for entry in entries)
    if size > _HARMLESS and size > _MOST_TIMES * path.stat().st_size:
        what = message("this file grows to more than {times} times its size", times=_MOST_TIMES)
        raise _problem(path, what, message("copy the rows into a new workbook"))


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what the file says of its own size need not be true
    for cells in sheet.iter_rows():
        row = [_text(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        yield row


def _text(cell: Any) -> str:
    if cell.value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return NO_VALUE
    return " ".join(as_text(cell.value).split()) if isinstance(cell.value, str) else as_text(cell.value)


def _write(rows: Iterable[list[str]], new: Path) -> bool:
    """Writes the rows, each as wide as the headings or wider; says whether any cell was filled."""
    wide = 0
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in rows:
            wide = wide or len(row)
            if row:
                writer.writerow(row + [""] * (wide - len(row)))
            else:
                file.write("\n")
    return wide > 0


def _problem(path: Path, what: Message, instead: Message) -> Problems:
    return Problems([Problem(what, instead, path.name)])
