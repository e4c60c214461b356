"""Rows and columns that somebody hid in a sheet, or that a filter left out of sight.

What is hidden was perhaps not meant to be given, so it stays out unless it is asked for; that it is there is always
said. openpyxl tells of it only when it holds the whole sheet at once, so it is looked up in the sheet's own XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ..messages import Message, message
from . import limits
from .tables import Row

_TAG: Final = re.compile(rb"<(?:\w+:)?(row|col)(?=[\s/>])([^>]*)>")
_HIDDEN: Final = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
#: A row or column of no height or width can't be seen either.
_FLAT: Final = re.compile(rb"""\b(?:ht|width)\s*=\s*["']0(?:\.0*)?["']""")
_NUMBER: Final = re.compile(rb"""\b(r|min|max)\s*=\s*["'](\d{1,9})["']""")
_CHUNK: Final = 1024 * 1024
#: Letters of a tag that a chunk may cut in two.
_TAG_MOST: Final = 4096


@dataclass(frozen=True, slots=True)
class Hidden:
    """Numbers of rows (from 1) and places of columns (from 0) that can't be seen in a sheet."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()

    def left_out(self, row: Row) -> Row:
        """What of ``row`` can be seen; every cell stays at its place."""
        if row.line in self.rows:
            return Row(row.line, ("",) * len(row.cells))
        if not self.columns:
            return row
        return Row(row.line, tuple("" if n in self.columns else cell for n, cell in enumerate(row.cells)))

    def said(self, rows: tuple[Row, ...]) -> Message | None:
        """What of the sheet's ``rows`` is hidden, in words; None where nothing is."""
        lines = sum(row.line in self.rows for row in rows)
        columns = sum(any(n < len(row.cells) and row.cells[n] != "" for row in rows) for n in self.columns)
        parts = [
            (lines, message("{count} row", plural="{count} rows", count=lines)),
            (columns, message("{count} column", plural="{count} columns", count=columns)),
        ]
        there = [said for count, said in parts if count]
        if not there:
            return None
        return (
            there[0] if len(there) == 1 else message("{rows} and {columns}", rows=there[0], columns=there[1])
        )


def hidden_in(data: bytes, sheet: Any) -> Hidden:
    """What can't be seen in ``sheet`` of the workbook ``data``."""
    rows, columns, line = set[int](), set[int](), 0
    for kind, written in _tags(data, sheet):
        numbers = {name: int(value) for name, value in _NUMBER.findall(written)}
        line = numbers.get(b"r", line + 1) if kind == b"row" else line
        if not (_HIDDEN.search(written) or _FLAT.search(written)):
            continue
        if kind == b"row":
            rows.add(line)
        else:
            first = numbers.get(b"min", 1)
            columns.update(range(first - 1, min(numbers.get(b"max", first), limits.COLUMNS)))
    return Hidden(frozenset(rows), frozenset(columns))


def _tags(data: bytes, sheet: Any) -> Iterator[tuple[bytes, bytes]]:
    """Every row's and column's tag of the sheet's XML, in order, without holding all of it."""
    path, rest = sheet._worksheet_path.lstrip("/"), b""  # noqa: SLF001 - openpyxl says it nowhere else
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(path) as part:
        while chunk := part.read(_CHUNK):
            text, end = rest + chunk, 0
            for found in _TAG.finditer(text):
                yield found[1], found[2]
                end = found.end()
            rest = text[max(end, len(text) - _TAG_MOST) :]
