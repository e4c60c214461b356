"""What the world sees: the list, an edition's page, its tombstone."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from storybook.services.context import Actor
from storybook.services.errors import Gone
from storybook.services.stopping.withdraw import withdraw
from storybook.services.stories.edit import PartKind, change_part
from storybook.services.stories.get_story import get_story
from storybook.swimlane.page import picture_page
from storybook.web.review.page import person_of
from tests.web.conftest import SLUG, World
from tests.web.test_answers import PUBLIC

PAGE = f"/editions/{SLUG}/"


def test_nothing_is_shared_until_it_is(world: World) -> None:
    client = world.client()
    assert "No story is shared right now." in client.get("/").text
    assert client.get(PAGE).status_code == 404


def test_the_list_names_what_is_open_to_the_web(world: World) -> None:
    world.to_published()
    page = world.client().get("/").text
    assert f'href="{PAGE}"' in page
    assert "Ann’s way home" in page
    assert "Fictional." in page
    assert "Shared on 22 November 2026" in page


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}1/"])
def test_an_edition_s_page_says_all_it_has_to(world: World, address: str) -> None:
    world.to_published()
    answer = world.client().get(address)
    assert answer.status_code == 200
    page = answer.text
    assert '<h1 class="govuk-heading-xl">Ann’s way home</h1>' in page
    assert "Nobody in this story is a real person." in page
    assert "<strong>you</strong>" in page
    assert "Ann, in their own words" in page
    assert "It was <em>cold</em>." in page
    assert "month 1" in page
    assert "2 agencies, 2 contacts" in page
    assert re.search(r"<figure[^>]*data-swimlane[^>]*>.*<svg", page, re.DOTALL)
    assert "data-draft" not in page
    assert answer.headers["Cache-Control"] == PUBLIC


def test_nothing_of_the_calendar_is_on_a_page_with_relative_dates(world: World) -> None:
    world.to_published()
    assert re.findall(r"2016|April|\bMay\b|June|August", world.client().get(PAGE).text) == []


def test_the_tombstone_says_nothing_of_the_story_and_is_kept_no_longer_than_the_page(world: World) -> None:
    world.to_published()
    withdraw(world.ctx, world.actor("expert"), SLUG, "P1")
    answer = world.client().get(PAGE)
    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == PUBLIC
    main = re.sub(r"<[^>]+>", "", answer.text[answer.text.index("<main") : answer.text.index("</main>")])
    assert main.split() == ["This", "story", "is", "no", "longer", "shared"]
    assert "Ann" not in answer.text
    assert "shelter" not in answer.text


def test_an_edition_closes_after_its_last_london_day(world: World) -> None:
    world.to_published(until=dt.date(2026, 11, 24))
    world.clock.advance(dt.timedelta(days=2, hours=11, minutes=59))
    assert world.client().get(PAGE).status_code == 200
    world.clock.advance(dt.timedelta(minutes=2))
    assert world.client().get(PAGE).status_code == 410
    assert "Ann’s way home" not in world.client().get("/").text


def test_a_newer_edition_takes_the_older_one_s_place(world: World) -> None:
    world.to_published()
    contact = world.story.contacts[0]
    change_part(
        world.ctx,
        world.actor("worker"),
        SLUG,
        PartKind.CONTACT,
        contact.id,
        1,
        summary="Stayed at the shelter",
    )
    world.to_published()
    client = world.client()
    assert "Stayed at the shelter" in client.get(PAGE).text
    assert client.get(f"{PAGE}1/").status_code == 410
    assert client.get(f"{PAGE}2/").status_code == 200
    assert client.get(f"{PAGE}3/").status_code == 404


def test_about_says_how_to_stop_sharing(world: World) -> None:
    page = world.client().get("/about/").text
    assert 'id="withdraw"' in page
    assert "You don&#39;t have to say why" in page


def test_an_edition_is_laid_out_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out = []

    def counted(*asked: Any) -> Any:
        laid_out.append("once")
        return picture_page(*asked)

    monkeypatch.setattr("storybook.web.pictures.picture_page", counted)
    world.to_published()
    for role in (None, "worker", "worker"):
        world.client(role).get(PAGE)
    assert laid_out == ["once"]


FIGURE = f"{PAGE}1/figure/wide.json"


def test_the_page_names_where_its_figures_are_and_holds_none(world: World) -> None:
    world.to_published()
    page = world.client().get(PAGE).text
    assert f'data-figures="{PAGE}1/figure/WIDTH.json"' in page
    assert "data-swimlane-figure" not in page
    answer = world.client().get(FIGURE)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Cache-Control"] == PUBLIC
    assert {"data", "layout"} <= answer.json.keys()
    assert world.client().get(FIGURE.replace("wide", "narrow")).data != answer.data
    for width in ("WIDTH", "huge"):
        assert world.client().get(FIGURE.replace("wide", width)).status_code == 404


def test_a_figure_is_gone_with_its_edition(world: World) -> None:
    assert world.client().get(FIGURE).status_code == 404
    world.to_published()
    first = world.client().get(FIGURE)
    withdraw(world.ctx, world.actor("expert"), SLUG, "P1")
    answer = world.client().get(FIGURE, headers={"If-None-Match": first.headers["ETag"]})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (410, PUBLIC)
    assert b"shelter" not in answer.data


def test_a_view_without_content_is_gone_all_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from storybook.services.editions.shown import open_edition

    world.to_published()
    view = replace(open_edition(world.ctx, SLUG), edition=None)
    monkeypatch.setattr("storybook.web.editions.kept.open_edition", lambda *_, **__: view)
    assert world.client().get(PAGE).status_code == 410
    assert Gone("withdrawn").state == "withdrawn"


def test_a_person_is_found_by_ref_alone(world: World) -> None:
    from storybook.services.errors import NotFound

    view = get_story(world.ctx, Actor.operator(), SLUG)
    assert person_of(view, "P1").name == "Ann"
    with pytest.raises(NotFound):
        person_of(view, "P2")
