"""Taking words out everywhere: the draft, what was in review, editions, notes, jobs, exports, copies of the database.

An edition that shows them ends, and nothing of its text is kept. The audit trail keeps one line without content. A
keyed hash stands in a file apart, so that a restored database is gone through again before it answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.deciding.taking_out import Mark, Wanted, Words, spans, splits, stands_in
from ...anonymise.kept import forget_texts
from ...store import repository
from ...store.compact import compact
from ...store.purges import Purge, keep, kept
from ...store.sweep import parts_in, rewrite, texts_in
from ...store.tables import AuditRow, CandidateRow, EditionRow, LedgerRow, RealNameRow, StoryRow
from ...story.ids import new_id
from ...story.messages import message
from ...story.problems import Problem, Problems
from ..access import enter, remember_writer
from ..context import PURGES_KEY, Context, Unit
from ..findings.decisions import forget_decisions_with
from ..findings.looks import forget_look
from ..permissions import Action, Actor
from ..rehearsal.record import rewrite_rehearsals
from ..states import EditionState, Move, StoryState, after, edition_after
from .reapply import files_of, remove_file
from .sweep_files import backups_anew, exports_with, left_behind
from .taken_out_story import Rewriting
from .withdraw import end_story


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What was done: the story's address now, editions that ended, files removed, files out of reach.

    ``nothing_left`` is False where somebody still read an older state: the next start finishes it.
    """

    slug: str
    editions: tuple[int, ...]
    removed: tuple[Path, ...]
    out_of_reach: tuple[Path, ...]
    nothing_left: bool


def count_places(ctx: Context, actor: Actor, slug: str, words: str) -> int:
    """How often ``words`` stand in the draft, in what is in review and in editions; changes nothing."""
    wanted = _words(words)
    with ctx.read() as session:
        row, _ = enter(session, actor, slug, Action.TAKE_OUT)
        said = [repository.load(session, row).model_dump(mode="json")]
        said += [_said(one.body) for one in _candidates(session, row.id)]
        said += [_said(one.body) for one in _editions(session, row.id)]
    whole = sum(1 for one in said for text in texts_in(one) for _ in spans(text, wanted))
    return whole + sum(splits(part, wanted) for one in said for part in parts_in(one))


def take_out_everywhere(ctx: Context, actor: Actor, slug: str, words: str) -> TakenOut:
    """Takes ``words`` out of the story and of everything that was made of it. Raises Problems if they are none."""
    wanted = _words(words)
    mark = wanted.marked(ctx.keys.text(PURGES_KEY).encode())
    with ctx.unit(actor) as unit:
        row, _ = enter(unit.session, actor, slug, Action.TAKE_OUT, lock=True)
        remember_writer(unit.session, row.id, actor)
        looks = (mark.looks_length, mark.looks_digest)
        purge = Purge(new_id(), row.id, mark.length, mark.digest, mark.made_with, mark.signs, *looks)
        done, paths = _take_out(ctx, unit, row, wanted, purge.id)
        keep(ctx.purges, purge)
    return _clean(ctx, done, paths, wanted)


def reapply_purges(ctx: Context) -> int:
    """Goes through a restored database again for everything that was taken out since; how often it had to."""
    missing = [purge for purge in kept(ctx.purges) if not _done(ctx, purge.id)]
    for purge in missing:
        _again(ctx, purge)
    return len(missing)


def give_up_lost(ctx: Context) -> int:
    """Notes that what the key was lost for can't be found again in a restored database; how much that was."""
    lost = [p for p in kept(ctx.purges) if not _done(ctx, p.id) and not _findable(p, _mark_of(ctx, p))]
    for purge in lost:
        with ctx.unit(Actor.system()) as unit:
            unit.audit("take out", purge.id)
    return len(lost)


def _mark_of(ctx: Context, purge: Purge) -> Mark:
    key, looks = ctx.keys.text(PURGES_KEY).encode(), (purge.looks_letters, purge.looks_mark)
    return Mark(purge.letters, purge.mark, key, purge.signs, *looks)


def _findable(purge: Purge, mark: Mark) -> bool:
    return purge.key in ("", mark.made_with)


def _again(ctx: Context, purge: Purge) -> None:
    mark = _mark_of(ctx, purge)
    if not _findable(purge, mark):
        raise Problems([_key_lost()])
    with ctx.unit(Actor.system()) as unit:
        row = unit.session.get(StoryRow, purge.story_id)
        if row is None:
            unit.audit("take out", purge.id)
            return
        done, paths = _take_out(ctx, unit, row, mark, purge.id)
    _clean(ctx, done, paths, mark)


def _take_out(
    ctx: Context, unit: Unit, row: StoryRow, wanted: Wanted, purge_id: UUID
) -> tuple[tuple[str, tuple[int, ...]], list[Path]]:
    """In the transaction: editions and candidates first, then the story and every table that holds words of it."""
    session, rewriting = unit.session, Rewriting(wanted)
    ended = [edition for edition in _editions(session, row.id) if _shows(edition.body, wanted)]
    paths = files_of(session, [edition.id for edition in ended])
    if ended:
        end_story(ctx, unit, row)
    for edition in ended:
        _empty(ctx, unit, edition)
    _forget_candidates(session, row, wanted)
    _forget_names(ctx, session, row.id, wanted)
    _rewrite_story(session, row, rewriting)
    _rename_addresses(session, row.id, rewriting)
    rewrite(session, row.id, rewriting)
    rewrite_rehearsals(ctx, session, row.id, rewriting.text)
    unit.audit("take out", purge_id)
    session.flush()
    return (row.slug, tuple(edition.number for edition in ended)), paths


