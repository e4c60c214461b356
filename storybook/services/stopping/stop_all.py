"""Ending everything that is shared: for when the list of what was taken back is lost and nobody knows what it held.

What may have been taken back is then not shown, and everybody is asked again: for their part, and for each release.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from ...store.migrate import migrate
from ...store.tables import PermissionRow, StoryRow
from ...store.withdrawals import Ended, keep
from ..context import Context, Unit
from ..permissions import Actor
from .reapply import apply
from .take_out import give_up_lost
from .withdraw import Withdrawal, end_story, files_after


@dataclass(frozen=True, slots=True)
class Stopped:
    """How many editions ended, and whether words that were taken out may stand in drafts again."""

    editions: int
    words_may_be_back: bool


def stop_everything(ctx: Context) -> Stopped:
    """Ends every edition, consent and permission to take part, and takes what is left of the lists for the whole."""
    purges_whole = ctx.purges.is_whole()
    for apart in (ctx.withdrawals, ctx.purges):
        apart.begin_anew()
    migrate(ctx.store, ctx.backups, ctx.clock.now())
    ended = [_end(ctx, story) for story in _stories(ctx)]
    given_up = give_up_lost(ctx)
    ctx.prepare()
    return Stopped(sum(len(one.numbers) for one in ended), bool(given_up) or not purges_whole)


def _stories(ctx: Context) -> tuple[UUID, ...]:
    with ctx.read() as session:
        return tuple(session.scalars(sa.select(col(StoryRow.id)).order_by(col(StoryRow.id))))


def _end(ctx: Context, story_id: UUID) -> Withdrawal:
    with ctx.unit(Actor.system()) as unit:
        ended = end_story(ctx, unit, unit.session.get_one(StoryRow, story_id))
        _end_permissions(ctx, unit, story_id)
    return files_after(ctx, ended)


def _end_permissions(ctx: Context, unit: Unit, story_id: UUID) -> None:
    given = sa.select(col(PermissionRow.id)).where(
        col(PermissionRow.story_id) == story_id, col(PermissionRow.ended_at).is_(None)
    )
    if ids := tuple(unit.session.scalars(given)):
        ended = Ended(ctx.clock.now(), (), (), permissions=ids)
        apply(unit, ended)
        keep(ctx.withdrawals, ended)
