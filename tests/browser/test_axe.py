"""Every page, phone and big screen, light and dark: no fault that axe can find, nothing wider than the screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import OpenAs, Site
from tests.browser.pages import LARGEST, SLUG, addresses, pages, reader

SIZES = {"phone": {"width": 390, "height": 844}, "big": {"width": 1920, "height": 1080}}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
#: What a page's size and colours can change; everything else has been looked at on the light phone.
LOOKS = {"runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]}


PHONE_LIGHT, BIG_DARK = ("phone", "light"), ("big", "dark")
FRAMED = {"editions.embed", "editions.embed_numbered"}
OTHERS = (("phone", "dark"), ("big", "light"))


def faults(site: Site, open_as: OpenAs, endpoint: str, slug: str, size: str, scheme: str) -> list[object]:
    """What axe finds on an endpoint's pages, what is wider than the screen, and what the console complains of."""
    whole = (size, scheme) == PHONE_LIGHT
    looks = {"viewport": SIZES[size], "color_scheme": scheme, "reduced_motion": "reduce"}
    # A page for another site's frame runs no script at all, axe's neither, unless its policy is set aside.
    page = open_as(site, reader(endpoint), bypass_csp=endpoint in FRAMED, **looks)
    found: list[object] = []
    page.on("console", lambda said: found.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    for address in addresses(site, endpoint, slug)[: None if whole else 1]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        results = Axe().run(page, options=(RULES if whole else LOOKS) | {"resultTypes": ["violations"]})
        found += [(address, v["id"], v["nodes"][0]["html"][:120]) for v in results.response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [(address, "wider than the screen", str(wide))] if wide > 0 else []
    return found


@pytest.mark.parametrize(("size", "scheme"), [PHONE_LIGHT, BIG_DARK])
@pytest.mark.parametrize("endpoint", pages())
def test_a_page_has_no_fault(site: Site, open_as: OpenAs, endpoint: str, size: str, scheme: str) -> None:
    assert faults(site, open_as, endpoint, SLUG, size, scheme) == []


def test_the_page_of_the_largest_edition_has_no_fault(site: Site, open_as: OpenAs) -> None:
    assert faults(site, open_as, "editions.newest", LARGEST, *PHONE_LIGHT) == []


@pytest.mark.exam
@pytest.mark.parametrize(("size", "scheme"), [PHONE_LIGHT, BIG_DARK, *OTHERS])
@pytest.mark.parametrize("endpoint", pages())
def test_no_page_of_the_largest_story_has_a_fault(
    site: Site, open_as: OpenAs, endpoint: str, size: str, scheme: str
) -> None:
    assert faults(site, open_as, endpoint, LARGEST, size, scheme) == []


@pytest.mark.parametrize("address", ["/nothing/", "/editions/nobody/"])
def test_what_goes_wrong_has_no_fault_either(site: Site, open_as: OpenAs, address: str) -> None:
    page = open_as(site, viewport=SIZES["phone"])
    page.goto(address)
    assert Axe().run(page, options=RULES).response["violations"] == []
