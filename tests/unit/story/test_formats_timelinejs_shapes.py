"""TimelineJS files in the shapes that its sheets and its JSON allow: nothing in them is lost without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storybook.story.formats import Incoming, read_bytes, write
from storybook.story.problems import Problems


def sheet(text: str) -> Incoming:
    return read_bytes(text.encode(), "t.csv", format="timelinejs")


def timeline(**parts: object) -> Incoming:
    event = {"start_date": {"year": 2016}, "text": {"headline": "h"}}
    return read_bytes(json.dumps({"events": [event], **parts}, indent=1).encode(), "t.json")


def said(read: object, given: object) -> list[str]:
    with pytest.raises(Problems) as caught:
        read(given)  # type: ignore[operator]  # one of the two above
    return [str(problem) for problem in caught.value.problems]


def out(found: Incoming, place: Path) -> dict[str, object]:
    write(found.story, place / "x.json", "timelinejs")
    return json.loads((place / "x.json").read_text())


# ---- sheets


def test_headings_may_stand_without_their_spaces_as_timelinejs_reads_them() -> None:
    found = sheet("YEAR,End Year,EndMonth,DisplayDate,headline,MediaCredit\n2016,2017,2,then,h,somebody\n")
    (contact,) = found.story.contacts
    assert (contact.date, contact.end) == ("2016", "2017-02")
    assert contact.source == "Date as shown: then\nMedia credit: somebody"


def test_columns_that_timelinejs_does_not_have_are_said() -> None:
    found = sheet("Year,Headline,Notes to self,,Colour\n2016,h,secret,,red\n")
    assert [str(note) for note in found.notes] == ['left out: "Notes to self", "Colour"']


def test_cells_without_a_heading_and_headings_that_stand_twice_are_refused() -> None:
    assert said(sheet, "Year,Headline\n2016,h\n2017,Smith, Jones\n") == [
        't.csv:3: this line has more cells than there are headings; put " around a cell that holds a comma'
    ]
    assert said(sheet, "Year,Headline,Group,Tag\n2016,h,a,b\n") == [
        't.csv:1: two columns are called "Tag"; keep one of them, or give the other another heading'
    ]


def test_a_second_title_is_an_event_as_in_timelinejs() -> None:
    found = sheet("Year,Headline,Type\n,First,title\n2015,Second,title\n2016,h,\n")
    assert found.story.title == "First"
    assert [c.summary for c in found.story.contacts] == ["Second", "h"]


def test_numbers_may_hold_what_a_sheet_puts_into_them() -> None:
    found = sheet('Year,Month,Day,Headline\n"1,943", 3.0,04,h\n')
    assert found.story.contacts[0].date == "1943-03-04"


def test_a_quotation_at_the_start_keeps_its_mark_and_a_guarded_formula_loses_it() -> None:
    found = sheet("Year,Headline\n2016,'Tis the season\n2017,'=1+1\n")
    assert [c.summary for c in found.story.contacts] == ["'Tis the season", "=1+1"]


@pytest.mark.parametrize(
    ("time", "kept", "hour"),
    [
        ("9am", "Time: 09:00", {"hour": "9", "minute": "00"}),
        ("9.05 pm", "Time: 21:05", {"hour": "21", "minute": "05"}),
        ("noon", "Time: noon", {}),
        ("25:99", "Time: 25:99", {}),
    ],
)
def test_a_time_that_no_clock_shows_stays_as_words(
    tmp_path: Path, time: str, kept: str, hour: dict[str, str]
) -> None:
    found = sheet(f"Year,Month,Day,Time,Headline\n2016,3,4,{time},h\n")
    assert found.story.contacts[0].source == kept
    (event,) = out(found, tmp_path)["events"]  # type: ignore[misc]  # JSON
    assert event["start_date"] == {"year": "2016", "month": "3", "day": "4", **hour}


# ---- JSON


def test_the_title_keeps_its_text_its_picture_and_who_is_to_be_thanked(tmp_path: Path) -> None:
    title = {
        "text": {"headline": "T", "text": "<p>Words.</p>"},
        "media": {"url": "https://a.example/x.png", "caption": "A [door] & a < b", "credit": "Somebody"},
    }
    found = timeline(title=title)
    assert found.story.introduction == (
        "Words.\n\n[A \\[door\\] & a \\< b](<https://a.example/x.png>) — Somebody"
    )
    assert out(found, tmp_path)["title"] == {
        "text": {"headline": "T", "text": "<p>Words.</p>"},
        "media": {
            "url": "https://a.example/x.png",
            "caption": "A [door] &amp; a &lt; b",
            "credit": "Somebody",
        },
    }


def test_a_title_that_shows_words_keeps_them() -> None:
    found = timeline(title={"media": {"url": "<blockquote>No demand.</blockquote>"}})
    assert found.story.introduction == "No demand."


def test_words_in_place_of_a_picture_are_kept(tmp_path: Path) -> None:
    found = timeline(
        events=[{"start_date": {"year": 1}, "media": {"url": "https://a.example/x", "alt": "A dog"}}]
    )
    assert found.story.contacts[0].source == "Media in words: A dog"
    (event,) = out(found, tmp_path)["events"]  # type: ignore[misc]  # JSON
    assert event["media"] == {"url": "https://a.example/x", "alt": "A dog"}


def test_a_bare_text_and_a_bare_address_are_taken_for_what_they_are() -> None:
    found = timeline(
        events=[{"start_date": {"year": "2016"}, "text": "words", "media": "https://a.example/x"}]
    )
    assert (found.story.contacts[0].detail, found.story.contacts[0].links) == (
        "words",
        ("https://a.example/x",),
    )


def test_a_date_that_is_only_a_text_is_told_with_its_line_and_shape() -> None:
    events = [{"start_date": "2016-03-04"}, {"start_date": {"year": "2016"}, "end_date": ["2017"]}]
    with pytest.raises(Problems) as caught:
        timeline(events=events)
    right = 'write it like {"year": "2016", "month": "4", "day": "3"}'
    assert [str(problem) for problem in caught.value.problems] == [
        f't.json:4:start_date: "2016-03-04" is not a date of TimelineJS; {right}',
        f't.json:10:end_date: "[…]" is not a date of TimelineJS; {right}',
    ]


def test_what_is_no_event_is_told_where_its_list_stands() -> None:
    with pytest.raises(Problems) as caught:
        timeline(eras=[["x"], "y"])
    assert [str(problem) for problem in caught.value.problems] == [
        't.json:12: "[…]" is not an event; put it between { and }',
        't.json:12: "y" is not an event; put it between { and }',
    ]
