"""TimelineJS, CSV and JSON, both ways: every event comes in, and headlines, dates, groups and words go out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from storybook.story.formats import read, read_bytes, write
from storybook.story.model import Agency, Contact, Episode, Story
from storybook.story.narrative import text_of_html, visible_text
from tests.payloads import PAYLOADS
from tests.strategies import stories

HEADINGS = (
    "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media "
    "Credit,Media Caption,"
    "Media Thumbnail,Type,Group,Background\n"
)
CSV = (
    HEADINGS
    + (
        ',,,,,,,,,The <b>Bridge</b>,"<p class=""lead"">How it was built.</p>",https://a.example/b.jpg,,A '
        "picture,,title,,#fff\n"
    )
    + (
        '1815,12,10,9:30,1852,11,27,,a long time ago,Ada,"<p>One <a '
        'href=""https://a.example"">two</a></p><span>three</span>",,,,,,Builders,\n'
    )
    + '1948,3,,,,,,,,Edith,,"<blockquote>No demand. <cite>E.</cite></blockquote>",,,,,,\n'
    + "622,,,,,,,,,Old,plain  words,<iframe src='https://v.example/1 2'></iframe>,Someone,<i>Cap</i>,,,Builders,\n"
    + "1800,,,,1850,,,,,An age,Words of it,,,,,era,,\n"
)

TIMELINE = {
    "title": {
        "text": {"headline": "T & U", "text": "<p>Hello</p>"},
        "media": {"url": "https://a.example/x.png", "caption": "Cap"},
    },
    "eras": [
        {
            "start_date": {"year": "1900"},
            "end_date": {"year": "1910"},
            "text": {"headline": "Edwardian", "text": "<i>e</i>"},
        }
    ],
    "events": [
        {
            "start_date": {
                "year": 1901,
                "month": "02",
                "day": "3",
                "hour": "9",
                "minute": "5",
                "display_date": "that morning",
            },
            "end_date": {
                "year": "1901",
                "month": "2",
                "day": "4",
                "hour": 10,
                "minute": 0,
                "second": 7,
                "millisecond": 25,
            },
            "display_date": "shown so",
            "text": {"headline": "One &lt; two", "text": "<h2>Head</h2>a<br>b"},
            "group": "Film",
            "media": {
                "url": "//a.example/v.mp4",
                "credit": "<b>C</b>",
                "link": "https://a.example/page",
                "thumbnail": "x",
            },
            "background": {"color": "red"},
        },
        {
            "start_date": {"year": "1902"},
            "text": {"headline": "No group", "text": None},
            "media": {"url": "data:image/png;base64,xx"},
        },
        {
            "start_date": {"year": "1903", "hour": "7"},
            "text": {"headline": "Events as a group"},
            "group": "Events",
        },
    ],
}


def story_of(timeline: object, name: str = "t.json") -> Story:
    return read_bytes(json.dumps(timeline, indent=1).encode(), name).story


def test_a_csv_timeline_becomes_a_story() -> None:
    found = read_bytes(CSV.encode(), "bridge.csv")
    story = found.story
    assert (found.format, story.slug, story.title) == ("timelinejs", "the-bridge", "The Bridge")
    assert story.introduction == "How it was built.\n\n[A picture](<https://a.example/b.jpg>)"
    assert [(a.ref, a.name) for a in story.agencies] == [("builders", "Builders"), ("events", "Events")]
    assert [(c.date, c.end, c.agency, c.summary, c.detail, c.links, c.source) for c in story.contacts] == [
        (
            "1815-12-10",
            "1852-11-27",
            "builders",
            "Ada",
            "One [two](https://a.example)\n\nthree",
            (),
            "Date as shown: a long time ago\nTime: 09:30",
        ),
        ("1948-03", "", "events", "Edith", "", (), "Media: No demand. E."),
        (
            "0622",
            "",
            "builders",
            "Old",
            "plain words",
            ("https://v.example/1%202",),
            "Media caption: Cap\nMedia credit: Someone",
        ),
    ]
    assert [(e.title, e.date, e.end, e.text) for e in story.episodes] == [
        ("An age", "1800", "1850", "Words of it")
    ]
    assert [str(note) for note in found.notes] == [
        "backgrounds and thumbnails are not part of a story; they were left out"
    ]


def test_a_json_timeline_becomes_a_story() -> None:
    story = story_of(TIMELINE)
    assert (story.title, story.introduction) == ("T & U", "Hello\n\n[Cap](<https://a.example/x.png>)")
    assert [(a.ref, a.name) for a in story.agencies] == [
        ("film", "Film"),
        ("events", "Events"),
        ("events-2", "Events"),
    ]
    first, second, third = story.contacts
    assert (first.date, first.end, first.summary, first.detail) == (
        "1901-02-03",
        "1901-02-04",
        "One < two",
        "## Head\n\na\\\nb",
    )
    assert first.links == ("https://a.example/v.mp4", "https://a.example/page")
    assert first.source == (
        "Date as shown: shown so\nStart as shown: that morning\nTime: 09:05\nEnd time: 10:00:07.25\nMedia credit: C"
    )
    assert (second.links, second.source, second.agency) == ((), "Media: data:image/png;base64,xx", "events")
    assert (third.source, third.agency) == ("Time: 07:00", "events-2")
    assert story.episodes[0].model_dump(include={"title", "date", "end", "text"}) == {
        "title": "Edwardian",
        "date": "1900",
        "end": "1910",
        "text": "*e*",
    }


def test_what_went_in_comes_out(tmp_path: Path) -> None:
    write(story_of(TIMELINE), tmp_path / "out.json", "timelinejs")
    out = json.loads((tmp_path / "out.json").read_text())
    assert [event["text"]["headline"] for event in out["events"]] == [
        "One &lt; two",
        "No group",
        "Events as a group",
    ]
    assert [event.get("group") for event in out["events"]] == ["Film", None, "Events"]
    assert out["events"][0]["start_date"] == {
        "year": "1901",
        "month": "2",
        "day": "3",
        "hour": "9",
        "minute": "05",
        "display_date": "that morning",
    }
    assert out["events"][0]["end_date"] == {
        "year": "1901",
        "month": "2",
        "day": "4",
        "hour": "10",
        "minute": "00",
        "second": "07",
        "millisecond": "25",
    }
    assert out["events"][0]["display_date"] == "shown so"
    assert out["events"][0]["media"] == {"url": "https://a.example/v.mp4", "credit": "C"}
    assert text_of_html(out["events"][0]["text"]["text"]) == "Head\na\nb"
    assert out["events"][1]["media"] == {"url": "<blockquote>data:image/png;base64,xx</blockquote>"}
    assert out["eras"] == [
        {
            "start_date": {"year": "1900"},
            "end_date": {"year": "1910"},
            "text": {"headline": "Edwardian", "text": "<p><em>e</em></p>"},
        }
    ]


@pytest.mark.parametrize("source", [CSV, json.dumps(TIMELINE)])
def test_out_and_in_again_tells_the_same(tmp_path: Path, source: str) -> None:
    before = read_bytes(source.encode(), "t").story
    write(before, tmp_path / "t.json", "timelinejs")
    after = read(tmp_path / "t.json").story

    def told(story: Story) -> list[object]:
        names = {agency.ref: agency.name for agency in story.agencies}
        contacts = [
            (c.date, c.end, c.summary, visible_text(c.detail), names[c.agency], c.source, c.links[:1])
            for c in story.contacts
        ]
        return [
            story.title,
            *contacts,
            *((e.title, e.date, e.end, visible_text(e.text)) for e in story.episodes),
        ]

    assert told(after) == told(before)


def test_a_headline_too_long_for_one_line_is_kept_whole(tmp_path: Path) -> None:
    story = story_of({"events": [{"start_date": {"year": "1900"}, "text": {"headline": "word " * 150}}]})
    assert len(story.contacts[0].summary) == 500
    write(story, tmp_path / "x.json", "timelinejs")
    assert (
        json.loads((tmp_path / "x.json").read_text())["events"][0]["text"]["headline"]
        == ("word " * 150).strip()
    )


@pytest.mark.parametrize(
    ("date", "end", "start_date", "end_date", "display"),
    [
        ("2016-04-03", "", {"year": "2016", "month": "4", "day": "3"}, None, None),
        ("2016-04", "2016-07", {"year": "2016", "month": "4"}, {"year": "2016", "month": "7"}, None),
        ("2016-04/2016-07", "", {"year": "2016", "month": "4"}, {"year": "2016", "month": "7"}, None),
        ("2016-21", "", {"year": "2016", "month": "3"}, {"year": "2016", "month": "5"}, "spring 2016"),
        ("2016~", "", {"year": "2016"}, None, "about 2016"),
        ("2016-04", "..", {"year": "2016", "month": "4"}, None, "since April 2016"),
        ("../2016-05", "", {"year": "2016", "month": "5"}, None, "until May 2016"),
        ("201X", "", {"year": "2010"}, {"year": "2019"}, "the 2010s"),
        ("0622", "", {"year": "622"}, None, None),
    ],
)
def test_dates_that_timelinejs_does_not_know_are_shown_in_words(
    tmp_path: Path, date: str, end: str, start_date: object, end_date: object, display: object
) -> None:
    agency = Agency(ref="a", name="A", sector="other")
    story = Story(
        slug="s", title="t", agencies=(agency,), contacts=(Contact(date=date, end=end, agency="a"),)
    )
    write(story, tmp_path / "x.json", "timelinejs")
    event = json.loads((tmp_path / "x.json").read_text())["events"][0]
    assert (event["start_date"], event.get("end_date"), event.get("display_date")) == (
        start_date,
        end_date,
        display,
    )


def test_episodes_without_a_date_stand_in_the_introduction_and_a_fictional_story_says_so(
    tmp_path: Path,
) -> None:
    story = Story(
        slug="s",
        title="<t>",
        introduction="Hi",
        fictional=True,
        agencies=(Agency(ref="a", name="A", sector="other"),),
        contacts=(
            Contact(date="2016", agency="a"),
            Contact(date="2016", agency="a", summary="secret", not_telling=True),
        ),
        episodes=(
            Episode(position=0, title="E", text="words"),
            Episode(position=1, title="F", date="2016", end="..", text="f"),
        ),
    )
    assert [str(n) for n in write(story, tmp_path / "x.json", "timelinejs")] == [
        "1 contact that is not to be told was left out"
    ]
    out = json.loads((tmp_path / "x.json").read_text())
    assert out["title"]["text"] == {
        "headline": "&lt;t&gt;",
        "text": "<p>Hi</p><p>This story is fictional.</p><h3>E</h3><p>words</p>",
    }
    assert [era["text"]["headline"] for era in out["eras"]] == ["F"]
    assert len(out["events"]) == 1


@given(stories())
@settings(max_examples=8, deadline=None)
def test_any_story_with_contacts_goes_out_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, story: Story
) -> None:
    told = [contact for contact in story.contacts if not contact.not_telling]
    place = tmp_path_factory.mktemp("x") / "x.json"
    write(story, place, "timelinejs")
    if told:
        found = read(place).story
        assert [visible_text(c.detail).split() for c in found.contacts] == [
            visible_text(c.detail).split() for c in told
        ]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_become_words(payload: str) -> None:
    story = story_of(
        {
            "events": [
                {
                    "start_date": {"year": "1900"},
                    "text": {"headline": payload, "text": payload},
                    "group": payload,
                    "media": {"url": payload, "caption": payload},
                }
            ]
        }
    )
    assert all(link.startswith(("http://", "https://")) for link in story.contacts[0].links)
    assert visible_text(story.contacts[0].detail).split() == text_of_html(payload).split()
