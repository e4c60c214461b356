"""The picture in Chromium: for eyes, keyboards and screen readers, with Plotly and without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from storybook.anonymise.shown import HandOff, Shown, ShownPerson
from tests.browser.picture_pages import (
    LIVE,
    SIZES,
    WATCH,
    Pictures,
    drawn_by_plotly,
    focused,
    marks,
    rings,
    served,
    together,
)
from tests.unit.swimlane.samples import contact, generated, shown, span

PEOPLE = (ShownPerson(ref="P1", name="Nell"), ShownPerson(ref="P2", name="Joe"))
SMALL = shown(
    contact("a", when=span(1, text="month 2"), people=("P1",), label="Asked for a bed", own_words="I asked nicely."),
    contact("b", when=span(6, 9, text="month 7"), people=("P2",), outcome="turned-away",
            outcome_label="The service said no"),
    contact("c", "l2", span(7), people=("P1", "P2"), kind="arrest", kind_label="Arrest", label="Arrested over food",
            hand_off=HandOff(to_lane="l1", end="returned", end_label="Sent back")),
    people=PEOPLE,
)  # fmt: skip
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def pictures() -> Iterator[Pictures]:
    with served() as made:
        yield made


@pytest.fixture(scope="module")
def small(pictures: Pictures) -> str:
    return pictures.put(SMALL)


@pytest.fixture(scope="module")
def crowded(pictures: Pictures) -> str:
    return pictures.put(generated(6, ("Übergang",)))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    contexts: list[BrowserContext] = []

    def opened(address: str, size: str = "wide", *, live: bool = True, **options: Any) -> Page:
        width, height = SIZES[size]
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        page = contexts[-1].new_page()
        page.add_init_script(WATCH)
        page.goto(address)
        if live:
            page.locator(LIVE).wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()


# ---- coming alive


@pytest.mark.parametrize("size", SIZES)
def test_plotly_takes_over_without_a_report_or_a_shift_and_draws_each_mark_where_it_was(
    open_page: Open, crowded: str, size: str
) -> None:
    page = open_page(crowded, size)
    assert page.evaluate("reports") == []
    assert page.evaluate("shifts") == 0
    assert page.locator("svg.swimlane:visible").get_attribute("data-width") == size
    plotted, ringed = drawn_by_plotly(page), rings(page)
    assert len(plotted) >= 150
    # Outlines such as a triangle's are not centred in their box, hence the tolerance of a mark's half height.
    assert together(plotted, ringed, within=4)


def test_what_can_be_seen_before_the_script_is_what_can_be_seen_after_it(open_page: Open, small: str) -> None:
    before = (
        open_page(small, java_script_enabled=False, live=False).locator("[data-picture-stage]").bounding_box()
    )
    after = open_page(small).locator("[data-picture-stage]").bounding_box()
    assert before is not None
    assert after is not None
    assert (before["width"], before["height"]) == (after["width"], after["height"])


def test_the_figure_can_also_be_fetched_for_the_one_width_that_is_shown(
    open_page: Open, pictures: Pictures
) -> None:
    asked: list[str] = []
    page = open_page(pictures.put(SMALL, fetched=True), live=False)
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    page.reload()
    page.locator(LIVE).wait_for()
    assert [name for name in asked if name.endswith(".json")] == ["wide.json"]
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("svg.swimlane--narrow")).to_be_visible()
    page.wait_for_timeout(400)
    assert [name for name in asked if name.endswith(".json")] == ["wide.json", "narrow.json"]
    assert together(drawn_by_plotly(page), rings(page), within=4)


def test_another_width_of_the_screen_gets_its_own_form(open_page: Open, small: str) -> None:
    page = open_page(small)
    page.set_viewport_size({"width": 1024, "height": 768})
    expect(page.locator("svg.swimlane--medium")).to_be_visible()
    page.wait_for_timeout(400)
    assert together(drawn_by_plotly(page), rings(page), within=4)


def test_without_plotly_the_drawing_stays_and_answers(open_page: Open, browser: Browser, small: str) -> None:
    page = open_page(small, live=False)
    page.route("**/plotly-storybook.min.js", lambda route: route.abort())
    page.reload()
    page.locator("figure[data-ready='false']").wait_for()
    marks(page).first.hover()
    expect(page.locator("[data-picture-card]")).to_contain_text("Asked for a bed")
    marks(page).first.click()
    expect(page.locator("[data-picture-detail]")).to_contain_text("I asked nicely.")


def test_without_any_script_the_drawing_has_its_names_and_the_tables_open(
    open_page: Open, small: str
) -> None:
    page = open_page(small, live=False, java_script_enabled=False)
    assert marks(page).count() == 3
    expect(
        page.get_by_role("gridcell", name="Month 2, City Housing Team, Appointment: Asked for a bed, Nell")
    ).to_be_visible()
    page.locator("summary").click()
    expect(page.get_by_role("table", name="2 agencies, a year")).to_be_visible()


# ---- keyboard and screen reader


def test_there_is_one_tab_stop_into_the_picture(open_page: Open, small: str) -> None:
    page = open_page(small)
    page.get_by_role("button", name="See the whole story").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "Month 2, City Housing Team, Appointment: Asked for a bed, Nell"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_arrows_lead_to_every_contact(open_page: Open, crowded: str) -> None:
    page = open_page(crowded, "medium")
    names = marks(page).evaluate_all("list => list.map((each) => each.getAttribute('aria-label'))")
    page.evaluate("""() => {
      window.met = [];
      document.addEventListener('focusin', (e) => met.push(e.target.getAttribute('aria-label')));
    }""")
    marks(page).first.focus()
    for _ in names[1:]:
        page.keyboard.press("ArrowRight")
    assert page.evaluate("met") == names
    page.keyboard.press("ArrowRight")
    assert focused(page) == names[-1]
    page.keyboard.press("ArrowLeft")
    assert focused(page) == names[-2]


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        (["ArrowRight"], "b"),
        (["ArrowDown"], "c"),
        (["ArrowDown", "ArrowUp"], "b"),
        (["End"], "b"),
        (["End", "Home"], "a"),
        (["Control+End"], "c"),
        (["Control+End", "Control+Home"], "a"),
        (["ArrowUp"], "a"),
    ],
)
def test_keys_move_in_time_and_between_lanes(open_page: Open, small: str, keys: list[str], key: str) -> None:
    page = open_page(small)
    marks(page).first.focus()
    for each in keys:
        page.keyboard.press(each)
    assert page.evaluate("document.activeElement.dataset.key") == key
    assert page.locator("svg.swimlane:visible [tabindex='0']").get_attribute("data-key") == key


def test_each_contact_has_its_name_for_a_screen_reader(open_page: Open, small: str) -> None:
    page = open_page(small)
    rows = page.get_by_role("grid", name="2 agencies, a year").get_by_role("row")
    assert rows.count() == 2
    expect(rows.nth(0).get_by_role("rowheader", name="City Housing Team")).to_have_count(1)
    name = "Month 7, City Housing Team, Appointment: First visit, The service said no, Joe"
    expect(rows.nth(0).get_by_role("gridcell", name=name, exact=True)).to_have_count(1)


# ---- card and detail


def test_pointing_shows_a_card_and_leaving_hides_it(open_page: Open, small: str) -> None:
    page = open_page(small)
    marks(page).nth(2).hover()
    card = page.locator("[data-picture-card]")
    expect(card).to_contain_text("Arrested over food")
    expect(card).to_contain_text("passed on to City Housing Team: Sent back")
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1920
    page.get_by_role("button", name="See the whole story").hover()
    expect(card).to_be_hidden()


@pytest.mark.parametrize("how", ["click", "Enter", "Space"])
def test_a_contact_opens_its_detail_and_escape_leads_back_to_it(
    open_page: Open, small: str, how: str
) -> None:
    page = open_page(small)
    mark = marks(page).first
    if how == "click":
        mark.click()
    else:
        mark.focus()
        page.keyboard.press(how)
    panel = page.locator("[data-picture-detail]")
    expect(panel).to_be_focused()
    expect(panel.get_by_role("heading")).to_have_text("Asked for a bed")
    expect(panel).to_contain_text("In their own words")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(mark).to_be_focused()


def test_a_button_closes_the_detail_too(open_page: Open, small: str) -> None:
    page = open_page(small, "narrow")
    marks(page).first.click()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("[data-picture-detail]")).to_be_hidden()
    expect(marks(page).first).to_be_focused()


def test_on_a_phone_the_contact_stays_in_sight_above_its_detail(open_page: Open, crowded: str) -> None:
    page = open_page(crowded, "narrow")
    mark = marks(page).nth(60)
    mark.focus()
    page.keyboard.press("Enter")
    ring, panel = (
        mark.locator(".sw-ring").bounding_box(),
        page.locator("[data-picture-detail]").bounding_box(),
    )
    assert ring is not None
    assert panel is not None
    assert ring["y"] + ring["height"] <= panel["y"]


# ---- one person, closer


def test_one_persons_contacts_can_stand_alone(open_page: Open, small: str) -> None:
    page = open_page(small)
    page.get_by_text("Joe", exact=True).first.click()
    expect(marks(page).nth(0)).to_be_hidden()
    page.wait_for_timeout(200)
    assert len(drawn_by_plotly(page)) == 2
    marks(page).nth(1).focus()
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.dataset.key") == "b"
    page.get_by_text("Everybody", exact=True).click()
    page.wait_for_timeout(200)
    assert len(drawn_by_plotly(page)) == 3


@pytest.mark.parametrize("how", ["button", "key"])
def test_closer_in_the_contacts_move_with_their_marks(open_page: Open, small: str, how: str) -> None:
    page = open_page(small)
    before = rings(page)
    if how == "button":
        page.get_by_role("button", name="Look closer").click()
    else:
        marks(page).first.focus()
        page.keyboard.press("+")
    page.wait_for_timeout(300)
    assert rings(page) != before
    inside = [
        at
        for at, mark in enumerate(marks(page).all())
        if "is-away" not in (mark.get_attribute("class") or "")
    ]
    assert inside
    plotted, ringed = drawn_by_plotly(page), rings(page)
    assert together([plotted[at] for at in inside], [ringed[at] for at in inside], within=4)
    page.get_by_role("button", name="See the whole story").click()
    page.wait_for_timeout(300)
    assert together(rings(page), before, within=0.2)


def test_closer_in_a_contact_out_of_sight_is_brought_in_when_it_gets_the_focus(
    open_page: Open, small: str
) -> None:
    page = open_page(small)
    for _ in range(3):
        page.get_by_role("button", name="Look closer").click()
        page.wait_for_timeout(150)
    assert "is-away" in (marks(page).first.get_attribute("class") or "")
    marks(page).first.focus()
    expect(marks(page).first).not_to_have_class("is-away")
    page.wait_for_timeout(300)
    assert "is-away" not in (marks(page).first.get_attribute("class") or "")
    plotted, ringed = drawn_by_plotly(page), rings(page)
    assert together(plotted[:1], ringed[:1], within=4)


# ---- looks


def test_no_two_words_touch_as_the_browser_sets_them(open_page: Open, crowded: str) -> None:
    page = open_page(crowded, live=False)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    touching = page.evaluate("""() => {
      const texts = [...document.querySelectorAll('svg.swimlane--wide text:not(.t-watermark)')]
        .map((text) => [text.textContent, text.getBoundingClientRect()]).sort((a, b) => a[1].top - b[1].top);
      const found = [];
      texts.forEach(([words, box], at) => {
        for (const [other, next] of texts.slice(at + 1)) {
          if (next.top >= box.bottom - 0.5) break;
          if (next.left < box.right - 0.5 && box.left < next.right - 0.5) found.push([words, other]);
        }
      });
      return found;
    }""")
    assert touching == []


def test_the_dark_has_its_own_colours_also_in_plotly(open_page: Open, small: str) -> None:
    light = open_page(small, color_scheme="light")
    dark = open_page(small, color_scheme="dark")
    read = "document.querySelector('.picture-live')._fullLayout.font.color"
    assert (light.evaluate(read), dark.evaluate(read)) == ("#1d2230", "#f1ebdf")
    light.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    light.wait_for_timeout(400)
    assert light.evaluate(read) == "#f1ebdf"
    expect(light.locator("[data-picture-stage]")).to_have_css("background-color", "rgb(36, 33, 28)")


def test_print_shows_the_drawing_on_white_and_no_buttons(open_page: Open, small: str) -> None:
    page = open_page(small, "medium")
    page.emulate_media(media="print")
    expect(page.locator(".picture-live")).to_be_hidden()
    expect(page.locator("[data-picture-bar]")).to_be_hidden()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('svg.swimlane--medium .sw-back')).opacity")
        == "1"
    )
    assert (
        page.evaluate("getComputedStyle(document.querySelector('svg.swimlane--medium .sw-paper')).fill")
        == "rgb(255, 255, 255)"
    )


def test_a_draft_is_watermarked_before_and_after_plotly(open_page: Open, small: str) -> None:
    expect(
        open_page(small, live=False, java_script_enabled=False).locator("svg:visible .t-watermark").first
    ).to_be_visible()
    page = open_page(small)
    watermark = page.locator("svg.swimlane:visible .t-watermark").first
    expect(watermark).to_be_visible()
    assert (
        watermark.evaluate(
            "(text) => { let all = 1; for (let e = text; e; e = e.parentElement) "
            "all *= getComputedStyle(e).opacity; return all; }"
        )
        == 1
    )


def test_hostile_words_stay_words_in_the_card_the_detail_and_the_plot(
    open_page: Open, pictures: Pictures
) -> None:
    hostile = '<img src=x onerror="window.ran=1"><a href="javascript:window.ran=1">x</a>'
    story: Shown = shown(contact(label=hostile, own_words=hostile), title=hostile, caption=hostile)
    page = open_page(pictures.put(story))
    marks(page).first.hover()
    marks(page).first.click()
    expect(page.locator("[data-picture-title]")).to_have_text(hostile)
    assert page.evaluate("window.ran") is None
    assert page.locator(".picture-live a, .picture-live img, [data-picture-card] img").count() == 0
    assert page.evaluate("reports") == []
