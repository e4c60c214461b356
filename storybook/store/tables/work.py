"""The audit trail, long work, and real names (encrypted; the key is not in the database)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from .base import CODES, WORDS, Holds, holds


class AuditRow(SQLModel, table=True):
    """Who did what to which row, when: ids and actions, never content."""

    __tablename__ = "audit"
    id: UUID = Field(primary_key=True)
    at: dt.datetime = Field(index=True)
    actor_id: UUID
    demo: bool = False
    action: str = Field(max_length=60)
    target_id: UUID | None = Field(default=None, index=True)


class KeptColumnRow(SQLModel, table=True):
    """Part of the audit trail: why an analyst kept a column that looks like it says who somebody is."""

    __tablename__ = "kept_columns"
    id: UUID = Field(primary_key=True)
    at: dt.datetime
    actor_id: UUID
    dataset: str = Field(max_length=80, index=True, sa_column_kwargs=CODES)
    heading: str = Field(max_length=200, sa_column_kwargs=CODES)
    reason: str = Field(sa_column_kwargs=WORDS)


#: What a page says of long work; the rest of a result is numbers, days and the dataset's name.
_RESULT = holds(Holds.WORDS, at=("sentences", "dropped", "offers", "problems"))


class JobRow(SQLModel, table=True):
    """A piece of long work. Whoever holds the lease works on it; a lease that ran out may be taken."""

    __tablename__ = "jobs"
    id: UUID = Field(primary_key=True)
    kind: str = Field(max_length=60, sa_column_kwargs=CODES)
    #: Ids and numbers, never words.
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, sa_column_kwargs=CODES)
    #: waiting, running, done, failed or cancelled
    state: str = Field(default="waiting", max_length=20, index=True, sa_column_kwargs=CODES)
    done: int = 0
    total: int | None = None
    cancel_asked: bool = False
    lease_until: dt.datetime | None = None
    lease_by: UUID | None = None
    created_at: dt.datetime
    created_by: UUID
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    #: What is being done now, in one word of the handler's.
    stage: str = Field(default="", max_length=20, sa_column_kwargs=CODES)
    #: What came of it, for the page that shows it: sentences, numbers, columns; no content of rows.
    result: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, sa_column_kwargs=_RESULT)
    #: A sentence for the person who asked; no content of rows.
    outcome: str = Field(default="", sa_column_kwargs=WORDS)


class RealNameRow(SQLModel, table=True):
    """A real name, as a Fernet token under a key in ``home/keys``."""

    __tablename__ = "real_names"
    id: UUID = Field(primary_key=True)
    story_id: UUID = Field(foreign_key="stories.id", ondelete="CASCADE", index=True)
    person_id: UUID = Field(index=True)
    token: bytes
