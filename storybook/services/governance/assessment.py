"""What a data protection impact assessment needs to know of one story, and nothing about who.

What people recorded stands beside what the program knows: how many, when, by which rule, under which agreement.
People, titles and texts are not in it; a story that was never shared has no name in it either.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.edition import load
from ...anonymise.report import examine
from ...linked.dataset.datasets import stored_dataset
from ...store.tables import (
    CandidateRow,
    ContactRow,
    DownloadRow,
    EditionRow,
    ExportRow,
    OtherRow,
    PermissionRow,
    PersonRow,
    SignOffRow,
    StoryRow,
)
from ...story.clock import LONDON, today
from ..access import enter
from ..consent.agreements import candidate_of, newest
from ..context import Context
from ..errors import NotFound
from ..permissions import Action, Actor
from ..rehearsal.record import rehearsals_in
from .record import Question, Recorded, recorded_of


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(_Plain):
    """What was recorded of a question; ``said`` is None where nothing was."""

    question: Question
    said: str | None = None
    said_on: dt.date | None = None
    of_all: bool = False
    how_to_record: str = ""


class Shared(_Plain):
    """One edition: when, until when, through what, and what its manifest says was done."""

    number: int
    state: str
    published_on: dt.date
    ended_on: dt.date | None
    channels: dict[str, str]
    downloads: dict[str, int]
    files_written: int
    applied: dict[str, Any]


class Linked(_Plain):
    """A dataset whose counts are in it: how many figures, and the agreements of its rows."""

    dataset: str
    version: str
    figures: int
    rules: tuple[str, ...]
    agreements: tuple[str, ...]
    agreement_ends: dt.date | None


class Review(_Plain):
    """What was done on the version that was last in review."""

    sha256: str
    frozen_on: dt.date
    policy: str
    grain: str
    identifiers_left: int
    signed_off_on: dt.date | None


class Rehearsed(_Plain):
    """A rehearsal: of which version, until when, how long, and what it led to."""

    sha256: str
    ended_on: dt.date
    minutes: int
    outcome: str


class Governance(_Plain):
    """All of it. ``address`` is empty for a story that was never shared."""

    schema_version: int = 1
    made_on: dt.date
    story: UUID
    address: str
    fictional: bool
    state: str
    recorded: tuple[Answer, ...]
    people: int
    permissions: dict[str, int]
    others: dict[str, int]
    contacts: int
    agencies: int
    linked: tuple[Linked, ...]
    review: Review | None
    rehearsals: tuple[Rehearsed, ...]
    editions: tuple[Shared, ...]


def governance_of(ctx: Context, actor: Actor, slug: str) -> Governance:
    """What a DPIA needs of the story, for its reviewers and whoever answers for the site."""
    with ctx.read() as session:
        story, _ = enter(session, actor, slug, Action.READ_GOVERNANCE)
        editions = _editions(session, story.id)
        said = recorded_of(session, story.id)
        last = _last(session, story)
        return Governance(
            made_on=today(ctx.clock),
            story=story.id,
            address=f"/editions/{editions[-1].slug}/" if editions else "",
            fictional=story.fictional,
            state=story.state,
            recorded=tuple(_answer(question, said.get(question)) for question in Question),
            people=_count(session, PersonRow, story.id),
            permissions=_by(session, PermissionRow.how, PermissionRow.story_id, story.id, _holding()),
            others=_by(session, OtherRow.standing, OtherRow.story_id, story.id),
            contacts=_count(session, ContactRow, story.id),
            agencies=_agencies(session, story.id),
            linked=_linked(ctx, last),
            review=None if last is None else _review(session, last),
            rehearsals=tuple(_rehearsed(session, story.id)),
            editions=tuple(_shared(session, row) for row in editions),
        )


def _answer(question: Question, said: Recorded | None) -> Answer:
    if said is None:
        return Answer(question=question, how_to_record=f'storybook governance SLUG --record {question} "…"')
    return Answer(question=question, said=said.said, said_on=_day(said.said_at), of_all=said.of_all)


def _last(session: Session, story: StoryRow) -> CandidateRow | None:
    try:
        return newest(session, story)
    except NotFound:
        return None


def _review(session: Session, row: CandidateRow) -> Review:
    candidate = candidate_of(row)
    signed = sa.select(sa.func.max(col(SignOffRow.signed_at))).where(col(SignOffRow.candidate_id) == row.id)
    at = session.scalar(signed)
    return Review(
        sha256=row.sha256,
        frozen_on=_day(row.frozen_at),
        policy=candidate.manifest.policy,
        grain=candidate.manifest.grain,
        identifiers_left=len(examine(candidate).findings),
        signed_off_on=None if at is None else _day(at),
    )


def _rehearsed(session: Session, story_id: UUID) -> list[Rehearsed]:
    ended = [(row, row.ended_at) for row in reversed(rehearsals_in(session, story_id)) if row.ended_at]
    return [
        Rehearsed(sha256=row.sha256, ended_on=_day(at), minutes=row.spent // 60, outcome=row.outcome)
        for row, at in ended
    ]


def _linked(ctx: Context, row: CandidateRow | None) -> tuple[Linked, ...]:
    """The datasets behind the counts of what was last in review."""
    counts = [] if row is None else row.counts
    named = sorted({(str(count["dataset"]), str(count["version"])) for count in counts})
    return tuple(_dataset(ctx, name, version, counts) for name, version in named)


def _dataset(ctx: Context, name: str, version: str, counts: list[dict[str, Any]]) -> Linked:
    own = [count for count in counts if (count["dataset"], count["version"]) == (name, version)]
    stored = stored_dataset(ctx.data_root, name)
    known = stored.manifest if stored else None
    parts = known.parts if known else ()
    return Linked(
        dataset=name,
        version=version,
        figures=len(own),
        rules=tuple(sorted({str(count["rule"]) for count in own})),
        agreements=tuple(sorted({part.agreement for part in parts if part.agreement})),
        agreement_ends=known.agreement_ends if known else None,
    )


def _editions(session: Session, story_id: UUID) -> list[EditionRow]:
    query = sa.select(EditionRow).where(col(EditionRow.story_id) == story_id)
    return list(session.scalars(query.order_by(col(EditionRow.published_at))))


def _shared(session: Session, row: EditionRow) -> Shared:
    files = sa.select(sa.func.count()).where(col(ExportRow.edition_id) == row.id)
    manifest = load(row.body, row.sha256).manifest.model_dump(mode="json") if row.body else {}
    return Shared(
        number=row.number,
        state=row.state,
        published_on=_day(row.published_at),
        ended_on=_day(row.ended_at) if row.ended_at else None,
        channels=row.channels,
        downloads=_by(session, DownloadRow.ending, DownloadRow.edition_id, row.id, total=DownloadRow.count),
        files_written=session.scalar(files) or 0,
        applied=manifest,
    )


def _count(session: Session, table: Any, story_id: UUID) -> int:
    return session.scalar(sa.select(sa.func.count()).where(col(table.story_id) == story_id)) or 0


def _agencies(session: Session, story_id: UUID) -> int:
    """How many agencies the contacts are with."""
    distinct = sa.func.count(sa.distinct(col(ContactRow.agency)))
    return session.scalar(sa.select(distinct).where(col(ContactRow.story_id) == story_id)) or 0


def _by(
    session: Session, name: Any, owner: Any, of: UUID, *more: sa.ColumnElement[bool], total: Any = None
) -> dict[str, int]:
    """How many rows of ``of`` there are by ``name``, or the sum of ``total``."""
    amount = sa.func.count() if total is None else sa.func.sum(col(total))
    query = sa.select(col(name), amount).where(col(owner) == of, *more).group_by(col(name))
    return {str(key): int(count) for key, count in session.execute(query.order_by(col(name)))}


def _holding() -> sa.ColumnElement[bool]:
    return col(PermissionRow.ended_at).is_(None)


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(LONDON).date()
