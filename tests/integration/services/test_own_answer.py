"""A person's own answer on both databases: a day for each way of sharing, and a no that is final and nobody else's."""

import datetime as dt

import pytest
import sqlalchemy as sa

from storybook.anonymise.consent import Channel
from storybook.services.consent.agree import give_consent, look_over
from storybook.services.consent.say_no import said_no, say_no
from storybook.services.consent.second_look import my_consent
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.editions.shown import open_edition
from storybook.services.errors import Gone, NotAllowed, NotNow
from storybook.services.review.candidate import get_candidate
from storybook.services.stories.get_story import get_story
from storybook.store.tables import AuditRow
from storybook.story.problems import Problems
from tests.integration.conftest import MOMENT
from tests.integration.services.test_life_of_a_story import RECORD, SLUG, Cast

DAYS = {"conference": dt.date(2026, 9, 1), "web": dt.date(2026, 6, 1)}


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def test_each_channel_ends_on_its_own_day(ctx, cast):
    sha256 = cast.send()
    cast.agree(sha256, channels=("conference", "web"), until=DAYS)
    made = publish_edition(ctx, cast.worker, SLUG)
    assert made.expires == DAYS["conference"]
    edition = open_edition(ctx, SLUG).edition
    assert dict(edition.channels) == {Channel(name): day for name, day in DAYS.items()}
    mine = my_consent(ctx, cast.ash, SLUG, "P1")
    assert (mine.days, mine.until, mine.second_look_from) == (
        dict(edition.channels),
        DAYS["conference"],
        None,
    )


def test_an_earlier_day_for_one_channel_asks_nothing_again_and_a_later_one_does(ctx, cast):
    sha256 = cast.send()
    cast.agree(sha256, channels=("conference", "web"), until=DAYS)
    earlier = DAYS | {"web": dt.date(2026, 5, 1)}
    cast.says(cast.ash, "P1", ("conference", "web"), earlier, sha256)
    assert my_consent(ctx, cast.ash, SLUG, "P1").second_look_from is None
    cast.says(cast.ash, "P1", ("conference", "web"), DAYS, sha256)
    mine = my_consent(ctx, cast.ash, SLUG, "P1")
    assert (mine.settled, mine.second_look_from is None) == ({Channel.CONFERENCE}, False)


def test_looking_an_answer_over_keeps_nothing_and_finds_what_giving_it_would(ctx, cast):
    sha256 = cast.send()
    said = {"person": "P1", "channels": ("web",), "until": DAYS, "record": RECORD}
    look_over(ctx, cast.ash, SLUG, sha256=sha256, **said)
    assert get_candidate(ctx, cast.ash, SLUG).consents == ()
    with pytest.raises(NotNow):
        look_over(ctx, cast.ash, SLUG, sha256="0" * 64, **said)
    for wrong in ({"until": dt.date(2020, 1, 1)}, {"channels": ()}, {"record": {}}):
        with pytest.raises(Problems) as looked:
            look_over(ctx, cast.ash, SLUG, sha256=sha256, **said | wrong)
        with pytest.raises(Problems) as given:
            give_consent(ctx, cast.ash, SLUG, sha256=sha256, **said | wrong)
        assert looked.value.problems == given.value.problems


def test_days_count_for_the_channels_that_are_named_and_each_needs_one(ctx, cast):
    sha256 = cast.send()
    said = {"person": "P1", "sha256": sha256, "record": RECORD}
    give_consent(ctx, cast.ash, SLUG, channels=("web",), until=DAYS | {"team": dt.date(2026, 4, 1)}, **said)
    assert my_consent(ctx, cast.ash, SLUG, "P1").days == {Channel.WEB: DAYS["web"]}
    with pytest.raises(KeyError):
        give_consent(ctx, cast.ash, SLUG, channels=("web", "team"), until=DAYS, **said)
    assert my_consent(ctx, cast.ash, SLUG, "P1").days == {Channel.WEB: DAYS["web"]}


def test_a_no_is_kept_for_the_person_and_looks_like_not_yet_to_everybody_else(ctx, cast):
    sha256 = cast.send()
    cast.says(cast.bo, "P2", sha256=sha256)
    before = get_candidate(ctx, cast.worker, SLUG)
    assert say_no(ctx, cast.ash, SLUG, person="P1", sha256=sha256).numbers == ()
    assert said_no(ctx, cast.ash, SLUG, "P1") == MOMENT
    assert get_candidate(ctx, cast.worker, SLUG) == before
    assert my_consent(ctx, cast.bo, SLUG, "P2") is not None
    assert said_no(ctx, cast.bo, SLUG, "P2") is None
    for other in (cast.bo, cast.worker, cast.reviewer):
        with pytest.raises(NotAllowed):
            said_no(ctx, other, SLUG, "P1")
    with ctx.read() as session:
        last = session.scalars(sa.select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).one()
    assert (last.action, last.actor_id.int) == ("look over the answers", 1)


def test_nobody_says_no_for_somebody_else_or_to_other_words(ctx, cast):
    sha256 = cast.send()
    for other in (cast.bo, cast.worker, cast.reviewer):
        with pytest.raises(NotAllowed):
            say_no(ctx, other, SLUG, person="P1", sha256=sha256)
    with pytest.raises(NotNow):
        say_no(ctx, cast.ash, SLUG, person="P1", sha256="0" * 64)
    assert said_no(ctx, cast.ash, SLUG, "P1") is None


def test_a_no_after_a_yes_ends_what_is_shared_and_everybodys_yes_with_it(ctx, cast):
    made = cast.publish()
    sha256 = get_candidate(ctx, cast.worker, SLUG).sha256
    assert say_no(ctx, cast.bo, SLUG, person="P2", sha256=sha256).numbers == (made.number,)
    with pytest.raises(Gone):
        open_edition(ctx, SLUG)
    assert get_candidate(ctx, cast.worker, SLUG).consents == ()
    assert get_story(ctx, cast.worker, SLUG).state == "in-review"


def test_whoever_said_no_may_still_say_yes_later_and_new_words_ask_anew(ctx, cast):
    sha256 = cast.send()
    say_no(ctx, cast.ash, SLUG, person="P1", sha256=sha256)
    cast.says(cast.ash, "P1", sha256=sha256)
    assert said_no(ctx, cast.ash, SLUG, "P1") is None
    assert my_consent(ctx, cast.ash, SLUG, "P1").channels == {Channel.WEB}
