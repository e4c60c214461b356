"""Permission to take part: a person's yes to a draft being written about them at all. It lets nothing out.

A worker writes it down, or the person does. Without it nothing more is written about a real person; made-up stories
need none and say so on every page. Letting a story out is another act (``agree``), which nobody does for another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...store import repository
from ...store.tables import PermissionRow, PersonRow, StoryRow
from ...store.withdrawals import Ended, keep
from ...story.clock import today
from ...story.ids import new_id
from ...story.messages import Message, message
from ...story.model import Person, Story
from ...story.problems import Problem, Problems
from ..access import enter
from ..context import Context, Unit
from ..errors import NotFound, NotNow
from ..permissions import Action, Actor, SiteRole
from ..stopping.reapply import apply
from ..stopping.withdraw import Withdrawal, end_story, files_after


class How(StrEnum):
    """How somebody said yes to taking part."""

    SIGNED = "signed"
    ALOUD = "aloud"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Said:
    """A yes to taking part: on which day (London), how, and who was with them for support, if anybody."""

    on: dt.date
    how: How = How.SIGNED
    supporter: str = ""


def record_permission(ctx: Context, actor: Actor, slug: str, person: str, said: Said) -> None:
    """Writes down that ``person`` said yes to taking part. Raises Problems for a day that is still to come."""
    with ctx.unit(actor) as unit:
        row, _ = enter(unit.session, actor, slug, Action.RECORD_PERMISSION, person=person, lock=True)
        found = _person(repository.load(unit.session, row), person)
        write_down(ctx, unit, row.id, found, said)


def write_down(
    ctx: Context, unit: Unit, story_id: UUID, person: Person, said: Said, *, where: str = "said_on"
) -> None:
    """The same inside a transaction; an earlier yes of theirs is kept beside it. ``where``: what the day is called."""
    if said.on > today(ctx.clock):
        what = message("that day is still to come")
        raise Problems([Problem(what, message("give the day on which they said yes"), where=where)])
    row = PermissionRow(
        id=new_id(),
        story_id=story_id,
        person_id=person.id,
        said_on=said.on,
        how=How(said.how),
        record={"supporter": said.supporter} if said.supporter else {},
        recorded_at=ctx.clock.now(),
        recorded_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.audit("record permission", row.id)


def stop_taking_part(ctx: Context, actor: Actor, slug: str, person: str) -> Withdrawal:
    """Ends a person's part: nothing more is written about them, and whatever is shared ends, at once.

    As with a withdrawal, the audit trail names the program.
    """
    with ctx.unit(Actor.system(demo=actor.demo)) as unit:
        row, _ = enter(unit.session, actor, slug, Action.STOP_TAKING_PART, person=person, lock=True)
        found = _person(repository.load(unit.session, row), person)
        ended = end_story(ctx, unit, row)
        _end(ctx, unit, row, found)
    return files_after(ctx, ended)


def lacking(session: Session, story: Story) -> tuple[str, ...]:
    """Refs of the people of ``story`` without a permission that holds; nobody in a made-up story."""
    if story.fictional:
        return ()
    given = _given(session, story.id)
    return tuple(person.ref for person in story.people if person.id not in given)


def lacking_in(session: Session, row: StoryRow) -> tuple[str, ...]:
    """The same for a stored story, without reading all of it."""
    if row.fictional:
        return ()
    people = sa.select(col(PersonRow.ref), col(PersonRow.id)).where(col(PersonRow.story_id) == row.id)
    given = _given(session, row.id)
    found = session.execute(people.order_by(col(PersonRow.ordinal))).all()
    return tuple(ref for ref, id_ in found if id_ not in given)


def permissions_of(ctx: Context, actor: Actor, slug: str) -> Mapping[str, dt.date]:
    """Ref -> the day of the latest yes to taking part, of everybody who takes part now."""
    with ctx.read() as session:
        row, _ = enter(session, actor, slug, Action.READ_STORY)
        given = _given(session, row.id)
        story = repository.load(session, row)
    return {person.ref: given[person.id] for person in story.people if person.id in given}


def may_be_written(session: Session, before: Story, after: Story) -> None:
    """Raises NotNow where a change writes on about somebody who has not said yes to taking part.

    What makes it better (writing nothing more about them, or saying that the story is made up) is possible, but for
    one thing: once somebody said yes to taking part in it, it is about them, and nobody makes it up any more.
    """
    if after.fictional and not before.fictional and _ever_given(session, before.id):
        raise NotNow(
            message("Somebody said yes to taking part in this story, so it can't be called made up.")
        )
    was, now = set(lacking(session, before)), set(lacking(session, after))
    if (was and not now < was) or (now and before.fictional and not after.fictional):
        raise NotNow(_first_ask(was or now))


def must_take_part(session: Session, story: Story) -> None:
    """Raises NotNow unless everybody in ``story`` takes part."""
    if missing := lacking(session, story):
        raise NotNow(_first_ask(missing))


def needed_for(actor: Actor, story: Story, given: Mapping[str, Said]) -> None:
    """Raises Problems where a new story about real people comes without their yes to taking part.

    The operator of this machine may bring in what was collected elsewhere; nothing more is written in it until then.
    """
    if story.fictional or actor.roles & {SiteRole.OPERATOR, SiteRole.SYSTEM}:
        return
    if not story.people:
        what = message("we do not know whose story this is")
        instead = message("say who, and on which day they said yes, or say that the story is fictional")
        raise Problems([Problem(what, instead, where="permission-P1")])
    missing = [person for person in story.people if person.ref not in given]
    if missing:
        raise Problems([_not_asked(person) for person in missing])


def _end(ctx: Context, unit: Unit, row: StoryRow, person: Person) -> None:
    theirs = sa.select(col(PermissionRow.id)).where(
        col(PermissionRow.story_id) == row.id,
        col(PermissionRow.person_id) == person.id,
        col(PermissionRow.ended_at).is_(None),
    )
    ended = Ended(ctx.clock.now(), (), (), permissions=tuple(unit.session.scalars(theirs)))
    apply(unit, ended)
    unit.audit("stop taking part", row.id)
    unit.session.flush()
    keep(ctx.withdrawals, ended)


def _ever_given(session: Session, story_id: UUID) -> bool:
    query = sa.select(col(PermissionRow.id)).where(col(PermissionRow.story_id) == story_id)
    return session.scalar(query.limit(1)) is not None


def _given(session: Session, story_id: UUID) -> dict[UUID, dt.date]:
    query = (
        sa.select(col(PermissionRow.person_id), col(PermissionRow.said_on))
        .where(col(PermissionRow.story_id) == story_id, col(PermissionRow.ended_at).is_(None))
        .order_by(col(PermissionRow.id))
    )
    return {person: day for person, day in session.execute(query).all()}  # noqa: C416 - rows are no pairs to mypy


def _person(story: Story, ref: str) -> Person:
    found = next((person for person in story.people if person.ref == ref), None)
    if found is None:
        raise NotFound
    return found


def _not_asked(person: Person) -> Problem:
    what = message("we do not know that {name} said yes to taking part", name=person.name)
    instead = message("ask them first and write down the day, or say that the story is fictional")
    return Problem(what, instead, where=f"permission-{person.ref}")


def _first_ask(missing: Iterable[str]) -> Message:
    return message(
        "Write down first that {people} said yes to taking part. Nothing more is written about them until then.",
        people=", ".join(sorted(missing)),
    )
