"""Measuring how many people a story could be: long work, done by a worker while nobody waits for a page.

First what the reviewer has to know, then the smallest changes that would help. A job that is taken up again keeps
what was measured already, and so does one that is stopped; one whose candidate is gone has nothing to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from ...anonymise.risk.changes import Plan, plans
from ...anonymise.risk.measured import Risk, measure
from ...anonymise.risk.trajectory import trajectory
from ...linked.cohort.dataset import DatasetCohort
from ...linked.cohort.protocol import TARGET, WEB_TARGET
from ...store import repository
from ...store.tables import CandidateRow, RiskRow, StoryRow
from ...story.ids import new_id
from ...story.messages import Message, message
from ...story.model import Story
from ..consent.agree import after_word
from ..consent.agreements import newest
from ..context import Context
from ..jobs import Handler, Progress
from ..permissions import Actor
from ..states import StoryState
from .measured import MEASURE, PLANS, RISK, cohort_of, kept, risk_in
from .shift import shift_of

_TARGETS: Final = (TARGET, WEB_TARGET)


def measure_risk(ctx: Context, params: Mapping[str, Any], progress: Progress) -> Message:
    """The handler: ``params`` name the candidate."""
    candidate = UUID(params["candidate"])
    story = _in_review(ctx, candidate)
    cohort = cohort_of(ctx, story) if story else None
    if story is None or cohort is None:
        return message("There is nothing to measure any more.")
    shift = shift_of(ctx, story)
    weeks = shift.weeks if shift else 0
    steps = 1 + len(_TARGETS)
    asked = partial(progress, 0, steps, "measuring")
    asked()
    if not _there(ctx, candidate, cohort):
        path = trajectory(story, ctx.vocabulary, cohort.sectors, weeks)
        _keep(ctx, candidate, cohort, measure(path, cohort, between=asked))
    found: dict[int, tuple[Plan, ...]] = {}
    for target in _TARGETS:
        asked = partial(progress, 1 + len(found), steps, "suggesting")
        found[target] = plans(story, ctx.vocabulary, cohort, target, weeks, asked)
    _suggest(ctx, candidate, cohort, found)
    return message("It is measured how many people this could be.")


HANDLERS: Final[dict[str, Handler]] = {MEASURE: measure_risk}


def _in_review(ctx: Context, candidate: UUID) -> Story | None:
    """The story, while it is what was frozen as this candidate."""
    with ctx.read() as session:
        row = session.get(CandidateRow, candidate)
        story = session.get(StoryRow, row.story_id) if row else None
        if row is None or story is None or newest(session, story).id != candidate:
            return None
        return None if story.state == StoryState.DRAFT else repository.load(session, story)


def _there(ctx: Context, candidate: UUID, cohort: DatasetCohort) -> bool:
    with ctx.read() as session:
        row = session.get(CandidateRow, candidate)
        return row is not None and risk_in(kept(session, row, cohort.version)) is not None


def _keep(ctx: Context, candidate: UUID, cohort: DatasetCohort, risk: Risk) -> None:
    with ctx.unit(Actor.system()) as unit:
        unit.audit("measure risk", candidate)
        row = unit.session.get(CandidateRow, candidate)
        if row is None:
            return
        old = kept(unit.session, row, cohort.version)
        if old is not None:
            unit.session.delete(old)
            unit.session.flush()
        unit.session.add(
            RiskRow(
                id=new_id(),
                candidate_id=candidate,
                dataset=cohort.version,
                body=RISK.dump_python(risk, mode="json"),
                measured_at=ctx.clock.now(),
            )
        )
        # It may be all that was missing.
        after_word(ctx, unit, unit.session.get_one(StoryRow, row.story_id))


def _suggest(
    ctx: Context, candidate: UUID, cohort: DatasetCohort, found: Mapping[int, tuple[Plan, ...]]
) -> None:
    with ctx.unit(Actor.system()) as unit:
        unit.audit("measure risk", candidate)
        row = unit.session.get(CandidateRow, candidate)
        there = kept(unit.session, row, cohort.version) if row else None
        if there is not None:
            there.plans = {
                str(target): PLANS.dump_python(some, mode="json") for target, some in found.items()
            }
