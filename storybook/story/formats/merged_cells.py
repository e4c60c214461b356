"""Cells of a workbook that were merged over several rows: what stands in the first holds for all of them.

openpyxl does not tell of them when it reads a sheet row by row, so they are looked up in the sheet's own XML, where
they stand after all rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any, Final

from openpyxl.utils import range_boundaries

from .tables import Cell, Row

_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
#: Bytes at the end of a sheet in which they are looked for.
_END: Final = 4 * 1024 * 1024


@dataclass(slots=True)
class Merged:
    """Cells merged from row ``first`` to row ``last`` (from 1) in the column at ``place`` (from 0)."""

    place: int
    first: int
    last: int
    value: Cell = ""


def merged_down(data: bytes, sheet: Any) -> list[Merged]:
    """What is merged over more than one row in ``sheet`` of the workbook ``data``."""
    ranges = (range_boundaries(found.decode()) for found in _MERGED.findall(_end_of(data, sheet)))
    return [
        Merged(left - 1, top, bottom)
        for left, top, _, bottom in ranges
        if left and top and bottom and bottom > top
    ]


def filled_down(row: Row, merged: list[Merged]) -> Row:
    """``row`` with the values that merged cells give it; rows come in order."""
    cells = list(row.cells)
    for one in merged:
        if one.place < len(cells) and one.first <= row.line <= one.last:
            if row.line == one.first:
                one.value = cells[one.place]
            else:
                cells[one.place] = one.value
    return Row(row.line, tuple(cells))


def _end_of(data: bytes, sheet: Any) -> bytes:
    end, path = b"", sheet._worksheet_path.lstrip("/")  # noqa: SLF001 - openpyxl says it nowhere else
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(path) as part:
        while chunk := part.read(_END // 4):
            end = (end + chunk)[-_END:]
    return end
