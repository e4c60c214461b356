"""Colours and shapes: to be told apart by every eye, on paper, in the dark and in print."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from storybook.swimlane.looks import FAMILIES, KINDS, PAINTS, TOKENS, glyph, glyphs
from storybook.swimlane.marks import OUTLINES
from storybook.swimlane.roles import Look
from storybook.swimlane.style import file_css, page_css

LOOKS_CSS = Path(__file__).parents[3] / "frontend" / "src" / "picture" / "looks.css"
THEMES = range(3)
BACKGROUNDS = ("paper", "band-a", "band-b")


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "quiet"])
def test_words_stand_out_4_5_to_1_from_all_that_may_lie_behind_them(theme: int, ink: str) -> None:
    behind = (*BACKGROUNDS, "demand", *(f"{family}-soft" for family in FAMILIES))
    assert min(contrast(TOKENS[ink][theme], TOKENS[each][theme]) for each in behind) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_the_tints_of_a_home_track(theme: int) -> None:
    assert min(contrast(TOKENS["ink"][theme], TOKENS[f"home-{n}"][theme]) for n in range(1, 7)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("family", [*FAMILIES, "link", "turning"])
def test_marks_stand_out_3_to_1_from_paper_and_bands(theme: int, family: str) -> None:
    assert min(contrast(TOKENS[family][theme], TOKENS[each][theme]) for each in BACKGROUNDS) >= 3


def test_no_two_kinds_have_the_same_shape_and_fill_so_that_a_print_without_colour_can_be_read() -> None:
    shapes = [shape for shape, _ in KINDS.values()]
    assert len(set(shapes)) == len(shapes)


def test_every_shape_has_an_outline() -> None:
    assert {shape.removesuffix("-dot") for shape, _ in KINDS.values()} - {"circle"} <= OUTLINES.keys()


def test_kinds_of_another_vocabulary_get_looks_of_their_own_always_the_same() -> None:
    ours = [f"kind-{n}" for n in range(60)]
    looks = glyphs([*ours, "visit"])
    assert looks == glyphs(reversed(ours))
    assert not [pair for pair in combinations(looks, 2) if looks[pair[0]] == looks[pair[1]]]


def test_more_kinds_than_looks_share_the_plain_one() -> None:
    looks = glyphs(f"kind-{n:03}" for n in range(500))
    assert glyph(looks, "kind-499", "helped").shape == "hexagon"


def test_every_look_has_its_paint() -> None:
    assert PAINTS.keys() == set(Look)


def test_the_pages_style_sheet_is_the_one_made_from_these_tables() -> None:
    assert LOOKS_CSS.read_text(encoding="utf-8").rstrip("\n") == page_css()


def test_a_page_has_dark_and_print_colours_and_a_file_has_light_and_print_ones() -> None:
    assert "prefers-color-scheme:dark" in page_css()
    assert "data-theme=dark" in page_css()
    assert "@media print" in file_css()
    assert "prefers-color-scheme" not in file_css()
