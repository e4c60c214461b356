"""Putting a number from linked data into a story, without script; and what is read of it, before and after."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup

from storybook.linked.dataset.mapping import About
from storybook.services.accounts import share_story
from storybook.services.context import Actor
from storybook.services.editions.shown import open_edition
from storybook.services.permissions import StoryRole
from storybook.services.stories.edit import PartKind, change_part, change_story
from storybook.services.stories.get_story import get_story
from storybook.settings import CLONE
from storybook.story.model import Agency, Story
from storybook.web.editions.one_file import OneFile
from tests.integration.linked_rows import loaded
from tests.payloads import PAYLOADS
from tests.web.conftest import SLUG, World, send

PAGE = f"/stories/{SLUG}/number/"
HOME = f"/stories/{SLUG}/"
AGENCIES = ("Night Shelter", "St Mary’s Surgery", '<script>alert("x")</script>')


def stored(world: World) -> Story:
    return get_story(world.ctx, Actor.operator(), SLUG).story


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """A story over rows of three agencies, 30 people each quarter at the shelter."""
    made = make_world()
    rows = [
        (f"p{q}{n}", f"2016-{q * 3 + 1:02}-05", name, "stay", "W1", "homelessness" if n % 2 else "")
        for q in range(4)
        for name in AGENCIES
        for n in range(30)
    ]
    loaded(made.ctx.home, rows, About(sectors={AGENCIES[0]: "housing"}), name="city")
    story = stored(made)
    own = {name: getattr(story, name) for name in ("title", "introduction", "fictional", "date_policy")}
    change_story(
        made.ctx, Actor.operator(), SLUG, story.version, **own, slug=SLUG, language="en-GB", dataset="city"
    )
    share_story(made.ctx, Actor.operator(), SLUG, "analyst@test.example", StoryRole.ANALYST)
    return made


def question(world: World, role: str = "worker", **chosen: str) -> Any:
    """What the page says to a sentence of choices."""
    return world.client(role).get(PAGE, query_string={"of": "people", **chosen})


def put(world: World, role: str = "worker", **fields: str) -> Any:
    asked = {"question": "how many people, according to city", **fields}
    return send(world.client(role), PAGE, page=f"{PAGE}?of=people", **asked)


def episode_of(world: World) -> str:
    return str(stored(world).episodes[0].id)


def test_a_number_is_seen_first_as_readers_would_see_it(world: World) -> None:
    page = text_of(question(world, need="homelessness", when="episode", to=f"card:{episode_of(world)}").text)
    assert "About 15 people in a typical three months" in page
    assert "This story does not say when it happened." in page
    assert '{count: how many people with "homelessness" during this episode, according to city}' in page


@pytest.mark.parametrize("role", ["worker", "analyst", "expert"])
def test_it_goes_into_a_sentence_after_words_that_are_there(world: World, role: str) -> None:
    answer = put(world, role, to=f"words:{episode_of(world)}", after="It was *cold*")
    assert (answer.status_code, answer.location) == (303, f"{HOME}#number-list")
    assert stored(world).episodes[0].text == "It was *cold* {count: how many people, according to city}."
    page = world.client("worker").get(HOME).text
    assert '<a href="#count-n1" rel="noopener noreferrer nofollow">about 120 people</a>' in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"to": "words:introduction", "after": "Goodbye"}, "These words are not in the text."),
        ({"to": "words:introduction", "after": "l"}, "These words are in the text more than once."),
        ({"to": "words:introduction"}, "Nobody has said after which words."),
        ({"to": ""}, "Nobody has said where the number goes."),
        ({"to": "lane:surgery"}, "This agency is not matched to one of the data's agencies yet."),
        ({"to": "words:introduction", "after": "Hello", "question": "how many cats"}, "can't be read"),
        (
            {"to": "words:introduction", "after": "Hello", "question": "how many people during this episode"},
            "",
        ),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_written(
    world: World, fields: dict[str, str], said: str
) -> None:
    before = stored(world)
    answer = put(world, **fields)
    if said:
        assert answer.status_code == 422
        assert said in text_of(answer.text)
        assert stored(world) == before
    else:  # under relative dates a question about a time is about a typical one, wherever it stands
        assert answer.status_code == 303


def test_a_card_and_a_lane_and_back_out_again(world: World) -> None:
    to = f"card:{episode_of(world)}"
    assert put(world, to=to).status_code == 303
    assert stored(world).episodes[0].counts == ("how many people, according to city",)
    taken = {"to": to, "question": "how many people, according to city"}
    assert send(world.client("worker"), f"{PAGE}remove/", page=HOME, **taken).status_code == 303
    assert stored(world).episodes[0].counts == ()

    put(world, to="words:introduction", after="Hello")
    assert "{count:" in stored(world).introduction
    taken["to"] = "words:introduction"
    send(world.client("worker"), f"{PAGE}remove/", page=HOME, **taken)
    assert stored(world).introduction == "Hello  **you**."


def test_agencies_are_matched_once_with_the_likeliest_suggested(world: World) -> None:
    page = world.client("analyst").get(f"/stories/{SLUG}/match/").text
    assert re.findall(r'<option value="([^"]+)" selected>', page) == ["Night Shelter"]
    chosen = {"agency-night-shelter": "Night Shelter", "agency-surgery": AGENCIES[1]}
    assert send(world.client("analyst"), f"/stories/{SLUG}/match/", **chosen).status_code == 303
    assert [one.dataset_agency for one in stored(world).agencies] == [AGENCIES[0], AGENCIES[1]]
    wrong = send(world.client("analyst"), f"/stories/{SLUG}/match/", **{"agency-surgery": "The Moon"})
    assert (wrong.status_code, "not an agency of this dataset" in wrong.text) == (422, True)
    put(world, to="lane:surgery", question='how many people with "homelessness", according to city')
    assert stored(world).agencies[1].question == 'how many people with "homelessness", according to city'


def test_a_question_goes_from_the_analyst_s_card_to_a_story(world: World) -> None:
    client = world.client("analyst")
    card = unescape(client.get("/data/city/ask/?of=contacts").text)
    (link,) = re.findall(r'href="(/stories/-/number/[^"]+)"', card)
    (story,) = re.findall(rf'href="({PAGE}[^"]+)"', client.get(link).text)
    assert "About 360 contacts" in text_of(client.get(unescape(story)).text)
    assert "There is no story that you may add a number to." in world.client("outsider").get(link).text


def test_a_story_without_its_data_says_so_on_every_page(world: World) -> None:
    put(world, to="words:introduction", after="Hello")
    shutil.rmtree(world.ctx.data_root)
    assert "nothing can be counted" in world.client("worker").get(PAGE).text
    assert "data of this story are not here" in world.client("worker").get(f"/stories/{SLUG}/match/").text
    assert "A number not counted here" in world.client("worker").get(HOME).text


def test_the_world_s_page_shows_what_was_frozen_and_asks_nothing(world: World) -> None:
    put(world, to="words:introduction", after="Hello")
    put(world, to=f"card:{episode_of(world)}", question="how many contacts, according to city")
    world.to_published()
    shutil.rmtree(world.ctx.data_root)  # nothing is left that could be asked
    page = world.client().get(f"/editions/{SLUG}/").text
    assert '<a href="#count-n1" rel="noopener noreferrer nofollow">about 120 people</a>' in page
    shown = text_of(page)
    assert (
        "Our numbers, from linked data. Ann did not say them. About 360 contacts How many contacts?" in shown
    )
    assert "We counted each person once, however many contacts they had." in shown
    assert "How this was worked out" in shown
    edition = open_edition(world.ctx, SLUG).edition
    assert edition is not None
    file = OneFile(CLONE / "templates", CLONE / "static").html(edition)
    assert 'id="count-n1"' in file
    assert "about 120 people" in file


@pytest.mark.parametrize("payload", [AGENCIES[2], *PAYLOADS[:60:12]])
def test_no_question_becomes_markup(world: World, payload: str) -> None:
    line = " ".join(payload.replace("\x00", "").split())[:300]
    agency = stored(world).agencies[0]
    assert isinstance(agency, Agency)
    asked = 'how many people at "' + line.replace('"', '""') + '"'
    change_part(world.ctx, Actor.operator(), SLUG, PartKind.AGENCY, agency.id, agency.version, question=asked)
    part = stored(world).episodes[0]
    change_part(
        world.ctx,
        Actor.operator(),
        SLUG,
        PartKind.EPISODE,
        part.id,
        part.version,
        counts=(asked,),
        text=f"One of {{count: {asked}}}.",
    )
    for address in (HOME, f"{PAGE}?question={asked}", f"/stories/-/number/?question={asked}"):
        page = world.client("worker").get(address).text
        own = world.client("outsider").get("/stories/").text
        assert page.count("<script") <= own.count("<script") + 2
        found = BeautifulSoup(page, "html.parser")
        assert [name for tag in found.find_all(True) for name in tag.attrs if name.startswith("on")] == []
        assert found.find_all(["img", "keygen", "iframe", "object", "embed"]) == []
