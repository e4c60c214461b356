"""A story without contacts: no empty picture anywhere, and a draft says what to do next."""

from __future__ import annotations

import datetime as dt

from storybook.services.accounts import share_story
from storybook.services.consent.agree import give_consent, sign_off
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.permissions import Actor, StoryRole
from storybook.services.review.candidate import send_for_review
from storybook.services.stories.save_story import save_story
from storybook.story.model import Agency, Episode, Person, Story
from tests.web.conftest import World

SLUG = "words"


def told_in_words(world: World, *agencies: Agency) -> None:
    story = Story(
        slug=SLUG,
        title="Words alone",
        fictional=True,
        people=(Person(ref="P1", name="Kim"),),
        agencies=agencies,
        episodes=(Episode(position=0, title="That winter", text="It was so."),),
    )
    save_story(world.ctx, world.actor("worker"), story)
    for role, person in (("expert", "P1"), ("reviewer", None), ("analyst", None)):
        account = f"{role}@test.example"
        share_story(world.ctx, Actor.operator(), SLUG, account, StoryRole(role), person=person)


def page(world: World, role: str | None, address: str) -> str:
    answer = world.client(role).get(address)
    assert answer.status_code == 200
    return answer.text


def test_a_draft_asks_for_the_first_agency(world: World) -> None:
    told_in_words(world)
    worker = page(world, "worker", f"/stories/{SLUG}/")
    assert "data-swimlane" not in worker
    assert "Nothing to draw yet" in worker
    assert "Add the first agency, then what happened there." in worker


def test_with_an_agency_there_the_first_contact_is_next(world: World) -> None:
    told_in_words(world, Agency(ref="a", name="Night shelter", sector="housing"))
    assert "Add the first contact: when it was, with which agency" in page(
        world, "worker", f"/stories/{SLUG}/"
    )
    analyst = page(world, "analyst", f"/stories/{SLUG}/")
    assert "The picture comes with the first contact." in analyst
    assert "Add the first" not in analyst


def test_readers_get_the_words_and_no_empty_picture(world: World) -> None:
    told_in_words(world)
    until = dt.date(2027, 11, 22)
    sha256 = send_for_review(world.ctx, world.actor("worker"), SLUG).sha256
    review = page(world, "reviewer", f"/stories/{SLUG}/review/")
    give_consent(
        world.ctx,
        world.actor("expert"),
        SLUG,
        person="P1",
        sha256=sha256,
        channels=["team", "web"],
        until=until,
    )
    sign_off(world.ctx, world.actor("reviewer"), SLUG, sha256=sha256)
    publish_edition(world.ctx, world.actor("worker"), SLUG)
    edition = page(world, None, f"/editions/{SLUG}/")
    for seen in (review, edition):
        assert "It was so." in seen
        assert "data-swimlane" not in seen
    assert "A story in words" in edition
