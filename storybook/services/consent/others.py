"""Others whom a story names or shows: a sister, a neighbour, a worker. Each is counted as a person.

Whoever works on the story puts them on the list; the second pair of eyes says for each that they were asked and said
yes, or why nobody could recognise them. While one of them is open, nothing is shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...store.tables import OtherRow
from ...story.ids import new_id
from ...story.messages import Message, message
from ...story.model import Story
from ...story.problems import Problem, Problems
from ..access import enter
from ..context import Context, Unit
from ..permissions import Action, Actor

_LONGEST = 500


class Standing(StrEnum):
    """How somebody named in a story is protected."""

    OPEN = "open"
    AGREED = "asked and agreed"
    HIDDEN = "can't be recognised"


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else in a story: as the story calls them, how they are protected, and why that is enough."""

    id: UUID
    name: str
    standing: Standing
    why: str


def name_other(ctx: Context, actor: Actor, slug: str, name: str) -> Other:
    """Puts somebody on the list; they are open until the reviewer has settled it."""
    checked = one_line(name, "name", message("say how the story calls them, such as “her sister”"))
    with ctx.unit(actor) as unit:
        story, _ = enter(unit.session, actor, slug, Action.NAME_OTHERS, lock=True)
        row = OtherRow(
            id=new_id(),
            story_id=story.id,
            name=checked,
            standing=Standing.OPEN,
            said_at=ctx.clock.now(),
            said_by=actor.id,
        )
        unit.session.add(row)
        unit.audit("name other", row.id)
        return as_other(row)


def name_written_out(unit: Unit, before: Story, after: Story) -> None:
    """Puts those whom a change takes off the people of a real story on the list of others who are named.

    Its words may still tell of them, and nobody asks them any more: so the reviewer says how they are protected.
    """
    left = {person.id for person in after.people}
    for person in before.people if not before.fictional else ():
        if person.id not in left:
            row = OtherRow(
                id=new_id(),
                story_id=after.id,
                name=person.name or person.ref,
                standing=Standing.OPEN,
                said_at=unit.clock.now(),
                said_by=unit.actor.id,
            )
            unit.session.add(row)
            unit.audit("name other", row.id)


def others_of(ctx: Context, actor: Actor, slug: str) -> tuple[Other, ...]:
    """Everybody on the list, in the order in which they were put there."""
    with ctx.read() as session:
        story, _ = enter(session, actor, slug, Action.READ_CANDIDATE)
        return others_in(session, story.id)


def others_in(session: Session, story_id: UUID) -> tuple[Other, ...]:
    """The same for a use case that is inside already."""
    query = sa.select(OtherRow).where(col(OtherRow.story_id) == story_id).order_by(col(OtherRow.id))
    return tuple(as_other(row) for row in session.scalars(query))


def open_ones(others: tuple[Other, ...]) -> tuple[Message, ...]:
    """Why the list stands in the way; nothing if nobody on it is open."""
    count = sum(other.standing is Standing.OPEN for other in others)
    if not count:
        return ()
    return (
        message(
            "{count} other person is named: say how they are protected",
            plural="{count} other people are named: say how they are protected",
            count=count,
        ),
    )


def one_line(text: str, where: str, instead: Message) -> str:
    """``text`` as one line; Problems where there is none, or too much of it."""
    said = " ".join(text.split())
    if not said:
        raise Problems([Problem(message("this is empty"), instead, where=where)])
    if len(said) > _LONGEST:
        limit = message("use at most {limit} letters", limit=_LONGEST)
        raise Problems([Problem(message("that is too long"), limit, where=where)])
    return said


def as_other(row: OtherRow) -> Other:
    """A row as people see it."""
    return Other(row.id, row.name, Standing(row.standing), row.why)
