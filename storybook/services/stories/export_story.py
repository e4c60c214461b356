"""Writing a story to a file or folder for those who work on it. It holds the draft: it is no edition."""

from __future__ import annotations

from pathlib import Path

from ...story.formats import write
from ..access import enter
from ..context import Context
from ..permissions import Action, Actor
from .get_story import get_story


def export_story(ctx: Context, actor: Actor, slug: str, to: Path, *, format: str = "folder") -> Path:
    """Writes the story called ``slug`` to ``to`` as ``folder``, ``csv`` or ``timelinejs``; gives back the path."""
    with ctx.unit(actor) as unit:
        row, _ = enter(unit.session, actor, slug, Action.EXPORT_STORY)
        unit.audit("export story", row.id)
    write(get_story(ctx, actor, slug).story, to, format=format)
    return to
