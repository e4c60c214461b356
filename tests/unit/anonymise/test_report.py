"""Looking through a candidate: every field, in words that say where and never what."""

from __future__ import annotations

from typing import Any

import pytest

from storybook.anonymise.candidate import freeze
from storybook.anonymise.detectors.findings import What
from storybook.anonymise.fields import fields
from storybook.anonymise.report import Report, examine
from storybook.anonymise.shown import Shown
from storybook.story.model import Agency, DatePolicy, Episode, Gap, Person, Point, ShowAs, Track, TrackKind
from tests.unit.anonymise.samples import VOCABULARY, FakeDemand, a_story, contact

PHONE = "07700 900123"
TRACK = {"ref": "t", "kind": TrackKind.HOME, "title": "Home"}
EPISODE = {"position": 0, "title": "One"}


def report(
    policy: DatePolicy = DatePolicy.RELATIVE, contacts: tuple[Any, ...] = (contact("2014-04"),), **more: Any
) -> Report:
    return examine(freeze(a_story(*contacts, date_policy=policy, **more), VOCABULARY))


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"title": PHONE}, "title"),
        ({"introduction": PHONE}, "introduction"),
        ({"slug": "call-07700900123"}, "address of the page"),
        ({"people": (Person(ref="P1", name=PHONE),)}, "person 1: name"),
        ({"people": (Person(ref="07700900123", name="A"),)}, "person 1: short name"),
        ({"people": (Person(ref="P1", name="A", about=PHONE),)}, "person 1: about this person"),
        ({"people": (Person(ref="P1", name="A", age_band=PHONE),)}, "person 1: age band"),
        ({"agencies": (Agency(ref="a", name=PHONE, sector="police"),)}, "agency 1: what it is called"),
        (
            {"agencies": (Agency(ref="a", name="A", alias=PHONE, show_as=ShowAs.ALIAS, sector="police"),)},
            "agency 1: what it is called",
        ),
        ({"agencies": (Agency(ref="a", name="A", sector="07700900123"),)}, "sector 1: code"),
        ({"contacts": (contact("2014-04", summary=PHONE),)}, "contact 1 (month 1): what it is called"),
        ({"contacts": (contact("2014-04", detail=PHONE),)}, "contact 1 (month 1): detail"),
        ({"contacts": (contact("2014-04", response=PHONE),)}, "contact 1 (month 1): what the agency did"),
        (
            {"contacts": (contact("2014-04", no_response=PHONE),)},
            "contact 1 (month 1): why there was no response",
        ),
        ({"contacts": (contact("2014-04", impact=PHONE),)}, "contact 1 (month 1): what it meant"),
        ({"contacts": (contact("2014-04", own_words=PHONE),)}, "contact 1 (month 1): own words"),
        ({"contacts": (contact("2014-04", needs=("07700900123",)),)}, "contact 1 (month 1): needs"),
        ({"gaps": (Gap(date="2014-05", kind="waiting", note=PHONE),)}, "gap 1 (month 2): note"),
        ({"episodes": (Episode(**(EPISODE | {"title": PHONE})),)}, "episode 1: title"),
        ({"episodes": (Episode(**EPISODE, text=f"x [a](tel:{PHONE.replace(' ', '')})"),)}, "episode 1: text"),
        ({"tracks": (Track(**(TRACK | {"title": PHONE})),)}, "track 1: title"),
        ({"tracks": (Track(**TRACK, acknowledgement=PHONE),)}, "track 1: acknowledgement"),
        ({"tracks": (Track(**TRACK, points=(Point(date="2014-04", label=PHONE),)),)}, "track 1: points"),
    ],
)
def test_an_identifier_in_any_field_blocks_and_is_told_where(more: dict[str, Any], where: str) -> None:
    found = report(**more)
    assert found.blocking
    assert {str(finding.where) for finding in found.findings} >= {where}
    assert {finding.what for finding in found.findings} == {What.PHONE}


