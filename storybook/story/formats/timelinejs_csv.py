"""The sheet that TimelineJS reads, as CSV: one slide a row, under TimelineJS's own headings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..messages import Message, message
from .tables import Row, as_text, unguarded
from .timelinejs_parts import Slide, clock_of, time_of
from .trouble import Trouble, shortened

#: What stands under each heading. TimelineJS looks at headings without their spaces and capitals.
_COLUMNS: Final[Mapping[str, str]] = {
    "year": "year",
    "month": "month",
    "day": "day",
    "time": "time",
    "endyear": "end_year",
    "endmonth": "end_month",
    "endday": "end_day",
    "endtime": "end_time",
    "displaydate": "display_date",
    "headline": "headline",
    "text": "text",
    "media": "media",
    "mediacredit": "credit",
    "mediacaption": "caption",
    "mediathumbnail": "thumbnail",
    "type": "type",
    "group": "group",
    "tag": "group",
    "background": "background",
    "alttext": "alt",
    "mediaalttext": "alt",
}


def looks_like_csv(data: bytes) -> bool:
    """Whether the first line holds TimelineJS's own headings."""
    first = data[:4000].replace(b"\x00", b"").split(b"\n")[0].lower()
    return b"headline" in first and b"year" in first


def csv_slides(rows: tuple[Row, ...], trouble: Trouble) -> tuple[list[Slide], tuple[Message, ...]]:
    """The slides of all ``rows`` but the first, which holds the headings; and what was left out of them."""
    written = [as_text(cell).strip() for cell in rows[0].cells]
    headings = [_COLUMNS.get("".join(heading.lower().split()), "") for heading in written]
    _check_headings(headings, written, rows[0].line, trouble)
    trouble.stop_if_any()
    slides = [_slide(row, headings, trouble) for row in rows[1:]]
    trouble.stop_if_any()
    return slides, _left_out(headings, written)


def _check_headings(headings: list[str], written: list[str], line: int, trouble: Trouble) -> None:
    for needed in ("year", "headline"):
        if needed not in headings:
            trouble.add(
                message('there is no column "{name}"', name=needed.title()),
                message("use TimelineJS's own headings: Year, Month, Day, Headline, Text, Group …"),
                line,
            )
    for place, field in enumerate(headings):
        if field and field in headings[:place]:
            trouble.add(
                message('two columns are called "{name}"', name=shortened(written[place])),
                message("keep one of them, or give the other another heading"),
                line,
            )


def _left_out(headings: list[str], written: list[str]) -> tuple[Message, ...]:
    left = [heading for heading, field in zip(written, headings, strict=True) if heading and not field]
    names = ", ".join(f'"{shortened(heading)}"' for heading in left)
    return (message("left out: {names}", names=names),) if left else ()


def _slide(row: Row, headings: list[str], trouble: Trouble) -> Slide:
    cells: dict[str, str] = {}
    for field, cell in zip(headings, row.cells, strict=False):
        if field and str(cell).strip():
            cells[field] = unguarded(str(cell))
    if any(str(cell).strip() for cell in row.cells[len(headings) :]):
        trouble.add(
            message("this line has more cells than there are headings"),
            message('put " around a cell that holds a comma'),
            row.line,
        )
    kind = cells.get("type", "").strip().lower()
    return Slide(
        line=row.line,
        kind=kind if kind in ("title", "era") else "event",
        start=_date(cells, ""),
        end=_date(cells, "end_"),
        shown=cells.get("display_date", ""),
        headline=cells.get("headline", ""),
        text=cells.get("text", ""),
        group=cells.get("group", ""),
        media=cells.get("media", ""),
        caption=cells.get("caption", ""),
        credit=cells.get("credit", ""),
        alt=cells.get("alt", ""),
        looks="background" in cells or "thumbnail" in cells,
    )


def _date(cells: dict[str, str], which: str) -> dict[str, str]:
    date = {key: cells.get(f"{which}{key}", "") for key in ("year", "month", "day", "time")}
    return date | {"time": time_of(clock_of(date["time"])) or date["time"]}
