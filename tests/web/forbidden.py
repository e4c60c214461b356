"""The way of a real story, step by step, and every move on it that is forbidden: one line a move.

What has happened before, who tries what at the service, what they are told, and the same over HTTP.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from storybook.anonymise.consent import COOLING_OFF
from storybook.services.agree import give_consent, sign_off
from storybook.services.cards import make_card
from storybook.services.edit import PartKind, add_part, change_story
from storybook.services.editions import open_edition
from storybook.services.errors import Gone, NotAllowed, NotFound, NotNow, NotReady
from storybook.services.others import name_other
from storybook.services.publish_edition import publish_edition
from storybook.services.review import get_candidate, send_for_review
from storybook.services.save_story import save_story
from storybook.services.second_look import second_look
from storybook.services.taking_part import Said, record_permission, stop_taking_part
from storybook.services.withdraw import withdraw, withdraw_for
from storybook.story.problems import Problems
from tests.web.conftest import SLUG, World, ann

UNTIL = dt.date(2027, 11, 22)
HOME, REVIEW = f"/stories/{SLUG}/", f"/stories/{SLUG}/review/"
PERSON = f"/stories/{SLUG}/people/P1/"
RECORD = {"understood": "yes", "sober": "yes", "unpressured": "yes"}
TICKED = {"understood": "y", "sober": "y", "unpressured": "y", "until": "22 November 2027", "channels": "web"}
STALE = "0" * 64


class Way:
    """The way of a real story, step by step."""

    def __init__(self, world: World) -> None:
        self.world, self.ctx = world, world.ctx
        record_permission(self.ctx, self.worker, SLUG, "P1", Said(dt.date(2026, 11, 1)))
        change_story(self.ctx, self.worker, SLUG, 1, fictional=False)

    def __getattr__(self, role: str) -> Any:
        return self.world.actor(role)

    @property
    def sha256(self) -> str:
        return get_candidate(self.ctx, self.worker, SLUG).sha256

    def draft(self) -> None:
        """Nothing more."""

    def review(self) -> None:
        send_for_review(self.ctx, self.worker, SLUG)

    def yes(self, *channels: str, until: dt.date = UNTIL) -> None:
        self.review()
        how: dict[str, Any] = {"channels": channels or ("web",), "until": until, "record": RECORD}
        give_consent(self.ctx, self.expert, SLUG, person="P1", sha256=self.sha256, **how)

    def signed(self) -> None:
        self.yes()
        sign_off(self.ctx, self.reviewer, SLUG, sha256=self.sha256)

    def agreed(self, until: dt.date = UNTIL) -> None:
        self.yes(until=until)
        self.world.clock.advance(COOLING_OFF)
        second_look(self.ctx, self.expert, SLUG, person="P1", sha256=self.sha256)
        sign_off(self.ctx, self.reviewer, SLUG, sha256=self.sha256)

    def published(self) -> None:
        self.agreed()
        publish_edition(self.ctx, self.worker, SLUG)

    def published_for_the_team(self) -> None:
        self.yes("team")
        sign_off(self.ctx, self.reviewer, SLUG, sha256=self.sha256)
        publish_edition(self.ctx, self.worker, SLUG)

    def withdrawn(self) -> None:
        self.published()
        withdraw(self.ctx, self.expert, SLUG, "P1")

    def expired(self) -> None:
        self.agreed(dt.date(2026, 11, 30))
        publish_edition(self.ctx, self.worker, SLUG)
        self.world.clock.advance(dt.timedelta(days=14))

    def over_before_it_was_shared(self) -> None:
        self.agreed(dt.date(2026, 11, 30))
        self.world.clock.advance(dt.timedelta(days=14))

    def one_character_changed(self) -> None:
        self.agreed()
        change_story(self.ctx, self.worker, SLUG, 2, title="Ann’s way home.")

    def read_again_after_a_change(self) -> None:
        self.one_character_changed()
        self.review()

    def with_a_postcode(self) -> None:
        change_story(self.ctx, self.worker, SLUG, 2, introduction="She lived at CV1 5FB.")
        self.agreed()

    def with_her_sister(self) -> None:
        name_other(self.ctx, self.worker, SLUG, "her sister")
        self.agreed()

    def with_somebody_not_asked(self) -> None:
        add_part(self.ctx, self.worker, SLUG, PartKind.PERSON, ref="P2", name="Bo")

    def not_taking_part_any_more(self) -> None:
        stop_taking_part(self.ctx, self.expert, SLUG, "P1")

    # what is tried, at the service

    def publishes(self, who: str) -> Any:
        return publish_edition(self.ctx, self.world.actor(who), SLUG)

    def agrees(self, who: str, *, sha256: str = "", record: Any = RECORD, until: dt.date = UNTIL) -> Any:
        how: dict[str, Any] = {"channels": ("web",), "until": until, "record": record}
        actor = self.world.actor(who)
        return give_consent(self.ctx, actor, SLUG, person="P1", sha256=sha256 or self.sha256, **how)

    def looks_again(self, who: str, *, sha256: str = "") -> Any:
        actor = self.world.actor(who)
        return second_look(self.ctx, actor, SLUG, person="P1", sha256=sha256 or self.sha256)

    def signs_off(self, who: str, *, sha256: str = "") -> Any:
        return sign_off(self.ctx, self.world.actor(who), SLUG, sha256=sha256 or self.sha256)


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
    publish("share after one character changed", "one_character_changed", DRAFT, NotNow),
    publish("share the changed text", "read_again_after_a_change", "P1 has not agreed yet"),
    publish("share after the last day", "over_before_it_was_shared", "P1’s consent has ended"),
    publish("share again what was withdrawn", "withdrawn", "P1 has not agreed yet"),
    publish("share it twice", "published", "This is what the newest edition shows already.", NotNow),
    publish("share what identifies", "with_a_postcode", "1 finding is open: put it right first"),
    publish("share with others unprotected", "with_her_sister", "1 other person is named"),
    publish("share as the person alone", "agreed", "That is for: author, reviewer.", NotAllowed, "expert"),
    agree("agree in the person's name", "review", "worker", NotAllowed, "That is for: expert.", 403),
    agree("agree as the reviewer", "review", "reviewer", NotAllowed, "That is for: expert.", 403),
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
        sends={"until": "21 November 2026"},
    ),
    again("say yes again at once", "yes", "expert", NotNow, "Take your time.", 409),
    again("say yes again in the person's name", "yes", "worker", NotAllowed, "That is for: expert.", 403),
    again(
        "say yes again before the first yes", "review", "expert", NotNow, "Say yes for the first time", 409
    ),
    again("say yes again to an older text", "yes", "expert", NotNow, CHANGED, 409, sha256=STALE),
    again("say yes again to a draft", "draft", "expert", NotNow, DRAFT, 409, sha256=STALE),
    sign("sign off alone, as the author", "review", "worker", NotAllowed, "That is for: reviewer.", 403),
    sign("sign off one's own story", "review", "expert", NotAllowed, "That is for: reviewer.", 403),
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
        "That is for: expert.",
        PERSON + "taking-part/stop/",
        403,
    ),
    Forbidden(
        "withdraw in the person's name",
        "published",
        "worker",
        lambda w: withdraw(w.ctx, w.worker, SLUG, "P1"),
        NotAllowed,
        "That is for: expert.",
        PERSON + "withdraw/",
        403,
    ),
    Forbidden(
        "withdraw for somebody as no advocate",
        "published",
        "worker",
        lambda w: withdraw_for(w.ctx, w.worker, SLUG),
        NotAllowed,
        "That is for: admin, advocate.",
        f"/stop/for-someone/{SLUG}/",
        403,
    ),
    Forbidden(
        "make a card as the reviewer",
        "draft",
        "reviewer",
        lambda w: make_card(w.ctx, w.reviewer, SLUG, "P1"),
        NotAllowed,
        "That is for: author, expert.",
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
