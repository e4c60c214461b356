"""How many people a story in review could be: for its reviewer, in bands, and for nobody else.

Measured once for each candidate and version of the dataset, as long work (``measure_risk``); pages read what is there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.candidate import Candidate, freeze
from ...anonymise.risk.changes import Plan, after
from ...anonymise.risk.measured import NOT_MEASURED, Risk, Verdict
from ...anonymise.risk.rule import UNMEASURED, Measurement
from ...linked.cohort.dataset import DatasetCohort
from ...linked.cohort.protocol import TARGET, WEB_TARGET
from ...linked.dataset.datasets import dataset_names, known_datasets
from ...store import repository
from ...store.tables import CandidateRow, RiskRow, StoryRow
from ...story.clock import today
from ...story.messages import message
from ...story.model import Story, StoryFields
from ..access import enter
from ..consent.agreements import newest
from ..context import Context, Unit
from ..data.datasets import opened
from ..errors import NotFound, NotNow
from ..findings.decisions import decisions_in
from ..jobs import JobState, latest_state, queue, stop_all, under_way
from ..permissions import Action, Actor
from ..states import StoryState
from .shift import shift_of

MEASURE: Final = "measure risk"
RISK: Final[TypeAdapter[Risk]] = TypeAdapter(Risk)
PLANS: Final[TypeAdapter[tuple[Plan, ...]]] = TypeAdapter(tuple[Plan, ...])


@dataclass(frozen=True, slots=True)
class RiskView:
    """What is known so far of the story in review.

    ``linked``: whether there is data to measure against; ``over``: whether there was, until its agreement ended;
    ``going``: whether it is being measured; ``stopped``: whether that was begun and broke off; ``cancelled``: whether
    somebody stopped it; ``plans``: the smallest changes for each target, the cheapest first; None until they are found.
    """

    risk: Risk
    linked: bool = False
    over: bool = False
    going: bool = False
    stopped: bool = False
    cancelled: bool = False
    plans: dict[int, tuple[Plan, ...]] | None = None

    @property
    def measured(self) -> bool:
        """Whether there is something to say, and be it that the data can't hold such a story."""
        return bool(self.risk.cohort)

    @property
    def enough_for_web(self) -> bool:
        """Whether the open web's target is reached."""
        return self.risk.verdict(WEB_TARGET) is Verdict.MET


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """One plan, and what the world would see after it. Nothing is changed by looking at it.

    ``sha256``: of the text in review that it was made for.
    """

    plan: Plan
    candidate: Candidate
    sha256: str = ""


def risk_of(ctx: Context, actor: Actor, slug: str) -> RiskView:
    """What is measured of the story in review. Raises NotNow for a draft."""
    with ctx.read() as session:
        return _view(ctx, session, *_in_review(session, actor, slug))


def measure_again(ctx: Context, actor: Actor, slug: str) -> None:
    """Puts the measuring in the queue, unless it is there or done; NotNow without data to measure against."""
    with ctx.unit(actor) as unit:
        story, row = _in_review(unit.session, actor, slug)
        if cohort_of(ctx, story) is None:
            raise NotNow(message("This story is not linked to data, so nothing can be measured."))
        unit.audit("ask to measure risk", row.id)
        queue_measuring(ctx, unit, story, row)


def stop_measuring(ctx: Context, actor: Actor, slug: str) -> bool:
    """Asks the measuring to stop, whoever began it. What was found by then stays; False where nothing was going on."""
    with ctx.unit(actor) as unit:
        _, row = _in_review(unit.session, actor, slug)
        unit.audit("ask to stop measuring risk", row.id)
        return stop_all(unit, MEASURE, candidate=str(row.id)) > 0


def queue_measuring(ctx: Context, unit: Unit, story: Story, row: CandidateRow) -> None:
    """The same in a transaction that is open already; nothing happens without data to measure against."""
    found = _view(ctx, unit.session, story, row)
    if found.linked and not found.going and found.plans is None:
        queue(unit, MEASURE, candidate=str(row.id))


