"""The reviewer's word on everybody else whom a story names: asked and agreed, can't be recognised, or not in it."""

from __future__ import annotations

from uuid import UUID

from ...store.tables import OtherRow, StoryRow
from ...story.messages import message
from ...story.problems import Problem, Problems
from ..access import enter
from ..context import Context, Unit
from ..errors import NotFound
from ..permissions import Action, Actor
from ..states import StoryState
from .agree import after_word
from .others import Other, Standing, as_other, one_line


def settle_other(ctx: Context, actor: Actor, slug: str, other_id: UUID, standing: str, why: str) -> Other:
    """The reviewer's word that somebody named agreed, or can't be recognised, and why."""
    if standing not in (Standing.AGREED, Standing.HIDDEN):
        what = message("that is not one of the choices")
        raise Problems([Problem(what, message("pick one from the list"), where="standing")])
    checked = one_line(why, "why", message("say how you know"))
    with ctx.unit(actor) as unit:
        story, row = _row(unit, actor, slug, other_id)
        row.standing, row.why = Standing(standing), checked
        row.said_at, row.said_by = ctx.clock.now(), actor.id
        unit.audit("settle other", row.id)
        _go_on(ctx, unit, story)
        return as_other(row)


def unname_other(ctx: Context, actor: Actor, slug: str, other_id: UUID) -> None:
    """Takes somebody off the list, who is not in the story any more; the reviewer's act."""
    with ctx.unit(actor) as unit:
        story, row = _row(unit, actor, slug, other_id)
        unit.audit("unname other", row.id)
        unit.session.delete(row)
        _go_on(ctx, unit, story)


def _row(unit: Unit, actor: Actor, slug: str, other_id: UUID) -> tuple[StoryRow, OtherRow]:
    story, _ = enter(unit.session, actor, slug, Action.SETTLE_OTHERS, lock=True)
    row = unit.session.get(OtherRow, other_id)
    if row is None or row.story_id != story.id:
        raise NotFound
    return story, row


def _go_on(ctx: Context, unit: Unit, story: StoryRow) -> None:
    """What was last in the way may be gone: then everyone has agreed."""
    unit.session.flush()
    if story.state == StoryState.IN_REVIEW:
        after_word(ctx, unit, story)
