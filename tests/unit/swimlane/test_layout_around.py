"""What a picture shows around the contacts: demand, episodes, tracks, gaps, the frame."""

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
    ShownEpisode,
    ShownGap,
    ShownPoint,
    ShownTrack,
    Typical,
)
from storybook.linked.suppression.figures import Count, Figure, StructuralZero, Suppressed, Unknown
from storybook.story.messages import Message, say
from storybook.swimlane.geometry import Layout, Width
from storybook.swimlane.layout import layout
from storybook.swimlane.roles import Look, Role
from storybook.swimlane.sizes import SIZES
from tests.unit.anonymise.samples import an_edition
from tests.unit.swimlane.looking import COUPLE, HOUSING, POLICE, of, picture, texts
from tests.unit.swimlane.samples import METRICS, contact, draft, shown, span, ticks

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
    assert heights(demand_of(Count(value=400, base=5), Count(value=100, base=5))) == [46.0, 12.0]


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
        (Suppressed(below=10, because="beside"), Look.UNKNOWN, "not shown"),
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
    assert starts == [pytest.approx(made.plot.x + n * step, abs=0.5) for n in range(4)]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((Count(value=50, base=5), Count(value=90, base=5)), "50 to 90 people a quarter"),
        ((Count(value=50, base=5), Count(value=50, base=5)), "about 50 people a quarter"),
        ((Count(value=50, base=5), Suppressed(below=10)), "up to 50 people a quarter"),
        ((Suppressed(below=10), Unknown()), "fewer than 10 people a quarter"),
        (
            (Count(value=50, base=5), Suppressed(below=10, because="beside"), Count(value=20, base=5)),
            "20 to 50 people a quarter, where shown",
        ),
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
