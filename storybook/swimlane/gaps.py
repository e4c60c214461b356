"""Gaps: hatched stretches with their kind in words."""

from __future__ import annotations

from collections.abc import Iterator

from ..anonymise.shown import ShownGap
from .geometry import Box, GapMark, Shape, Text, near
from .labels import Pen
from .lanes import Plan, Seat
from .looks import THICK
from .roles import Look, Role

#: Room that is kept free of strokes around words.
FREE = 5.0
HEIGHT = THICK[Look.GAP_HATCH] + 2.0


def gap_mark(seat: Seat, plan: Plan, top: float, lane: int | None, pen: Pen) -> GapMark:
    """A seated gap in a lane (or across all: ``lane`` None) whose first row starts at ``top``."""
    gap = seat.body.source
    lo, hi = seat.body.thing.body
    y = top + plan.top(seat.row)
    box = Box(near(lo), near(y + (pen.sizes.row - HEIGHT) / 2), near(hi - lo), HEIGHT)
    taken = Box(near(seat.arrangement.lo), box.y, near(seat.arrangement.hi - seat.arrangement.lo), box.h)
    full = _full(gap) if isinstance(gap, ShownGap) else ""
    return GapMark(seat.body.key, lane, seat.row, box, taken, _label(seat, y, pen), full)


def gap_shapes(gap: GapMark) -> Iterator[Shape]:
    """Its box, hatched where no words stand."""
    box, label = gap.box, gap.label
    if label and label.box.x < box.right and label.box.right <= box.right and label.box.overlaps(box):
        rest = near(label.box.right + FREE)
        yield from hatched(box, from_=rest)
    else:
        yield from hatched(box)


def hatched(box: Box, zooms: bool = True, from_: float | None = None) -> Iterator[Shape]:
    """A box of paper colour, so that nothing behind it blurs its strokes, hatched from ``from_`` on."""
    corners = (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)
    yield Shape(Look.GAP, corners, zooms=zooms)
    start = box.x if from_ is None else from_
    if start < box.right:
        middle = near(box.y + box.h / 2)
        yield Shape(Look.GAP_HATCH, ((start, middle), (box.right, middle)), closed=False, zooms=zooms)


def _label(seat: Seat, y: float, pen: Pen) -> Text | None:
    way = seat.arrangement
    if not way.lines:
        return None
    top = y + pen.sizes.row if way.below else pen.middle(Role.GAP, y + pen.sizes.row / 2)
    return pen.text(Role.GAP, way.x, top, way.lines, seat.body.thing.words, hold=way.hold)


def _full(gap: ShownGap) -> str:
    return ", ".join(part for part in (gap.when.text, gap.kind_label, gap.note) if part)
