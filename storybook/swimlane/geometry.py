"""What a layout is made of: plain places in pixels, that every renderer only has to draw.

The origin is the top left corner; x goes right, y goes down; all places are whole pixels. Nothing here
knows about SVG, Plotly or slides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from ..anonymise.shown import Shown, ShownContact
from .direction import runs_left
from .metrics import plain
from .roles import Look, Role

Point = tuple[float, float]


class Showable(Protocol):
    """A ``Draft`` or an ``Edition``."""

    @property
    def shown(self) -> Shown:
        """What may be seen of it."""
        ...


SourceT = TypeVar("SourceT", bound=Showable)


class Width(StrEnum):
    """The three widths a picture is laid out for; a page shows one of them."""

    NARROW = "narrow"
    MEDIUM = "medium"
    WIDE = "wide"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from its top left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.h

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge (what rounding may add does not count)."""
        return (
            min(self.right, other.right) - max(self.x, other.x) > 0.15
            and min(self.bottom, other.bottom) - max(self.y, other.y) > 0.15
        )

    def inside(self, other: Box) -> bool:
        """Whether no part of it lies outside ``other``."""
        return (
            self.x >= other.x - 0.1
            and self.y >= other.y - 0.1
            and self.right <= other.right + 0.1
            and self.bottom <= other.bottom + 0.1
        )


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place. ``y`` is the first line's baseline; ``full`` is said where ``lines`` were cut short.

    ``widths`` are the lines' in pixels.

    ``hold`` is the x that stays with the drawing when somebody zooms (the mark's or band's own x), so that ``x - hold``
    is a distance in pixels at any zoom.
    """

    role: Role
    x: float
    y: float
    lines: tuple[str, ...]
    full: str
    size: float
    leading: float
    box: Box
    widths: tuple[float, ...]
    end: bool = False
    bold: bool = False
    hold: float | None = None

    @property
    def cut(self) -> bool:
        """Whether some of the words are left out."""
        return " ".join(self.lines) != plain(self.full)

    @property
    def leftward(self) -> bool:
        """Whether the words run from right to left; their lines still start at the box's left edge."""
        return runs_left(self.full)


@dataclass(frozen=True, slots=True)
class Shape:
    """An area (``closed``) or a line.

    ``zooms`` is False for furniture that stays where it is; distances in x from ``hold`` (see ``Text``) stay the same
    in a zoom.
    """

    look: Look
    points: tuple[Point, ...]
    closed: bool = True
    zooms: bool = True
    hold: float | None = None


@dataclass(frozen=True, slots=True)
class Glyph:
    """A mark's look: ``shape`` and ``family`` (colour) by kind; hollow where the service said no or nobody came."""

    shape: str
    family: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time: solid from ``x0`` to ``x1``; between the fade's ends and the solid part the edge is uncertain.

    ``arrow``: it is still going on and runs off the picture.
    """

    x0: float
    x1: float
    y: float
    h: float
    fade_from: float
    fade_to: float
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One contact. ``name`` is what a screen reader says; ``row`` the sub-row of its lane, from 0.

    ``people`` are positions in ``Shown.people``; ``whisker`` is the stretch in which an uncertain moment lies.
    """

    contact: ShownContact
    name: str
    lane: int
    row: int
    x: float
    y: float
    r: float
    glyph: Glyph
    people: tuple[int, ...]
    taken: Box
    bar: Bar | None = None
    whisker: tuple[float, float] | None = None
    label: Text | None = None
    badge: Text | None = None

    @property
    def key(self) -> str:
        """The contact's."""
        return self.contact.key

    @property
    def hold(self) -> float:
        """The x that its outline and signs stay with in a zoom: a bar's start, else its own."""
        return self.bar.x0 if self.bar else self.x

    @property
    def texts(self) -> tuple[Text, ...]:
        """The words beside it."""
        return tuple(text for text in (self.badge, self.label) if text)


@dataclass(frozen=True, slots=True)
class GapMark:
    """A gap in a lane, or across all of them (``lane`` None)."""

    key: str
    lane: int | None
    row: int
    box: Box
    taken: Box
    label: Text | None
    full: str


@dataclass(frozen=True, slots=True)
class LanePlace:
    """One agency's lane: from the top of its name to its rule; ``level`` says its demand in words."""

    key: str
    index: int
    box: Box
    label: Text
    level: Text | None


@dataclass(frozen=True, slots=True)
class Connector:
    """A hand-off: a line from a mark to another lane, and how it ended at the line's last point."""

    key: str
    end: str
    look: Look
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A mark in the legend, with no contact behind it."""

    x: float
    y: float
    r: float
    glyph: Glyph
    people: tuple[int, ...] = ()
    retelling: bool = False
    disputed: bool = False
    bar: Bar | None = None

    @property
    def hold(self) -> float:
        """As a mark's; samples never move."""
        return self.x


@dataclass(frozen=True, slots=True)
class Layout(Generic[SourceT]):
    """A whole picture of ``source``, computed once. Shapes stand in drawing order; marks in reading order."""

    source: SourceT
    width_class: Width
    width: float
    height: float
    plot: Box
    draft: bool
    lanes: tuple[LanePlace, ...]
    marks: tuple[Mark, ...]
    gaps: tuple[GapMark, ...]
    connectors: tuple[Connector, ...]
    shapes: tuple[Shape, ...]
    samples: tuple[Sample, ...]
    texts: tuple[Text, ...]
    watermark: tuple[Text, ...] = ()

    @property
    def shown(self) -> Shown:
        """What the picture is of."""
        return self.source.shown

    def labels(self, *, of_marks: bool = True) -> tuple[Text, ...]:
        """Every text that must not touch another: all but the watermark behind them."""
        from_marks = [text for mark in self.marks for text in mark.texts] if of_marks else []
        from_gaps = [g.label for g in self.gaps if g.label]
        from_lanes = [t for lane in self.lanes for t in (lane.label, lane.level) if t]
        return (*self.texts, *from_lanes, *from_gaps, *from_marks)


def near(value: float) -> float:
    """In whole pixels, as every place in a layout is: sharper lines, and far less to send."""
    return float(round(value))
