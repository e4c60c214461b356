"""What a picture shows of a story, case by case."""

from __future__ import annotations

import pytest

from storybook.anonymise.draft import Draft
from storybook.anonymise.shown import (
    Axis,
    Calendar,
    Grain,
    HandOff,
    Lane,
    Shown,
    ShownContact,
    ShownEpisode,
    ShownGap,
    ShownPerson,
    ShownPoint,
    ShownTrack,
    Span,
    Tick,
    Typical,
)
from storybook.linked.figures import Count, Figure, StructuralZero, Suppressed, Unknown
from storybook.story.messages import Message, say
from storybook.swimlane.geometry import Layout, Mark, Shape, Width
from storybook.swimlane.layout import layout
from storybook.swimlane.roles import Look, Role
from storybook.swimlane.sizes import SIZES
from tests.unit.anonymise.samples import an_edition
from tests.unit.swimlane.samples import LONG, METRICS, contact, draft, shown, span, ticks

HOUSING = Lane(key="l1", label="City Housing Team", sector="housing")
POLICE = Lane(key="l2", label="Police", sector="police")
COUPLE = (ShownPerson(ref="P1", name="Nell"), ShownPerson(ref="P2", name="Joe"))


def picture(*contacts: ShownContact, width: Width = Width.WIDE, **more: object) -> Layout[Draft]:
    return layout(draft(*contacts, **more), width, METRICS)


def only(*contacts: ShownContact, **more: object) -> Mark:
    (mark,) = picture(*contacts, **more).marks
    return mark


def of(made: Layout[Draft], look: Look) -> list[Shape]:
    return [shape for shape in made.shapes if shape.look is look]


def texts(made: Layout[Draft], role: Role) -> list[str]:
    return [" ".join(text.lines) for text in made.labels() if text.role is role]


# ---- time


def test_a_moment_stands_in_the_middle_of_its_step() -> None:
    made = picture(contact(when=span(0)), contact("c2", when=span(6)))
    step = made.plot.w / 12
    assert [mark.x for mark in made.marks] == [
        pytest.approx(made.plot.x + step * n, abs=0.1) for n in (0.5, 6.5)
    ]


def test_moments_of_one_lane_and_step_stand_side_by_side_in_their_order() -> None:
    made = picture(
        contact("a", when=span(3), significant=False), contact("b", when=span(3), significant=False)
    )
    lo, hi = made.plot.x + made.plot.w / 4, made.plot.x + made.plot.w / 3
    assert [mark.x for mark in made.marks] == [
        pytest.approx(lo + (hi - lo) * f, abs=0.1) for f in (0.25, 0.75)
    ]


def test_a_stretch_runs_from_the_start_of_its_first_step_to_the_end_of_its_last() -> None:
    made = picture(contact(when=span(2, 4)))
    bar, step = made.marks[0].bar, made.plot.w / 12
    assert bar is not None
    assert (bar.x0, bar.x1) == (
        pytest.approx(made.plot.x + 2 * step, abs=0.1),
        pytest.approx(made.plot.x + 5 * step, abs=0.1),
    )
    assert (bar.fade_from, bar.fade_to, bar.arrow) == (bar.x0, bar.x1, False)


def test_an_uncertain_edge_fades_between_its_sure_and_its_possible_bound() -> None:
    made = picture(contact(when=span(2, 4, fuzzy_first=1, fuzzy_last=6)))
    bar, step = made.marks[0].bar, made.plot.w / 12
    assert bar is not None
    assert bar.fade_from == pytest.approx(made.plot.x + step, abs=0.1)
    assert bar.fade_to == pytest.approx(made.plot.x + 7 * step, abs=0.1)


