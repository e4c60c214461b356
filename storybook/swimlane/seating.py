"""From a lane's plan to places on the canvas: the lane itself, its marks and its gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..anonymise.shown import Lane, Shown, ShownContact, ShownGap
from .gaps import gap_mark
from .geometry import Bar, Box, GapMark, LanePlace, Mark, Text, near
from .labels import Pen
from .lanes import Body, Plan, Seat, contact_body, gap_body, plan
from .looks import glyph
from .roles import Role
from .scale import Scale
from .words import Say, contact_name

LABEL_LINES = 3
LEVEL_LINES = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """What every lane needs to know of the whole picture."""

    shown: Shown
    pen: Pen
    scale: Scale
    looks: dict[str, tuple[str, str]]
    people: dict[str, int]
    moments: dict[str, float]
    say: Say


@dataclass(frozen=True, slots=True)
class Words:
    """What stands beside a lane's contacts: its level ("" for none), and where its sector's name above it ends."""

    level: str
    sector_foot: float = 0


@dataclass(frozen=True, slots=True)
class Seated:
    """A lane with everything that sits in it."""

    place: LanePlace
    marks: tuple[Mark, ...]
    gaps: tuple[GapMark, ...]


def seat_lane(
    lane: Lane, index: int, contacts: Sequence[ShownContact], gaps: Sequence[ShownGap], words: Words, stage: Stage,
    top: float,
) -> Seated:  # fmt: skip
    """One lane from ``top`` down, as high as its words and its rows need."""
    pen, sizes = stage.pen, stage.pen.sizes
    planned = plan(
        [*_bodies(contacts, stage), *(gap_body(gap, stage.scale) for gap in gaps)], pen, stage.scale
    )
    label, level, first = _names(lane, words, top + sizes.lane_pad, pen)
    foot = (
        max(label.box.bottom, level.box.bottom if level else 0, first + sum(planned.heights)) + sizes.lane_pad
    )
    box = Box(
        sizes.margin, near(top), near(sizes.width - 2 * sizes.margin), near(max(foot - top, sizes.lane_min))
    )
    marks = tuple(
        _mark(seat, planned, index, lane, first, stage) for seat in planned.seats if _is_contact(seat)
    )
    hatched = tuple(
        gap_mark(seat, planned, first, index, pen) for seat in planned.seats if not _is_contact(seat)
    )
    order = {contact.key: n for n, contact in enumerate(contacts)}
    place = LanePlace(lane.key, index, box, label, level)
    return Seated(place, tuple(sorted(marks, key=lambda m: order[m.key])), hatched)


def _names(lane: Lane, words: Words, top: float, pen: Pen) -> tuple[Text, Text | None, float]:
    """The lane's name (under its sector's, in a column), its level in words, and where its first row starts."""
    sizes = pen.sizes
    width = sizes.left - 14 if sizes.left else sizes.width - 2 * sizes.margin
    lines = pen.wrap(Role.LANE, lane.label, width, LABEL_LINES) or ("–",)
    start = max(top, words.sector_foot + 1) if sizes.left else top
    label = pen.text(Role.LANE, sizes.margin, start, lines, lane.label)
    level = _level(label, words.level, top if sizes.right else start, pen) if words.level else None
    if sizes.left:
        return label, level, top
    return label, level, max(label.box.bottom, level.box.bottom if level else 0) + 2


def _level(label: Text, level: str, top: float, pen: Pen) -> Text:
    """Right of the plot where there is a column; else at the right end of the name's line, or under it."""
    sizes = pen.sizes
    if sizes.right:
        x = sizes.width - sizes.margin - sizes.right + 14
        return pen.text(
            Role.DEMAND, x, top + 2, pen.wrap(Role.DEMAND, level, sizes.right - 14, LEVEL_LINES), level
        )
    width = sizes.left - 14 if sizes.left else sizes.width - 2 * sizes.margin
    lines = pen.wrap(Role.DEMAND, level, width, LEVEL_LINES) or ("–",)
    room = width - label.box.w - 16
    if not sizes.left and len(label.lines) == 1 and pen.width(Role.DEMAND, level) <= room:
        down = pen.rise(Role.LANE) - pen.rise(Role.DEMAND)
        return pen.text(Role.DEMAND, sizes.width - sizes.margin, top + down, lines, level, end=True)
    return pen.text(Role.DEMAND, sizes.margin, label.box.bottom + 1, lines, level)


def _bodies(contacts: Sequence[ShownContact], stage: Stage) -> Iterator[Body]:
    for contact in contacts:
        badge = _badge(contact, stage.people)
        yield contact_body(contact, stage.moments[contact.key], stage.pen, stage.scale, badge)


def _badge(contact: ShownContact, people: dict[str, int]) -> str:
    """With one person nobody needs telling, with two a line says it; more have numbers."""
    if len(people) < 3:
        return ""
    return " ".join(str(people[ref] + 1) for ref in contact.people if ref in people)


def _is_contact(seat: Seat) -> bool:
    return isinstance(seat.body.source, ShownContact)


def _mark(seat: Seat, planned: Plan, index: int, lane: Lane, first: float, stage: Stage) -> Mark:
    contact, body = seat.body.source, seat.body
    if not isinstance(contact, ShownContact) or body.mark is None:  # pragma: no cover - _is_contact was asked
        raise TypeError("not a contact")
    row_top = first + planned.top(seat.row)
    y = near(row_top + stage.pen.sizes.row / 2)
    taken = Box(
        near(seat.arrangement.lo), near(row_top), near(seat.arrangement.hi - seat.arrangement.lo),
        near(planned.heights[seat.row]),
    )  # fmt: skip
    solid = body.solid is not None
    return Mark(
        contact, contact_name(stage.shown, lane, contact, stage.say), index, seat.row, near(body.mark), y, body.r,
        glyph(stage.looks, contact.kind, contact.outcome), _people(contact, stage), taken, _bar(body, y),
        None if solid else body.fuzzy, _label(seat, y, row_top, stage.pen), _badge_text(body, y, stage.pen),
    )  # fmt: skip


def _people(contact: ShownContact, stage: Stage) -> tuple[int, ...]:
    if len(stage.people) < 2:
        return ()
    return tuple(sorted(stage.people[ref] for ref in set(contact.people) if ref in stage.people))


def _bar(body: Body, y: float) -> Bar | None:
    contact = body.source
    if body.solid is None or body.fuzzy is None or not isinstance(contact, ShownContact):
        return None
    half = body.r + 1.5
    (lo, hi), (from_, to) = body.solid, body.fuzzy
    return Bar(
        near(lo), near(hi), near(y - half), near(2 * half), near(from_), near(to), contact.when.ongoing
    )


def _label(seat: Seat, y: float, row_top: float, pen: Pen) -> Text | None:
    way = seat.arrangement
    if not way.lines:
        return None
    top = row_top + pen.sizes.row if way.below else pen.middle(Role.LABEL, y)
    return pen.text(Role.LABEL, way.x, top, way.lines, seat.body.thing.words, hold=way.hold)


def _badge_text(body: Body, y: float, pen: Pen) -> Text | None:
    if not body.badge or body.mark is None:
        return None
    x = body.mark + body.r * 1.4 + 2
    hold = body.solid[0] if body.solid else body.mark
    return pen.text(Role.LABEL, x, pen.middle(Role.LABEL, y), (body.badge,), body.badge, hold=hold)
