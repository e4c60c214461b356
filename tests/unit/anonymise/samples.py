"""Stories, candidates and editions for tests, as small as the case needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from storybook.anonymise.candidate import Candidate, freeze
from storybook.anonymise.consent import Channel, Consent, SignOff
from storybook.anonymise.dates.policy import Shift
from storybook.anonymise.edition import Edition
from storybook.anonymise.release import release
from storybook.anonymise.report import examine
from storybook.linked.suppression.figures import Count, Figure
from storybook.story.model import Agency, Contact, DatePolicy, Person, Story
from storybook.story.vocabulary import default

VOCABULARY = default()
DAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
UNTIL = dt.date(2027, 3, 31)


TYPICAL = Count(value=40, base=5)


@dataclass(frozen=True)
class FakeDemand:
    """Linked counts as ``lanes`` asks for them."""

    typical: Figure = TYPICAL
    quarters: Mapping[str, Figure] = field(default_factory=dict)
    note: str = "Counts from a made-up city."
    narrowed: str = ""


def contact(date: str, agency: str = "a", **more: Any) -> Contact:
    return Contact(date=date, agency=agency, **more)


def a_story(*contacts: Contact, **more: Any) -> Story:
    """Ann and Bo, agencies ``a`` (police) and ``b`` (health), and the contacts given."""
    told: dict[str, Any] = {
        "slug": "ann-and-bo",
        "title": "Ann and Bo",
        "fictional": True,
        "people": (Person(ref="P1", name="Ann"), Person(ref="P2", name="Bo")),
        "agencies": (
            Agency(ref="a", name="Agency A", sector="police"),
            Agency(ref="b", name="B House", sector="health"),
        ),
        "contacts": contacts,
    }
    return Story(**(told | more))


def under(story: Story, policy: DatePolicy, shift: int = -20) -> Candidate:
    """The candidate of ``story`` under another policy."""
    changed = story.model_copy(update={"date_policy": policy})
    return freeze(changed, VOCABULARY, shift=Shift(shift) if policy is DatePolicy.SHIFTED else None)


def consent(candidate: Candidate, person: str, **more: Any) -> Consent:
    given: dict[str, Any] = {
        "candidate_sha256": candidate.sha256,
        "person_ref": person,
        "channels": {Channel.WEB, Channel.TEAM},
        "until": UNTIL,
        "given_at": NOON,
        "given_by": "demo",
    }
    return Consent(**(given | more))


def consents(candidate: Candidate) -> tuple[Consent, ...]:
    return tuple(consent(candidate, person.ref) for person in candidate.shown.people)


def sign_off(candidate: Candidate, reviewer: str = "Rae", authors: Iterable[str] = ("Will",)) -> SignOff:
    """A reviewer's word with reasons, since nothing is measured here, and the lead's beside it."""
    return SignOff(
        candidate_sha256=candidate.sha256,
        reviewer_id=reviewer,
        authors=frozenset(authors),
        at=NOON,
        reasons=True,
        lead_id="Lee",
    )


def an_edition(story: Story | None = None, number: int = 1) -> Edition:
    """A released edition of ``story``, or of a story of two contacts."""
    told = story or a_story(contact("2016-04-03", people=("P1",)), contact("2016-06", agency="b"))
    candidate = freeze(told, VOCABULARY)
    return release(
        candidate, examine(candidate), consents(candidate), sign_off(candidate), number=number, day=DAY
    )
