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
from storybook.services.consent.taking_part import Said
from storybook.services.context import Actor, Context
from storybook.services.editions.shown import open_edition
from storybook.services.findings.listed import FindingsView, get_findings
from storybook.services.permissions import SiteRole, StoryRole
from storybook.services.stories.save_story import save_story
from storybook.services.worker import Worker
from storybook.settings import CLONE, Settings
from storybook.story.clock import FixedClock
from storybook.story.model import Agency, Contact, Episode, Person, Story
from tests.stopping import stop_server

pytestmark = pytest.mark.exam
SLUG, PASSWORD = "a-way", "correct horse battery staple"
CONSENT = f"/stories/{SLUG}/people/P1/consent/"
REVIEW = f"/stories/{SLUG}/review/"
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
#: Whom it takes: what each is on the site and in the story. Nobody measured how many people it could be, so the
#: information-governance lead is asked as well.
PEOPLE = {
    "worker": ((SiteRole.WORKER,), StoryRole.AUTHOR, None),
    "expert": ((SiteRole.EXPERT,), StoryRole.EXPERT, "P1"),
    "reviewer": ((SiteRole.REVIEWER,), StoryRole.REVIEWER, None),
    "lead": ((SiteRole.REVIEWER, SiteRole.LEAD), StoryRole.REVIEWER, None),
}
PHONE = {"width": 390, "height": 844}
NAMES = (
    *(
        "Darren Whitlock",
        "Kelsey Okafor",
        "Mohammed Rahman",
        "Siobhan Doherty",
        "Gareth Pritchard",
        "Tracey Bagshaw",
    ),
    *(
        "Dwayne Campbell",
        "Shirley Hargreaves",
        "Nigel Entwistle",
        "Rukhsana Mirza",
        "Callum Drummond",
        "Bethany Cutler",
    ),
)
TOWNS = ("Nuneaton", "Rugby", "Leamington", "Bedworth", "Kenilworth", "Atherstone")


def draft() -> Story:
    """Forty things on which somebody decides, over an introduction, episodes and contacts."""
    people = " ".join(f"{name} came by." for name in NAMES)
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
    save_story(ctx, boss, draft(), {"P1": Said(NOON.date())})
    for who, (site, role, person) in PEOPLE.items():
        add_account(ctx, boss, f"{who}@test.example", name=who, roles=site, password_hash=code)
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


def signed_in(browser: Browser, address: str, who: str) -> Page:
    viewport = PHONE if who == "expert" else {"width": 1024, "height": 768}
    page = browser.new_context(base_url=address, viewport=viewport).new_page()
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(f"{who}@test.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/stories/")
    return page


def test_from_a_draft_with_forty_findings_to_an_agreed_edition(
    ctx: Context, address: str, browser: Browser, tmp_path: Path
) -> None:
    """Screenshots of the way are left in the test's own folder."""
    people = {who: signed_in(browser, address, who) for who in PEOPLE}
    view = get_findings(ctx, Actor.operator(), SLUG)
    assert len(view.proposals) >= 40
    people["worker"].goto(f"/stories/{SLUG}/findings/")
    all_in_their_context(people["worker"], view)
    kept(people["worker"], tmp_path, "findings")
    actions = decide_all(people["worker"])
    assert actions <= 1 + 2 * len(view.asked)
    agree(ctx, people, tmp_path)
    made = open_edition(ctx, SLUG)
    text = made.edition.to_json()
    assert made.number == 1
    assert not [
        word for word in (*" ".join(NAMES).split(), *TOWNS, "7683", "example.org", "May 2016") if word in text
    ]


