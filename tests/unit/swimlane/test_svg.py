"""The drawing: one Tab stop, every contact named, nothing that a strict content policy forbids."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from storybook.anonymise.draft import Draft
from storybook.anonymise.edition import ForgedEdition
from storybook.anonymise.shown import ShownPerson
from storybook.swimlane import svg
from storybook.swimlane.geometry import Bar, Width
from storybook.swimlane.layout import layout
from storybook.swimlane.svg_paths import bar_path, clean, number, path
from tests.unit.anonymise.samples import an_edition
from tests.unit.swimlane.samples import LONG, METRICS, contact, draft, generated, span

NAMESPACE = "{http://www.w3.org/2000/svg}"


def drawn(source: Draft, width: Width = Width.WIDE) -> Element:
    return fromstring(svg.render(layout(source, width, METRICS), prefix="p-"))


def tagged(root: Element, **attributes: str) -> list[Element]:
    names = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [each for each in root.iter() if names.items() <= each.attrib.items()]


CROWD = Draft(generated(3))


def test_every_contact_is_a_cell_of_its_lanes_row_and_named() -> None:
    root = drawn(draft(contact("a", when=span(6, text="month 7")), contact("b", "l2")))
    rows = tagged(root, role="row")
    assert [row.get("data-lane") for row in rows] == ["l1", "l2"]
    names = [[cell.findtext(f"{NAMESPACE}title") for cell in tagged(row, role="gridcell")] for row in rows]
    assert names == [
        ["Month 7, City Housing Team, Appointment: First visit"],
        ["Month 1, Police, Appointment: First visit"],
    ]
    assert len(tagged(root, role="rowheader")) == 2


def test_there_is_one_tab_stop_and_it_is_the_first_contact() -> None:
    root = drawn(CROWD)
    cells = tagged(root, role="gridcell")
    assert [cell.get("tabindex") for cell in cells] == ["0"] + ["-1"] * (len(cells) - 1)
    assert [each for each in root.iter() if "tabindex" in each.attrib] == cells


def test_nothing_in_it_needs_an_unsafe_content_policy() -> None:
    for each in drawn(CROWD).iter():
        assert "style" not in each.attrib
        assert not [name for name in each.attrib if name.startswith("on") or "href" in name]
        assert each.tag.removeprefix(NAMESPACE) in {
            "svg", "g", "title", "desc", "rect", "path", "circle", "text", "tspan",
        }  # fmt: skip


def test_words_that_look_like_markup_stay_words() -> None:
    root = drawn(draft(contact(label='</title><script>alert(1)</script>"&')))
    assert tagged(root, role="gridcell")[0].findtext(f"{NAMESPACE}title") == (
        'Month 1, City Housing Team, Appointment: </title><script>alert(1)</script>"&'
    )
    assert list(root.iter(f"{NAMESPACE}script")) == []


def test_characters_that_xml_can_not_hold_are_replaced() -> None:
    assert clean("a\x01\x0b\ud800b\tc") == "a\ufffd\ufffd\ufffdb\tc"
    assert drawn(draft(contact(label="\x01bell"), caption="\x08")).tag.endswith("svg")


def test_ids_differ_between_the_drawings_of_a_page() -> None:
    made = [drawn(draft(contact()), width) for width in Width]
    ids = [each.attrib["id"] for root in made for each in root.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids)) == 6
    assert all(root.attrib["aria-labelledby"].split() == [
        each.attrib["id"] for each in root.iter() if "id" in each.attrib
    ] for root in made)  # fmt: skip


def test_the_description_says_what_it_is_and_how_to_go_about_in_it() -> None:
    about = drawn(draft(contact())).findtext(f"{NAMESPACE}desc") or ""
    assert about == (
        "2 agencies, a year. Draft: not agreed, not to be passed on. Fictional story. "
        "Arrow keys lead from contact to contact; the same stands in the tables below."
    )


def test_a_cut_name_is_there_in_full_for_whoever_points_at_it() -> None:
    root = drawn(draft(contact(), caption=LONG * 9))
    titles = [text.findtext(f"{NAMESPACE}title") for text in root.iter(f"{NAMESPACE}text")]
    assert LONG * 9 in titles


def test_a_picture_without_lanes_is_no_grid() -> None:
    root = drawn(draft(lanes=()))
    assert (tagged(root, role="grid"), tagged(root, role="gridcell")) == ([], [])


def test_people_are_classes_that_a_page_can_choose_by() -> None:
    people = (ShownPerson(ref="P1", name="Nell"), ShownPerson(ref="P2", name="Joe"))
    root = drawn(draft(contact(people=("P2", "P1"), significant=False, outcome="not-met"), people=people))
    assert tagged(root, role="gridcell")[0].attrib["class"] == "contact f-help hollow minor p0 p1"


def test_a_file_of_its_own_carries_its_styles_and_holds_its_words_to_their_width() -> None:
    edition = an_edition()
    made = layout(edition, Width.WIDE, METRICS)
    root = fromstring(svg.standalone_svg(made))
    assert root[0].tag == f"{NAMESPACE}style"
    assert "Atkinson Hyperlegible Next" in (root[0].text or "")
    caption = next(text for text in root.iter(f"{NAMESPACE}text") if text.text == made.shown.caption)
    drawn_width = next(text.box.w for text in made.texts if text.full == made.shown.caption)
    assert float(caption.attrib["textLength"]) == pytest.approx(drawn_width / 1.02, abs=1)
    assert "Arrow keys" not in (root.findtext(f"{NAMESPACE}desc") or "")


def test_a_draft_does_not_become_a_file() -> None:
    with pytest.raises(ForgedEdition):
        svg.standalone_svg(layout(draft(contact()), Width.WIDE, METRICS))  # type: ignore[arg-type]  # what the test is about


@pytest.mark.parametrize(
    ("value", "written"), [(3.0, "3"), (3.14, "3.1"), (-0.04, "0"), (-2.5, "-2.5"), (100, "100")]
)
def test_numbers_are_written_short(value: float, written: str) -> None:
    assert number(value) == written


def test_lines_are_written_short() -> None:
    assert path(((0, 0), (5, 0), (5, 2), (7, 9)), closed=True) == "M0,0H5V2L7,9Z"


@pytest.mark.parametrize(
    ("bar", "written"),
    [
        (Bar(10, 40, 0, 10, 10, 40), "M5,0H25a5,5 0 0 1 0,10H5a5,5 0 0 1 0,-10Z"),
        (Bar(10, 40, 0, 10, 0, 50), "M0,0H30V10H0Z"),
        (Bar(10, 40, 0, 10, 10, 40, arrow=True), "M5,0H23l7,5l-7,5H5a5,5 0 0 1 0,-10Z"),
    ],
)
def test_a_bar_is_round_where_it_is_sure_flat_where_it_fades_and_pointed_where_it_goes_on(
    bar: Bar, written: str
) -> None:
    assert bar_path(bar, 10, 0) == written
