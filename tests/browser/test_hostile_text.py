"""Text that tries to become script, in every field, file name and column: none of it runs, nothing is even stopped.

That no content policy had to stop anything matters: the policy is the second fence, escaping the first.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from storybook.services.accounts import DEMO_ACCOUNTS, find_account, share_story
from storybook.services.consent.agree import give_consent, sign_off
from storybook.services.context import Actor
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.findings.decide import say_made_up
from storybook.services.permissions import StoryRole
from storybook.services.review.candidate import send_for_review
from storybook.services.stories.import_story import check_upload, save_story
from storybook.settings import CLONE
from storybook.story.clock import today
from storybook.story.formats import write_zip
from storybook.story.model import Agency, Contact, Episode, Gap, Person, Point, Story, Track, TrackKind
from storybook.web.editions.one_file import OneFile
from tests.browser.conftest import OpenAs, Site
from tests.payloads import PAYLOADS

SLUG = "hostile"
#: Counts what ran, and what a content policy stopped, before any script of the page's own runs.
WATCH = """
  window.stopped = [];
  window.ran = 0;
  for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => { window.ran += 1; };
  addEventListener('securitypolicyviolation', (e) => window.stopped.push(e.violatedDirective + ' ' + e.blockedURI));
"""


def line(text: str) -> str:
    """A payload where one line is allowed."""
    return " ".join(text.replace("\x00", "").split())[:500]


def hostile() -> Story:
    """A story in which every text field of every kind of part holds payloads."""
    people = tuple(
        Person(
            ref=f"P{n}",
            name=line(PAYLOADS[n]),
            pronouns=line(PAYLOADS[-n]),
            age_band=line(PAYLOADS[n + 5]),
            about=PAYLOADS[n],
        )
        for n in range(1, 4)
    )
    agencies = tuple(
        Agency(ref=f"a{n}", name=line(p), sector="housing", alias=line(p), dataset_agency=line(p))
        for n, p in enumerate(PAYLOADS[:24])
    )
    return Story(
        slug=SLUG,
        title=line(PAYLOADS[0]),
        introduction="\n\n".join(PAYLOADS),
        fictional=True,
        people=people,
        agencies=agencies,
        contacts=tuple(contact(n, p) for n, p in enumerate(PAYLOADS)),
        gaps=tuple(
            Gap(date=f"2016-0{n % 9 + 1}", kind="waiting", agency=f"a{n}", note=p)
            for n, p in enumerate(PAYLOADS[:24])
        ),
        episodes=tuple(
            Episode(
                position=n,
                title=line(p),
                voice="P1",
                date=f"2016-{n % 12 + 1:02}",
                text="\n\n".join(PAYLOADS[n::10]),
            )
            for n, p in enumerate(PAYLOADS[20:30])
        ),
        tracks=(
            Track(
                ref="t",
                kind=TrackKind.HOME,
                title=line(PAYLOADS[9]),
                acknowledgement=PAYLOADS[9],
                points=tuple(Point(date=f"2016-{n + 1:02}", label=line(PAYLOADS[n])) for n in range(12)),
            ),
        ),
    )


def contact(n: int, payload: str) -> Contact:
    return Contact(
        date=f"2016-{n % 12 + 1:02}-{n % 27 + 1:02}",
        agency=f"a{n % 24}",
        people=("P1",),
        summary=line(payload),
        detail=payload,
        response=payload,
        no_response=payload,
        impact=payload,
        own_words=payload,
        source=payload,
        cost_item=line(payload),
        links=(f"https://a.example/{n}",),
    )


@pytest.fixture(scope="module")
def hostile_site(serve_home: Any, demo_home: Path) -> Site:
    """The demo with the hostile story brought in from a file, agreed and published."""
    at: Site = serve_home(demo_home)
    worker, expert, reviewer = (person(at, role) for role in ("worker", "expert", "reviewer"))
    found = check_upload(at.ctx, worker, write_zip(hostile()), f"{PAYLOADS[0]}.zip")
    assert found.story.contacts[3].detail == PAYLOADS[3].strip()
    save_story(at.ctx, worker, found.story)
    for ref in ("P1", "P2", "P3"):
        share_story(at.ctx, Actor.operator(), SLUG, DEMO_ACCOUNTS[1].email, StoryRole.EXPERT, person=ref)
    share_story(at.ctx, Actor.operator(), SLUG, DEMO_ACCOUNTS[2].email, StoryRole.REVIEWER)
    publish(at, worker, expert, reviewer)
    return at


def publish(at: Site, worker: Actor, expert: Actor, reviewer: Actor) -> None:
    say_made_up(at.ctx, worker, SLUG)
    view = send_for_review(at.ctx, worker, SLUG)
    day = today(at.ctx.clock).replace(year=today(at.ctx.clock).year + 1)
    for ref in ("P1", "P2", "P3"):
        give_consent(
            at.ctx,
            expert,
            SLUG,
            person=ref,
            sha256=view.sha256,
            channels=["web"],
            until=day,
            record={"understood": "yes", "sober": "yes", "unpressured": "yes", "supporter": PAYLOADS[1]},
        )
    sign_off(at.ctx, reviewer, SLUG, sha256=view.sha256, note=PAYLOADS[2])
    publish_edition(at.ctx, worker, SLUG)


def person(at: Site, role: str) -> Actor:
    email = next(account.email for account in DEMO_ACCOUNTS if role in account.roles)
    found = find_account(at.ctx, email)
    assert found is not None
    return found.actor


class Guard:
    """Watches one page for anything that ran, was stopped, or was fetched from elsewhere."""

    def __init__(self, page: Page, own: str) -> None:
        self.page, self.elsewhere, self.dialogs, self.faults = page, [], 0, []
        page.add_init_script(WATCH)
        page.on(
            "request",
            lambda asked: (
                self.elsewhere.append(asked.url)
                if not asked.url.startswith((own, "data:", "blob:"))
                else None
            ),
        )
        page.on("dialog", self._dialog)
        page.on(
            "console",
            lambda said: self.faults.append(said.text) if "Content Security Policy" in said.text else None,
        )

    def _dialog(self, dialog: Any) -> None:
        self.dialogs += 1
        dialog.dismiss()

    def all_quiet(self) -> None:
        ran, stopped = self.page.evaluate("[window.ran, window.stopped]")
        assert (ran, stopped, self.dialogs, self.faults, self.elsewhere) == (0, [], 0, [], [])


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_the_guard_sees_what_runs_and_what_is_stopped(hostile_site: Site, open_as: OpenAs) -> None:
    page = open_as(hostile_site)
    guard = Guard(page, hostile_site.address)
    page.goto("/about/")
    guard.all_quiet()
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'alert(1)';"
        " document.body.append(s); alert(2); }"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("[window.ran, window.stopped.length]") == [1, 1]
    assert len(guard.faults) == 1


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("worker", "/stories/"),
        ("worker", f"/stories/{SLUG}/"),
        ("worker", f"/stories/{SLUG}/change/"),
        ("worker", f"/stories/{SLUG}/contact/add/"),
        ("worker", f"/stories/{SLUG}/review/"),
        ("expert", f"/stories/{SLUG}/people/P1/consent/"),
        (None, "/"),
        (None, f"/editions/{SLUG}/"),
    ],
)
def test_no_page_runs_any_of_it(hostile_site: Site, open_as: OpenAs, role: str | None, address: str) -> None:
    page = open_as(hostile_site, role)
    guard = Guard(page, hostile_site.address)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.wait_for_timeout(300)
    guard.all_quiet()


def test_the_picture_s_details_show_it_as_text(hostile_site: Site, open_as: OpenAs) -> None:
    page = open_as(hostile_site, viewport={"width": 1920, "height": 1080})
    guard = Guard(page, hostile_site.address)
    page.goto(f"/editions/{SLUG}/")
    page.locator("figure[data-swimlane][data-ready='true']").wait_for()
    page.locator("figure[data-swimlane] svg:visible [tabindex='0']").first.focus()
    for _ in range(40):
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowRight")
    box = page.locator("[data-picture-stage]").bounding_box()
    assert box is not None
    for step in range(30):
        page.mouse.move(box["x"] + box["width"] * (step + 1) / 31, box["y"] + 300 + 17 * step)
    guard.all_quiet()


@pytest.mark.parametrize("kind", ["person", "agency", "contact", "gap", "episode", "track", "point"])
def test_no_form_runs_any_of_it(hostile_site: Site, open_as: OpenAs, kind: str) -> None:
    page = open_as(hostile_site, "worker")
    guard = Guard(page, hostile_site.address)
    page.goto(f"/stories/{SLUG}/")
    links = page.locator(f"a[href*='/{SLUG}/{kind}/']:not([href*='/add/'])").evaluate_all(
        "(all) => all.map((a) => a.getAttribute('href'))"
    )
    assert links
    for address in links[:: max(1, len(links) // 3)]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        guard.all_quiet()
        page.goto(f"{address}remove/")
        guard.all_quiet()


def table(delimiter: str) -> str:
    """A worker's chronology with a payload in every heading we don't know and in every cell but the date."""
    rows = io.StringIO()
    writer = csv.writer(rows, delimiter=delimiter)
    writer.writerow(["Date", "Agency", "What happened", *PAYLOADS[::9]])
    for n, payload in enumerate(PAYLOADS):
        writer.writerow([f"{n % 27 + 1}/03/2017", payload, payload, *[payload] * len(PAYLOADS[::9])])
    return rows.getvalue()


def timeline() -> str:
    events = [
        {
            "start_date": {"year": "2016"},
            "text": {"headline": p, "text": p},
            "group": p,
            "media": {"url": p, "caption": p, "credit": p},
        }
        for p in PAYLOADS
    ]
    return json.dumps({"title": {"text": {"headline": PAYLOADS[0], "text": PAYLOADS[1]}}, "events": events})


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>.csv", '"><script>alert(1)</script>.csv', "{{7*7}}.csv"]
)
def test_no_file_name_or_column_runs(hostile_site: Site, open_as: OpenAs, name: str) -> None:
    page = open_as(hostile_site, "worker")
    guard = Guard(page, hostile_site.address)
    page.goto("/stories/-/bring-in/")
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": table(",").encode()})
    page.get_by_role("button", name="See what would come in").click()
    assert page.locator("h1").inner_text() == "What would come in"
    guard.all_quiet()


def test_nothing_pasted_or_refused_runs(hostile_site: Site, open_as: OpenAs) -> None:
    page = open_as(hostile_site, "worker")
    guard = Guard(page, hostile_site.address)
    for text in (table("\t"), table("\t").replace("/03/2017", "/99/2017")):
        page.goto("/stories/-/bring-in/")
        page.locator("#pasted").fill(text)
        page.locator("#title").fill(PAYLOADS[0])
        page.get_by_role("button", name="See what would come in").click()
        page.locator("h1").wait_for()
        guard.all_quiet()


def test_nothing_from_a_timeline_runs(hostile_site: Site, open_as: OpenAs) -> None:
    page = open_as(hostile_site, "worker")
    guard = Guard(page, hostile_site.address)
    page.goto("/stories/-/bring-in/")
    page.set_input_files(
        "#file", {"name": "t.json", "mimeType": "application/json", "buffer": timeline().encode()}
    )
    page.get_by_role("button", name="See what would come in").click()
    page.locator("h1").wait_for()
    guard.all_quiet()


@pytest.mark.parametrize("payload", PAYLOADS[:3] + PAYLOADS[-30:-27])
def test_nothing_in_an_address_runs(hostile_site: Site, open_as: OpenAs, payload: str) -> None:
    page = open_as(hostile_site)
    guard = Guard(page, hostile_site.address)
    for address in ("/sign-in/", "/editions/x/", "/nothing/"):
        page.goto(f"{hostile_site.address}{address}?next={payload}&x={payload}#{payload}")
        guard.all_quiet()


def test_the_one_file_page_runs_none_of_it(hostile_site: Site, browser: Browser, tmp_path: Path) -> None:
    from storybook.services.editions.shown import open_edition

    edition = open_edition(hostile_site.ctx, SLUG).edition
    assert edition is not None
    file = tmp_path / "hostile.html"
    file.write_bytes(OneFile(CLONE / "templates", CLONE / "static")(edition))
    context = browser.new_context(offline=True)
    page = context.new_page()
    guard = Guard(page, "file:")
    page.goto(file.as_uri())
    page.locator("figure[data-swimlane][data-ready='true']").wait_for()
    guard.all_quiet()
    context.close()
