"""From a draft to editions and back, through the use cases, on both databases."""

import datetime as dt
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa

from storybook.anonymise.consent import COOLING_OFF, Channel
from storybook.services.accounts import add_account, share_story
from storybook.services.consent.agree import give_consent, sign_as_lead, sign_off, take_back_consent
from storybook.services.consent.second_look import second_look
from storybook.services.consent.taking_part import Said
from storybook.services.context import Actor, Context
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.editions.shown import editions_of, list_editions, open_edition
from storybook.services.errors import EditedMeanwhile, Gone, NotAllowed, NotFound, NotNow, NotReady
from storybook.services.findings.look_job import HANDLERS
from storybook.services.jobs import run_next
from storybook.services.permissions import SiteRole, StoryRole
from storybook.services.review.candidate import get_candidate, send_for_review
from storybook.services.stopping.withdraw import withdraw
from storybook.services.stories.edit import change_story
from storybook.services.stories.get_story import get_story
from storybook.services.stories.save_story import save_story
from storybook.store.tables import AuditRow, CandidateRow
from storybook.story.ids import new_id
from storybook.story.messages import say
from storybook.story.model import Agency, Contact, Episode, Person, Story
from storybook.story.problems import Problems
from tests.counting import each_step_once
from tests.integration.again import Made, made_in

UNTIL = dt.date(2027, 3, 2)
SLUG = "a-warm-room"
RECORD = {"understood": "yes", "sober": "yes", "unpressured": "yes"}
TAKING_PART = {"P1": Said(dt.date(2026, 2, 1)), "P2": Said(dt.date(2026, 2, 2))}


@each_step_once
class Cast:
    """Two people whose story it is, the worker who writes it, a reviewer who did not."""

    #: What everybody's work so far left in the database, by the moment at which it was done.
    made: ClassVar[dict[dt.datetime, tuple[Made, dict[str, Any]]]] = {}

    def __init__(self, ctx: Context) -> None:
        self.ctx, moment = ctx, ctx.clock.now()
        if moment in self.made:
            self.made[moment][0].write(ctx)
            self.__dict__ |= self.made[moment][1]
        else:
            self.begin(ctx)
            self.made[moment] = made_in(ctx), {name: it for name, it in vars(self).items() if name != "ctx"}

    def begin(self, ctx: Context) -> None:
        boss = Actor.operator()
        self.worker = self.add("worker", SiteRole.WORKER)
        self.ash, self.bo = self.add("ash", SiteRole.EXPERT), self.add("bo", SiteRole.EXPERT)
        self.reviewer = self.add("reviewer", SiteRole.REVIEWER)
        self.lead = self.add("lead", SiteRole.LEAD)
        self.story = save_story(ctx, self.worker, a_story(), TAKING_PART)
        for name, role, person in (
            ("ash", StoryRole.EXPERT, "P1"),
            ("bo", StoryRole.EXPERT, "P2"),
            ("reviewer", StoryRole.REVIEWER, None),
            ("lead", StoryRole.REVIEWER, None),
        ):
            share_story(ctx, boss, SLUG, f"{name}@example.org", role, person=person)

    def add(self, name: str, role: SiteRole) -> Actor:
        return add_account(self.ctx, Actor.operator(), f"{name}@example.org", roles=[role]).actor

    def send(self) -> str:
        """Into review; the closer look at it is done at once."""
        sha256 = send_for_review(self.ctx, self.worker, SLUG).sha256
        run_next(self.ctx, HANDLERS)
        return sha256

    def agree(self, sha256: str, *, channels=("web",), until=UNTIL):
        for who, person in ((self.ash, "P1"), (self.bo, "P2")):
            self.says(who, person, channels, until, sha256)
        self.look_again(sha256)
        return self.sign(sha256)

    def sign(self, sha256: str):
        """The reviewer's word with reasons, since nothing was measured, and the lead's for the open web."""
        sign_off(self.ctx, self.reviewer, SLUG, sha256=sha256, reasons="Everybody who knows it agrees.")
        return sign_as_lead(self.ctx, self.lead, SLUG, sha256=sha256)

    def says(self, who, person, channels=("web",), until=UNTIL, sha256=None):
        """The first yes of one person."""
        sha256 = sha256 or get_candidate(self.ctx, self.worker, SLUG).sha256
        how = {"channels": channels, "until": until, "record": RECORD}
        return give_consent(self.ctx, who, SLUG, person=person, sha256=sha256, **how)

    def look_again(self, sha256=None):
        """The second yes of both, when the cooling-off is over."""
        sha256 = sha256 or get_candidate(self.ctx, self.worker, SLUG).sha256
        self.ctx.clock.advance(COOLING_OFF)
        for who, person in ((self.ash, "P1"), (self.bo, "P2")):
            second_look(self.ctx, who, SLUG, person=person, sha256=sha256)

    def publish(self, **how):
        self.agree(self.send(), **how)
        return publish_edition(self.ctx, self.worker, SLUG)

    def state(self) -> str:
        return get_story(self.ctx, self.worker, SLUG).state


