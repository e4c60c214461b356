"""What was found in a story and what was decided about it. Nothing of a story's words can be read in either table."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from . import base  # noqa: F401 - names of constraints come before the tables


class DecisionRow(SQLModel, table=True):
    """One decision about words of a story: a Fernet token under a key in ``home/keys`` holds all of it."""

    __tablename__ = "decisions"
    id: UUID = Field(primary_key=True)
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    version: int
    token: bytes
    demo: bool = False
    decided_at: dt.datetime
    decided_by: UUID


class LookRow(SQLModel, table=True):
    """What was found when a story was last looked through: where and what sort, never the words.

    ``mark`` is a keyed hash of the texts that were looked through; ``deep`` says whether the language model looked too.
    """

    __tablename__ = "looks"
    __table_args__ = (UniqueConstraint("story_id"),)
    id: UUID = Field(primary_key=True)
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE")
    mark: bytes
    deep: bool
    #: JSON: [part, field, what, start, end, confidence] of each finding.
    found: bytes
    looked_at: dt.datetime
