"""Every address, asked as everybody, against the access table."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from storybook.services.accounts import share_story
from storybook.services.context import Actor
from storybook.services.permissions import Action, StoryRole, may
from storybook.services.stories.get_story import get_story
from storybook.settings import CLONE
from storybook.web.access import ACCESS, Who, as_document, init_access
from tests.web.conftest import ROLES, SLUG, World

ASKERS = (None, *ROLES)


@pytest.fixture
def site(make_world: Callable[..., World]) -> World:
    made = make_world()
    made.app.config["WTF_CSRF_ENABLED"] = False
    share_story(made.ctx, Actor.operator(), SLUG, "analyst@test.example", StoryRole.ANALYST)
    return made


def addresses(world: World) -> list[tuple[str, str, str]]:
    """(endpoint, method, address) for every rule of the app, with values that exist."""
    part = world.story.contacts[0]
    values: dict[str, Any] = {
        "slug": SLUG,
        "kind": "contact",
        "part_id": part.id,
        "person": "P1",
        "other": part.id,
        "suggestion": part.id,
        "ending": "csv",
        "number": 1,
        "format": "csv",
        "name": "nothing-here",
        "sent_id": part.id,
        "job_id": part.id,
        "role": "worker",
        "width": "wide",
        "part": "start",
        "at": 0,
        "filename": "css/site.css",
    }
    found = []
    with world.app.test_request_context():
        for rule in world.app.url_map.iter_rules():
            address = world.app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
            methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            found += [(rule.endpoint, method, address) for method in sorted(methods)]
    return sorted(set(found), key=lambda one: (one[0] == "security.logout", one))


def expected(world: World, asker: str | None, endpoint: str) -> str:
    """What the table says: "in", "sign in", "no" or "nothing here"."""
    row = ACCESS[endpoint]
    if row.who is Who.ANYONE:
        return "in"
    if row.who is Who.DEMO_HERE:
        return "nothing here"
    if asker is None:
        return "sign in"
    if row.action is None:
        return "in"
    return "in" if _allowed(world, asker, row.who, row.action) else "no"


def _allowed(world: World, asker: str, who: Who, action: Action) -> bool:
    actor = world.actor(asker)
    if who is Who.SITE:
        return bool(may(actor, action))
    if asker == "outsider":
        return False
    decision = get_story(world.ctx, actor, SLUG).can(action, "P1")
    return decision.allowed or decision.not_now


def answered(response: Any, endpoint: str) -> str:
    if response.status_code == 303 and "/sign-in/" in response.location:
        return "sign in"
    if response.status_code == 403:
        return "no"
    return "nothing here" if response.status_code == 404 and ACCESS[endpoint].who is Who.DEMO_HERE else "in"


@pytest.mark.parametrize("asker", ASKERS)
def test_every_address_answers_as_the_table_says(site: World, asker: str | None) -> None:
    wrong, asked = [], 0
    client = site.client(asker)
    for endpoint, method, address in addresses(site):
        if endpoint == "security.login" and method == "POST":
            continue  # asked by signing in
        if (
            endpoint in ("review.withdraw", "stopping.stop_for", "stopping.stop_mine")
            and expected(site, asker, endpoint) == "in"
        ):
            continue  # it says yes or no elsewhere; here it would change the story for the rest
        response = client.open(address, method=method)
        want, got = expected(site, asker, endpoint), answered(response, endpoint)
        asked += 1
        if want != got:
            wrong.append((endpoint, method, want, got, response.status_code))
        assert response.status_code < 500, (endpoint, method, response.status_code)
        response.close()
    assert wrong == []
    assert asked >= len(ACCESS)


def test_an_outsider_cannot_tell_a_story_that_exists_from_one_that_does_not(site: World) -> None:
    client = site.client("outsider")
    there, not_there = client.get(f"/stories/{SLUG}/"), client.get("/stories/nobody-wrote-this/")
    assert there.status_code == not_there.status_code == 403
    # The form's token is made anew each second, for any page alike.
    without_token = [
        re.sub(r'(name="csrf_token" value=|"X-CSRFToken": )"[^"]+"', r"\1", page.text)
        for page in (there, not_there)
    ]
    assert without_token[0] == without_token[1]


def test_an_app_with_an_endpoint_that_has_no_row_refuses_to_start(site: World) -> None:
    app = Flask("extra")
    app.add_url_rule("/secret", "secret", lambda: "secret")
    with pytest.raises(RuntimeError, match="secret"):
        init_access(app)


def test_an_app_without_an_endpoint_of_the_table_refuses_to_start() -> None:
    with pytest.raises(RuntimeError, match=r"stories\.index"):
        init_access(Flask("bare"))


def test_the_document_is_the_table() -> None:
    assert (CLONE / "docs" / "access.md").read_text("utf-8") == as_document()


def test_every_state_changing_view_takes_posts_only(site: World) -> None:
    both = {
        "stories.change",
        "stories.add_part",
        "stories.change_part",
        "stories.remove_part",
        "stories.add_number",
        "stories.match_agencies",
        "stories.bring_in",
        "review.consent",
        "review.answer",
        "stopping.card",
        "stopping.lost_card",
        "people.taking_part",
        "people.take_out",
        "rehearsal.part",
        "rehearsal.search",
        "rehearsal.end",
        "loading.files",
        "loading.columns",
        "security.login",
        "account.password",
    }
    posts = {rule.endpoint for rule in site.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    gets = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert posts & gets == both


def test_the_table_lists_what_every_view_module_serves() -> None:
    modules = {path.parent.name for path in (CLONE / "storybook" / "web").glob("*/views.py")}
    assert {name.split(".")[0] for name in ACCESS} - {"static", "health", "security"} == modules
