"""The picture, computed once: lanes, marks, bands, labels and axis with their places.

``layout`` is pure geometry. Every renderer draws what stands in the ``Layout`` and decides nothing about places, so
that all of them agree. Only what takes ``Layout[Edition]`` may be seen outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, overload

from ..anonymise.draft import Draft
from ..anonymise.edition import Edition, genuine
from ..anonymise.shown import Lane, NoDemand, Shown, ShownContact, ShownGap, Typical
from ..linked.suppression.figures import Unknown
from ..story.messages import message, say
from . import axis, demand, furniture, handoffs, legend, tracks, words
from .bands import Bands, bands
from .gaps import gap_shapes
from .geometry import Box, Connector, Layout, Mark, Sample, Shape, Text, Width, near
from .labels import Pen
from .looks import glyphs
from .metrics import Metrics
from .roles import Look, Role
from .scale import Scale
from .seating import Seated, Stage, Words, seat_lane
from .sizes import SIZES
from .swatches import Legend
from .words import Say


@overload
def layout(source: Edition, width: Width, metrics: Metrics, say: Say = say) -> Layout[Edition]: ...
@overload
def layout(source: Draft, width: Width, metrics: Metrics, say: Say = say) -> Layout[Draft]: ...
def layout(source: Any, width: Width, metrics: Metrics, say: Say = say) -> Layout[Any]:
    """``source`` at ``width``, in pixels; whatever is no genuine ``Edition`` gets the watermark.

    ``metrics`` are the font's that the page serves; ``say`` puts messages into the reader's language.
    """
    draft = not isinstance(source, Edition)
    return _Picture(source.shown if draft else genuine(source).shown, width, metrics, say, draft).finish(
        source
    )


class _Picture:
    """Lays the parts out from top to bottom; ``y`` is how far it has come."""

    def __init__(self, shown: Shown, width: Width, metrics: Metrics, say: Say, draft: bool) -> None:
        self.shown, self.width, self.say, self.draft = shown, width, say, draft
        # Without figures the column for them belongs to the plot.
        sizes = SIZES[width] if _linked(shown) else replace(SIZES[width], right=0)
        self.pen = Pen(metrics, sizes)
        x0, x1 = sizes.margin + sizes.left, sizes.width - sizes.margin - sizes.right
        self.scale = Scale(x0, x1, shown.axis.steps)
        self.texts: list[Text] = []
        self.samples: list[Sample] = []
        #: Shapes of caption and legend, which stay where they are in a zoom.
        self.fixed: list[Shape] = []
        self.shapes: list[Shape] = []
        self.seated: list[Seated] = []
        self.strips: list[tracks.Strip] = []
        self.y = sizes.margin

    def finish(self, source: Any) -> Layout[Any]:
        self._head()
        if words.nothing_to_draw(self.shown):
            return self._nothing(source)
        top = self.y
        above = self._above()
        self._lanes()
        foot = self.y
        connectors = tuple(handoffs.connectors(self._marks(), [s.place for s in self.seated], self.scale.x1))
        lines = [shape for each in connectors for shape in handoffs.shapes(each.look, each.points)]
        back = [
            *above.shapes(foot),
            *axis.grid(self.shown.axis, self.scale, above.bottom, foot),
            *self.shapes,
            *lines,
        ]
        self._axis_again()
        plot = Box(self.scale.x0, near(top), near(self.scale.x1 - self.scale.x0), near(self.y - top))
        self._legend(connectors, frozenset(shape.look for shape in back))
        self._note(self.shown.demand_note)
        return self._layout(source, plot, connectors, (*back, *self.fixed))

    def _nothing(self, source: Any) -> Layout[Any]:
        """In place of lanes and months with nothing in them."""
        self._note(self.say(message("There are no contacts to draw. The story is told in words.")))
        return self._layout(
            source, Box(self.scale.x0, self.y, near(self.scale.x1 - self.scale.x0), 0), (), ()
        )

    def _layout(
        self, source: Any, plot: Box, connectors: tuple[Connector, ...], shapes: tuple[Shape, ...]
    ) -> Layout[Any]:
        height = near(self.y + self.pen.sizes.margin)
        mark_rows = tuple(mark for seated in self.seated for mark in seated.marks)
        across = [gap for strip in self.strips for gap in strip.gaps]
        gaps = (*across, *(gap for seated in self.seated for gap in seated.gaps))
        watermark = tuple(furniture.watermark(self.pen, self.say, height)) if self.draft else ()
        return Layout(
            source, self.width, self.pen.sizes.width, height, plot, self.draft, tuple(s.place for s in self.seated),
            mark_rows, gaps, connectors, shapes, tuple(self.samples), tuple(self.texts), watermark,
        )  # fmt: skip

    def _head(self) -> None:
        head = furniture.head(self.shown, self.pen, self.say, self.y)
        self.texts += head.texts
        self.fixed += head.shapes
        self._keep(legend.key(self.shown, self.pen, self.say, head.bottom))
        self.y = near(self.y + 8)

    def _above(self) -> Bands:
        """Episode titles, the axis, then tracks and gaps across all lanes."""
        made = bands(self.shown.episodes, self.pen, self.scale, self.y)
        self.texts += made.texts
        self.y = made.bottom
        self._axis_again()
        for strip in self._strips():
            self.strips.append(strip)
            self.texts += strip.texts
            self.shapes += strip.shapes
            self.y = strip.bottom
        return made

    def _strips(self) -> Iterator[tracks.Strip]:
        for track in self.shown.tracks:
            names = words.who(self.shown, track.people) if len(track.people) < len(self.shown.people) else ""
            title = f"{track.title} ({names})" if names else track.title
            yield tracks.track(track, title, self.pen, self.scale, self.y)
        across = tuple(gap for gap in self.shown.gaps if gap.lane is None)
        if across:
            yield tracks.gaps(across, self.say(message("Without contact")), self.pen, self.scale, self.y)

    def _axis_again(self) -> None:
        made = tuple(axis.labels(self.shown.axis, self.pen, self.scale, self.y + 4, self.width))
        self.texts += made
        self.y = near(max((text.box.bottom for text in made), default=self.y) + 6)

    def _lanes(self) -> None:
        stage = self._stage()
        contacts, gaps = self._by_lane()
        most, linked, sector = demand.most(self.shown.lanes), _linked(self.shown), None
        for index, lane in enumerate(self.shown.lanes):
            under = self._sector(lane.sector) if lane.sector != sector else 0
            sector = lane.sector
            shaded = lane.model_copy(update={"demand": _known(lane)}) if linked else lane
            level = words.demand(shaded)
            beside = Words(self.say(level) if level else "", under)
            seated = seat_lane(shaded, index, contacts[lane.key], gaps[lane.key], beside, stage, self.y)
            self._lane(shaded, seated, most)

    def _lane(self, lane: Lane, seated: Seated, most: int) -> None:
        box = seated.place.box
        self.shapes += demand.shapes(lane, box, self.scale, most, self.pen.sizes.demand_most)
        self.shapes += furniture.rule(Look.RULE, box.bottom, self.pen)
        for gap in seated.gaps:
            self.shapes += gap_shapes(gap)
        self.seated.append(seated)
        self.y = box.bottom

    def _sector(self, code: str) -> float:
        """Writes a sector's name; where it ends."""
        label = next((sector.label for sector in self.shown.sectors if sector.code == code), code)
        made = furniture.sector(label, self.pen, self.y)
        self.texts += made.texts
        self.shapes += made.shapes
        self.y = made.bottom
        return max((text.box.bottom for text in made.texts), default=0)

    def _stage(self) -> Stage:
        people = {person.ref: n for n, person in enumerate(self.shown.people)}
        looks = glyphs(contact.kind for contact in self.shown.contacts)
        return Stage(
            self.shown, self.pen, self.scale, looks, people, self.scale.moments(self._in_order()), self.say
        )

    def _in_order(self) -> list[ShownContact]:
        return sorted(self.shown.contacts, key=lambda c: (c.when.first, c.when.last))

    def _by_lane(self) -> tuple[dict[str, list[ShownContact]], dict[str, list[ShownGap]]]:
        contacts: dict[str, list[ShownContact]] = defaultdict(list)
        gaps: dict[str, list[ShownGap]] = defaultdict(list)
        for contact in self._in_order():
            contacts[contact.lane].append(contact)
        for gap in self.shown.gaps:
            gaps[gap.lane or ""].append(gap)
        return contacts, gaps

    def _marks(self) -> list[Mark]:
        return [mark for seated in self.seated for mark in seated.marks]

    def _legend(self, connectors: tuple[Connector, ...], looks: frozenset[Look]) -> None:
        present = legend.Present(self.shown, self._marks(), connectors, bool(self.shown.gaps), looks)
        self._keep(legend.legend(present, self.pen, self.say, near(self.y + 10)))

    def _keep(self, made: Legend) -> None:
        self.samples += made.samples
        self.fixed += made.shapes
        self.texts += made.texts
        self.y = made.bottom

    def _note(self, note: str) -> None:
        if note:
            room = self.pen.sizes.width - 2 * self.pen.sizes.margin
            lines = self.pen.wrap(Role.NOTE, note, min(room, 1200), 12)
            text = self.pen.text(Role.NOTE, self.pen.sizes.margin, self.y + 8, lines, note)
            self.texts.append(text)
            self.y = text.box.bottom


def _linked(shown: Shown) -> bool:
    return any(not isinstance(lane.demand, NoDemand) for lane in shown.lanes)


def _known(lane: Lane) -> Typical | object:
    """In a picture with figures a lane without any says so: unknown is not zero."""
    return Typical(figure=Unknown()) if isinstance(lane.demand, NoDemand) else lane.demand
