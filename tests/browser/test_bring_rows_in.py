"""An analyst brings a log in: the file, the columns as guessed, what would come in; with script and without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from storybook.linked.dataset.datasets import open_dataset
from storybook.services.data.sent_rows import incoming_root
from storybook.services.worker import Worker
from storybook.web.words import day
from tests.browser.conftest import OpenAs, Site
from tests.logs import Log, fines, hospital

PHONE = {"width": 390, "height": 844}
NO_AGENCY = {"hospital.csv": "", "fines.csv": "name no agency"}


@pytest.fixture
def working_site(own_site: Site) -> Iterator[Site]:
    """The demo with somebody who works on long jobs."""
    worker = Worker(own_site.ctx)
    worker.start()
    yield own_site
    worker.stop()


def arrive(page: Page, heading: str, *, script: bool) -> None:
    """Waits for the page with this heading: it comes by itself, or by looking again where no script runs."""
    for _ in range(100):
        if script or page.locator("h1").inner_text() == heading:
            break
        page.get_by_role("link", name="Look again").click()
    expect(page.locator("h1")).to_have_text(heading, timeout=20_000)


def send_file(page: Page, log: Log, path: Path) -> None:
    path.write_text(log.text, encoding="utf-8")
    page.goto("/data/")
    page.get_by_role("button", name="Bring rows in").click()
    page.locator("#files").set_input_files(path)
    page.get_by_role("button", name="See what is in them").click()
    expect(page.locator("h1")).to_have_text("What the columns hold")


@pytest.mark.parametrize(
    ("log", "script"), [(hospital(), True), (fines(), False)], ids=["hospital, script", "fines, no script"]
)
def test_a_log_is_brought_in_as_it_is_guessed(
    working_site: Site, open_as: OpenAs, tmp_path: Path, log: Log, script: bool
) -> None:
    page = open_as(working_site, "analyst", viewport=PHONE, java_script_enabled=script)
    send_file(page, log, tmp_path / log.name)
    page.get_by_label("Name of the dataset").fill("a-log")
    page.get_by_label("Which partner gave these rows?").fill("A partner")
    page.get_by_role("button", name="See what would come in").click()
    arrive(page, "This is what would come in", script=script)
    days = [day(dt.date.fromisoformat(one)) for one in (log.first, log.last)]
    numbers = [log.people, log.rows, log.agencies]
    assert page.locator("dd").all_inner_texts() == [*map(str, numbers), *days]
    assert NO_AGENCY[log.name] in page.locator("main").inner_text()
    page.get_by_role("button", name="Bring them in").click()
    arrive(page, "The rows are in", script=script)
    manifest = open_dataset(working_site.ctx.data_root, "a-log").manifest
    assert [manifest.people, manifest.rows, len([one for one in manifest.agencies if one])] == numbers
    assert list(incoming_root(working_site.ctx).iterdir()) == []
    page.get_by_role("link", name="Counts of a-log").click()
    expect(page.locator("h1")).to_have_text("a-log")
