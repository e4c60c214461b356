"""The one way out: what it asks for, every reason it refuses with, and which channels it opens."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from storybook.anonymise.candidate import Candidate, freeze
from storybook.anonymise.consent import Channel, Consent, SignOff
from storybook.anonymise.release import NotReleasable, common_channels, obstacles, release
from storybook.anonymise.report import Report, examine
from storybook.story.clock import FixedClock, today
from storybook.story.model import Person
from tests.unit.anonymise.samples import (
    DAY,
    NOON,
    UNTIL,
    VOCABULARY,
    a_story,
    an_edition,
    consent,
    consents,
    contact,
    sign_off,
)

C = Channel
REAL = UUID(int=7)


@pytest.fixture
def candidate() -> Candidate:
    return freeze(a_story(contact("2014-04")), VOCABULARY)


def reasons(candidate: Candidate, **changed: Any) -> list[str]:
    given: dict[str, Any] = {
        "report": examine(candidate),
        "consents": consents(candidate),
        "sign_off": sign_off(candidate),
        "day": DAY,
    }
    return [str(reason) for reason in obstacles(candidate, **(given | changed))]


def test_with_everything_in_place_an_edition_comes_out(candidate: Candidate) -> None:
    edition = release(
        candidate, examine(candidate), consents(candidate), sign_off(candidate), number=3, day=DAY
    )
    assert (edition.number, edition.slug, edition.shown) == (3, "ann-and-bo", candidate.shown)
    assert edition.manifest.candidate_sha256 == candidate.sha256
    assert dict(edition.channels) == {C.TEAM: UNTIL, C.WEB: UNTIL}
    assert (edition.manifest.released_on, edition.manifest.consents, edition.expires) == (DAY, 2, UNTIL)


def test_every_reason_is_told_at_once() -> None:
    candidate = freeze(a_story(contact("2014-04"), title="07700 900123 and CV1 2AB"), VOCABULARY)
    with pytest.raises(NotReleasable) as refused:
        release(candidate, examine(candidate), (), None, number=1, day=DAY)
    assert [str(reason) for reason in refused.value.reasons] == [
        "2 findings are open: put them right first",
        "P1 has not agreed yet",
        "P2 has not agreed yet",
        "Nobody has signed it off yet",
    ]
    assert str(refused.value) == "\n".join(str(reason) for reason in refused.value.reasons)


def test_a_report_on_another_version_or_a_doctored_one_does_not_count(candidate: Candidate) -> None:
    other = freeze(a_story(contact("2014-05"), contact("2014-09")), VOCABULARY)
    assert reasons(candidate, report=examine(other)) == [
        "The report is about another version of this story: look through this one first"
    ]
    found = freeze(a_story(contact("2014-04"), title="CV1 2AB"), VOCABULARY)
    assert reasons(found, report=Report(found.sha256, ())) == [
        "The report is not what looking through this story says: look through it again"
    ]


def test_consent_to_another_version_asks_again(candidate: Candidate) -> None:
    other = freeze(a_story(contact("2014-04"), title="Ann and Bo."), VOCABULARY)
    assert reasons(candidate, consents=(*consents(candidate)[:1], consent(other, "P2"))) == [
        "P2 agreed to another version of this story, and is asked again"
    ]


def test_a_consent_that_has_ended_does_not_count(candidate: Candidate) -> None:
    ended = consent(candidate, "P2", until=DAY)
    assert reasons(candidate, consents=(consent(candidate, "P1"), ended)) == []
    tomorrow = DAY + dt.timedelta(days=1)
    assert reasons(candidate, consents=(consent(candidate, "P1"), ended), day=tomorrow) == [
        "P2’s consent has ended"
    ]


def test_a_couple_must_agree_to_a_common_way_of_sharing(candidate: Candidate) -> None:
    apart = (consent(candidate, "P1", channels={C.WEB}), consent(candidate, "P2", channels={C.TEAM}))
    assert reasons(candidate, consents=apart) == [
        "There is no way of sharing that everybody in the story has agreed to"
    ]


def test_one_person_can_t_agree_for_the_other(candidate: Candidate) -> None:
    assert reasons(candidate, consents=(consent(candidate, "P1"), consent(candidate, "P1"))) == [
        "P2 has not agreed yet"
    ]
    assert reasons(candidate, consents=(*consents(candidate), consent(candidate, "P9"))) == []


def test_a_story_of_nobody_can_be_agreed_to_by_nobody() -> None:
    nobody = freeze(a_story(contact("2014-04"), people=()), VOCABULARY)
    assert reasons(nobody) == ["The story names nobody whose story it is, so nobody can agree to it"]
    assert common_channels(nobody, (), day=DAY) == {}


def test_the_reviewer_did_not_write_it_and_signed_this_version(candidate: Candidate) -> None:
    other = freeze(a_story(contact("2015-04"), title="x"), VOCABULARY)
    assert reasons(candidate, sign_off=sign_off(candidate, reviewer="Will")) == [
        "The reviewer wrote some of this story: somebody else has to sign it off"
    ]
    assert reasons(candidate, sign_off=sign_off(other)) == [
        "The sign-off is for another version of this story"
    ]


def test_demo_consents_are_good_for_made_up_people_only() -> None:
    real = freeze(a_story(contact("2014-04"), fictional=False), VOCABULARY)
    asked = "A demo’s consents and sign-off count for made-up people only"
    true_ones = tuple(consent(real, ref, given_by=REAL) for ref in ("P1", "P2"))
    assert reasons(real) == [asked]
    assert reasons(real, consents=true_ones) == []
    assert reasons(real, consents=true_ones, sign_off=sign_off(real, reviewer="demo")) == [asked]


def test_the_channels_are_the_least_over_everybody(candidate: Candidate) -> None:
    early, late = dt.date(2026, 6, 1), dt.date(2027, 6, 1)
    given = (
        consent(candidate, "P1", channels={C.WEB, C.TEAM, C.CONFERENCE}, until=late),
        consent(candidate, "P2", channels={C.WEB}, until=early),
        consent(candidate, "P2", channels={C.TEAM}, until=late),
    )
    assert common_channels(candidate, given, day=DAY) == {C.WEB: early, C.TEAM: late}
    assert common_channels(candidate, given, day=dt.date(2026, 6, 2)) == {C.TEAM: late}


def test_a_person_s_latest_word_replaces_what_they_said_before_and_the_shorter_of_two_at_once_counts(
    candidate: Candidate,
) -> None:
    later = NOON + dt.timedelta(hours=1)
    first = consent(candidate, "P1", channels={C.WEB, C.TEAM}, until=dt.date(2027, 1, 1))
    second = consent(candidate, "P1", channels={C.WEB}, until=dt.date(2026, 6, 1), given_at=later)
    at_once = consent(candidate, "P1", channels={C.WEB}, until=dt.date(2026, 5, 1), given_at=later)
    other = consent(candidate, "P2", channels={C.WEB, C.TEAM}, until=dt.date(2028, 1, 1))
    assert common_channels(candidate, (other, at_once, second, first), day=DAY) == {
        C.WEB: dt.date(2026, 5, 1)
    }


channels = st.sets(st.sampled_from(list(C)), min_size=1)
days = st.dates(DAY, dt.date(2026, 3, 9))


@given(st.lists(st.tuples(st.sampled_from(["P1", "P2", "P3"]), channels, days), max_size=8), days)
def test_an_open_channel_is_one_that_each_person_agreed_to(
    given_: list[tuple[str, set[Channel], dt.date]], day: dt.date
) -> None:
    story = a_story(contact("2014-04"), people=tuple(Person(ref=f"P{n}", name=f"N{n}") for n in (1, 2, 3)))
    candidate = freeze(story, VOCABULARY)
    given_in_order = tuple(
        consent(candidate, person, channels=some, until=until, given_at=NOON + dt.timedelta(seconds=n))
        for n, (person, some, until) in enumerate(given_)
    )
    latest = {person: (some, until) for person, some, until in given_}
    last_word = {(person, channel): until for person, (some, until) in latest.items() for channel in some}
    expected = {
        channel: min(last_word[person, channel] for person in ("P1", "P2", "P3"))
        for channel in C
        if all((person, channel) in last_word for person in ("P1", "P2", "P3"))
    }
    assert common_channels(candidate, given_in_order, day=day) == {
        c: d for c, d in expected.items() if d >= day
    }


# ---- acts


def test_a_consent_names_a_hash_a_channel_and_a_day_to_come(candidate: Candidate) -> None:
    for wrong in (
        {"candidate_sha256": "abc"},
        {"channels": set()},
        {"until": dt.date(2026, 3, 1)},
        {"channels": {"radio"}},
        {"given_at": NOON.replace(tzinfo=None)},
    ):
        with pytest.raises(ValidationError):
            consent(candidate, "P1", **wrong)


def test_acts_don_t_change(candidate: Candidate) -> None:
    for act in (consent(candidate, "P1"), sign_off(candidate)):
        with pytest.raises(ValidationError):
            act.candidate_sha256 = "0" * 64
    assert sign_off(candidate, reviewer="Will", authors=("Will",)).by_an_author
    assert isinstance(sign_off(candidate), SignOff)
    assert isinstance(consent(candidate, "P1"), Consent)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (dt.datetime(2026, 7, 31, 22, 59, 59, tzinfo=dt.UTC), True),  # 23:59:59 in London, summer time
        (dt.datetime(2026, 7, 31, 23, 0, 0, tzinfo=dt.UTC), False),  # midnight there, an hour before UTC's
    ],
)
def test_a_consent_ends_at_midnight_in_london_in_summer(moment: dt.datetime, open_: bool) -> None:
    story = a_story(contact("2014-04"))
    candidate = freeze(story, VOCABULARY)
    given = tuple(consent(candidate, ref, until=dt.date(2026, 7, 31)) for ref in ("P1", "P2"))
    edition = release(candidate, examine(candidate), given, sign_off(candidate), number=1, day=DAY)
    assert edition.open_to(C.WEB, today(FixedClock(moment))) is open_


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (dt.datetime(2027, 3, 27, 23, 59, tzinfo=dt.UTC), dt.date(2027, 3, 27)),  # the last winter night
        (
            dt.datetime(2027, 3, 28, 23, 0, tzinfo=dt.UTC),
            dt.date(2027, 3, 29),
        ),  # clocks went forward that day
        (dt.datetime(2027, 10, 30, 22, 59, tzinfo=dt.UTC), dt.date(2027, 10, 30)),
        (dt.datetime(2027, 10, 31, 23, 59, tzinfo=dt.UTC), dt.date(2027, 10, 31)),  # and back
    ],
)
def test_days_are_london_s_where_the_clocks_change(moment: dt.datetime, day: dt.date) -> None:
    assert today(FixedClock(moment)) == day


def test_a_channel_nobody_agreed_to_is_never_open() -> None:
    edition = an_edition()
    assert [channel for channel in C if edition.open_to(channel, DAY)] == [C.TEAM, C.WEB]
    assert not edition.open_to(C.WEB, UNTIL + dt.timedelta(days=1))
    assert edition.open_to(C.WEB, UNTIL)
