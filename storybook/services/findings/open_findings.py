"""Why the findings of a story stand in the way of sharing it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ...anonymise.deciding.proposals import open_hits
from ...anonymise.deciding.story_texts import story_texts
from ...anonymise.detectors.findings import Tier
from ...store import repository
from ...store.tables import StoryRow
from ...story.messages import Message, message
from ..context import Context
from .decisions import decisions_in
from .looks import look_in, made_up


def open_findings(ctx: Context, session: Session, row: StoryRow) -> tuple[Message, ...]:
    """Every reason; nothing once each finding is decided and the language model has looked too.

    Made-up stories wait for no look; what one found stands in their way as in any other's.
    """
    story, decisions = repository.load(session, row), decisions_in(ctx, session, row.id)
    if made_up(ctx, story, decisions):
        return ()
    look = look_in(ctx, session, story)
    left = open_hits(story_texts(story), look.hits, decisions)
    legal = sum(hit.finding.tier is Tier.ADVISER for hit in left)
    said = (*_undecided(len(left) - legal), *_for_the_adviser(legal))
    return said if look.deep or story.fictional else (*said, _LOOKING)


_LOOKING = message("The text is still being looked through for names. That can take a few minutes.")


def _undecided(count: int) -> tuple[Message, ...]:
    if not count:
        return ()
    return (
        message(
            "{count} finding waits for a decision",
            plural="{count} findings wait for a decision",
            count=count,
        ),
    )


def _for_the_adviser(count: int) -> tuple[Message, ...]:
    if not count:
        return ()
    return (
        message(
            "{count} sentence may bring somebody into trouble: a named adviser clears it, or it goes",
            plural="{count} sentences may bring somebody into trouble: a named adviser clears them, or they go",
            count=count,
        ),
    )
