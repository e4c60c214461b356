"""What somebody said yes to and is shown now, and stopping it, whether or not the draft still has them in it.

Whoever is written out of a draft has no part in the story any more, and yet may be in what is shared: that they stop
alone, as long as it is shown. No role gives the right, but that their own account said yes to it.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...store.tables import ConsentRow, EditionRow, StoryRow
from ...story.clock import today
from ...story.messages import message
from ..context import Context
from ..editions.shown import EditionView, view_of
from ..errors import NotFound
from ..permissions import Actor
from ..states import EditionState
from .withdraw import Withdrawal, end_story, files_after


def shared_with_my_yes(ctx: Context, actor: Actor) -> tuple[EditionView, ...]:
    """Every edition that is shown today and that this account said yes to, by title."""
    day = today(ctx.clock)
    with ctx.read() as session:
        views = [view_of(row, day) for row in _shown(session, actor)]
    live = (view for view in views if view.state is EditionState.PUBLISHED)
    return tuple(sorted(live, key=lambda view: (view.title.casefold(), view.slug)))


def stop_mine(ctx: Context, actor: Actor, slug: str) -> Withdrawal:
    """Ends every edition of the story and every consent to it; NotFound unless they said yes to what is shown.

    As with any withdrawal, the audit line names the program.
    """
    with ctx.unit(Actor.system(demo=actor.demo)) as unit:
        row = next((row for row in _shown(unit.session, actor) if row.slug == slug), None)
        if row is None or row.story_id is None:
            raise NotFound(message("There is no such story here."))
        ended = end_story(ctx, unit, unit.session.get_one(StoryRow, row.story_id))
    return files_after(ctx, ended)


def _shown(session: Session, actor: Actor) -> list[EditionRow]:
    agreed = sa.select(col(ConsentRow.candidate_id)).where(col(ConsentRow.given_by) == actor.id)
    query = sa.select(EditionRow).where(
        col(EditionRow.state) == EditionState.PUBLISHED, col(EditionRow.candidate_id).in_(agreed)
    )
    return list(session.scalars(query))
