"""What a reviewer suggests to those who write: one of the smallest changes, as it was measured, with what it costs.

The writer sees it on the story, makes it with one press or says no and why. No screen says who answered. A change that
is made is an edit like any other, so the story is a draft again. How many people fit stays with the reviewer: the
writer is told only that enough do after it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel, TypeAdapter
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.candidate import freeze
from ...anonymise.risk.changes import COARSER, Plan
from ...anonymise.risk.changes import after as planned
from ...anonymise.risk.measured import NOT_MEASURED
from ...linked.cohort.protocol import TARGET
from ...store import repository
from ...store.tables import StoryRoleRow, StoryRow, SuggestionRow
from ...story.ids import new_id
from ...story.messages import Message, message
from ...story.model import ShowAs, Story
from ...story.problems import Problem, Problems
from ..access import enter
from ..consent.agree import the_one_read
from ..context import Context, Unit
from ..errors import NotFound, NotNow
from ..findings.decisions import decisions_in
from ..permissions import Action, Actor, StoryRole, may
from ..stories.edit import change_in
from .measured import PlanPreview, plan_in
from .shift import shift_of

_PLAN: Final[TypeAdapter[Plan]] = TypeAdapter(Plan)
_MOST_WORDS: Final = 1000


class SuggestionState(StrEnum):
    """Where a suggestion stands. OVERTAKEN: another was made instead."""

    OPEN = "open"
    MADE = "made"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"
    TAKEN_BACK = "taken back"


#: What people read for a suggestion's state.
SAID: Final[dict[SuggestionState, Message]] = {
    SuggestionState.OPEN: message("Not answered yet"),
    SuggestionState.MADE: message("Made"),
    SuggestionState.REFUSED: message("They said no"),
    SuggestionState.OVERTAKEN: message("Another was made"),
    SuggestionState.TAKEN_BACK: message("Taken back"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggested change. ``fits``: whether the story is still such that it can be made; ``reason``: of a no."""

    id: UUID
    plan: Plan
    target: int
    state: SuggestionState
    fits: bool
    sent_at: dt.datetime
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether it waits for an answer that can still be given."""
        return self.state is SuggestionState.OPEN and self.fits


@dataclass(frozen=True, slots=True)
class Waiting:
    """A story with a suggestion that waits for whoever writes it."""

    slug: str
    title: str
    sent_at: dt.datetime


def suggest(ctx: Context, actor: Actor, slug: str, number: int, *, sha256: str, target: int = TARGET) -> UUID:
    """Sends plan ``number`` (from 1) of exactly this text to those who write it; sending it twice is sending it once.

    NotNow where the text was changed since; NotFound where there is no such plan.
    """
    with ctx.unit(actor) as unit:
        row, _ = enter(unit.session, actor, slug, Action.SUGGEST_CHANGE, lock=True)
        the_one_read(unit.session, row, sha256)
        plan = replace(plan_in(ctx, unit.session, row, number, target), risk=NOT_MEASURED)
        body = _PLAN.dump_python(plan, mode="json")
        there = next((one for one in _open(unit.session, row.id) if one.plan == body), None)
        found = there or SuggestionRow(
            id=new_id(),
            story_id=row.id,
            target=target,
            plan=body,
            state=SuggestionState.OPEN,
            sent_at=ctx.clock.now(),
            sent_by=actor.id,
        )
        unit.session.add(found)
        unit.audit("suggest a change", found.id)
        return found.id


def sent_suggestions(ctx: Context, actor: Actor, slug: str) -> tuple[Suggestion, ...]:
    """What was suggested for this story and what became of it, the newest first: for its reviewers."""
    with ctx.read() as session:
        row, _ = enter(session, actor, slug, Action.READ_RISK)
        query = sa.select(SuggestionRow).where(col(SuggestionRow.story_id) == row.id)
        story = repository.load(session, row)
        return tuple(
            _read(one, story) for one in session.scalars(query.order_by(col(SuggestionRow.id).desc()))
        )


def suggestions_to(ctx: Context, actor: Actor, slug: str) -> tuple[Suggestion, ...]:
    """What waits for an answer of those who write this story; nothing for everybody else who reads it."""
    with ctx.read() as session:
        row, access = enter(session, actor, slug, Action.READ_STORY)
        rows = _open(session, row.id) if may(actor, Action.ANSWER_SUGGESTION, access) else ()
        if not rows:
            return ()
        story = repository.load(session, row)
        return tuple(one for one in (_read(found, story) for found in rows) if one.open)


def waiting_suggestions(ctx: Context, actor: Actor) -> tuple[Waiting, ...]:
    """The stories that this actor writes and a reviewer suggests a change of, the one that waits longest first."""
    mine = sa.select(StoryRoleRow.story_id).where(
        StoryRoleRow.account_id == actor.id, StoryRoleRow.role.in_((StoryRole.AUTHOR, StoryRole.EXPERT))
    )
    waits = sa.select(col(SuggestionRow.story_id)).where(col(SuggestionRow.state) == SuggestionState.OPEN)
    query = sa.select(StoryRow).where(col(StoryRow.id).in_(mine), col(StoryRow.id).in_(waits))
    with ctx.read() as session:
        stories = [(story.slug, story.title) for story in session.scalars(query)]
    found = [(slug, title, suggestions_to(ctx, actor, slug)) for slug, title in stories]
    waiting = [Waiting(slug, title, some[0].sent_at) for slug, title, some in found if some]
    return tuple(sorted(waiting, key=lambda one: one.sent_at))


def preview_suggestion(
    ctx: Context, actor: Actor, slug: str, suggestion: UUID
) -> tuple[Suggestion, PlanPreview]:
    """One that waits, and what the world would see after it. Nothing is changed by looking."""
    with ctx.read() as session:
        row, _ = enter(session, actor, slug, Action.ANSWER_SUGGESTION)
        story = repository.load(session, row)
        found = _the_one(session, row, story, suggestion)
        decided = decisions_in(ctx, session, row.id)
    changed = decided.carried_out(planned(story, found.plan))
    candidate = freeze(changed, ctx.vocabulary, shift=shift_of(ctx, changed))
    return found, PlanPreview(found.plan, candidate)


def make_suggested(ctx: Context, actor: Actor, slug: str, suggestion: UUID) -> Story:
    """The story with the suggested change made: a draft again. Other suggestions that waited are overtaken by it."""

    def change(story: Story) -> tuple[Story, UUID]:
        return _counted(
            story, planned(story, _the_one(unit.session, row, story, suggestion).plan)
        ), suggestion

    with ctx.unit(actor) as unit:
        row, _ = enter(unit.session, actor, slug, Action.EDIT, lock=True)
        story = change_in(ctx, unit, slug, "make a suggested change", change)
        for one in _open(unit.session, row.id):
            state = SuggestionState.MADE if one.id == suggestion else SuggestionState.OVERTAKEN
            _answered(unit, one, state)
    return story


def refuse_suggested(ctx: Context, actor: Actor, slug: str, suggestion: UUID, *, reason: str) -> None:
    """Says no to it, and why, to the reviewer: Problems without a reason. Nothing of the story is changed."""
    said = reason.strip()
    if not said or len(said) > _MOST_WORDS:
        what = message("there is no reason") if not said else message("that is too long")
        instead = message("write down why not, in {most} letters at most", most=_MOST_WORDS)
        raise Problems([Problem(what, instead, where="reason")])
    with ctx.unit(actor) as unit:
        row, _ = enter(unit.session, actor, slug, Action.ANSWER_SUGGESTION, lock=True)
        found = _the_one(unit.session, row, repository.load(unit.session, row), suggestion)
        _answered(unit, unit.session.get_one(SuggestionRow, found.id), SuggestionState.REFUSED, said)
        unit.audit("refuse a suggested change", suggestion)


def take_suggestion_back(ctx: Context, actor: Actor, slug: str, suggestion: UUID) -> None:
    """A reviewer takes back what waits; NotNow where it was answered."""
    with ctx.unit(actor) as unit:
        row, _ = enter(unit.session, actor, slug, Action.TAKE_SUGGESTION_BACK, lock=True)
        found = next((one for one in _open(unit.session, row.id) if one.id == suggestion), None)
        if found is None:
            raise NotNow(_ANSWERED)
        _answered(unit, found, SuggestionState.TAKEN_BACK)
        unit.audit("take a suggestion back", suggestion)


_ANSWERED: Final = message("That suggestion was answered already, or the story has changed since.")


def _open(session: Session, story: UUID) -> tuple[SuggestionRow, ...]:
    query = sa.select(SuggestionRow).where(
        col(SuggestionRow.story_id) == story, col(SuggestionRow.state) == SuggestionState.OPEN
    )
    return tuple(session.scalars(query.order_by(col(SuggestionRow.id))))


def _the_one(session: Session, row: StoryRow, story: Story, suggestion: UUID) -> Suggestion:
    found = session.get(SuggestionRow, suggestion)
    if found is None or found.story_id != row.id:
        raise NotFound
    if not (read := _read(found, story)).open:
        raise NotNow(_ANSWERED)
    return read


def _read(row: SuggestionRow, story: Story) -> Suggestion:
    plan = _PLAN.validate_python(row.plan)
    state = SuggestionState(row.state)
    return Suggestion(row.id, plan, row.target, state, _fits(plan, story), row.sent_at, row.reason)


def _fits(plan: Plan, story: Story) -> bool:
    """Whether all that the plan gives up is still told in ``story``."""
    told = {contact.id for contact in story.contacts if not contact.not_telling}
    named = {agency.sector for agency in story.agencies if agency.show_as is not ShowAs.SECTOR}
    coarser = {policy for policy, _ in COARSER[story.date_policy]}
    touched = {contact for pair in plan.merged for contact in pair} | set(plan.left_out)
    return touched <= told and set(plan.sectors) <= named and (plan.policy is None or plan.policy in coarser)


def _answered(unit: Unit, row: SuggestionRow, state: SuggestionState, reason: str = "") -> None:
    row.state, row.reason, row.answered_at = state, reason, unit.clock.now()


def _counted(before: Story, changed: Story) -> Story:
    """``changed``, checked as a whole; each part that differs has its next version."""
    values: dict[str, Any] = {name: getattr(changed, name) for name in Story.model_fields}
    for name in ("agencies", "contacts"):
        pairs = zip(getattr(before, name), getattr(changed, name), strict=True)
        values[name] = tuple(_next(old, new) for old, new in pairs)
    if before.date_policy is not changed.date_policy:
        values["version"] = before.version + 1
    return Story.model_validate(values)


def _next(old: BaseModel, new: Any) -> Any:
    return new if new == old else new.model_copy(update={"version": new.version + 1})
