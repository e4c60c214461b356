"""A reviewer's rehearsal over the web: read, say who would know, look it up, and what comes of it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from storybook.services.context import Actor
from storybook.services.stories.get_story import get_story
from tests.web.conftest import SLUG, World, token

AT = f"/stories/{SLUG}/rehearsal/"
REVIEW = f"/stories/{SLUG}/review/"


@pytest.fixture
def began(world: World) -> Any:
    """A reviewer's browser in which the rehearsal has begun."""
    world.to_review()
    rae = world.client("reviewer")
    assert post(rae, AT + "begin/", page=AT).status_code == 303
    return rae


def post(client: Any, address: str, *, page: str | None = None, **fields: Any) -> Any:
    """Sends a form with what is hidden in it."""
    shown = client.get(page or address).text
    hidden = dict(re.findall(r'name="(sha256|version)" value="([^"]*)"', shown))
    return client.post(address, data={"csrf_token": token(shown), **hidden, **fields})


def keys(client: Any) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'{AT}parts/([^/"]+)/', client.get(AT).text)))


def ticked(page: str) -> list[str]:
    return re.findall(r'name="who" type="checkbox" value="([^"]+)" checked', page)


def test_the_whole_way_to_nothing_found(world: World, began: Any) -> None:
    assert "Nobody has tried yet" in world.client("worker").get(REVIEW).text
    parts = keys(began)
    for part in parts:
        page = began.get(f"{AT}parts/{part}/").text
        assert ticked(page) == []
        answer = post(began, f"{AT}parts/{part}/", who="nobody", how="")
        assert answer.status_code == 303
    assert answer.location == AT
    assert began.get(AT).text.count("Nobody would know") == len(parts)
    assert post(began, AT + "search/", tried="three words", found="nothing").status_code == 303
    world.clock.advance(dt.timedelta(minutes=9))
    answer = post(began, AT + "end/", outcome="nothing found", note="")
    assert (answer.status_code, answer.location) == (303, REVIEW)
    for role in ("worker", "expert", "reviewer"):
        page = world.client(role).get(REVIEW).text
        assert "A reviewer tried to recognise the people in this version." in page
        assert "after 9 minutes" in page
        assert "three words" not in page


def test_after_a_part_comes_the_next_one_that_was_not_read(world: World, began: Any) -> None:
    first, second, *_ = keys(began)
    answer = post(began, f"{AT}parts/{first}/", who="nobody")
    assert answer.location == f"{AT}parts/{second}/"


def test_a_part_shows_what_readers_would_see_and_whom_to_think_of(world: World, began: Any) -> None:
    page = "".join(began.get(f"{AT}parts/{key}/").text for key in keys(began))
    assert "Hello <strong>you</strong>." in page
    assert "It was <em>cold</em>." in page
    assert "Slept at the shelter" in page
    for viewer in ("A friend or a neighbour", "A relative", "A former partner", "A journalist"):
        assert viewer in page


@pytest.mark.parametrize(
    ("sent", "where", "said"),
    [
        ({}, "who", "We need one answer."),
        ({"who": ["nobody", "friend"]}, "who", "We need one answer."),
        ({"who": "friend", "how": ""}, "how", "Say in a few words what gives it away."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    began: Any, sent: dict[str, Any], where: str, said: str
) -> None:
    answer = post(began, f"{AT}parts/start/", **{"how": "the boat", **sent})
    assert answer.status_code == 422
    assert f'href="#{where}"' in answer.text
    assert said in answer.text
    assert ("the boat" in answer.text) is ("how" not in sent)


def test_a_part_changed_in_another_window_is_not_overwritten_at_once(began: Any) -> None:
    old = began.get(f"{AT}parts/start/").text
    assert post(began, f"{AT}parts/start/", who="friend", how="the boat").status_code == 303
    hidden = dict(re.findall(r'name="(sha256|version)" value="([^"]*)"', old))
    sent = {"csrf_token": token(old), **hidden, "who": "relative", "how": "the dog"}
    answer = began.post(f"{AT}parts/start/", data=sent)
    assert answer.status_code == 422
    assert "changed in another window" in answer.text
    assert "the dog" in answer.text
    again = dict(re.findall(r'name="(sha256|version)" value="([^"]*)"', answer.text))
    assert began.post(f"{AT}parts/start/", data={**sent, **again}).status_code == 303
    assert ticked(began.get(f"{AT}parts/start/").text) == ["relative"]


def test_what_was_tried_is_listed_and_can_be_taken_away(began: Any) -> None:
    post(began, AT + "search/", tried="three words", found="nothing at all")
    assert "nothing at all" in began.get(AT + "search/").text
    assert post(began, AT + "search/0/remove/", page=AT + "search/").status_code == 303
    assert "nothing at all" not in began.get(AT + "search/").text
    assert post(began, AT + "search/", tried="", found="").status_code == 422


def test_it_can_be_sent_back_at_any_time_and_its_writers_read_why(world: World, began: Any) -> None:
    post(began, f"{AT}parts/start/", who="friend", how="only we know the boat")
    answer = post(began, AT + "end/", outcome="sent back", note="Say it <b>kindly</b>, no boat.")
    assert (answer.status_code, answer.location) == (303, f"/stories/{SLUG}/")
    assert get_story(world.ctx, Actor.operator(), SLUG).state == "draft"
    for role in ("worker", "expert"):
        page = world.client(role).get(f"/stories/{SLUG}/").text
        assert "Say it &lt;b&gt;kindly&lt;/b&gt;, no boat." in page
        assert "only we know" not in page
    assert "kindly" not in world.client("reviewer").get(f"/stories/{SLUG}/").text
    assert world.client("reviewer").get(AT).status_code == 409


def test_what_an_earlier_version_told_is_shown_to_look_whether_it_is_gone(world: World, began: Any) -> None:
    post(began, f"{AT}parts/start/", who="friend", how="only we know the boat")
    post(began, AT + "end/", outcome="sent back", note="The boat.")
    world.to_review()
    page = world.client("reviewer").get(AT).text
    assert "Try once more" in page
    assert "only we know the boat" in page


def test_it_ends_with_a_reason_for_what_is_left(began: Any) -> None:
    for part in keys(began):
        post(began, f"{AT}parts/{part}/", who="friend", how="the boat")
    assert post(began, AT + "end/", outcome="nothing found").status_code == 422
    assert post(began, AT + "end/").status_code == 422
    assert post(began, AT + "end/", outcome="something is left", note="They want it.").status_code == 303
    page = began.get(AT).text
    assert "Something is left, and it may stay" in page
    assert "They want it." in page
    assert "Begin first" in began.get(f"{AT}parts/start/").text
    assert "it has ended" in began.get(AT + "end/").text


def test_before_it_has_begun_nothing_can_be_written_down(world: World) -> None:
    world.to_review()
    rae = world.client("reviewer")
    assert "Begin" in rae.get(AT).text
    page = rae.get(f"{AT}parts/start/").text
    assert 'name="who"' not in page
    sent = {"csrf_token": token(rae.get(AT).text), "sha256": "0" * 64, "who": "nobody"}
    assert rae.post(f"{AT}parts/start/", data=sent).status_code == 409


def test_others_do_not_find_it(world: World) -> None:
    world.to_review()
    for role in ("worker", "expert", "analyst", "outsider"):
        assert world.client(role).get(AT).status_code == 403
        assert "Try to recognise them" not in world.client(role).get(REVIEW).text
    assert "Try to recognise them" in world.client("reviewer").get(REVIEW).text
