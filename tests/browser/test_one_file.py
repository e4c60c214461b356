"""An edition as one file, opened from a disk with the network cut."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from storybook.services.editions.shown import open_edition
from storybook.settings import CLONE
from storybook.web.editions.one_file import OneFile
from tests.browser.conftest import Site

SLUG = "the-couple"


@pytest.fixture(scope="module")
def file(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    edition = open_edition(site.ctx, SLUG).edition
    assert edition is not None
    path = tmp_path_factory.mktemp("one") / "story.html"
    path.write_bytes(OneFile(CLONE / "templates", CLONE / "static")(edition))
    return path


def opened(browser: Browser, file: Path, requests: list[str], faults: list[str]) -> Page:
    page = browser.new_context(offline=True, viewport={"width": 1440, "height": 1000}).new_page()
    page.on("request", lambda asked: requests.append(asked.url))
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(file.as_uri())
    return page


def test_it_asks_for_nothing_but_itself_and_comes_alive(browser: Browser, file: Path) -> None:
    requests: list[str] = []
    faults: list[str] = []
    page = opened(browser, file, requests, faults)
    page.locator("figure[data-swimlane][data-ready='true']").wait_for()
    assert [asked for asked in requests if not asked.startswith("data:")] == [file.as_uri()]
    assert faults == []
    assert page.locator("h1").inner_text() == "A long way round"
    assert "Nobody in this story is a real person." in page.locator("main").inner_text()
    page.context.close()


def test_hover_works(browser: Browser, file: Path) -> None:
    page = opened(browser, file, [], [])
    page.locator("figure[data-swimlane][data-ready='true']").wait_for()
    mark = page.locator("figure[data-swimlane] svg:visible [tabindex='0']").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + min(8, box["width"] / 2), box["y"] + box["height"] / 2)
    page.locator("[data-picture-card]:not([hidden])").wait_for()
    assert page.locator("[data-picture-card]").inner_text().strip()
    page.context.close()


def test_its_policy_names_hashes_only(file: Path) -> None:
    text = file.read_text("utf-8")
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', text)
    policy = policy.replace("&#39;", "'")
    assert "unsafe" not in policy
    assert "'self'" not in policy
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert re.fullmatch(r"('sha256-[A-Za-z0-9+/]{43}=' ?){3}", directives["script-src"])
    assert re.fullmatch(r"('sha256-[A-Za-z0-9+/]{43}=' ?){6}", directives["style-src"])
    assert (directives["img-src"], directives["font-src"]) == ("data:", "data:")


def test_it_names_no_other_host_to_fetch_from(file: Path) -> None:
    text = file.read_text("utf-8")
    styles = "".join(re.findall(r"<style>(.*?)</style>", text, re.DOTALL))
    assert re.findall(r"@import|url\((?![\"']?data:)", styles) == []
    assert "<link" not in text[: text.index("<script")]
    assert re.findall(r"<(?:script|img|iframe|source)[^>]+src=", text) == []


def test_it_has_no_fault(browser: Browser, file: Path) -> None:
    page = opened(browser, file, [], [])
    assert Axe().run(page).response["violations"] == []
    page.context.close()


@pytest.mark.parametrize(("days", "hour", "shown"), [(0, 23, True), (1, 0, False), (400, 12, False)])
def test_it_closes_itself_after_its_last_london_day(
    browser: Browser, file: Path, site: Site, days: int, hour: int, shown: bool
) -> None:
    edition = open_edition(site.ctx, SLUG).edition
    assert edition is not None
    moment = dt.datetime.combine(edition.expires, dt.time(hour, 30), dt.UTC) + dt.timedelta(days=days)
    page = browser.new_context(offline=True).new_page()
    page.clock.install(time=moment)
    page.goto(file.as_uri())
    heading = page.locator("h1").inner_text()
    assert heading == ("A long way round" if shown else "This story is no longer shared")
    assert ("Nell" in page.locator("body").inner_text()) is shown
    if not shown:
        assert page.title() == "This story is no longer shared"
        assert page.locator("figure").count() == 0
    page.context.close()


def test_it_closes_while_it_is_open(browser: Browser, file: Path, site: Site) -> None:
    edition = open_edition(site.ctx, SLUG).edition
    assert edition is not None
    page = browser.new_context(offline=True).new_page()
    page.clock.install(time=dt.datetime.combine(edition.expires, dt.time(22, 0), dt.UTC))
    page.goto(file.as_uri())
    assert page.locator("h1").inner_text() == "A long way round"
    page.clock.fast_forward("03:00:00")
    assert page.locator("h1").inner_text() == "This story is no longer shared"
    page.context.close()
