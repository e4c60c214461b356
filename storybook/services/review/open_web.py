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

from ...anonymise.consent import Channel
from ...anonymise.risk.rule import has_ways_on
from ...store.tables import CandidateRow, LeadAskRow, RoleRow, SignOffRow, StoryRow, UserRow
from ...store.withdrawals import Ended, OffWeb, keep
from ...story.ids import new_id
from ...story.messages import message
from ...story.problems import Problem, Problems
from ..access import enter, waiting_for
from ..consent.agree import SAID_NO, after_word, the_one_read
from ..consent.agreements import authors_of, candidate_of, consents_to, newest, sign_off_of, signed
from ..context import Context, Unit
from ..editions.publish_edition import channels_left
from ..errors import NotNow
from ..permissions import Action, Actor, SiteRole
from ..risk.measured import measurement
from .candidate import CandidateView


@dataclass(frozen=True, slots=True)
class Lead:
    """An information-governance lead who may be asked."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class OpenWeb:
    """Where the version in review stands with the open web.

    ``asks``: everybody agreed to the web, and it is not enough for it; ``leads``: who may be asked; ``waiting``: who
    was asked, when, and has not answered; ``no``: a lead's reason and day, after which no other lead is asked;
    ``practice``: its people are made up, so that nothing has to be done about it.
    """

    asks: bool
    kept_off: bool
    leads: tuple[Lead, ...] = ()
    waiting: tuple[tuple[Lead, dt.datetime], ...] = ()
    no: tuple[str, dt.datetime] | None = None
    practice: bool = False


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
        return _standing(ctx, session, story, row)


def _standing(ctx: Context, session: Session, story: StoryRow, row: CandidateRow) -> OpenWeb:
    kept_off = Channel.WEB in row.kept_off
    if not _ways_on(ctx, session, story, row):
        return OpenWeb(asks=False, kept_off=kept_off)
    asked, leads = {one.lead_id: one.asked_at for one in _waiting(session, row)}, _leads(session, row)
    waiting = tuple((lead, asked[lead.id]) for lead in leads if lead.id in asked)
    free = tuple(lead for lead in leads if lead.id not in asked)
    answer = signed(session, row, as_lead=True)
    if answer is None or not answer.refused:
        return OpenWeb(True, kept_off, free, waiting, practice=story.fictional)
    again = tuple(lead for lead in free if lead.id == answer.signed_by)
    no = (answer.reasons, answer.signed_at)
    return OpenWeb(True, kept_off, again, waiting, no, practice=story.fictional)


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
        found = after_word(ctx, unit, story)
        keep(ctx.withdrawals, Ended(ctx.clock.now(), (), (), web=(OffWeb(row.id, False, off),)))
        return found


def ask_lead(ctx: Context, actor: Actor, slug: str, *, sha256: str, lead: str) -> None:
    """Asks a lead for their word on this exact text; they may read the story until they answer.

    Asking twice is asking once. Who said no may be asked again, and nobody else then. Problems where that is no lead.
    """
    with ctx.unit(actor) as unit:
        story, _ = enter(unit.session, actor, slug, Action.CHOOSE_WEB, lock=True)
        row = the_one_read(unit.session, story, sha256)
        chosen = next((one for one in _leads(unit.session, row) if str(one.id) == lead), None)
        answer = signed(unit.session, row, as_lead=True)
        if answer is not None and answer.refused and (chosen is None or answer.signed_by != chosen.id):
            raise NotNow(SAID_NO)
        if chosen is None:
            what = message("that is nobody who can be asked")
            raise Problems([Problem(what, message("choose a lead from the list"), where="lead")])
        if chosen.id not in {one.lead_id for one in _waiting(unit.session, row)}:
            _ask(unit, row, chosen.id)
        unit.audit("ask the information-governance lead", row.id)


def _ask(unit: Unit, row: CandidateRow, lead: UUID) -> None:
    """Takes the place of an asking that was answered."""
    again = (col(LeadAskRow.candidate_id) == row.id, col(LeadAskRow.lead_id) == lead)
    unit.session.execute(sa.delete(LeadAskRow).where(*again))
    at, by = unit.clock.now(), unit.actor.id
    unit.session.add(LeadAskRow(id=new_id(), candidate_id=row.id, lead_id=lead, asked_at=at, asked_by=by))


def asked_of(ctx: Context, actor: Actor) -> tuple[Asked, ...]:
    """The stories in review that wait for this lead's word, the one asked first at the top."""
    if SiteRole.LEAD not in actor.roles:
        return ()
    with ctx.read() as session:
        waiting = waiting_for(session, actor)
        rows = {
            row.id: row for row in session.scalars(sa.select(StoryRow).where(col(StoryRow.id).in_(waiting)))
        }
    return tuple(Asked(rows[story].slug, rows[story].title, at) for story, at in waiting.items())


def _ways_on(ctx: Context, session: Session, story: StoryRow, row: CandidateRow) -> bool:
    candidate, signed_off = candidate_of(row), sign_off_of(session, row)
    if signed_off is not None and signed_off.lead_id is not None:
        return False
    channels = frozenset(map(Channel, channels_left(ctx, candidate, consents_to(session, row))))
    if signed_off is not None and signed_off.lead_refused and Channel.WEB in channels:
        return True
    measured = measurement(ctx, session, story, row)
    return has_ways_on(channels, measured, fictional=candidate.shown.fictional)


def _waiting(session: Session, row: CandidateRow) -> tuple[LeadAskRow, ...]:
    """Who was asked and has not answered since, the first asked first."""
    answered = sa.select(col(SignOffRow.id)).where(
        col(SignOffRow.candidate_id) == row.id,
        col(SignOffRow.as_lead),
        col(SignOffRow.signed_by) == LeadAskRow.lead_id,
        col(SignOffRow.id) > LeadAskRow.id,
    )
    asked = sa.select(LeadAskRow).where(col(LeadAskRow.candidate_id) == row.id, ~answered.exists())
    return tuple(session.scalars(asked.order_by(col(LeadAskRow.id))))


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
