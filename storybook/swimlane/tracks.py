"""What goes on beside the contacts: home, feelings, a measure, and gaps in contact with everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from ..anonymise.shown import ShownGap, ShownPoint, ShownTrack
from .gaps import gap_mark, gap_shapes
from .geometry import GapMark, Point, Shape, Text, near
from .labels import NEXT, Pen
from .lanes import gap_body, plan
from .looks import TRACK_TINTS
from .packing import Rows
from .roles import Look, Role
from .scale import Scale

GAP = 6.0
#: Over the uncertain edge of a state, from the sure part outwards.
VEILS = (Look.VEIL_1, Look.VEIL_2, Look.VEIL_3)


@dataclass(frozen=True, slots=True)
class Strip:
    """A finished strip that ends at ``bottom``."""

    bottom: float
    shapes: tuple[Shape, ...] = ()
    texts: tuple[Text, ...] = ()
    gaps: tuple[GapMark, ...] = ()


@dataclass(slots=True)
class _Making:
    shapes: list[Shape] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


def track(what: ShownTrack, title: str, pen: Pen, scale: Scale, top: float) -> Strip:
    """One track from ``top`` down: its title beside it (or above it, where there is no column), then its strip."""
    making = _Making()
    top, least = _head(title, pen, top, making)
    values = [point for point in what.points if point.value is not None]
    if values:
        _line(what, values, pen, scale, top, making)
    else:
        _stretches(what.points, pen, scale, top, making)
    bottom = max([least, top + pen.sizes.strip, *(t.box.bottom for t in making.texts)])
    return Strip(near(bottom + 8), tuple(making.shapes), tuple(making.texts))


def gaps(which: tuple[ShownGap, ...], title: str, pen: Pen, scale: Scale, top: float) -> Strip:
    """Gaps in contact with everybody, packed in rows of their own."""
    making = _Making()
    top, least = _head(title, pen, top, making)
    plan_ = plan([gap_body(gap, scale) for gap in which], pen, scale)
    marks = tuple(gap_mark(seat, plan_, top, None, pen) for seat in plan_.seats)
    for mark in marks:
        making.shapes += gap_shapes(mark)
    bottom = max(least, top + sum(plan_.heights))
    return Strip(near(bottom + 8), tuple(making.shapes), tuple(making.texts), marks)


def _head(title: str, pen: Pen, top: float, making: _Making) -> tuple[float, float]:
    """Writes the title; where the strip starts, and where the title ends."""
    width = pen.sizes.left or pen.sizes.width - 2 * pen.sizes.margin
    lines = pen.wrap(Role.TRACK_TITLE, title, width - 10, 2)
    if not lines:
        return top, top
    text = pen.text(Role.TRACK_TITLE, pen.sizes.margin, top, lines, title)
    making.texts.append(text)
    return (top, text.box.bottom) if pen.sizes.left else (text.box.bottom + 2, text.box.bottom)


def _stretches(points: tuple[ShownPoint, ...], pen: Pen, scale: Scale, top: float, making: _Making) -> None:
    tints = {
        label: TRACK_TINTS[n % len(TRACK_TINTS)]
        for n, label in enumerate(dict.fromkeys(p.label for p in points))
    }
    foot, inside, outside = near(top + pen.sizes.strip), Rows(0), Rows(GAP)
    for point, stretch in _side_by_side(points, scale):
        making.shapes += _tinted(tints[point.label], stretch, top, foot)
        _name(point, stretch, pen, scale, (top, foot), inside, outside, making)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A state's sure part, ``lo`` to ``hi``, and how far it may reach."""

    lo: float
    hi: float
    from_: float
    to: float


def _side_by_side(points: tuple[ShownPoint, ...], scale: Scale) -> Iterator[tuple[ShownPoint, _Stretch]]:
    """States in order of time; where one ends in the step in which the next begins, they share that step."""
    ordered = sorted(points, key=lambda point: (point.when.first, point.when.last))
    ends = [scale.solid(point.when) for point in ordered]
    cuts = [_cut(one, other) for one, other in pairwise(ends)]
    for n, point in enumerate(ordered):
        lo = max(ends[n][0], max(cuts[:n], default=scale.x0)) if n else ends[n][0]
        hi = max(min(ends[n][1], cuts[n]) if n < len(cuts) else ends[n][1], lo + 3)
        lo = min(lo, scale.x1 - 3)
        hi = min(max(hi, lo + 3), scale.x1)
        from_, to = scale.fuzzy(point.when)
        before, after = from_ < ends[n][0], to > ends[n][1]
        yield point, _Stretch(near(lo), near(hi), from_ if before else near(lo), to if after else near(hi))


