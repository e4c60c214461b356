"""Words that run from right to left: in the drawing, the figure, the table and what is said of a contact."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from storybook.anonymise.draft import Draft
from storybook.anonymise.shown import Lane, ShownPerson
from storybook.swimlane import svg
from storybook.swimlane.direction import has_leftward, on_its_own, runs_left, set_apart
from storybook.swimlane.geometry import Width
from storybook.swimlane.layout import layout
from storybook.swimlane.plotly_figure import figure
from storybook.swimlane.table import contacts
from tests.unit.anonymise.samples import a_story, an_edition
from tests.unit.anonymise.samples import contact as written
from tests.unit.swimlane.samples import METRICS, contact, draft

NAMESPACE = "{http://www.w3.org/2000/svg}"
ARABIC, HEBREW, URDU = "خدمات الإسكان", "שירותי רווחה", "ہاؤسنگ"
LONG_ARABIC = f"{ARABIC} " * 12
MIXED = f"Shelter {ARABIC} 12"


def texts(source: Draft) -> dict[str, Element]:
    """Each text of the wide drawing by its words."""
    root = fromstring(svg.render(layout(source, Width.WIDE, METRICS)))
    return {"".join(each.itertext()): each for each in root.iter(f"{NAMESPACE}text")}


def lane(name: str) -> tuple[Lane, ...]:
    return (Lane(key="l1", label=name, sector="housing"),)


@pytest.mark.parametrize(
    ("words", "left", "any_left"),
    [
        (ARABIC, True, True),
        (HEBREW, True, True),
        (URDU, True, True),
        (f"12 ({ARABIC})", True, True),
        (f"{ARABIC} Crisis", True, True),
        ("\U00010d00\U00010d01", True, True),
        (MIXED, False, True),
        ("Crisis", False, False),
        ("日本", False, False),
        ("12 – 13", False, False),
        ("", False, False),
    ],
)
def test_the_first_letter_with_a_direction_decides(words: str, left: bool, any_left: bool) -> None:
    assert (runs_left(words), has_leftward(words)) == (left, any_left)


def test_a_line_for_what_has_no_direction_is_an_isolate_of_its_own() -> None:
    assert set_apart(ARABIC, True) == f"\u2067{ARABIC}\u2069"
    assert set_apart("Crisis", False) == "Crisis"
    assert (on_its_own(MIXED), on_its_own("Crisis")) == (f"\u2068{MIXED}\u2069", "Crisis")


@pytest.mark.parametrize("name", [ARABIC, HEBREW, URDU])
def test_a_name_that_runs_left_is_drawn_so_from_the_same_edge(name: str) -> None:
    both = {**texts(draft(contact(), lanes=lane(name))), **texts(draft(contact(), lanes=lane("Crisis")))}
    assert both[name].get("direction") == "rtl"
    assert both[name].get("class") == "t-lane t-end"
    assert both["Crisis"].get("direction") is None
    assert both["Crisis"].get("class") == "t-lane"
    assert both[name].get("x") == both["Crisis"].get("x")


def test_every_line_of_leftward_words_is_set_alone_and_the_ellipsis_is_their_last_sign() -> None:
    (made,) = [e for words, e in texts(draft(contact(label=LONG_ARABIC))).items() if words.endswith("…")]
    lines = made.findall(f"{NAMESPACE}tspan")
    assert len(lines) == 3
    assert [(line.get("direction"), line.get("unicode-bidi")) for line in lines] == [("rtl", "isolate")] * 3
    assert [(line.text or "").startswith(" ") for line in lines] == [False, True, True]
    assert [(line.text or "").endswith(("…", " ")) for line in lines] == [False, False, True]


def test_lines_of_mixed_words_are_set_alone_in_their_own_direction() -> None:
    (made,) = [e for words, e in texts(draft(contact(label=f"{MIXED} " * 9))).items() if "Shelter" in words]
    lines = made.findall(f"{NAMESPACE}tspan")
    assert {(line.get("direction"), line.get("unicode-bidi")) for line in lines} == {(None, "isolate")}
    assert made.get("direction") is None


def test_words_of_one_direction_carry_nothing_of_it() -> None:
    markup = svg.render(layout(draft(contact(label="word " * 30)), Width.WIDE, METRICS))
    assert "bidi" not in markup
    assert "direction" not in markup


def test_in_the_figure_a_leftward_line_is_an_isolate() -> None:
    made = figure(layout(draft(contact(label=ARABIC), lanes=lane("Shelter خدمات")), Width.WIDE, METRICS))
    words = [text for trace in made["data"] if trace["mode"] == "text" for text in trace["text"]]
    assert f"\u2067{ARABIC}\u2069" in words
    assert "Shelter خدمات" in words


def test_in_a_file_of_its_own_joined_letters_are_not_stretched() -> None:
    story = a_story(written("2016-04-03", summary=ARABIC), written("2016-06", agency="b", summary="Asked"))
    drawn = fromstring(svg.standalone_svg(layout(an_edition(story), Width.WIDE, METRICS)))
    stretched = {"".join(e.itertext()): "textLength" in e.attrib for e in drawn.iter(f"{NAMESPACE}text")}
    assert (stretched[ARABIC], stretched["Asked"]) == (False, True)


def test_what_is_said_of_a_contact_keeps_each_part_together() -> None:
    people = (ShownPerson(ref="P1", name="مريم"), ShownPerson(ref="P2", name="Joe"))
    made = layout(draft(contact(people=("P1", "P2")), people=people, lanes=lane(ARABIC)), Width.WIDE, METRICS)
    assert made.marks[0].name == (
        f"Month 1, \u2068{ARABIC}\u2069, Appointment: First visit, \u2068\u2068مريم\u2069, Joe\u2069"
    )
    (row,) = contacts(made).rows
    assert "\u2068مريم\u2069, Joe" in row.cells
