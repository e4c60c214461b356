"""Names that a form, a list or quotation marks tell."""

from __future__ import annotations

import pytest

from storybook.anonymise import Kind, find_identifiers


def names(text: str) -> list[str]:
    return [text[f.start : f.end] for f in find_identifiers(text, fast=True) if f.kind is Kind.PERSON]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('He is known as "Spider" here.', ["Spider"]),
        ('"Colonel", asleep by the door.', ["Colonel"]),
        ("1. Hope D. - eating well", ["Hope D."]),
        ("Present: Joy, Comfort and Grace", ["Joy", "Comfort", "Grace"]),
        ("cc: Blessing", ["Blessing"]),
        ("My cellmate Ferret snores.", ["Ferret"]),
        ("Poppy has nits.", ["Poppy"]),
        ("omg fitzroy tull was there", ["fitzroy", "tull"]),
    ],
)
def test_a_name_that_is_a_word_is_found_where_it_is_told_as_one(text, told):
    assert names(text) == told


@pytest.mark.parametrize(
    "text",
    [
        '"Hello", she said.',
        'The word "Persuasion" is long.',
        "Grant was refused.",
        "Present: Police",
        "Hope is gone.",
    ],
)
def test_the_same_words_elsewhere_are_nobody(text):
    assert names(text) == []
