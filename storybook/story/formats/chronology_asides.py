"""What in a worker's table is no contact (headings once more, notes, rulers, totals), and marks for "as above"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .headings import is_date
from .incoming import Column
from .tables import Cell, Row, as_text

_YEAR: Final = re.compile(r"[12]\d{3}")
#: A line drawn with signs, as under the headings of a table in Markdown.
_RULER: Final = frozenset("-:=_~*–—. ")
_TOTAL: Final = re.compile(r"(?:grand |sub|overall )?-?(?:total|sum|count|average|mean)s?\b.*", re.IGNORECASE)
_LONGEST: Final = 200
#: Without one of these a row tells of nothing that happened.
_TELLING: Final = frozenset(("agency", "summary", "detail", "response", "own_words"))
_DITTO: Final = frozenset(
    ('"', "''", "“", "”", "″", "〃", ",,", "„", '-"-', "-''-", "ditto", "do.", "as above", "same as above")
)
#: What a ditto mark may stand for; in a text it stays what somebody wrote.
_REPEATED: Final = ("date", "end", "agency", "sector", "people")


def is_aside(row: Row, columns: Sequence[Column]) -> bool:
    """Whether the row is no contact: headings, a ruler, totals, or one cell that says neither when nor what."""
    filled = [(n, text) for n, cell in enumerate(row.cells) if (text := as_text(cell).strip())]
    if all(len(text) > 1 and set(text[:_LONGEST]) <= _RULER for _, text in filled):
        return True
    fields = {n: columns[n].field if n < len(columns) else "?" for n, _ in filled}
    if len(filled) != 1:
        headings = [column.heading for column in columns]
        again = all(n < len(headings) and text == headings[n] for n, text in filled)
        return again or _is_total(filled[0][1], set(fields.values()))
    ((place, text),) = filled
    field = fields[place]
    return not field or (field == "date" and (_YEAR.fullmatch(text) is not None or not is_date(text)))


def _is_total(first: str, fields: set[str]) -> bool:
    return not fields & _TELLING and _TOTAL.fullmatch(first) is not None


class Above:
    """Puts in the place of a ditto mark what stands above it; ``lines`` are those in which it did."""

    def __init__(self) -> None:
        self.lines: list[int] = []
        self._last: dict[str, Cell] = {}

    def filled(self, cells: dict[str, Cell], line: int) -> dict[str, Cell]:
        """A row's cells by field; rows come in order."""
        marked = [
            field
            for field in _REPEATED
            if as_text(cells.get(field, "")).strip().lower() in _DITTO and field in self._last
        ]
        if marked:
            self.lines.append(line)
        found = cells | {field: self._last[field] for field in marked}
        self._last |= {field: found[field] for field in _REPEATED if field in found}
        return found
