"""What people do with the pages: with script and without, by keyboard, on a phone, at 200 %."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenAs, Site

STORY = "/stories/eighteen-and-out/"
PHONE = {"width": 390, "height": 844}


def fill_contact(page: Page, summary: str) -> None:
    page.locator("#date").fill("12 March 2017")
    page.locator("#summary").fill(summary)
    page.get_by_role("button", name="Save").click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_contact_can_be_added_changed_and_removed(own_site: Site, open_as: OpenAs, script: bool) -> None:
    page = open_as(own_site, "worker", viewport=PHONE, java_script_enabled=script)
    page.goto(f"{STORY}contact/add/")
    fill_contact(page, "A brand new contact")
    page.wait_for_url(f"**{STORY}*")
    assert page.get_by_text("It was added.").is_visible()
    page.get_by_role("link", name="A brand new contact").click()
    page.locator("#summary").fill("A changed contact")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**{STORY}*contact-list")
    page.get_by_role("link", name="A changed contact").click()
    page.get_by_role("link", name="Remove").click()
    assert page.locator("h1").inner_text() == "Remove this contact?"
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_url(f"**{STORY}*contact-list")
    assert page.get_by_role("link", name="A changed contact").count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_what_is_wrong_is_told_first_and_nothing_typed_is_lost(
    site: Site, open_as: OpenAs, script: bool
) -> None:
    page = open_as(site, "worker", java_script_enabled=script)
    page.goto(f"{STORY}contact/add/")
    page.locator("#date").fill("the day it rained")
    page.locator("#summary").fill("Still here")
    page.get_by_role("button", name="Save").click()
    summary = page.locator(".govuk-error-summary")
    summary.wait_for()
    assert "is not a date we can read" in summary.inner_text()
    assert page.locator("#summary").input_value() == "Still here"
    assert page.locator("#date").input_value() == "the day it rained"
    assert page.title().startswith("Error: Add a contact")
    if script:
        page.wait_for_function("() => document.activeElement.matches('.govuk-error-summary')")
        assert page.url.endswith("/contact/add/")
    summary.locator("a").first.click()
    assert page.evaluate("document.activeElement.id") == (
        "date" if script else page.evaluate("document.activeElement.id")
    )


def test_two_tabs_that_change_the_same_row(own_site: Site, open_as: OpenAs) -> None:
    first, second = open_as(own_site, "worker"), open_as(own_site, "expert")
    first.goto(STORY)
    address = first.locator("#contact-list a[href*='/contact/']:not([href*='add'])").first.get_attribute(
        "href"
    )
    for page in (first, second):
        page.goto(str(address))
    second.locator("#summary").fill("What she wrote")
    second.get_by_role("button", name="Save").click()
    second.wait_for_url(f"**{STORY}*contact-list")
    first.locator("#summary").fill("What I wrote")
    first.get_by_role("button", name="Save").click()
    first.get_by_role("heading", name="Someone changed this while you were writing").wait_for()
    assert first.locator("table").inner_text().split("\n")[-1].split("\t") == [
        "What happened",
        "What she wrote",
        "What I wrote",
    ]
    assert first.locator("#summary").input_value() == "What I wrote"
    first.get_by_role("button", name="Save mine instead of theirs").click()
    first.wait_for_url(f"**{STORY}*contact-list")
    assert first.get_by_role("link", name="What I wrote").is_visible()


def test_the_keyboard_gets_everywhere_and_the_focus_can_be_seen(site: Site, open_as: OpenAs) -> None:
    page = open_as(site)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to the main part"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.sb-card__link')")
    look = page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.boxShadow]; })()"
    )
    assert look[0] != "none" or look[1] != "none"


@pytest.mark.parametrize("address", ["/", "/editions/the-couple/", "/sign-in/", "/about/"])
def test_at_200_per_cent_nothing_runs_off_the_screen(site: Site, open_as: OpenAs, address: str) -> None:
    page = open_as(site, viewport={"width": 640, "height": 512}, device_scale_factor=2)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_pasted_block_becomes_a_story(own_site: Site, open_as: OpenAs) -> None:
    page = open_as(own_site, "worker", viewport=PHONE)
    page.goto("/stories/-/bring-in/")
    page.locator("#pasted").fill(
        "Date\tWho we saw\tSignificant event\n12/03/17\tNight shelter\tSlept there\nMarch 2018\tSurgery\tSaw a doctor\n"
    )
    page.locator("#title").fill("Two years of mine")
    page.get_by_role("button", name="See what would come in").click()
    page.get_by_label("Who we saw").select_option(label="Agency")
    page.get_by_role("button", name="Look again").click()
    page.get_by_text("2 agencies, 2 contacts").wait_for()
    page.get_by_label("On which day did Person 1 say yes?").fill("3 March 2017")
    page.get_by_role("button", name="Bring it in").click()
    page.wait_for_url("**/stories/two-years-of-mine/")
    assert page.get_by_role("link", name="Saw a doctor").is_visible()


def test_stopping_closes_the_page_for_a_reader_at_once(own_site: Site, open_as: OpenAs) -> None:
    expert, reader = open_as(own_site, "expert"), open_as(own_site)
    assert reader.goto("/editions/the-couple/").status == 200
    expert.goto("/stories/the-couple/people/P1/consent/")
    expert.get_by_role("button", name="Stop sharing").click()
    expert.get_by_role("heading", name="It is no longer shared").wait_for()
    answer = reader.goto("/editions/the-couple/")
    assert answer.status == 410
    assert reader.locator("main").inner_text() == "This story is no longer shared"


def test_the_menu_of_a_phone_opens(site: Site, open_as: OpenAs) -> None:
    page = open_as(site, "worker", viewport=PHONE)
    page.goto("/stories/")
    assert not page.get_by_role("link", name="Shared stories").is_visible()
    page.get_by_role("button", name="Show or hide the menu").click()
    assert page.get_by_role("link", name="Shared stories").is_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/", "/editions/the-couple/"])
def test_a_word_longer_than_the_screen_is_broken(
    site: Site, open_as: OpenAs, width: int, address: str
) -> None:
    page = open_as(site, viewport={"width": width, "height": 720})
    page.goto(address)
    page.evaluate(
        """for (const said of document.querySelectorAll('main :is(h1, h2, h3, p, li a)')) {
          if (!said.closest('figure') && !said.children.length) said.textContent = 'Llanfair'.repeat(15);
        }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_what_is_written_from_right_to_left_runs_so(site: Site, open_as: OpenAs) -> None:
    page = open_as(site)
    page.goto("/editions/the-couple/")
    said = page.locator(".sb-prose p").first
    said.evaluate("(p) => { p.textContent = 'قصة.'; }")
    dot = said.evaluate(
        """(p) => { const at = document.createRange(); at.setStart(p.firstChild, 3); at.setEnd(p.firstChild, 4);
          const all = document.createRange(); all.selectNodeContents(p);
          return at.getBoundingClientRect().left - all.getBoundingClientRect().left; }"""
    )
    assert dot == pytest.approx(0, abs=1)
