"""What a picture shows of contacts: time, marks, labels, hand-offs."""

from __future__ import annotations

import pytest

from storybook.anonymise.shown import (
    Axis,
    Grain,
    HandOff,
    ShownPerson,
    Span,
    Tick,
)
from storybook.swimlane.geometry import Width
from storybook.swimlane.roles import Look, Role
from tests.unit.swimlane.looking import COUPLE, of, only, picture, texts
from tests.unit.swimlane.samples import LONG, contact, span

# ---- time


def test_a_moment_stands_in_the_middle_of_its_step() -> None:
    made = picture(contact(when=span(0)), contact("c2", when=span(6)))
    step = made.plot.w / 12
    assert [mark.x for mark in made.marks] == [
        pytest.approx(made.plot.x + step * n, abs=0.5) for n in (0.5, 6.5)
    ]


def test_moments_of_one_lane_and_step_stand_side_by_side_in_their_order() -> None:
    made = picture(
        contact("a", when=span(3), significant=False), contact("b", when=span(3), significant=False)
    )
    lo, hi = made.plot.x + made.plot.w / 4, made.plot.x + made.plot.w / 3
    assert [mark.x for mark in made.marks] == [
        pytest.approx(lo + (hi - lo) * f, abs=0.5) for f in (0.25, 0.75)
    ]


def test_a_stretch_runs_from_the_start_of_its_first_step_to_the_end_of_its_last() -> None:
    made = picture(contact(when=span(2, 4)))
    bar, step = made.marks[0].bar, made.plot.w / 12
    assert bar is not None
    assert (bar.x0, bar.x1) == (
        pytest.approx(made.plot.x + 2 * step, abs=0.5),
        pytest.approx(made.plot.x + 5 * step, abs=0.5),
    )
    assert (bar.fade_from, bar.fade_to, bar.arrow) == (bar.x0, bar.x1, False)


def test_an_uncertain_edge_fades_between_its_sure_and_its_possible_bound() -> None:
    made = picture(contact(when=span(2, 4, fuzzy_first=1, fuzzy_last=6)))
    bar, step = made.marks[0].bar, made.plot.w / 12
    assert bar is not None
    assert bar.fade_from == pytest.approx(made.plot.x + step, abs=0.5)
    assert bar.fade_to == pytest.approx(made.plot.x + 7 * step, abs=0.5)


def test_an_uncertain_moment_has_a_line_over_the_steps_in_which_it_may_lie() -> None:
    made = picture(contact(when=span(2, fuzzy_first=1, fuzzy_last=3)), contact("c2", when=span(8)))
    step = made.plot.w / 12
    assert made.marks[0].whisker == (
        pytest.approx(made.plot.x + step, abs=0.5),
        pytest.approx(made.plot.x + 4 * step, abs=0.5),
    )
    assert made.marks[1].whisker is None


def test_what_is_still_going_on_runs_off_with_an_arrow() -> None:
    made = picture(contact(when=span(10, 11, ongoing=True)))
    bar = made.marks[0].bar
    assert bar is not None
    assert (bar.arrow, bar.x1) == (True, made.plot.right)


def test_an_unknown_end_fades_out() -> None:
    bar = only(contact(when=span(2, 4, end_unknown=True))).bar
    assert bar is not None
    assert bar.fade_to > bar.x1


@pytest.mark.parametrize("when", [span(-5, -2), span(40, 50), span(11, 11, moment=False), span(-3, 20)])
def test_what_lies_off_the_axis_is_drawn_at_its_edge(when: Span) -> None:
    made = picture(contact(when=when))
    bar = made.marks[0].bar
    assert bar is not None
    assert made.plot.x <= bar.x0 < bar.x1 <= made.plot.right


def test_a_single_step_is_axis_enough() -> None:
    axis = Axis(grain=Grain.YEAR, calendar=True, steps=1, ticks=(Tick(step=0, label="2016", major=True),))
    made = picture(contact(when=span(0)), axis=axis)
    assert made.marks[0].x == pytest.approx(made.plot.x + made.plot.w / 2, abs=0.5)


def test_on_a_phone_the_axis_says_its_major_steps_only() -> None:
    assert texts(picture(), Role.AXIS) == ["Month 1", "Month 7", "Month 4", "Month 10"] * 2
    assert texts(picture(width=Width.NARROW), Role.AXIS) == ["Month 1", "Month 7"] * 2


def test_labels_of_the_axis_that_have_no_room_are_left_out() -> None:
    many = tuple(Tick(step=n, label=f"Month {n + 1}", major=n == 0) for n in range(600))
    made = picture(axis=Axis(grain=Grain.MONTH, calendar=False, steps=600, ticks=many))
    assert 10 < len(texts(made, Role.AXIS)) < 60


# ---- marks


def test_marks_stand_lane_by_lane_and_in_each_by_time() -> None:
    made = picture(contact("a", "l2", span(1)), contact("b", "l1", span(9)), contact("c", "l1", span(2)))
    assert [mark.key for mark in made.marks] == ["c", "b", "a"]


def test_five_at_the_same_time_have_a_row_each() -> None:
    made = picture(*(contact(f"c{n}", when=span(2, 8)) for n in range(5)))
    assert sorted(mark.row for mark in made.marks) == [0, 1, 2, 3, 4]


def test_the_lane_grows_with_its_rows() -> None:
    one, five = (picture(*(contact(f"c{n}", when=span(2, 8)) for n in range(many))) for many in (1, 5))
    assert five.lanes[0].box.h > one.lanes[0].box.h


