"""Taking a story back: alone, at once, everywhere we serve.

What has ended is written to the file apart before the transaction commits: if the machine stops in between, the next
start ends it anyway. Nobody is told who it was: everybody's consent to the story ends with it, so that what is left
does not tell, everybody is asked again before it can be shared, and the audit trail names the program.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...store.tables import CandidateRow, ConsentRow, EditionRow, PersonRow, StoryRow
from ...store.withdrawals import Ended, keep
from ...story.messages import message
from ...story.problems import Problem, Problems
from ..access import check, enter
from ..context import Context, Unit
from ..editions.downloads import Downloaded, downloaded_of
from ..errors import NotFound
from ..permissions import Action, Actor, may
from ..states import EditionState, Move, StoryState, after, can_move
from .reapply import apply, files_of, live_states, remove_file


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What ended: the numbers of the editions, the files that were removed, and what we can't reach."""

    numbers: tuple[int, ...]
    removed: tuple[Path, ...]
    out_of_reach: tuple[Path, ...]
    downloaded: tuple[Downloaded, ...] = ()


def withdraw(ctx: Context, actor: Actor, slug: str, person: str) -> Withdrawal:
    """Ends every edition of the story that is still shown, and every consent to it."""
    return end(ctx, actor, slug, person, Action.WITHDRAW)


def end(ctx: Context, actor: Actor, slug: str, person: str, action: Action) -> Withdrawal:
    """The same under the right of ``action``. The audit line says that somebody in the story did it, and not who."""
    with ctx.unit(Actor.system(demo=actor.demo)) as unit:
        story, _ = enter(unit.session, actor, slug, action, person=person, lock=True)
        must_be_in(unit.session, story, person)
        ended = end_story(ctx, unit, story)
    return files_after(ctx, ended)


def withdraw_for(ctx: Context, actor: Actor, slug: str) -> Withdrawal:
    """The same as an advocate, for somebody who asked and has neither an account nor a card.

    The advocate does not say for whom, so nobody can learn it; the audit line names the advocate.
    """
    with ctx.unit(actor) as unit:
        check(may(actor, Action.WITHDRAW_FOR), actor)
        ended = end_story(ctx, unit, story_shared_as(unit.session, slug))
    return files_after(ctx, ended)


def end_story(ctx: Context, unit: Unit, story: StoryRow) -> Withdrawal:
    """Ends what is shown of ``story`` and every consent to it; every file of it counts as out of reach for now."""
    editions = _live(unit.session, story.id)
    numbers, ids = tuple(e.number for e in editions), tuple(e.id for e in editions)
    paths, downloaded = files_of(unit.session, ids), downloaded_of(unit.session, ids)
    _end(ctx, unit, story, Ended(ctx.clock.now(), ids, _consents(unit.session, story.id)))
    return Withdrawal(numbers, (), tuple(paths), downloaded)


def files_after(ctx: Context, ended: Withdrawal) -> Withdrawal:
    """Removes the files of what has ended, once that is certain, and names those that stay out of reach."""
    removed = tuple(path for path in ended.out_of_reach if remove_file(ctx, path))
    left = tuple(path for path in ended.out_of_reach if path not in removed)
    return replace(ended, removed=removed, out_of_reach=left)


def _end(ctx: Context, unit: Unit, story: StoryRow, ended: Ended) -> None:
    apply(unit, ended)
    state = StoryState(story.state)
    if can_move(state, Move.TAKE_BACK_CONSENT):
        story.state = after(state, Move.TAKE_BACK_CONSENT)
    unit.audit("withdraw", story.id)
    unit.session.flush()
    if ended.editions or ended.consents:
        keep(ctx.withdrawals, ended)


def must_be_in(session: Session, story: StoryRow, person: str) -> None:
    """Raises Problems unless ``person`` is in the draft, or was in a text that somebody agreed to."""
    in_story = sa.select(col(PersonRow.id)).where(
        col(PersonRow.story_id) == story.id, col(PersonRow.ref) == person
    )
    if session.scalar(in_story) is None and not _ever_agreed(session, story.id, person):
        what = message("nobody in this story has that ref")
        raise Problems([Problem(what, message("use a ref such as P1"), where="person")])


def story_shared_as(session: Session, slug: str) -> StoryRow:
    """The story of the newest edition that is shown under ``slug``; NotFound without one."""
    shown = (col(EditionRow.slug) == slug, col(EditionRow.state) == EditionState.PUBLISHED)
    query = sa.select(EditionRow).where(*shown).order_by(col(EditionRow.number).desc()).limit(1)
    row = session.scalars(query).one_or_none()
    if row is None or row.story_id is None:
        raise NotFound(message("There is no such story here."))
    return session.get_one(StoryRow, row.story_id)


def _live(session: Session, story_id: UUID) -> list[EditionRow]:
    query = (
        sa.select(EditionRow)
        .where(col(EditionRow.story_id) == story_id, col(EditionRow.state).in_(live_states()))
        .order_by(col(EditionRow.number))
    )
    return list(session.scalars(query))


def _consents(session: Session, story_id: UUID) -> tuple[UUID, ...]:
    """Every consent to any text of the story that was not taken back."""
    query = (
        sa.select(col(ConsentRow.id))
        .join(CandidateRow, col(CandidateRow.id) == col(ConsentRow.candidate_id))
        .where(col(CandidateRow.story_id) == story_id, col(ConsentRow.taken_back_at).is_(None))
    )
    return tuple(session.scalars(query))


def _ever_agreed(session: Session, story_id: UUID, person: str) -> bool:
    query = (
        sa.select(col(ConsentRow.id))
        .join(CandidateRow, col(CandidateRow.id) == col(ConsentRow.candidate_id))
        .where(col(CandidateRow.story_id) == story_id, col(ConsentRow.person) == person)
    )
    return session.scalar(query.limit(1)) is not None
