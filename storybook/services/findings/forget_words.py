"""Forgetting the real names: what was decided is written into the story, and the words it took out are gone."""

from __future__ import annotations

from dataclasses import replace

from ...anonymise.kept import forget_texts
from ...store import repository
from ...store.compact import compact
from ..access import enter
from ..context import Context
from ..permissions import Action, Actor
from ..stopping.sweep_files import backups_anew
from .decisions import decisions_in, forget_words
from .looks import keep_look, look_in
from .real_names import forget_in


def forget_story_names(ctx: Context, actor: Actor, slug: str) -> None:
    """Leaves nothing of what was replaced: not in the draft, not in the decisions, not in copies of the database.

    What the world would see does not change by a letter, so nobody is asked again.
    """
    with ctx.unit(actor) as unit:
        row, _ = enter(unit.session, actor, slug, Action.KEEP_NAMES, lock=True)
        story, decisions = repository.load(unit.session, row), decisions_in(ctx, unit.session, row.id)
        look = look_in(ctx, unit.session, story)
        told = decisions.carried_out(story, count=True)
        repository.save(unit.session, told, before=story)
        unit.session.expire(row)
        forget_words(ctx, unit, decisions, story)
        forget_in(unit.session, row.id)
        unit.audit("forget real names", row.id)
        keep_look(ctx, unit, row.id, replace(look_in(ctx, unit.session, told), deep=look.deep))
    forget_texts()
    compact(ctx.store)
    backups_anew(ctx)
