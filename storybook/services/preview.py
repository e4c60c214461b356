"""A draft as its writers see it: true dates, watermarked, behind the login."""

from __future__ import annotations

from ..anonymise.draft import Draft, draft
from .context import Context
from .demand import demand_behind
from .get_story import get_story
from .linked_counts import numbers_in
from .permissions import Actor


def preview(ctx: Context, actor: Actor, slug: str) -> Draft:
    """The draft with the demand behind its lanes and today's numbers. Raises NotFound, NotAllowed or SignInFirst."""
    story = get_story(ctx, actor, slug).story
    return draft(story, ctx.vocabulary, demand_behind(ctx, story).lanes, numbers_in(ctx, story).shown)