def preview_plan(ctx: Context, actor: Actor, slug: str, number: int, target: int = TARGET) -> PlanPreview:
    """What the story would look like after plan ``number``, from 1; NotFound if there is none."""
    with ctx.read() as session:
        story, row = _in_review(session, actor, slug)
        plan = _plan(ctx, session, story, row, number, target)
        decided = decisions_in(ctx, session, story.id)
    changed = decided.carried_out(after(story, plan))
    return PlanPreview(plan, freeze(changed, ctx.vocabulary, shift=shift_of(ctx, changed)), row.sha256)


def plan_in(ctx: Context, session: Session, story: StoryRow, number: int, target: int) -> Plan:
    """Plan ``number``, from 1, of the text in review, in a transaction that is open already; NotFound if none is."""
    return _plan(ctx, session, repository.load(session, story), newest(session, story), number, target)


def _plan(ctx: Context, session: Session, story: Story, row: CandidateRow, number: int, target: int) -> Plan:
    found = (_view(ctx, session, story, row).plans or {}).get(target, ())
    if not 0 < number <= len(found):
        raise NotFound
    return found[number - 1]


def measurement(ctx: Context, session: Session, story: StoryRow, row: CandidateRow) -> Measurement:
    """Whether enough people fit what is in review, by the data as they are now."""
    cohort = cohort_of(ctx, story)
    if cohort is None:
        return UNMEASURED
    risk = risk_in(kept(session, row, cohort.version))
    return Measurement(to_do=True) if risk is None else Measurement.of(risk)


def cohort_of(ctx: Context, story: StoryFields) -> DatasetCohort | None:
    """The dataset behind the story as a cohort; None where it names none that is here and may still be asked."""
    day = today(ctx.clock)
    if story.dataset not in dataset_names(ctx.data_root, day):
        return None
    return DatasetCohort(opened(ctx, story.dataset))


def kept(session: Session, row: CandidateRow, version: str) -> RiskRow | None:
    """What was measured of a candidate by one version of a dataset."""
    query = sa.select(RiskRow).where(col(RiskRow.candidate_id) == row.id, col(RiskRow.dataset) == version)
    return session.scalars(query).one_or_none()


def _in_review(session: Session, actor: Actor, slug: str) -> tuple[Story, CandidateRow]:
    """The story, which is as it was frozen while it is no draft, and its candidate."""
    row, access = enter(session, actor, slug, Action.READ_RISK)
    if access.state is StoryState.DRAFT:
        raise NotNow(message("This story is a draft. Send it for review first."))
    return repository.load(session, row), newest(session, row)


def _was_there(ctx: Context, dataset: str) -> bool:
    """Whether it is here and may not be asked any more."""
    return any(known.name == dataset for known in known_datasets(ctx.data_root))


def _view(ctx: Context, session: Session, story: Story, row: CandidateRow) -> RiskView:
    cohort = cohort_of(ctx, story)
    if cohort is None:
        return RiskView(NOT_MEASURED, over=_was_there(ctx, story.dataset))
    found = kept(session, row, cohort.version)
    candidate = str(row.id)
    last = latest_state(session, MEASURE, candidate=candidate)
    begun = RiskView(
        NOT_MEASURED,
        linked=True,
        going=under_way(session, MEASURE, candidate=candidate),
        stopped=last is JobState.FAILED,
        cancelled=last is JobState.CANCELLED,
    )
    risk = risk_in(found)
    if found is None or risk is None:
        return begun
    plans = {int(target): PLANS.validate_python(some) for target, some in found.plans.items()}
    return replace(begun, risk=risk, plans=plans or None)


def risk_in(row: RiskRow | None) -> Risk | None:
    """What a row holds; None where words were taken out of it that it can't be read without: it is measured again."""
    try:
        return None if row is None else RISK.validate_python(row.body)
    except ValidationError:
        return None
