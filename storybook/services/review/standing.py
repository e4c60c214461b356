"""What a story's rows add to a release: reasons that the text alone can't show, and what the manifest says was done."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ...anonymise.edition import Applied
from ...store.tables import CandidateRow, StoryRow
from ...story.messages import Message, message
from ..consent.others import open_ones, others_in
from ..consent.taking_part import lacking_in
from ..context import Context
from ..findings.open_findings import open_findings


def standing_in_the_way(ctx: Context, session: Session, story: StoryRow) -> tuple[Message, ...]:
    """Every reason in the rows of ``story`` why nothing may go out: people, findings, others named."""
    missing = lacking_in(session, story)
    not_asked = [message("{person} has not said yes to taking part", person=person) for person in missing]
    return (*not_asked, *open_findings(ctx, session, story), *open_ones(others_in(session, story.id)))


def applied_to(session: Session, story: StoryRow, candidate: CandidateRow) -> Applied:
    """What the manifest says was applied, as far as rows know it; nothing about who."""
    rules = sorted({str(count["rule"]) for count in candidate.counts})
    return Applied(rules=tuple(rules), others=len(others_in(session, story.id)))
