"""What holds for every picture, whatever is in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings

from storybook.anonymise.candidate import freeze
from storybook.anonymise.dates.policy import Shift
from storybook.anonymise.draft import Draft
from storybook.anonymise.draft import draft as make_draft
from storybook.swimlane import plotly_figure, svg
from storybook.swimlane.geometry import Box, Layout, Mark, Text, Width
from storybook.swimlane.layout import layout
from storybook.swimlane.metrics import plain
from storybook.swimlane.table import contacts
from tests.strategies import a_story
from tests.unit.anonymise.samples import VOCABULARY
from tests.unit.swimlane.samples import METRICS, generated, odd_words, seeds

NAMESPACE = "{http://www.w3.org/2000/svg}"


def touching(boxes: Iterable[tuple[Box, object]]) -> list[tuple[object, object]]:
    """Pairs that overlap; sorted by height first, so that a picture of 300 labels takes no 45,000 looks."""
    found, open_ = [], list[tuple[Box, object]]()
    for box, what in sorted(boxes, key=lambda each: each[0].y):
        open_ = [each for each in open_ if each[0].bottom > box.y]
        found += [(other, what) for placed, other in open_ if placed.overlaps(box)]
        open_.append((box, what))
    return found


def lines_of(text: Text) -> list[tuple[Box, object]]:
    return [(text.box, text.lines)]


def check(made: Layout[Draft]) -> None:
    canvas = Box(0, 0, made.width, made.height)
    labels = made.labels()
    assert touching(each for text in labels for each in lines_of(text)) == []
    assert [text for text in labels if not text.box.inside(canvas)] == []
    assert bars_that_touch(made) == []
    assert [text for text in labels if text.hold is not None and not text.box.inside(made.plot)] == []
    for mark in made.marks:
        assert mark.taken.inside(canvas)
        assert made.lanes[mark.lane].box.y <= mark.y <= made.lanes[mark.lane].box.bottom
    assert all(
        0 <= x <= made.width and 0 <= y <= made.height for shape in made.shapes for x, y in shape.points
    )


def bars_that_touch(made: Layout[Draft]) -> list[tuple[Mark, Mark]]:
    rows: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in made.marks:
        rows[mark.lane, mark.row].append(mark)
    return [
        (one, other)
        for row in rows.values()
        for one, other in combinations(row, 2)
        if extent(one)[0] < extent(other)[1] and extent(other)[0] < extent(one)[1]
    ]


def extent(mark: Mark) -> tuple[float, float]:
    if mark.bar:
        return min(mark.bar.fade_from, mark.bar.x0), max(mark.bar.fade_to, mark.bar.x1)
    return mark.x - mark.r, mark.x + mark.r


def check_generated(seeds: Iterable[int]) -> None:
    for seed in seeds:
        made = layout(Draft(generated(seed)), Width.WIDE, METRICS)
        check(made)
        missing = [
            m for m in made.marks if m.contact.significant and plain(m.contact.label) and m.label is None
        ]
        assert missing == []
        assert len(made.marks) == len(made.shown.contacts)


def test_in_generated_stories_nothing_overlaps_and_every_significant_label_is_drawn_at_1920() -> None:
    check_generated(range(36))


@pytest.mark.exam
def test_in_500_generated_stories_nothing_overlaps_and_every_significant_label_is_drawn_at_1920() -> None:
    check_generated(range(500))


@given(seeds(), odd_words())
@settings(max_examples=12)
def test_whatever_characters_it_holds_nothing_overlaps_at_any_width(
    seed: int, words: tuple[str, ...]
) -> None:
    story = generated(seed, words)
    for width in Width:
        check(layout(Draft(story), width, METRICS))


@given(seeds(), odd_words())
@settings(max_examples=8)
def test_drawing_figure_and_table_show_the_same_marks_at_the_same_places_in_the_same_order(
    seed: int, words: tuple[str, ...]
) -> None:
    story = generated(seed, words)
    for width in Width:
        made = layout(Draft(story), width, METRICS)
        expected = [(mark.key, mark.x, mark.y) for mark in made.marks]
        assert places_in_svg(svg.render(made)) == expected
        assert places_in_figure(plotly_figure.figure(made)) == expected
        assert [row.key for row in contacts(made).rows] == [key for key, _, _ in expected]


def places_in_svg(markup: str) -> list[tuple[str, float, float]]:
    found = []
    for group in fromstring(markup).iter(f"{NAMESPACE}g"):
        if "data-key" in group.attrib:
            x, y = group.attrib["transform"].removeprefix("translate(").removesuffix(")").split(",")
            found.append((group.attrib["data-key"], float(x), float(y)))
    return found


def places_in_figure(figure: dict[str, list[dict[str, list[float]]]]) -> list[tuple[object, float, float]]:
    traces = [trace for trace in figure["data"] if trace["name"] == "contacts"]
    return [place for t in traces for place in zip(t["customdata"], t["x"], t["y"], strict=True)]


@given(seeds(), odd_words())
@settings(max_examples=8)
def test_drawing_and_figure_say_the_same_words_at_the_same_places(seed: int, words: tuple[str, ...]) -> None:
    story = generated(seed, words)
    made = layout(Draft(story), Width.WIDE, METRICS)
    texts = [*made.labels(), *made.watermark]
    in_layout = sorted(
        (text.x, round(text.y + n * text.leading - text.size * plotly_figure.MIDDLE, 1), line)
        for text in texts
        for n, line in enumerate(text.lines)
    )
    figure = plotly_figure.figure(made)
    written = [t for t in figure["data"] if t["mode"] == "text"]
    in_figure = sorted(
        (x, y, unescaped(line)) for t in written for x, y, line in zip(t["x"], t["y"], t["text"], strict=True)
    )
    in_svg = sorted(line for text in texts for line in text.lines)
    assert in_figure == in_layout
    assert sorted(words_in_svg(svg.render(made))) == in_svg


def unescaped(line: str) -> str:
    return line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def words_in_svg(markup: str) -> list[str]:
    found = []
    for text in fromstring(markup).iter(f"{NAMESPACE}text"):
        spans = list(text.iter(f"{NAMESPACE}tspan")) or [text]
        found += [re.sub(" $", "", span.text or "") for span in spans]
    return found


@given(seeds(), odd_words())
@settings(max_examples=8)
def test_the_same_story_gives_the_same_picture(seed: int, words: tuple[str, ...]) -> None:
    story = generated(seed, words)
    assert layout(Draft(story), Width.WIDE, METRICS) == layout(Draft(story), Width.WIDE, METRICS)


def whole(seed: int) -> list[Draft]:
    """A generated story as its writers see it, by the day, and as the world would, by the month."""
    story = a_story(seed)
    return [make_draft(story, VOCABULARY), Draft(freeze(story, VOCABULARY, shift=Shift(-20)).shown)]


def check_whole(seeds: Iterable[int]) -> None:
    for seed in seeds:
        for source in whole(seed):
            made = layout(source, Width.WIDE, METRICS)
            check(made)
            assert [
                m for m in made.marks if m.contact.significant and plain(m.contact.label) and not m.label
            ] == []


def test_generated_stories_come_through_their_date_policy_into_a_picture_without_overlaps() -> None:
    check_whole(range(18))


@pytest.mark.exam
def test_500_generated_stories_come_through_their_date_policy_into_a_picture_without_overlaps() -> None:
    check_whole(range(500))
