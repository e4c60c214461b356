"""The ways on where a story is not enough for the open web: it is kept off it, or the lead is asked and answers.

(The third is to change the story until enough people fit; ``risk`` suggests how.) Each names the exact text by its
hash, and a changed text begins anew: it is kept off nothing, and nobody was asked.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ..anonymise.consent import Channel
from ..anonymise.risk.rule import asks_lead
from ..store.tables import CandidateRow, LeadAskRow, RoleRow, SignOffRow, StoryRoleRow, StoryRow, UserRow
from ..story.ids import new_id
from ..story.messages import message
from ..story.problems import Problem, Problems
from .access import enter
from .agree import SAID_NO, after_word, the_one_read
from .agreements import authors_of, candidate_of, consents_to, newest, sign_off_of, signed
from .context import Context
from .errors import NotNow
from .permissions import Action, Actor, SiteRole, StoryRole
from .publish_edition import channels_left
from .review import CandidateView
from .risk import measurement


@dataclass(frozen=True, slots=True)
class Lead:
    """An information-governance lead who may be asked."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class OpenWeb:
    """Where the version in review stands with the open web.

    ``asks``: everybody agreed to the web, and it is not enough for it; ``leads``: who may be asked; ``waiting``: who
    was asked, when, and has not answered; ``no``: a lead's reason and day, after which no other lead is asked.
    """

    asks: bool
    kept_off: bool
    leads: tuple[Lead, ...] = ()
    waiting: tuple[tuple[Lead, dt.datetime], ...] = ()
    no: tuple[str, dt.datetime] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A story that waits for the lead's word."""

    slug: str
    title: str
    asked_at: dt.datetime


def open_web(ctx: Context, actor: Actor, slug: str) -> OpenWeb:
    """Where it stands, for those who choose the way on."""
    with ctx.read() as session:
        story, _ = enter(session, actor, slug, Action.CHOOSE_WEB)
        row = newest(session, story)
        kept_off = Channel.WEB in row.kept_off
        if not _asks(ctx, session, story, row):
            return OpenWeb(asks=False, kept_off=kept_off)
        asked, leads = {one.lead_id: one.asked_at for one in _asked(session, row)}, _leads(session, row)
        answer = signed(session, row, as_lead=True)
        if answer is not None and answer.refused:
            return OpenWeb(asks=True, kept_off=kept_off, no=(answer.reasons, answer.signed_at))
        waiting = tuple((lead, asked[lead.id]) for lead in leads if lead.id in asked)
        return OpenWeb(True, kept_off, tuple(lead for lead in leads if lead.id not in asked), waiting)


def keep_off_the_web(
    ctx: Context, actor: Actor, slug: str, *, sha256: str, off: bool = True
) -> CandidateView:
    """Shares this exact text with the others that people agreed to and not on the open web; ``off`` False undoes it.

    What is on the web already stays there.
    """
    with ctx.unit(actor) as unit:
        story, _ = enter(unit.session, actor, slug, Action.CHOOSE_WEB, lock=True)
        row = the_one_read(unit.session, story, sha256)
        row.kept_off = [Channel.WEB.value] if off else []
        unit.audit("keep off the open web" if off else "share on the open web as well", row.id)
        return after_word(ctx, unit, story)


def ask_lead(ctx: Context, actor: Actor, slug: str, *, sha256: str, lead: str) -> None:
    """Asks a lead for their word on this exact text; they may then read the story. Asking twice is asking once."""
    with ctx.unit(actor) as unit:
        story, _ = enter(unit.session, actor, slug, Action.CHOOSE_WEB, lock=True)
        row = the_one_read(unit.session, story, sha256)
        chosen = next((one for one in _leads(unit.session, row) if str(one.id) == lead), None)
        if (answer := signed(unit.session, row, as_lead=True)) is not None and answer.refused:
            raise NotNow(SAID_NO)
        if chosen is None:
            what = message("that is nobody who can be asked")
            raise Problems([Problem(what, message("choose a lead from the list"), where="lead")])
        if chosen.id not in {one.lead_id for one in _asked(unit.session, row)}:
            ask = LeadAskRow(
                id=new_id(),
                candidate_id=row.id,
                lead_id=chosen.id,
                asked_at=ctx.clock.now(),
                asked_by=actor.id,
            )
            unit.session.add(ask)
            _let_in(unit.session, story.id, chosen.id)
        unit.audit("ask the information-governance lead", row.id)


def asked_of(ctx: Context, actor: Actor) -> tuple[Asked, ...]:
    """The stories in review that wait for this lead's word, the one asked first at the top."""
    query = (
        sa.select(LeadAskRow, CandidateRow, StoryRow)
        .join(CandidateRow, col(CandidateRow.id) == LeadAskRow.candidate_id)
        .join(StoryRow, col(StoryRow.id) == CandidateRow.story_id)
        .where(col(LeadAskRow.lead_id) == actor.id, col(StoryRow.state) != "draft")
        .order_by(col(LeadAskRow.id))
    )
    if SiteRole.LEAD not in actor.roles:
        return ()
    with ctx.read() as session:
        rows = session.execute(query).all()
        return tuple(
            Asked(story.slug, story.title, ask.asked_at)
            for ask, row, story in rows
            if newest(session, story).id == row.id and not _answered(session, row, actor.id)
        )


def _asks(ctx: Context, session: Session, story: StoryRow, row: CandidateRow) -> bool:
    candidate, signed_off = candidate_of(row), sign_off_of(session, row)
    if signed_off is not None and signed_off.lead_id is not None:
        return False
    channels = map(Channel, channels_left(ctx, candidate, consents_to(session, row)))
    measured = measurement(ctx, session, story, row)
    return asks_lead(channels, measured, fictional=candidate.shown.fictional)


def _asked(session: Session, row: CandidateRow) -> tuple[LeadAskRow, ...]:
    query = sa.select(LeadAskRow).where(col(LeadAskRow.candidate_id) == row.id).order_by(col(LeadAskRow.id))
    return tuple(session.scalars(query))


def _answered(session: Session, row: CandidateRow, lead: UUID) -> bool:
    query = sa.select(col(SignOffRow.id)).where(
        col(SignOffRow.candidate_id) == row.id, col(SignOffRow.as_lead), col(SignOffRow.signed_by) == lead
    )
    return session.scalar(query.limit(1)) is not None


def _leads(session: Session, row: CandidateRow) -> tuple[Lead, ...]:
    """Every lead who wrote none of the story, is not in it, and is not the reviewer who signed it off."""
    out = set(authors_of(session, row.story_id))
    reviewer = signed(session, row)
    out |= {reviewer.signed_by} if reviewer is not None else set()
    query = (
        sa.select(UserRow)
        .where(UserRow.roles.any(col(RoleRow.name) == SiteRole.LEAD), UserRow.active)
        .order_by(col(UserRow.name), col(UserRow.email))
    )
    return tuple(
        Lead(user.id, user.name or user.email) for user in session.scalars(query) if user.id not in out
    )


def _let_in(session: Session, story_id: UUID, lead: UUID) -> None:
    """Who is asked reads all of it, as its reviewers do."""
    query = sa.select(StoryRoleRow.id).where(
        StoryRoleRow.story_id == story_id,
        StoryRoleRow.account_id == lead,
        StoryRoleRow.role == StoryRole.REVIEWER,
    )
    if session.scalar(query.limit(1)) is None:
        role = {"account_id": lead, "role": StoryRole.REVIEWER, "person_id": None}
        session.add(StoryRoleRow(id=new_id(), story_id=story_id, **role))
