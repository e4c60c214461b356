"""A pattern tried only where a match can begin finds what it finds when it is tried everywhere."""

# ruff: noqa: RUF001 - letters that look like others are what is tested

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.anonymise import find_identifiers
from storybook.anonymise.detectors import (
    about,
    addresses,
    chats,
    codes,
    date_texts,
    days,
    hints,
    initials,
    places,
    references,
    spaced_codes,
    spoken,
    views,
)
from storybook.anonymise.detectors.scan import scan

CASE_NOTES = Path(__file__).parents[2] / "data" / "casenotes" / "tune.jsonl"
MODULES = (
    *(about, addresses, chats, codes, date_texts, days, hints, initials, places, references),
    *(spaced_codes, spoken, views),
)


def patterns() -> Iterator[re.Pattern[str]]:
    """Every pattern that a detector holds, alone or in a list of forms."""
    for module in MODULES:
        for held in vars(module).values():
            yield from inside(held)


def inside(held: object) -> Iterator[re.Pattern[str]]:
    if isinstance(held, re.Pattern):
        yield held
    elif isinstance(held, tuple):
        for part in held:
            yield from inside(part)
    elif isinstance(found := getattr(held, "pattern", None), re.Pattern):
        yield found


ALL = tuple(dict.fromkeys(patterns()))


def same(text: str) -> None:
    for pattern in ALL:
        tried = [match.span() for match in scan(pattern, text)]
        assert tried == [match.span() for match in pattern.finditer(text)], pattern.pattern[:60]


def test_in_case_notes_every_pattern_finds_what_it_found() -> None:
    rows = [json.loads(line)["text"] for line in CASE_NOTES.read_text("utf-8").splitlines()]
    assert len(ALL) > 100
    same("\n".join(rows[::4]))


@settings(max_examples=25)
@given(
    st.lists(
        st.sampled_from(
            [
                *"aZ0é٣ſK’'‘([/.-_#@£*,:\n \u202e<&",
                "12",
                "may ",
                "the 3rd",
                "aged 4",
                "No. 7 ",
                "Flat 2",
                "07700 900123",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_in_any_text_every_pattern_finds_what_it_found(text: str) -> None:
    same(text)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"(?<!\w)\d+", "a1 22 3", ["22", "3"]),
        (r"\d+", "a1 22", ["1", "22"]),
        (r"\b(?:no\.?\s*)?\d", "no 1, 2 ano 3", ["no 1", "2", "3"]),
        (r"(?<=\bin\s)[a-c]+", "in ab on ab", ["ab"]),
        (r"[a-c]+", "xab", ["ab"]),
        (r"(?i:\bK)", "K k K", ["K", "k", "K"]),
        (r"(?!b)\b[ab]", "a b", ["a"]),
        (r"\b[^x]", "xa b", [" ", "b"]),
        (r"(?<!\w)(?:a|)b?", "ab b", ["ab", "b"]),
        (r"(?<![a-z0-9])x", "Ax x ax", ["x", "x"]),
        (r"\b#\d", "a#1 #2", ["#1"]),
        (r"\b[^\W\d_]{2}", "a éb abc", ["éb", "ab"]),
        (r"(?:^|(?<=\n))a", "a ba\na", ["a", "a"]),
        (r"\u202e.", "a\u202eb", ["\u202eb"]),
        (r"\b(?-i:A)b(?i:c)d", "AbCd abcd Abcd", ["AbCd", "Abcd"]),
        (r"(?i)\b(?-i:s)t", "st St ST sT", ["st", "sT"]),
        (r"\b(?:a{2}|ab?){1,2}c", "aac abac abc c", ["aac", "abac", "abc"]),
        (r"\b(a)\1", "aa ab", ["aa"]),
        (r"\bé?a", "éa a ba", ["éa", "a"]),
        (r"(?i)\b[ı]", "i I a", ["i", "I"]),
        (r"(?i)\bſo", "so SO", ["so", "SO"]),
    ],
)
def test_how_a_pattern_begins(pattern: str, text: str, found: list[str]) -> None:
    made = re.compile(pattern)
    assert [match.group() for match in scan(made, text)] == found == [m.group() for m in made.finditer(text)]


@pytest.mark.parametrize("piece", ["Aa-", "\n", "D", "*"])
def test_long_hostile_texts_are_looked_through_in_good_time(piece: str) -> None:
    text = piece * (12_000 // len(piece))
    began = time.process_time()
    find_identifiers(text, fast=True)
    assert time.process_time() - began < 3  # a quadratic pattern takes many times as long here