def a_story() -> Story:
    return Story(
        slug=SLUG,
        title="A warm room",
        people=(Person(ref="P1", name="Ash"), Person(ref="P2", name="Bo")),
        agencies=(Agency(ref="shelter", name="The Night Shelter", sector="voluntary"),),
        contacts=(
            Contact(date="2016-04-03", agency="shelter", people=("P1", "P2"), summary="asked for a bed"),
            Contact(date="2016-06", agency="shelter", people=("P1",), summary="got the key"),
        ),
        episodes=(Episode(position=0, title="The key", voice="P1", text="It had my name on the tag."),),
    )


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def said(messages) -> list[str]:
    return [say(m) for m in messages]


def test_a_story_goes_from_draft_to_an_edition_that_the_world_sees(ctx, cast):
    sha256 = cast.send()
    assert cast.state() == "in-review"
    found = cast.agree(sha256)
    assert (found.missing, cast.state()) == ((), "agreed")
    made = publish_edition(ctx, cast.worker, SLUG)
    assert (made.number, made.state, made.expires, made.channels) == (1, "published", UNTIL, {Channel.WEB})
    shown = open_edition(ctx, SLUG)
    assert shown.edition.shown.title == "A warm room"
    assert shown.edition.candidate.sha256 == sha256
    assert [(v.slug, v.number) for v in list_editions(ctx)] == [(SLUG, 1)]
    with ctx.read() as session:
        actions = [r.action for r in session.scalars(sa.select(AuditRow).order_by(AuditRow.id))]
    assert [action for action in actions if " job " not in action][-11:] == [
        "send for review",
        "look through names",
        "job done",
        "give consent",
        "give consent",
        "second look",
        "second look",
        "sign off",
        "sign as information-governance lead",
        "agreed",
        "publish edition",
    ]


def test_until_everyone_has_agreed_publishing_says_all_that_is_missing(ctx, cast):
    cast.send()
    with pytest.raises(NotReady) as told:
        publish_edition(ctx, cast.worker, SLUG)
    assert said(told.value.reasons) == [
        "P1 has not agreed yet",
        "P2 has not agreed yet",
        "Nobody has signed it off yet",
    ]
    cast.says(cast.ash, "P1")
    with pytest.raises(NotReady) as told:
        publish_edition(ctx, Actor.operator(), SLUG)
    assert said(told.value.reasons) == [
        "P1 has said yes once, and is asked for a second look",
        "P2 has not agreed yet",
        "Nobody has signed it off yet",
    ]
    assert editions_of(ctx, cast.worker, SLUG) == ()


def test_a_draft_can_t_be_published_and_is_told_what_comes_first(ctx, cast):
    with pytest.raises(NotNow) as told:
        publish_edition(ctx, cast.worker, SLUG)
    assert say(told.value.message) == "This story is a draft. Send it for review first."


def test_nobody_agrees_for_somebody_else_and_no_author_signs_off(ctx, cast):
    sha256 = cast.send()
    for actor, person in (
        (cast.worker, "P1"),
        (cast.ash, "P2"),
        (cast.reviewer, "P1"),
        (Actor.operator(), "P1"),
    ):
        with pytest.raises(NotAllowed):
            give_consent(ctx, actor, SLUG, person=person, sha256=sha256, channels=["web"], until=UNTIL)
    for actor in (cast.worker, cast.ash, Actor.operator()):
        with pytest.raises(NotAllowed):
            sign_off(ctx, actor, SLUG, sha256=sha256)
    assert get_candidate(ctx, cast.ash, SLUG).consents == ()


