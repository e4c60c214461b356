"""Taking part and releasing are two acts; the second look; others who are named. On both databases."""

import datetime as dt

import pytest
import sqlalchemy as sa

from storybook.anonymise.consent import COOLING_OFF, Channel
from storybook.anonymise.edition import Risk
from storybook.services.consent.others import Standing, name_other, others_of
from storybook.services.consent.second_look import my_consent, second_look
from storybook.services.consent.settle_others import settle_other, unname_other
from storybook.services.consent.taking_part import (
    How,
    Said,
    permissions_of,
    record_permission,
    stop_taking_part,
)
from storybook.services.context import Actor, Context
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.editions.shown import open_edition
from storybook.services.errors import Gone, NotAllowed, NotFound, NotNow, NotReady
from storybook.services.permissions import SiteRole
from storybook.services.review.candidate import get_candidate, send_for_review
from storybook.services.stories.edit import PartKind, add_part, change_story, remove_part
from storybook.services.stories.save_story import save_story
from storybook.story.problems import Problems
from tests.integration.services.test_life_of_a_story import RECORD, SLUG, TAKING_PART, UNTIL, Cast, a_story

BOSS = Actor.operator()


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


# --- taking part


def test_a_worker_starts_no_draft_about_somebody_who_was_not_asked(ctx):
    worker = Cast.add(type("C", (), {"ctx": ctx})(), "w", SiteRole.WORKER)
    with pytest.raises(Problems) as told:
        save_story(ctx, worker, a_story(), {"P1": TAKING_PART["P1"]})
    assert [p.where for p in told.value.problems] == ["permission-P2"]
    with pytest.raises(Problems, match="whose story this is"):
        save_story(ctx, worker, a_story().model_copy(update={"people": (), "contacts": (), "episodes": ()}))
    save_story(ctx, worker, a_story().model_copy(update={"fictional": True}))


def test_what_the_operator_brought_in_waits_until_everybody_was_asked(ctx):
    save_story(ctx, BOSS, a_story())
    for blocked in (
        lambda: change_story(ctx, BOSS, SLUG, 1, title="x"),
        lambda: send_for_review(ctx, BOSS, SLUG),
    ):
        with pytest.raises(NotNow, match="that P1, P2 said yes to taking part"):
            blocked()
    for person in ("P1", "P2"):
        record_permission(ctx, BOSS, SLUG, person, Said(dt.date(2026, 3, 1), How.ALOUD, "Bev"))
    assert change_story(ctx, BOSS, SLUG, 1, title="x").title == "x"


def test_whoever_is_added_is_asked_first_or_leaves_again(ctx, cast):
    added = add_part(ctx, cast.worker, SLUG, PartKind.PERSON, ref="P3", name="Cy")
    with pytest.raises(NotNow, match="P3"):
        change_story(ctx, cast.worker, SLUG, 1, title="x")
    remove_part(ctx, cast.worker, SLUG, PartKind.PERSON, added.id, 1)
    assert change_story(ctx, cast.worker, SLUG, 1, title="x").title == "x"


def test_a_made_up_story_becomes_real_only_with_everybody_s_yes(ctx, cast):
    save_story(ctx, cast.worker, a_story().model_copy(update={"slug": "made-up", "fictional": True}))
    with pytest.raises(NotNow, match="P1, P2"):
        change_story(ctx, cast.worker, "made-up", 1, fictional=False)


def test_who_writes_down_a_yes_and_for_whom(ctx, cast):
    for actor, person in ((cast.worker, "P2"), (cast.ash, "P1"), (BOSS, "P1")):
        record_permission(ctx, actor, SLUG, person, Said(dt.date(2026, 3, 1)))
    for actor, person in ((cast.ash, "P2"), (cast.reviewer, "P1")):
        with pytest.raises(NotAllowed):
            record_permission(ctx, actor, SLUG, person, Said(dt.date(2026, 3, 1)))
    with pytest.raises(Problems, match="still to come"):
        record_permission(ctx, cast.worker, SLUG, "P1", Said(dt.date(2026, 3, 3)))
    with pytest.raises(NotFound):
        record_permission(ctx, cast.worker, SLUG, "P9", Said(dt.date(2026, 3, 1)))
    assert permissions_of(ctx, cast.worker, SLUG) == dict.fromkeys(("P1", "P2"), dt.date(2026, 3, 1))


def test_stopping_ends_what_is_shared_and_stays_so_after_a_restore(ctx, cast):
    cast.publish()
    assert stop_taking_part(ctx, cast.ash, SLUG, "P1").numbers == (1,)
    assert set(permissions_of(ctx, cast.worker, SLUG)) == {"P2"}
    with ctx.store.write() as session:  # what an older copy of the database holds
        session.execute(sa.text("UPDATE permissions SET ended_at = NULL"))
        session.execute(sa.text("UPDATE editions SET state = 'published', ended_at = NULL"))
    url = ctx.store.engine.url.render_as_string(hide_password=False)
    again = Context.open(ctx.home, database_url=url, clock=ctx.clock)
    assert set(permissions_of(again, cast.worker, SLUG)) == {"P2"}
    with pytest.raises(Gone):
        open_edition(again, SLUG)
    again.close()


# --- the second look


