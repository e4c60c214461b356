"""A worker takes a draft with forty findings to an agreed edition, with the people whose words it needs."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, Page

from storybook.anonymise.consent import COOLING_OFF
from storybook.app import create_app
from storybook.services.accounts import add_account, hash_password, share_story
from storybook.services.context import Actor, Context
from storybook.services.editions import open_edition
from storybook.services.findings import get_findings
from storybook.services.permissions import SiteRole, StoryRole
from storybook.services.save_story import save_story
from storybook.services.taking_part import Said
from storybook.services.worker import Worker
from storybook.settings import CLONE, Settings
from storybook.story.clock import FixedClock
from storybook.story.model import Agency, Contact, Episode, Person, Story
from tests.stopping import stop_server

pytestmark = pytest.mark.exam
SLUG, PASSWORD = "a-way", "correct horse battery staple"
CONSENT = f"/stories/{SLUG}/people/P1/consent/"
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
NAMES = (
    *("Darren", "Kelsey", "Mohammed", "Siobhan", "Gareth", "Tracey"),
    *("Dwayne", "Shirley", "Nigel", "Rukhsana", "Callum", "Bethany"),
)
TOWNS = ("Nuneaton", "Rugby", "Leamington", "Bedworth", "Kenilworth", "Atherstone")


def draft() -> Story:
    """Forty things on which somebody decides, over an introduction, episodes and contacts."""
    people = " ".join(f"{name} Whitlock-{n}ley came by." for n, name in enumerate(NAMES))
    ring = " ".join(f"Ring 024 7683 {3300 + n} today." for n in range(6))
    mail = " ".join(f"Write to someone.{n}@example.org today." for n in range(6))
    towns = " ".join(f"She slept in {town} for a night." for town in TOWNS)
    rest = " ".join(
        [f"On {n + 1} May 2016 a letter came." for n in range(5)]
        + [f"She was aged {30 + n} when it came." for n in range(5)]
    )
    return Story(
        slug=SLUG,
        title="A way",
        introduction=people,
        people=(Person(ref="P1", name="Ann"),),
        agencies=(Agency(ref="shelter", name="Night shelter", sector="housing"),),
        contacts=(
            Contact(date="2016-04", agency="shelter", people=("P1",), summary="Slept there", detail=ring),
            Contact(date="2016-06", agency="shelter", people=("P1",), summary="Came back", own_words=mail),
        ),
        episodes=(
            Episode(position=0, title="One", text=towns, voice="P1"),
            Episode(position=1, title="Two", text=rest, voice="P1"),
        ),
    )


@pytest.fixture
def ctx(tmp_path: Path) -> Iterator[Context]:
    ctx = Context.open(tmp_path / "home", clock=FixedClock(NOON), assets=CLONE / "static")
    boss, code = Actor.operator(), hash_password(PASSWORD)
    for role in ("worker", "expert", "reviewer"):
        add_account(ctx, boss, f"{role}@test.example", name=role, roles=[SiteRole(role)], password_hash=code)
    save_story(ctx, boss, draft(), {"P1": Said(NOON.date())})
    for role, person in ((StoryRole.AUTHOR, None), (StoryRole.EXPERT, "P1"), (StoryRole.REVIEWER, None)):
        who = "worker" if role is StoryRole.AUTHOR else role.value
        share_story(ctx, boss, SLUG, f"{who}@test.example", role, person=person)
    yield ctx
    ctx.close()


@pytest.fixture
def address(ctx: Context, tmp_path: Path) -> Iterator[str]:
    app = create_app(Settings(home=tmp_path / "home"), ctx=ctx)
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    worker = Worker(ctx)
    worker.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    worker.stop()
    stop_server(server, thread)


def signed_in(browser: Browser, address: str, role: str) -> Page:
    page = browser.new_context(base_url=address).new_page()
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(f"{role}@test.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/stories/")
    return page


def test_from_a_draft_with_forty_findings_to_an_agreed_edition(
    ctx: Context, address: str, browser: Browser
) -> None:
    worker = signed_in(browser, address, "worker")
    view = get_findings(ctx, Actor.operator(), SLUG)
    assert len(view.proposals) >= 40
    worker.goto(f"/stories/{SLUG}/findings/")
    marked = worker.locator(".sb-finding mark").all_inner_texts()
    assert len(marked) == sum(len(proposal.places) for proposal in view.proposals)
    actions = decide_all(worker)
    assert actions <= 1 + 2 * len(view.asked)
    agree(ctx, address, browser, worker)
    made = open_edition(ctx, SLUG)
    text = made.edition.to_json()
    assert made.number == 1
    assert not [word for word in (*NAMES, *TOWNS, "7683", "example.org", "May 2016") if word in text]


def decide_all(worker: Page) -> int:
    """Decides what is open until nothing is; how many actions that took."""
    actions = worker.locator(".sb-accept button").count()
    if actions:
        worker.locator(".sb-accept button").click()
    while worker.locator("section[aria-labelledby=open-head] .sb-finding").count():
        card = worker.locator("section[aria-labelledby=open-head] .sb-finding").first
        put = card.get_by_label("Write this instead")
        if not put.input_value():
            put.fill("somebody")
            actions += 1
        card.get_by_role("button", name="Replace it").click()
        actions += 1
    return actions


def agree(ctx: Context, address: str, browser: Browser, worker: Page) -> None:
    """Sent for review, looked through, agreed to twice, signed off and shared, each by whom it takes."""
    look_through(worker)
    expert, reviewer = signed_in(browser, address, "expert"), signed_in(browser, address, "reviewer")
    say_yes(expert)
    reviewer.goto(f"/stories/{SLUG}/review/")
    reviewer.get_by_role("button", name="Sign it off").click()
    assert isinstance(ctx.clock, FixedClock)
    ctx.clock.advance(COOLING_OFF)
    expert.goto(CONSENT)
    expert.locator("form[action$='/again/'] button").click()
    worker.goto(f"/stories/{SLUG}/review/")
    worker.get_by_role("button", name="Share it").click()
    worker.wait_for_url(f"**/editions/{SLUG}/")


def look_through(worker: Page) -> None:
    """Sends it for review; what only the closer look found is decided, and it goes to review again."""
    worker.goto(f"/stories/{SLUG}/review/")
    worker.get_by_role("button", name="Send for review").click()
    worker.goto(f"/stories/{SLUG}/findings/")
    while worker.get_by_text("We are looking through it").count():
        worker.wait_for_timeout(500)
        worker.reload()
    if worker.locator(".sb-accept, section[aria-labelledby=open-head] .sb-finding").count():
        decide_all(worker)
        worker.goto(f"/stories/{SLUG}/review/")
        worker.get_by_role("button", name="Send for review").click()


def say_yes(expert: Page) -> None:
    """The first yes of the person whose story it is."""
    expert.goto(CONSENT)
    expert.get_by_label("The web: anyone, anywhere").check()
    expert.get_by_label("Until which day?").fill("31 March 2028")
    for words in ("I have read or heard all of it", "I feel clear-headed", "Nobody is pushing me"):
        expert.get_by_label(words).check()
    expert.locator("form:has(#until) button[type=submit]").first.click()
