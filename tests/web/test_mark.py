"""A number's mark beside an episode's words: to be put in at the cursor, or copied by hand without script."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from storybook.services.accounts import share_story
from storybook.services.context import Actor
from storybook.services.permissions import StoryRole
from storybook.services.stories.edit import change_story
from storybook.services.stories.get_story import get_story
from storybook.story.model import Story
from tests.integration.linked_rows import loaded
from tests.web.conftest import SLUG, World, send

QUESTION = "how many people, according to city"


@pytest.fixture
def story(world: World) -> Story:
    """A story over rows of thirty people, which an analyst may link numbers to."""
    loaded(world.ctx.home, [(f"p{n}", "2016-01-05", "Shelter", "", "W", "") for n in range(30)], name="city")
    boss, story = Actor.operator(), get_story(world.ctx, Actor.operator(), SLUG).story
    own = {name: getattr(story, name) for name in ("title", "introduction", "fictional", "date_policy")}
    change_story(world.ctx, boss, SLUG, story.version, **own, slug=SLUG, language="en-GB", dataset="city")
    share_story(world.ctx, boss, SLUG, "analyst@test.example", StoryRole.ANALYST)
    return get_story(world.ctx, boss, SLUG).story


def form_of(story: Story, question: str = "") -> tuple[str, dict[str, str]]:
    return f"/stories/{SLUG}/episode/{story.episodes[0].id}/", {"number": question}


def mark(world: World, story: Story, question: str) -> str:
    address, query = form_of(story, question)
    page = BeautifulSoup(world.client("worker").get(address, query_string=query).text, "html.parser")
    return " ".join(code.get_text() for code in page.select(".sb-mark code"))


def test_the_words_are_opened_with_the_mark_beside_them(world: World, story: Story) -> None:
    assert mark(world, story, QUESTION) == "{count: how many people, according to city}"


@pytest.mark.parametrize("question", ["", "how many elephants", "<script>alert(1)</script>"])
def test_what_is_no_question_has_no_mark(world: World, story: Story, question: str) -> None:
    assert mark(world, story, question) == ""


def test_the_page_of_a_number_leads_there_for_those_who_may_change_the_words(
    world: World, story: Story
) -> None:
    address, _ = form_of(story)
    asked = {"question": QUESTION, "to": f"words:{story.episodes[0].id}"}
    for role, leads in (("worker", True), ("analyst", False)):
        page = world.client(role).get(f"/stories/{SLUG}/number/", query_string=asked).text
        assert (f'href="{address}?number=' in page) is leads
    asked["to"] = "words:introduction"
    assert address not in world.client("worker").get(f"/stories/{SLUG}/number/", query_string=asked).text


def test_what_was_put_in_is_saved_as_any_words_are(world: World, story: Story) -> None:
    address, _ = form_of(story)
    text = f"It was cold for {{count: {QUESTION}}}."
    fields = {"title": "The cold spring", "voice": "P1", "text": text, "date": "2016-04", "position": "0"}
    send(world.client("worker"), address, page=address, version="1", **fields)

    assert get_story(world.ctx, Actor.operator(), SLUG).story.episodes[0].text == text
    assert "about 30 people" in world.client("worker").get(f"/stories/{SLUG}/").text
