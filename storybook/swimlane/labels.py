"""Where words may stand beside the thing they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from .geometry import Box, Text, near
from .metrics import Metrics, plain
from .roles import Role
from .sizes import Sizes

#: Pixels between a mark and its words, and inside a bar's or strip's end.
NEXT = 5.0


@dataclass(frozen=True, slots=True)
class Pen:
    """Sets text: the font's metrics with the type sizes of one width."""

    metrics: Metrics
    sizes: Sizes

    def width(self, role: Role, line: str) -> float:
        """Pixels that one line takes, rounded up."""
        return ceil(self.metrics.width(line, self.sizes.font[role], self.sizes.bold(role)))

    def wrap(self, role: Role, words: str, width: float, lines: int) -> tuple[str, ...]:
        """``words`` in at most ``lines`` lines of ``width`` pixels."""
        return self.metrics.wrap(words, self.sizes.font[role], width, lines, self.sizes.bold(role))

    def longest(self, role: Role, lines: tuple[str, ...]) -> float:
        """Pixels that the widest line takes, rounded up."""
        return ceil(self.metrics.longest(lines, self.sizes.font[role], self.sizes.bold(role)))

    def height(self, role: Role, lines: int) -> float:
        """Pixels from the top of the first line's tallest letter to the foot of the last line's deepest."""
        size = self.sizes.font[role]
        line = self.rise(role) + ceil(size * self.metrics.descent)
        return (lines - 1) * self.sizes.leading(role) + line

    def rise(self, role: Role) -> float:
        """From a line's baseline to the top of its box, in whole pixels as browsers count it."""
        return ceil(self.sizes.font[role] * self.metrics.ascent)

    def text(
        self, role: Role, x: float, top: float, lines: tuple[str, ...], full: str, *, end: bool = False,
        hold: float | None = None,
    ) -> Text:  # fmt: skip
        """Lines whose box starts at ``top``; ``x`` is their left edge, or their right one if ``end``."""
        size, bold = self.sizes.font[role], self.sizes.bold(role)
        widths = tuple(self.metrics.width(line, size, bold) for line in lines)
        width = ceil(max(widths, default=0))
        box = Box(near(x) - width if end else near(x), near(top), width, self.height(role, len(lines)))
        baseline = near(top) + self.rise(role)
        leading = self.sizes.leading(role)
        return Text(role, near(x), baseline, lines, full, size, leading, box, widths, end, bold, hold)

    def middle(self, role: Role, centre: float) -> float:
        """The ``top`` at which one line's small letters stand in the middle of ``centre``."""
        return centre + self.sizes.font[role] * 0.33 - self.rise(role)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that takes a stretch of a lane and may have words: ``body`` all of it, ``inner`` room inside it."""

    body: tuple[float, float]
    words: str
    role: Role
    inner: tuple[float, float] | None = None
    #: The x that all of it stays with in a zoom; None for a stretch, whose ends move apart.
    hold: float | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A thing with its words (or without: no lines).

    ``lo`` to ``hi`` is what both take, ``x`` where the words start, ``hold`` the x they stay with in a zoom.
    """

    lo: float
    hi: float
    x: float = 0
    lines: tuple[str, ...] = ()
    below: bool = False
    hold: float | None = None


def arrangements(thing: Thing, pen: Pen, lo: float, hi: float) -> Iterator[Arrangement]:
    """Every way to set the thing's words between ``lo`` and ``hi``, the best first; there is always one."""
    left, right = thing.body
    first, last = (left, right) if thing.hold is None else (thing.hold, thing.hold)
    sizes = pen.sizes
    if thing.inner and pen.width(thing.role, plain(thing.words)) <= thing.inner[1] - thing.inner[0]:
        yield Arrangement(left, right, thing.inner[0], (plain(thing.words),), hold=first)
        return
    lines = pen.wrap(thing.role, thing.words, min(sizes.label_width, hi - lo), sizes.label_lines)
    width = pen.longest(thing.role, lines)
    to_right, to_left = right + NEXT + width <= hi, left - NEXT - width >= lo
    if to_right:
        yield Arrangement(left, right + NEXT + width, right + NEXT, lines, hold=last)
    if to_left:
        yield Arrangement(left - NEXT - width, right, left - NEXT - width, lines, hold=first)
    if not (to_right or to_left):
        x = max(lo, min(left, hi - width))
        yield Arrangement(min(x, left), max(x + width, right), x, lines, below=True, hold=first)
