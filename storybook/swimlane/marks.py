"""The outlines of marks, bars and signs, for every renderer: points around the mark's place, in pixels.

Shapes follow the proportions of Plotly's symbols of the same name, so that a symbol there covers the outline here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin, sqrt

from .geometry import Bar, Mark, Point, Sample, near

#: Opacity of a bar's fading edge, from the sure part outwards.
FADES = (0.66, 0.4, 0.18)
ARROW = 7.0


def _corners(*points: Point) -> tuple[Point, ...]:
    return points


def _star(points: int, outer: float, inner: float) -> tuple[Point, ...]:
    turns = (pi * n / points - pi / 2 for n in range(2 * points))
    lengths = (inner if n % 2 else outer for n in range(2 * points))
    return tuple(
        (length * cos(turn), length * sin(turn)) for length, turn in zip(lengths, turns, strict=True)
    )


_T = 2 / sqrt(3)
_RIGHT = _corners((-0.5, -_T), (1, 0), (-0.5, _T))
#: Outlines for a radius of 1; a circle has none.
OUTLINES: dict[str, tuple[Point, ...]] = {
    "square": _corners((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": _corners((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle-up": _corners((-_T, 0.5), (0, -1), (_T, 0.5)),
    "triangle-down": _corners((-_T, -0.5), (0, 1), (_T, -0.5)),
    "triangle-right": _RIGHT,
    "triangle-left": tuple((-x, y) for x, y in _RIGHT),
    "pentagon": _corners((0.951, -0.309), (0.588, 0.809), (-0.588, 0.809), (-0.951, -0.309), (0, -1)),
    "hexagon": tuple((sin(pi * n / 3), cos(pi * n / 3)) for n in range(6)),
    "star": _star(5, 1.4, 1.4 * 0.382),
    "cross": _corners(
        (1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4),
        (-1.2, -0.4), (-0.4, -0.4), (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4),
    ),
    "hourglass": _corners((1, 1), (-1, 1), (1, -1), (-1, -1)),
    "bowtie": _corners((1, 1), (1, -1), (-1, 1), (-1, -1)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of a sign, as offsets from the mark's place."""

    points: tuple[Point, ...]


def people_lines(mark: Mark | Sample, of: int) -> Iterator[Stroke]:
    """In a story of two: a line above the mark for the first, below it for the second."""
    if of != 2:
        return
    away = (mark.bar.h / 2 if mark.bar else mark.r * 1.2) + 2
    half = mark.r + 1
    for person in mark.people:
        y = near(away if person else -away)
        yield Stroke(((-half, y), (half, y)))


def signs(mark: Mark | Sample, retelling: bool, disputed: bool) -> Iterator[Stroke]:
    """Small signs at the mark's upper right: two ticks like a closing quotation mark (told again), a crossed = ."""
    x, y = near(mark.r * 1.3 + 2), -near(mark.r * 0.9)
    if retelling:
        yield Stroke(((x + 1.5, y - 3), (x, y + 2)))
        yield Stroke(((x + 5, y - 3), (x + 3.5, y + 2)))
    if disputed:
        low = near(mark.r * 0.6)
        yield Stroke(((x, low - 1.5), (x + 6, low - 1.5)))
        yield Stroke(((x, low + 1.5), (x + 6, low + 1.5)))
        yield Stroke(((x + 1, low + 4), (x + 5, low - 4)))


def flags(mark: Mark | Sample) -> tuple[bool, bool]:
    """Whether it was a retelling, and whether it is disputed."""
    if isinstance(mark, Mark):
        return mark.contact.retelling, mark.contact.disputed
    return mark.retelling, mark.disputed


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a bar, from ``x0`` to ``x1``; ``fade`` is a position in FADES, or None for the sure part."""

    x0: float
    x1: float
    fade: int | None = None


def pieces(bar: Bar) -> Iterator[Piece]:
    """The sure part, then the uncertain edges in steps that grow fainter outwards."""
    yield Piece(bar.x0, bar.x1)
    for end, sure in ((bar.fade_from, bar.x0), (bar.fade_to, bar.x1)):
        if abs(end - sure) > 0.5:
            cuts = [near(sure + (end - sure) * n / len(FADES)) for n in range(len(FADES) + 1)]
            yield from (Piece(min(a, b), max(a, b), n) for n, (a, b) in enumerate(pairwise(cuts)))


def corners(piece: Piece, bar: Bar) -> tuple[Point, ...]:
    """The corners of a part of ``bar``."""
    foot = near(bar.y + bar.h)
    return (piece.x0, bar.y), (piece.x1, bar.y), (piece.x1, foot), (piece.x0, foot)


def outline(bar: Bar) -> tuple[tuple[float, float, float], ...]:
    """The sure part's corners as (x it stays with, offset in x, y).

    Rounded where its ends are sure, an arrow head where it runs off.
    """
    r = min(bar.h / 2, (bar.x1 - bar.x0) / 2)
    left = _round(bar.x0, 1, r, bar) if bar.fade_from >= bar.x0 else _flat(bar.x0, bar)
    if bar.arrow:
        back, middle = min(ARROW, bar.x1 - bar.x0), bar.y + bar.h / 2
        return (*left, (bar.x1, -back, bar.y), (bar.x1, 0, near(middle)), (bar.x1, -back, bar.y + bar.h))
    right = _round(bar.x1, -1, r, bar) if bar.fade_to <= bar.x1 else _flat(bar.x1, bar)
    return (*left, *reversed(right))


def _flat(x: float, bar: Bar) -> tuple[tuple[float, float, float], ...]:
    return (x, 0, near(bar.y + bar.h)), (x, 0, bar.y)


def _round(x: float, side: int, r: float, bar: Bar) -> tuple[tuple[float, float, float], ...]:
    """From the bar's foot up to its top around an end."""
    turns = [pi / 2 * n / 3 for n in range(4)]
    low = [(x, near(side * r * (1 - sin(t))), near(bar.y + bar.h - r * (1 - cos(t)))) for t in turns]
    high = [(px, dx, near(2 * bar.y + bar.h - y)) for px, dx, y in reversed(low)]
    return tuple((px, dx, y) for px, dx, y in (*low, *high))
