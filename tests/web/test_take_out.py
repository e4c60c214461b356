"""Taking words out everywhere, in the browser."""

from __future__ import annotations

from tests.web.conftest import SLUG, World, send

PAGE = f"/stories/{SLUG}/take-out/"


def test_it_says_where_they_stand_before_it_takes_them_out(world: World) -> None:
    world.to_published()
    expert = world.client("expert")
    looked = send(expert, PAGE, words="Night Shelter", step="look")
    assert "places that we can show" in looked.text
    assert world.client().get(f"/editions/{SLUG}/").status_code == 200
    done = send(expert, PAGE, words="Night Shelter", step="do")
    assert "Those words stand nowhere here any more." in done.text
    assert world.client().get(f"/editions/{SLUG}/").status_code == 410
    left = world.client("worker").get(f"/stories/{SLUG}/").text.lower()
    assert ("night shelter" in left, "night-shelter" in left) == (False, False)


def test_no_words_are_no_words(world: World) -> None:
    answer = send(world.client("worker"), PAGE, words=" … ", step="do")
    assert answer.status_code == 422
    assert 'href="#words"' in answer.text
