"""Identifiers as people really write them, and as somebody would hide them; and words that only look like one."""

# ruff: noqa: RUF001 - characters that look like others are what is tried here

import pytest

from storybook.anonymise.candidate import freeze
from storybook.anonymise.detectors.findings import What
from storybook.anonymise.detectors.identifiers import find_all
from storybook.anonymise.report import examine
from storybook.story.model import Agency, Contact, Episode, Person, Story
from storybook.story.vocabulary import default

FORMS = {
    What.PHONE: [
        "07700 900123",
        "+44 7700 900 123",
        "+44 (0)7700 900123",
        "O7700 9OO123",
        "０７７００ ９００１２３",
        "0 7 7 0 0 9 0 0 1 2 3",
        "07700\u200b900123",
        "**07700** 900123",
        "07700<b>900</b>123",
        "07700=900=123",
        "07700_900_123",
        "wa.me/447700900123",
        "447700900123",
        "zero seven seven zero zero nine zero zero one two three",
        "oh seven seven double oh nine double oh one two three",
        "call 07700 900 one two three",
        "ring her on 833333",
    ],
    What.EMAIL: [
        "jo.smith@example.com",
        "jo.smith (at) example (dot) com",
        "jo at example dot co dot uk",
        "jo＠example.com",
        "jo.smith@exa\u00admple.com",
        "jo&#64;example.com",
        "jo%40example.com",
        "jo-at-example-dot-com",
        "josmith at gmail",
        "jo.smith@gmail com",
        "jo@localhost",
        "jo @ example . com",
    ],
    What.POSTCODE: [
        "CV1 2AB",
        "CV12AB",
        "C V 1 2 A B",
        "CV1&nbsp;2AB",
        "ＣＶ１ ２ＡＢ",
        "CV1 *2AB*",
        "https://maps.example/?q=CV1%202AB",
        "https://maps.example/CV1+2AB",
        "CV1_2AB",
        "CV1 2A B",
        "CV1, 2AB",
        "CV1 /2AB",
        "CV1 2 AB",
        "CV 1 2AB",
        "CV1 (2AB)",
    ],
    What.NHS_NUMBER: [
        "943 476 5919",
        "9434765919",
        "943,476,5919",
        "943/476/5919",
        "NHS No. (943 476 5918)",
        "NHS number is nine four three four seven six five nine one nine",
    ],
    What.NI_NUMBER: [
        "AB 12 34 56 C",
        "ab123456c",
        "NI number AB123456",
        "A B 1 2 3 4 5 6 C",
        "JG 103 759 A",
        "JG_103759_A",
    ],
    What.BIRTH_DATE: [
        "born 12/03/1981",
        "DOB: 120381",
        "bday 12/03",
        "b-day 12/3",
        "born 12/03",
        "her birthday is 12 March",
    ],
    What.DATE: [
        "12 March 2016",
        "in 2016",
        "Mar-16",
        "March/16",
        "12032016",
        "FY16/17",
        "the summer of 16.",
        "Mar**ch** 2016",
        "March &#50;016",
        "twenty sixteen",
    ],
}
HARMLESS = [
    "It may take 3 to 5 days.",
    "They march 10 miles.",
    "She came in March 3 times.",
    "24/7 care",
    "half past 2",
    "10.30 am",
    "PHQ-9 score 21",
    "Section 21 notice",
    "section 135/136",
    "CV1 area",
    "2000 people",
    "£2000",
    "owed 2016",
    "paid 1950",
    "Care Act 2014",
    "the Mental Health Act 1983",
    "call 999",
    "phone 116 123",
    "Samaritans on 116 123",
    "Childline 0800 1111",
    "the helpline, 0808 2000 247",
    "a 12-step programme",
    "the 18 to 25 team",
    "4x4",
    "2 x 500mg",
    "3.14",
    "v 2.0.1",
    "look at it. Me neither",
    "at work. Me too",
    "She looked at me. Net result: nothing.",
    "we 120 300 a week",
    "one two three four five six",
    "three eggs @ £2",
    "so 2 4th years came",
    "double one",
    "50% 20 of them",
]


@pytest.mark.parametrize(("what", "text"), [(what, text) for what, texts in FORMS.items() for text in texts])
@pytest.mark.parametrize("around", ["{}", "They wrote {}, and left."])
def test_it_is_found_however_it_is_written(what, text, around):
    assert what in {hit.what for hit in find_all(around.format(text), None)}


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_one_is_left_alone(text):
    assert find_all(text, None) == []


def story(**parts) -> Story:
    return Story(
        slug="a",
        title="A",
        people=(Person(ref="P1", name="Ash"),),
        agencies=(Agency(ref="a1", name="The Shelter", sector="voluntary"),),
        **parts,
    )


def contact(**fields) -> Contact:
    return Contact(date="2016-04", agency="a1", people=("P1",), **fields)


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ("Her number was 07700", "900123.", What.PHONE),
        ("She lived at CV1", "2AB.", What.POSTCODE),
        ("It was 943 476", "5919", What.NHS_NUMBER),
        ("Write to jo@", "example.com", What.EMAIL),
        ("NI: AB 12 34", "56 C", What.NI_NUMBER),
    ],
)
def test_it_is_found_split_over_two_fields(first, second, what):
    found = examine(freeze(story(contacts=(contact(summary=first, detail=second),)), default())).findings
    assert [(f.what, f.start) for f in found] == [(what, 0)]
    assert "detail" in str(found[0].where)


def test_neighbours_that_have_nothing_to_do_with_each_other_are_left_alone():
    parts = {
        "contacts": (
            contact(summary="waited until week 5", detail="May came."),
            contact(summary="at 3", detail="10 people"),
        ),
        "episodes": (Episode(position=0, title="Day 1", text="2 of us"),),
    }
    assert examine(freeze(story(**parts), default())).findings == ()
