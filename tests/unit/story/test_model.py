"""A story cannot be built wrong: references point somewhere, dates can be, texts fit every format."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from storybook.story.model import (
    Agency,
    AgencyFields,
    Contact,
    ContactFields,
    Episode,
    Gap,
    Person,
    Point,
    Story,
    Track,
    TrackKind,
)
from tests.strategies import stories

PEOPLE = (Person(ref="P1", name="Ash"), Person(ref="P2", name="Bo"))
AGENCIES = (Agency(ref="a", name="A", sector="housing"), Agency(ref="b", name="B", sector="police"))


def a_story(**more: Any) -> Story:
    return Story(**{"slug": "s", "title": "S", "people": PEOPLE, "agencies": AGENCIES, **more})


# ---- what a contact is when little is said


def test_a_contact_needs_a_date_and_an_agency_and_has_the_rest() -> None:
    contact = Contact(date="2016-04", agency="a")
    assert contact.model_dump(exclude={"id"}, exclude_unset=True) == {"date": "2016-04", "agency": "a"}
    assert (contact.end, contact.people, contact.needs, contact.links) == ("", (), (), ())
    assert (contact.kind, contact.outcome, contact.significant, contact.version) == (
        "contact", "not-recorded", True, 1,
    )  # fmt: skip
    assert not any((contact.retelling, contact.disputed, contact.not_telling))
    assert (contact.handoff_to, contact.handoff_end, contact.cost_quantity) == (None, None, None)


def test_every_part_has_an_id_of_its_own_that_sorts_by_when_it_was_made() -> None:
    made = [Contact(date="2016", agency="a").id for _ in range(20)]
    assert len(set(made)) == 20
    assert made == sorted(made)
    assert {identifier.version for identifier in made} == {7}


# ---- references


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"contacts": (Contact(date="2016", agency="x"),)}, "agency 'x' is not in this story"),
        (
            {"contacts": (Contact(date="2016", agency="a", people=("P9",)),)},
            "person 'P9' is not in this story",
        ),
        (
            {"contacts": (Contact(date="2016", agency="a", handoff_to="x"),)},
            "agency 'x' is not in this story",
        ),
        ({"gaps": (Gap(date="2016", kind="waiting", agency="x"),)}, "agency 'x' is not in this story"),
        ({"gaps": (Gap(date="2016", kind="waiting", people=("P9",)),)}, "person 'P9' is not in this story"),
        ({"episodes": (Episode(position=0, title="T", voice="P9"),)}, "person 'P9' is not in this story"),
        ({"tracks": (Track(ref="t", kind=TrackKind.HOME, title="T", people=("P9",)),)}, "person 'P9' is not"),
        ({"people": (PEOPLE[0], Person(ref="P1", name="Cy"))}, "person 'P1' is there twice"),
        ({"agencies": (AGENCIES[0], Agency(ref="a", name="C", sector="fire"))}, "agency 'a' is there twice"),
        ({"tracks": (Track(ref="t", kind=TrackKind.HOME, title="T"),) * 2}, "track 't' is there twice"),
        ({"contacts": (Contact(date="2016", agency="a"),) * 2}, "is there twice"),
    ],
)
def test_what_points_nowhere_or_stands_twice_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        a_story(**wrong)


def test_what_points_somewhere_is_taken_and_keeps_its_order() -> None:
    contacts = (
        Contact(date="2017", agency="b", people=("P2", "P1"), handoff_to="a"),
        Contact(date="2016", agency="a"),
    )
    track = Track(ref="t", kind=TrackKind.FEELINGS, title="T", people=("P1",), points=(Point(date="2016"),))
    story = a_story(contacts=contacts, tracks=(track,), episodes=(Episode(position=0, title="T", voice=""),))
    assert story.contacts == contacts
    assert list(story.parts()) == [*PEOPLE, *AGENCIES, *contacts, *story.episodes, track, *track.points]


@settings(max_examples=25)
@given(stories())
def test_any_story_survives_being_taken_apart_and_put_together(story: Story) -> None:
    assert Story.model_validate(story.model_dump()) == story
    assert Story.model_validate_json(story.model_dump_json()) == story


# ---- fields


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("date", "soon", "not a date we can read"),
        ("date", "", "not a date we can read"),
        ("end", "2015", "comes before the start"),
        ("end", "2017/2018", "is two dates"),
        ("agency", "a b", "match pattern"),
        ("agency", "", "match pattern"),
        ("agency", "-a", "match pattern"),
        ("kind", "a" * 121, "at most 120 characters"),
        ("summary", "two\nlines", "match pattern"),
        ("summary", "nul\x00", "match pattern"),
        ("summary", "x" * 501, "at most 500 characters"),
        ("detail", "nul\x00", "match pattern"),
        ("detail", "x" * 2_000_001, "at most 2000000"),
        ("people", ("P 1",), "match pattern"),
        ("links", ("javascript:alert(1)",), "match pattern"),
        ("links", ("https://a.example/ b",), "match pattern"),
        ("cost_quantity", float("nan"), "finite number"),
        ("cost_quantity", float("inf"), "finite number"),
        ("version", 0, "greater than or equal to 1"),
        ("colour", "red", "Extra inputs are not permitted"),
    ],
)
def test_a_field_that_cannot_be_right_is_refused(field: str, value: Any, said: str) -> None:
    given = {"date": "2016", "agency": "a", field: value}
    with pytest.raises(ValidationError, match=said):
        Contact.model_validate(given)


@pytest.mark.parametrize("slug", ["", "A", "a b", "a--b", "-a", "a-", "../a", "a/b", "a\n", "é", "a" * 81])
def test_a_slug_can_never_be_a_path_or_anything_but_small_letters(slug: str) -> None:
    with pytest.raises(ValidationError):
        a_story(slug=slug)


@pytest.mark.parametrize("slug", ["a", "the-couple", "2-of-us", "a" * 80])
def test_a_slug_is_small_letters_digits_and_single_hyphens(slug: str) -> None:
    assert a_story(slug=slug).slug == slug


@pytest.mark.parametrize("ref", ["P1\n", "a--b", "a_b", "é"])
def test_a_ref_is_letters_digits_and_single_hyphens(ref: str) -> None:
    with pytest.raises(ValidationError):
        Person(ref=ref, name="Ash")


def test_ends_of_lines_are_all_the_same() -> None:
    assert Contact(date="2016", agency="a", detail="one\r\ntwo\rthree\n").detail == "one\ntwo\nthree\n"


def test_spaces_around_dates_go() -> None:
    contact = Contact(date=" 2016-04 ", end=" .. ", agency="a")
    assert (contact.date, contact.end) == ("2016-04", "..")


@pytest.mark.parametrize(
    ("date", "end"), [("2016-04", ""), ("2016-04", ".."), ("2016-04", "2016-04-01"), ("2016/2017", "")]
)
def test_ends_that_fit_are_taken(date: str, end: str) -> None:
    assert Gap(date=date, end=end, kind="waiting").end == end


@pytest.mark.parametrize(
    ("date", "end", "said"),
    [("2016-04", "2016-03-31", "comes before the start"), ("2016/2017", "2018", "leave the end empty")],
)
def test_ends_that_do_not_fit_are_refused_everywhere(date: str, end: str, said: str) -> None:
    for build in (
        lambda: Contact(date=date, end=end, agency="a"),
        lambda: Gap(date=date, end=end, kind="waiting"),
        lambda: Episode(date=date, end=end, position=0, title="T"),
        lambda: Point(date=date, end=end),
    ):
        with pytest.raises(ValidationError, match=said):
            build()


def test_an_episode_may_have_no_date_but_then_no_end() -> None:
    assert Episode(position=0, title="T").date == ""
    with pytest.raises(ValidationError, match="an end needs a date; say when it began"):
        Episode(position=0, title="T", end="2016")


def test_a_part_cannot_be_changed_behind_the_storys_back() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PEOPLE[0].name = "Cy"


def test_fields_without_a_table_are_checked_as_they_are_made() -> None:
    with pytest.raises(ValidationError):
        ContactFields(date="soon", agency="a")
    with pytest.raises(ValidationError):
        AgencyFields(ref="a b", name="A", sector="housing")
