"""A no: as easy as a yes, kept for the person alone, and final for the text it is about.

Nobody else can tell a no from an answer that has not come yet: to all others it is "not yet". The audit line names the
program and no person, and the same line is written for whoever looks over their answers and leaves. Where they had said
yes before, that ends as any taking back does: with everybody's.
"""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...store.tables import CandidateRow, ConsentRow
from ...story.clock import today
from ...story.ids import new_id
from ..access import enter
from ..context import Context
from ..permissions import Action, Actor
from ..stopping.withdraw import Withdrawal, end_story, files_after, must_be_in
from .agree import the_one_read
from .agreements import newest, word_of

_NOTHING_ENDED = Withdrawal((), (), ())
#: What the audit trail says of a no, and of answers that were looked over, whatever became of them.
ANSWERING: Final = "look over the answers"


def say_no(ctx: Context, actor: Actor, slug: str, *, person: str, sha256: str) -> Withdrawal:
    """Notes that ``person`` does not want exactly this text shared. What ended by it, if they had said yes to it."""
    with ctx.unit(Actor.system(demo=actor.demo)) as unit:
        story, _ = enter(unit.session, actor, slug, Action.TAKE_BACK_CONSENT, person=person, lock=True)
        must_be_in(unit.session, story, person)
        row = the_one_read(unit.session, story, sha256)
        agreed = word_of(unit.session, row, person) is not None
        ended = end_story(ctx, unit, story) if agreed else _NOTHING_ENDED
        unit.session.add(_no(ctx, actor, row, person))
        unit.audit(ANSWERING, story.id)
    return files_after(ctx, ended)


def answering(ctx: Context, actor: Actor, slug: str, *, person: str) -> None:
    """Notes that somebody looked over their answers, in the words that a no leaves behind: so none can be told."""
    with ctx.unit(Actor.system(demo=actor.demo)) as unit:
        story, _ = enter(unit.session, actor, slug, Action.TAKE_BACK_CONSENT, person=person)
        unit.audit(ANSWERING, story.id)


def said_no(ctx: Context, actor: Actor, slug: str, person: str) -> dt.datetime | None:
    """When ``person`` said no to the text in review, for their own eyes; None if their last word is another."""
    with ctx.read() as session:
        story, _ = enter(session, actor, slug, Action.TAKE_BACK_CONSENT, person=person)
        last = _last_word(session, newest(session, story).id, person)
        return last.given_at if last is not None and not last.channels else None


def _no(ctx: Context, actor: Actor, row: CandidateRow, person: str) -> ConsentRow:
    """A word without a channel, taken back as it is said: nothing that counts a yes can take it for one."""
    now = ctx.clock.now()
    return ConsentRow(
        id=new_id(),
        candidate_id=row.id,
        person=person,
        channels=[],
        until=today(ctx.clock),
        sha256=row.sha256,
        given_at=now,
        given_by=actor.id,
        demo=actor.demo,
        taken_back_at=now,
    )


def _last_word(session: Session, candidate: UUID, person: str) -> ConsentRow | None:
    mine = (col(ConsentRow.candidate_id) == candidate, col(ConsentRow.person) == person)
    return session.scalars(
        sa.select(ConsentRow).where(*mine).order_by(col(ConsentRow.id).desc()).limit(1)
    ).one_or_none()
