"""A small site to knock at: one fictional story, five accounts, a clock that stands still."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MethodType
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from werkzeug.routing import Rule

from storybook.services.accounts import DEMO_ACCOUNTS, add_account, find_account, hash_password, share_story
from storybook.services.consent.agree import give_consent, sign_off
from storybook.services.context import Actor, Context
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.permissions import SiteRole, StoryRole
from storybook.services.review.candidate import send_for_review
from storybook.services.stories.get_story import get_story
from storybook.services.stories.save_story import save_story
from storybook.settings import CLONE
from storybook.story.clock import FixedClock
from storybook.story.model import Agency, Contact, Episode, Gap, Person, Point, Story, Track, TrackKind
from storybook.web.factory import SiteOptions, create_site
from tests.counting import counted_once, each_step_once

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
PASSWORD = "correct horse battery staple"
_HASH = hash_password(PASSWORD)
ROLES = ("worker", "expert", "reviewer", "analyst", "outsider")
SLUG = "ann"
#: What Werkzeug knows of an address when it has taken it apart, and the programs that put one together.
TAKEN_APART, PROGRAMS = ("_parts", "_trace", "_converters"), ("_build", "_build_unknown")


def ann() -> Story:
    """A story with one part of every kind."""
    return Story(
        slug=SLUG,
        title="Ann’s way home",
        fictional=True,
        introduction="Hello **you**.",
        people=(Person(ref="P1", name="Ann", age_band="30 to 39"),),
        agencies=(
            Agency(ref="night-shelter", name="Night shelter", sector="housing"),
            Agency(ref="surgery", name="Surgery", sector="health"),
        ),
        contacts=(
            Contact(date="2016-04", agency="night-shelter", people=("P1",), summary="Slept at the shelter"),
            Contact(
                date="2016-05-03",
                agency="surgery",
                people=("P1",),
                summary="Saw a doctor",
                handoff_to="night-shelter",
            ),
        ),
        gaps=(Gap(date="2016-06", end="2016-08", kind="waiting", agency="surgery"),),
        episodes=(
            Episode(position=0, title="The cold spring", voice="P1", text="It was *cold*.", date="2016-04"),
        ),
        tracks=(
            Track(
                ref="home",
                kind=TrackKind.HOME,
                title="Home",
                points=(Point(date="2016-04", label="Shelter"),),
            ),
        ),
    )


@each_step_once
@dataclass
class World:
    """The services, the app over them, and who is who."""

    ctx: Context
    app: Flask
    clock: FixedClock
    story: Story
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        found = find_account(self.ctx, f"{role}@test.example")
        assert found is not None
        return found.actor

    def client(self, role: str | None = None) -> FlaskClient:
        """A browser in which somebody with that role is signed in already (or nobody is)."""
        client = self.app.test_client()
        if role is not None:
            with client.session_transaction() as session:
                session["_user_id"] = _uniquifier(self.app, role)
                session["_fresh"] = True
                session["fs_cc"] = "set"
        return client

    def to_review(self) -> str:
        """Sends the story for review; the hash of what is read."""
        return send_for_review(self.ctx, self.actor("worker"), SLUG).sha256

    def to_agreed(self, until: dt.date = dt.date(2027, 11, 22)) -> None:
        sha256 = self.to_review()
        give_consent(
            self.ctx,
            self.actor("expert"),
            SLUG,
            person="P1",
            sha256=sha256,
            channels=["team", "web"],
            until=until,
        )
        sign_off(self.ctx, self.actor("reviewer"), SLUG, sha256=sha256)

    def to_published(self, until: dt.date = dt.date(2027, 11, 22)) -> None:
        self.to_agreed(until)
        publish_edition(self.ctx, self.actor("worker"), SLUG)


def token(page: str) -> str:
    """The form token that a page carries."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]


def send(
    client: FlaskClient,
    address: str,
    *,
    page: str | None = None,
    headers: dict[str, str] | None = None,
    **fields: Any,
) -> Any:
    """Fills in the form of ``page`` (the address itself, unless said) and sends it to ``address``."""
    shown = client.get(page or address)
    return client.post(address, data={"csrf_token": token(shown.text), **fields}, headers=headers)


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the people and the story in it, made once and copied for each test."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    ctx = Context.open(home, clock=FixedClock(NOON))
    _people(ctx)
    _story(ctx)
    ctx.close()
    return home


@pytest.fixture(scope="session")
def as_prepared(prepared_home: Path) -> Story:
    """The story as it is at the beginning of each test."""
    ctx = Context.open(prepared_home, clock=FixedClock(NOON), prepare=False)
    story = get_story(ctx, Actor.operator(), SLUG).story
    ctx.close()
    return story


@pytest.fixture(scope="session")
def routes_once() -> Iterator[None]:
    """Werkzeug takes each of our addresses apart and writes programs for it, for every app: here once a run."""
    take_apart, known = Rule.compile, dict[object, dict[str, Any]]()

    def once(rule: Rule) -> None:
        assert rule.map is not None
        key = (rule.rule, rule.host, rule.subdomain, repr(rule.defaults), rule.map.host_matching)
        if key not in known:
            take_apart(rule)
            known[key] = {name: getattr(rule, name) for name in (*TAKEN_APART, *PROGRAMS, "arguments")}
        for name, value in known[key].items():
            setattr(rule, name, MethodType(value.__func__, rule) if name in PROGRAMS else value)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Rule, "compile", once)
        yield


@pytest.fixture
def make_world(
    tmp_path: Path,
    prepared_home: Path,
    as_prepared: Story,
    compiled: BytecodeCache,
    routes_once: None,
) -> Iterator[Callable[..., World]]:
    opened: list[Context] = []

    def make(*, demo: bool = False, https: bool = False, proxies: int = 0) -> World:
        clock = FixedClock(NOON)
        home = shutil.copytree(prepared_home, tmp_path / f"home{len(opened)}")
        options = SiteOptions(
            CLONE / "templates", CLONE / "static", "secret", "salt", https=https, proxies=proxies, demo=demo
        )
        with counted_once("a site"):
            ctx = Context.open(home, clock=clock, assets=CLONE / "static", prepare=False)
            opened.append(ctx)
            app = create_site(ctx, options)
        app.jinja_env.bytecode_cache = compiled
        return World(ctx, app, clock, as_prepared)

    yield make
    for ctx in opened:
        ctx.close()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world()


def _uniquifier(app: Flask, role: str) -> str:
    """What a session says of an account that is signed in."""
    with app.app_context():
        return str(app.extensions["storybook-accounts"].find_user(email=f"{role}@test.example").fs_uniquifier)


def _people(ctx: Context) -> None:
    for role in ROLES:
        site = SiteRole.WORKER if role == "outsider" else SiteRole(role)
        add_account(
            ctx,
            Actor.operator(),
            f"{role}@test.example",
            name=role.title(),
            roles=[site],
            password_hash=_HASH,
        )


def _story(ctx: Context) -> Story:
    worker = find_account(ctx, "worker@test.example")
    assert worker is not None
    story = save_story(ctx, worker.actor, ann())
    for role, person in (("expert", "P1"), ("reviewer", None)):
        share_story(ctx, Actor.operator(), SLUG, f"{role}@test.example", StoryRole(role), person=person)
    return story


def add_demo_accounts(ctx: Context) -> None:
    for account in DEMO_ACCOUNTS:
        add_account(ctx, Actor.operator(), account.email, name=account.name, roles=account.roles, demo=True)
