"""Every page, phone and big screen, light and dark: no fault that axe can find, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import OpenAs, Site
from tests.browser.pages import LARGEST, SLUG, addresses, pages, reader

SIZES = {"phone": {"width": 390, "height": 844}, "big": {"width": 1920, "height": 1080}}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
#: What a page's size and colours can change; everything else has been looked at on the light phone.
LOOKS = {"runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]}
#: By how much the page is wider than the screen, and the cells that don't stand below their own column's heading.
OUT_OF_LINE = """() => [document.documentElement.scrollWidth - innerWidth,
  [...document.querySelectorAll('thead + tbody td')].filter((cell) => {
    const heading = cell.closest('table').tHead.rows[0].cells[cell.cellIndex];
    const [a, b] = [cell, heading].map((one) => one?.getBoundingClientRect());
    const inLine = getComputedStyle(cell).display === 'table-cell' && cell.checkVisibility() && cell.colSpan === 1;
    return inLine && !(b && a.left === b.left && a.right === b.right);
  }).map((cell) => cell.textContent.trim())]"""

#: (size, colours): each page is looked at whole in the first, and in the others for what they change.
PHONE_LIGHT, BIG_DARK = ("phone", "light"), ("big", "dark")
EVERY_LOOK = (PHONE_LIGHT, BIG_DARK, ("phone", "dark"), ("big", "light"))
FRAMED = {"editions.embed", "editions.embed_numbered"}
#: Pages whose picture is looked at in each look; it is the same drawing by the same style on all others.
PICTURES = {"editions.newest", "stories.show"}
#: What axe may leave out in a further look, for it has seen three of its kind: the same tag and classes all the way up.
SEEN = """(also) => {
  const kinds = new Map(), left_out = [...document.querySelectorAll(also)];
  const kind = (each) => each ? `${kind(each.parentElement)} ${each.tagName}.${each.getAttribute('class')}` : '';
  const look = (parent) => [...parent.children].forEach((each) => {
    const name = kind(each);
    kinds.set(name, (kinds.get(name) || 0) + 1);
    if (kinds.get(name) > 3) left_out.push(each); else look(each);
  });
  look(document.body);
  return left_out;
}"""
AGAIN = f"([rules, also]) => axe.run({{include: [document], exclude: ({SEEN})(also)}}, rules)"


def faults(
    site: Site,
    open_as: OpenAs,
    endpoint: str,
    slug: str,
    looks: Sequence[tuple[str, str]],
    *,
    whole: bool = False,
) -> list[object]:
    """What axe finds on an endpoint's pages, what is wider than the screen, and what the console complains of."""
    # A page for another site's frame runs no script at all, axe's neither, unless its policy is set aside.
    page = open_as(site, reader(endpoint), bypass_csp=endpoint in FRAMED, reduced_motion="reduce")
    found: list[object] = []
    page.on("console", lambda said: found.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    for number, address in enumerate(addresses(site, endpoint, slug)):
        for look in looks[: 1 if number else None]:
            page.set_viewport_size(SIZES[look[0]])
            page.emulate_media(color_scheme=look[1])
            if look == looks[0]:
                answer = page.goto(address)
                assert answer is not None
                assert answer.status == 200
            also = "html > no-such-part" if endpoint in PICTURES else "svg.swimlane"
            seen = (
                all_of(page, RULES)
                if look == looks[0]
                else all_of(page, LOOKS)
                if whole
                else again(page, also)
            )
            found += [(address, *look, fault) for fault in seen]
    return found


def all_of(page: Page, rules: dict[str, list[str]]) -> list[object]:
    """What axe finds on the page as it stands, by how much it is wider than the screen, and tables out of line."""
    return told(page, Axe().run(page, options=rules | {"resultTypes": ["violations"]}).response)


def again(page: Page, also: str) -> list[object]:
    """As ``all_of`` for what a look can change, three of each kind of thing, and without what ``also`` selects."""
    return told(page, page.evaluate(AGAIN, [LOOKS | {"resultTypes": ["violations"]}, also]))


def told(page: Page, results: dict[str, Any]) -> list[object]:
    wide, shifted = page.evaluate(OUT_OF_LINE)
    found: list[object] = [(v["id"], v["nodes"][0]["html"][:120]) for v in results["violations"]]
    found += [("no heading above it", cell) for cell in shifted]
    return found + ([("wider than the screen", wide)] if wide > 0 else [])


@pytest.mark.parametrize("endpoint", pages())
def test_a_page_has_no_fault(site: Site, open_as: OpenAs, endpoint: str) -> None:
    assert faults(site, open_as, endpoint, SLUG, [PHONE_LIGHT, BIG_DARK]) == []


def test_the_page_of_the_largest_edition_has_no_fault(site: Site, open_as: OpenAs) -> None:
    assert faults(site, open_as, "editions.newest", LARGEST, [PHONE_LIGHT]) == []


@pytest.mark.exam
@pytest.mark.parametrize("endpoint", pages())
def test_no_page_of_the_largest_story_has_a_fault(site: Site, open_as: OpenAs, endpoint: str) -> None:
    assert faults(site, open_as, endpoint, LARGEST, EVERY_LOOK, whole=True) == []


def test_what_the_lead_is_asked_has_no_fault(site: Site, open_as: OpenAs) -> None:
    (address,) = addresses(site, "review.show")
    page = open_as(site, "lead", viewport=SIZES["phone"])
    page.goto("/stories/")
    page.get_by_role("link", name="Eighteen and out").first.click()
    assert page.url.endswith(f"{address}#open-web")
    assert page.get_by_role("button", name="Sign it as information-governance lead").is_visible()
    assert told(page, Axe().run(page, context="#open-web", options=RULES).response) == []


def test_a_further_look_sees_a_fault_of_one_kind_of_thing_among_many(site: Site, open_as: OpenAs) -> None:
    page = open_as(site, "worker", viewport=SIZES["phone"])
    page.goto(f"/stories/{SLUG}/")
    assert all_of(page, LOOKS) == again(page, "svg.swimlane") == []
    page.evaluate("""() => {
      const list = document.querySelector('#contact-list').parentElement;
      list.insertAdjacentHTML('beforeend', '<ul></ul>');
      const all = list.lastElementChild;
      for (let n = 0; n < 9; n++) all.insertAdjacentHTML('beforeend', `<li${n == 7 ? ' class="pale"' : ''}>Word</li>`);
      Object.assign(all.querySelector('.pale').style, { color: '#ccc', background: '#fff' });
    }""")
    assert [fault[0] for fault in again(page, "svg.swimlane")] == ["color-contrast"]


@pytest.mark.parametrize("address", ["/nothing/", "/editions/nobody/"])
def test_what_goes_wrong_has_no_fault_either(site: Site, open_as: OpenAs, address: str) -> None:
    page = open_as(site, viewport=SIZES["phone"])
    page.goto(address)
    assert Axe().run(page, options=RULES).response["violations"] == []
