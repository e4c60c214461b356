"""The motivated-intruder rehearsal: a reviewer tries to recognise the people before a stranger does.

Part by part of exactly what would be shown: who would recognise this? Then what anybody can look up, and what it leads
to: nothing was found, something is left and why that is right, or back to the draft with a note.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...anonymise.rehearsal import Part, Viewer, parts_of
from ...anonymise.shown import Shown
from ...store.tables import RehearsalRow, StoryRow
from ...story.ids import new_id
from ...story.messages import Message, message
from ...story.problems import Problem, Problems
from ..access import enter
from ..consent.agree import the_one_read
from ..consent.agreements import candidate_of, newest
from ..context import Context, Unit
from ..errors import NotFound, NotNow
from ..permissions import Action, Actor
from ..states import Move, StoryState, after
from .record import (
    Outcome,
    PartSaid,
    Record,
    Rehearsal,
    Try,
    as_rehearsal,
    opened,
    rehearsals_in,
    sealed,
    write,
)

#: What the screen calls the answer that nobody would recognise a part.
NOBODY = "nobody"
_LONGEST = 4_000
_MOST_TRIES = 200


@dataclass(frozen=True, slots=True)
class Rehearsing:
    """The version in review, its parts, this reviewer's rehearsal, others' of it, and those of earlier versions."""

    slug: str
    sha256: str
    shown: Shown
    parts: tuple[Part, ...]
    mine: Rehearsal | None
    others: tuple[Rehearsal, ...]
    earlier: tuple[Rehearsal, ...]

    @property
    def left(self) -> tuple[Part, ...]:
        """The parts that nothing was said of yet."""
        said = self.mine.record.parts if self.mine else {}
        return tuple(part for part in self.parts if part.key not in said)

    def part(self, key: str) -> Part:
        """The part called ``key``; raises NotFound."""
        for part in self.parts:
            if part.key == key:
                return part
        raise NotFound


def rehearsal_of(ctx: Context, actor: Actor, slug: str) -> Rehearsing:
    """Where the rehearsal of the version in review stands, for a reviewer of the story who wrote none of it."""
    with ctx.read() as session:
        story, _ = enter(session, actor, slug, Action.REHEARSE)
        return _rehearsing(ctx, session, actor, story)


def begin_rehearsal(ctx: Context, actor: Actor, slug: str, sha256: str) -> Rehearsal:
    """Begins this reviewer's rehearsal of the version with this hash, or goes on with the one that has not ended."""
    with ctx.unit(actor) as unit:
        story = _enter(unit, actor, slug, sha256)
        row = _mine(unit.session, story, actor, sha256)
        if row is None or row.ended_at is not None:
            now = ctx.clock.now()
            row = RehearsalRow(
                id=new_id(),
                story_id=story.id,
                sha256=sha256,
                begun_at=now,
                begun_by=actor.id,
                seen_at=now,
                token=sealed(ctx, Record()),
            )
            unit.session.add(row)
        unit.audit("begin rehearsal", row.id)
        return as_rehearsal(ctx, row)


def say_of_part(
    ctx: Context,
    actor: Actor,
    slug: str,
    *,
    sha256: str,
    part: str,
    who: Iterable[str],
    how: str,
    version: int = 0,
) -> Rehearsal:
    """Notes who would recognise a part ("nobody" is an answer), and by what.

    ``version`` is that of what was said before and seen when this was written, 0 if nothing was. Raises Problems.
    """
    viewers = _checked(tuple(who), how)
    with ctx.unit(actor) as unit:
        story, row, record = _going_on(ctx, unit, actor, slug, sha256)
        _rehearsing(ctx, unit.session, actor, story).part(part)
        before = record.parts.get(part)
        if (before.version if before else 0) != version:
            what = message("this was changed in another window meanwhile")
            raise Problems(
                [Problem(what, message("look at what you wrote here, and save it again"), where="how")]
            )
        said = PartSaid(who=viewers, how=how.strip(), version=version + 1)
        return _kept(ctx, unit, row, record.model_copy(update={"parts": {**record.parts, part: said}}))


def add_try(ctx: Context, actor: Actor, slug: str, *, sha256: str, tried: str, found: str) -> Rehearsal:
    """Notes one thing that was tried, and what was found. Raises Problems."""
    problems = [*_too_little(tried, "tried"), *_too_little(found, "found")]
    if problems:
        raise Problems(problems)
    with ctx.unit(actor) as unit:
        _, row, record = _going_on(ctx, unit, actor, slug, sha256)
        if len(record.tries) >= _MOST_TRIES:
            what, instead = message("there are too many"), message("take one away first")
            raise Problems([Problem(what, instead, where="tried")])
        more = Try(tried=tried.strip(), found=found.strip())
        return _kept(ctx, unit, row, record.model_copy(update={"tries": (*record.tries, more)}))


def remove_try(ctx: Context, actor: Actor, slug: str, *, sha256: str, at: int) -> Rehearsal:
    """Takes away the ``at``-th thing that was tried, counted from 0."""
    with ctx.unit(actor) as unit:
        _, row, record = _going_on(ctx, unit, actor, slug, sha256)
        if not 0 <= at < len(record.tries):
            raise NotFound
        left = (*record.tries[:at], *record.tries[at + 1 :])
        return _kept(ctx, unit, row, record.model_copy(update={"tries": left}))


