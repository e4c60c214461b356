"""How many people a story in review could be: for its reviewer, in bands, and for nobody else.

Measured once for each candidate and version of the dataset, and kept in memory; nothing of it is stored.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from ..anonymise.candidate import Candidate, freeze
from ..anonymise.risk import Risk, measure
from ..anonymise.risk_changes import Plan, plans
from ..anonymise.trajectory import trajectory
from ..linked.cohort import TARGET
from ..linked.cohort_dataset import DatasetCohort
from ..linked.datasets import dataset_names, open_dataset
from ..store import repository
from ..story.messages import message
from ..story.model import Story
from .access import enter
from .agreements import newest
from .context import Context
from .errors import NotFound, NotNow
from .permissions import Action, Actor
from .shift import shift_of
from .states import StoryState

_KEPT: Final = 32
_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """One plan, and what the world would see after it. Nothing is changed by looking at it."""

    plan: Plan
    candidate: Candidate


def risk_of(ctx: Context, actor: Actor, slug: str) -> Risk:
    """What is measured of the story in review. Raises NotNow for a draft."""
    story, sha256 = _in_review(ctx, actor, slug)
    return measured(ctx, story, sha256)


def measured(ctx: Context, story: Story, sha256: str) -> Risk:
    """What is measured of a candidate's story, for services that have been let in already."""
    cohort = cohort_of(ctx, story)
    if cohort is None:
        return measure(trajectory(story, ctx.vocabulary, {}, _weeks(ctx, story)), None)
    key = ("risk", sha256, cohort.version)
    path = trajectory(story, ctx.vocabulary, cohort.sectors, _weeks(ctx, story))
    found: Risk = _once(key, lambda: measure(path, cohort))
    return found


def plans_for(ctx: Context, actor: Actor, slug: str, target: int = TARGET) -> tuple[Plan, ...]:
    """The smallest changes that reach the target, the cheapest first; none where nothing helps."""
    story, sha256 = _in_review(ctx, actor, slug)
    cohort = cohort_of(ctx, story)
    if cohort is None:
        return ()
    key = ("plans", sha256, cohort.version, target)
    found: tuple[Plan, ...] = _once(
        key, lambda: plans(story, ctx.vocabulary, cohort, target, _weeks(ctx, story))
    )
    return found


def preview_plan(ctx: Context, actor: Actor, slug: str, number: int, target: int = TARGET) -> PlanPreview:
    """What the story would look like after plan ``number``, from 1; NotFound if there is none."""
    found = plans_for(ctx, actor, slug, target)
    if not 0 < number <= len(found):
        raise NotFound
    plan = found[number - 1]
    return PlanPreview(plan, freeze(plan.story, ctx.vocabulary, shift=shift_of(ctx, plan.story)))


def cohort_of(ctx: Context, story: Story) -> DatasetCohort | None:
    """The dataset behind the story as a cohort; None where it names none that is here."""
    if story.dataset not in dataset_names(ctx.data_root):
        return None
    return DatasetCohort(open_dataset(ctx.data_root, story.dataset))


def _in_review(ctx: Context, actor: Actor, slug: str) -> tuple[Story, str]:
    """The story, which is as it was frozen while it is no draft, and its candidate's hash."""
    with ctx.read() as session:
        row, access = enter(session, actor, slug, Action.READ_RISK)
        if access.state is StoryState.DRAFT:
            raise NotNow(message("This story is a draft. Send it for review first."))
        return repository.load(session, row), newest(session, row).sha256


def _weeks(ctx: Context, story: Story) -> int:
    shift = shift_of(ctx, story)
    return shift.weeks if shift else 0


def _once(key: tuple[Any, ...], make: Any) -> Any:
    with _lock:
        if key not in _kept:
            _kept[key] = make()
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
        return _kept[key]