def test_an_uncertain_moment_has_a_line_over_the_steps_in_which_it_may_lie() -> None:
    made = picture(contact(when=span(2, fuzzy_first=1, fuzzy_last=3)), contact("c2", when=span(8)))
    step = made.plot.w / 12
    assert made.marks[0].whisker == (
        pytest.approx(made.plot.x + step, abs=0.1),
        pytest.approx(made.plot.x + 4 * step, abs=0.1),
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
    assert made.marks[0].x == pytest.approx(made.plot.x + made.plot.w / 2, abs=0.1)


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


# ---- demand


def demand_of(*figures: Figure) -> Layout[Draft]:
    lanes = tuple(
        Lane(key=f"l{n}", label=f"Agency {n}", sector="housing", demand=Typical(figure=figure))
        for n, figure in enumerate(figures)
    )
    return picture(lanes=lanes)


def heights(made: Layout[Draft]) -> list[float]:
    areas = [shape for shape in of(made, Look.DEMAND) if shape.zooms]
    return [round(area.points[0][1] - area.points[1][1], 1) for area in areas]


def test_demand_has_the_same_scale_in_every_lane() -> None:
    assert heights(demand_of(Count(value=400, base=5), Count(value=100, base=5))) == [46.0, 11.5]


def test_a_typical_level_runs_evenly_over_the_whole_lane() -> None:
    made = demand_of(Count(value=400, base=5))
    (area,) = [shape for shape in of(made, Look.DEMAND) if shape.zooms]
    assert {x for x, _ in area.points} == {made.plot.x, made.plot.right}


@pytest.mark.parametrize(
    ("figure", "look", "words"),
    [
        (Count(value=340, base=5), Look.DEMAND, "about 340 people a quarter"),
        (Count(value=1340, base=5, unit="contacts"), Look.DEMAND, "about 1,340 contacts a quarter"),
        (Count(value=0, base=5), Look.ZERO, "about 0 people a quarter"),
        (Suppressed(below=10), Look.FEW, "fewer than 10 people a quarter"),
        (StructuralZero(), Look.ZERO, "none: it was not open"),
        (Unknown(), Look.UNKNOWN, "not known"),
    ],
)
def test_suppressed_zero_and_unknown_each_have_a_look_and_words_of_their_own(
    figure: Figure, look: Look, words: str
) -> None:
    made = demand_of(figure)
    looks = {shape.look for shape in made.shapes if shape.zooms}
    assert looks & {Look.DEMAND, Look.ZERO, Look.FEW, Look.UNKNOWN} == {look}
    assert texts(made, Role.DEMAND) == [words]


def test_a_lane_without_figures_is_unknown_beside_lanes_that_have_some_and_bare_where_none_has() -> None:
    linked = HOUSING.model_copy(update={"demand": Typical(figure=Count(value=50, base=5))})
    beside = picture(lanes=(linked, POLICE))
    alone = picture(lanes=(HOUSING, POLICE))
    assert texts(beside, Role.DEMAND) == ["about 50 people a quarter", "not known"]
    assert (texts(alone, Role.DEMAND), of(alone, Look.UNKNOWN)) == ([], [])
    assert alone.plot.w > beside.plot.w


def calendar(*figures: Figure) -> Layout[Draft]:
    quarters = tuple((3 * n, 3 * n + 2, f"Q{n + 1}", figure) for n, figure in enumerate(figures))
    return picture(lanes=(HOUSING.model_copy(update={"demand": Calendar(quarters=quarters)}),))


def test_under_a_calendar_each_quarter_has_its_step() -> None:
    made = calendar(Count(value=100, base=5), Suppressed(below=10), StructuralZero(), Unknown())
    step = made.plot.w / 4
    starts = [
        min(x for x, _ in shape.points)
        for look in (Look.DEMAND, Look.FEW, Look.ZERO, Look.UNKNOWN)
        for shape in of(made, look)
        if shape.zooms
    ]
    assert starts == [pytest.approx(made.plot.x + n * step, abs=0.1) for n in range(4)]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((Count(value=50, base=5), Count(value=90, base=5)), "50 to 90 people a quarter"),
        ((Count(value=50, base=5), Count(value=50, base=5)), "about 50 people a quarter"),
        ((Count(value=50, base=5), Suppressed(below=10)), "up to 50 people a quarter"),
        ((Suppressed(below=10), Unknown()), "fewer than 10 people a quarter"),
        ((StructuralZero(), StructuralZero()), "none: it was not open"),
        ((), "not known"),
    ],
)
def test_several_quarters_are_summed_up_without_giving_a_hidden_one_away(
    figures: tuple[Figure, ...], words: str
) -> None:
    assert texts(calendar(*figures), Role.DEMAND) == [words]


