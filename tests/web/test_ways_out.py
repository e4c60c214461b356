"""What must not leave over HTTP: after a withdrawal, through a proxy, in a log."""

from __future__ import annotations

import http.client
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import waitress
from flask import Response
from sqlalchemy.exc import SQLAlchemyError

from storybook import app as serving
from storybook.services.stopping.withdraw import withdraw
from storybook.services.stories.edit import change_story
from storybook.settings import Settings
from storybook.store.engine import Store
from tests.stopping import stop_server
from tests.web.conftest import SLUG, World, add_demo_accounts

PAGE = f"/editions/{SLUG}/"
TITLE = "Ann’s way home"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", [PAGE, f"{PAGE}1/"])
@pytest.mark.parametrize("fragment", [False, True])
def test_a_page_somebody_has_kept_is_never_called_still_good(
    world: World, method: str, address: str, fragment: bool
) -> None:
    world.to_published()
    client, asking = world.client(), {"HX-Request": "true"} if fragment else {}
    first = client.get(address, headers={**asking, "Accept-Encoding": "gzip"})
    kept = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert first.status_code == 200
    withdraw(world.ctx, world.actor("expert"), SLUG, "P1")
    answer = client.open(address, method=method, headers={**asking, **kept, "Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.headers.get("ETag")) == (410, None)
    assert TITLE.encode() not in answer.data


def test_an_older_number_points_to_the_newer_edition_and_tells_nothing_of_it(world: World) -> None:
    world.to_published()
    change_story(world.ctx, world.actor("worker"), SLUG, 1, title="Another title")
    world.to_published()
    answer = world.client().get(f"{PAGE}1/")
    assert answer.status_code == 410
    assert "There is a newer edition" in answer.text
    assert f'href="{PAGE}"' in answer.text
    assert TITLE not in answer.text
    assert "Another title" not in answer.text


def test_once_all_are_withdrawn_no_number_points_anywhere(world: World) -> None:
    world.to_published()
    change_story(world.ctx, world.actor("worker"), SLUG, 1, title="Another title")
    world.to_published()
    withdraw(world.ctx, world.actor("expert"), SLUG, "P1")
    for number in (1, 2):
        answer = world.client().get(f"{PAGE}{number}/")
        assert answer.status_code == 410
        assert "newer" not in answer.text
        assert PAGE not in answer.text


@pytest.mark.parametrize(
    "name",
    ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Server", "Forwarded", "Via", "X-Real-IP", "CF-Connecting-IP",
     "True-Client-IP", "X-Client-IP"],
)  # fmt: skip
def test_the_demo_is_not_offered_through_a_proxy(make_world: Callable[..., World], name: str) -> None:
    world = make_world(demo=True)
    add_demo_accounts(world.ctx)
    client = world.client()
    assert "/sign-in/demo/worker" in client.get("/sign-in/").text
    assert "/sign-in/demo/" not in client.get("/sign-in/", headers={name: "203.0.113.9"}).text


@pytest.fixture
def served(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[World, int]]:
    """The demo behind the real server, as ``serve`` starts it."""
    world = make_world(demo=True)
    add_demo_accounts(world.ctx)
    ports: list[int] = []
    running: list[tuple[Any, threading.Thread]] = []

    def start(app: Any, **how: Any) -> None:
        server = waitress.create_server(app, **how)
        thread = threading.Thread(target=server.run, daemon=True)
        running.append((server, thread))
        ports.append(server.effective_port)
        thread.start()

    monkeypatch.setattr(waitress, "serve", start)
    monkeypatch.setattr(serving, "create_app", lambda *_, **__: world.app)
    serving.serve(Settings(port=0, threads=4), demo=True, ctx=world.ctx)
    yield world, ports[0]
    stop_server(*running[0])


def _ask(port: int, address: str, **headers: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(
        "GET", address, headers={name.replace("_", "-"): said for name, said in headers.items()}
    )
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def test_the_server_lets_the_site_see_that_a_request_came_through_a_proxy(served: tuple[World, int]) -> None:
    _, port = served
    assert "/sign-in/demo/worker" in _ask(port, "/sign-in/")
    assert "/sign-in/demo/" not in _ask(port, "/sign-in/", X_Forwarded_For="203.0.113.9")
    assert "/sign-in/demo/" not in _ask(port, "/sign-in/", Forwarded="for=203.0.113.9")
    assert "/sign-in/demo/" not in _ask(port, "/sign-in/", Host="stories.example")


def test_behind_proxies_of_ours_there_is_no_demo(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, proxies=1)
    ctx = serving.open_services(settings)
    assert serving.create_app(settings, demo=True, ctx=ctx).config["STORYBOOK_DEMO"] is False
    assert serving.create_app(Settings(home=tmp_path), demo=True, ctx=ctx).config["STORYBOOK_DEMO"] is True
    ctx.close()


def test_a_fault_after_the_view_has_answered_is_logged_without_its_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_response: Response) -> Response:
        raise ValueError("Ann slept at the shelter")

    world.app.after_request_funcs.setdefault(None, []).append(broken)
    with caplog.at_level(logging.DEBUG):
        answer = world.client().get(f"{PAGE}?q=Ann")
    assert answer.status_code == 500
    assert "ValueError" in caplog.text
    for words in ("slept", PAGE, "?q="):
        assert words not in caplog.text


def test_the_server_s_own_log_names_the_error_and_nothing_it_said(
    served: tuple[World, int], caplog: pytest.LogCaptureFixture
) -> None:
    world, port = served

    def broken(_environ: Any, _start: Any) -> Any:
        raise KeyError("Ann slept at the shelter")

    world.app.wsgi_app = broken  # type: ignore[method-assign]  # a fault outside the site
    with caplog.at_level(logging.DEBUG):
        assert "Internal Server Error" in _ask(port, PAGE)
    assert 'a request failed: {"error": "KeyError"' in caplog.text
    for words in ("slept", PAGE):
        assert words not in caplog.text


def test_what_a_database_says_of_an_error_holds_no_values(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    with pytest.raises(SQLAlchemyError) as told, store.write() as session:
        session.execute(sa.text("INSERT INTO nowhere VALUES (:words)"), {"words": "Ann slept at the shelter"})
    assert "slept" not in str(told.value)
    store.close()
