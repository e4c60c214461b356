"""Putting a whole story into the database: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from ...store import repository
from ...store.tables import EditionRow
from ...story.ids import new_id
from ...story.model import Story
from ...story.problems import Problem, Problems
from ...story.vocabulary import check as check_vocabulary
from ..access import check, remember_author
from ..consent.taking_part import Said, needed_for, write_down
from ..context import Context, Unit
from ..permissions import Action, Actor, may
from .edit_problems import span_problems, taken


def story_problems(ctx: Context, story: Story) -> list[Problem]:
    """What the model alone can't see: words that are not in the vocabulary, ends before starts."""
    return [*check_vocabulary(story, ctx.vocabulary), *span_problems(story)]


def save_story(
    ctx: Context, actor: Actor, story: Story, permissions: Mapping[str, Said] | None = None
) -> Story:
    """Stores a new story. Raises Problems if its slug is taken; a copy of a stored story gets ids of its own.

    ``permissions`` (ref -> what they said) are the people's yes to taking part; a real story needs everybody's.
    """
    check(may(actor, Action.ADD_STORY), actor)
    needed_for(actor, story, permissions or {})
    if problems := story_problems(ctx, story):
        raise Problems(problems)
    try:
        with ctx.unit(actor) as unit:
            return _save(ctx, unit, story, permissions or {})
    except IntegrityError:  # somebody took the slug between our look and our write
        raise Problems([taken(story.slug)]) from None


def _save(ctx: Context, unit: Unit, story: Story, permissions: Mapping[str, Said]) -> Story:
    story = with_new_ids(story) if repository.any_stored(unit.session, story) else story
    if slug_is_taken(unit.session, story):
        raise Problems([taken(story.slug)])
    repository.save(unit.session, story)
    remember_author(unit.session, story.id, unit.actor)
    unit.audit("import story", story.id)
    for person in story.people:
        if person.ref in permissions:
            where = f"permission-{person.ref}"
            write_down(ctx, unit, story.id, person, permissions[person.ref], where=where)
    return story


def slug_is_taken(session: Session, story: Story) -> bool:
    """Whether another story has this slug, or has ever been shared under it: such an address stays what it was."""
    if repository.find(session, story.slug) is not None:
        return True
    shared = sa.select(col(EditionRow.id)).where(
        col(EditionRow.slug) == story.slug, col(EditionRow.story_id).is_distinct_from(story.id)
    )
    return session.scalar(shared.limit(1)) is not None


def with_new_ids(story: Story) -> Story:
    """The same story as another one: every id new, nothing else changed."""

    def fresh(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(p.model_copy(update={"id": new_id()}) for p in parts)

    tracks = (t.model_copy(update={"points": fresh(t.points)}) for t in story.tracks)
    return story.model_copy(
        update={
            "id": new_id(),
            **{name: fresh(getattr(story, name)) for name in repository.PART_NAMES},
            "tracks": fresh(tuple(tracks)),
        }
    )
