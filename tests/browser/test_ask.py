"""The question's sentence in a real browser: with script the answer follows every choice, without it a button asks."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenAs, Site

NUMBER = "#answer-number"


def test_the_answer_and_the_address_follow_every_choice(site: Site, open_as: OpenAs) -> None:
    page = open_as(site, "analyst", viewport={"width": 390, "height": 844})
    page.goto("/data/city/ask/")
    assert page.locator(NUMBER).inner_text() == "about 6,600 people"

    page.get_by_label("How many").select_option("both")
    page.locator(".govuk-error-summary").wait_for()
    assert page.locator(".sb-also .sb-part__other").inner_text() == "and at"
    page.locator("#at").select_option("agency:City Police")
    page.locator("#also").select_option("sector:housing")
    page.locator(NUMBER).wait_for()
    page.locator("#shape").select_option("quarters")
    page.locator(".sb-quarters").wait_for()
    page.wait_for_url("**shape=quarters**")
    number = page.locator(NUMBER).inner_text()

    page.reload()
    assert page.locator(NUMBER).inner_text() == number
    assert page.locator("#at").input_value() == "agency:City Police"
    assert page.locator("#main-content").count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_a_question_can_be_asked_by_keyboard_with_and_without_script(
    site: Site, open_as: OpenAs, script: bool
) -> None:
    page = open_as(site, "analyst", java_script_enabled=script)
    page.goto("/data/city/ask/")
    page.locator("#of").focus()
    page.keyboard.type("contacts")
    page.get_by_role("button", name="Ask").press("Enter")
    page.wait_for_url("**of=contacts**")
    page.get_by_text("How many contacts?", exact=True).wait_for()
    assert page.locator(NUMBER).inner_text().endswith(" contacts")
