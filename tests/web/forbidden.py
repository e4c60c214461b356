"""The way of a real story, step by step, and every move on it that is forbidden: one line a move.

What has happened before, who tries what at the service, what they are told, and the same over HTTP.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from storybook.services.consent.taking_part import stop_taking_part
from storybook.services.editions.shown import open_edition
from storybook.services.errors import Gone, NotAllowed, NotFound, NotNow, NotReady
from storybook.services.stopping.cards import make_card
from storybook.services.stopping.withdraw import withdraw, withdraw_for
from storybook.services.stories.edit import change_story
from storybook.services.stories.save_story import save_story
from storybook.story.problems import Problems
from tests.web.conftest import SLUG, ann
from tests.web.way import RECORD, Way

HOME, REVIEW = f"/stories/{SLUG}/", f"/stories/{SLUG}/review/"
PERSON = f"/stories/{SLUG}/people/P1/"
TICKED = {"understood": "y", "sober": "y", "unpressured": "y", "web": "a day", "web_day": "22 November 2027"}
STALE = "0" * 64


def real(story: Any) -> Any:
    return story.model_copy(update={"fictional": False, "slug": "another"})


@dataclass(frozen=True)
class Forbidden:
    what: str
    before: str
    who: str
    tries: Callable[[Way], Any]
    error: type[Exception]
    reason: str
    address: str
    status: int
    sends: dict[str, str] = field(default_factory=dict)
    get: bool = False


def publish(
    what: str, before: str, reason: str, error: type[Exception] = NotReady, who: str = "worker"
) -> Forbidden:
    status = 403 if error is NotAllowed else 409
    return Forbidden(what, before, who, lambda w: w.publishes(who), error, reason, HOME + "publish/", status)


def agree(
    what: str, before: str, who: str, error: type[Exception], reason: str, status: int, **how: Any
) -> Forbidden:
    sends = TICKED | {"sha256": how.get("sha256", "")} | how.pop("sends", {})
    return Forbidden(
        what, before, who, lambda w: w.agrees(who, **how), error, reason, PERSON + "consent/", status, sends
    )


def again(
    what: str, before: str, who: str, error: type[Exception], reason: str, status: int, **how: Any
) -> Forbidden:
    address = PERSON + "consent/again/"
    return Forbidden(
        what, before, who, lambda w: w.looks_again(who, **how), error, reason, address, status, how
    )


def sign(
    what: str, before: str, who: str, error: type[Exception], reason: str, status: int, **how: Any
) -> Forbidden:
    address = REVIEW + "sign-off/"
    return Forbidden(
        what, before, who, lambda w: w.signs_off(who, **how), error, reason, address, status, how
    )


def as_lead(
    what: str, before: str, who: str, error: type[Exception], reason: str, status: int, **how: Any
) -> Forbidden:
    address = REVIEW + "sign-off/lead/"
    return Forbidden(
        what, before, who, lambda w: w.signs_as_lead(who, **how), error, reason, address, status, how
    )


DRAFT = "This story is a draft. Send it for review first."
CHANGED = "The story has changed since you read it. Please read it again."
ONLY_THEIRS = "Only the person whose story this is can do that."
TABLE = [
    publish("share a draft", "draft", DRAFT, NotNow),
    publish("share what nobody agreed to", "review", "P1 has not agreed yet"),
    publish(
        "share what was agreed to once", "signed", "P1 has said yes once, and is asked for a second look"
    ),
    publish("share what nobody signed off", "yes", "Nobody has signed it off yet"),
    publish(
        "share on the web what is not measured, without reasons",
        "signed_without_reasons",
        "It is not measured how many people this could be: the reviewer has to write down why",
    ),
    publish(
        "share on the web what is not measured, without the lead",
        "signed_by_the_reviewer_alone",
        "at least 11 people have to fit, or the information-governance lead signs as well",
    ),
    publish(
        "share with one person's word as reviewer and as lead",
        "signed_twice_by_the_lead",
        "The information-governance lead and the reviewer have to be two people",
    ),
    as_lead(
        "sign as the lead, as the reviewer",
        "review",
        "reviewer",
        NotAllowed,
        "That is for the information-governance lead.",
        403,
    ),
    as_lead(
        "sign as the lead, as the author",
        "review",
        "worker",
        NotAllowed,
        "That is for the information-governance lead.",
        403,
    ),
    as_lead("sign an older text as the lead", "review", "lead", NotNow, CHANGED, 409, sha256=STALE),
    as_lead("sign a draft as the lead", "draft", "lead", NotNow, DRAFT, 409, sha256=STALE),
    publish("share after one character changed", "one_character_changed", DRAFT, NotNow),
    publish("share the changed text", "read_again_after_a_change", "P1 has not agreed yet"),
    publish("share after the last day", "over_before_it_was_shared", "P1’s consent has ended"),
    publish("share again what was withdrawn", "withdrawn", "P1 has not agreed yet"),
    publish("share it twice", "published", "This is what the newest edition shows already.", NotNow),
    publish("share what identifies", "with_a_postcode", "1 finding is open: put it right first"),
    publish("share with others unprotected", "with_her_sister", "1 other person is named"),
    publish(
        "share as the person alone",
        "agreed",
        "That is for whoever writes the story or its reviewer.",
        NotAllowed,
        "expert",
    ),
    agree(
        "agree in the person's name",
        "review",
        "worker",
        NotAllowed,
        "That is for the person whose story it is.",
        403,
    ),
    agree(
        "agree as the reviewer",
        "review",
        "reviewer",
        NotAllowed,
        "That is for the person whose story it is.",
        403,
    ),
    agree("agree to a draft", "draft", "expert", NotNow, DRAFT, 409, sha256=STALE),
    agree("agree to an older text", "review", "expert", NotNow, CHANGED, 409, sha256=STALE),
    agree(
        "agree while not clear-headed",
        "review",
        "expert",
        Problems,
        "today may not be the day to decide",
        422,
        record={**RECORD, "sober": ""},
        sends={"sober": ""},
    ),
    agree(
        "agree under pressure",
        "review",
        "expert",
        Problems,
        "a yes counts only if it is your own",
        422,
        record={**RECORD, "unpressured": ""},
        sends={"unpressured": ""},
    ),
    agree(
        "agree until a day that is over",
        "review",
        "expert",
        Problems,
        "that day is over",
        422,
        until=dt.date(2026, 11, 21),
        sends={"web_day": "21 November 2026"},
    ),
    again("say yes again at once", "yes", "expert", NotNow, "Take your time.", 409),
    again(
        "say yes again in the person's name",
        "yes",
        "worker",
        NotAllowed,
        "That is for the person whose story it is.",
        403,
    ),
    again(
        "say yes again before the first yes", "review", "expert", NotNow, "Say yes for the first time", 409
    ),
    again("say yes again to an older text", "yes", "expert", NotNow, CHANGED, 409, sha256=STALE),
    again("say yes again to a draft", "draft", "expert", NotNow, DRAFT, 409, sha256=STALE),
    sign("sign off alone, as the author", "review", "worker", NotAllowed, "That is for its reviewer.", 403),
    sign("sign off one's own story", "review", "expert", NotAllowed, "That is for its reviewer.", 403),
    sign("sign off an older text", "review", "reviewer", NotNow, CHANGED, 409, sha256=STALE),
    sign("sign off a draft", "draft", "reviewer", NotNow, DRAFT, 409, sha256=STALE),
    Forbidden(
        "send for review twice",
        "review",
        "worker",
        lambda w: w.review(),
        NotNow,
        "This story is in review.",
        REVIEW + "send/",
        409,
    ),
    Forbidden(
        "send for review with somebody who does not take part",
        "with_somebody_not_asked",
        "worker",
        lambda w: w.review(),
        NotNow,
        "Write down first that P2 said yes to taking part.",
        REVIEW + "send/",
        409,
    ),
    Forbidden(
        "write on about somebody who does not take part",
        "not_taking_part_any_more",
        "worker",
        lambda w: change_story(w.ctx, w.worker, SLUG, 2, title="x"),
        NotNow,
        "Write down first that P1 said yes to taking part.",
        HOME + "change/",
        409,
        {"title": "x", "slug": SLUG, "version": "2", "date_policy": "relative", "language": "en-GB"},
    ),
    Forbidden(
        "start a draft about somebody who was not asked",
        "draft",
        "worker",
        lambda w: save_story(w.ctx, w.worker, real(ann())),
        Problems,
        "said yes to taking part",
        "/stories/-/bring-in/",
        422,
        {"pasted": "Date,Agency,People,What happened\n3 April 2016,Shelter,Ann,Slept", "step": "save"},
    ),
    Forbidden(
        "stop somebody's part in their name",
        "draft",
        "worker",
        lambda w: stop_taking_part(w.ctx, w.worker, SLUG, "P1"),
        NotAllowed,
        "That is for the person whose story it is.",
        PERSON + "taking-part/stop/",
        403,
    ),
    Forbidden(
        "withdraw in the person's name",
        "published",
        "worker",
        lambda w: withdraw(w.ctx, w.worker, SLUG, "P1"),
        NotAllowed,
        "That is for the person whose story it is.",
        PERSON + "withdraw/",
        403,
    ),
    Forbidden(
        "withdraw for somebody as no advocate",
        "published",
        "worker",
        lambda w: withdraw_for(w.ctx, w.worker, SLUG),
        NotAllowed,
        "That is for whoever looks after this site or an advocate.",
        f"/stop/for-someone/{SLUG}/",
        403,
    ),
    Forbidden(
        "make a card as the reviewer",
        "draft",
        "reviewer",
        lambda w: make_card(w.ctx, w.reviewer, SLUG, "P1"),
        NotAllowed,
        "That is for whoever writes the story or the person whose story it is.",
        PERSON + "card/",
        403,
    ),
    Forbidden(
        "read what is over",
        "expired",
        "outsider",
        lambda w: open_edition(w.ctx, SLUG, actor=w.outsider),
        Gone,
        "This story is no longer shared",
        f"/editions/{SLUG}/",
        410,
        get=True,
    ),
    Forbidden(
        "read what was withdrawn",
        "withdrawn",
        "outsider",
        lambda w: open_edition(w.ctx, SLUG, actor=w.outsider),
        Gone,
        "This story is no longer shared",
        f"/editions/{SLUG}/1/",
        410,
        get=True,
    ),
    Forbidden(
        "read from outside what is the team's",
        "published_for_the_team",
        "outsider",
        lambda w: open_edition(w.ctx, SLUG, actor=w.outsider),
        NotFound,
        "There is no such story here.",
        f"/editions/{SLUG}/",
        404,
        get=True,
    ),
]
