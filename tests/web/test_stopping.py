"""Stopping without an account, in a browser: a card's code on a phone, and the advocate's page."""

from __future__ import annotations

import datetime as dt
import re

from storybook.services.accounts import add_account
from storybook.services.context import Actor
from storybook.services.permissions import SiteRole
from storybook.services.stopping.cards import make_card
from storybook.web.stopping.views import WRONG_CODES
from tests.web.conftest import SLUG, World, send, token

CONSENT = f"/stories/{SLUG}/people/P1/consent/"
CARD = f"/stories/{SLUG}/people/P1/card/"


def the_code(world: World) -> str:
    return make_card(world.ctx, world.actor("worker"), SLUG, "P1")


def test_anybody_with_the_code_stops_it_and_needs_no_cookie(world: World) -> None:
    world.to_published()
    code = the_code(world)
    phone = world.app.test_client(use_cookies=False)
    assert phone.get("/stop/").status_code == 200
    done = phone.post("/stop/", data={"code": code.lower().replace("-", " ")})
    assert done.status_code == 200
    assert "It is no longer shared" in done.text
    assert world.client().get(f"/editions/{SLUG}/").status_code == 410


def test_no_page_of_a_card_says_whose_story_it_is(world: World) -> None:
    world.to_published()
    code = the_code(world)
    phone = world.client()
    for page in (phone.get("/stop/"), phone.post("/stop/", data={"code": code})):
        assert page.headers["Cache-Control"] == "private, no-store"
        for told in ("Ann", SLUG, "P1"):
            assert not re.search(rf"\b{told}\b", page.text)


def test_a_wrong_code_is_told_beside_its_field_and_never_said_again(world: World) -> None:
    world.to_published()
    answer = world.client().post("/stop/", data={"code": "ABCD-EFGH-JKMN"})
    assert answer.status_code == 422
    assert 'href="#code"' in answer.text
    assert "ABCD" not in answer.text
    assert world.client().get(f"/editions/{SLUG}/").status_code == 200


def test_a_right_code_works_at_once_however_many_wrong_ones_the_same_network_sent(world: World) -> None:
    world.to_published()
    code, phone = the_code(world), world.client()
    for _ in range(WRONG_CODES):
        assert phone.post("/stop/", data={"code": "0"}).status_code == 422
    slowed = phone.post("/stop/", data={"code": "0"})
    assert (slowed.status_code, 'href="#code"' in slowed.text) == (429, True)
    assert phone.post("/stop/", data={"code": code}).status_code == 200
    world.clock.advance(dt.timedelta(minutes=15, seconds=1))
    assert phone.post("/stop/", data={"code": "0"}).status_code == 422


def test_a_person_makes_their_own_card_and_it_is_shown_once(world: World) -> None:
    world.to_review()
    expert = world.client("expert")
    page = expert.post(CARD, data={"csrf_token": token(expert.get(CONSENT).text)})
    assert page.status_code == 200
    (code,) = re.findall(r'sb-card-code__code">([0-9A-Z-]{14})<', page.text)
    card = page.text[page.text.index("sb-card-code") : page.text.index("keep a key")]
    assert "http://localhost/stop/" in card
    for told in ("Ann", SLUG, "P1", "Expert"):
        assert not re.search(rf"\b{told}\b", card)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert world.client().post("/stop/", data={"code": code}).status_code == 200


def test_a_worker_prints_a_card_for_somebody_without_an_account(world: World) -> None:
    world.to_review()
    worker = world.client("worker")
    review = worker.get(f"/stories/{SLUG}/review/").text
    assert "Make a card to stop sharing" in review
    answer = worker.post(CARD, data={"csrf_token": token(review)})
    assert "Give it to the person now, and keep no copy." in answer.text
    assert "Make a card to stop sharing" not in world.client("reviewer").get(f"/stories/{SLUG}/review/").text


def test_an_advocate_stops_it_with_one_button(world: World) -> None:
    world.to_published()
    add_account(world.ctx, Actor.operator(), "advocate@test.example", roles=[SiteRole.ADVOCATE])
    advocate = world.client("advocate")
    page = advocate.get("/stop/for-someone/").text
    assert "Ann’s way home" in page
    answer = send(advocate, f"/stop/for-someone/{SLUG}/", page="/stop/for-someone/")
    assert (answer.status_code, answer.location) == (303, "/stop/for-someone/")
    assert "No story is shared right now." in advocate.get("/stop/for-someone/").text
    assert world.client().get(f"/editions/{SLUG}/").status_code == 410


def test_the_way_to_stop_stands_at_the_foot_of_every_page(world: World) -> None:
    assert 'href="/stop/"' in world.client().get("/").text
    assert 'href="/stop/"' in world.client().get("/about/").text


def test_what_somebody_said_yes_to_is_stopped_on_a_page_of_their_own(world: World) -> None:
    world.to_published()
    expert = world.client("expert")
    assert "/stop/mine/" in expert.get("/stories/").text
    assert "/stop/mine/" not in world.client("reviewer").get("/stories/").text
    answer = send(expert, f"/stop/mine/{SLUG}/", page="/stop/mine/")
    assert (answer.status_code, "It is no longer shared" in answer.text) == (200, True)
    assert world.client().get(f"/editions/{SLUG}/").status_code == 410
    assert "Nothing that you said yes to is shared right now." in expert.get("/stop/mine/").text
    assert world.client("reviewer").get("/stop/mine/").status_code == 200


def test_a_person_who_lost_a_card_ends_it_with_a_tick_when_they_make_another(world: World) -> None:
    world.to_published()
    expert, lost = world.client("expert"), the_code(world)
    page = expert.get(CONSENT).text
    kept = expert.post(CARD, data={"csrf_token": token(page)}).text
    assert "Older cards go on working." in kept
    ended = expert.post(CARD, data={"csrf_token": token(page), "older": "end"}).text
    assert "Your older cards don’t work any more." in ended
    assert world.client().post("/stop/", data={"code": lost}).status_code == 422
