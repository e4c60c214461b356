"""Saying yes to one exact text, or taking it back: each person alone, in their own session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.consent import Channel, Consent
from ...store.tables import CandidateRow, ConsentRow, EditionRow, SignOffRow, StoryRow
from ...store.withdrawals import Ended, OffWeb, keep
from ...story.ids import new_id
from ...story.messages import message
from ...story.problems import Problem, Problems
from ..access import enter
from ..context import Context, Unit
from ..editions.narrow import follow_newest_word
from ..errors import NotNow
from ..permissions import Action, Actor
from ..review.candidate import CandidateView, settle, view
from ..states import EditionState
from ..stopping.reapply import remove_file
from ..stopping.withdraw import Withdrawal, end
from .agreements import newest, signed, word_of
from .record import checked as checked_record

SAID_NO: Final = message(
    "An information-governance lead said no to this version. Change the story, and everyone is asked again."
)
_CHANNELS = ", ".join(Channel)
#: One last day for every channel, or one for each by its name.
LastDay = dt.date | Mapping[str, dt.date]


def give_consent(
    ctx: Context,
    actor: Actor,
    slug: str,
    *,
    person: str,
    sha256: str,
    channels: Iterable[str],
    until: LastDay,
    record: Mapping[str, str] | None = None,
) -> CandidateView:
    """Notes that ``person`` lets exactly the text with this hash out, through ``channels``, until a day.

    ``until`` is one last day for all of them, or one for each: KeyError where a channel has none.

    It takes the place of what they said before. Where it leaves less of an edition that is shown, the edition is shown
    to fewer, or for less long, at once, and ends where nothing is left; files of it in the exports folder are removed.
    """
    with ctx.unit(actor) as unit:
        story, _ = enter(unit.session, actor, slug, Action.GIVE_CONSENT, person=person, lock=True)
        row = the_one_read(unit.session, story, sha256)
        kept_record = checked_record(record, fictional=story.fictional)
        checked = _consent(ctx, actor, person, sha256, channels, until)
        settled = _still_settled(word_of(unit.session, row, person), checked)
        given = _row_of(actor, row, checked, kept_record, settled)
        unit.session.add(given)
        unit.audit("give consent", given.id)
        paths = follow_newest_word(ctx, unit, row, given)
        found = after_word(ctx, unit, story)
    for path in paths:
        remove_file(ctx, path)
    return found


def look_over(
    ctx: Context,
    actor: Actor,
    slug: str,
    *,
    person: str,
    sha256: str,
    channels: Iterable[str],
    until: LastDay,
    record: Mapping[str, str],
) -> None:
    """Checks an answer as ``give_consent`` would take it, and keeps nothing of it."""
    with ctx.read() as session:
        story, _ = enter(session, actor, slug, Action.GIVE_CONSENT, person=person)
        the_one_read(session, story, sha256)
        checked_record(record, fictional=story.fictional)
        _consent(ctx, actor, person, sha256, channels, until)


def take_back_consent(ctx: Context, actor: Actor, slug: str, *, person: str) -> Withdrawal:
    """Takes back what ``person`` said yes to; what is still shown of the story ends at once.

    Everybody's consents end with it, so that nobody learns whose it was.
    """
    return end(ctx, actor, slug, person, Action.TAKE_BACK_CONSENT)


@dataclass(frozen=True, slots=True)
class _Said:
    note: str = ""
    reasons: str = ""
    as_lead: bool = False
    refused: bool = False


def sign_off(
    ctx: Context, actor: Actor, slug: str, *, sha256: str, note: str = "", reasons: str = ""
) -> CandidateView:
    """Notes that a reviewer, who wrote none of it, says this exact text may go out.

    ``reasons``: why it may although too few people fit it, or nobody knows how many do.
    """
    return _sign(ctx, actor, slug, Action.SIGN_OFF, sha256, _Said(note, reasons))


def sign_as_lead(ctx: Context, actor: Actor, slug: str, *, sha256: str, note: str = "") -> CandidateView:
    """Notes that the information-governance lead, who wrote none of it, lets it onto the open web all the same."""
    return _sign(ctx, actor, slug, Action.SIGN_AS_LEAD, sha256, _Said(note, as_lead=True))


def refuse_as_lead(ctx: Context, actor: Actor, slug: str, *, sha256: str, reasons: str = "") -> CandidateView:
    """Notes that the lead does not let it onto the open web, and why: Problems without a reason.

    It takes the place of their yes; NotNow once the web sees it, for then only a withdrawal stops it.
    """
    if not reasons.strip():
        what, instead = message("there is no reason"), message("write down why it may not go onto the web")
        raise Problems([Problem(what, instead, where="reasons")])
    return _sign(
        ctx, actor, slug, Action.SIGN_AS_LEAD, sha256, _Said(reasons=reasons, as_lead=True, refused=True)
    )


def _sign(ctx: Context, actor: Actor, slug: str, action: Action, sha256: str, said: _Said) -> CandidateView:
    with ctx.unit(actor) as unit:
        story, _ = enter(unit.session, actor, slug, action, lock=True)
        row = the_one_read(unit.session, story, sha256)
        if said.as_lead:
            _may_answer(unit.session, row, actor, said)
        given = SignOffRow(
            id=new_id(),
            candidate_id=row.id,
            sha256=sha256,
            signed_at=ctx.clock.now(),
            signed_by=actor.id,
            demo=actor.demo,
            note=said.note,
            reasons=said.reasons,
            as_lead=said.as_lead,
            refused=said.refused,
        )
        unit.session.add(given)
        unit.audit("refuse as information-governance lead" if said.refused else action.value, given.id)
        found = after_word(ctx, unit, story)
        if said.as_lead:
            keep(ctx.withdrawals, Ended(given.signed_at, (), (), web=(OffWeb(row.id, True, said.refused),)))
        return found


def _may_answer(session: Session, row: CandidateRow, actor: Actor, said: _Said) -> None:
    """NotNow where another lead said no, or where it is too late for one: this text is on the open web."""
    before = signed(session, row, as_lead=True)
    if before is not None and before.refused and before.signed_by != actor.id:
        raise NotNow(SAID_NO)
    if not said.refused:
        return
    query = sa.select(EditionRow).where(
        col(EditionRow.candidate_id) == row.id, col(EditionRow.state) == EditionState.PUBLISHED
    )
    if any(Channel.WEB in edition.channels for edition in session.scalars(query)):
        raise NotNow(message("It is on the open web already. To end that, it has to be withdrawn."))


def the_one_read(session: Session, story: StoryRow, sha256: str) -> CandidateRow:
    """The candidate in review, if it is the one with this hash; NotNow if the text has changed since."""
    row = newest(session, story)
    if row.sha256 != sha256:
        raise NotNow(message("The story has changed since you read it. Please read it again."))
    return row


def _consent(
    ctx: Context,
    actor: Actor,
    person: str,
    sha256: str,
    channels: Iterable[str],
    until: LastDay,
) -> Consent:
    """The consent as the release will read it, checked before anything is stored; raises Problems."""
    known, asked = set(Channel), list(channels)
    problems = [_channel_problem(name) for name in asked if name not in known]
    if not asked:
        problems.append(_channel_problem(""))
    if problems:
        raise Problems(problems)
    days = _days(asked, until)
    last = max(days.values())
    try:
        return Consent(
            candidate_sha256=sha256,
            person_ref=person,
            channels=frozenset(Channel(name) for name in asked),
            until=last,
            given_at=ctx.clock.now(),
            given_by=actor.id,
            days=tuple((Channel(name), day) for name, day in sorted(days.items()) if day != last),
        )
    except ValidationError:
        what = message("that day is over")
        raise Problems(
            [Problem(what, message("choose a day that is still to come"), where="until")]
        ) from None


def _days(channels: list[str], until: LastDay) -> Mapping[str, dt.date]:
    return {name: until if isinstance(until, dt.date) else until[name] for name in channels}


def _row_of(
    actor: Actor, row: CandidateRow, consent: Consent, record: dict[str, str], settled: dict[str, str]
) -> ConsentRow:
    return ConsentRow(
        id=new_id(),
        candidate_id=row.id,
        person=consent.person_ref,
        channels=sorted(consent.channels),
        until=consent.until,
        sha256=consent.candidate_sha256,
        record=record,
        given_at=consent.given_at,
        given_by=actor.id,
        demo=actor.demo,
        settled=settled,
        days={channel.value: day.isoformat() for channel, day in consent.days},
    )


def _still_settled(before: ConsentRow | None, now: Consent) -> dict[str, str]:
    """What of an earlier second look the new word keeps: the same channels, and no later day."""
    settled = before.settled if before is not None else {}
    said = sorted(now.said.items())
    return {c.value: min(settled[c], day.isoformat()) for c, day in said if c in settled}


def _channel_problem(name: str) -> Problem:
    what = (
        message("we do not know {name} as a way of sharing", name=name)
        if name
        else message("nothing is chosen")
    )
    return Problem(what, message("choose from: {names}", names=_CHANNELS), where="channels")


def after_word(ctx: Context, unit: Unit, story: StoryRow) -> CandidateView:
    """What is in review once somebody has said something, and the story's state with it."""
    unit.session.flush()
    found = view(ctx, unit.session, unit.actor, story)
    state = settle(story, found)
    if state != story.state:
        story.state = state
        unit.audit("agreed", story.id)
        found = replace(found, access=replace(found.access, state=state))
    return found
