"""What a linked count may say under each way of showing dates, and how it is frozen."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from storybook.anonymise import counts as allowed
from storybook.anonymise.candidate import Candidate, freeze
from storybook.anonymise.dates.policy import RULES
from storybook.anonymise.fields import fields
from storybook.anonymise.report import examine
from storybook.anonymise.shown import ShownCount
from storybook.linked.asking.enquiry import Enquiry
from storybook.linked.suppression.figures import Count, Figure, StructuralZero, Suppressed, Unknown
from storybook.story.messages import say
from storybook.story.model import Agency, DatePolicy, Episode, ShowAs, Story
from storybook.story.problems import Problems
from tests.unit.anonymise.samples import VOCABULARY, a_story, contact

WHOLE = Enquiry(dataset="city", needs=("homelessness",))
DURING = WHOLE.model_copy(update={"episode": True})
WINTER = Episode(position=0, title="That winter", date="2016-01-20", end="2016-02-03")
Days = tuple[dt.date | None, dt.date | None]


def days(policy: DatePolicy, enquiry: Enquiry = DURING, episode: Episode | None = WINTER) -> Days:
    asked = allowed.asking(RULES[policy], enquiry, episode)
    return asked.enquiry.first, asked.enquiry.last


@pytest.mark.parametrize("policy", [DatePolicy.RELATIVE, DatePolicy.SHIFTED])
@pytest.mark.parametrize(
    "enquiry",
    [
        DURING,
        WHOLE.during(dt.date(2016, 1, 1), dt.date(2016, 3, 31)),
        WHOLE.model_copy(update={"last": dt.date(2016, 3, 31)}),
        WHOLE.model_copy(update={"quarterly": True}),
    ],
)
def test_where_there_is_no_calendar_a_question_about_a_time_is_about_a_typical_one(
    policy: DatePolicy, enquiry: Enquiry
) -> None:
    asked = allowed.asking(RULES[policy], enquiry, WINTER)
    assert (asked.enquiry, asked.typical, asked.changed) == (WHOLE, True, allowed.TYPICAL)


@pytest.mark.parametrize("policy", DatePolicy)
def test_a_question_that_names_no_time_is_asked_as_it_is(policy: DatePolicy) -> None:
    assert allowed.asking(RULES[policy], WHOLE, WINTER) == allowed.Asking(WHOLE)


@pytest.mark.parametrize(
    ("policy", "first", "last"),
    [
        (DatePolicy.MONTH, dt.date(2016, 1, 1), dt.date(2016, 2, 29)),
        (DatePolicy.QUARTER, dt.date(2016, 1, 1), dt.date(2016, 3, 31)),
        (DatePolicy.SEASON, dt.date(2015, 12, 1), dt.date(2016, 2, 29)),
        (DatePolicy.YEAR, dt.date(2016, 1, 1), dt.date(2016, 12, 31)),
    ],
)
def test_days_are_widened_to_what_the_story_shows(policy: DatePolicy, first: dt.date, last: dt.date) -> None:
    assert days(policy) == (first, last)
    named = WHOLE.during(dt.date(2016, 1, 20), dt.date(2016, 2, 3))
    assert days(policy, named) == (first, last)
    assert allowed.asking(RULES[policy], WHOLE.during(first, last), None).changed is None


def test_what_goes_on_has_no_last_day() -> None:
    ongoing = WINTER.model_copy(update={"end": ".."})
    assert days(DatePolicy.MONTH, DURING, ongoing) == (dt.date(2016, 1, 1), None)


@pytest.mark.parametrize("episode", [None, Episode(position=0, title="Once")])
def test_an_episode_without_a_date_has_no_time_to_ask_about(episode: Episode | None) -> None:
    with pytest.raises(Problems, match="that has no date"):
        allowed.asking(RULES[DatePolicy.YEAR], DURING, episode)


@pytest.mark.parametrize(
    ("figure", "typical", "words"),
    [
        (Count(value=340, base=5), False, "about 340 people"),
        (Count(value=340, base=5), True, "about 340 people in a typical three months"),
        (Suppressed(below=10), True, "fewer than 10 people in a typical three months"),
        (Suppressed(below=10, because="protects"), True, "a number we can't show"),
        (Suppressed(below=10, because="few_behind", unit="contacts"), False, "a number we can't show"),
        (StructuralZero(), False, "no people"),
        (Unknown(), True, "a number nobody has counted"),
    ],
)
def test_each_state_has_words_that_stand_in_a_sentence(figure: Figure, typical: bool, words: str) -> None:
    assert say(allowed.phrase(figure, typical=typical)) == words


def test_an_agency_that_readers_don_t_see_by_name_can_t_be_asked_about() -> None:
    asked = Enquiry(dataset="city", agencies=("City Police",))
    for show_as, hidden in ((ShowAs.NAME, False), (ShowAs.ALIAS, True), (ShowAs.SECTOR, True)):
        agency = Agency(
            ref="a", name="A", sector="police", dataset_agency="City Police", alias="x", show_as=show_as
        )
        assert allowed.hidden_agency(asked, [agency]) is hidden
        assert not allowed.hidden_agency(WHOLE, [agency])


def test_where_a_count_comes_from_keeps_no_date() -> None:
    source = (
        "Synthetic data, made by a program: nobody in it is real. Police 2017 extract, contacts from 1 January 2014 to"
        " 31 December 2018, loaded on 22 November 2026. It holds people known in 2014, or later."
    )
    said = allowed.dateless_source(source)
    assert said.startswith("Synthetic data, made by a program: nobody in it is real.")
    assert not set("0123456789") & set(said)
    assert allowed.dateless(["We took 1 May 2016.", "In 2016 too.", "We counted each person once."]) == (
        "We counted each person once.",
    )


# ---- frozen


def told(**more: object) -> Story:
    episode = Episode(
        position=0,
        title="That winter",
        date="2016-01",
        counts=("how many contacts from 2016-01-20",),
        text="One of {count: how many people from 2016-01-20, according to city} there.",
    )
    return a_story(contact("2016-01"), episodes=(episode,), **more)


def number(key: str, **more: object) -> ShownCount:
    values = {
        "key": key,
        "words": "about 340 people",
        "figure": Count(value=340, base=5),
        "asked": "How many?",
    }
    return ShownCount(**(values | more))


def test_the_question_never_leaves_and_the_answer_does() -> None:
    frozen = freeze(told(), VOCABULARY, numbers={"n1": number("n1"), "n2": number("n2")})
    (episode,) = frozen.shown.episodes
    assert (episode.counts, episode.text) == (("n1",), "One of {count:n2} there.")
    assert frozen.shown.counts == (number("n1"), number("n2"))
    assert "2016" not in frozen.to_json()
    assert frozen.manifest.counts == 2
    assert Candidate.from_json(frozen.to_json()) == frozen


def test_a_story_without_its_data_says_that_nothing_is_counted_here() -> None:
    frozen = freeze(told(), VOCABULARY)
    assert [(one.state, one.words, one.figure) for one in frozen.shown.counts] == [
        ("not_counted", "a number not counted here", None)
    ] * 2
    assert frozen.manifest.counts == 0


def test_a_number_that_can_t_be_shown_can_t_be_frozen_and_says_why() -> None:
    wrong = number("n1", state="wrong", figure=None, changed="this question can't be read")
    with pytest.raises(Problems) as refused:
        freeze(told(), VOCABULARY, numbers={"n1": wrong, "n2": number("n2")})
    assert [str(p.what) for p in refused.value.problems] == [
        "A number in the story can't be shown: this question can't be read"
    ]


def test_one_number_more_or_less_is_another_candidate() -> None:
    asked = {"n1": number("n1"), "n2": number("n2")}
    other = asked | {"n2": number("n2", figure=Count(value=345, base=5))}
    assert (
        freeze(told(), VOCABULARY, numbers=asked).sha256 != freeze(told(), VOCABULARY, numbers=other).sha256
    )


def test_a_story_without_counts_has_the_json_it_always_had() -> None:
    shown = json.loads(freeze(a_story(contact("2016-01")), VOCABULARY).to_json())["shown"]
    assert "counts" not in shown
    assert "narrowed" not in shown["lanes"][0]


def test_what_a_question_says_is_looked_through_like_any_text() -> None:
    betrays = number("n1", asked="How many people at 07700 900123?", source="loaded on 22 November 2026")
    frozen = freeze(told(), VOCABULARY, numbers={"n1": betrays, "n2": number("n2")})
    assert [str(f.where) for f in examine(frozen).findings] == ["number 1: the question"]
    assert {field.text: field.written for field in fields(frozen.shown)}[
        "loaded on 22 November 2026"
    ] is False
