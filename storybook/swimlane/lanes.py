"""One agency's lane: its contacts and gaps packed in sub-rows, with their words beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..anonymise.shown import ShownContact, ShownGap
from .labels import Arrangement, Pen, Thing, arrangements
from .metrics import plain
from .packing import Rows
from .roles import Role
from .scale import Scale

#: Pixels kept free around what stands in a row.
GAP = 7.0
#: Room right of a mark for the small signs "told again" and "disputed".
SIGN = 8.0


@dataclass(frozen=True, slots=True)
class Body:
    """Where a contact or gap is in x. ``solid`` is None for a moment, ``mark`` is None for a gap."""

    key: str
    source: ShownContact | ShownGap
    mark: float | None
    r: float
    solid: tuple[float, float] | None
    fuzzy: tuple[float, float] | None
    thing: Thing
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A body in its row, ``top`` pixels below the first row's top."""

    body: Body
    arrangement: Arrangement
    row: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A lane's seats and the height of each row."""

    seats: tuple[Seat, ...]
    heights: tuple[float, ...]

    def top(self, row: int) -> float:
        """How far below the first row's top ``row`` starts."""
        return sum(self.heights[:row])


def plan(bodies: Sequence[Body], pen: Pen, scale: Scale) -> Plan:
    """Packs ``bodies`` between the scale's ends; earlier ones first, words where there is room for them."""
    rows = Rows(GAP)
    seats: list[Seat] = []
    heights: list[float] = []
    for body in sorted(bodies, key=lambda b: (b.thing.body, b.key)):
        row, chosen = _seat(body, pen, scale, rows)
        rows.take(row, chosen.lo, chosen.hi)
        heights += [pen.sizes.row] * (row + 1 - len(heights))
        heights[row] = max(heights[row], _height(chosen, body, pen))
        seats.append(Seat(body, chosen, row))
    return Plan(tuple(seats), tuple(heights))


def _seat(body: Body, pen: Pen, scale: Scale, rows: Rows) -> tuple[int, Arrangement]:
    limit = pen.sizes.label_rows
    ways = list(arrangements(body.thing, pen, scale.x0, scale.x1)) if plain(body.thing.words) else []
    for row, way in _tries(ways, len(rows) + 1 if limit is None else min(limit, len(rows) + 1)):
        if rows.free(row, way.lo, way.hi):
            return row, way
    bare = Arrangement(*body.thing.body)
    return next(row for row in range(len(rows) + 1) if rows.free(row, bare.lo, bare.hi)), bare


def _tries(ways: Sequence[Arrangement], rows: int) -> Iterator[tuple[int, Arrangement]]:
    for row in range(rows):
        for way in ways:
            yield row, way


def _height(way: Arrangement, body: Body, pen: Pen) -> float:
    if not way.lines:
        return pen.sizes.row
    words = pen.height(body.thing.role, len(way.lines))
    if way.below:
        return pen.sizes.row + words + 3
    return max(pen.sizes.row, words - pen.height(body.thing.role, 1) + pen.sizes.row)


def contact_body(contact: ShownContact, moment: float, pen: Pen, scale: Scale, badge: str) -> Body:
    """A contact's place in x. ``moment`` is where it stands if it has no duration."""
    r = pen.sizes.radius if contact.significant else pen.sizes.minor
    words = contact.label if contact.significant else ""
    tail = (SIGN if contact.retelling or contact.disputed else 0) + (
        pen.width(Role.LABEL, badge) + 4 if badge else 0
    )
    if contact.when.moment:
        return _moment(contact, moment, r, words, tail, scale, badge)
    return _stretch(contact, r, words, tail, scale, badge)


def _moment(
    contact: ShownContact, at: float, r: float, words: str, tail: float, scale: Scale, badge: str
) -> Body:
    when = contact.when
    x = min(max(at, scale.x0 + r * 1.4 + 1), scale.x1 - r * 1.4 - 1 - tail)
    vague = when.last > when.first or when.fuzzy_first < when.first or when.fuzzy_last > when.last
    fuzzy = scale.fuzzy(when) if vague else None
    lo, hi = fuzzy or (x, x)
    body = min(lo, x - r * 1.4), max(hi, x + r * 1.4 + tail)
    thing = Thing(body, words, Role.LABEL, hold=None if fuzzy else x)
    return Body(contact.key, contact, x, r, None, fuzzy, thing, badge)


def _stretch(contact: ShownContact, r: float, words: str, tail: float, scale: Scale, badge: str) -> Body:
    least = 2 * r + 8 + tail
    (lo, hi), (from_, to) = scale.solid(contact.when), scale.fuzzy(contact.when)
    lo = max(scale.x0, min(lo, scale.x1 - least))
    hi = max(hi, lo + least)
    if contact.when.end_unknown and not contact.when.ongoing:
        to = min(scale.x1, max(to, hi + 6 * r))
    ends = min(from_, lo), max(to, hi)
    inner = lo + 2 * r + 8 + tail, hi - 6 - (8 if contact.when.ongoing else 0)
    thing = Thing(ends, words, Role.LABEL, inner)
    return Body(contact.key, contact, lo + r + 4, r, (lo, hi), ends, thing, badge)


def gap_body(gap: ShownGap, scale: Scale) -> Body:
    """A gap's hatched stretch; its kind stands inside it or beside it."""
    lo, hi = scale.fuzzy(gap.when)
    lo = max(scale.x0, min(lo, scale.x1 - 12))
    hi = max(hi, lo + 12)
    return Body(
        gap.key, gap, None, 0, (lo, hi), None, Thing((lo, hi), gap.kind_label, Role.GAP, (lo + 6, hi - 6))
    )
