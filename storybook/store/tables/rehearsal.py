"""What came of trying to recognise the people of a story before a stranger does."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlmodel import Field, SQLModel

from .base import CODES


class RehearsalRow(SQLModel, table=True):
    """One reviewer's rehearsal of one candidate, by its hash: it stays when the candidate's text is forgotten.

    What was tried and found is the shortest way to the person, so it is a Fernet token: the key is not in the database.
    """

    __tablename__ = "rehearsals"
    id: UUID = Field(primary_key=True)
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    sha256: str = Field(max_length=64, index=True, sa_column_kwargs=CODES)
    version: int = 1
    begun_at: dt.datetime
    begun_by: UUID
    #: Seconds at work so far, and when something was last done.
    spent: int = 0
    seen_at: dt.datetime
    ended_at: dt.datetime | None = None
    #: A ``services.rehearsal.rehearse.Outcome``; "" while it goes on.
    outcome: str = Field(default="", max_length=20, sa_column_kwargs=CODES)
    token: bytes
