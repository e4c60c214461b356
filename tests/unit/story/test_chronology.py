"""What a chronology says of itself: numbers, hand-offs, gaps, the caption, and what looks odd."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.story import chronology
from storybook.story.chronology import check_order, gaps_found, hand_offs, told
from storybook.story.dates import span
from storybook.story.model import Agency, Contact, Episode, Gap, Person, Story
from tests.strategies import stories

D = dt.date


def contact(date: str, agency: str = "a", **more: Any) -> Contact:
    return Contact(date=date, agency=agency, **more)


def a_story(*contacts: Contact, gaps: tuple[Gap, ...] = (), episodes: tuple[Episode, ...] = ()) -> Story:
    return Story(
        slug="s",
        title="S",
        people=(Person(ref="P1", name="Ash"), Person(ref="P2", name="Bo")),
        agencies=tuple(Agency(ref=ref, name=ref, sector="housing") for ref in ("a", "b", "c")),
        contacts=contacts,
        gaps=gaps,
        episodes=episodes,
    )


# ---- numbers


def test_a_story_without_contacts_has_no_numbers() -> None:
    facts = chronology.facts(a_story())
    assert (facts.agencies, facts.contacts, facts.first, facts.last, facts.months) == (0, 0, None, None, 0)
    assert str(facts.caption) == "No contacts yet"


def test_one_of_each_is_said_in_the_singular() -> None:
    assert str(chronology.caption(a_story(contact("2016-04-03")))) == "1 agency, 1 contact, one day"


def test_the_caption_counts_agencies_contacts_and_time() -> None:
    story = a_story(contact("2015-01-14"), contact("2016-09-12", "b"), contact("2016-02", "b"))
    assert str(chronology.caption(story)) == "2 agencies, 3 contacts, 20 months"


def test_an_agency_nobody_met_is_not_counted() -> None:
    story = a_story(contact("2016", "c"), contact("2016", "a"))
    assert chronology.agencies_met(story) == ("a", "c")


def test_what_is_not_to_be_told_is_not_counted_anywhere() -> None:
    kept = contact("2016-04-03", "a")
    hidden = contact("2014-01-01", "b", not_telling=True, retelling=True, handoff_to="c", outcome="helped")
    with_it, without_it = a_story(kept, hidden), a_story(kept)
    assert chronology.facts(with_it) == chronology.facts(without_it)
    assert gaps_found(with_it, days=1) == gaps_found(without_it, days=1) == ()
    assert chronology.what_helped(with_it) == ()


@settings(max_examples=40)
@given(stories())
def test_hiding_what_is_not_told_changes_no_number(story: Story) -> None:
    bare = story.model_copy(update={"contacts": tuple(c for c in story.contacts if not c.not_telling)})
    assert chronology.facts(story) == chronology.facts(bare)
    assert gaps_found(story, 30) == gaps_found(bare, 30)


@settings(max_examples=40)
@given(stories())
def test_numbers_fit_each_other(story: Story) -> None:
    facts = chronology.facts(story)
    assert facts.agencies <= min(len(story.agencies), facts.contacts)
    assert facts.retellings <= facts.contacts
    assert sum(facts.hand_off_ends.values()) == len(facts.hand_offs)
    assert (facts.first is None) is (facts.contacts == 0)
    assert str(facts.caption)


@settings(max_examples=40)
@given(stories(), st.randoms())
def test_the_order_contacts_are_written_in_changes_no_number(story: Story, random: Any) -> None:
    mixed = list(story.contacts)
    random.shuffle(mixed)
    facts, again = (
        chronology.facts(story),
        chronology.facts(story.model_copy(update={"contacts": tuple(mixed)})),
    )
    assert (facts.caption, facts.first, facts.last, facts.retellings, facts.hand_off_ends) == (
        again.caption, again.first, again.last, again.retellings, again.hand_off_ends,
    )  # fmt: skip


def test_contacts_are_told_oldest_first_and_by_person() -> None:
    late, early = contact("2016-05", people=("P1",)), contact("2015", people=("P2",))
    everybodys = contact("2016-01")
    story = a_story(late, early, everybodys)
    assert told(story) == (early, everybodys, late)
    assert told(story, "P1") == (everybodys, late)


@pytest.mark.parametrize(
    ("contacts", "period"),
    [
        ([contact("2016-04-03")], (D(2016, 4, 3), D(2016, 4, 3))),
        ([contact("2016-04"), contact("2016-05-02", end="2016-06")], (D(2016, 4, 1), D(2016, 6, 30))),
        ([contact("2016-04-03", end="..")], (D(2016, 4, 3), D(2016, 4, 3))),
        ([contact("../2016-04-03"), contact("2017-01-01/")], (D(2016, 4, 3), D(2017, 1, 1))),
        ([contact("2016-04-03~")], (D(2016, 4, 3), D(2016, 4, 3))),
        ([], None),
    ],
)
def test_the_period_runs_over_the_days_that_are_known(contacts: list[Contact], period: Any) -> None:
    assert chronology.period(a_story(*contacts)) == period


def test_turning_points_and_what_helped_stand_beside_the_rest() -> None:
    good, bad = contact("2016-02", outcome="helped"), contact("2016-01", outcome="turned-away")
    part, done = contact("2016-04", outcome="partly"), contact("2016-03", outcome="completed")
    second = Episode(position=1, title="Key", turning_point=True)
    first = Episode(position=0, title="Toast", turning_point=True)
    story = a_story(good, bad, part, done, episodes=(second, first, Episode(position=2, title="Other")))
    assert chronology.what_helped(story) == (good, done, part)
    assert chronology.turning_points(story) == (first, second)
    assert chronology.facts(story).turning_points == 2


# ---- hand-offs


def test_a_hand_off_ends_as_recorded_and_reaches_the_next_contact_there() -> None:
    sent = contact("2016-01-10", handoff_to="b", handoff_end="accepted", people=("P1",))
    before, others = contact("2016-01-02", "b", people=("P1",)), contact("2016-01-12", "b", people=("P2",))
    met, later = contact("2016-02-09", "b", people=("P1", "P2")), contact("2016-03-01", "b")
    (found,) = hand_offs(a_story(later, met, others, before, sent))
    assert (found.contact, found.to_agency, found.end, found.reached, found.days) == (
        sent,
        "b",
        "accepted",
        met,
        30,
    )


def test_a_hand_off_that_led_nowhere_says_so() -> None:
    (found,) = hand_offs(a_story(contact("2016-01-10", handoff_to="b")))
    assert (found.end, found.reached, found.days) == ("not-recorded", None, None)


def test_a_hand_off_may_be_reached_on_the_same_day_and_never_by_itself() -> None:
    sent, met = contact("2016-01-10", handoff_to="b"), contact("2016-01-10", "b")
    (found,) = hand_offs(a_story(met, sent))
    assert (found.reached, found.days) == (met, 0)
    (itself,) = hand_offs(a_story(contact("2016-01-10", "b", handoff_to="b")))
    assert itself.reached is None


def test_a_contact_without_a_known_start_reaches_nothing() -> None:
    (found,) = hand_offs(a_story(contact("2016-01-10", handoff_to="b"), contact("../2017", "b")))
    assert found.reached is None


def test_ends_of_hand_offs_are_counted() -> None:
    ends = ("accepted", "returned", "returned", None)
    story = a_story(*(contact(f"2016-0{n}", handoff_to="b", handoff_end=e) for n, e in enumerate(ends, 1)))
    assert chronology.facts(story).hand_off_ends == {"accepted": 1, "returned": 2, "not-recorded": 1}


# ---- gaps


def test_a_stretch_between_two_contacts_is_found_from_the_number_of_days_asked_for() -> None:
    story = a_story(contact("2016-01-01"), contact("2016-04-01"))
    (found,) = gaps_found(story, days=90)
    assert (found.first, found.last, found.days, found.person) == (D(2016, 1, 2), D(2016, 3, 31), 90, None)
    assert gaps_found(story, days=91) == ()


def test_each_person_has_gaps_of_their_own() -> None:
    story = a_story(
        contact("2016-01-01", people=("P1",)),
        contact("2016-03-01", people=("P2",)),
        contact("2016-06-01"),
    )
    assert [(g.first, g.last) for g in gaps_found(story, 60, "P1")] == [(D(2016, 1, 2), D(2016, 5, 31))]
    assert [(g.first, g.last) for g in gaps_found(story, 60, "P2")] == [(D(2016, 3, 2), D(2016, 5, 31))]
    assert [(g.first, g.last) for g in gaps_found(story, 60)] == [(D(2016, 3, 2), D(2016, 5, 31))]


@pytest.mark.parametrize(
    ("between", "found"),
    [
        (contact("2016-03"), [(D(2016, 1, 2), D(2016, 2, 29)), (D(2016, 4, 1), D(2016, 5, 31))]),
        (contact("2016-03~"), [(D(2016, 1, 2), D(2016, 1, 31)), (D(2016, 5, 1), D(2016, 5, 31))]),
        (contact("2016"), []),
        (contact("2016-02-01", end="2016-05"), [(D(2016, 1, 2), D(2016, 1, 31))]),
        (contact("2016-02-01", end=".."), [(D(2016, 1, 2), D(2016, 1, 31))]),
        (contact("2016-02-01/"), [(D(2016, 1, 2), D(2016, 1, 31)), (D(2016, 2, 2), D(2016, 5, 31))]),
        (contact("../2016-04-30"), [(D(2016, 5, 1), D(2016, 5, 31))]),
        (contact("/2016-05-01"), [(D(2016, 1, 2), D(2016, 4, 30)), (D(2016, 5, 2), D(2016, 5, 31))]),
    ],
)
def test_only_days_certainly_without_contact_are_a_gap(between: Contact, found: list[tuple[D, D]]) -> None:
    story = a_story(contact("2016-01-01"), between, contact("2016-06-01"))
    assert [(gap.first, gap.last) for gap in gaps_found(story, 14)] == found


def test_a_recorded_gap_stands_beside_the_found_one_it_overlaps() -> None:
    waiting = Gap(date="2016-02", end="2016-03-10", kind="waiting", people=("P1",))
    theirs = Gap(date="2016-02", kind="waiting", people=("P2",))
    after = Gap(date="2016-07", kind="no-contact")
    story = a_story(contact("2016-01-01"), contact("2016-06-01"), gaps=(waiting, theirs, after))
    (for_one,) = gaps_found(story, person="P1")
    (for_all,) = gaps_found(story)
    assert (for_one.recorded, for_all.recorded) == ((waiting,), (waiting, theirs))


@settings(max_examples=40)
@given(stories(), st.integers(1, 200))
def test_found_gaps_hold_no_contact_and_never_touch(story: Story, days: int) -> None:
    found = gaps_found(story, days)
    for gap in found:
        assert gap.days >= days
        for c in told(story):
            when = span(c.date, c.end)
            assert not (when.lower and when.upper and when.lower <= gap.last and when.upper >= gap.first)
    assert all((after.first - before.last).days > 1 for before, after in itertools.pairwise(found))


# ---- what looks odd


def odd(story: Story) -> list[str]:
    return [str(problem) for problem in check_order(story)]


def test_an_ordinary_story_raises_no_question() -> None:
    story = a_story(
        contact("2016-01-01", end="2016-01"),
        contact("2016-02", handoff_to="b", handoff_end="accepted"),
        contact("2016-03", end=".."),
        contact("2016-04", not_telling=True),
        gaps=(Gap(date="2016-04", kind="no-contact"), Gap(date="2016", kind="waiting")),
    )
    assert odd(story) == []


def test_an_end_that_may_lie_before_its_start_is_asked_about() -> None:
    assert odd(a_story(contact("2016-24", end="2016"))) == [
        (
            "contact 1, 2016-24:end: this may have ended before it began; "
            "give both days as exactly as you can, or leave the end empty"
        )
    ]


def test_a_hand_off_without_an_agency_or_to_itself_is_asked_about() -> None:
    story = a_story(contact("2016", handoff_end="returned"), contact("2017", "b", handoff_to="b"))
    assert odd(story) == [
        (
            "contact 1, 2016:handoff_end: this says how a hand-off ended, but not which agency it went to; "
            "name the agency, or take out how it ended"
        ),
        "contact 2, 2017:handoff_to: this hands off to the same agency; name the agency it went to",
    ]


def test_a_contact_written_twice_is_asked_about() -> None:
    twice = {"people": ("P1", "P2"), "summary": "Rang"}
    story = a_story(
        contact("2016", **twice),
        contact("2016", summary="Rang"),
        contact("2016", people=("P2", "P1"), summary="Rang"),
    )
    assert odd(story) == [
        "contact 3, 2016: this is the same as contact 1; take one of them out, or say what was different"
    ]


@pytest.mark.parametrize(
    ("gap", "asked"),
    [
        (Gap(date="2016-01", end="2016-03", kind="no-contact"), True),
        (Gap(date="2016-01", end="2016-03", kind="no-contact", agency="a", people=("P1",)), True),
        (Gap(date="2016-01", end="2016-03", kind="waiting"), False),
        (Gap(date="2016-01", end="2016-03", kind="no-contact", agency="b"), False),
        (Gap(date="2016-01", end="2016-03", kind="no-contact", people=("P2",)), False),
        (Gap(date="2016-02-16", end="2016-03", kind="no-contact"), False),
    ],
)
def test_a_contact_inside_a_time_of_no_contact_is_asked_about(gap: Gap, asked: bool) -> None:
    said = odd(a_story(contact("2016-02-15", people=("P1",)), gaps=(gap,)))
    expected = [
        (
            f"gap 1, {gap.date}: nothing is said to have happened here, but contact 1 did; "
            "change the days of the gap, or its kind"
        )
    ]
    assert said == (expected if asked else [])


@settings(max_examples=40)
@given(stories())
def test_any_story_can_be_checked(story: Story) -> None:
    assert all(str(problem) for problem in check_order(story))
