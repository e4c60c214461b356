"""Cards: a person without an account stops sharing alone, from any phone, with the code on a card.

The code is shown once, to be printed. What is stored is its hash under a key of this home, so neither the database nor
a copy of it opens anything. A card can do one thing: stop. It shows nothing and names nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...store.tables import CardRow, StoryRow
from ...story.ids import new_id
from ...story.messages import message
from ...story.problems import Problem, Problems
from ..access import access_to, check, enter
from ..context import Context
from ..errors import NotAllowed
from ..permissions import Action, Actor, may
from .withdraw import Withdrawal, end_story, files_after, must_be_in, story_shared_as

#: Crockford's base 32: no letter looks like a digit or like another letter.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Three groups of four: 32 to the power of 12, about 1.15e18 codes (60 bits). With 10,000 cards out, a thousand guesses
#: a second from anywhere need some 3,600 years on average to meet any one of them: no brake has to stop them.
GROUPS, EACH = 3, 4
_READ_AS: Final = str.maketrans("OIL", "011")
_KEY: Final = "cards"


def make_card(ctx: Context, actor: Actor, slug: str, person: str, *, end_older: bool = False) -> str:
    """A new code for ``person``, such as ``7KQM-2XRP-9DTW``. Said only here.

    Older cards go on working: whoever makes a card for somebody must not take their way out away. ``end_older`` ends
    them (a card that was lost, or that somebody else holds); only the person themselves may ask for that.
    """
    with ctx.unit(actor) as unit:
        story, access = enter(unit.session, actor, slug, Action.MAKE_CARD, person=person, lock=True)
        must_be_in(unit.session, story, person)
        if end_older:
            if person not in access.persons:
                raise NotAllowed(message("Only the person themselves can end their older cards."))
            _end_older(unit.session, story, person)
        unit.audit("make card", story.id)
        return _new(ctx, unit.session, story, person)


def replace_cards(ctx: Context, actor: Actor, slug: str, person: str) -> str:
    """Ends every card of ``person`` in what is shared as ``slug`` (one was lost), and makes one in their place.

    For somebody without an account. Nobody who has a part in the story may: they could take a person's way out away.
    """
    with ctx.unit(actor) as unit:
        check(may(actor, Action.REPLACE_CARD), actor)
        story = story_shared_as(unit.session, slug)
        if access_to(unit.session, actor, story).roles:
            raise NotAllowed(message("You have a part in this story. Ask an advocate who has none."))
        must_be_in(unit.session, story, person)
        _end_older(unit.session, story, person)
        unit.audit("replace card", story.id)
        return _new(ctx, unit.session, story, person)


def _new(ctx: Context, session: Session, story: StoryRow, person: str) -> str:
    code = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * EACH))
    session.add(CardRow(id=new_id(), story_id=story.id, person=person, digest=_digest(ctx, code)))
    return "-".join(code[at : at + EACH] for at in range(0, len(code), EACH))


def stop_by_card(ctx: Context, code: str) -> Withdrawal:
    """Ends every edition of the card's story, and every consent to it; raises Problems if no card has this code.

    Found by its keyed hash, so that how long the answer takes tells nothing of how much of a code was right. The audit
    line names nobody, and the card does not remember that it was used.
    """
    with ctx.read() as session:
        _story_of(ctx, session, code)  # a wrong code never waits for the writer's lock, nor makes others wait
    with ctx.unit(Actor.system()) as unit:
        story = _story_of(ctx, unit.session, code)
        ended = end_story(ctx, unit, story)
    return files_after(ctx, ended)


def as_typed(code: str) -> str:
    """What a code means however it was typed: any case, any dashes or spaces, O for 0, I or L for 1."""
    return re.sub(r"[^0-9A-Z]", "", code.upper().translate(_READ_AS))


def _end_older(session: Session, story: StoryRow, person: str) -> None:
    mine = (col(CardRow.story_id) == story.id, col(CardRow.person) == person)
    session.execute(sa.delete(CardRow).where(*mine))


def _story_of(ctx: Context, session: Session, code: str) -> StoryRow:
    query = (
        sa.select(StoryRow)
        .join(CardRow, col(CardRow.story_id) == col(StoryRow.id))
        .where(col(CardRow.digest) == _digest(ctx, code))
    )
    story = session.scalars(query).one_or_none()
    if story is None:
        what = message("that is not a code of ours, or the person ended this card")
        instead = message("check each letter and digit on the card, and try again")
        raise Problems([Problem(what, instead, where="code")])
    return story


def _digest(ctx: Context, code: str) -> str:
    return hmac.new(ctx.keys.text(_KEY).encode(), as_typed(code).encode(), hashlib.sha256).hexdigest()