# ---- episodes, tracks, gaps


def test_an_episode_is_a_band_down_all_lanes_with_its_title_above() -> None:
    episode = ShownEpisode(key="e", title="Winter", voice_name="Nell", when=span(3, 5), turning_point=True)
    made = picture(episodes=(episode, ShownEpisode(key="f", title="No date")))
    (band,) = of(made, Look.BAND_A)
    assert min(y for _, y in band.points) < made.lanes[0].box.y
    assert max(y for _, y in band.points) == made.lanes[-1].box.bottom
    assert (texts(made, Role.EPISODE), texts(made, Role.VOICE)) == (["Winter"], ["Nell"])
    assert len(of(made, Look.TURNING)) == 2, "the episode's own and the legend's"


def test_titles_of_episodes_at_the_same_time_stand_under_each_other() -> None:
    made = picture(
        episodes=tuple(ShownEpisode(key=f"e{n}", title="Winter", when=span(3, 4)) for n in range(3))
    )
    tops = [text.y for text in made.texts if text.role is Role.EPISODE]
    assert tops == sorted(set(tops))


def test_states_that_share_a_step_stand_side_by_side_in_it() -> None:
    points = tuple(ShownPoint(when=span(a, b), label=f"Home {a}") for a, b in ((0, 4), (4, 8)))
    made = picture(tracks=(ShownTrack(key="t", kind="home", title="Home", points=points),))
    (one,), (other,) = (of(made, look) for look in (Look.TRACK_1, Look.TRACK_2))
    assert max(x for x, _ in one.points) == min(x for x, _ in other.points)


def test_a_state_that_began_nobody_knows_when_fades_in() -> None:
    point = ShownPoint(when=span(4, 8, fuzzy_first=1, fuzzy_last=8), label="Rented flat")
    made = picture(tracks=(ShownTrack(key="t", kind="home", title="Home", points=(point,)),))
    veils = [shape for look in (Look.VEIL_1, Look.VEIL_2, Look.VEIL_3) for shape in of(made, look)]
    assert [min(x for x, _ in veil.points) for veil in veils] == sorted(
        (min(x for x, _ in veil.points) for veil in veils), reverse=True
    )


def test_a_measure_is_a_line_between_its_bounds_with_its_values() -> None:
    points = tuple(ShownPoint(when=span(n), value=value) for n, value in ((1, "0"), (4, "10"), (9, "5")))
    track = ShownTrack(
        key="t", kind="measure", title="Star", low="0", high="10", people=("P1",), points=points
    )
    made = picture(tracks=(track,), people=COUPLE)
    (line,) = of(made, Look.TRACK_LINE)
    low, high, middle = (y for _, y in line.points)
    assert high < middle < low
    assert texts(made, Role.TRACK) == ["0", "10", "5"]
    assert "Star (Nell)" in texts(made, Role.TRACK_TITLE)


def test_a_gap_is_hatched_in_its_lane_or_in_a_strip_over_all_of_them() -> None:
    words = {"kind": "waiting", "kind_label": "Waiting", "when": span(2, 6), "note": "six weeks"}
    made = picture(gaps=(ShownGap(key="g1", lane="l1", **words), ShownGap(key="g2", **words)))
    by_key = {gap.key: gap for gap in made.gaps}
    assert made.lanes[0].box.y < by_key["g1"].box.y < made.lanes[0].box.bottom
    assert by_key["g2"].box.bottom < made.lanes[0].box.y
    assert (texts(made, Role.GAP), texts(made, Role.TRACK_TITLE)) == (
        ["Waiting", "Waiting"],
        ["Without contact"],
    )
    assert by_key["g1"].full == "month 3, Waiting, six weeks"


