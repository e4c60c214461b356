"""Decisions about findings: which places they hold for, what stands there afterwards, and what is still open."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.anonymise.deciding.decisions import Choice, Decision, Decisions, Spot, letters, places_of
from storybook.anonymise.deciding.proposals import Proposal, open_hits, proposals
from storybook.anonymise.deciding.pseudonyms import free_pseudonyms, is_a_name
from storybook.anonymise.deciding.story_texts import Place, story_texts, with_texts
from storybook.anonymise.deciding.suggest import suggested
from storybook.anonymise.deciding.whole_story import find_in_story, known_names
from storybook.anonymise.detectors.findings import Tier, What
from storybook.anonymise.detectors.names import Names
from storybook.story.ids import new_id
from storybook.story.messages import say
from storybook.story.model import Agency, Contact, DatePolicy, Episode, Person, Point, ShowAs, Story, Track
from tests.unit.anonymise.samples import contact


def story(introduction: str = "", **more: Any) -> Story:
    fields: dict[str, Any] = {"people": (Person(ref="P1", name="Ann"),), **more}
    fields.setdefault("agencies", (Agency(ref="a", name="Night shelter", sector="housing"),))
    return Story(slug="s", title="A way", introduction=introduction, **fields)


def shown(told: Story, *made: Decision) -> str:
    return Decisions(made).carried_out(told).introduction


def replace(words: str, put: str, **more: Any) -> Decision:
    return Decision(words, Choice.REPLACE, put, **more)


def found(told: Story, *made: Decision) -> list[Proposal]:
    hits = find_in_story(told, known_names(told), fast=True)
    return proposals(story_texts(told), hits, Decisions(made), lambda what, words: "x")


@pytest.mark.parametrize(
    ("text", "words", "put", "becomes"),
    [
        ("Darren came. DARREN’S dog barked.", "Darren", "Robin", "Robin came. Robin’S dog barked."),
        ("**Dar**ren came, and Dar\u200bren left.", "Darren", "Robin", "Robin came, and Robin left."),
        ("Darrenella came.", "Darren", "Robin", "Darrenella came."),
        ("Will you? I met Will.", "Will", "Sam", "Sam you? I met Sam."),
        ("I will. I met Will.", "Will", "Sam", "I will. I met Sam."),
        ("She was a plasterer.", "plasterer", "a job", "She was a job."),
        ("Call 07700 900123.", "07700900123", "a number", "Call a number."),
    ],
)
def test_words_are_replaced_however_they_are_written_and_only_whole(
    text: str, words: str, put: str, becomes: str
) -> None:
    assert shown(story(text), replace(words, put)) == becomes


def test_a_text_that_was_changed_since_is_looked_through_anew() -> None:
    decisions = Decisions([replace("Darren", "Robin")])
    before, now = story("Darren came."), story("Later on Darren came.")
    now = now.model_copy(update={"id": before.id})

    assert decisions.carried_out(before).introduction == "Robin came."
    assert decisions.carried_out(now).introduction == "Later on Robin came."


def test_a_sentence_goes_whole_and_the_others_stay() -> None:
    text = "One day. Kelsey came by. She left."
    assert shown(story(text), Decision("Kelsey", Choice.DROP)) == "One day. She left."


def test_what_is_kept_or_cleared_stays_as_it_is() -> None:
    text = "Kelsey came by."
    kept = Decision("Kelsey", Choice.KEEP, reason="made up")
    assert shown(story(text), kept, Decision(text, Choice.CLEAR, adviser="A")) == text


def test_one_place_is_decided_by_itself_and_the_longer_stretch_wins() -> None:
    told = story("Bo met Bo Lee. Bo left.")
    spot = Spot(Place(told.id, "introduction"), 0)
    made = (replace("Bo", "Sam"), replace("Bo Lee", "Kit"), replace("Bo", "A friend", spot=spot))
    assert shown(told, *made) == "A friend met Kit. Sam left."


def test_a_question_to_the_data_is_never_changed() -> None:
    text = 'In Leeds, {count: how many people with "Leeds"} came.'
    assert shown(story(text), replace("Leeds", "a town")) == text.replace("In Leeds", "In a town")


def test_names_of_things_are_never_emptied() -> None:
    told = story(title_is := "", tracks=(Track(ref="t", kind="home", title="Kelsey", points=()),))
    assert title_is == ""
    assert Decisions([Decision("Kelsey", Choice.DROP)]).carried_out(told).tracks[0].title == "Kelsey"


def test_every_text_that_is_shown_is_looked_through_and_nothing_else() -> None:
    told = story(
        "intro",
        agencies=(
            Agency(ref="a", name="Real name", sector="housing", show_as="alias", alias="The place"),
            Agency(ref="b", name="Other", sector="housing", show_as="sector"),
        ),
        contacts=(
            contact("2016", summary="said", source="secret", impact="felt"),
            contact("2016", summary="not told", not_telling=True),
        ),
        episodes=(Episode(position=0, title="Spring", text="cold"),),
        tracks=(Track(ref="t", kind="home", title="Home", points=(Point(date="2016", label="Sofa"),)),),
    )
    texts = [text.text for text in story_texts(told)]
    assert texts == [
        "s",
        "A way",
        "intro",
        "P1",
        "Ann",
        "The place",
        "said",
        "felt",
        "Spring",
        "cold",
        "Home",
        "Sofa",
    ]


def test_a_changed_part_has_its_next_version_and_the_rest_stays() -> None:
    told = story(contacts=(contact("2016", summary="one"), contact("2016", summary="two")))
    place = Place(told.contacts[1].id, "summary")
    new = with_texts(told, {place: "three"}, count=True)
    assert [(c.summary, c.version) for c in new.contacts] == [("one", 1), ("three", 2)]
    assert new.model_copy(update={"contacts": told.contacts}) == told
    assert with_texts(told, {}) is told


def test_a_name_beyond_doubt_is_carried_into_every_other_text_in_all_its_forms() -> None:
    told = story(
        "Darren Whitlock rang.",
        contacts=(contact("2016", summary="daz and D. Whitlock"), contact("2016", impact="DW")),
    )
    (person,) = [p for p in found(told) if p.what is What.PERSON]
    assert (person.words[0], person.certain, len(person.places)) == ("Darren Whitlock", True, 4)


def test_agencies_hide_by_the_policy() -> None:
    text = "At Arden House she slept."
    hidden = Agency(ref="a", name="Arden House", sector="housing", show_as="sector")
    assert [p.words for p in found(story(text, agencies=(hidden,)))] == [("Arden House",)]
    assert found(story(text, agencies=(hidden.model_copy(update={"show_as": ShowAs.NAME}),))) == []


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (DatePolicy.RELATIVE, ["3 March 2016", "April 2016"]),
        (DatePolicy.MONTH, ["3 March 2016"]),
        (DatePolicy.YEAR, ["3 March 2016", "April 2016"]),
    ],
)
def test_a_date_as_fine_as_the_picture_shows_is_no_finding(policy: DatePolicy, words: list[str]) -> None:
    told = story("On 3 March 2016 and in April 2016 she rang.", date_policy=policy)
    assert [p.words[0] for p in found(told)] == words


def test_what_the_law_asks_about_is_a_sentence_and_only_an_adviser_lets_it_stay() -> None:
    told = story("She came. He stole a car and nobody knows. She left.")
    (legal,) = found(told)
    assert (legal.words, legal.tier) == (("He stole a car and nobody knows.",), Tier.ADVISER)
    kept = Decision(legal.words[0], Choice.KEEP, reason="x")
    assert [p.open for p in found(told, kept)] == [True]
    cleared = Decision(legal.words[0], Choice.CLEAR, reason="x", adviser="y")
    assert [p.open for p in found(told, cleared)] == [False]


def test_what_leads_straight_to_one_person_stays_open_until_it_is_gone() -> None:
    told = story("She lived at CV1 5FB.")
    hits = find_in_story(told, known_names(told), fast=True)
    for choice, left in ((Choice.KEEP, 1), (Choice.REPLACE, 0)):
        made = Decisions([Decision("CV1 5FB", choice, put="a place", reason="x")])
        assert len(open_hits(story_texts(told), hits, made)) == left


def test_the_stop_of_a_sentence_keeps_nothing_open() -> None:
    made = replace("12 Arden Street.", "an address nearby")
    assert [p.open for p in found(story("It was near 12 Arden Street."), made)] == [False]


def test_what_stands_in_a_short_name_is_changed_by_hand() -> None:
    told = story(people=(Person(ref="CV1-5FB", name="Ann"),))
    (postcode,) = found(told, replace("CV1 5FB", "a place"))
    assert (postcode.by_hand, postcode.open, postcode.certain) == (True, True, False)


@pytest.mark.parametrize(
    ("what", "words", "put"),
    [
        (What.AGE, "aged 34", "in their thirties"),
        (What.AGE, "thirty-four", "in their thirties"),
        (What.AGE, "7", "a child"),
        (What.AGE, "93 years old", "90 or over"),
        (What.AGE, "old", ""),
        (What.DATE, "3 March 2016", "a day in month 7"),
        (What.DATE, "the 14th", "a day back then"),
        (What.PLACE, "Nuneaton", "a town nearby"),
        (What.ORIGIN, "Kurdish", ""),
    ],
)
def test_kinder_words_are_offered(what: What, words: str, put: str) -> None:
    said = suggested(what, words, lambda date: "month 7" if date == "2016-03-03" else "")
    assert ("" if said is None else say(said)) == put


def test_a_name_that_is_a_word_too_is_no_pseudonym_and_is_known_by_its_capital() -> None:
    assert "Robin" not in islice(free_pseudonyms([], ["Robin"]), 100)
    names = Names(people=("Will Sparrow",))
    said = ("Will", "Her Will", "sparrow", "a friend who will", "Robin")
    assert [is_a_name(put, names) for put in said] == [True, True, False, False, False]


def test_a_pseudonym_is_never_a_name_or_a_word_of_the_story() -> None:
    some = free_pseudonyms(["Robin and the ash tree"], ["Sammy Jo Blake", "Alexandra"], ["Kit", "Drew B"])
    free = list(islice(some, 1000))
    assert not {"Robin", "Ash", "Sam", "Jo", "Blake", "Alex", "Kit", "Drew B"} & set(free)
    assert (len(set(free)), free[0], free[-1].split()[0]) == (1000, "Charlie", "Person")


@given(st.text(max_size=30), st.text(max_size=12))
def test_what_is_found_again_is_always_these_letters(text: str, words: str) -> None:
    for start, end in places_of(text, words):
        assert letters(text[start:end]) == letters(words)


def test_a_decision_knows_nothing_of_other_parts() -> None:
    told = story("Bo.", contacts=(Contact(date="2016", agency="a", summary="Bo."),))
    spot = Spot(Place(new_id(), "introduction"), 0)
    assert shown(told, replace("Bo", "Sam", spot=spot)) == "Bo."
