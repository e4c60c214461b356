"""The city's demand behind a lane: an even level, or a step for each quarter. Same scale in every lane."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..anonymise.shown import Calendar, Lane, Typical
from ..linked.suppression.figures import Count, Figure, StructuralZero, Suppressed
from .geometry import Box, Shape, near
from .looks import THICK
from .roles import Look
from .scale import Scale

#: The least height of a figure that is not zero.
LEAST = 2.0

Stretch = tuple[float, float, Figure]


def most(lanes: Iterable[Lane]) -> int:
    """The largest figure behind any lane, which gets the full height; at least 1."""
    figures = (figure for lane in lanes for *_, figure in _figures(lane))
    return max((f.value for f in figures if isinstance(f, Count)), default=0) or 1


def shapes(lane: Lane, box: Box, scale: Scale, most: int, height: float) -> Iterator[Shape]:
    """Areas and lines in ``box`` (a lane's), standing on its foot; ``most`` people are ``height`` pixels high."""
    for lo, hi, figure in _stretches(lane, scale):
        if isinstance(figure, Count) and figure.value:
            tall = max(LEAST, figure.value / most * height)
            yield from _level(lo, hi, box.bottom, near(box.bottom - tall))
        elif isinstance(figure, Suppressed) and figure.because == "few":
            y = near(box.bottom - THICK[Look.FEW] / 2)
            yield Shape(Look.FEW, ((lo, y), (hi, y)), closed=False)
        elif isinstance(figure, StructuralZero | Count):
            yield Shape(Look.ZERO, ((lo, box.bottom - 1), (hi, box.bottom - 1)), closed=False)
        else:
            yield Shape(Look.UNKNOWN, ((lo, box.bottom - 4), (hi, box.bottom - 4)), closed=False)


def _level(lo: float, hi: float, foot: float, top: float) -> Iterator[Shape]:
    yield Shape(Look.DEMAND, ((lo, foot), (lo, top), (hi, top), (hi, foot)))
    yield Shape(Look.DEMAND_EDGE, ((lo, top), (hi, top)), closed=False)


def _stretches(lane: Lane, scale: Scale) -> Iterator[Stretch]:
    for first, last, figure in _figures(lane):
        lo = scale.x0 if first is None else scale.edge(first)
        hi = scale.x1 if last is None else scale.edge(last + 1)
        if hi > lo:
            yield lo, hi, figure


def _figures(lane: Lane) -> Iterator[tuple[int | None, int | None, Figure]]:
    if isinstance(lane.demand, Typical):
        yield None, None, lane.demand.figure
    elif isinstance(lane.demand, Calendar):
        yield from ((first, last, figure) for first, last, _, figure in lane.demand.quarters)