def test_a_reviewer_who_changed_a_word_is_an_author(ctx, cast):
    share_story(ctx, Actor.operator(), SLUG, "reviewer@example.org", StoryRole.AUTHOR)
    sha256 = cast.send()
    with pytest.raises(NotAllowed, match="someone else"):
        sign_off(ctx, cast.reviewer, SLUG, sha256=sha256)


def test_one_changed_character_asks_everyone_again(ctx, cast):
    old = cast.send()
    cast.agree(old)
    change_story(ctx, cast.worker, SLUG, 1, title="A warm room.")
    assert cast.state() == "draft"
    new = cast.send()
    assert new != old
    with pytest.raises(NotNow, match="changed since you read it"):
        give_consent(ctx, cast.ash, SLUG, person="P1", sha256=old, channels=["web"], until=UNTIL)
    with pytest.raises(NotNow, match="changed since you read it"):
        sign_off(ctx, cast.reviewer, SLUG, sha256=old)
    assert said(get_candidate(ctx, cast.ash, SLUG).missing) == [
        "P1 has not agreed yet",
        "P2 has not agreed yet",
        "Nobody has signed it off yet",
    ]


def test_what_was_in_review_and_never_published_is_forgotten(ctx, cast):
    cast.send()
    change_story(ctx, cast.worker, SLUG, 1, title="Another")
    cast.send()
    with ctx.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(CandidateRow)) == 1


def test_a_direct_identifier_stands_in_the_way_and_is_named_by_place(ctx, cast):
    change_story(ctx, cast.worker, SLUG, 1, introduction="Ring 024 7683 3333 and ask for her.")
    cast.agree(cast.send())
    assert get_candidate(ctx, cast.worker, SLUG).report.blocking
    assert cast.state() == "in-review"
    with pytest.raises(NotReady) as told:
        publish_edition(ctx, cast.worker, SLUG)
    waiting = "1 finding waits for a decision"
    assert said(told.value.reasons) == ["1 finding is open: put it right first", waiting]


def test_a_newer_edition_retires_the_older(ctx, cast):
    cast.publish()
    change_story(ctx, cast.worker, SLUG, 1, title="A warmer room")
    newer = cast.publish()
    assert (newer.number, open_edition(ctx, SLUG).number) == (2, 2)
    with pytest.raises(Gone) as told:
        open_edition(ctx, SLUG, 1)
    assert (told.value.state, told.value.newer) == ("retired", 2)
    assert [(v.number, v.state) for v in editions_of(ctx, cast.worker, SLUG)] == [
        (2, "published"),
        (1, "retired"),
    ]


def test_publishing_the_same_text_twice_is_refused(ctx, cast):
    cast.publish()
    with pytest.raises(NotNow, match="already"):
        publish_edition(ctx, cast.worker, SLUG)


@pytest.mark.parametrize("who", ["ash", "bo"])
def test_any_person_ends_every_edition_alone_and_at_once(ctx, cast, who):
    cast.publish()
    change_story(ctx, cast.worker, SLUG, 1, title="A warmer room")
    cast.publish()
    ended = withdraw(ctx, getattr(cast, who), SLUG, "P1" if who == "ash" else "P2")
    assert ended.numbers == (1, 2)
    for number in (None, 1, 2):
        with pytest.raises(Gone) as told:
            open_edition(ctx, SLUG, number)
        assert (told.value.state, told.value.newer) == ("withdrawn", None)
    assert list_editions(ctx) == ()
    assert cast.state() == "in-review"
    with pytest.raises(NotReady):
        publish_edition(ctx, cast.worker, SLUG)


def test_the_operator_withdraws_for_somebody_without_an_account(ctx, cast):
    cast.publish()
    assert withdraw(ctx, Actor.operator(), SLUG, "P1").numbers == (1,)


def test_withdrawing_for_nobody_in_the_story_is_refused(ctx, cast):
    cast.publish()
    with pytest.raises(Problems, match="nobody in this story"):
        withdraw(ctx, Actor.operator(), SLUG, "P9")
    assert open_edition(ctx, SLUG).number == 1


