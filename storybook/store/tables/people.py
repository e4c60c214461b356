"""What the people of a story have said beside their consents: taking part, cards, others named; what was downloaded."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from .base import CODES, REF, WORDS


class PermissionRow(SQLModel, table=True):
    """One person's yes to taking part: to a draft being written at all. It lets nothing out.

    ``person_id`` is the person's own id, so that a new ref changes nothing.
    """

    __tablename__ = "permissions"
    id: UUID = Field(primary_key=True)
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    person_id: UUID = Field(index=True)
    said_on: dt.date
    #: A ``services.consent.taking_part.How``.
    how: str = Field(max_length=20, sa_column_kwargs=CODES)
    record: dict[str, str] = Field(default_factory=dict, sa_type=JSON, sa_column_kwargs=WORDS)
    recorded_at: dt.datetime
    recorded_by: UUID
    ended_at: dt.datetime | None = None


class CardRow(SQLModel, table=True):
    """A card by which a person stops sharing without an account. Only a keyed hash of its code is here.

    A person may hold several: nobody else's new card takes theirs away.
    """

    __tablename__ = "cards"
    id: UUID = Field(primary_key=True)
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    #: The person's ref, which their consents name too: the card works when the draft has no such person any more.
    person: str = Field(max_length=120, sa_column_kwargs=REF)
    digest: str = Field(max_length=64, unique=True, sa_column_kwargs=CODES)


class OtherRow(SQLModel, table=True):
    """Somebody else whom the story names: counted as a person until it is said why not."""

    __tablename__ = "others"
    id: UUID = Field(primary_key=True)
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    #: As the story calls them, never a real name.
    name: str = Field(max_length=500, sa_column_kwargs=WORDS)
    #: A ``services.consent.others.Standing``.
    standing: str = Field(max_length=20, sa_column_kwargs=CODES)
    why: str = Field(default="", sa_column_kwargs=WORDS)
    said_at: dt.datetime
    said_by: UUID


class DownloadRow(SQLModel, table=True):
    """How often an edition was downloaded on a London day, and as what: nothing about by whom."""

    __tablename__ = "downloads"
    __table_args__ = (UniqueConstraint("edition_id", "ending", "day"),)
    id: UUID = Field(primary_key=True)
    edition_id: UUID = Field(foreign_key="editions.id", ondelete="CASCADE", index=True)
    ending: str = Field(max_length=10, sa_column_kwargs=CODES)
    day: dt.date
    count: int
