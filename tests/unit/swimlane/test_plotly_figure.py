"""The Plotly figure: the layout's own pixels, few traces, colours that the page decides."""

from __future__ import annotations

import re
from typing import Any

import plotly.graph_objects as go
import pytest

from storybook.anonymise.draft import Draft
from storybook.anonymise.shown import ShownPerson
from storybook.swimlane.geometry import Width
from storybook.swimlane.layout import layout
from storybook.swimlane.looks import TOKENS
from storybook.swimlane.plotly_figure import figure
from tests.unit.swimlane.samples import METRICS, contact, draft, generated, span

CROWD = layout(Draft(generated(3)), Width.WIDE, METRICS)


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for part in parts for text in strings(part)]


def named(made: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [trace for trace in made["data"] if trace["name"] == name]


def test_plotly_itself_accepts_it() -> None:
    made = figure(CROWD, checked=False)
    taken = go.Figure(made).to_plotly_json()
    taken["layout"].pop("template")
    assert taken == made


def test_the_zoomable_axes_are_the_plot_in_the_layouts_pixels() -> None:
    made = figure(CROWD)["layout"]
    plot = CROWD.plot
    assert (made["width"], made["height"]) == (CROWD.width, CROWD.height)
    assert made["xaxis2"]["range"] == [plot.x, plot.right]
    assert made["yaxis2"]["range"] == [plot.bottom, plot.y]
    assert made["xaxis2"]["domain"] == [plot.x / CROWD.width, plot.right / CROWD.width]
    assert [made[axis]["fixedrange"] for axis in ("xaxis", "yaxis", "yaxis2", "xaxis3", "yaxis3")] == [
        True
    ] * 5


def test_a_crowded_picture_needs_few_traces_and_no_webgl() -> None:
    traces = figure(CROWD)["data"]
    assert len(CROWD.marks) >= 150
    assert len(traces) < 130
    assert {trace["type"] for trace in traces} == {"scatter"}


def test_colours_are_the_pages_own() -> None:
    used = {found for text in strings(figure(CROWD)) for found in re.findall(r"var\(--sw-([\w-]+)\)", text)}
    assert used <= TOKENS.keys()
    assert not [text for text in strings(figure(CROWD)) if re.fullmatch(r"#[0-9a-f]{3,8}", text)]


def test_each_piece_knows_its_mark_so_that_one_persons_contacts_can_stand_alone() -> None:
    for trace in figure(CROWD)["data"]:
        marks = trace.get("meta", {}).get("marks")
        if marks is not None:
            pieces = trace["x"].count(None) or len(trace["x"])
            assert len(marks) == pieces, trace["name"]


def test_what_belongs_to_a_mark_stays_with_it_in_a_zoom() -> None:
    made = layout(draft(contact("a", when=span(3)), contact("b", when=span(4, 9))), Width.WIDE, METRICS)
    moment, stretch = made.marks
    assert stretch.bar is not None
    homes = [moment.x, stretch.bar.x0]
    for name in ("contacts", "text-label"):
        (trace,) = named(figure(made), name)
        assert [x - off for x, off in zip(trace["x"], trace["meta"]["off"], strict=True)] == homes


def test_a_page_whose_drawing_shows_what_stays_asks_for_the_rest_only() -> None:
    made = figure(CROWD, still=False)
    assert {trace["xaxis"] for trace in made["data"]} == {"x2"}
    assert [name for name in made["layout"] if "axis" in name] == ["xaxis2", "yaxis2"]
    whole = [trace for trace in figure(CROWD)["data"] if trace["xaxis"] == "x2"]
    assert made["data"] == whole


def test_a_hollow_mark_is_paper_inside() -> None:
    made = layout(draft(contact(outcome="turned-away")), Width.WIDE, METRICS)
    (marks,) = named(figure(made), "contacts")
    assert marks["marker"]["color"] == ["var(--sw-paper)"]
    assert marks["marker"]["line"]["color"] == ["var(--sw-help)"]


def test_people_are_lines_above_and_below() -> None:
    people = (ShownPerson(ref="P1", name="Nell"), ShownPerson(ref="P2", name="Joe"))
    made = layout(draft(contact(people=("P1", "P2"), significant=False), people=people), Width.WIDE, METRICS)
    (who,) = [trace for trace in named(figure(made), "who") if trace["xaxis"] == "x2"]
    above, below = who["y"]
    assert above < made.marks[0].y < below


def test_words_that_look_like_markup_stay_words() -> None:
    made = layout(draft(contact(label='<a href="javascript:x()">&lt;')), Width.WIDE, METRICS)
    (labels,) = named(figure(made), "text-label")
    assert labels["text"] == ['&lt;a href="javascript:x()"&gt;&amp;lt;']


@pytest.mark.parametrize("width", list(Width))
def test_the_watermark_lies_over_all_of_a_draft(width: Width) -> None:
    made = figure(layout(draft(contact()), width, METRICS))
    assert made["data"][-1]["name"] == "text-watermark"
    assert (made["data"][-1]["xaxis"], made["data"][-1]["text"][0]) == ("x3", "DRAFT")


def test_an_empty_story_is_a_figure_too() -> None:
    assert named(figure(layout(draft(lanes=()), Width.WIDE, METRICS)), "contacts") == []
