"""Looking a whole story through, and what is kept of it: where something was found and what sort, never the words.

What was found holds for exactly the texts that were looked through. While people write, a look without the language
model is enough; what is to leave is looked through with it, as long work.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.deciding.decisions import Choice, Decisions
from ...anonymise.deciding.story_texts import Place, StoryText, story_texts
from ...anonymise.deciding.whole_story import Hit, find_in_story, known_names
from ...anonymise.detectors.engine import carry, resolved
from ...anonymise.detectors.findings import Confidence, Finding, What
from ...anonymise.detectors.names import Names
from ...store.tables import JobRow, LookRow
from ...story.ids import new_id
from ...story.model import Story
from ..context import Context, Unit
from ..jobs import JobState
from .decisions import accepted_names, decisions_in
from .real_names import names_in

#: What the job is called that looks a story through with the language model.
LOOK: Final = "look through names"


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in a story as it stands. ``mark`` names its texts; ``deep``: the language model looked too."""

    mark: bytes
    hits: tuple[Hit, ...]
    deep: bool

    @property
    def by_place(self) -> dict[Place, list[Finding]]:
        """What was found in each text."""
        found: dict[Place, list[Finding]] = {}
        for hit in self.hits:
            found.setdefault(hit.place, []).append(hit.finding)
        return found


def mark_of(ctx: Context, story: Story) -> bytes:
    """What names the texts of a story and the names it shows on purpose: one changed letter is another mark."""
    names = known_names(story)
    said = [[t.place.part.hex, t.place.field, t.text] for t in story_texts(story)]
    text = json.dumps([said, names.organisations, names.agencies, names.pseudonyms, story.date_policy])
    return hmac.digest(ctx.keys.text("looks").encode(), text.encode(), hashlib.sha256)


def known_in(ctx: Context, session: Session, story: Story) -> Names:
    """Every name the story must not show, and those it shows on purpose."""
    decisions = decisions_in(ctx, session, story.id)
    accepted = accepted_names(decisions)
    known = known_names(story, (*names_in(ctx, session, story.id), *accepted.people))
    return replace(
        known,
        pseudonyms=tuple(dict.fromkeys((*known.pseudonyms, *decisions.puts))),
        places=accepted.places,
        organisations=tuple(dict.fromkeys((*known.organisations, *accepted.organisations))),
    )


def stored_look(ctx: Context, session: Session, story: Story) -> Look | None:
    """What was found in exactly these texts; None if they were not looked through since they changed."""
    row = session.scalar(sa.select(LookRow).where(col(LookRow.story_id) == story.id))
    mark = mark_of(ctx, story)
    if row is None or not hmac.compare_digest(row.mark, mark):
        return None
    return Look(mark, tuple(_hit(one) for one in json.loads(row.found)), row.deep)


def look_at(
    ctx: Context, story: Story, known: Names, *, fast: bool = True, told: Iterable[StoryText] | None = None
) -> Look:
    """Looks ``story`` through now."""
    return Look(mark_of(ctx, story), tuple(find_in_story(story, known, fast=fast, told=told)), deep=not fast)


def look_in(ctx: Context, session: Session, story: Story) -> Look:
    """What is kept, or else what a quick look finds; keeps nothing."""
    return stored_look(ctx, session, story) or look_at(ctx, story, known_in(ctx, session, story))


def keep_look(ctx: Context, unit: Unit, story_id: UUID, look: Look) -> None:
    """Keeps what was found in the place of what was found before."""
    unit.session.execute(sa.delete(LookRow).where(col(LookRow.story_id) == story_id))
    found = json.dumps([_written(hit) for hit in look.hits]).encode()
    now = ctx.clock.now()
    row = LookRow(id=new_id(), story_id=story_id, mark=look.mark, deep=look.deep, found=found, looked_at=now)
    unit.session.add(row)
    unit.session.flush()


def carry_further(look: Look, story: Story, names: Names) -> Look:
    """What was found, with every form of ``names`` wherever else it stands."""
    known, hits, by_place = known_names(story), [], look.by_place
    for text in story_texts(story):
        found = by_place.get(text.place, [])
        new = [f for f in carry(text.looked, names, known) if not _met(f, found)]
        hits += [Hit(text.place, one) for one in (resolved([*found, *new]) if new else found)]
    return replace(look, hits=tuple(hits))


def _met(finding: Finding, found: list[Finding]) -> bool:
    return any(one.start <= finding.start and finding.end <= one.end for one in found)


def made_up(ctx: Context, story: Story, decisions: Decisions) -> bool:
    """Whether the demo said that it made up every word of these texts; its word counts for made-up stories only."""
    said = {d.words for d in decisions.made if d.choice is Choice.MADE_UP and d.demo}
    return story.fictional and bool(said) and mark_of(ctx, story).hex() in said


def look_further(ctx: Context, unit: Unit, story: Story, decisions: Decisions, look: Look) -> None:
    """Keeps what a quick look found, and queues the one with the language model where that is still to come."""
    if made_up(ctx, story, decisions):
        return
    keep_look(ctx, unit, story.id, look)
    if not look.deep and not is_looking(unit.session, story.id):
        queue_look(ctx, unit, story.id)


def queue_look(ctx: Context, unit: Unit, story_id: UUID) -> UUID:
    """Puts the look with the language model in the queue; the job's id."""
    row = JobRow(
        id=new_id(),
        kind=LOOK,
        params={"story": story_id.hex},
        created_at=ctx.clock.now(),
        created_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.audit(f"start job {LOOK}", row.id)
    return row.id


def is_looking(session: Session, story_id: UUID) -> bool:
    """Whether a look at the story waits or is under way."""
    query = sa.select(JobRow).where(
        col(JobRow.kind) == LOOK, col(JobRow.state).in_([JobState.WAITING, JobState.RUNNING])
    )
    return any(row.params.get("story") == story_id.hex for row in session.scalars(query))


def forget_look(session: Session, story_id: UUID) -> None:
    """Forgets what was found."""
    session.execute(sa.delete(LookRow).where(col(LookRow.story_id) == story_id))


def _written(hit: Hit) -> list[object]:
    one = hit.finding
    return [hit.place.part.hex, hit.place.field, one.what.value, one.start, one.end, int(one.confidence)]


def _hit(said: list[Any]) -> Hit:
    part, field, what, start, end, confidence = said
    return Hit(Place(UUID(part), field), Finding(What(what), start, end, Confidence(confidence)))