def test_until_the_second_look_only_the_team_sees_it(ctx, cast):
    cast.send()
    for who, person in ((cast.ash, "P1"), (cast.bo, "P2")):
        cast.says(who, person, ["team", "web"])
    cast.sign(get_candidate(ctx, cast.ash, SLUG).sha256)
    assert publish_edition(ctx, cast.worker, SLUG).channels == {Channel.TEAM}
    with pytest.raises(NotFound):
        open_edition(ctx, SLUG)
    assert open_edition(ctx, SLUG, actor=cast.reviewer).number == 1
    cast.look_again()
    assert publish_edition(ctx, cast.worker, SLUG).channels == {Channel.TEAM, Channel.WEB}
    assert open_edition(ctx, SLUG).number == 2


def test_the_second_look_opens_at_the_end_of_the_cooling_off_and_not_a_moment_before(ctx, cast, clock):
    sha256 = cast.send()
    cast.says(cast.ash, "P1")
    clock.advance(COOLING_OFF - dt.timedelta(microseconds=1))
    with pytest.raises(NotNow, match=r"Take your time.*4 March 2026, 09:30"):
        second_look(ctx, cast.ash, SLUG, person="P1", sha256=sha256)
    clock.advance(dt.timedelta(microseconds=1))
    assert my_consent(ctx, cast.ash, SLUG, "P1").can_look_again
    second_look(ctx, cast.ash, SLUG, person="P1", sha256=sha256)
    mine = my_consent(ctx, cast.ash, SLUG, "P1")
    assert (mine.settled, mine.second_look_from) == ({Channel.WEB}, None)


def test_what_is_said_again_keeps_what_was_settled_and_asks_for_what_is_new(ctx, cast):
    cast.publish(channels=["partners"])
    cast.says(cast.ash, "P1", ["partners", "web"])
    assert open_edition(ctx, SLUG, channel="partners").number == 1
    mine = my_consent(ctx, cast.ash, SLUG, "P1")
    assert (mine.settled, mine.can_look_again) == ({Channel.PARTNERS}, False)
    assert mine.second_look_from == ctx.clock.now() + COOLING_OFF


def test_a_last_day_that_passed_while_thinking_is_asked_for_again(ctx, cast, clock):
    sha256 = cast.send()
    cast.says(cast.ash, "P1", until=dt.date(2026, 3, 3))
    clock.advance(COOLING_OFF)
    with pytest.raises(NotNow, match="The day you named is over"):
        second_look(ctx, cast.ash, SLUG, person="P1", sha256=sha256)


def test_what_one_person_said_is_for_their_own_eyes(ctx, cast):
    cast.send()
    cast.says(cast.ash, "P1")
    assert my_consent(ctx, cast.ash, SLUG, "P1").record == RECORD
    assert my_consent(ctx, cast.bo, SLUG, "P2") is None
    for actor in (cast.worker, cast.bo, cast.reviewer, BOSS):
        with pytest.raises(NotAllowed):
            my_consent(ctx, actor, SLUG, "P1")


@pytest.mark.parametrize(
    ("record", "where"),
    [
        ({}, ["understood", "sober", "unpressured"]),
        (RECORD | {"sober": "no"}, ["sober"]),
        (RECORD | {"horoscope": "lion"}, ["horoscope"]),
        (RECORD | {"paid": "x" * 501}, ["paid"]),
        (RECORD | {"wishes": "ask the person I name"}, ["wishes_who"]),
    ],
)
def test_a_yes_that_is_not_free_and_clear_does_not_count(ctx, cast, record, where):
    from storybook.services.consent.agree import give_consent

    how = {"channels": ["web"], "until": UNTIL, "sha256": cast.send(), "record": record}
    with pytest.raises(Problems) as told:
        give_consent(ctx, cast.ash, SLUG, person="P1", **how)
    assert [p.where for p in told.value.problems] == where


# --- others


def test_everyone_else_who_is_named_counts_as_a_person(ctx, cast):
    sister = name_other(ctx, cast.ash, SLUG, "  her \n sister ")
    neighbour = name_other(ctx, cast.worker, SLUG, "the neighbour")
    assert [(o.name, o.standing) for o in others_of(ctx, cast.worker, SLUG)] == [
        ("her sister", Standing.OPEN),
        ("the neighbour", Standing.OPEN),
    ]
    cast.agree(cast.send())
    with pytest.raises(NotReady, match="2 other people are named: say how they are protected"):
        publish_edition(ctx, cast.worker, SLUG)
    settle_other(ctx, cast.reviewer, SLUG, sister.id, "asked and agreed", "She signed on 1 March.")
    unname_other(ctx, cast.reviewer, SLUG, neighbour.id)
    manifest = publish_edition(ctx, cast.worker, SLUG).edition.manifest
    assert (manifest.others, manifest.consents, manifest.findings, manifest.risk) == (
        1,
        2,
        0,
        Risk.NOT_MEASURED,
    )


def test_the_list_takes_real_lines_and_the_reviewer_s_word_only(ctx, cast):
    one = name_other(ctx, cast.worker, SLUG, "a friend")
    for wrong in ("", " \n", "x" * 501):
        with pytest.raises(Problems):
            name_other(ctx, cast.worker, SLUG, wrong)
        with pytest.raises(Problems):
            settle_other(ctx, cast.reviewer, SLUG, one.id, "asked and agreed", wrong)
    with pytest.raises(Problems, match="not one of the choices"):
        settle_other(ctx, cast.reviewer, SLUG, one.id, "open", "why not")
    with pytest.raises(NotFound):
        settle_other(ctx, cast.reviewer, SLUG, cast.story.id, "asked and agreed", "x")
    for actor in (cast.worker, cast.ash, BOSS):
        with pytest.raises(NotAllowed):
            settle_other(ctx, actor, SLUG, one.id, "asked and agreed", "x")