def test_a_report_never_holds_what_was_found() -> None:
    found = report(title=f"Ask {PHONE} or a.b@example.org")
    assert [str(said) for said in found.said] == [
        "title: a phone number, from character 5 to 16; take it out, or write “a phone number”",
        "title: an email address, from character 21 to 35; take it out, or write “an email address”",
    ]
    assert "07700" not in repr(found)
    assert "example" not in repr(found)


def test_what_is_not_shown_is_not_examined() -> None:
    hidden = contact("2014-04", summary=PHONE, not_telling=True)
    sector = Agency(ref="a", name=PHONE, alias=PHONE, show_as=ShowAs.SECTOR, sector="police")
    assert not report(contacts=(hidden,)).blocking
    assert not report(
        contacts=(contact("2014-04", source=PHONE, links=("https://a.example/07700900123",)),),
        agencies=(sector,),
    ).blocking


@pytest.mark.parametrize(
    ("policy", "blocked"),
    [
        (DatePolicy.RELATIVE, ["12 March 2016", "March 2016", "2016"]),
        (DatePolicy.MONTH, ["12 March 2016"]),
        (DatePolicy.QUARTER, ["12 March 2016", "March 2016"]),
        (DatePolicy.SEASON, ["12 March 2016", "March 2016"]),
        (DatePolicy.YEAR, ["12 March 2016", "March 2016"]),
    ],
)
def test_the_text_must_not_betray_what_the_picture_hides(policy: DatePolicy, blocked: list[str]) -> None:
    dates = ["12 March 2016", "March 2016", "2016", "in March", "that winter"]
    episodes = {date: (Episode(position=0, title="One", text=f"It was {date}."),) for date in dates}
    assert [date for date in dates if report(policy, episodes=episodes[date]).blocking] == blocked


def test_a_finding_of_a_date_says_what_would_be_right() -> None:
    found = report(title="Since 2016")
    assert str(found.said[0]) == (
        "title: a date from the calendar, from character 7 to 10; "
        "say when it was in the story’s own time: “three weeks later”, “that winter”"
    )


def test_the_note_on_counts_may_hold_the_data_s_dates_where_the_calendar_is_shown() -> None:
    story = a_story(contact("2014-04"), date_policy=DatePolicy.MONTH)
    quarters = FakeDemand().typical
    with_note = {"a": FakeDemand(quarters={"2014-Q2": quarters}, note="From 2014-01-01 on.")}
    assert not examine(freeze(story, VOCABULARY, with_note)).blocking
    with_phone = {"a": FakeDemand(quarters={"2014-Q2": quarters}, note=f"Ask {PHONE}.")}
    found = examine(freeze(story, VOCABULARY, with_phone))
    assert [str(finding.where) for finding in found.findings] == ["where the counts come from"]


def test_every_text_of_what_is_shown_is_looked_at() -> None:
    """A field added later is examined without anybody thinking of it; only what the program writes is left out."""
    story = a_story(
        contact("2014-04", "a", handoff_to="b", summary="s", needs=("offending",), people=("P1",)),
        gaps=(Gap(date="2014-05", kind="waiting", note="n", agency="a"),),
        episodes=(Episode(**EPISODE, text="x", voice="P1"),),
        tracks=(Track(**TRACK, low=1, points=(Point(date="2014-04", label="l", value=2),)),),
        introduction="i",
    )
    shown = freeze(story, VOCABULARY).shown
    seen = [field.text for field in fields(shown)]
    assert sorted(seen) == sorted(_all_texts(shown.model_dump(exclude={"caption", "policy", "axis"})))


def _all_texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [
            text for key, item in value.items() if key not in ("when", "demand") for text in _all_texts(item)
        ]
    return [text for item in value for text in _all_texts(item)] if isinstance(value, list | tuple) else []


def test_the_shape_of_what_is_shown_is_the_one_the_walk_knows() -> None:
    parts = {name for name, field in Shown.model_fields.items() if "tuple" in str(field.annotation)}
    assert parts == {"people", "sectors", "lanes", "contacts", "gaps", "episodes", "tracks", "counts"}
