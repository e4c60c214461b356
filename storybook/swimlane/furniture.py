"""What frames the picture: caption, "fictional" stamp, sector headings, rules, watermark.

They are in the layout, so that no renderer can leave them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..anonymise.shown import Shown
from ..story.messages import message
from .geometry import Shape, Text, near
from .labels import Pen
from .roles import Look, Role
from .words import Say

#: Distance between two watermarks, in heights of their letters.
EVERY = 3.2


@dataclass(frozen=True, slots=True)
class Piece:
    """Something finished that ends at ``bottom``."""

    bottom: float
    texts: tuple[Text, ...]
    shapes: tuple[Shape, ...] = ()


def head(shown: Shown, pen: Pen, say: Say, top: float) -> Piece:
    """The caption at the left; "Fictional story" in a frame at the right, or under it where there is no room."""
    sizes = pen.sizes
    room = sizes.width - 2 * sizes.margin
    stamp = say(message("Fictional story")) if shown.fictional else ""
    aside = pen.width(Role.FICTIONAL, stamp) + 20 if stamp else 0
    lines = pen.wrap(Role.CAPTION, shown.caption, room - aside - 20, 3) or ("",)
    caption = pen.text(Role.CAPTION, sizes.margin, top, lines, shown.caption)
    if not stamp:
        return Piece(near(caption.box.bottom + 14), (caption,))
    text = pen.text(Role.FICTIONAL, sizes.width - sizes.margin - 10, top + 5, (stamp,), stamp, end=True)
    return Piece(near(caption.box.bottom + 14), (caption, text), (_frame(text),))


def sector(label: str, pen: Pen, top: float) -> Piece:
    """A strong rule, the group's name in the column under it; without a column the name stands over the rule."""
    sizes = pen.sizes
    room = sizes.left - 14 if sizes.left else sizes.width - 2 * sizes.margin
    lines = pen.wrap(Role.SECTOR, label, room, 2)
    height = pen.height(Role.SECTOR, len(lines)) if lines else 0
    y = top + sizes.sector_gap if sizes.left else top + max(sizes.sector_gap, height + 12)
    start = y + sizes.lane_pad if sizes.left else y - height - 3
    texts = (pen.text(Role.SECTOR, sizes.margin, start, lines, label),) if lines else ()
    return Piece(near(y), texts, tuple(rule(Look.SECTOR_RULE, y, pen)))


def rule(look: Look, y: float, pen: Pen) -> Iterator[Shape]:
    """A line from margin to margin: through the plot, and through the columns beside it, which stay in a zoom."""
    sizes, y = pen.sizes, near(y)
    x0, x3 = sizes.margin, sizes.width - sizes.margin
    x1, x2 = x0 + sizes.left, x3 - sizes.right
    for lo, hi, zooms in ((x0, x1, False), (x1, x2, True), (x2, x3, False)):
        if hi > lo:
            yield Shape(look, ((lo, y), (hi, y)), closed=False, zooms=zooms)


def watermark(pen: Pen, say: Say, height: float) -> Iterator[Text]:
    """The word "DRAFT" again and again down the picture, behind everything."""
    words = say(message("DRAFT"))
    letters = pen.height(Role.WATERMARK, 1)
    x = (pen.sizes.width - pen.width(Role.WATERMARK, words)) / 2
    for number in range(max(1, int((height - letters) / (letters * EVERY)) + 1)):
        yield pen.text(Role.WATERMARK, x, near(pen.sizes.margin + number * letters * EVERY), (words,), words)


def _frame(text: Text) -> Shape:
    b = text.box
    x0, y0, x1, y1 = near(b.x - 9), near(b.y - 2), near(b.right + 9), near(b.bottom + 2)
    return Shape(Look.STAMP, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), zooms=False)
