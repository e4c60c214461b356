"""What happened next to people in the data, and what was different before and after a turning point.

For analysts, about groups: it is never shown beside one person's story as their future (``docs/adr``).
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from ...linked.asking.next_steps import NextSteps, Step, next_steps
from ...linked.asking.turning import By, Turning, TurningPoint, before_and_after
from ...linked.dataset.datasets import dataset_names
from ...story.chronology import when
from ...story.clock import today
from ...story.model import Contact, Story
from ..access import check
from ..context import Context
from ..permissions import Action, Actor, may
from .datasets import opened


def what_came_next(ctx: Context, actor: Actor, name: str, steps: tuple[Step, ...]) -> NextSteps:
    """Whom people with the same last one or two steps met next within 30, 90 and 365 days. Raises Problems."""
    check(may(actor, Action.COUNT_DATA), actor)
    return next_steps(opened(ctx, name), steps)


def around(
    ctx: Context, actor: Actor, name: str, point: TurningPoint, *, days: int = 365, by: By = "sector"
) -> Turning:
    """Contacts before and after a turning point, by agency or sector. Raises Problems."""
    check(may(actor, Action.COUNT_DATA), actor)
    return before_and_after(opened(ctx, name), point, days, by)


def steps_to_ask(ctx: Context, actor: Actor, story: Story) -> Mapping[UUID, tuple[Step, ...]]:
    """For each contact of ``story`` (its id) the last steps to ask its dataset about; none for anybody but analysts.

    What the person keeps to themselves is not among them, neither as a contact nor as the step before one.
    """
    if not may(actor, Action.COUNT_DATA) or story.dataset not in dataset_names(
        ctx.data_root, today(ctx.clock)
    ):
        return {}
    told = story.model_copy(update={"contacts": tuple(c for c in story.contacts if not c.not_telling)})
    return {contact.id: steps for contact in told.contacts if (steps := steps_at(told, contact))}


def steps_at(story: Story, contact: Contact) -> tuple[Step, ...]:
    """The last one or two steps at ``contact`` of a story, as its dataset knows them; none where it does not.

    The step before is the last contact that began earlier, if its agency is in the data too.
    """
    known = {agency.ref: agency.dataset_agency for agency in story.agencies if agency.dataset_agency}
    if contact.agency not in known:
        return ()
    earlier = [one for one in story.contacts if when(one).sort_key < when(contact).sort_key]
    before = max(earlier, key=lambda one: when(one).sort_key, default=None)
    steps = [known[before.agency]] if before is not None and before.agency in known else []
    return tuple(Step(name) for name in (*steps, known[contact.agency]))
