"""A person's own answer: what somebody has answered is lost by no Back, no second look at the story, no mistake.

It waits for nobody else: it goes at sign-out, and after a quarter of an hour in which nobody touched it.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Site
from tests.browser.pages import addresses

PHONE = {"width": 390, "height": 844}
DAY = "31 March 2098"


def test_back_and_a_second_look_keep_every_answer_and_signing_out_keeps_none(
    site: Site, open_as: OpenAs
) -> None:
    (story,), (answer,) = addresses(site, "review.consent"), addresses(site, "review.answer")
    page = open_as(site, "expert", viewport=PHONE)
    page.goto(f"{answer}#q-web")
    page.locator("#q-web").get_by_role("radio", name="Yes, until a day I choose").check()
    page.locator("#web_day").fill("soon")

    page.goto(story)  # to read it once more
    page.goto(f"{answer}#q-wishes")
    _send(page)
    expect(page).to_have_title("Error: My answer, question by question – Storybook")
    expect(page.locator(".govuk-error-summary")).to_be_focused()

    _put_right(page)
    expect(page.get_by_role("heading", name="Look at your answers")).to_be_focused()
    expect(page.locator("#check")).to_contain_text(f"Yes, until {DAY}")

    page.go_back()
    expect(page.locator("#q-wishes")).to_be_focused()
    assert (page.locator("#web_day").input_value(), page.locator("#sober").is_checked()) == (DAY, True)
    assert page.evaluate("Object.keys(sessionStorage).length") == 1
    page.evaluate(
        "document.querySelector('[data-sign-out]').dispatchEvent(new Event('submit', {bubbles: true}))"
    )
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_an_answer_that_nobody_touched_for_a_quarter_of_an_hour_is_gone(site: Site, open_as: OpenAs) -> None:
    (answer,) = addresses(site, "review.answer")
    page = open_as(site, "expert", viewport=PHONE)
    page.clock.install()
    page.goto(f"{answer}#q-web")
    given_before = page.locator("#web_day").input_value()
    page.locator("#q-web").get_by_role("radio", name="Yes, until a day I choose").check()
    page.locator("#web_day").fill(DAY)
    page.clock.fast_forward("14:00")
    page.mouse.move(5, 5)
    page.mouse.down()
    page.mouse.up()
    page.clock.fast_forward("14:00")
    assert page.locator("#web_day").input_value() == DAY
    with page.expect_navigation():
        page.clock.fast_forward("01:30")
    assert page.evaluate("Object.keys(sessionStorage)") == []
    assert page.locator("#web_day").input_value() == given_before != DAY


def _send(page: Page) -> None:
    page.get_by_role("button", name="See my answers").press("Enter")


def _put_right(page: Page) -> None:
    page.locator(".govuk-error-summary a").last.press("Enter")
    expect(page.locator("#unpressured")).to_be_focused()
    page.locator(".govuk-error-summary a").first.press("Enter")
    expect(page.locator("#web_day")).to_be_focused()
    page.locator("#web_day").fill(DAY)
    page.goto(f"{page.url.partition('#')[0]}#q-today")
    for ready in page.locator("#q-today input[type=checkbox]").all():
        ready.check()
    page.goto(f"{page.url.partition('#')[0]}#q-wishes")
    _send(page)
