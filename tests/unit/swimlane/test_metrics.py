"""How wide words are, and how they break."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.swimlane.metrics import SLACK, Metrics, plain
from tests.unit.swimlane.samples import METRICS

SQUARE = {
    "unitsPerEm": 10,
    "ascent": 8,
    "descent": -2,
    "regular": {"97": 10, "32": 5},
    "bold": {"97": 20, "32": 5},
}


def test_a_width_is_the_sum_of_the_advances_in_both_weights() -> None:
    metrics = Metrics.of(SQUARE)
    assert metrics.width("aa", 10) == 20 * SLACK
    assert metrics.width("aa", 10, bold=True) == 40 * SLACK
    assert (metrics.ascent, metrics.descent) == (0.8, 0.2)


def test_metrics_load_from_the_file_that_the_front_end_build_writes(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps(SQUARE), encoding="utf-8")
    assert Metrics.load(tmp_path / "m.json") == Metrics.of(SQUARE)


@pytest.mark.parametrize("broken", [{}, {**SQUARE, "bold": None}, {**SQUARE, "ascent": "tall"}])
def test_what_is_no_metrics_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"not a font's metrics|invalid literal"):
        Metrics.of(broken)


@pytest.mark.parametrize(("character", "ems"), [("\u0301", 0), ("🏠", 1.4), ("日", 1.05), ("\u0628", 0.85)])
def test_a_character_that_the_font_lacks_gets_room_enough(character: str, ems: float) -> None:
    assert Metrics.of(SQUARE).width(character, 100) == round(10 * ems) * 10 * SLACK


@pytest.mark.parametrize(
    ("words", "drawn"),
    [(" a \n b\t", "a b"), ("a\x01\u202eb", "ab"), ("\u2028", ""), ("a\u200bb", "ab"), ("één", "één")],
)
def test_words_are_drawn_on_one_line_without_what_can_not_be_seen(words: str, drawn: str) -> None:
    assert plain(words) == drawn


def test_words_wrap_at_spaces_and_the_rest_is_cut_with_an_ellipsis() -> None:
    metrics = Metrics.of(SQUARE)
    assert metrics.wrap("aaa aaa aa", 10, 60, 3) == ("aaa", "aaa aa")
    assert metrics.wrap("aaa aaa aaa", 10, 37, 2) == ("aaa", "aa…")
    assert metrics.wrap("", 10, 40, 2) == ()


def test_a_word_longer_than_a_line_breaks_inside() -> None:
    assert Metrics.of(SQUARE).wrap("aaaaaaa", 10, 31, 5) == ("aaa", "aaa", "a")


@given(st.text(max_size=60), st.integers(12, 400), st.integers(1, 4))
def test_no_line_is_wider_than_asked_unless_one_character_is(words: str, width: int, most: int) -> None:
    lines = METRICS.wrap(words, 15, width, most)
    assert len(lines) <= most
    assert all(METRICS.width(line, 15) <= width or len(line) <= 2 for line in lines)


@given(st.text(max_size=60), st.integers(60, 400))
def test_without_a_limit_of_lines_no_word_is_lost(words: str, width: int) -> None:
    assert "".join(METRICS.wrap(words, 15, width, 1000)).replace(" ", "") == plain(words).replace(" ", "")