def _cut(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Where two neighbours meet: in the middle of what both would take, else where the second begins."""
    return near((other[0] + min(one[1], other[1])) / 2) if other[0] < one[1] else other[0]


def _tinted(look: Look, stretch: _Stretch, top: float, foot: float) -> Iterator[Shape]:
    """The state in its tint; where it is not sure, the paper shows through more and more."""
    yield Shape(look, _box(stretch.from_, top, stretch.to, foot))
    for end, sure in ((stretch.from_, stretch.lo), (stretch.to, stretch.hi)):
        if abs(end - sure) > 1:
            cuts = [near(sure + (end - sure) * n / len(VEILS)) for n in range(len(VEILS) + 1)]
            for veil, (a, b) in zip(VEILS, pairwise(cuts), strict=True):
                yield Shape(veil, _box(min(a, b), top, max(a, b), foot))
    yield Shape(Look.TRACK_EDGE, ((stretch.lo, top), (stretch.lo, foot)), closed=False)


def _box(x0: float, y0: float, x1: float, y1: float) -> tuple[Point, ...]:
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)


def _name(
    point: ShownPoint, stretch: _Stretch, pen: Pen, scale: Scale, strip: tuple[float, float], inside: Rows,
    outside: Rows, making: _Making,
) -> None:  # fmt: skip
    """In its stretch if it fits there and nothing else stands there, else under the strip."""
    line = pen.metrics.clip(point.label, pen.sizes.font[Role.TRACK], (scale.x1 - scale.x0) / 2)
    width = pen.width(Role.TRACK, line)
    if not line:
        return
    if width + 2 * NEXT <= stretch.hi - stretch.lo and inside.free(0, stretch.lo, stretch.hi):
        inside.take(0, stretch.lo, stretch.hi)
        top, x = pen.middle(Role.TRACK, (strip[0] + strip[1]) / 2), stretch.lo + NEXT
    else:
        x = min(stretch.lo, scale.x1 - width)
        top = strip[1] + 2 + outside.first(x, x + width) * pen.height(Role.TRACK, 1)
    making.texts.append(pen.text(Role.TRACK, x, top, (line,), point.label, hold=stretch.lo))


def _line(
    what: ShownTrack, values: list[ShownPoint], pen: Pen, scale: Scale, top: float, making: _Making
) -> None:
    """A measure: a line from value to value, each value written where there is room under it."""
    numbers = [Decimal(point.value or 0) for point in values]
    low = Decimal(what.low) if what.low is not None else min(numbers)
    high = max(Decimal(what.high) if what.high is not None else max(numbers), low + 1)
    places = [
        _at(point, number, low, high, scale, top, pen) for point, number in zip(values, numbers, strict=True)
    ]
    if len(places) > 1:
        making.shapes.append(Shape(Look.TRACK_LINE, tuple(places), closed=False))
    rows, under = Rows(GAP), top + pen.sizes.strip + 3
    for point, (x, y) in zip(values, places, strict=True):
        making.shapes.append(Shape(Look.TRACK_POINT, _diamond(x, y), hold=x))
        line = " ".join(f"{point.value} {point.label}".split())
        line = pen.metrics.clip(line, pen.sizes.font[Role.TRACK], (scale.x1 - scale.x0) / 2)
        left = max(scale.x0, min(x - 4, scale.x1 - pen.width(Role.TRACK, line)))
        if rows.free(0, left, left + pen.width(Role.TRACK, line)):
            rows.take(0, left, left + pen.width(Role.TRACK, line))
            making.texts.append(pen.text(Role.TRACK, left, under, (line,), line, hold=x))


def _diamond(x: float, y: float) -> tuple[Point, ...]:
    half = 3.5
    return (near(x - half), y), (x, near(y - half)), (near(x + half), y), (x, near(y + half))


def _at(
    point: ShownPoint, number: Decimal, low: Decimal, high: Decimal, scale: Scale, top: float, pen: Pen
) -> Point:
    lo, hi = scale.solid(point.when)
    share = float(min(max((number - low) / (high - low), Decimal(0)), Decimal(1)))
    room = pen.sizes.strip - 6
    return near((lo + hi) / 2), near(top + 3 + room * (1 - share))
