"""What becomes of dates under each policy, and what can't be read back out of them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import strategies as st

from storybook.anonymise.candidate import freeze
from storybook.anonymise.dates.policy import Shift
from storybook.anonymise.draft import draft
from storybook.anonymise.shown import Grain, Shown
from storybook.story.model import DatePolicy, Episode, Gap, Point, Track, TrackKind
from storybook.story.problems import Problems
from tests.unit.anonymise.samples import VOCABULARY, a_story, contact, under

P = DatePolicy
#: Stories are generated from a seed: whole ones are too large for Hypothesis to print.
SEEDS = st.integers(0, 2**32 - 1)


def texts(shown: Shown) -> list[str]:
    return [c.when.text for c in shown.contacts]


def steps(shown: Shown) -> list[tuple[int, int]]:
    return [(c.when.first, c.when.last) for c in shown.contacts]


@pytest.mark.parametrize(
    ("policy", "first", "second", "third"),
    [
        (P.RELATIVE, "month 1", "months 3 to 8", "from month 14 onwards"),
        (P.MONTH, "April 2014", "June 2014 to November 2014", "from May 2015 onwards"),
        (P.QUARTER, "2014 Q2", "2014 Q2 to 2014 Q4", "from 2015 Q2 onwards"),
        (P.SEASON, "spring 2014", "summer 2014 to autumn 2014", "from spring 2015 onwards"),
        (P.YEAR, "2014", "2014", "from 2015 onwards"),
        (
            P.SHIFTED,
            "week of 18 November 2013",
            "week of 13 January 2014 to week of 7 July 2014",
            "from week of 15 December 2014 onwards",
        ),
    ],
)
def test_each_policy_says_dates_at_its_own_grain(policy: P, first: str, second: str, third: str) -> None:
    story = a_story(
        contact("2014-04-12"), contact("2014-06-03", end="2014-11-29"), contact("2015-05-04", end="..")
    )
    assert texts(under(story, policy).shown) == [first, second, third]


def test_a_draft_says_true_dates_day_by_day() -> None:
    shown = draft(a_story(contact("2014-04-12"), contact("2014-06")), VOCABULARY).shown
    assert (texts(shown), steps(shown)) == (["12 April 2014", "June 2014"], [(11, 11), (61, 90)])
    assert (shown.axis.grain, shown.axis.calendar, shown.axis.steps) == (Grain.DAY, True, 91)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [("2014-12", "winter 2014/15", 0), ("2015-02-28", "winter 2014/15", 0), ("2015-03-01", "spring 2015", 0)],
)
def test_winter_begins_in_december_and_keeps_its_year(date: str, first: str, last: int) -> None:
    shown = under(a_story(contact(date)), P.SEASON).shown
    assert (texts(shown), steps(shown)) == ([first], [(0, last)])


def test_uncertain_edges_fade_by_whole_steps_wherever_in_the_month_they_lie() -> None:
    early, late = (
        under(a_story(contact("2014-01-15"), contact(f"2014-04-{day}?")), P.RELATIVE) for day in ("02", "30")
    )
    when = early.shown.contacts[1].when
    assert (when.first, when.last, when.fuzzy_first, when.fuzzy_last, when.text) == (
        3,
        3,
        2,
        3,
        "month 4 (not certain)",
    )
    assert early.sha256 == late.sha256


def test_ends_that_are_open_or_unknown_are_kept() -> None:
    story = a_story(
        contact("2014-01-15"),
        contact("2014-03/"),
        contact("/2014-05"),
        contact("../2014-06"),
        contact("2014-02/.."),
        gaps=(Gap(date="2014-12", kind="waiting"),),
    )
    shown = under(story, P.RELATIVE).shown
    found = {
        c.when.text: (c.when.first, c.when.last, c.when.fuzzy_first, c.when.fuzzy_last)
        for c in shown.contacts
    }
    assert found == {
        "month 1": (0, 0, 0, 0),
        "from month 3, end not known": (2, 2, 2, 4),
        "until month 5, start not known": (4, 4, 2, 4),
        "until month 6": (0, 5, 0, 5),
        "from month 2 onwards": (1, 11, 1, 11),
    }
    flags = {c.when.text: (c.when.ongoing, c.when.end_unknown) for c in shown.contacts}
    assert flags["from month 2 onwards"] == (True, False)
    assert flags["from month 3, end not known"] == (False, True)


def test_what_was_over_before_the_first_contact_has_no_place_on_the_axis() -> None:
    points = (
        Point(date="2010", end="2013", label="at home"),
        Point(date="2013-06", end="2014-03", label="a sofa"),
    )
    story = a_story(
        contact("2014-01-15"),
        episodes=(
            Episode(position=0, title="Before", date="2009"),
            Episode(position=1, title="Then", date="2013/2014-02"),
        ),
        tracks=(Track(ref="home", kind=TrackKind.HOME, title="Home", points=points),),
        gaps=(Gap(date="2013-01", kind="waiting"),),
    )
    shown = under(story, P.RELATIVE).shown
    before, then = shown.episodes
    assert (before.when, then.when and then.when.text) == (None, "until month 2")
    assert [point.when.text for point in shown.tracks[0].points] == ["until month 3"]
    assert shown.gaps == ()


def test_shifted_dates_are_cut_at_the_first_and_last_contact() -> None:
    story = a_story(
        contact("2014-03-05"),
        contact("2014-05-07"),
        gaps=(Gap(date="2014-01", end="2014-12", kind="waiting"),),
    )
    shown = under(story, P.SHIFTED, shift=10).shown
    assert shown.axis.steps == 10
    assert shown.gaps[0].when.text == "all the time"


def test_shifted_dates_need_their_secret_and_do_not_hold_it() -> None:
    story = a_story(contact("2014-03-05"), date_policy=P.SHIFTED)
    for shift in (None, Shift(0)):
        with pytest.raises(Problems, match="are to be moved"):
            freeze(story, VOCABULARY, shift=shift)
    assert "31" not in repr(Shift(31))
    moved = story.model_copy(update={"contacts": (contact("2014-03-26"),)})
    assert (
        freeze(story, VOCABULARY, shift=Shift(5)).to_json()
        == freeze(moved, VOCABULARY, shift=Shift(2)).to_json()
    )


def test_shifted_dates_stop_at_the_first_and_last_day_there_is() -> None:
    shown = under(a_story(contact("0001-01-03"), contact("9999-12-30")), P.SHIFTED, shift=-20).shown
    assert shown.axis.steps == (dt.date(9999, 12, 30).toordinal() - 140 - 1) // 7 + 1
    assert shown.contacts[0].when.text == "week of 1 January 1"


def test_an_empty_story_has_an_axis_of_one_step() -> None:
    assert draft(a_story(), VOCABULARY).shown.axis.steps == 1
    for shown in (under(a_story(), policy).shown for policy in P):
        assert (shown.axis.steps, shown.contacts, shown.caption) == (1, (), "A story in words")


def test_without_contacts_the_axis_begins_with_what_there_is() -> None:
    story = a_story(episodes=(Episode(position=0, title="Then", date="2014-03", end="2014-05"),))
    assert under(story, P.RELATIVE).shown.axis.steps == 3
