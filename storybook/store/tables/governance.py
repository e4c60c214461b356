"""What a data protection impact assessment needs to know and no program can work out: said by those who answer."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlmodel import Field, SQLModel

from .base import CODES, WORDS


class GovernanceRow(SQLModel, table=True):
    """What was said of one question: of one story, or (without a story) of every story of this home."""

    __tablename__ = "governance"
    id: UUID = Field(primary_key=True)
    story_id: UUID | None = Field(
        default=None, foreign_key="stories.id", ondelete="CASCADE", index=True, nullable=True
    )
    #: A ``services.governance.record.Question``.
    question: str = Field(max_length=40, sa_column_kwargs=CODES)
    said: str = Field(sa_column_kwargs=WORDS)
    said_at: dt.datetime
    said_by: UUID
