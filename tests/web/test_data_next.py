"""What happened next, and before and after: tables of safe words at an address, for analysts."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from storybook.services.accounts import share_story
from storybook.services.context import Actor
from storybook.services.data.pin import match_agencies
from storybook.services.permissions import StoryRole
from storybook.services.stories.edit import PartKind, change_part, change_story
from storybook.services.stories.get_story import get_story
from tests.web.conftest import SLUG, World
from tests.web.test_data import load

#: Sixty people go from the shelter to the surgery within 20 days, forty to the library within 60; then everybody rests.
ROWS = "client,day,service,ward,what\n"
for n in range(60):
    ROWS += (
        f"p{n},2016-03-{n % 20 + 1:02},Shelter,North,stay\np{n},2016-03-{n % 20 + 9:02},Surgery,North,visit\n"
    )
for n in range(40):
    ROWS += (
        f"q{n},2016-03-{n % 20 + 1:02},Shelter,North,stay\nq{n},2016-05-{n % 20 + 1:02},Library,North,visit\n"
    )
ROWS += "z,2015-01-01,Library,North,visit\nz,2018-01-01,Library,North,visit\n"


@pytest.fixture
def filled(world: World) -> World:
    load(world, ROWS, kind="what")
    return world


def table(world: World, address: str) -> list[list[str]]:
    answer = world.client("analyst").get(address)
    assert answer.status_code == 200
    lines = re.findall(r"<tr.*?</tr>", answer.text, re.DOTALL)
    return [
        [
            re.sub(r"<[^>]+>|\s+", " ", cell).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.DOTALL)
        ]
        for line in lines
    ]


def test_whom_people_met_next(filled: World) -> None:
    assert table(filled, "/data/trial/next/?agency=Shelter&kind=stay") == [
        ["Next contact", "within 30 days", "within 90 days", "within a year"],
        ["People followed", "100", "100", "100"],
        ["Surgery", "60 (60 in 100)", "60 (60 in 100)", "60 (60 in 100)"],
        ["Library", "under 10", "40 (40 in 100)", "40 (40 in 100)"],
        ["No contact with anybody", "40 (40 in 100)", "under 10", "under 10"],
    ]  # fmt: skip


def test_two_steps_are_asked_in_their_order(filled: World) -> None:
    found = table(filled, "/data/trial/next/?agency=Surgery&earlier_agency=Shelter")
    assert found[1] == ["People followed", "60", "60", "60"]
    none = table(filled, "/data/trial/next/?agency=Shelter&earlier_agency=Surgery")
    assert none[1] == ["People followed", "under 10", "under 10", "under 10"]


def test_before_and_after(filled: World) -> None:
    found = table(filled, "/data/trial/before-and-after/?at=agency:Shelter&kind=stay&days=90&by=agency")
    lines = {line[0]: line[1:] for line in found}
    assert lines["Surgery"] == ["under 10", "60", "hidden", "2.4"]
    assert lines["Library"] == ["under 10", "40", "hidden", "1.6"]
    assert "All together" in lines


def test_the_notes_say_that_this_is_about_others(filled: World) -> None:
    page = filled.client("analyst").get("/data/trial/next/?agency=Shelter").text
    assert "It says nothing about what will happen to anybody." in page
    page = filled.client("analyst").get("/data/trial/before-and-after/?at=agency:Shelter").text
    assert "What came after need not have come because of it." in page
    assert "Followed on both sides: about 100 people." in page


def test_before_anything_is_chosen_the_page_says_what_to_do(filled: World) -> None:
    for address in ("next", "before-and-after"):
        answer = filled.client("analyst").get(f"/data/trial/{address}/")
        assert answer.status_code == 200
        assert "and the answer appears here." in answer.text
        assert "<table" not in answer.text


@pytest.mark.parametrize(
    ("address", "said", "beside"),
    [
        ("next/?agency=Nowhere", "&#34;Nowhere&#34; is not an agency of this dataset. Choose", "agency"),
        ("next/?agency=Shelter&earlier_agency=Nowhere", "Choose one from the list.", "earlier_agency"),
        ("next/?agency=Shelter&kind=dance", "&#34;dance&#34; is not a kind of contact in this dataset.", "kind"),
        ("before-and-after/?at=agency:Nowhere", "&#34;Nowhere&#34; is not in this dataset.", "at"),
        ("before-and-after/?at=agency:Shelter&days=7", "Use one of: 90, 182, 365.", "days"),
        ("before-and-after/?at=agency:Shelter&days=many", "Use one of: 90, 182, 365.", "days"),
    ],
)  # fmt: skip
def test_what_is_not_in_the_data_is_told(filled: World, address: str, said: str, beside: str) -> None:
    answer = filled.client("analyst").get(f"/data/trial/{address}")
    assert answer.status_code == 422
    assert said in answer.text
    assert f'href="#{beside}"' in answer.text


def test_only_analysts_come_here(filled: World) -> None:
    for address in ("next", "before-and-after"):
        assert filled.client("worker").get(f"/data/trial/{address}/").status_code == 403


def test_no_page_of_a_story_leads_here(filled: World) -> None:
    filled.to_published()
    for address in ("/stories/ann/", "/editions/ann/"):
        page = filled.client("worker").get(address, follow_redirects=True).text
        assert "/next/" not in page
        assert "/before-and-after/" not in page


def test_an_analyst_finds_the_question_at_a_contact_of_a_story_they_work_on(filled: World) -> None:
    """A way to the analyst's own pages; no number of others stands beside the story."""
    _match(filled)

    first, second = links = _links(filled)
    assert links == [
        "/data/trial/next/?agency=Shelter",
        "/data/trial/next/?agency=Surgery&earlier_agency=Shelter",
    ]
    assert table(filled, first)[1] == table(filled, "/data/trial/next/?agency=Shelter")[1]
    assert table(filled, second) == table(filled, "/data/trial/next/?agency=Surgery&earlier_agency=Shelter")


def test_what_the_person_keeps_to_themselves_is_no_step(filled: World) -> None:
    _match(filled)
    kept = get_story(filled.ctx, Actor.operator(), SLUG).story.contacts[0]
    change_part(filled.ctx, Actor.operator(), SLUG, PartKind.CONTACT, kept.id, kept.version, not_telling=True)

    assert _links(filled) == ["/data/trial/next/?agency=Surgery"]


def _links(world: World) -> list[str]:
    page = BeautifulSoup(world.client("analyst").get("/stories/ann/").text, "html.parser")
    return [str(link["href"]) for link in page.select("#contact-list a[href*='/next/']")]


@pytest.mark.parametrize("role", ["worker", "expert", "reviewer"])
def test_nobody_else_finds_it_there(filled: World, role: str) -> None:
    _match(filled)

    assert "/next/" not in filled.client(role).get("/stories/ann/").text


def _match(world: World) -> None:
    """The story stands beside the data, and its agencies are those of the data."""
    boss, story = Actor.operator(), get_story(world.ctx, Actor.operator(), SLUG).story
    own = {name: getattr(story, name) for name in ("title", "introduction", "fictional", "date_policy")}
    change_story(world.ctx, boss, SLUG, story.version, **own, slug=SLUG, language="en-GB", dataset="trial")
    match_agencies(world.ctx, boss, SLUG, {"night-shelter": "Shelter", "surgery": "Surgery"})
    share_story(world.ctx, boss, SLUG, "analyst@test.example", StoryRole.ANALYST)
