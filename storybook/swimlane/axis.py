"""Time along the top and the foot of the lanes."""

from __future__ import annotations

from collections.abc import Iterator

from ..anonymise.shown import Axis, Tick
from .geometry import Shape, Text, Width
from .labels import Pen
from .packing import Rows
from .roles import Look, Role
from .scale import Scale


def grid(axis: Axis, scale: Scale, top: float, foot: float) -> Iterator[Shape]:
    """A line down the lanes for each tick."""
    for tick in axis.ticks:
        look = Look.GRID_MAJOR if tick.major else Look.GRID
        x = scale.edge(tick.step)
        yield Shape(look, ((x, top), (x, foot)), closed=False)


def labels(axis: Axis, pen: Pen, scale: Scale, top: float, width: Width) -> Iterator[Text]:
    """The ticks' words at ``top``: major ones first, others where there is room left."""
    rows = Rows(12)
    majors = [tick for tick in axis.ticks if tick.major]
    minors = [tick for tick in axis.ticks if not tick.major and width is not Width.NARROW]
    for tick in (*majors, *minors) if majors else axis.ticks:
        x, line = _place(tick, pen, scale)
        hi = x + pen.width(Role.AXIS, line)
        if line and rows.free(0, x, hi):
            rows.take(0, x, hi)
            yield pen.text(Role.AXIS, x, top, (line,), tick.label, hold=scale.edge(tick.step))


def _place(tick: Tick, pen: Pen, scale: Scale) -> tuple[float, str]:
    """Words start at their line; near the right edge they end there."""
    line = pen.metrics.clip(
        " ".join(tick.label.split()), pen.sizes.font[Role.AXIS], (scale.x1 - scale.x0) / 2
    )
    return min(scale.edge(tick.step) + 3, scale.x1 - pen.width(Role.AXIS, line)), line
