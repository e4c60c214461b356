"""What is recorded for a data protection impact assessment: by people, since no program can work it out.

Permission to take part and consent to a release are respect for the person, and are kept elsewhere: none of them is the
lawful basis. What is said of one story stands before what is said of all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...store import repository
from ...store.tables import GovernanceRow
from ...story.ids import new_id
from ...story.messages import Message, message
from ...story.problems import Problem, Problems
from ..access import check
from ..context import Context
from ..errors import NotFound
from ..permissions import Action, Actor, may

_LONGEST: Final = 4_000


class Question(StrEnum):
    """What is asked, in the order of the page."""

    CONTROLLER = "controller"
    ARTICLE_6 = "article-6"
    ARTICLE_9 = "article-9"
    ARTICLE_10 = "article-10"
    AGREEMENT = "agreement"
    RETENTION = "retention"
    OPT_OUT = "opt-out"
    FLOWS = "flows"
    RISKS = "risks"


#: Each question: its heading, and what an answer says.
QUESTIONS: Final[dict[Question, tuple[Message, Message]]] = {
    Question.CONTROLLER: (
        message("Controller"),
        message(
            "who decides why and how the data are used, joint controllers and processors, and the role to write to"
        ),
    ),
    Question.ARTICLE_6: (
        message("Lawful basis (UK GDPR Article 6)"),
        message("which point of Article 6(1), and the law or task it rests on"),
    ),
    Question.ARTICLE_9: (
        message("Special categories (Article 9)"),
        message(
            "which point of Article 9(2), and the condition of Schedule 1 to the Data Protection Act 2018"
        ),
    ),
    Question.ARTICLE_10: (
        message("Criminal offences (Article 10)"),
        message("the official authority or the condition of Schedule 1, or that there are no such data"),
    ),
    Question.AGREEMENT: (
        message("Agreement"),
        message("the data sharing or processing agreement, its parties and its last day"),
    ),
    Question.RETENTION: (
        message("Retention"),
        message(
            "how long the draft, the record of consent and the linked rows are kept, and who destroys them"
        ),
    ),
    Question.OPT_OUT: (
        message("National data opt-out"),
        message("whether it applies to the rows, and how it was applied"),
    ),
    Question.FLOWS: (
        message("Flows outside this program"),
        message("how rows and notes come here, and where editions go that were taken away"),
    ),
    Question.RISKS: (
        message("Risks that are left"),
        message("what could still go wrong, for whom, how likely, and who accepted it"),
    ),
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer: what was said, on which moment, and whether it was said of all stories."""

    said: str
    said_at: dt.datetime
    of_all: bool


def record_governance(ctx: Context, actor: Actor, slug: str | None, question: str, said: str) -> None:
    """Records an answer for one story, or for every story of this home (``slug`` None); it replaces the one before."""
    if problems := _wrong(question, said):
        raise Problems(problems)
    check(may(actor, Action.GOVERN), actor)
    with ctx.unit(actor) as unit:
        story_id = None if slug is None else story_called(unit.session, slug)
        same = (_of(story_id), col(GovernanceRow.question) == question)
        unit.session.execute(sa.delete(GovernanceRow).where(*same))
        row = GovernanceRow(
            id=new_id(),
            story_id=story_id,
            question=question,
            said=said.strip(),
            said_at=ctx.clock.now(),
            said_by=actor.id,
        )
        unit.session.add(row)
        unit.audit("record governance", row.id)


def recorded_of(session: Session, story_id: UUID) -> dict[Question, Recorded]:
    """What is recorded for a story: its own answers, and those of all stories where it has none."""
    query = sa.select(GovernanceRow).where(sa.or_(_of(None), _of(story_id)))
    rows = sorted(session.scalars(query), key=lambda row: row.story_id is not None)
    return {Question(r.question): Recorded(r.said, r.said_at, r.story_id is None) for r in rows}


def story_called(session: Session, slug: str) -> UUID:
    """The id of the story called ``slug``; raises NotFound."""
    row = repository.find(session, slug)
    if row is None:
        raise NotFound(message("There is no story called {slug}.", slug=slug))
    return row.id


def _of(story_id: UUID | None) -> sa.ColumnElement[bool]:
    column = col(GovernanceRow.story_id)
    return column.is_(None) if story_id is None else column == story_id


def _wrong(question: str, said: str) -> list[Problem]:
    if question not in set(Question):
        what = message("we do not know {name} as something to record", name=question)
        return [Problem(what, message("choose from: {names}", names=", ".join(Question)), where="question")]
    if not said.strip():
        return [Problem(message("this is empty"), QUESTIONS[Question(question)][1], where=question)]
    if len(said) > _LONGEST:
        limit = message("use at most {limit} letters", limit=_LONGEST)
        return [Problem(message("that is too long"), limit, where=question)]
    return []
