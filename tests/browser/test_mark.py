"""A number's mark goes into the words where the cursor is; without script it can be copied."""

from __future__ import annotations

from tests.browser.conftest import OpenAs, Site
from tests.browser.pages import addresses

MARK = "{count: how many people, according to city}"
ASKED = "?number=how+many+people,+according+to+city"


def test_it_goes_where_the_cursor_is_or_to_the_end(site: Site, open_as: OpenAs) -> None:
    page = open_as(site, "worker", viewport={"width": 390, "height": 844})
    page.goto(f"{_episode(site)}{ASKED}")
    page.get_by_role("button", name="Put it where the cursor is").click()
    assert page.locator("#text").input_value().endswith(MARK)

    page.locator("#text").fill("One of  sleeping rough that winter.")
    page.locator("#text").evaluate("field => field.setSelectionRange(7, 7)")
    page.get_by_role("button", name="Put it where the cursor is").press("Enter")
    assert page.locator("#text").input_value() == f"One of {MARK} sleeping rough that winter."
    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == [
        "text",
        7 + len(MARK),
    ]


def test_without_script_it_is_there_to_be_copied(site: Site, open_as: OpenAs) -> None:
    page = open_as(site, "worker", java_script_enabled=False)
    page.goto(f"{_episode(site)}{ASKED}")

    assert page.locator(".sb-mark code").inner_text() == MARK
    assert not page.get_by_role("button", name="Put it where the cursor is").is_visible()


def _episode(site: Site) -> str:
    return next(one for one in addresses(site, "stories.change_part") if "/episode/" in one)
