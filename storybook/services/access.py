"""What somebody is in one story, and the door that every use case goes through."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from ..store import repository
from ..store.tables import CandidateRow, LeadAskRow, PersonRow, SignOffRow, StoryRoleRow, StoryRow
from ..story.ids import new_id
from ..story.messages import message
from .errors import NotAllowed, NotFound, NotNow, SignInFirst
from .permissions import Action, Actor, Decision, SiteRole, StoryAccess, StoryRole, may
from .states import StoryState

#: Nothing is known of the story: what a stranger gets for one that exists and for one that does not.
STRANGER = StoryAccess(StoryState.DRAFT)


def access_to(session: Session, actor: Actor, story: StoryRow) -> StoryAccess:
    """The actor's roles in ``story`` and the people they speak for."""
    rows = session.execute(
        sa.select(StoryRoleRow.role, col(PersonRow.ref))
        .outerjoin(PersonRow, col(PersonRow.id) == StoryRoleRow.person_id)
        .where(StoryRoleRow.story_id == story.id, StoryRoleRow.account_id == actor.id)
    ).all()
    roles = frozenset(StoryRole(role) for role, _ in rows)
    asked = {StoryRole.LEAD} if story.id in waiting_for(session, actor, story) else set()
    return StoryAccess(
        state=StoryState(story.state),
        roles=roles | asked,
        persons=frozenset(ref for role, ref in rows if role == StoryRole.EXPERT and ref is not None),
        wrote=bool(roles & {StoryRole.AUTHOR, StoryRole.WRITER}),
    )


def waiting_for(session: Session, actor: Actor, story: StoryRow | None = None) -> dict[UUID, dt.datetime]:
    """The stories (or whether the one) that wait for this lead's word on the text in review, and since when.

    Whoever is asked may read it until they have answered, or until it is changed: that is another text.
    """
    if SiteRole.LEAD not in actor.roles:
        return {}
    answered = sa.select(col(SignOffRow.id)).where(
        col(SignOffRow.candidate_id) == LeadAskRow.candidate_id,
        col(SignOffRow.as_lead),
        col(SignOffRow.signed_by) == LeadAskRow.lead_id,
        col(SignOffRow.id) > LeadAskRow.id,
    )
    newer = aliased(CandidateRow)
    changed = sa.select(col(newer.id)).where(
        col(newer.story_id) == CandidateRow.story_id, col(newer.id) > CandidateRow.id
    )
    query = (
        sa.select(col(StoryRow.id), col(LeadAskRow.asked_at))
        .join(CandidateRow, col(CandidateRow.story_id) == StoryRow.id)
        .join(LeadAskRow, col(LeadAskRow.candidate_id) == CandidateRow.id)
        .where(col(LeadAskRow.lead_id) == actor.id, col(StoryRow.state) != StoryState.DRAFT)
        .where(~answered.exists(), ~changed.exists())
        .order_by(col(LeadAskRow.id))
    )
    if story is not None:
        query = query.where(col(StoryRow.id) == story.id)
    return {row.id: row.asked_at for row in session.execute(query)}


def check(decision: Decision, actor: Actor) -> None:
    """Raises what the decision means, if it is a no."""
    if not decision:
        raise (NotAllowed if actor.signed_in else SignInFirst)(decision.reason)


def enter(
    session: Session,
    actor: Actor,
    slug: str,
    action: Action,
    *,
    person: str | None = None,
    lock: bool = False,
) -> tuple[StoryRow, StoryAccess]:
    """The story's row and the actor's access, once the table has said yes to ``action``.

    A stranger learns nothing: a story that is not there is refused in the same words as one that is. A right person
    at the wrong moment gets NotNow.
    """
    row = repository.find(session, slug, lock=lock)
    access = STRANGER if row is None else access_to(session, actor, row)
    check(may(actor, action, person=person, roles=access.roles), actor)
    if row is None:
        raise NotFound(message("There is no story called {slug}.", slug=slug))
    decision = may(actor, action, access, person)
    if not decision and decision.not_now:
        raise NotNow(decision.reason)
    check(decision, actor)
    return row, access


def remember_author(session: Session, story_id: UUID, actor: Actor) -> None:
    """Notes that the story is the actor's to look after; who wrote some of it can't sign it off."""
    _remember(session, story_id, actor, StoryRole.AUTHOR)


def remember_writer(session: Session, story_id: UUID, actor: Actor) -> None:
    """Notes that the actor wrote some of the story: no right comes with it, and they can't sign it off."""
    _remember(session, story_id, actor, StoryRole.WRITER)


def _remember(session: Session, story_id: UUID, actor: Actor, role: StoryRole) -> None:
    known = sa.select(StoryRoleRow.id).where(
        StoryRoleRow.story_id == story_id,
        StoryRoleRow.account_id == actor.id,
        StoryRoleRow.role.in_({StoryRole.AUTHOR, role}),
    )
    if session.scalar(known.limit(1)) is None:
        session.add(
            StoryRoleRow(id=new_id(), story_id=story_id, account_id=actor.id, role=role, person_id=None)
        )
