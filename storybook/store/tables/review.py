"""From a story to its editions: what was frozen, who agreed, what the world sees, and which counts it has seen."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from .base import CODES, MADE, REF, WORDS, Holds, holds


class CandidateRow(SQLModel, table=True):
    """A frozen candidate: canonical JSON and its SHA-256."""

    __tablename__ = "candidates"
    id: UUID = Field(primary_key=True)
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    sha256: str = Field(max_length=64, index=True)
    body: str
    #: The counts it shows, each a ``linked.ledger.Released``: what the ledger gets on publishing.
    counts: list[dict[str, Any]] = Field(sa_type=JSON)
    frozen_at: dt.datetime
    frozen_by: UUID
    #: Ways of sharing that people agreed to and that this version is kept from all the same.
    kept_off: list[str] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]", **CODES}
    )


#: Who was there in support, and whom to ask: the rest of a consent's record is answers to choose from.
_RECORD = holds(Holds.WORDS, at=("supporter", "wishes_who"))


class ConsentRow(SQLModel, table=True):
    """One person's yes to one candidate. ``record`` holds what they were asked (support, payment, ...).

    ``settled`` holds what they have said twice: each channel, with the last day of it that the second look confirmed.
    ``days`` holds the channels that end before ``until``. A row without a channel is a no, and never counts as a yes.
    """

    __tablename__ = "consents"
    id: UUID = Field(primary_key=True)
    candidate_id: UUID = Field(foreign_key="candidates.id", ondelete="CASCADE", index=True)
    person: str = Field(max_length=120, sa_column_kwargs=REF)
    channels: list[str] = Field(sa_type=JSON, sa_column_kwargs=CODES)
    until: dt.date
    sha256: str = Field(max_length=64, sa_column_kwargs=CODES)
    record: dict[str, str] = Field(default_factory=dict, sa_type=JSON, sa_column_kwargs=_RECORD)
    given_at: dt.datetime
    given_by: UUID
    demo: bool = False
    taken_back_at: dt.datetime | None = None
    settled: dict[str, str] = Field(default_factory=dict, sa_type=JSON, sa_column_kwargs=CODES)
    second_look_at: dt.datetime | None = None
    days: dict[str, str] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}", **CODES}
    )


class SignOffRow(SQLModel, table=True):
    """A reviewer's yes to one candidate, or the information-governance lead's beside it (``as_lead``).

    ``reasons``: why it may be shared although too few people fit it, or nobody knows how many do. ``refused``: the lead
    says no, and ``reasons`` why; their latest word counts.
    """

    __tablename__ = "sign_offs"
    id: UUID = Field(primary_key=True)
    candidate_id: UUID = Field(foreign_key="candidates.id", ondelete="CASCADE", index=True)
    sha256: str = Field(max_length=64, sa_column_kwargs=CODES)
    note: str = Field(default="", sa_column_kwargs=WORDS)
    signed_at: dt.datetime
    signed_by: UUID
    demo: bool = False
    reasons: str = Field(default="", sa_column_kwargs={"server_default": "", **WORDS})
    as_lead: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    refused: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class LeadAskRow(SQLModel, table=True):
    """That an information-governance lead was asked whether one candidate may go onto the open web."""

    __tablename__ = "lead_asks"
    __table_args__ = (UniqueConstraint("candidate_id", "lead_id"),)
    id: UUID = Field(primary_key=True)
    candidate_id: UUID = Field(foreign_key="candidates.id", ondelete="CASCADE", index=True)
    lead_id: UUID = Field(index=True)
    asked_at: dt.datetime
    asked_by: UUID


class RiskRow(SQLModel, table=True):
    """How many people one candidate could be, in bands, by one version of a dataset: its reviewer's, nobody else's."""

    __tablename__ = "risks"
    __table_args__ = (UniqueConstraint("candidate_id", "dataset"),)
    id: UUID = Field(primary_key=True)
    candidate_id: UUID = Field(foreign_key="candidates.id", ondelete="CASCADE", index=True)
    #: NAME@VERSION of the dataset.
    dataset: str = Field(max_length=200, sa_column_kwargs=CODES)
    #: An ``anonymise.risk.Risk``.
    body: dict[str, Any] = Field(sa_type=JSON, sa_column_kwargs=MADE)
    #: For each target the smallest changes that reach it, each a ``risk_changes.Plan``; empty until they are found.
    plans: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, sa_column_kwargs=MADE)
    measured_at: dt.datetime


class SuggestionRow(SQLModel, table=True):
    """A change that a reviewer suggests to those who write the story, and their answer; who answered is not kept."""

    __tablename__ = "suggestions"
    id: UUID = Field(primary_key=True)
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    target: int
    #: An ``anonymise.risk.changes.Plan`` without what was measured: ids and codes.
    plan: dict[str, Any] = Field(sa_type=JSON, sa_column_kwargs=CODES)
    #: A ``services.risk.suggest.SuggestionState``.
    state: str = Field(max_length=20, sa_column_kwargs=CODES)
    reason: str = Field(default="", sa_column_kwargs={"server_default": "", **WORDS})
    sent_at: dt.datetime
    sent_by: UUID
    answered_at: dt.datetime | None = None


class EditionRow(SQLModel, table=True):
    """What was released. It outlives its story's draft: withdrawn pages have to answer for ever."""

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("slug", "number"),)
    id: UUID = Field(primary_key=True)
    story_id: UUID | None = Field(foreign_key="stories.id", ondelete="SET NULL", index=True, nullable=True)
    candidate_id: UUID | None = Field(foreign_key="candidates.id", ondelete="SET NULL", nullable=True)
    slug: str = Field(max_length=80)
    number: int
    #: A ``services.states.EditionState``.
    state: str = Field(max_length=20)
    #: Canonical JSON and its SHA-256; empty once purged.
    body: str
    sha256: str = Field(max_length=64)
    #: Each channel it is open to, with its last day (Europe/London).
    channels: dict[str, str] = Field(sa_type=JSON)
    published_at: dt.datetime
    published_by: UUID
    #: The last of those days: after it nobody sees anything.
    expires: dt.date
    ended_at: dt.datetime | None = None


class ExportRow(SQLModel, table=True):
    """A file written of an edition, so that a withdrawal can remove or name it."""

    __tablename__ = "exports"
    id: UUID = Field(primary_key=True)
    edition_id: UUID = Field(foreign_key="editions.id", ondelete="CASCADE", index=True)
    path: str = Field(sa_column_kwargs=WORDS)
    written_at: dt.datetime


class LedgerRow(SQLModel, table=True):
    """One figure ever let out of a dataset; never deleted, not even with the edition."""

    __tablename__ = "ledger"
    id: UUID = Field(primary_key=True)
    dataset: str = Field(max_length=120, index=True)
    dataset_version: str = Field(max_length=120)
    #: The edition, candidate or story that it went to.
    edition_id: UUID
    #: The question and the figure, as ``linked.ledger.Released`` writes them, and the question's hash to find it by.
    question: dict[str, Any] = Field(sa_type=JSON)
    question_sha256: str = Field(max_length=64, index=True)
    figure: dict[str, Any] = Field(sa_type=JSON)
    rule: str
    went_to: str
    #: How many of the people counted the readers know of: those whose story it stands beside.
    known: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    #: The first and last day of that version of the data, where they were still known.
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    released_at: dt.datetime
