"""Review: the story is frozen as it would be shown, looked through, and put before the people whose story it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.candidate import Candidate, freeze
from ...anonymise.consent import Consent, SignOff
from ...anonymise.deciding.decisions import Decisions
from ...anonymise.report import Report, examine
from ...linked.asking.ledger import Released
from ...store import repository
from ...store.tables import CandidateRow, EditionRow, StoryRow
from ...story.ids import new_id
from ...story.messages import Message
from ...story.model import Story
from ..access import access_to, enter
from ..consent.agreements import candidate_of, consents_to, kept_off, newest, sign_off_of
from ..consent.taking_part import must_take_part
from ..context import Context, Unit
from ..data.demand import StoryDemand, demand_behind
from ..data.ledger import show_beside
from ..data.linked_counts import StoryNumbers, numbers_in
from ..editions.publish_edition import still_missing
from ..errors import EditedMeanwhile
from ..findings.decisions import decisions_in
from ..findings.looks import look_further, look_in
from ..permissions import Action, Actor, StoryAccess
from ..risk.measured import measurement, queue_measuring
from ..risk.shift import shift_of
from ..states import Move, StoryState, after
from .standing import standing_in_the_way


@dataclass(frozen=True, slots=True)
class CandidateView:
    """What would be shown, what was found in it, and who has agreed so far."""

    slug: str
    access: StoryAccess
    candidate: Candidate
    report: Report
    consents: tuple[Consent, ...]
    sign_off: SignOff | None
    missing: tuple[Message, ...]

    @property
    def sha256(self) -> str:
        """What a consent and a sign-off name."""
        return self.candidate.sha256


def send_for_review(ctx: Context, actor: Actor, slug: str, *, measured: bool = True) -> CandidateView:
    """Freezes the story as it stands, with what was decided about its findings carried out.

    Counts are asked before the transaction, so that nobody waits for them. Those who review it are shown its counts, so
    these go through the ledger: what can't be released is not in it. ``measured``: how many people it could be is then
    measured, as long work.
    """
    with ctx.read() as session:
        row, _ = enter(session, actor, slug, Action.SEND_FOR_REVIEW)
        story = repository.load(session, row)
        must_take_part(session, story)
        decided, look = decisions_in(ctx, session, row.id), look_in(ctx, session, story)
    told = decided.carried_out(story)
    demand, numbers = demand_behind(ctx, told), numbers_in(ctx, told)
    with ctx.unit(actor) as unit:
        row, access = enter(unit.session, actor, slug, Action.SEND_FOR_REVIEW, lock=True)
        _must_be_the_same(ctx, unit.session, row, story, decided)
        _forget_unpublished(unit.session, row.id)
        number = new_id()
        frozen = _through_the_ledger(ctx, unit, told, demand, numbers, number)
        row.state = after(access.state, Move.SEND_FOR_REVIEW)
        unit.audit("send for review", number)
        look_further(ctx, unit, story, decided, look)
        return _put_in_review(ctx, unit, row, frozen, story if measured else None)


def _through_the_ledger(
    ctx: Context, unit: Unit, story: Story, demand: StoryDemand, numbers: StoryNumbers, number: UUID
) -> CandidateRow:
    """The candidate with the counts that may be shown beside all that were."""
    shift = shift_of(ctx, story)
    candidate = freeze(story, ctx.vocabulary, demand.lanes, shift, numbers.shown)
    new = (*demand.released_in(candidate.shown), *numbers.released_in(candidate.shown))
    shown = show_beside(ctx, unit, new, f"candidate:{story.slug}", number)
    if shown != new:
        lanes, counted = demand.as_shown(shown).lanes, numbers.as_shown(shown).shown
        candidate = freeze(story, ctx.vocabulary, lanes, shift, counted)
    return _frozen(ctx, unit.actor, story.id, candidate, number, shown)


def _must_be_the_same(
    ctx: Context, session: Session, row: StoryRow, story: Story, decided: Decisions
) -> None:
    now = repository.load(session, row)
    if now != story or decisions_in(ctx, session, row.id).made != decided.made:
        raise EditedMeanwhile(now, {})


def _put_in_review(
    ctx: Context, unit: Unit, row: StoryRow, frozen: CandidateRow, measured: Story | None
) -> CandidateView:
    """What is in review now; the story that is to be ``measured`` goes into the queue."""
    unit.session.add(frozen)
    unit.session.flush()
    if measured is not None:
        queue_measuring(ctx, unit, measured, frozen)
    return view(ctx, unit.session, unit.actor, row)


def _frozen(
    ctx: Context, actor: Actor, story_id: UUID, candidate: Candidate, number: UUID, shown: Iterable[Released]
) -> CandidateRow:
    return CandidateRow(
        id=number,
        story_id=story_id,
        sha256=candidate.sha256,
        body=candidate.to_json(),
        counts=[one.model_dump(mode="json") for one in shown],
        frozen_at=ctx.clock.now(),
        frozen_by=actor.id,
    )


def get_candidate(ctx: Context, actor: Actor, slug: str) -> CandidateView:
    """What is in review, or was last."""
    with ctx.read() as session:
        row, _ = enter(session, actor, slug, Action.READ_CANDIDATE)
        return view(ctx, session, actor, row)


def view(ctx: Context, session: Session, actor: Actor, story: StoryRow) -> CandidateView:
    """The newest candidate with everything said about it."""
    row = newest(session, story)
    candidate = candidate_of(row)
    report, given, signed = examine(candidate), consents_to(session, row), sign_off_of(session, row)
    access = access_to(session, actor, story)
    further = standing_in_the_way(ctx, session, story)
    measured = measurement(ctx, session, story, row)
    missing = still_missing(ctx, candidate, report, given, signed, further, measured, kept_off(row))
    return CandidateView(story.slug, access, candidate, report, given, signed, missing)


def settle(story: StoryRow, found: CandidateView) -> StoryState:
    """The story's state once somebody has said something: agreed, if nothing is missing any more."""
    state = StoryState(story.state)
    if state is StoryState.IN_REVIEW and not found.missing:
        state = after(state, Move.AGREE)
    return state


def _forget_unpublished(session: Session, story_id: UUID) -> None:
    """Deletes candidates that nobody ever saw outside, with what was said about them: their text is out of date."""
    published = sa.select(col(EditionRow.candidate_id)).where(col(EditionRow.candidate_id).is_not(None))
    session.execute(
        sa.delete(CandidateRow).where(
            col(CandidateRow.story_id) == story_id, col(CandidateRow.id).not_in(published)
        )
    )