def test_nobody_withdraws_another_person_s_consent(ctx, cast):
    cast.publish()
    for actor in (cast.worker, cast.reviewer, cast.bo):
        with pytest.raises(NotAllowed):
            withdraw(ctx, actor, SLUG, "P1")
    assert open_edition(ctx, SLUG).number == 1


def test_consent_taken_back_before_publishing_stops_it(ctx, cast):
    cast.agree(cast.send())
    take_back_consent(ctx, cast.bo, SLUG, person="P2")
    assert cast.state() == "in-review"
    assert said(get_candidate(ctx, cast.ash, SLUG).missing) == [
        "P1 has not agreed yet",  # asked again too: what is left must not tell whose it was
        "P2 has not agreed yet",
    ]


def test_a_restored_database_does_not_bring_back_what_was_withdrawn(ctx, cast, clock):
    cast.publish()
    withdraw(ctx, cast.ash, SLUG, "P1")
    with ctx.store.write() as session:  # what a backup from before the withdrawal holds
        session.execute(sa.text("UPDATE editions SET state = 'published', ended_at = NULL"))
        session.execute(sa.text("UPDATE consents SET taken_back_at = NULL"))
    assert open_edition(ctx, SLUG).number == 1
    url = ctx.store.engine.url.render_as_string(hide_password=False)
    again = Context.open(ctx.home, database_url=url, clock=clock)
    with pytest.raises(Gone):
        open_edition(again, SLUG)
    assert get_candidate(again, cast.bo, SLUG).consents == ()
    again.close()


def test_an_edition_is_over_when_its_last_day_in_london_is(ctx, cast, clock):
    cast.publish(until=dt.date(2026, 3, 31))
    clock.advance(dt.datetime(2026, 3, 31, 22, 59, tzinfo=dt.UTC) - clock.now())  # 23:59 in summer time
    assert open_edition(ctx, SLUG).number == 1
    clock.advance(dt.timedelta(minutes=1))
    with pytest.raises(Gone) as told:
        open_edition(ctx, SLUG)
    assert told.value.state == "expired"
    assert list_editions(ctx) == ()
    assert [v.state for v in editions_of(ctx, cast.worker, SLUG)] == ["expired"]


def test_only_channels_that_everyone_agreed_to_are_open(ctx, cast):
    cast.publish(channels=["team", "partners"])
    with pytest.raises(NotFound):
        open_edition(ctx, SLUG)
    assert list_editions(ctx) == ()
    assert open_edition(ctx, SLUG, actor=cast.reviewer).number == 1
    with pytest.raises(NotFound):
        open_edition(ctx, SLUG, actor=Actor(new_id()))


@pytest.mark.parametrize(
    ("how", "where"),
    [
        ({"channels": ["carrier-pigeon"], "until": UNTIL}, "channels"),
        ({"channels": [], "until": UNTIL}, "channels"),
        ({"channels": ["web"], "until": dt.date(2026, 3, 1)}, "until"),
    ],
)
def test_a_consent_that_can_t_be_is_refused(ctx, cast, how, where):
    sha256 = cast.send()
    with pytest.raises(Problems) as told:
        give_consent(ctx, cast.ash, SLUG, person="P1", sha256=sha256, record=RECORD, **how)
    assert [p.where for p in told.value.problems] == [where]


def test_a_story_never_reviewed_has_no_candidate(ctx, cast):
    with pytest.raises(NotFound, match="not been in review"):
        get_candidate(ctx, cast.worker, SLUG)


def test_a_shifted_story_is_moved_by_a_secret_that_stays_the_same(ctx, cast):
    change_story(ctx, cast.worker, SLUG, 1, date_policy="shifted")
    first = cast.send()
    change_story(ctx, cast.worker, SLUG, 2, title="x")
    change_story(ctx, cast.worker, SLUG, 3, title="A warm room")
    assert cast.send() == first


def test_an_edit_between_reading_and_freezing_is_told(ctx, cast, monkeypatch):
    real = send_for_review.__globals__["demand_behind"]

    def meanwhile(c, story):
        change_story(ctx, cast.worker, SLUG, 1, title="Changed meanwhile")
        return real(c, story)

    monkeypatch.setitem(send_for_review.__globals__, "demand_behind", meanwhile)
    with pytest.raises(EditedMeanwhile):
        send_for_review(ctx, cast.worker, SLUG)
    assert cast.state() == "draft"
