"""What is shown of a story, and what never comes along."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.anonymise.candidate import Candidate, freeze
from storybook.anonymise.dates.captions import caption
from storybook.anonymise.draft import draft
from storybook.anonymise.lanes import Demand
from storybook.anonymise.notes import LEFT_OUT, without_calendar
from storybook.anonymise.showing import decimal_text
from storybook.anonymise.shown import Calendar, Grain, NoDemand, Typical
from storybook.linked.suppression.figures import Count, Suppressed
from storybook.story.model import Agency, DatePolicy, Episode, Person, Point, ShowAs, Track, TrackKind
from tests.strategies import a_story as generated
from tests.unit.anonymise.samples import VOCABULARY, FakeDemand, a_story, contact, under

P = DatePolicy
SEEDS = st.integers(0, 2**32 - 1)


def frozen(*args: object, **more: object) -> Candidate:
    return freeze(a_story(*args, **more), VOCABULARY)  # type: ignore[arg-type]  # shorthand for tests


# ---- contacts


def test_what_is_not_told_is_not_there_in_any_form() -> None:
    seen = contact("2014-04-02", summary="seen")
    hidden = contact("2014-01-01", "b", summary="hidden", not_telling=True, handoff_to="a")
    assert frozen(seen, hidden) == frozen(seen)


def test_an_agency_stands_there_only_if_something_shown_points_to_it() -> None:
    lanes = frozen(contact("2014-04", "a", handoff_to="b", handoff_end="no-reply")).shown
    assert [lane.label for lane in lanes.lanes] == ["B House", "Agency A"]
    hand_off = lanes.contacts[0].hand_off
    assert hand_off is not None
    assert (hand_off.to_lane, hand_off.end, hand_off.end_label) == ("lane-1", "no-reply", "No reply")
    assert lanes.caption == "1 agency, 1 contact, one month"


def test_a_contact_keeps_its_words_and_is_labelled_by_its_kind_where_it_has_none() -> None:
    shown = frozen(
        contact(
            "2014-04",
            summary="Asked for a bed",
            needs=("homelessness",),
            disputed=True,
            retelling=True,
            source="file 9",
        ),
        contact("2014-05", kind="visit"),
    ).shown
    first, second = shown.contacts
    assert (first.label, first.need_labels, first.disputed, first.retelling) == (
        "Asked for a bed",
        ("Homelessness",),
        True,
        True,
    )
    assert second.label == second.kind_label == VOCABULARY.label("kinds", "visit")


def test_order_within_a_step_tells_nothing_of_the_true_day() -> None:
    early, late = contact("2014-04-02", summary="b"), contact("2014-04-29", summary="a")
    swapped = early.model_copy(update={"date": late.date}), late.model_copy(update={"date": early.date})
    assert frozen(early, late) == frozen(*swapped)
    assert [c.label for c in frozen(early, late).shown.contacts] == ["a", "b"]


@settings(max_examples=10)
@given(SEEDS, st.sampled_from(list(P)))
def test_the_order_in_which_contacts_and_gaps_were_written_down_does_not_matter(seed: int, policy: P) -> None:
    story = generated(seed)
    contacts, gaps = list(story.contacts), list(story.gaps)
    random.Random(seed).shuffle(contacts)
    random.Random(seed).shuffle(gaps)
    shuffled = story.model_copy(update={"contacts": tuple(contacts), "gaps": tuple(gaps)})
    assert under(shuffled, policy).sha256 == under(story, policy).sha256


def test_episodes_keep_the_order_of_the_telling_and_the_name_of_the_voice() -> None:
    episodes = (
        Episode(position=5, title="Second", text="x", voice="P2"),
        Episode(position=1, title="First", date="2014-05", turning_point=True),
    )
    first, second = frozen(contact("2014-04"), episodes=episodes).shown.episodes
    assert (first.key, first.title, first.turning_point, first.when and first.when.text) == (
        "e1",
        "First",
        True,
        "month 2",
    )
    assert (second.key, second.voice, second.voice_name, second.when) == ("e2", "P2", "Bo", None)


def test_a_measure_is_decimal_text() -> None:
    points = (Point(date="2014-05", value=3.5), Point(date="2014-04", value=12.0))
    track = Track(
        ref="my-real-agency-score", kind=TrackKind.MEASURE, title="Star", low=0, high=10, points=points
    )
    shown = frozen(contact("2014-04"), tracks=(track,)).shown.tracks[0]
    assert (shown.key, shown.low, shown.high) == ("t1", "0", "10")
    assert [point.value for point in shown.points] == ["12", "3.5"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, None), (100.0, "100"), (1e22, "1" + "0" * 22), (1e-7, "0.0000001"), (-0.5, "-0.5")],
)
def test_numbers_in_decimal_text(value: float | None, text: str | None) -> None:
    assert decimal_text(value) == text


# ---- lanes


def agencies(*shown_as: ShowAs, alias: str = "") -> tuple[Agency, ...]:
    return tuple(
        Agency(ref=f"real-{n}", name=f"Real {n}", sector="health", show_as=how, alias=alias)
        for n, how in enumerate(shown_as)
    )


def test_agencies_shown_as_their_sector_share_one_lane_and_leave_nothing_of_themselves() -> None:
    candidate = frozen(
        contact("2014-04", "real-0"),
        contact("2014-05", "real-1"),
        contact("2014-06", "real-2"),
        agencies=agencies(ShowAs.SECTOR, ShowAs.SECTOR, ShowAs.NAME),
    )
    assert [(lane.key, lane.label) for lane in candidate.shown.lanes] == [
        ("lane-1", "Health"),
        ("lane-2", "Real 2"),
    ]
    assert [c.lane for c in candidate.shown.contacts] == ["lane-1", "lane-1", "lane-2"]
    assert "eal-0" not in candidate.to_json()
    assert "Real 0" not in candidate.to_json()
    assert candidate.shown.caption == "2 agencies, 3 contacts, three months"


def test_an_alias_stands_for_the_name_and_a_missing_one_for_the_sector() -> None:
    shown = (ShowAs.ALIAS,)
    with_alias = frozen(contact("2014-04", "real-0"), agencies=agencies(*shown, alias="A clinic"))
    without = frozen(contact("2014-04", "real-0"), agencies=agencies(*shown, alias=" "))
    assert [candidate.shown.lanes[0].label for candidate in (with_alias, without)] == ["A clinic", "Health"]
    assert "eal" not in with_alias.to_json().replace("ealth", "")


def test_lanes_stand_by_sector_then_by_first_step_then_by_name() -> None:
    rows = [("z", "police"), ("y", "housing"), ("x", "housing"), ("w", "housing")]
    told = tuple(Agency(ref=ref, name=ref.upper(), sector=sector) for ref, sector in rows)
    dates = {"z": "2014-01-01", "y": "2014-05-09", "x": "2014-03-30", "w": "2014-05-20"}
    shown = frozen(*(contact(date, ref) for ref, date in dates.items()), agencies=told).shown
    assert [lane.label for lane in shown.lanes] == ["X", "W", "Y", "Z"]
    assert [sector.code for sector in shown.sectors] == ["housing", "police"]


# ---- demand

QUARTERS = {
    "2014-Q1": Count(value=40, base=5),
    "2014-Q2": Suppressed(below=10),
    "2015-Q1": Count(value=5, base=5),
}
DEMAND: Demand = {
    "a": FakeDemand(quarters=QUARTERS, note="City, 2014 to 2016, as of 2026-11-22. Rounded to 5.")
}


def test_a_draft_and_fine_calendars_show_each_quarter_cut_to_the_axis() -> None:
    story = a_story(contact("2014-02-14"), contact("2014-05-20"))
    lane = draft(story, VOCABULARY, DEMAND).shown.lanes[0]
    assert isinstance(lane.demand, Calendar)
    assert [q[:3] for q in lane.demand.quarters] == [(0, 58, "2014 Q1"), (59, 108, "2014 Q2")]
    month = freeze(story.model_copy(update={"date_policy": P.MONTH}), VOCABULARY, DEMAND).shown
    assert month.lanes[0].demand == Calendar(
        quarters=((0, 1, "2014 Q1", QUARTERS["2014-Q1"]), (2, 3, "2014 Q2", QUARTERS["2014-Q2"]))
    )
    assert month.demand_note == DEMAND["a"].note


@pytest.mark.parametrize("policy", [P.RELATIVE, P.SHIFTED, P.SEASON, P.YEAR])
def test_elsewhere_only_the_typical_level_stands_behind_a_lane(policy: P) -> None:
    from storybook.anonymise.dates.policy import Shift

    story = a_story(contact("2014-02-14"), date_policy=policy)
    candidate = freeze(story, VOCABULARY, DEMAND, Shift(9) if policy is P.SHIFTED else None)
    assert candidate.shown.lanes[0].demand == Typical(figure=Count(value=40, base=5))
    assert candidate.manifest.counts == 1


def test_a_lane_without_quarters_on_the_axis_has_no_demand_and_no_note() -> None:
    shown = freeze(a_story(contact("2019-02"), date_policy=P.MONTH), VOCABULARY, DEMAND).shown
    assert (shown.lanes[0].demand, shown.demand_note) == (NoDemand(), "")


def test_an_agency_under_another_name_has_no_demand_behind_it() -> None:
    """A series of counts is as good as a name to somebody who has seen it elsewhere."""
    told = (
        Agency(ref="a", name="A", sector="health", show_as=ShowAs.ALIAS, alias="A clinic"),
        Agency(ref="b", name="B", sector="police", show_as=ShowAs.SECTOR),
        Agency(ref="c", name="C", sector="fire"),
        Agency(ref="d", name="C", sector="fire"),
    )
    demand: Demand = {ref: FakeDemand() for ref in "abcd"}
    story = a_story(*(contact("2014-02", ref) for ref in "abcd"), agencies=told)
    candidate = freeze(story, VOCABULARY, demand)
    assert [lane.demand for lane in candidate.shown.lanes] == [NoDemand()] * 3
    assert (candidate.shown.demand_note, candidate.manifest.counts) == ("", 0)


def test_the_note_under_relative_dates_leaves_the_data_s_own_dates_out() -> None:
    shown = freeze(a_story(contact("2014-02-14")), VOCABULARY, DEMAND).shown
    assert shown.demand_note == f"City. Rounded to 5. {LEFT_OUT}"


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("Made-up people. Rounded.", "Made-up people. Rounded."),
        ("From 2014 to 2016.", str(LEFT_OUT)),
        ("Town, 12 March 2016, rounded", f"Town, rounded {LEFT_OUT}"),
        ("From March,2016 on", f"From March {LEFT_OUT}"),
    ],
)
def test_only_clauses_with_dates_are_left_out_of_a_note(note: str, kept: str) -> None:
    assert without_calendar(note) == kept


# ---- captions


@pytest.mark.parametrize(
    ("grain", "steps", "said"),
    [
        (Grain.MONTH, 1, "one month"),
        (Grain.MONTH, 2, "two months"),
        (Grain.MONTH, 7, "seven months"),
        (Grain.MONTH, 24, "two years"),
        (Grain.MONTH, 25, "two years"),
        (Grain.MONTH, 26, "26 months"),
        (Grain.QUARTER, 9, "two years"),
        (Grain.SEASON, 3, "nine months"),
        (Grain.YEAR, 3, "three years"),
        (Grain.WEEK, 3, "three weeks"),
        (Grain.YEAR, 1, "one year"),
        (Grain.MONTH, 120_000, "9999 years"),
    ],
)
def test_a_caption_is_no_finer_than_the_grain(grain: Grain, steps: int, said: str) -> None:
    assert str(caption(2, 3, grain, steps)) == f"2 agencies, 3 contacts, {said}"


def test_what_goes_on_or_was_widened_adds_nothing_to_the_caption() -> None:
    shown = frozen(
        contact("2014-01"), contact("2014-03", end=".."), contact("2014-22"), contact("2014-04")
    ).shown
    assert (shown.axis.steps, shown.caption) == (9, "1 agency, 4 contacts, four months")
    assert frozen(contact("2014")).shown.caption == "1 agency, 1 contact, two years"


def test_people_come_with_their_pseudonyms_and_bands() -> None:
    person = Person(ref="P1", name="Ann", age_band="25 to 34", about="Sings.", pronouns="she/her")
    shown = frozen(contact("2014-01"), people=(person,)).shown.people
    assert [(p.ref, p.name, p.age_band, p.about) for p in shown] == [("P1", "Ann", "25 to 34", "Sings.")]
