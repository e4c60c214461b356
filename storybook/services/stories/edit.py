"""Changing a story: its own facts, or one part of it. Any edit returns the story to draft.

A form carries the ``version`` it was made from. Where the row has moved on, nothing is written and EditedMeanwhile
says what stands there now and what was sent. Whatever is sent is checked as part of the whole story.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from ...store import repository
from ...story.model import Agency, Contact, Episode, Gap, Person, Point, Story, Track
from ...story.problems import Problems
from ..access import enter, remember_writer
from ..consent.others import name_written_out
from ..consent.taking_part import may_be_written
from ..context import Context, Unit
from ..errors import EditedMeanwhile, NotFound
from ..permissions import Action, Actor
from ..states import Move, after
from .edit_problems import in_use, problems_of, taken
from .rename import follow
from .save_story import slug_is_taken, story_problems

Part = Person | Agency | Contact | Gap | Episode | Track | Point
_B = TypeVar("_B", bound=BaseModel)


class PartKind(StrEnum):
    """What a story is made of."""

    PERSON = "person"
    AGENCY = "agency"
    CONTACT = "contact"
    GAP = "gap"
    EPISODE = "episode"
    TRACK = "track"
    POINT = "point"


#: Where each kind stands in a Story, and its class. A point stands in its track.
PARTS: Mapping[PartKind, tuple[str, type[Any]]] = {
    PartKind.PERSON: ("people", Person),
    PartKind.AGENCY: ("agencies", Agency),
    PartKind.CONTACT: ("contacts", Contact),
    PartKind.GAP: ("gaps", Gap),
    PartKind.EPISODE: ("episodes", Episode),
    PartKind.TRACK: ("tracks", Track),
    PartKind.POINT: ("points", Point),
}


def change_story(ctx: Context, actor: Actor, slug: str, version: int, /, **fields: Any) -> Story:
    """The story with its own facts (title, introduction, date policy...) changed."""

    def change(story: Story) -> tuple[Story, UUID]:
        if story.version != version:
            raise EditedMeanwhile(story, fields)
        return _whole(story, {**fields, "id": story.id, "version": version + 1}), story.id

    return change_whole(ctx, actor, slug, "change story", change)


def add_part(ctx: Context, actor: Actor, slug: str, kind: PartKind, /, **fields: Any) -> Part:
    """The new part, last of its kind. For a point, ``track`` is the ref of its track."""
    track = fields.pop("track", "") if kind is PartKind.POINT else None
    part: Part = _build(PARTS[kind][1], fields)

    def change(story: Story) -> tuple[Story, UUID]:
        return _with(story, kind, lambda parts: (*parts, part), track=track), part.id

    change_whole(ctx, actor, slug, f"add {kind}", change)
    return part


def change_part(
    ctx: Context, actor: Actor, slug: str, kind: PartKind, part_id: UUID, version: int, /, **fields: Any
) -> Part:
    """The part with ``fields`` changed; raises EditedMeanwhile if it is not at ``version`` any more."""
    changed: list[Part] = []

    def change(story: Story) -> tuple[Story, UUID]:
        old = _same(story, kind, part_id, version, fields)
        new = _build(type(old), {**old.model_dump(), **fields, "id": part_id, "version": version + 1})
        changed.append(new)
        return _with(
            follow(story, old, new), kind, lambda parts: tuple(new if p.id == part_id else p for p in parts)
        ), part_id

    change_whole(ctx, actor, slug, f"change {kind}", change)
    return changed[-1]


def remove_part(ctx: Context, actor: Actor, slug: str, kind: PartKind, part_id: UUID, version: int) -> None:
    """Removes the part; raises Problems while something else in the story still points to it."""

    def change(story: Story) -> tuple[Story, UUID]:
        old = _same(story, kind, part_id, version, {})
        if problems := in_use(story, old):
            raise Problems(problems)
        return _with(story, kind, lambda parts: tuple(p for p in parts if p.id != part_id)), part_id

    change_whole(ctx, actor, slug, f"remove {kind}", change)


def change_whole(
    ctx: Context,
    actor: Actor,
    slug: str,
    action: str,
    change: Callable[[Story], tuple[Story, UUID]],
    needed: Action = Action.EDIT,
) -> Story:
    """One change in one transaction: read under a lock, change, check the whole, write what differs, audit.

    ``change`` gives the whole story as it is to be, and the id of what it changed in it.
    """
    with ctx.unit(actor) as unit:
        return change_in(ctx, unit, slug, action, change, needed)


def change_in(
    ctx: Context,
    unit: Unit,
    slug: str,
    action: str,
    change: Callable[[Story], tuple[Story, UUID]],
    needed: Action = Action.EDIT,
) -> Story:
    """The same in a transaction that is open already."""
    row, access = enter(unit.session, unit.actor, slug, needed, lock=True)
    before = repository.load(unit.session, row)
    story, target = change(before)
    may_be_written(unit.session, before, story)
    if problems := story_problems(ctx, story):
        raise Problems(problems)
    row.state = after(access.state, Move.EDIT)
    _write(unit, before, story, unit.actor)
    name_written_out(unit, before, story)
    unit.audit(action, target)
    return story


def _write(unit: Unit, before: Story, story: Story, actor: Actor) -> None:
    if story.slug != before.slug and slug_is_taken(unit.session, story):
        raise Problems([taken(story.slug)])
    unit.session.flush()
    repository.save(unit.session, story, before=before)
    remember_writer(unit.session, story.id, actor)


def _same(story: Story, kind: PartKind, part_id: UUID, version: int, fields: Mapping[str, Any]) -> Part:
    """The part as it stands, if it is the one the form was made from."""
    part = next((p for p in _all(story, kind) if p.id == part_id), None)
    if part is None or part.version != version:
        raise EditedMeanwhile(part, fields)
    return part


def _all(story: Story, kind: PartKind) -> tuple[Part, ...]:
    if kind is PartKind.POINT:
        return tuple(point for track in story.tracks for point in track.points)
    return tuple(getattr(story, PARTS[kind][0]))


def _with(
    story: Story,
    kind: PartKind,
    change: Callable[[tuple[Any, ...]], tuple[Any, ...]],
    *,
    track: str | None = None,
) -> Story:
    """The story with its parts of one kind changed (the points of one track, or of any that changes)."""
    if kind is not PartKind.POINT:
        name = PARTS[kind][0]
        return _whole(story, {name: change(getattr(story, name))})
    if track is not None and track not in {t.ref for t in story.tracks}:
        raise NotFound
    tracks = tuple(
        t.model_copy(update={"points": change(t.points)}) if track in (None, t.ref) else t
        for t in story.tracks
    )
    return _whole(story, {"tracks": tracks})


def _whole(story: Story, fields: Mapping[str, Any]) -> Story:
    """The story with ``fields`` changed, checked as a whole."""
    values = {name: getattr(story, name) for name in Story.model_fields}
    return _build(Story, {**values, **fields})


def _build(what: type[_B], fields: Mapping[str, Any]) -> _B:
    try:
        return what.model_validate(dict(fields))
    except ValidationError as error:
        _refuse(error)


def _refuse(error: ValidationError) -> NoReturn:
    raise Problems(problems_of(error)) from None
