"""Stopping without an account: a card's code, or an advocate; and nobody learns who it was. On both databases."""

import re

import pytest
import sqlalchemy as sa

from storybook.services.accounts import add_account, share_story
from storybook.services.context import Actor
from storybook.services.editions.shown import all_shared, list_editions, open_edition
from storybook.services.errors import Gone, NotAllowed, NotFound, SignInFirst
from storybook.services.permissions import SiteRole, StoryRole
from storybook.services.review.candidate import get_candidate
from storybook.services.stopping.cards import ALPHABET, as_typed, make_card, replace_cards, stop_by_card
from storybook.services.stopping.withdraw import withdraw, withdraw_for
from storybook.services.stories.edit import PartKind, remove_part
from storybook.store.tables import AuditRow, CardRow, ConsentRow, StoryRow
from storybook.story.problems import Problems
from tests.integration.services.test_life_of_a_story import SLUG, Cast


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def audit(ctx) -> list[AuditRow]:
    with ctx.read() as session:
        return list(session.scalars(sa.select(AuditRow).order_by(AuditRow.id)))


def test_a_code_stops_the_story_at_once_without_an_account(ctx, cast):
    code = make_card(ctx, cast.worker, SLUG, "P1")
    cast.publish()
    assert stop_by_card(ctx, code).numbers == (1,)
    with pytest.raises(Gone):
        open_edition(ctx, SLUG)
    assert get_candidate(ctx, cast.bo, SLUG).consents == ()


def test_a_code_is_three_groups_of_four_that_no_eye_confuses(ctx, cast):
    code = make_card(ctx, cast.ash, SLUG, "P1")
    assert re.fullmatch(rf"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{2}}", code)
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["0OIL-1abc-9xyz", " 0 0 1 1 1ABC 9XYZ ", "o011–1abc–9xyz"])
def test_a_code_is_understood_however_it_is_typed(typed):
    assert as_typed(typed) == "00111ABC9XYZ"


def test_only_a_hash_of_it_is_stored_and_the_key_is_elsewhere(ctx, cast):
    code = make_card(ctx, cast.worker, SLUG, "P1")
    with ctx.read() as session:
        (row,) = session.scalars(sa.select(CardRow)).all()
    assert re.fullmatch("[0-9a-f]{64}", row.digest)
    (ctx.keys.folder / "cards.key").write_text("another key")
    with pytest.raises(Problems):
        stop_by_card(ctx, code)


def test_an_advocate_replaces_a_lost_card_and_nobody_is_left_without_a_way_out(ctx, cast):
    lost, other = make_card(ctx, cast.worker, SLUG, "P1"), make_card(ctx, cast.worker, SLUG, "P2")
    cast.publish()
    advocate = add_account(ctx, Actor.operator(), "ad@example.org", roles=[SiteRole.ADVOCATE]).actor
    new = replace_cards(ctx, advocate, SLUG, "P1")
    last = audit(ctx)[-1]
    assert (last.action, last.actor_id, last.target_id) == ("replace card", advocate.id, story_id(ctx))
    with pytest.raises(Problems):
        stop_by_card(ctx, lost)
    with ctx.read() as session:
        assert len(session.scalars(sa.select(CardRow)).all()) == 2
    assert stop_by_card(ctx, new).numbers == (1,)
    assert stop_by_card(ctx, other).numbers == ()


def story_id(ctx):
    with ctx.read() as session:
        return session.scalar(sa.select(StoryRow.id).where(StoryRow.slug == SLUG))


def test_a_lost_card_is_replaced_by_nobody_with_a_part_in_the_story(ctx, cast):
    held = make_card(ctx, cast.worker, SLUG, "P1")
    cast.publish()
    both = add_account(ctx, Actor.operator(), "both@example.org", roles=[SiteRole.ADVOCATE]).actor
    share_story(ctx, cast.worker, SLUG, "both@example.org", StoryRole.AUTHOR)
    for actor in (cast.worker, cast.ash, cast.reviewer, both):
        with pytest.raises(NotAllowed):
            replace_cards(ctx, actor, SLUG, "P1")
    with pytest.raises(SignInFirst):
        replace_cards(ctx, Actor.nobody(), SLUG, "P1")
    advocate = add_account(ctx, Actor.operator(), "ad@example.org", roles=[SiteRole.ADVOCATE]).actor
    with pytest.raises(Problems):
        replace_cards(ctx, advocate, SLUG, "P9")
    with pytest.raises(NotFound):
        replace_cards(ctx, advocate, "no-such-story", "P1")
    assert stop_by_card(ctx, held).numbers == (1,)
    with pytest.raises(NotFound):
        replace_cards(ctx, advocate, SLUG, "P1")


