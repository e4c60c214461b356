"""An edition as TimelineJS JSON: what stands on its slides, and dates that say no more than the edition does."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.anonymise.dates.scale import first_day, period
from storybook.anonymise.shown import Axis, Grain, Tick
from storybook.publish.places_in_time import Places
from storybook.publish.timelinejs import to_timelinejs
from storybook.story.formats import read
from storybook.story.model import DatePolicy, Episode, Gap, Story
from tests.unit.anonymise.samples import a_story, an_edition, contact, under


def a_told_story(year: int = 2016, **more: Any) -> Story:
    return a_story(
        contact(
            f"{year}-04-03",
            people=("P1", "P2"),
            summary="Asked <b>& was heard",
            detail="More.",
            own_words="“So”",
            disputed=True,
        ),
        contact(f"{year}-06", "b", end=f"{year}-09", kind="referred", handoff_to="a", handoff_end="accepted"),
        gaps=(Gap(date=f"{year}-07", end=f"{year}-08", kind="waiting", agency="a", note="No bed"),),
        episodes=(
            Episode(position=0, title="Before", text="It *was* cold."),
            Episode(position=1, title="After", voice="P1", text="I came in.", date=f"{year}-09"),
        ),
        introduction="How it went.",
        **more,
    )


def told(story: Story) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_timelinejs(an_edition(story)))
    return found


def test_the_title_says_what_must_be_said_of_the_file_and_holds_what_has_no_date() -> None:
    assert told(a_told_story())["title"]["text"] == {
        "headline": "Ann and Bo",
        "text": "<p>How it went.</p><p>2 agencies, 2 contacts, six months</p><p>This story is fictional.</p>"
        "<p>May be shown until 2027-03-31</p>"
        "<h3>Before</h3><p>Told by the narrator</p><p>It <em>was</em> cold.</p>",
    }


def test_slides_say_what_the_edition_says_and_when_in_its_own_words() -> None:
    first, second, gap, episode = told(a_told_story())["events"]
    assert first == {
        "unique_id": "c1",
        "start_date": {"year": "1"},
        "display_date": "month 1",
        "group": "Agency A",
        "text": {
            "headline": "Asked &lt;b&gt;&amp; was heard",
            "text": "<p>More.</p><p><b>Sector:</b> Police</p><p><b>People:</b> Ann; Bo</p><p><b>Kind:</b> Contact</p>"
            "<p><b>Outcome:</b> Not recorded</p><p><b>Own words:</b> “So”</p><p><b>Disputed:</b> yes</p>",
        },
    }
    assert [second[key] for key in ("start_date", "end_date", "display_date", "group")] == [
        {"year": "3"},
        {"year": "6"},
        "months 3 to 6",
        "B House",
    ]
    assert (
        "<p><b>Handed on to:</b> Agency A</p><p><b>How that ended:</b> Accepted</p>" in second["text"]["text"]
    )
    assert gap == {
        "unique_id": "g1",
        "start_date": {"year": "4"},
        "end_date": {"year": "5"},
        "display_date": "months 4 to 5",
        "group": "Agency A",
        "text": {"headline": "Waiting", "text": "<p>No bed</p>"},
    }
    assert episode == {
        "unique_id": "e2",
        "start_date": {"year": "6"},
        "display_date": "month 6",
        "group": "The story",
        "text": {"headline": "After", "text": "<p>Ann, in their own words</p><p>I came in.</p>"},
    }


@pytest.mark.parametrize("year", [1984, 2016])
def test_a_relative_edition_is_the_same_file_whenever_it_happened(year: int) -> None:
    made = to_timelinejs(an_edition(a_told_story(year)))
    assert made == to_timelinejs(an_edition(a_told_story(2001)))
    assert str(year).encode() not in made


@pytest.mark.parametrize(
    ("policy", "first", "second", "end"),
    [
        (DatePolicy.MONTH, {"year": "2016", "month": "4"}, {"year": "2016", "month": "6"}, "9"),
        (DatePolicy.QUARTER, {"year": "2016", "month": "4"}, {"year": "2016", "month": "4"}, "9"),
        (DatePolicy.SEASON, {"year": "2016", "month": "3"}, {"year": "2016", "month": "6"}, "11"),
        (DatePolicy.YEAR, {"year": "2016"}, {"year": "2016"}, None),
    ],
)
def test_under_a_policy_of_the_calendar_dates_are_the_true_periods(
    policy: DatePolicy, first: dict[str, str], second: dict[str, str], end: str | None
) -> None:
    contacts = (e for e in told(a_told_story(date_policy=policy))["events"] if e["unique_id"][0] == "c")
    events = {event["group"]: event for event in contacts}
    assert (events["Agency A"]["start_date"], events["B House"]["start_date"]) == (first, second)
    assert events["B House"]["end_date"] == ({"year": "2016", "month": end} if end else {"year": "2016"})


def test_shifted_dates_are_the_weeks_that_the_edition_shows() -> None:
    shown = under(a_told_story(), DatePolicy.SHIFTED).shown
    event = Places(shown.axis).of(shown.contacts[0].when)
    day = dt.date(*(int(event["start_date"][part]) for part in ("year", "month", "day")))
    assert event["display_date"] == f"week of {day.day} {day:%B} {day.year}"
    assert day.weekday() == 0


@settings(max_examples=50)
@given(st.sampled_from([g for g in Grain if g is not Grain.DAY]), st.integers(0, 9000), st.integers(0, 30))
def test_the_axis_s_own_words_say_where_it_lies(grain: Grain, number: int, step: int) -> None:
    number += 24
    label = str(period(grain, number))
    places = Places(Axis(grain=grain, calendar=True, steps=40, ticks=(Tick(step=step, label=label),)))
    assert places._origin == number - step


@pytest.mark.parametrize(
    ("label", "day"),
    [("Apr 2016", (2016, 4)), ("2016", (2016, 1)), ("May", None), ("month 7", None), ("2016 Q3", (2016, 7))],
)
def test_ticks_of_the_calendar_are_read_and_others_are_not(label: str, day: tuple[int, int] | None) -> None:
    places = Places(Axis(grain=Grain.MONTH, calendar=True, steps=9, ticks=(Tick(step=0, label=label),)))
    assert (
        places._origin is None
        if day is None
        else first_day(Grain.MONTH, places._origin or 0) == dt.date(*day, 1)
    )


def test_what_we_write_we_can_read(tmp_path: Path) -> None:
    path = tmp_path / "ann.json"
    path.write_bytes(to_timelinejs(an_edition(a_told_story())))
    assert [(c.date, c.end, c.summary) for c in read(path).story.contacts] == [
        ("0001", "", "Asked <b>& was heard"),
        ("0003", "0006", "Referred"),
        ("0004", "0005", "Waiting"),
        ("0006", "", "After"),
    ]
