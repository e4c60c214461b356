"""What is kept of a rehearsal: per part who would recognise it and by what, what was tried, and what it led to.

It is the shortest way to the person, so only reviewers of the story read it, and it is stored under a key of this home.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.rehearsal import Viewer
from ...store.tables import RehearsalRow
from ..context import Context

_KEY: Final = "rehearsals"
#: Whoever does nothing for longer was away: that time is not counted.
AWAY: Final = dt.timedelta(minutes=15)


class Outcome(StrEnum):
    """What a rehearsal leads to."""

    NOTHING = "nothing found"
    ACCEPTED = "something is left"
    BACK = "sent back"


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PartSaid(_Kept):
    """What was said of one part. Nobody would recognise it where ``who`` is empty."""

    who: tuple[Viewer, ...] = ()
    how: str = ""
    version: int = 1


class Try(_Kept):
    """One thing that was tried, and what was found."""

    tried: str
    found: str


class Record(_Kept):
    """All that was said. ``note`` goes with the outcome."""

    parts: Mapping[str, PartSaid] = field(default_factory=dict)
    tries: tuple[Try, ...] = ()
    note: str = ""

    @property
    def recognised(self) -> tuple[str, ...]:
        """The keys of the parts that somebody would recognise."""
        return tuple(key for key, said in self.parts.items() if said.who)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One reviewer's rehearsal of the candidate with this hash. ``outcome`` is None while it goes on."""

    id: UUID
    sha256: str
    begun_at: dt.datetime
    spent: dt.timedelta
    ended_at: dt.datetime | None
    outcome: Outcome | None
    record: Record

    @property
    def minutes(self) -> int:
        """Whole minutes at work so far."""
        return int(self.spent.total_seconds() // 60)


def as_rehearsal(ctx: Context, row: RehearsalRow) -> Rehearsal:
    """A row as a reviewer sees it."""
    spent = dt.timedelta(seconds=row.spent)
    outcome = Outcome(row.outcome) if row.outcome else None
    return Rehearsal(row.id, row.sha256, row.begun_at, spent, row.ended_at, outcome, opened(ctx, row))


def opened(ctx: Context, row: RehearsalRow) -> Record:
    """What the row holds, with the key of this home."""
    return Record.model_validate_json(ctx.keys.cipher(_KEY).decrypt(row.token))


def sealed(ctx: Context, record: Record) -> bytes:
    """``record`` as a row holds it."""
    return ctx.keys.cipher(_KEY).encrypt(record.model_dump_json().encode())


def write(ctx: Context, row: RehearsalRow, record: Record) -> None:
    """Puts ``record`` into the row, and counts the time since something was last said, unless the reviewer was away."""
    now = ctx.clock.now()
    row.token = sealed(ctx, record)
    if now - row.seen_at <= AWAY:
        row.spent += int((now - row.seen_at).total_seconds())
    row.seen_at = now
    row.version += 1


def rehearsals_in(session: Session, story_id: UUID) -> list[RehearsalRow]:
    """Every rehearsal of the story, the newest first."""
    query = sa.select(RehearsalRow).where(col(RehearsalRow.story_id) == story_id)
    return list(session.scalars(query.order_by(col(RehearsalRow.id).desc())))


def done_of(session: Session, story_id: UUID, sha256: str) -> list[RehearsalRow]:
    """The rehearsals of this very version that came to an end without sending it back, the newest first."""
    done = (Outcome.NOTHING, Outcome.ACCEPTED)
    return [r for r in rehearsals_in(session, story_id) if r.sha256 == sha256 and r.outcome in done]


def rewrite_rehearsals(ctx: Context, session: Session, story_id: UUID, change: Callable[[str], str]) -> None:
    """Puts ``change(text)`` in the place of every text of the story's rehearsals."""
    for row in rehearsals_in(session, story_id):
        before = opened(ctx, row)
        after = _changed(before, change)
        if after != before:
            row.token = sealed(ctx, after)
            row.version += 1


def _changed(record: Record, change: Callable[[str], str]) -> Record:
    parts = {key: said.model_copy(update={"how": change(said.how)}) for key, said in record.parts.items()}
    tries = tuple(Try(tried=change(one.tried), found=change(one.found)) for one in record.tries)
    return Record.model_validate(
        json.loads(Record(parts=parts, tries=tries, note=change(record.note)).model_dump_json())
    )
