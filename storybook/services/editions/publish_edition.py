"""Publishing: the one place where a candidate becomes an edition.

In one transaction: the release, its number, the retirement of older editions, a ledger entry for every count it
shows, and the audit line.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.candidate import Candidate
from ...anonymise.consent import Channel, Consent, SignOff
from ...anonymise.edition import Edition, load
from ...anonymise.release import NotReleasable, common_channels, obstacles, release
from ...anonymise.report import Report, examine
from ...anonymise.risk.rule import UNMEASURED, Measurement
from ...linked.asking.ledger import Released
from ...store.tables import CandidateRow, EditionRow, StoryRow
from ...story.clock import today
from ...story.ids import new_id
from ...story.messages import Message, message
from ..access import enter
from ..consent.agreements import candidate_of, consents_to, kept_off, newest, sign_off_of
from ..context import Context, Unit
from ..data.ledger import pass_ledger
from ..errors import NotNow, NotReady
from ..permissions import Action, Actor
from ..review.standing import applied_to, standing_in_the_way
from ..risk.measured import measurement
from ..states import EditionState, Move, StoryState, after, edition_after
from .shown import EditionView, channels_of, state_on, view_of


def publish_edition(ctx: Context, actor: Actor, slug: str) -> EditionView:
    """The new edition of the story. Raises NotReady with everything that is missing."""
    with ctx.unit(actor) as unit:
        story = _enter(ctx, unit.session, actor, slug)
        row = newest(unit.session, story)
        edition = _release(ctx, unit.session, story, row)
        _must_be_new(ctx, unit.session, row, edition)
        story.state = after(StoryState(story.state), Move.PUBLISH)
        _retire_older(ctx, unit, story.id)
        stored = _store(ctx, unit, story, row, edition)
        _through_the_ledger(ctx, unit, row, stored)
        return view_of(stored, today(ctx.clock))


def still_missing(
    ctx: Context,
    candidate: Candidate,
    report: Report,
    consents: tuple[Consent, ...],
    sign_off: SignOff | None,
    further: tuple[Message, ...] = (),
    measured: Measurement = UNMEASURED,
    off: Collection[Channel] = (),
) -> tuple[Message, ...]:
    """Everything that stands between the candidate and an edition today."""
    found = obstacles(
        candidate, report, consents, sign_off, day=today(ctx.clock), measured=measured, kept_off=off
    )
    return (*found, *further)


def channels_left(ctx: Context, candidate: Candidate, consents: tuple[Consent, ...]) -> dict[str, str]:
    """The channels that everybody agrees to today, each with its last day, as an edition's row holds them."""
    left = common_channels(candidate, consents, day=today(ctx.clock))
    return {channel.value: day.isoformat() for channel, day in left.items()}


def _enter(ctx: Context, session: Session, actor: Actor, slug: str) -> StoryRow:
    """Through the access table; in review, "not yet" says everything that is missing."""
    try:
        return enter(session, actor, slug, Action.PUBLISH, lock=True)[0]
    except NotNow:
        story, access = enter(session, actor, slug, Action.READ_CANDIDATE)
        if access.state is not StoryState.IN_REVIEW:
            raise
        row = newest(session, story)
        candidate = candidate_of(row)
        given, signed = consents_to(session, row), sign_off_of(session, row)
        further, measured = standing_in_the_way(ctx, session, story), measurement(ctx, session, story, row)
        report, off = examine(candidate), kept_off(row)
        missing = still_missing(ctx, candidate, report, given, signed, further, measured, off)
        raise NotReady(missing) from None


def _release(ctx: Context, session: Session, story: StoryRow, row: CandidateRow) -> Edition:
    candidate = candidate_of(row)
    try:
        return release(
            candidate,
            examine(candidate),
            consents_to(session, row),
            sign_off_of(session, row),
            number=_next_number(session, story.slug),
            day=today(ctx.clock),
            further=standing_in_the_way(ctx, session, story),
            applied=applied_to(session, story, row),
            measured=measurement(ctx, session, story, row),
            kept_off=kept_off(row),
        )
    except NotReleasable as refused:
        raise NotReady(refused.reasons) from None


def _next_number(session: Session, slug: str) -> int:
    last = session.scalar(sa.select(sa.func.max(col(EditionRow.number))).where(col(EditionRow.slug) == slug))
    return (last or 0) + 1


def _must_be_new(ctx: Context, session: Session, row: CandidateRow, edition: Edition) -> None:
    """The same text may be published again only to share it elsewhere, or for longer or less long."""
    same = sa.select(EditionRow).where(
        col(EditionRow.candidate_id) == row.id, col(EditionRow.state) == EditionState.PUBLISHED
    )
    live = (r for r in session.scalars(same) if state_on(r, today(ctx.clock)) is EditionState.PUBLISHED)
    if any(load(r.body, r.sha256).channels == edition.channels for r in live):
        raise NotNow(message("This is what the newest edition shows already."))


def _retire_older(ctx: Context, unit: Unit, story_id: UUID) -> None:
    query = sa.select(EditionRow).where(
        col(EditionRow.story_id) == story_id, col(EditionRow.state) == EditionState.PUBLISHED
    )
    for old in unit.session.scalars(query):
        old.state = edition_after(EditionState(old.state), Move.PUBLISH_NEWER)
        old.ended_at = ctx.clock.now()
        unit.audit("retire edition", old.id)


def _store(ctx: Context, unit: Unit, story: StoryRow, row: CandidateRow, edition: Edition) -> EditionRow:
    stored = EditionRow(
        id=new_id(),
        story_id=story.id,
        candidate_id=row.id,
        slug=edition.slug,
        number=edition.number,
        state=EditionState.PUBLISHED,
        body=edition.to_json(),
        sha256=edition.sha256,
        channels=channels_of(edition),
        published_at=ctx.clock.now(),
        published_by=unit.actor.id,
        expires=max(edition.channels.values()),
    )
    unit.session.add(stored)
    unit.audit("publish edition", stored.id)
    return stored


def _through_the_ledger(ctx: Context, unit: Unit, row: CandidateRow, stored: EditionRow) -> None:
    """Writes every count down; raises NotReady, and nothing is published, if one can't be released any more."""
    new = [Released.model_validate(count) for count in row.counts]
    decision = pass_ledger(ctx, unit, new, f"edition:{stored.slug}@{stored.number}", stored.id)
    if not decision.released:
        instead = message("Send the story for review again: these numbers are then left out.")
        raise NotReady((decision.words, instead))
