"""What a newer word leaves of an edition that is shown already: at most what everybody agrees to now, at once.

A person's newer consent takes the place of their older one, also in the file apart: a database restored from before it
would otherwise show the older, wider one as their last word.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...store.tables import CandidateRow, ConsentRow, EditionRow
from ...store.withdrawals import Ended, keep
from ...story.clock import today
from ..consent.agreements import candidate_of, consents_to
from ..context import Context, Unit
from ..states import EditionState
from ..stopping.reapply import apply, fewer, files_of
from .publish_edition import channels_left
from .shown import state_on


def follow_newest_word(ctx: Context, unit: Unit, row: CandidateRow, given: ConsentRow) -> list[Path]:
    """Ends what the consent ``given`` replaces and narrows what is shown of its text; files that say otherwise."""
    unit.session.flush()
    replaced, now = _replaced(unit.session, given), ctx.clock.now()
    apply(unit, Ended(now, (), replaced))
    narrowed = _narrowed(ctx, unit.session, row)
    apply(unit, Ended(now, (), (), narrowed))
    unit.session.flush()
    if replaced or narrowed:
        keep(ctx.withdrawals, Ended(now, (), replaced, narrowed))
    return files_of(unit.session, narrowed)


def _replaced(session: Session, given: ConsentRow) -> tuple[UUID, ...]:
    """The person's earlier consents to the same text."""
    query = sa.select(col(ConsentRow.id)).where(
        col(ConsentRow.candidate_id) == given.candidate_id,
        col(ConsentRow.person) == given.person,
        col(ConsentRow.taken_back_at).is_(None),
        col(ConsentRow.id) != given.id,
    )
    return tuple(session.scalars(query))


def _narrowed(ctx: Context, session: Session, row: CandidateRow) -> dict[UUID, dict[str, str]]:
    """The editions that are shown to more, or for longer, than everybody agrees to, each with what is left."""
    query = sa.select(EditionRow).where(
        col(EditionRow.candidate_id) == row.id, col(EditionRow.state) == EditionState.PUBLISHED
    )
    day = today(ctx.clock)
    shown = [e for e in session.scalars(query) if state_on(e, day) is EditionState.PUBLISHED]
    left = channels_left(ctx, candidate_of(row), consents_to(session, row)) if shown else {}
    return {e.id: left for e in shown if fewer(e.channels, left) != e.channels}
