"""The whole program with its demo, served on this machine, and people signed in to it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import waitress
from flask import Flask
from jinja2 import BytecodeCache
from playwright.sync_api import Browser, BrowserContext, Page

from storybook.app import create_app
from storybook.services.context import Context
from storybook.services.seed_demo import seed_demo
from storybook.settings import CLONE, Settings
from tests.conftest import shared_folder
from tests.stopping import stop_server

WAIT_SECONDS = 180


@dataclass
class Site:
    """A running site: where it answers, and the services beneath it."""

    address: str
    ctx: Context
    app: Flask
    states: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demo in it, made once for a whole run, however many processes it has."""
    shared = shared_folder(tmp_path_factory)
    home, done = shared / "demo-home", shared / "demo-home.done"
    try:
        home.mkdir()
    except FileExistsError:
        _wait_for(done)
        return home
    ctx = Context.open(home, assets=CLONE / "static")
    seed_demo(ctx, CLONE / "stories")
    ctx.close()
    done.touch()
    return home


def _wait_for(done: Path) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not done.exists():
        assert time.monotonic() < end, "the demo was never finished"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def serve_home(
    tmp_path_factory: pytest.TempPathFactory, compiled: BytecodeCache
) -> Iterator[Callable[[Path], Site]]:
    """Serves a copy of a home for as long as the tests run, so that no test changes another's."""
    running: list[tuple[Any, threading.Thread, Context]] = []

    def serve(home: Path) -> Site:
        copy = Path(shutil.copytree(home, tmp_path_factory.mktemp("served") / "home"))
        ctx = Context.open(copy, assets=CLONE / "static")
        app = create_app(Settings(home=copy), demo=True, ctx=ctx)
        app.jinja_env.bytecode_cache = compiled
        server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread, ctx))
        return Site(f"http://127.0.0.1:{server.effective_port}", ctx, app)

    yield serve
    for server, thread, ctx in running:
        stop_server(server, thread)
        ctx.close()


@pytest.fixture(scope="session")
def site(serve_home: Callable[[Path], Site], demo_home: Path) -> Site:
    """The demo, for tests that only look."""
    return serve_home(demo_home)


@pytest.fixture
def own_site(serve_home: Callable[[Path], Site], demo_home: Path) -> Site:
    """The demo, for one test that changes something."""
    return serve_home(demo_home)


OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(browser: Browser) -> Iterator[OpenAs]:
    """``open_as(site, role, **context options)``: a page in a browser where that role is signed in (None: nobody)."""
    contexts: list[BrowserContext] = []

    def opened(at: Site, role: str | None = None, **options: Any) -> Page:
        if role is not None and role not in at.states:
            at.states[role] = _signed_in(browser, at, role)
        context = browser.new_context(base_url=at.address, storage_state=at.states.get(role), **options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def _signed_in(browser: Browser, at: Site, role: str) -> Any:
    context = browser.new_context(base_url=at.address)
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator(f"form[action$='/{role}'] button").click()
    page.wait_for_url("**/stories/")
    state = context.storage_state()
    context.close()
    return state
