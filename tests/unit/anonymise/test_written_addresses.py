"""Addresses as a form or a letter has them; who bears the name of a shop; numbers behind a #; a birthday by its day."""

from __future__ import annotations

import pytest

from storybook.anonymise import Confidence, Kind, find_identifiers


def told(text: str, kind: Kind) -> list[str]:
    found = find_identifiers(text, fast=True)
    return [text[f.start : f.end] for f in found if f.kind is kind and f.confidence >= Confidence.LIKELY]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Home: Taigh an Uisge, 3 Balnagown, by Strathmore. Meds: none", "Taigh an Uisge, 3 Balnagown, by Strathmore"),
        ("Current address: Rm 9, Foyer, 60 Tan Lane, Grimley ZZ1 1ZZ", "Rm 9, Foyer, 60 Tan Lane, Grimley ZZ1 1ZZ"),
        ("She is c/o Tafarn Newydd, Aberarth. She works there.", "Tafarn Newydd, Aberarth"),
        ("He moved from The Bungalow, Sea Bank Rd, Wyberton and works.", "The Bungalow, Sea Bank Rd, Wyberton"),
    ],
)  # fmt: skip
def test_an_address_is_one_finding_from_its_first_piece_to_its_last(text, address):
    assert told(text, Kind.PLACE) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Accommodation: Supported, 24 hour staff.",
        "Moved to Monday, Tuesday at the latest.",
        "Home: safe, warm",
    ],
)
def test_what_only_looks_like_one_is_none(text):
    assert told(text, Kind.PLACE) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr Zimmer rang, then Mrs Tetley.", ["Zimmer", "Tetley"]),
        ("My neighbour Heinz came.", ["Heinz"]),
        ("Gordon's brother rang.", ["Gordon"]),
        ("I saw Frank on Tuesday.", ["Frank"]),
        ("He has a Zimmer and Heinz beans from Marks & Spencer. Ben & Jerry's too.", []),
    ],
)
def test_who_bears_the_name_of_a_shop_or_a_sauce_is_found(text, names):
    assert told(text, Kind.PERSON) == names


def test_numbers_behind_a_mark_and_with_a_spaced_stroke_are_whole():
    text = "his case is #88412, our ref 5547718/ JRT, number COM 24 / 0882"
    assert told(text, Kind.CODE) == ["88412", "5547718/ JRT", "COM 24 / 0882"]


def test_a_birthday_told_by_its_day_alone_is_found():
    assert told("It is her birthday the 15th and nobody rang.", Kind.DATE) == ["birthday the 15th"]
