"""A question is one value: the same in whatever order it was asked, and the same again after being written down."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.linked.asking.enquiry import Enquiry
from storybook.linked.asking.enquiry_text import read, write
from storybook.story.problems import Problems

words = st.lists(
    st.sampled_from(
        ("Jobcentre", 'St Mary\'s; "Crisis"', "and", "sector", "at", "", "Ward 1", "a, b", "Zoë\n")
    )
    | st.text(max_size=8),
    max_size=3,
).map(tuple)
days = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
enquiries = st.builds(
    Enquiry,
    dataset=st.sampled_from(("city", "police-2017", "a_b")),
    of=st.sampled_from(("people", "contacts")),
    agencies=words,
    sectors=words,
    both=st.booleans(),
    kinds=words,
    needs=words,
    multiple=st.booleans(),
    places=words,
    age_bands=words,
    genders=words,
    first=days,
    last=days,
    episode=st.booleans(),
    quarterly=st.booleans(),
)


@given(enquiries)
def test_a_question_written_down_and_read_again_is_the_same_question(enquiry):
    assert read(write(enquiry)) == enquiry
    assert Enquiry.model_validate_json(enquiry.canonical()) == enquiry


def test_the_same_question_is_equal_in_whatever_order_it_was_asked():
    one = Enquiry(dataset="city", needs=("offending", "homelessness", "offending"))
    other = Enquiry(dataset="city", needs=("homelessness", "offending"))

    assert one == other
    assert one.canonical() == other.canonical()
    assert one.sha256 == other.sha256 != Enquiry(dataset="city").sha256


def test_the_text_is_a_sentence():
    enquiry = Enquiry(
        dataset="city",
        agencies=("City Police", "Jobcentre"),
        needs=("homelessness", "offending"),
        places=("Ward 1",),
        first=dt.date(2016, 1, 1),
        last=dt.date(2016, 12, 31),
        quarterly=True,
    )

    assert write(enquiry) == (
        'how many people at "City Police" or "Jobcentre" with "homelessness" and "offending" in "Ward 1"'
        " from 2016-01-01 to 2016-12-31 quarter by quarter, according to city"
    )


@pytest.mark.parametrize(
    "text",
    [
        "How many people during this episode\n  seen by both Jobcentre and sector housing, according to city",
        'according to city, people seen by both sector "housing" and "Jobcentre" during this episode',
    ],
)
def test_people_may_write_it_in_another_order_and_over_several_lines(text):
    asked = Enquiry(dataset="city", agencies=("Jobcentre",), sectors=("housing",), both=True, episode=True)
    assert read(text) == asked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "",
            "question.txt: the question does not say which data to ask; end it like this: according to city",
        ),
        ("how many people at, according to city", "question.txt: this question can't be read"),
        ("how many souls, according to city", "question.txt: this question can't be read"),
        ('how many people at "Jobcentre, according to city', "question.txt: this question can't be read"),
        ("how many people with a and, according to city", "question.txt: this question can't be read"),
        ("how many people from", "question.txt: this question can't be read"),
        (
            "how many people from spring, according to city",
            "from: this is not a day; write it like 2016-04-30",
        ),
        ("people, according to ../up", "dataset: this can't be asked"),
    ],
)
def test_what_is_no_question_is_told(text, said):
    with pytest.raises(Problems) as caught:
        read(text, "question.txt")
    assert str(caught.value).startswith(said)


def test_what_is_not_asked_is_left_out_of_the_json():
    assert json.loads(Enquiry(dataset="city", both=False, first=dt.date(2016, 1, 2)).canonical()) == {
        "dataset": "city",
        "first": "2016-01-02",
    }


def test_an_episode_gives_a_question_its_days():
    enquiry = Enquiry(dataset="city", episode=True)
    asked = enquiry.during(dt.date(2016, 1, 1), dt.date(2016, 3, 31))

    assert [str(problem.what) for problem in enquiry.problems()] == [
        "this question is about an episode, and does not say which"
    ]
    assert asked == Enquiry(dataset="city", first=dt.date(2016, 1, 1), last=dt.date(2016, 3, 31))
    assert asked.problems() == []


def test_agencies_and_sectors_stand_together_only_for_people_seen_by_both():
    fields = {"dataset": "city", "agencies": ("Jobcentre",), "sectors": ("housing",)}

    assert [problem.where for problem in Enquiry(**fields).problems()] == ["agency"]
    assert Enquiry(**fields, both=True).problems() == []


def test_the_pairs_are_those_of_a_table():
    enquiry = Enquiry(
        dataset="city", agencies=("B", "A"), both=True, genders=("woman",), last=dt.date(2016, 3, 1)
    )

    assert enquiry.where() == (
        ("agency", "A"),
        ("agency", "B"),
        ("both", "yes"),
        ("gender", "woman"),
        ("to", "2016-03-01"),
    )
