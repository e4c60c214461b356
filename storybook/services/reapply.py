"""Withdrawals, applied again to a database that may have been restored from before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import col

from ..store.tables import ConsentRow, EditionRow
from ..store.withdrawals import Ended, kept
from .permissions import Actor
from .states import EDITION_MOVES, EditionState, Move

if TYPE_CHECKING:
    from .context import Context, Unit


def reapply_withdrawals(ctx: Context) -> int:
    """Ends whatever the file apart says has ended and the database shows as live; how many editions it was."""
    everything = tuple(kept(ctx.withdrawals))
    if not any(_alive(ctx, ended) for ended in everything):
        return 0
    with ctx.unit(Actor.system()) as unit:
        return sum(apply(unit, ended) for ended in everything)


def apply(unit: Unit, ended: Ended) -> int:
    """Marks the editions and consents as ended and audits each; how many editions changed."""
    unit.session.execute(
        sa.update(ConsentRow)
        .where(col(ConsentRow.id).in_(ended.consents), col(ConsentRow.taken_back_at).is_(None))
        .values(taken_back_at=ended.at)
    )
    rows = unit.session.scalars(_live(ended)).all()
    for row in rows:
        row.state, row.ended_at = EDITION_MOVES[EditionState(row.state), Move.WITHDRAW], ended.at
        unit.audit("withdraw edition", row.id)
    return len(rows)


def live_states() -> tuple[EditionState, ...]:
    """The states from which a withdrawal still changes something."""
    return tuple(state for (state, move) in EDITION_MOVES if move is Move.WITHDRAW)


def _live(ended: Ended) -> sa.Select[EditionRow]:
    return sa.select(EditionRow).where(
        col(EditionRow.id).in_(ended.editions), col(EditionRow.state).in_(live_states())
    )


def _alive(ctx: Context, ended: Ended) -> bool:
    consents = sa.select(col(ConsentRow.id)).where(
        col(ConsentRow.id).in_(ended.consents), col(ConsentRow.taken_back_at).is_(None)
    )
    with ctx.read() as session:
        return any(session.scalar(query.limit(1)) is not None for query in (_live(ended), consents))
