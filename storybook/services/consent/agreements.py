"""A story's newest candidate and what people have said about it, out of their rows."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.candidate import Candidate
from ...anonymise.consent import DEMO, Channel, Consent, SignOff
from ...store.tables import CandidateRow, ConsentRow, SignOffRow, StoryRoleRow, StoryRow
from ...story.messages import message
from ..errors import NotFound
from ..permissions import StoryRole


def newest(session: Session, story: StoryRow) -> CandidateRow:
    """The row of the candidate frozen last; NotFound if the story never was in review."""
    query = (
        sa.select(CandidateRow)
        .where(col(CandidateRow.story_id) == story.id)
        .order_by(col(CandidateRow.id).desc())
        .limit(1)
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(message("This story has not been in review yet."))
    return row


def candidate_of(row: CandidateRow) -> Candidate:
    """The candidate itself, if it is still what its hash says."""
    candidate = Candidate.from_json(row.body)
    if candidate.sha256 != row.sha256:
        raise ValueError("a stored candidate is not what was frozen")
    return candidate


def consents_to(session: Session, candidate: CandidateRow) -> tuple[Consent, ...]:
    """Every consent to this candidate that has not been taken back, in the order given."""
    query = (
        sa.select(ConsentRow)
        .where(col(ConsentRow.candidate_id) == candidate.id, col(ConsentRow.taken_back_at).is_(None))
        .order_by(col(ConsentRow.id))
    )
    return tuple(consent_in(row) for row in session.scalars(query))


def word_of(session: Session, candidate: CandidateRow, person: str) -> ConsentRow | None:
    """The person's latest yes to the candidate that has not been taken back."""
    query = (
        sa.select(ConsentRow)
        .where(
            col(ConsentRow.candidate_id) == candidate.id,
            col(ConsentRow.person) == person,
            col(ConsentRow.taken_back_at).is_(None),
        )
        .order_by(col(ConsentRow.id).desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def sign_off_of(session: Session, candidate: CandidateRow) -> SignOff | None:
    """The newest sign-off of this candidate, with the lead's word if that was given too."""
    row = signed(session, candidate)
    if row is None:
        return None
    return _sign_off(row, authors_of(session, candidate.story_id), signed(session, candidate, as_lead=True))


def signed(session: Session, candidate: CandidateRow, *, as_lead: bool = False) -> SignOffRow | None:
    """The newest word of a reviewer, or of the lead."""
    query = (
        sa.select(SignOffRow)
        .where(col(SignOffRow.candidate_id) == candidate.id, col(SignOffRow.as_lead) == as_lead)
        .order_by(col(SignOffRow.id).desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def kept_off(candidate: CandidateRow) -> frozenset[Channel]:
    """The ways of sharing that it is kept from, whatever people agreed to."""
    return frozenset(Channel(name) for name in candidate.kept_off)


def authors_of(session: Session, story_id: UUID) -> frozenset[UUID]:
    """Everybody who wrote any of the story, and everybody whose story it is."""
    own = (StoryRole.AUTHOR, StoryRole.WRITER, StoryRole.EXPERT)
    query = sa.select(StoryRoleRow.account_id).where(
        StoryRoleRow.story_id == story_id, StoryRoleRow.role.in_(own)
    )
    return frozenset(session.scalars(query))


def consent_in(row: ConsentRow) -> Consent:
    """The consent that a row holds."""
    return Consent(
        candidate_sha256=row.sha256,
        person_ref=row.person,
        channels=frozenset(Channel(channel) for channel in row.channels),
        until=row.until,
        given_at=row.given_at,
        given_by=DEMO if row.demo else row.given_by,
        settled=_days(row.settled),
        days=_days(row.days),
    )


def _days(kept: dict[str, str]) -> tuple[tuple[Channel, dt.date], ...]:
    return tuple((Channel(name), dt.date.fromisoformat(day)) for name, day in kept.items())


def _sign_off(row: SignOffRow, authors: frozenset[UUID], lead: SignOffRow | None) -> SignOff:
    return SignOff(
        candidate_sha256=row.sha256,
        reviewer_id=_signer(row),
        authors=authors,
        at=row.signed_at,
        reasons=bool(row.reasons.strip()),
        lead_id=None if lead is None or lead.refused else _signer(lead),
        lead_refused=lead is not None and lead.refused,
    )


def _signer(row: SignOffRow) -> UUID | str:
    return DEMO if row.demo else row.signed_by