# ---- frame


def test_lanes_stand_in_their_order_under_their_sectors() -> None:
    made = picture()
    assert [lane.key for lane in made.lanes] == ["l1", "l2"]
    assert texts(made, Role.SECTOR) == ["Housing", "Police"]


@pytest.mark.parametrize("width", list(Width))
def test_a_draft_is_watermarked_and_a_fictional_story_says_so_at_every_width(width: Width) -> None:
    made = picture(width=width)
    assert made.draft
    assert {text.lines for text in made.watermark} == {("DRAFT",)}
    assert texts(made, Role.FICTIONAL) == ["Fictional story"]


def test_an_edition_has_no_watermark_and_only_a_genuine_one_is_laid_out() -> None:
    edition = an_edition()
    made = layout(edition, Width.WIDE, METRICS)
    assert (made.draft, made.watermark, made.source) == (False, (), edition)


def test_a_true_story_has_no_stamp() -> None:
    assert texts(picture(fictional=False), Role.FICTIONAL) == []


@pytest.mark.parametrize(("width", "least"), [(Width.NARROW, 11), (Width.MEDIUM, 11), (Width.WIDE, 14)])
def test_type_is_never_too_small_to_read(width: Width, least: float) -> None:
    assert min(SIZES[width].font.values()) >= least
    assert min(text.size for text in picture(contact(), width=width).labels()) >= least


def test_on_a_phone_an_agencys_name_stands_above_its_lane() -> None:
    wide, narrow = picture(contact()), picture(contact(), width=Width.NARROW)
    assert wide.lanes[0].label.box.right < wide.plot.x
    assert narrow.lanes[0].label.box.bottom < narrow.marks[0].y


def test_the_legend_explains_what_is_there_and_nothing_else() -> None:
    bare = texts(picture(contact()), Role.LEGEND)
    assert bare == ["help", "Appointment"]
    full = picture(
        contact(
            "a", outcome="turned-away", outcome_label="The service said no", retelling=True, disputed=True
        ),
        contact("b", when=span(1, 2, ongoing=True), significant=False),
        contact(
            "c", when=span(1, 2, fuzzy_last=4), hand_off=HandOff(to_lane="l2", end="accepted", end_label="")
        ),
        people=COUPLE,
    )
    assert texts(full, Role.LEGEND) == [
        "help", "line above: Nell", "line below: Joe", "both lines: both", "Appointment", "hollow: The service said no",
        "small: one of many", "had to tell the story again", "not everybody agrees", "fading: not sure when",
        "arrow: still going on", "line above: Nell", "line below: Joe", "both lines: both", "taken up",
    ]  # fmt: skip


def test_where_a_vocabulary_has_kinds_of_its_own_colours_are_not_said_to_mean_anything() -> None:
    made = picture(contact(kind="own", kind_label="Our own"))
    assert texts(made, Role.LEGEND) == ["Our own"]


def test_what_the_figures_stand_for_is_written_under_the_picture() -> None:
    assert texts(picture(demand_note="Synthetic city, people with two or more needs."), Role.NOTE) == [
        "Synthetic city, people with two or more needs."
    ]


def test_every_word_goes_through_the_readers_language() -> None:
    def shout(what: Message) -> str:
        return say(what).upper()

    made = layout(draft(contact(retelling=True)), Width.WIDE, METRICS, shout)
    assert texts(made, Role.FICTIONAL) == ["FICTIONAL STORY"]
    assert "HAD TO TELL THE STORY AGAIN" in made.marks[0].name


def test_a_story_without_anything_is_a_picture_too() -> None:
    empty: Shown = shown(
        lanes=(),
        caption="",
        people=(),
        sectors=(),
        axis=Axis(grain=Grain.MONTH, calendar=False, steps=1, ticks=ticks(1)),
    )
    made = layout(Draft(empty), Width.WIDE, METRICS)
    assert (made.lanes, made.marks) == ((), ())
