"""Hand-offs: thin lines from a contact to the agency it was passed on to, with how that ended at their end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..anonymise.shown import HandOff
from .geometry import Connector, LanePlace, Mark, Point, Shape, near
from .looks import HAND_OFFS
from .roles import Look

#: How far a line reaches into the lane it leads to, and how wide a line that comes back turns.
REACH = 9.0
TURN = 9.0
TIP = 7.0


def connectors(marks: Sequence[Mark], lanes: Sequence[LanePlace], right: float) -> Iterator[Connector]:
    """One line for each hand-off to a lane of this picture; none may pass ``right``."""
    places = {lane.key: lane for lane in lanes}
    for mark in marks:
        hand_off = mark.contact.hand_off
        if hand_off and hand_off.to_lane in places:
            yield _connector(mark, hand_off, places, right)


def _connector(mark: Mark, hand_off: HandOff, lanes: Mapping[str, LanePlace], right: float) -> Connector:
    target = lanes[hand_off.to_lane]
    down = target.index >= mark.lane
    side = 1 if down else -1
    start = near(mark.y + side * (mark.r + 3))
    end = near(target.box.y + REACH if down else target.box.bottom - REACH)
    if target.index == mark.lane:
        end = near(target.box.bottom - 2)
    look = HAND_OFFS.get(hand_off.end, Look.OPEN_END)
    points: tuple[Point, ...] = ((mark.x, start), (mark.x, end))
    if look is Look.RETURNED:
        points += _back(mark.x, end, side, right)
    return Connector(mark.key, hand_off.end, look, points)


def _back(x: float, y: float, side: int, right: float) -> tuple[Point, ...]:
    """The line turns round and leads away again."""
    over = x + TURN if x + TURN <= right else x - TURN
    return (near(over), y), (near(over), near(y - side * TURN))


def shapes(look: Look, points: tuple[Point, ...], zooms: bool = True) -> Iterator[Shape]:
    """A hand-off's line with its tip.

    A full arrow head (taken up), an open one that points back (sent back), a bar across (no reply) or nothing.
    """
    hold = points[0][0] if zooms else None
    yield Shape(look, points, closed=False, zooms=zooms, hold=hold)
    (_, before), (x, y) = points[-2:]
    back = TIP if y < before else -TIP
    if look is Look.ACCEPTED:
        head = (x, y), (near(x - TIP * 0.6), near(y + back)), (near(x + TIP * 0.6), near(y + back))
        yield Shape(Look.TIP, head, zooms=zooms, hold=hold)
    elif look is Look.RETURNED:
        head = (near(x - TIP * 0.6), near(y + back)), (x, y), (near(x + TIP * 0.6), near(y + back))
        yield Shape(look, head, closed=False, zooms=zooms, hold=hold)
    elif look is Look.NO_REPLY:
        across = (near(x - TIP * 0.7), y), (near(x + TIP * 0.7), y)
        yield Shape(Look.TIP, across, closed=False, zooms=zooms, hold=hold)
