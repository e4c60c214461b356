"""Consent to release, and the second pair of eyes: both name a candidate by its hash and nothing else.

A consent says through which channels one person lets exactly this text out, and until which day. Days are
London's: a consent until 31 March holds through that whole day there and is over at midnight.

A yes beyond the team is said twice: after a cooling-off the person reads the final text again, and what they then say
is *settled*. Only what is settled opens. The team's screen needs one look, and so do stories of made-up people.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ..story.clock import LONDON
from ..story.model import Ref

#: Who agrees and signs off for the examples: good for fictional stories and for no other.
DEMO: Final = "demo"

#: How long a person has to think before they are asked a second time.
COOLING_OFF: Final = dt.timedelta(hours=48)

Sha256 = Annotated[str, StringConstraints(pattern=re.compile(r"^[0-9a-f]{64}$"))]


class Channel(StrEnum):
    """Who an edition reaches, from the fewest to the most."""

    TEAM = "team"
    PARTNERS = "partners"
    CONFERENCE = "conference"
    WEB = "web"


#: Channels for which one look is enough: nobody sees them without signing in, and nothing can be downloaded.
ONE_LOOK: Final = frozenset({Channel.TEAM})


class _Act(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Consent(_Act):
    """One person's consent to one candidate. ``person_ref`` is the story's own ref (P1).

    ``until`` is the last day, in London; ``days`` holds the channels that end on an earlier day of their own.
    ``given_by`` is the account that gave it: the person's own, or "demo" for the fictional people of the examples.
    ``settled`` holds what was said twice: a channel, and its last day.
    """

    candidate_sha256: Sha256
    person_ref: Ref
    channels: frozenset[Channel] = Field(min_length=1)
    until: dt.date
    given_at: AwareDatetime
    given_by: UUID | str
    settled: tuple[tuple[Channel, dt.date], ...] = ()
    days: tuple[tuple[Channel, dt.date], ...] = ()

    @model_validator(mode="after")
    def _says_days_of_its_own_channels(self) -> Self:
        if any(channel not in self.channels or last > self.until for channel, last in self.days):
            raise ValueError(
                "a channel's own last day can't be later than the consent's, or of a channel not in it"
            )
        return self

    @model_validator(mode="after")
    def _settles_no_more_than_it_says(self) -> Self:
        said = self.said
        if any(channel not in said or last > said[channel] for channel, last in self.settled):
            raise ValueError("a second look can't settle more than the consent says")
        return self

    @model_validator(mode="after")
    def _is_not_over_already(self) -> Self:
        if min(self.said.values()) < self.given_at.astimezone(LONDON).date():
            raise ValueError("a consent's last day can't lie before the day it was given")
        return self

    @property
    def said(self) -> dict[Channel, dt.date]:
        """Every channel, with its last day as it was said."""
        return dict.fromkeys(self.channels, self.until) | dict(self.days)

    def opens(self, *, fictional: bool) -> dict[Channel, dt.date]:
        """The channels that this consent opens, each with its last day; of a real story only what is settled."""
        said = self.said
        if fictional:
            return said
        one_look = {channel: last for channel, last in said.items() if channel in ONE_LOOK}
        return one_look | dict(self.settled)

    def holds(self, day: dt.date) -> bool:
        """Whether it still holds on a London day."""
        return day <= self.until


class SignOff(_Act):
    """A reviewer's word that one candidate may go out. ``authors`` are all who wrote the story.

    ``reasons``: whether they wrote down why it may although too few people fit it, or nobody knows how many do.
    ``lead_id``: the information-governance lead who signed as well; ``lead_refused``: their last word is a no.
    """

    candidate_sha256: Sha256
    reviewer_id: UUID | str
    authors: frozenset[UUID | str]
    at: AwareDatetime
    reasons: bool = False
    lead_id: UUID | str | None = None
    lead_refused: bool = False

    @property
    def by_an_author(self) -> bool:
        """Whether the reviewer wrote any of it: that is no second pair of eyes."""
        return self.reviewer_id in self.authors
