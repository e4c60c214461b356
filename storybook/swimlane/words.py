"""What the picture says about its parts, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..anonymise.shown import Calendar, HandOff, Lane, Shown, ShownContact, Typical
from ..linked.suppression.figures import Count, Figure, StructuralZero, Suppressed, Unknown
from ..story.messages import Message, message
from .direction import on_its_own

Say = Callable[[Message], str]


def contact_name(shown: Shown, lane: Lane, contact: ShownContact, say: Say) -> str:
    """One contact in one breath: when, where, what, how it ended, and whose it is if the story has several people."""
    parts = [
        contact.when.text,
        lane.label,
        f"{contact.kind_label}: {contact.label}" if contact.label else contact.kind_label,
        contact.outcome_label if contact.outcome != "not-recorded" else "",
        who(shown, contact.people),
        *(say(flag) for flag in flags(contact)),
        say(hand_off(shown, contact.hand_off)) if contact.hand_off else "",
    ]
    said = ", ".join(on_its_own(part) for part in parts if part)
    return said[:1].upper() + said[1:]


def nothing_to_draw(shown: Shown) -> bool:
    """Whether a picture would be empty: no lane, no gap and no track, whatever is told in words."""
    return not (shown.lanes or shown.contacts or shown.gaps or shown.tracks)


def who(shown: Shown, people: Iterable[str]) -> str:
    """The people's names, if the story has more than one."""
    refs = set(people)
    if len(shown.people) < 2:
        return ""
    return ", ".join(on_its_own(person.name) for person in shown.people if person.ref in refs)


def flags(contact: ShownContact) -> Iterable[Message]:
    """What there is to note about a contact."""
    if contact.when.ongoing:
        yield message("still going on")
    if contact.retelling:
        yield message("had to tell the story again")
    if contact.disputed:
        yield message("not everybody agrees about this")


def hand_off(shown: Shown, what: HandOff) -> Message:
    """Where a contact was passed on to, and what came of it."""
    to = next((lane.label for lane in shown.lanes if lane.key == what.to_lane), None)
    if to is None:
        return message("passed on: {end}", end=what.end_label)
    return message("passed on to {agency}: {end}", agency=to, end=what.end_label)


def demand(lane: Lane) -> Message | None:
    """The level behind a lane and, if it counts some people only, whom; or None where nothing is linked."""
    level = _level(lane)
    return message("{level}, {whom}", level=level, whom=lane.narrowed) if level and lane.narrowed else level


def _level(lane: Lane) -> Message | None:
    if isinstance(lane.demand, Typical):
        return figure(lane.demand.figure)
    if isinstance(lane.demand, Calendar):
        return _range([each[3] for each in lane.demand.quarters])
    return None


def figure(what: Figure) -> Message:
    """A figure in words; suppressed and unknown are never a number."""
    if isinstance(what, Count):
        return _unit(what, _ABOUT, number=f"{what.value:,}")
    if isinstance(what, Suppressed):
        return _unit(what, _FEWER, number=what.below) if what.because == "few" else message("not shown")
    return message("none: it was not open") if isinstance(what, StructuralZero) else message("not known")


_ABOUT = {
    "people": message("about {number} people a quarter"),
    "contacts": message("about {number} contacts a quarter"),
}
_FEWER = {
    "people": message("fewer than {number} people a quarter"),
    "contacts": message("fewer than {number} contacts a quarter"),
}
_UP_TO = {
    "people": message("up to {number} people a quarter"),
    "contacts": message("up to {number} contacts a quarter"),
}
_WHERE_SHOWN = {
    "people": message("{low} to {number} people a quarter, where shown"),
    "contacts": message("{low} to {number} contacts a quarter, where shown"),
}
_BETWEEN = {
    "people": message("{low} to {number} people a quarter"),
    "contacts": message("{low} to {number} contacts a quarter"),
}


def _unit(what: Figure, words: dict[str, Message], **numbers: object) -> Message:
    return Message(words[what.unit].id, dict(numbers))


def _range(figures: list[Figure]) -> Message:
    """Several quarters at once: the least and the most that may be shown; what is hidden never gives a lower end."""
    shown = sorted((each for each in figures if isinstance(each, Count)), key=lambda each: each.value)
    if not shown:
        few = [each for each in figures if isinstance(each, Suppressed)]
        return figure([*few, *figures, Unknown()][0])
    least, most = shown[0], shown[-1]
    if any(isinstance(each, Suppressed) and each.because != "few" for each in figures):
        return _unit(most, _WHERE_SHOWN, low=f"{least.value:,}", number=f"{most.value:,}")
    if any(isinstance(each, Suppressed | StructuralZero) for each in figures):
        return _unit(most, _UP_TO, number=f"{most.value:,}")
    if least.value == most.value:
        return figure(most)
    return _unit(most, _BETWEEN, low=f"{least.value:,}", number=f"{most.value:,}")
