"""The people's real names: encrypted, apart from the story, and forgotten on request without harm to it."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...store.tables import PersonRow, RealNameRow
from ...story.ids import new_id
from ..access import enter
from ..context import Context
from ..errors import NotFound
from ..permissions import Action, Actor

_KEY = "real-names"


def keep_real_name(ctx: Context, actor: Actor, slug: str, person: str, name: str) -> None:
    """Keeps (or replaces) the real name of the person with this ref."""
    with ctx.unit(actor) as unit:
        story, _ = enter(unit.session, actor, slug, Action.KEEP_NAMES)
        person_id = _person(unit.session, story.id, person)
        forget_in(unit.session, story.id, person_id)
        token = ctx.keys.cipher(_KEY).encrypt(name.encode())
        unit.session.add(RealNameRow(id=new_id(), story_id=story.id, person_id=person_id, token=token))
        unit.audit("keep real name", person_id)


def real_names(ctx: Context, actor: Actor, slug: str) -> dict[str, str]:
    """Ref -> real name, for each person of whom one is kept. Reading it is written in the audit trail."""
    cipher = ctx.keys.cipher(_KEY)
    with ctx.unit(actor) as unit:
        story, _ = enter(unit.session, actor, slug, Action.KEEP_NAMES)
        rows = unit.session.execute(
            sa.select(col(PersonRow.ref), col(RealNameRow.token))
            .join(RealNameRow, col(RealNameRow.person_id) == col(PersonRow.id))
            .where(col(RealNameRow.story_id) == story.id)
        ).all()
        unit.audit("read real names", story.id)
        return {ref: cipher.decrypt(token).decode() for ref, token in rows}


def names_in(ctx: Context, session: Session, story_id: UUID) -> tuple[str, ...]:
    """The real names that are kept, for a use case that looks for them and shows them to nobody."""
    tokens = session.scalars(sa.select(col(RealNameRow.token)).where(col(RealNameRow.story_id) == story_id))
    return tuple(ctx.keys.cipher(_KEY).decrypt(token).decode() for token in tokens)


def real_names_in(ctx: Context, session: Session, story_id: UUID) -> dict[str, str]:
    """Each real name that is kept with the pseudonym of its person, likewise."""
    query = (
        sa.select(col(RealNameRow.token), col(PersonRow.name))
        .join(PersonRow, col(RealNameRow.person_id) == col(PersonRow.id))
        .where(col(RealNameRow.story_id) == story_id)
    )
    cipher = ctx.keys.cipher(_KEY)
    return {cipher.decrypt(token).decode(): name for token, name in session.execute(query)}


def forget_real_names(ctx: Context, actor: Actor, slug: str) -> None:
    """Deletes them all; the story keeps its pseudonyms."""
    with ctx.unit(actor) as unit:
        story, _ = enter(unit.session, actor, slug, Action.KEEP_NAMES)
        forget_in(unit.session, story.id)
        unit.audit("forget real names", story.id)


def forget_in(session: Session, story_id: UUID, person_id: UUID | None = None) -> None:
    """Deletes the real names of a story, or of one person in it, in a transaction that is open already."""
    query = sa.delete(RealNameRow).where(col(RealNameRow.story_id) == story_id)
    session.execute(query if person_id is None else query.where(col(RealNameRow.person_id) == person_id))


def _person(session: Session, story_id: UUID, ref: str) -> UUID:
    query = sa.select(col(PersonRow.id)).where(col(PersonRow.story_id) == story_id, col(PersonRow.ref) == ref)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found
