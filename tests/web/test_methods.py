"""Every address asked in ways that no page asks: other methods, without a form's token, with another story's parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from storybook.services.accounts import share_story
from storybook.services.context import Actor
from storybook.services.permissions import StoryRole
from storybook.services.stories.get_story import get_story
from storybook.services.stories.save_story import save_story
from storybook.store.tables import metadata
from storybook.story.model import Story
from tests.web.conftest import ROLES, SLUG, World, ann
from tests.web.test_access import addresses

OTHER = "bo"


@pytest.fixture
def site(make_world: Callable[..., World]) -> World:
    """The story that everybody knows, and another that only somebody else may see, with parts of the same kinds."""
    made = make_world()
    share_story(made.ctx, Actor.operator(), SLUG, "analyst@test.example", StoryRole.ANALYST)
    save_story(made.ctx, made.actor("outsider"), _other())
    return made


def _other() -> Story:
    story = ann()
    kinds = ("people", "agencies", "contacts", "gaps", "episodes", "tracks")
    parts = {
        kind: tuple(part.model_copy(update={"id": uuid4()}) for part in getattr(story, kind))
        for kind in kinds
    }
    return story.model_copy(update={"id": uuid4(), "slug": OTHER, "title": "Bo’s way", **parts})


def everything(world: World) -> dict[str, Any]:
    with world.ctx.read() as session:
        return {table.name: session.execute(sa.select(table)).all() for table in metadata.sorted_tables}


def test_a_head_is_no_post(site: World) -> None:
    client, before = site.client("worker"), everything(site)
    missing = f"/stories/{SLUG}/contact/{uuid4()}/"
    for address, status in (("/stop/", 200), ("/stories/-/bring-in/", 200), (missing, 404)):
        answer = client.head(address, data={"code": "wrong", "kept": "YQ", "name": "x.csv"})
        assert (answer.status_code, answer.data) == (status, b"")
    assert everything(site) == before


@pytest.mark.exam
@pytest.mark.parametrize("asker", [None, *ROLES])
def test_a_head_is_answered_as_its_get_and_other_methods_do_nothing(site: World, asker: str | None) -> None:
    client, before = site.client(asker), everything(site)
    asked = {address: endpoint for endpoint, _, address in addresses(site) if endpoint != "security.logout"}
    for address, endpoint in asked.items():
        get, head = client.get(address), client.head(address)
        assert (endpoint, head.status_code, head.data) == (endpoint, get.status_code, b"")
        get.close()
        head.close()
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "BREW"):
            answer = client.open(address, method=method)
            assert answer.status_code == 405, (endpoint, method)
        options = client.options(address)
        assert (options.status_code < 500, "Slept at the shelter" in options.text) == (True, False), endpoint
    after = everything(site)
    assert {line.action for line in after["audit"][len(before["audit"]) :]} <= {"export story"}
    assert after | {"audit": before["audit"]} == before


def test_no_post_is_heeded_without_its_form_s_token(site: World) -> None:
    client, before = site.client("worker"), everything(site)
    posts = [(endpoint, address) for endpoint, method, address in addresses(site) if method == "POST"]
    posts = [one for one in posts if one[0] != "stopping.card"]  # its code is the secret
    assert len(posts) > 40
    for endpoint, address in posts:
        for data in ({}, {"csrf_token": "made-up"}):
            answer = client.post(address, data=data)
            assert answer.status_code in (400, 403, 404), (endpoint, answer.status_code)
    assert everything(site) == before


KINDS = {
    "person": "people",
    "agency": "agencies",
    "contact": "contacts",
    "gap": "gaps",
    "episode": "episodes",
    "track": "tracks",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_of_another_story_is_not_found_under_one_s_own(site: World, kind: str) -> None:
    site.app.config["WTF_CSRF_ENABLED"] = False
    client, before = site.client("worker"), everything(site)
    theirs = getattr(get_story(site.ctx, site.actor("outsider"), OTHER).story, KINDS[kind])[0]
    address = f"/stories/{SLUG}/{kind}/{theirs.id}/"
    fields = {"version": "1", "title": "Taken", "name": "Taken", "summary": "Taken", "date": "2016"}
    answers = [
        client.get(address),
        client.get(f"{address}remove/"),
        client.post(address, data=fields),  # as for one that somebody took away meanwhile
        client.post(f"{address}remove/", data=fields),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 409, 404]
    assert not any("Bo" in answer.text for answer in answers)
    assert everything(site) == before


@pytest.mark.exam
def test_nothing_of_another_s_story_answers_differently_from_one_that_is_not_there(site: World) -> None:
    site.app.config["WTF_CSRF_ENABLED"] = False
    client, wrong = site.client("worker"), []
    for endpoint, method, address in addresses(site):
        if f"/stories/{SLUG}/" not in address:
            continue
        theirs, nobodys = (
            client.open(address.replace(f"/{SLUG}/", f"/{slug}/", 1), method=method)
            for slug in (OTHER, "none")
        )
        if (theirs.status_code, nobodys.status_code) != (403, 403) or _plain(theirs.text) != _plain(
            nobodys.text
        ):
            wrong.append((endpoint, method, theirs.status_code, nobodys.status_code))
    assert wrong == []


def _plain(page: str) -> str:
    """A page without what is made anew for each request, and without its own address."""
    page = re.sub(r'(name="csrf_token" value=|"X-CSRFToken": )"[^"]+"', r"\1", page)
    return page.replace(f"/stories/{OTHER}/", "/stories/none/")