def test_a_label_stands_in_its_bar_where_it_fits_else_to_its_right_else_to_its_left() -> None:
    inside = only(contact(when=span(0, 8)))
    right = only(contact(when=span(0, 0, moment=False), label="A long way round"))
    left = only(contact(when=span(11)))
    assert inside.label
    assert inside.bar
    assert inside.bar.x0 < inside.label.box.x < inside.label.box.right < inside.bar.x1
    assert right.label
    assert right.bar
    assert right.label.box.x > right.bar.x1
    assert left.label
    assert left.label.box.right < left.x


def test_a_label_with_room_on_neither_side_stands_below() -> None:
    mark = only(contact(when=span(0, fuzzy_first=-1, fuzzy_last=20), label="Somewhere in those years"))
    assert mark.label
    assert mark.label.box.y > mark.y + mark.r


def test_a_long_label_wraps_and_says_all_of_it_when_it_was_cut() -> None:
    label = only(contact(label=LONG * 2)).label
    assert label is not None
    assert (len(label.lines), label.cut, label.full) == (3, True, LONG * 2)


def test_a_contact_that_is_not_significant_is_a_small_mark_without_words() -> None:
    small, big = only(contact(significant=False)), only(contact())
    assert (small.label, small.r < big.r) == (None, True)


def test_on_a_phone_words_that_would_open_many_rows_give_way_to_the_marks() -> None:
    crowd = [contact(f"c{n}", when=span(5), label=LONG) for n in range(9)]
    assert all(mark.label for mark in picture(*crowd).marks)
    assert sum(mark.label is not None for mark in picture(*crowd, width=Width.NARROW).marks) < 9


@pytest.mark.parametrize(("outcome", "hollow"), [("turned-away", True), ("not-met", True), ("helped", False)])
def test_a_mark_is_hollow_where_the_service_said_no_or_nobody_met(outcome: str, hollow: bool) -> None:
    assert only(contact(outcome=outcome)).glyph.hollow is hollow


def test_the_name_says_when_where_what_how_it_ended_and_whose() -> None:
    mark = only(
        contact(
            when=span(6, ongoing=True, text="month 7"),
            outcome="turned-away",
            outcome_label="The service said no",
            label="Asked for a place",
            people=("P2", "P1"),
            retelling=True,
            disputed=True,
            hand_off=HandOff(to_lane="l2", end="no-reply", end_label="No reply"),
        ),
        people=COUPLE,
    )
    assert mark.name == (
        "Month 7, City Housing Team, Appointment: Asked for a place, The service said no, Nell, Joe, still going on, "
        "had to tell the story again, not everybody agrees about this, passed on to Police: No reply"
    )


def test_the_name_leaves_out_what_nobody_said() -> None:
    assert only(contact(label="")).name == "Month 1, City Housing Team, Appointment"


@pytest.mark.parametrize(
    ("people", "shown_as", "badge"),
    [(COUPLE[:1], (), None), (COUPLE, (0,), None), ((*COUPLE, ShownPerson(ref="P3", name="Al")), (0,), "1")],
)
def test_marks_tell_people_apart_where_there_are_several(
    people: tuple[ShownPerson, ...], shown_as: tuple[int, ...], badge: str | None
) -> None:
    mark = only(contact(), people=people)
    assert (mark.people, mark.badge and mark.badge.lines[0]) == (shown_as, badge)


# ---- hand-offs


@pytest.mark.parametrize(
    ("end", "look", "tips"),
    [
        ("accepted", Look.ACCEPTED, 1),
        ("returned", Look.RETURNED, 0),
        ("no-reply", Look.NO_REPLY, 1),
        ("pending", Look.OPEN_END, 0),
        ("a-word-of-their-own", Look.OPEN_END, 0),
    ],
)
def test_a_hand_off_is_a_line_to_the_other_lane_whose_end_says_how_it_went(
    end: str, look: Look, tips: int
) -> None:
    made = picture(contact(hand_off=HandOff(to_lane="l2", end=end, end_label=end)))
    (line,) = made.connectors
    assert line.look is look
    assert made.lanes[1].box.y < line.points[1][1] < made.lanes[1].box.bottom
    assert len([shape for shape in of(made, Look.TIP) if shape.zooms]) == tips


def test_a_hand_off_upwards_ends_at_the_lanes_foot_and_one_to_the_same_lane_stays_in_it() -> None:
    up = picture(contact(lane="l2", hand_off=HandOff(to_lane="l1", end="accepted", end_label="")))
    own = picture(contact(hand_off=HandOff(to_lane="l1", end="returned", end_label="")))
    assert up.connectors[0].points[0][1] > up.connectors[0].points[1][1] > up.lanes[0].box.y
    assert own.lanes[0].box.y < own.connectors[0].points[1][1] < own.lanes[0].box.bottom


def test_a_hand_off_to_an_agency_outside_the_picture_has_words_and_no_line() -> None:
    made = picture(contact(hand_off=HandOff(to_lane="gone", end="accepted", end_label="Accepted")))
    assert made.connectors == ()
    assert made.marks[0].name.endswith("passed on: Accepted")


def test_a_hand_off_that_came_back_at_the_right_edge_turns_to_the_left() -> None:
    made = picture(contact(when=span(11), hand_off=HandOff(to_lane="l2", end="returned", end_label="")))
    assert all(x <= made.plot.right for x, _ in made.connectors[0].points)
