"""The stories that somebody works on."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col

from ...store.tables import StoryRoleRow, StoryRow
from ..access import access_to, waiting_for
from ..context import Context
from ..permissions import Action, Actor, StoryAccess, may
from ..states import StoryState


@dataclass(frozen=True, slots=True)
class StorySummary:
    """One line of the list."""

    slug: str
    title: str
    fictional: bool
    state: StoryState
    access: StoryAccess


def list_stories(ctx: Context, actor: Actor) -> tuple[StorySummary, ...]:
    """Every story that ``actor`` may read, by title."""
    query = sa.select(StoryRow).order_by(col(StoryRow.title), col(StoryRow.slug))
    mine = sa.select(StoryRoleRow.story_id).where(StoryRoleRow.account_id == actor.id)
    with ctx.read() as session:
        if not may(actor, Action.READ_STORY):
            asked = waiting_for(session, actor)
            query = query.where(col(StoryRow.id).in_(mine) | col(StoryRow.id).in_(asked))
        rows = [(row, access_to(session, actor, row)) for row in session.scalars(query).all()]
    return tuple(
        StorySummary(row.slug, row.title, row.fictional, access.state, access)
        for row, access in rows
        if may(actor, Action.READ_STORY, access)
    )
