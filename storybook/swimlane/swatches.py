"""What stands before the words of a legend: a mark, a bar, a line, an area."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from . import handoffs
from .gaps import HEIGHT, hatched
from .geometry import Bar, Box, Glyph, Sample, Shape, Text, near
from .labels import Pen
from .roles import Look


@dataclass(slots=True)
class Legend:
    """Finished entries that end at ``bottom``."""

    bottom: float
    samples: list[Sample] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


Swatch = Callable[[Legend, Box, Pen], None]
"""Draws itself into a box."""


def mark(
    glyph: Glyph,
    people: tuple[int, ...] = (),
    small: bool = False,
    retelling: bool = False,
    disputed: bool = False,
) -> Swatch:
    """A mark as it stands in a lane."""

    def draw(made: Legend, box: Box, pen: Pen) -> None:
        r = pen.sizes.minor if small else pen.sizes.radius
        x, y = near(box.x + box.w / 2), near(box.y + box.h / 2)
        made.samples.append(Sample(x, y, r, glyph, people, retelling, disputed))

    return draw


def marks(glyphs: Sequence[Glyph]) -> Swatch:
    """Several marks side by side."""

    def draw(made: Legend, box: Box, pen: Pen) -> None:
        step = box.w / len(glyphs)
        for number, each in enumerate(glyphs):
            mark(each)(made, Box(box.x + number * step, box.y, step, box.h), pen)

    return draw


def bar(fading: bool) -> Swatch:
    """A short stretch, fading out or running off."""

    def draw(made: Legend, box: Box, pen: Pen) -> None:
        x, y, r = box.x, near(box.y + box.h / 2), pen.sizes.radius - 1
        solid = near(x + 10 if fading else x + 16)
        bar = Bar(x, solid, near(y - r), near(2 * r), x, near(x + 20) if fading else solid, arrow=not fading)
        made.samples.append(Sample(x, y, 0, Glyph("circle", "neutral"), bar=bar))

    return draw


def hand_off(look: Look) -> Swatch:
    """A hand-off's line and tip."""

    def draw(made: Legend, box: Box, _pen: Pen) -> None:
        x, top, foot = near(box.x + box.w / 2), near(box.y + 2), near(box.bottom - 4)
        points = [(x, top), (x, foot)]
        if look is Look.RETURNED:
            points += [(near(x + 7), foot), (near(x + 7), near(foot - 8))]
        made.shapes += handoffs.shapes(look, tuple(points), zooms=False)

    return draw


def rule(look: Look) -> Swatch:
    """A line across."""

    def draw(made: Legend, box: Box, _pen: Pen) -> None:
        y = near(box.y + box.h / 2)
        made.shapes.append(Shape(look, ((box.x, y), (near(box.right), y)), closed=False, zooms=False))

    return draw


def _swatch(box: Box) -> Box:
    return Box(box.x, near(box.y + 4), near(box.w), near(box.h - 8))


def gap(made: Legend, box: Box, _pen: Pen) -> None:
    """A hatched box."""
    made.shapes += hatched(Box(box.x, near(box.y + box.h / 2 - HEIGHT / 2), near(box.w), HEIGHT), zooms=False)


def level(made: Legend, box: Box, _pen: Pen) -> None:
    """The shading behind lanes."""
    b = _swatch(box)
    corners = (b.x, b.y), (b.right, b.y), (b.right, b.bottom), (b.x, b.bottom)
    made.shapes.append(Shape(Look.DEMAND, corners, zooms=False))
    made.shapes.append(Shape(Look.DEMAND_EDGE, ((b.x, b.y), (b.right, b.y)), closed=False, zooms=False))


def flag(made: Legend, box: Box, _pen: Pen) -> None:
    """A turning point's flag."""
    x, y = near(box.x + 8), near(box.y + box.h / 2 - 5)
    made.shapes.append(Shape(Look.TURNING, ((x, y), (near(x + 6), y + 5), (x, y + 10)), zooms=False))


def nothing(_made: Legend, _box: Box, _pen: Pen) -> None:
    """The entry's own number is its swatch."""