def kept(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def all_in_their_context(page: Page, view: FindingsView) -> None:
    """Every place of every finding is on the page, marked in the words around it."""
    every = (*view.proposals, *view.to_judge)
    told = page.locator(".sb-finding .sb-spots__words").evaluate_all("all => all.map(one => one.textContent)")
    assert sorted(told) == sorted(o.before + o.words + o.after for p in every for o in p.places)
    marked = page.locator(".sb-finding mark").evaluate_all("all => all.map(one => one.textContent)")
    assert sorted(marked) == sorted(o.words for p in every for o in p.places)


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


def agree(ctx: Context, people: dict[str, Page], folder: Path) -> None:
    """Sent for review, looked through, agreed to twice, signed by two and shared, each by whom it takes."""
    worker, expert = people["worker"], people["expert"]
    look_through(worker, folder)
    say_yes(expert, folder)
    rehearse(people["reviewer"], folder)
    sign_off(people["reviewer"], folder)
    people["lead"].goto(REVIEW)
    people["lead"].get_by_role("button", name="Sign it as information-governance lead").click()
    worker.goto(REVIEW)
    assert worker.get_by_role("button", name="Share it").count() == 0
    assert isinstance(ctx.clock, FixedClock)
    ctx.clock.advance(COOLING_OFF)
    expert.goto(CONSENT)
    kept(expert, folder, "second-look-on-a-phone")
    expert.get_by_role("button", name="Yes, I still agree").click()
    worker.goto(REVIEW)
    worker.get_by_role("button", name="Share it").click()
    worker.wait_for_url(f"**/editions/{SLUG}/")


def look_through(worker: Page, folder: Path) -> None:
    """Sends it for review; what only the closer look found is decided, and it goes to review again."""
    worker.goto(REVIEW)
    worker.get_by_role("button", name="Send for review").click()
    worker.goto(f"/stories/{SLUG}/findings/")
    while worker.get_by_text("We are looking through it").count():
        worker.wait_for_timeout(500)
        worker.reload()
    if worker.locator(".sb-accept, section[aria-labelledby=open-head] .sb-finding").count():
        decide_all(worker)
        worker.goto(REVIEW)
        worker.get_by_role("button", name="Send for review").click()
    worker.goto(f"/stories/{SLUG}/side-by-side/")
    kept(worker, folder, "side-by-side")


def say_yes(expert: Page, folder: Path) -> None:
    """The first yes of the person whose story it is."""
    expert.goto(CONSENT)
    expert.get_by_role("link", name="Yes, ask me the questions").click()
    expert.goto(f"{CONSENT}answer/#q-web")
    web = expert.get_by_role("region", name="May everyone see it on the web?")
    web.get_by_label("Yes, until a day I choose").check()
    web.get_by_label("The last day").fill("31 March 2028")
    expert.get_by_role("link", name="Next").click()
    for words in ("I have read all of it", "My head is clear", "Nobody is pushing me"):
        expert.get_by_label(words).check()
    expert.get_by_role("link", name="Next").click()
    expert.get_by_role("link", name="Next").click()
    expert.get_by_role("button", name="See my answers").click()
    kept(expert, folder, "consent-on-a-phone")
    expert.get_by_role("button", name="Yes, I agree").click()


def rehearse(reviewer: Page, folder: Path) -> None:
    """Every part read as somebody who wants to find out who it is, and one thing looked up."""
    reviewer.goto(f"/stories/{SLUG}/rehearsal/")
    reviewer.get_by_role("button", name="Begin").click()
    while reviewer.get_by_text("Not read yet").count():
        reviewer.locator(".govuk-task-list__item:has-text('Not read yet') a").first.click()
        reviewer.get_by_label("Nobody", exact=True).check()
        kept(reviewer, folder, "rehearsal")
        reviewer.get_by_role("button", name="Save and go on").click()
        reviewer.goto(f"/stories/{SLUG}/rehearsal/")
    reviewer.goto(f"/stories/{SLUG}/rehearsal/search/")
    reviewer.get_by_label("What did you try?").fill("three words of an episode in a web search")
    reviewer.get_by_label("What did you find?").fill("Nothing")
    reviewer.get_by_role("button", name="Note it").click()
    reviewer.goto(f"/stories/{SLUG}/rehearsal/end/")
    reviewer.get_by_label("I recognised nobody, and found nothing").check()
    reviewer.get_by_role("button", name="End it").click()
    reviewer.wait_for_url("**/review/")


def sign_off(reviewer: Page, folder: Path) -> None:
    """How many people it could be was not measured, so the reviewer says why it may be shared all the same."""
    reviewer.goto(f"{REVIEW}risk/")
    kept(reviewer, folder, "risk")
    reviewer.goto(REVIEW)
    reviewer.get_by_label("why may it be shared all the same?").fill("Few contacts, long ago, told widely.")
    reviewer.get_by_role("button", name="Sign it off").click()
