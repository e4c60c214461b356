"""Beside a total no hidden number can be worked out: an attacker tries every combination of numbers there could be."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from storybook.linked.suppression.figures import Count, StructuralZero, Suppressed, Unknown
from storybook.linked.suppression.raw import Raw
from storybook.linked.suppression.rules import DEFAULT, DFE, NHS, nearest, protect
from storybook.linked.suppression.secondary import Line, gives_away, guard

RULES = st.sampled_from([DEFAULT, NHS, DFE])


def line_of(numbers, rule, total=None):
    raws = tuple(Raw(number, number, 1) for number in numbers)
    whole = sum(numbers) if total is None else total
    return Line(tuple(protect(raw, rule) for raw in raws), raws, protect(Raw(whole, whole, 1), rule))


def possible(figure, rule, most):
    """Every whole number that somebody who reads ``figure`` must think possible, worked out by trying the rule."""
    if isinstance(figure, StructuralZero | Unknown):
        return [0]
    if isinstance(figure, Suppressed) and figure.because == "protects":
        return [number for number in range(most) if isinstance(protect(Raw(number, 1, 1), rule), Count)]
    return [number for number in range(most) if protect(Raw(number, 1, 1), rule) == figure]


def left_possible(figures, total, rule, fits):
    """For each cell the numbers that an attacker can't rule out, by trying every combination."""
    most = (total.value if isinstance(total, Count) else 30) + 12
    totals = set(possible(total, rule, 400))
    tried = itertools.product(*(possible(figure, rule, most) for figure in figures))
    fitting = [numbers for numbers in tried if fits(numbers, totals)]
    return [{numbers[place] for numbers in fitting} for place in range(len(figures))]


def adds_up(numbers, totals):
    return sum(numbers) in totals


def overlaps(numbers, totals):
    return any(max(numbers) <= total <= sum(numbers) for total in totals)


@given(st.lists(st.integers(0, 24), min_size=2, max_size=4), RULES)
def test_a_partition_with_its_total_leaves_every_hidden_cell_enough_possible_numbers(numbers, rule):
    figures, total = guard(line_of(numbers, rule), rule, "people")

    if isinstance(total, Count):
        for figure, left in zip(figures, left_possible(figures, total, rule, adds_up), strict=True):
            if isinstance(figure, Suppressed):
                wide = rule.below if rule.zeros else rule.below - 1
                assert len(left) >= min(rule.base, wide)


@given(st.lists(st.integers(1, 24), min_size=2, max_size=3), st.data(), RULES)
def test_people_in_several_cells_keep_enough_possible_numbers_too(numbers, data, rule):
    total = data.draw(st.integers(max(numbers), sum(numbers)))

    figures, shown = guard(line_of(numbers, rule, total), rule, "people")

    if isinstance(shown, Count):
        for figure, left in zip(figures, left_possible(figures, shown, rule, overlaps), strict=True):
            if isinstance(figure, Suppressed):
                assert len(left) >= min(rule.base, rule.below if rule.zeros else rule.below - 1)


@given(st.lists(st.integers(0, 24), min_size=2, max_size=4), RULES)
def test_what_is_hidden_stays_hidden_and_what_is_shown_stays_true(numbers, rule):
    figures, _ = guard(line_of(numbers, rule), rule, "people")

    for number, figure in zip(numbers, figures, strict=True):
        assert not isinstance(figure, Count) or figure.value == nearest(number, rule.base)
        if isinstance(figure, Suppressed) and figure.because == "few":
            assert isinstance(protect(Raw(number, 1, 1), rule), Suppressed)


def test_a_cell_that_its_total_would_give_away_hides_the_shown_one_beside_it():
    figures, total = guard(line_of([9, 20], DEFAULT), DEFAULT, "people")

    assert figures == (Suppressed(below=10), Suppressed(below=10, because="protects"))
    assert total == Count(value=30, base=5)


def test_a_cell_with_room_beside_its_total_hides_nothing_more():
    figures, _ = guard(line_of([3, 40, 22], DEFAULT), DEFAULT, "people")

    assert [figure.state for figure in figures] == ["suppressed", "shown", "shown"]


def test_where_no_cell_is_left_to_hide_the_total_is_hidden():
    line = line_of([9, 9, 9, 9], DEFAULT)
    figures, total = guard(line, DEFAULT, "people")

    assert figures == line.figures
    assert total == Suppressed(below=10, because="protects")


def test_a_line_without_hidden_cells_is_left_alone():
    line = line_of([20, 40], DEFAULT)

    assert guard(line, DEFAULT, "people") == (line.figures, line.total)


def test_a_hidden_total_gives_nothing_away():
    assert not gives_away([Suppressed(below=10)], Suppressed(below=10), DEFAULT, "people")


def test_contacts_made_by_too_few_people_have_no_upper_end():
    hidden = Suppressed(unit="contacts", below=10, because="few_behind")
    shown, total = Count(unit="contacts", value=100, base=5), Count(unit="contacts", value=190, base=5)

    assert not gives_away([hidden, shown, StructuralZero(unit="contacts")], total, DEFAULT, "contacts")
    assert (
        gives_away([hidden, shown], Count(unit="contacts", value=100, base=5), DEFAULT, "contacts") is False
    )
