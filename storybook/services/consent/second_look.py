"""The second look: after a cooling-off the person reads the final text again, and says yes once more, or not.

Until then a yes opens the team's screen only. A newer word keeps of an older one what it still says, and asks again for
what it adds: another channel, or a later day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...anonymise.consent import ONE_LOOK, Channel
from ...store.tables import CandidateRow, ConsentRow, StoryRow
from ...story.clock import LONDON, today
from ...story.dates import in_words
from ...story.messages import message, say
from ..access import enter
from ..context import Context
from ..errors import NotNow
from ..permissions import Action, Actor
from ..review.candidate import CandidateView
from .agree import after_word, the_one_read
from .agreements import consent_in, newest, word_of


@dataclass(frozen=True, slots=True)
class MyConsent:
    """What one person has said, for their own eyes. ``second_look_from`` is None where nothing waits for one."""

    channels: frozenset[Channel]
    until: dt.date
    given_at: dt.datetime
    record: Mapping[str, str]
    days: Mapping[Channel, dt.date]
    settled: frozenset[Channel]
    second_look_from: dt.datetime | None
    can_look_again: bool


def second_look(ctx: Context, actor: Actor, slug: str, *, person: str, sha256: str) -> CandidateView:
    """Notes that ``person`` has read exactly this text again, after the cooling-off, and still says yes.

    Raises NotNow before the cooling-off is over, when they have not said yes yet, or when the text has changed.
    """
    with ctx.unit(actor) as unit:
        story, _ = enter(unit.session, actor, slug, Action.SECOND_LOOK, person=person, lock=True)
        row = _first_yes(ctx, unit.session, the_one_read(unit.session, story, sha256), person)
        row.settled = {channel.value: day.isoformat() for channel, day in consent_in(row).said.items()}
        row.second_look_at = ctx.clock.now()
        unit.audit("second look", row.id)
        return after_word(ctx, unit, story)


def my_consent(ctx: Context, actor: Actor, slug: str, person: str) -> MyConsent | None:
    """What ``person`` says yes to of the text in review; None if they have not, or took it back."""
    with ctx.read() as session:
        story, _ = enter(session, actor, slug, Action.TAKE_BACK_CONSENT, person=person)
        row = word_of(session, newest(session, story), person)
        return None if row is None else _mine(ctx, story, row)


def _first_yes(ctx: Context, session: Session, candidate: CandidateRow, person: str) -> ConsentRow:
    """The yes that a second look may settle now; NotNow with its reason otherwise."""
    row = word_of(session, candidate, person)
    if row is None:
        raise NotNow(message("Say yes for the first time before you say it a second time."))
    if row.until < today(ctx.clock):
        raise NotNow(message("The day you named is over. Say yes again, until a later day."))
    if ctx.clock.now() < row.given_at + ctx.cooling_off:
        raise NotNow(
            message(
                "Take your time. You can say yes a second time from {moment}.",
                moment=_moment(row.given_at + ctx.cooling_off),
            )
        )
    return row


def _mine(ctx: Context, story: StoryRow, row: ConsentRow) -> MyConsent:
    days = consent_in(row).said
    settled = frozenset(c for c, day in days.items() if row.settled.get(c) == day.isoformat())
    said = frozenset(days)
    waits = bool(said - settled - ONE_LOOK) and not story.fictional
    opens = row.given_at + ctx.cooling_off if waits else None
    return MyConsent(
        channels=said,
        until=row.until,
        given_at=row.given_at,
        record=dict(row.record),
        days=days,
        settled=said if story.fictional else settled,
        second_look_from=opens,
        can_look_again=opens is not None and ctx.clock.now() >= opens,
    )


def _moment(when: dt.datetime) -> str:
    local = when.astimezone(LONDON)
    return f"{say(in_words(local.date().isoformat()))}, {local:%H:%M}"
