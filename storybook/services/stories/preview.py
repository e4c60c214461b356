"""A draft as its writers see it: true dates, watermarked, behind the login.

What an analyst sees is looking. What anybody else sees has left the dataset, so it goes through the ledger first, once:
a number that can't be released safely beside earlier figures is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...anonymise.draft import Draft, draft
from ...linked.asking.ledger import Released
from ...story.model import Story
from ..context import Context
from ..data.demand import demand_behind
from ..data.ledger import all_shown_before, as_shown_before, show_beside
from ..data.linked_counts import numbers_in
from ..permissions import Action, Actor, may
from .get_story import get_story


def preview(ctx: Context, actor: Actor, slug: str) -> Draft:
    """The draft with the demand behind its lanes and today's numbers. Raises NotFound, NotAllowed or SignInFirst."""
    story = get_story(ctx, actor, slug).story
    demand, numbers = demand_behind(ctx, story), numbers_in(ctx, story)
    looked = draft(story, ctx.vocabulary, demand.lanes, numbers.shown)
    new = (*demand.released_in(looked.shown), *numbers.released_in(looked.shown))
    if not new or may(actor, Action.COUNT_DATA):
        return looked
    out = _let_out(ctx, actor, story, new)
    return draft(story, ctx.vocabulary, demand.as_shown(out).lanes, numbers.as_shown(out).shown)


def _let_out(ctx: Context, actor: Actor, story: Story, new: Sequence[Released]) -> tuple[Released, ...]:
    """The numbers as they may be shown; nothing is written where all of them were shown before."""
    with ctx.read() as session:
        if all_shown_before(session, new):
            return as_shown_before(session, new)
    with ctx.unit(actor) as unit:
        unit.audit("show numbers in a draft", story.id)
        return show_beside(ctx, unit, new, f"draft:{story.slug}", story.id)
