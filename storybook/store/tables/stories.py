"""The tables of a story. Each inherits its fields from ``story.model``, where they are checked.

A table class does not check what it is given (SQLModel leaves ``table=True`` alone), so rows are made only by
``repository.save`` from a ``Story`` that has been. ``ordinal`` keeps the order within the story.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from ...story.model import (
    AgencyFields,
    ContactFields,
    EpisodeFields,
    GapFields,
    PersonFields,
    PointFields,
    StoryFields,
    TrackFields,
)
from . import base  # noqa: F401 - names of constraints come before the tables


def _agency(name: str, column: str) -> ForeignKeyConstraint:
    """``column`` holds the ref of an agency of the same story; a new ref for the agency is followed."""
    return ForeignKeyConstraint(
        ["story_id", column], ["agencies.story_id", "agencies.ref"], name=name, onupdate="CASCADE"
    )


class StoryRow(StoryFields, table=True):
    """A story's own facts, and where the work on it stands."""

    __tablename__ = "stories"
    __table_args__ = (UniqueConstraint("slug"),)
    id: UUID = Field(primary_key=True)
    version: int
    #: A ``services.states.StoryState``.
    state: str = Field(default="draft", max_length=20)


class PersonRow(PersonFields, table=True):
    """A person of a story, by pseudonym."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("story_id", "ref"),)
    id: UUID = Field(primary_key=True)
    version: int
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    ordinal: int


class AgencyRow(AgencyFields, table=True):
    """An agency of a story."""

    __tablename__ = "agencies"
    __table_args__ = (UniqueConstraint("story_id", "ref"),)
    id: UUID = Field(primary_key=True)
    version: int
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    ordinal: int


class ContactRow(ContactFields, table=True):
    """A contact."""

    __tablename__ = "contacts"
    __table_args__ = (
        _agency("fk_contacts_agency", "agency"),
        _agency("fk_contacts_handoff_to", "handoff_to"),
    )
    id: UUID = Field(primary_key=True)
    version: int
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    ordinal: int


class GapRow(GapFields, table=True):
    """A stretch without contact."""

    __tablename__ = "gaps"
    __table_args__ = (_agency("fk_gaps_agency", "agency"),)
    id: UUID = Field(primary_key=True)
    version: int
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    ordinal: int


class EpisodeRow(EpisodeFields, table=True):
    """A piece of the narrative."""

    __tablename__ = "episodes"
    id: UUID = Field(primary_key=True)
    version: int
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    ordinal: int


class TrackRow(TrackFields, table=True):
    """A state over time; its stretches are points."""

    __tablename__ = "tracks"
    __table_args__ = (UniqueConstraint("story_id", "ref"),)
    id: UUID = Field(primary_key=True)
    version: int
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    ordinal: int


class PointRow(PointFields, table=True):
    """A stretch or moment of a track."""

    __tablename__ = "points"
    id: UUID = Field(primary_key=True)
    version: int
    track_id: UUID = Field(foreign_key="tracks.id", ondelete="CASCADE", index=True)
    ordinal: int
