"""What is wrong with a TimelineJS file is told by line; JSON remembers its lines."""

from __future__ import annotations

import json

import pytest

from storybook.story.formats import read_bytes
from storybook.story.formats.json_lines import Object, load
from storybook.story.problems import Problems


def said(timeline: object, name: str = "t.json") -> list[str]:
    text = timeline if isinstance(timeline, str) else json.dumps(timeline, indent=1)
    with pytest.raises(Problems) as caught:
        read_bytes(text.encode(), name)
    return [str(problem) for problem in caught.value.problems]


# ---- what is wrong is told by line


def test_years_outside_1_to_9999_are_refused_by_line() -> None:
    assert said(
        {
            "events": [
                {"start_date": {"year": "-13800000000"}},
                {"start_date": {"year": "2000"}, "end_date": {"year": "10000"}},
            ]
        }
    ) == [
        "t.json:5:Year: the year -13800000000 is outside what we can show; use years from 1 to 9999",
        "t.json:13:End Year: the year 10000 is outside what we can show; use years from 1 to 9999",
    ]


def test_dates_that_can_not_be_are_told_by_line() -> None:
    events = [
        {"start_date": date}
        for date in (
            {"year": "2000", "month": "13"},
            {"year": "2001", "month": "2", "day": "29"},
            {"year": "2000", "day": "1"},
            {"month": "5"},
            {},
            {"year": "MM"},
        )
    ]
    events.append({"start_date": {"year": "2000"}, "end_date": {"year": "1999"}})
    lines = [problem.partition(":")[2].partition(":")[2] for problem in said({"events": events})]
    assert lines == [
        'Month: "2000-13" has no month 13; months are 1 to 12',
        'Month: "2001-02-29" is a day that does not exist; that month has days 01 to 28',
        "Month: there is a day but no month; give the month",
        "Year: there is a month or day but no year; give the year",
        "Year: there is no year; give a year from 1 to 9999",
        'Year: "MM" is not a number; write it in digits',
        "End Year: the end, 1999, comes before the start, 2000; give an end on or after the start",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '{"events": [}',
            "t.json:1:13: this is not JSON; look here for a comma, a quotation mark or a bracket too many or too few",
        ),
        (
            '{"events": []\n "x"}',
            (
                "t.json:2:2: a comma or } is missing here; look here for a comma, a quotation mark or a bracket "
                "too many or too few"
            ),
        ),
        (
            '{"events" []}',
            (
                "t.json:1:11: a : is missing here; look here for a comma, a quotation mark or a bracket too many "
                "or too few"
            ),
        ),
        (
            "{events: []}",
            (
                "t.json:1:2: a key is missing here; look here for a comma, a quotation mark or a bracket too many "
                "or too few"
            ),
        ),
        (
            '{"a": "b',
            (
                "t.json:1:7: this text does not end, or holds a character that must be written another way; look "
                "here for a comma, "
                "a quotation mark or a bracket too many or too few"
            ),
        ),
        (
            "{} x",
            (
                "t.json:1:4: there is something after the end of the JSON; look here for a comma, a quotation mark "
                "or a bracket too many or too few"
            ),
        ),
        (
            "[" * 100,
            (
                "t.json:1:34: the JSON is too deep; look here for a comma, a quotation mark or a bracket too many "
                "or too few"
            ),
        ),
        ("[1, 2]", 't.json:1: this JSON is not a timeline of TimelineJS; it needs {"events": […]}'),
        ('{"events": 3}', 't.json:1: this JSON is not a timeline of TimelineJS; it needs {"events": […]}'),
        ('{"events": []}', "t.json:1: there are no events in it; give a timeline with at least one event"),
        ('{"events": [3]}', 't.json:1: "3" is not an event; put it between { and }'),
        (
            '{"eras": [], "events": [' + "1" * 50 + "]}",
            "t.json:1:25: this is not JSON; look here for a comma, a quotation mark or a bracket too many or too few",
        ),
    ],
)
def test_json_that_can_not_be_read_says_where(text: str, told: str) -> None:
    assert said(text) == [told]


def test_a_csv_without_timelinejs_s_headings_is_told_which() -> None:
    with pytest.raises(Problems) as caught:
        read_bytes(b"title,count\na,1\n", "x.csv", format="timelinejs")
    assert [str(problem) for problem in caught.value.problems] == [
        (
            'x.csv:1: there is no column "Year"; use TimelineJS\'s own headings: Year, Month, Day, Headline, Text, '
            "Group …"
        ),
        (
            'x.csv:1: there is no column "Headline"; use TimelineJS\'s own headings: Year, Month, Day, Headline, '
            "Text, Group …"
        ),
    ]


def test_json_remembers_its_lines() -> None:
    found = load(
        '\n{"a": [1, true, null,\n {"b": "\\u00e9\\ud83d\\ude00"}], "c": {}, "d": [], "e": false, "f": "\\ud800"}',
        "x",
    )
    assert found == {"a": ["1", True, None, {"b": "é😀"}], "c": {}, "d": [], "e": False, "f": "\ufffd"}
    assert isinstance(found, Object)
    assert (found.line, found.lines["c"], found["a"][3].line) == (2, 3, 3)
