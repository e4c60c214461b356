"""What a chronology says, worked out from the story and never typed in.

A contact marked ``not_telling`` is kept but never shown, so it is never counted either: every function here
leaves it out, and a reader can't work out from a number that something was held back. A contact that names
nobody concerns everybody in the story.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .chronology_checks import check_order
from .chronology_gaps import FoundGap, gaps_found
from .dates import DateSpan, span
from .durations import in_words as duration_in_words
from .durations import months_between
from .messages import Message, message
from .model import Contact, Episode, Story

__all__ = [
    "Facts",
    "FoundGap",
    "HandOff",
    "agencies_met",
    "caption",
    "check_order",
    "concerns",
    "facts",
    "gaps_found",
    "hand_offs",
    "period",
    "told",
    "turning_points",
    "what_helped",
    "when",
]

#: Outcomes that say a contact did some good.
_GOOD = frozenset({"helped", "partly", "completed"})


@dataclass(frozen=True, slots=True)
class HandOff:
    """A referral, and whether it led anywhere.

    ``reached`` is the first contact afterwards with the agency it went to, for any of the same people.
    ``days`` counts from the first day the referral can have been to the first that contact can have been;
    both are ``None`` where there was no such contact. ``end`` is what was recorded, "not-recorded" if nothing
    was.
    """

    contact: Contact
    to_agency: str
    end: str
    reached: Contact | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The numbers of a story. ``months`` is 0 and the days are ``None`` for a story without contacts."""

    agencies: int
    contacts: int
    first: dt.date | None
    last: dt.date | None
    months: int
    hand_offs: tuple[HandOff, ...]
    hand_off_ends: dict[str, int]
    retellings: int
    turning_points: int
    caption: Message


def facts(story: Story) -> Facts:
    """Every number of ``story`` at once."""
    contacts, referrals = told(story), hand_offs(story)
    days = period(story)
    return Facts(
        agencies=len(agencies_met(story)),
        contacts=len(contacts),
        first=days[0] if days else None,
        last=days[1] if days else None,
        months=months_between(*days) if days else 0,
        hand_offs=referrals,
        hand_off_ends=dict(Counter(referral.end for referral in referrals)),
        retellings=sum(contact.retelling for contact in contacts),
        turning_points=len(turning_points(story)),
        caption=caption(story),
    )


def told(story: Story, person: str | None = None) -> tuple[Contact, ...]:
    """The contacts that count, oldest first; only those that concern ``person`` if one is named."""
    contacts = (c for c in story.contacts if not c.not_telling and (person is None or concerns(c, person)))
    return tuple(sorted(contacts, key=lambda contact: when(contact).sort_key))


def when(contact: Contact) -> DateSpan:
    """A contact's date and end as a span."""
    return span(contact.date, contact.end)


def concerns(contact: Contact, person: str) -> bool:
    """Whether ``contact`` is about ``person`` (a ref)."""
    return not contact.people or person in contact.people


def agencies_met(story: Story) -> tuple[str, ...]:
    """Refs of the agencies with at least one contact that counts, in the story's order."""
    met = {contact.agency for contact in told(story)}
    return tuple(agency.ref for agency in story.agencies if agency.ref in met)


def period(story: Story) -> tuple[dt.date, dt.date] | None:
    """First and last day of the contacts by their strict bounds; None for a story without contacts.

    What goes on, or has no known start, adds no more than the day that is known of it.
    """
    spans = [when(contact) for contact in told(story)]
    days = [day for found in spans for day in _known_days(found)]
    return (min(days), max(days)) if days else None


def _known_days(found: DateSpan) -> Iterable[dt.date]:
    sides = (found.begins, found.ends)
    return (day for side in sides if side for day in (side.lower, side.upper) if day)


def caption(story: Story) -> Message:
    """Such as "24 agencies, 143 contacts, two years"; worked out each time, so it is never out of date."""
    days, contacts = period(story), len(told(story))
    if days is None:
        return message("No contacts yet")
    agencies = len(agencies_met(story))
    return message(
        "{agencies}, {contacts}, {duration}",
        agencies=message("{count} agency", plural="{count} agencies", count=agencies),
        contacts=message("{count} contact", plural="{count} contacts", count=contacts),
        duration=duration_in_words(*days),
    )


def hand_offs(story: Story) -> tuple[HandOff, ...]:
    """Every referral that counts, oldest first, with how it ended and whether it led to a contact."""
    contacts = told(story)
    return tuple(
        _hand_off(contact, contact.handoff_to, contacts) for contact in contacts if contact.handoff_to
    )


def _hand_off(contact: Contact, to_agency: str, contacts: tuple[Contact, ...]) -> HandOff:
    reached = next((c for c in contacts if c.agency == to_agency and _follows(c, contact)), None)
    days = _days_from(contact, reached) if reached else None
    return HandOff(contact, to_agency, contact.handoff_end or "not-recorded", reached, days)


def _follows(later: Contact, earlier: Contact) -> bool:
    """Whether ``later`` is another contact, begun on or after ``earlier``, about any of the same people."""
    same = not later.people or not earlier.people or set(later.people) & set(earlier.people)
    days = _days_from(earlier, later)
    return later is not earlier and bool(same) and days is not None and days >= 0


def _days_from(earlier: Contact, later: Contact) -> int | None:
    first, second = when(earlier).lower, when(later).lower
    return (second - first).days if first and second else None


def turning_points(story: Story) -> tuple[Episode, ...]:
    """The episodes that people marked as turning points, in the story's order."""
    marked = (episode for episode in story.episodes if episode.turning_point)
    return tuple(sorted(marked, key=lambda episode: episode.position))


def what_helped(story: Story) -> tuple[Contact, ...]:
    """The contacts that did some good, oldest first: a chronology holds these too."""
    return tuple(contact for contact in told(story) if contact.outcome in _GOOD)