def _clean(ctx: Context, done: tuple[str, tuple[int, ...]], paths: list[Path], wanted: Wanted) -> TakenOut:
    """After the transaction: files, the database's own leftovers, and older copies of it."""
    slug, numbers = done
    removed = [path for path in paths if remove_file(ctx, path)]
    for path in exports_with(ctx, wanted):
        path.unlink(missing_ok=True)
        removed.append(path)
    left_behind(ctx, wanted)
    forget_texts()
    nothing_left = compact(ctx.store)
    backups_anew(ctx)
    left = tuple(path for path in paths if path not in removed)
    return TakenOut(slug, numbers, tuple(dict.fromkeys(removed)), left, nothing_left)


def _said(body: str) -> dict[str, Any]:
    """What was frozen, without what was applied to it, which is nobody's words."""
    frozen = json.loads(body) if body else {}
    return {name: part for name, part in frozen.items() if name != "manifest"}


def _shows(body: str, wanted: Wanted) -> bool:
    said = _said(body)
    whole = any(stands_in(text, wanted) for text in texts_in(said))
    return whole or any(splits(part, wanted) for part in parts_in(said))


def _empty(ctx: Context, unit: Unit, edition: EditionRow) -> None:
    """Nothing of its text stays; its address goes on saying that it is no longer shared."""
    edition.state = edition_after(EditionState(edition.state), Move.PURGE)
    edition.body = edition.sha256 = ""
    edition.ended_at = edition.ended_at or ctx.clock.now()
    unit.audit("purge edition", edition.id)


def _forget_candidates(session: Session, row: StoryRow, wanted: Wanted) -> None:
    """With a text go the consents to it and its sign-off: everybody is asked again."""
    found = [one for one in _candidates(session, row.id) if _shows(one.body, wanted)]
    for candidate in found:
        session.delete(candidate)
    if found:
        row.state = after(StoryState(row.state), Move.EDIT)
    session.flush()


def _forget_names(ctx: Context, session: Session, story_id: UUID, wanted: Wanted) -> None:
    forget_look(session, story_id)
    forget_decisions_with(ctx, session, story_id, lambda text: stands_in(text, wanted))
    cipher = ctx.keys.cipher("real-names")
    query = sa.select(RealNameRow).where(col(RealNameRow.story_id) == story_id)
    for name in session.scalars(query):
        if stands_in(cipher.decrypt(name.token).decode(), wanted):
            session.delete(name)


def _rewrite_story(session: Session, row: StoryRow, rewriting: Rewriting) -> None:
    before = repository.load(session, row)
    story = rewriting.story(before)
    if story == before:
        return
    session.execute(
        sa.update(EditionRow)
        .where(col(EditionRow.story_id) == row.id, col(EditionRow.slug) == before.slug)
        .values(slug=story.slug)
    )
    row.state = after(StoryState(row.state), Move.EDIT)
    session.flush()
    repository.save(session, story, before=before)
    session.expire(row)


def _rename_addresses(session: Session, story_id: UUID, rewriting: Rewriting) -> None:
    """Addresses that are not the story's any more and that the words made: of older editions, and in the ledger."""
    for edition in _editions(session, story_id):
        edition.slug = rewriting.ref(edition.slug)
    for went_to in session.scalars(sa.select(col(LedgerRow.went_to)).distinct()).all():
        kind, _, address = went_to.partition(":")
        if rewriting.stands_in(address):
            renamed = sa.update(LedgerRow).where(col(LedgerRow.went_to) == went_to)
            session.execute(renamed.values(went_to=f"{kind}:{rewriting.text(address)}"))


def _words(typed: str) -> Words:
    try:
        return Words.of(typed)
    except ValueError:
        what = message("one letter, or marks alone, can’t be taken out: they stand in nearly every text")
        instead = message("write a name, a number, a few words or an emoji, as they stand in the story")
        raise Problems([Problem(what, instead, where="words")]) from None


def _candidates(session: Session, story_id: UUID) -> list[CandidateRow]:
    return list(session.scalars(sa.select(CandidateRow).where(col(CandidateRow.story_id) == story_id)))


def _editions(session: Session, story_id: UUID) -> list[EditionRow]:
    return list(session.scalars(sa.select(EditionRow).where(col(EditionRow.story_id) == story_id)))


def _key_lost() -> Problem:
    """Without its key nobody can find what was taken out: a restored database may hold it again."""
    what = message("words were taken out since this copy was made, and the key to find them again is lost")
    instead = message(
        "put back the newest copy of that file; if there is none, run “storybook stop-all”, and take them out again"
    )
    return Problem(what, instead, where=f"keys/{PURGES_KEY}.key")


def _done(ctx: Context, purge_id: UUID) -> bool:
    with ctx.read() as session:
        return (
            session.scalar(sa.select(col(AuditRow.id)).where(col(AuditRow.target_id) == purge_id)) is not None
        )
