"""What looks odd in a chronology: questions to whoever wrote it, never a reason to refuse the story."""

from __future__ import annotations

from collections.abc import Iterator

from .chronology_gaps import days_filled
from .dates import span
from .messages import message
from .model import Contact, Gap, Story
from .problems import Problem

#: Kinds of gap that say there was nothing at all, so that a contact inside one is a contradiction.
_NOTHING = frozenset({"no-contact"})


def check_order(story: Story) -> list[Problem]:
    """Everything about the order of things in ``story`` that somebody should look at."""
    found: list[Problem] = []
    for number, contact in enumerate(story.contacts, 1):
        found += _of_contact(contact, f"contact {number}, {contact.date}")
    found += _twice(story)
    for number, gap in enumerate(story.gaps, 1):
        found += _of_gap(gap, f"gap {number}, {gap.date}", story)
    return found


def _of_contact(contact: Contact, where: str) -> Iterator[Problem]:
    if _may_end_first(contact.date, contact.end):
        what = message("this may have ended before it began")
        yield Problem(
            what, message("give both days as exactly as you can, or leave the end empty"), where, column="end"
        )
    if contact.handoff_end and not contact.handoff_to:
        what = message("this says how a hand-off ended, but not which agency it went to")
        yield Problem(what, message("name the agency, or take out how it ended"), where, column="handoff_end")
    if contact.handoff_to == contact.agency:
        what = message("this hands off to the same agency")
        yield Problem(what, message("name the agency it went to"), where, column="handoff_to")


def _may_end_first(date: str, end: str) -> bool:
    """Whether the days the end can be reach back before the start, without being merely coarser than it."""
    begins, ends = span(date, end).begins, span(date, end).ends
    if begins is None or ends is None:
        return False
    return ends.sort_key[0] < begins.sort_key[0] and ends.sort_key[1] < begins.sort_key[1]


def _twice(story: Story) -> Iterator[Problem]:
    """Contacts that say the same thing of the same people on the same day."""
    seen: dict[tuple[object, ...], int] = {}
    for number, contact in enumerate(story.contacts, 1):
        same = (
            contact.date,
            contact.end,
            contact.agency,
            frozenset(contact.people),
            contact.kind,
            contact.summary,
        )
        first = seen.setdefault(same, number)
        if first != number:
            what = message("this is the same as contact {number}", number=first)
            yield Problem(
                what, message("take one of them out, or say what was different"), _named(number, contact)
            )


def _of_gap(gap: Gap, where: str, story: Story) -> Iterator[Problem]:
    if gap.kind not in _NOTHING:
        return
    for number, contact in enumerate(story.contacts, 1):
        if _inside(contact, gap):
            what = message("nothing is said to have happened here, but contact {number} did", number=number)
            yield Problem(what, message("change the days of the gap, or its kind"), where)


def _inside(contact: Contact, gap: Gap) -> bool:
    """Whether a contact that counts lies wholly inside ``gap``, with its agency and one of its people."""
    if contact.not_telling or (gap.agency and gap.agency != contact.agency):
        return False
    if contact.people and gap.people and not set(contact.people) & set(gap.people):
        return False
    first, last = days_filled(span(contact.date, contact.end))
    begin, end = days_filled(span(gap.date, gap.end))
    return begin <= first and last <= end


def _named(number: int, contact: Contact) -> str:
    return f"contact {number}, {contact.date}"
