"""What the review and consent pages show, worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...anonymise.consent import Channel, Consent
from ...anonymise.risk import words as risk_words
from ...services.consent.others import Other
from ...services.editions.shown import EditionView
from ...services.errors import NotFound
from ...services.permissions import Action, Decision
from ...services.rehearsal.rehearsed import Rehearsed
from ...services.review.candidate import CandidateView
from ...services.review.open_web import OpenWeb
from ...services.risk.measured import RiskView
from ...services.stories.get_story import StoryView
from ...story.messages import Message
from ...story.model import Person, Story
from ..stories.page import STATES
from ..words import by_name


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A story in review. ``candidate`` is None while it is a draft."""

    view: StoryView
    candidate: CandidateView | None
    editions: tuple[EditionView, ...] = ()
    others: tuple[Other, ...] = ()
    risk: RiskView | None = None
    rehearsed: Rehearsed | None = None
    web: OpenWeb | None = None

    @property
    def live(self) -> EditionView | None:
        """The edition that is shared now, if one is."""
        return next((made for made in self.editions if made.edition is not None), None)

    @property
    def is_shared(self) -> bool:
        """Whether what is in review is what the newest edition shows already."""
        live = self.live
        return live is not None and live.edition is not None and live.edition.candidate.sha256 == self.sha256

    @property
    def on_the_web(self) -> bool:
        """Whether the open web sees what is in review already."""
        return self.is_shared and self.live is not None and Channel.WEB in self.live.channels

    @property
    def story(self) -> Story:
        """The story as it stands."""
        return self.view.story

    @property
    def state(self) -> Message:
        """The story's state in words."""
        return STATES[self.view.state]

    @property
    def sha256(self) -> str:
        """The hash that everyone agrees to; nothing while there is none."""
        return self.candidate.sha256 if self.candidate else ""

    @property
    def risk_words(self) -> tuple[Message, ...]:
        """What was measured, in sentences: the headline first."""
        if self.risk is None:
            return ()
        return (*risk_said(self.risk), risk_words.EXCLUDES)

    @property
    def can_sign(self) -> bool:
        """Whether the sign-off is asked for: it was not given yet, or it lacks reasons that are missing."""
        if not self.can("SIGN_OFF") or self.candidate is None:
            return False
        signed = self.candidate.sign_off
        return signed is None or (not signed.reasons and bool(self.candidate.missing))

    @property
    def can_sign_as_lead(self) -> bool:
        """Whether the lead is asked, who has not signed yet: for a story that does not reach the web's target."""
        signed = self.candidate.sign_off if self.candidate else None
        open_ = self.risk is not None and not self.risk.enough_for_web
        return open_ and bool(self.can("SIGN_AS_LEAD")) and not (signed and signed.lead_id)

    def can(self, action: str, person: str | None = None) -> Decision:
        """Whether a button is shown. ``action`` is an Action's name."""
        return self.view.can(Action[action], person)

    def consent_of(self, ref: str) -> Consent | None:
        """What the person called ``ref`` agreed to, of this very version."""
        given = self.candidate.consents if self.candidate else ()
        return next((consent for consent in given if consent.person_ref == ref), None)

    @property
    def missing(self) -> tuple[Message, ...]:
        """What still has to happen before it can be shared, people by the names of the story."""
        found = self.candidate.missing if self.candidate else ()
        return tuple(by_name(one, self.story.people) for one in found)


def risk_said(view: RiskView) -> Iterator[Message]:
    """What was measured, the headline first; or that it is not measured yet."""
    if view.over:
        yield risk_words.OVER
        return
    if view.linked and not view.measured:
        yield _not_yet(view)
        return
    yield risk_words.headline(view.risk)
    yield from risk_words.sentences(view.risk)
    yield from risk_words.source(view.risk)


def _not_yet(view: RiskView) -> Message:
    if view.cancelled:
        return risk_words.CANCELLED
    return risk_words.STOPPED if view.stopped and not view.going else risk_words.going(going=view.going)


def person_of(view: StoryView, ref: str) -> Person:
    """The person called ``ref``; raises NotFound."""
    for person in view.story.people:
        if person.ref == ref:
            return person
    raise NotFound