def end_rehearsal(
    ctx: Context, actor: Actor, slug: str, *, sha256: str, outcome: str, note: str
) -> Rehearsal:
    """Ends it. What is sent back becomes a draft again, and its writers read the note. Raises Problems."""
    if outcome not in set(Outcome):
        raise Problems([_choose()])
    with ctx.unit(actor) as unit:
        story, row, record = _going_on(ctx, unit, actor, slug, sha256)
        left = len(_rehearsing(ctx, unit.session, actor, story).left)
        if problems := tuple(_in_the_way(Outcome(outcome), record, left, note)):
            raise Problems(problems)
        row.outcome, row.ended_at = Outcome(outcome), ctx.clock.now()
        if row.outcome == Outcome.BACK:
            story.state = after(StoryState(story.state), Move.SEND_BACK)
            unit.audit("send back", story.id)
        unit.audit("end rehearsal", row.id)
        return _kept(ctx, unit, row, record.model_copy(update={"note": note.strip()}))


def _enter(unit: Unit, actor: Actor, slug: str, sha256: str) -> StoryRow:
    story, _ = enter(unit.session, actor, slug, Action.REHEARSE, lock=True)
    the_one_read(unit.session, story, sha256)
    return story


def _going_on(
    ctx: Context, unit: Unit, actor: Actor, slug: str, sha256: str
) -> tuple[StoryRow, RehearsalRow, Record]:
    story = _enter(unit, actor, slug, sha256)
    row = _mine(unit.session, story, actor, sha256)
    if row is None or row.ended_at is not None:
        raise NotNow(message("You have not begun yet, or it has ended. Begin first."))
    return story, row, opened(ctx, row)


def _kept(ctx: Context, unit: Unit, row: RehearsalRow, record: Record) -> Rehearsal:
    write(ctx, row, record)
    unit.audit("rehearse", row.id)
    return as_rehearsal(ctx, row)


def _mine(session: Session, story: StoryRow, actor: Actor, sha256: str) -> RehearsalRow | None:
    rows = rehearsals_in(session, story.id)
    return next((row for row in rows if (row.sha256, row.begun_by) == (sha256, actor.id)), None)


def _rehearsing(ctx: Context, session: Session, actor: Actor, story: StoryRow) -> Rehearsing:
    candidate = newest(session, story)
    rows, sha256 = rehearsals_in(session, story.id), candidate.sha256
    mine = _mine(session, story, actor, sha256)
    ended = [row for row in rows if row.ended_at is not None and row is not mine]
    shown = candidate_of(candidate).shown
    return Rehearsing(
        story.slug,
        sha256,
        shown,
        parts_of(shown),
        None if mine is None else as_rehearsal(ctx, mine),
        tuple(as_rehearsal(ctx, row) for row in ended if row.sha256 == sha256),
        tuple(as_rehearsal(ctx, row) for row in ended if row.sha256 != sha256),
    )


def _checked(who: tuple[str, ...], how: str) -> tuple[Viewer, ...]:
    """The viewers, in the table's order; Problems for no answer, two that can't both be, or no reason."""
    if not who or (set(who) - set(Viewer) - {NOBODY}) or (NOBODY in who and len(set(who)) > 1):
        what = message("we need one answer")
        instead = message("tick everybody who would recognise it, or “Nobody”, and not both")
        raise Problems([Problem(what, instead, where="who")])
    viewers = tuple(viewer for viewer in Viewer if viewer in who)
    problems = _too_little(how, "how") if viewers else _too_much(how, "how")
    if problems:
        raise Problems(problems)
    return viewers


def _in_the_way(outcome: Outcome, record: Record, left: int, note: str) -> Iterable[Problem]:
    """Why a rehearsal can't end like this yet."""
    yield from _too_much(note, "note") if outcome is Outcome.NOTHING else _too_little(note, "note")
    if outcome is not Outcome.BACK and left:
        what = message("{count} part is not read yet", plural="{count} parts are not read yet", count=left)
        yield Problem(what, message("read every part first, or send it back"), where="outcome")
    if outcome is Outcome.NOTHING and record.recognised:
        what = message("you said that somebody would recognise a part")
        yield Problem(what, message("send it back, or say why it may stay"), where="outcome")


def _too_little(text: str, where: str) -> list[Problem]:
    if text.strip():
        return _too_much(text, where)
    return [Problem(message("this is empty"), _WANTED[where], where=where)]


def _too_much(text: str, where: str) -> list[Problem]:
    if len(text) <= _LONGEST:
        return []
    limit = message("use at most {limit} letters", limit=_LONGEST)
    return [Problem(message("that is too long"), limit, where=where)]


def _choose() -> Problem:
    return Problem(message("nothing is chosen"), message("pick one from the list"), where="outcome")


_WANTED: dict[str, Message] = {
    "how": message("say in a few words what gives it away"),
    "tried": message("say in a few words what you tried"),
    "found": message("say what you found, or “nothing”"),
    "note": message("say in a few words why, without names"),
}
