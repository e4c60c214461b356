"""Looking a story through with the language model, as long work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from ...anonymise.deciding.story_texts import StoryText, story_texts
from ...store import repository
from ...store.tables import StoryRow
from ...story.messages import Message, message
from ...story.model import Story
from ..access import enter
from ..consent.agree import after_word
from ..context import Context
from ..errors import NotFound
from ..jobs import Handler, Progress
from ..permissions import Action, Actor
from ..states import StoryState
from .looks import LOOK, is_looking, keep_look, known_in, look_at, mark_of, queue_look


def start_look(ctx: Context, actor: Actor, slug: str) -> None:
    """Queues a look at the story as it stands, unless one is under way."""
    with ctx.unit(actor) as unit:
        row, _ = enter(unit.session, actor, slug, Action.KEEP_FINDING)
        if is_looking(unit.session, row.id):
            unit.audit(f"ask again for job {LOOK}", row.id)
        else:
            queue_look(ctx, unit, row.id)


def _look(ctx: Context, params: Mapping[str, Any], progress: Progress) -> Message:
    story_id = UUID(params["story"])
    with ctx.read() as session:
        story = _story(session.get(StoryRow, story_id), session)
        known = known_in(ctx, session, story)
    look = look_at(ctx, story, known, fast=False, told=_counted(story, progress))
    with ctx.unit(Actor.system()) as unit:
        row = unit.session.get(StoryRow, story_id)
        story = _story(row, unit.session)
        unit.audit("look through names", story_id)
        if row is None or mark_of(ctx, story) != look.mark:
            return message("The story has changed meanwhile. Have it looked through again.")
        keep_look(ctx, unit, story_id, look)
        if row.state == StoryState.IN_REVIEW:
            after_word(ctx, unit, row)
    return message("It is looked through.")


def _story(row: StoryRow | None, session: Any) -> Story:
    if row is None:
        raise NotFound
    return repository.load(session, row)


def _counted(story: Story, progress: Progress) -> Iterator[StoryText]:
    texts = list(story_texts(story))
    for done, text in enumerate(texts):
        progress(done, len(texts))
        yield text


HANDLERS: Final[dict[str, Handler]] = {LOOK: _look}
