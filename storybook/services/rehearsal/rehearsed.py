"""What others may know of a rehearsal: that this very version had one, and the note that came with one sent back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..access import enter
from ..consent.agreements import newest
from ..context import Context
from ..errors import NotFound
from ..permissions import Action, Actor, may
from ..states import StoryState
from .record import Outcome, as_rehearsal, done_of, rehearsals_in


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal that came to its end: when, and how long it took. Nothing of what was found."""

    ended_at: dt.datetime
    minutes: int


def rehearsed_of(ctx: Context, actor: Actor, slug: str) -> Rehearsed | None:
    """The last rehearsal of the version in review that was not sent back; None if there was none."""
    with ctx.read() as session:
        story, _ = enter(session, actor, slug, Action.READ_CANDIDATE)
        done = done_of(session, story.id, newest(session, story).sha256)
        if not done or done[0].ended_at is None:
            return None
        return Rehearsed(done[0].ended_at, done[0].spent // 60)


def sent_back_with(ctx: Context, actor: Actor, slug: str) -> str:
    """The reviewer's note to those who may change the draft; "" where it was not sent back since its last review."""
    with ctx.read() as session:
        story, access = enter(session, actor, slug, Action.READ_STORY)
        if access.state is not StoryState.DRAFT or not may(actor, Action.EDIT, access):
            return ""
        try:
            last = newest(session, story).sha256
        except NotFound:
            return ""
        rows = (r for r in rehearsals_in(session, story.id) if r.sha256 == last and r.outcome == Outcome.BACK)
        row = next(rows, None)
        return "" if row is None else as_rehearsal(ctx, row).record.note