def test_a_card_that_somebody_makes_for_a_person_takes_none_of_theirs_away(ctx, cast):
    held = make_card(ctx, cast.ash, SLUG, "P1")
    cast.publish()
    for actor in (cast.worker, Actor.operator()):
        make_card(ctx, actor, SLUG, "P1")
        with pytest.raises(NotAllowed):
            make_card(ctx, actor, SLUG, "P1", end_older=True)
    assert stop_by_card(ctx, held).numbers == (1,)


def test_only_a_person_ends_their_older_cards_and_nobody_elses(ctx, cast):
    lost, bo = make_card(ctx, cast.worker, SLUG, "P1"), make_card(ctx, cast.worker, SLUG, "P2")
    cast.publish()
    make_card(ctx, cast.ash, SLUG, "P1", end_older=True)
    with pytest.raises(Problems, match="not a code of ours, or the person ended this card"):
        stop_by_card(ctx, lost)
    assert stop_by_card(ctx, bo).numbers == (1,)


@pytest.mark.parametrize("wrong", ["", "-", "0000-0000-0000", "x" * 5000, "’; DROP TABLE cards"])
def test_a_code_that_is_none_stops_nothing(ctx, cast, wrong):
    make_card(ctx, cast.worker, SLUG, "P1")
    cast.publish()
    with pytest.raises(Problems):
        stop_by_card(ctx, wrong)
    assert open_edition(ctx, SLUG).number == 1


def test_a_card_stops_whatever_is_shared_later_too(ctx, cast):
    code = make_card(ctx, cast.worker, SLUG, "P1")
    assert stop_by_card(ctx, code).numbers == ()
    cast.publish()
    assert stop_by_card(ctx, code).numbers == (1,)


def test_a_card_works_for_somebody_who_was_written_out_of_the_draft(ctx, cast):
    cast.publish()
    code = make_card(ctx, cast.worker, SLUG, "P2")
    for part in (cast.story.contacts[0],):
        remove_part(ctx, cast.worker, SLUG, PartKind.CONTACT, part.id, 1)
    remove_part(ctx, cast.worker, SLUG, PartKind.PERSON, cast.story.people[1].id, 1)
    assert stop_by_card(ctx, code).numbers == (1,)


def test_who_may_make_a_card(ctx, cast):
    for actor in (cast.worker, cast.ash, Actor.operator()):
        assert make_card(ctx, actor, SLUG, "P1")
    for actor in (cast.bo, cast.reviewer):
        with pytest.raises(NotAllowed):
            make_card(ctx, actor, SLUG, "P1")
    with pytest.raises(Problems, match="nobody in this story"):
        make_card(ctx, cast.worker, SLUG, "P9")


@pytest.mark.parametrize("how", ["account", "card"])
def test_nothing_that_is_kept_tells_who_stopped_sharing(ctx, cast, how):
    code = make_card(ctx, cast.worker, SLUG, "P1")
    cast.publish()
    before = len(audit(ctx))
    if how == "card":
        stop_by_card(ctx, code)
    else:
        withdraw(ctx, cast.ash, SLUG, "P1")
    lines = audit(ctx)[before:]
    assert {line.action for line in lines} == {"withdraw edition", "withdraw"}
    assert {line.actor_id for line in lines} == {Actor.system().id}
    with ctx.read() as session:
        assert len({row.taken_back_at for row in session.scalars(sa.select(ConsentRow))}) == 1
        (card,) = session.scalars(sa.select(CardRow)).all()
    assert set(card.model_dump()) == {"id", "story_id", "person", "digest"}
    assert "P1" not in ctx.withdrawals.file.read_text()


def test_an_advocate_stops_it_for_somebody_and_does_not_say_for_whom(ctx, cast):
    cast.publish()
    advocate = add_account(ctx, Actor.operator(), "adv@example.org", roles=[SiteRole.ADVOCATE]).actor
    assert [view.slug for view in all_shared(ctx, advocate)] == [SLUG]
    assert withdraw_for(ctx, advocate, SLUG).numbers == (1,)
    assert (list_editions(ctx), all_shared(ctx, advocate)) == ((), ())
    assert {line.actor_id for line in audit(ctx)[-2:]} == {advocate.id}
    with pytest.raises(NotFound):
        withdraw_for(ctx, advocate, SLUG)


def test_nobody_else_is_an_advocate(ctx, cast):
    cast.publish()
    for actor in (cast.worker, cast.reviewer, cast.ash):
        with pytest.raises(NotAllowed):
            withdraw_for(ctx, actor, SLUG)
        with pytest.raises(NotAllowed):
            all_shared(ctx, actor)
    with pytest.raises(SignInFirst):
        withdraw_for(ctx, Actor.nobody(), SLUG)
    assert open_edition(ctx, SLUG).number == 1
