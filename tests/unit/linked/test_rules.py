"""What a true number becomes: the rules' own tables, their edges, and what no input can bring about."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.linked.suppression.figures import Count, Figure, StructuralZero, Suppressed, Unknown
from storybook.linked.suppression.raw import Raw
from storybook.linked.suppression.rules import (
    DEFAULT,
    DFE,
    NHS,
    RULES,
    nearest,
    percent,
    protect,
    rule_called,
    strictest,
)
from storybook.linked.suppression.words import words
from storybook.story.messages import say
from storybook.story.problems import Problems

FEW = Suppressed(below=10)


def people(value: int, base: int = 5) -> Count:
    return Count(value=value, base=base)


@pytest.mark.parametrize(
    ("true", "figure"),
    [(0, FEW), (1, FEW), (9, FEW), (10, people(10)), (12, people(10)), (13, people(15)), (338, people(340))],
)
def test_the_default_rule_hides_people_below_ten_and_none_and_rounds_the_rest_to_five(true, figure):
    assert protect(Raw(true, true, 1), DEFAULT) == figure


@pytest.mark.parametrize(
    ("true", "figure"),
    [(0, people(0)), (1, Suppressed(below=8)), (7, Suppressed(below=8)), (8, people(10)), (12, people(10))],
)
def test_the_nhs_rule_hides_one_to_seven_and_shows_none(true, figure):
    assert protect(Raw(true, true, 1), NHS) == figure


@pytest.mark.parametrize(
    ("true", "figure"),
    [
        (0, people(0, 10)),
        (1, Suppressed(below=6)),
        (5, Suppressed(below=6)),
        (6, people(10, 10)),
        (14, people(10, 10)),
    ],
)
def test_the_dfe_rule_hides_one_to_five_and_rounds_to_ten(true, figure):
    assert protect(Raw(true, true, 1), DFE) == figure


@pytest.mark.parametrize(
    ("number", "base", "rounded"), [(15, 10, 20), (25, 10, 30), (14, 10, 10), (5, 2, 6), (0, 5, 0)]
)
def test_half_way_goes_up(number, base, rounded):
    assert nearest(number, base) == rounded


@pytest.mark.parametrize(
    ("raw", "figure"),
    [
        (Raw(10, 30, 10), Count(unit="contacts", value=30, base=5)),
        (Raw(10, 30, 11), Suppressed(unit="contacts", below=10, because="few_behind")),
        (Raw(9, 300, 34), Suppressed(unit="contacts", below=10, because="few_behind")),
        (Raw(0, 0, 0), Suppressed(unit="contacts", below=10, because="few_behind")),
    ],
    ids=["ten people, a third by one", "over a third by one", "nine people", "nobody"],
)
def test_contacts_need_ten_people_behind_them_and_none_with_over_a_third(raw, figure):
    assert protect(raw, DEFAULT, "contacts") == figure


def test_no_contacts_may_be_shown_where_the_rule_shows_none():
    assert protect(Raw(0, 0, 0), NHS, "contacts") == Count(unit="contacts", value=0, base=5)


@given(
    st.integers(0, 500),
    st.integers(1, 60),
    st.sampled_from(list(RULES.values())),
    st.sampled_from(["people", "contacts"]),
)
def test_no_figure_and_no_words_say_a_number_from_one_to_nine(number, each, rule, unit):
    figure = protect(Raw(number, number * each, each), rule, unit)

    value = figure.value if isinstance(figure, Count) else None
    assert value is None or value == 0 or value >= 10
    assert value is None or abs(value - (number if unit == "people" else number * each)) <= rule.base / 2


@given(st.integers(0, 500), st.sampled_from(list(RULES.values())))
def test_a_hidden_number_of_people_tells_nothing_about_which_it_is(number, rule):
    figures = {protect(Raw(hidden, hidden, 1), rule).model_dump_json() for hidden in range(1, rule.below)}

    assert len(figures) == 1


@pytest.mark.parametrize(
    "leak", [repr, str, lambda raw: f"{raw:>9}", lambda raw: f"{raw!r}", lambda raw: f"{[raw]}"]
)
def test_a_raw_number_does_not_print_itself(leak):
    assert "7" not in leak(Raw(7, 77, 7))


@pytest.mark.parametrize(
    "leak", [json.dumps, pickle.dumps, copy.copy, int, vars], ids=lambda leak: leak.__name__
)
def test_a_raw_number_does_not_leave_in_any_other_form(leak):
    with pytest.raises(TypeError):
        leak(Raw(7, 77, 7))


@pytest.mark.parametrize(
    ("part", "whole", "answer"),
    [
        (people(55), people(110), 50),
        (people(15), people(55), 27),
        (people(10), people(50), None),
        (FEW, people(110), None),
        (people(15), FEW, None),
        (people(110), people(110), None),
        (people(0), people(110), None),
    ],
    ids=["half", "rounded", "base may be 48", "hidden part", "hidden base", "all", "none"],
)
def test_a_percentage_is_of_shown_figures_and_of_fifty_people_at_least(part, whole, answer):
    assert percent(part, whole, DEFAULT) == answer


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (people(340), "about 340 people"),
        (people(1340), "about 1,340 people"),
        (people(0), "no people"),
        (FEW, "fewer than 10 people"),
        (Suppressed(below=8), "fewer than 8 people"),
        (Count(unit="contacts", value=0, base=5), "no contacts"),
        (Count(unit="contacts", value=45, base=5), "about 45 contacts"),
        (
            Suppressed(unit="contacts", below=10, because="few_behind"),
            "not shown: too few people made these contacts, or one person made most of them",
        ),
        (Suppressed(below=10, because="protects"), "not shown, to keep a smaller number hidden"),
        (StructuralZero(), "no people"),
        (StructuralZero(unit="contacts"), "no contacts"),
        (Unknown(), "not known"),
    ],
)
def test_a_figure_in_words(figure: Figure, said):
    assert say(words(figure)) == said


def test_a_rule_says_itself():
    assert (
        say(DEFAULT.words)
        == "Numbers under 10, none included, are not shown; all others are rounded to the nearest 5."
    )
    assert say(DFE.words) == "Numbers under 6 are not shown; all others are rounded to the nearest 10."


def test_rules_are_known_by_name():
    assert [rule_called(name) for name in ("default", "nhs", "dfe")] == [DEFAULT, NHS, DFE]


def test_an_unknown_rule_is_refused_with_those_there_are():
    with pytest.raises(Problems) as caught:
        rule_called("none")

    assert str(caught.value) == '"none" is not a rule for small numbers; use one of: default, nhs, dfe'


def test_where_datasets_are_combined_the_strictest_rule_wins_in_everything():
    both = strictest([DFE, NHS])

    assert (both.below, both.base, both.zeros, both.people_behind) == (8, 10, False, 10)
    assert strictest([NHS, DEFAULT]).zeros
    assert strictest([NHS]) == NHS == strictest([NHS, NHS])
