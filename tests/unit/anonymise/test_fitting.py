"""Words put in the place of others fit the sentence: ages as they are told, articles, endings, capitals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.anonymise import find_identifiers
from storybook.anonymise.deciding.fitting import fitted
from storybook.anonymise.deciding.suggest import suggested
from storybook.anonymise.detectors.findings import What
from storybook.story.messages import say

ADULT, TEEN, CHILD, OLD = "in their thirties", "a teenager", "a child", "90 or over"


def put_into(text: str, put: str, *, age: bool = False) -> str:
    """The text with ``put`` where the brackets are."""
    start, end = text.index("["), text.index("]") - 1
    bare = text.replace("[", "").replace("]", "")
    fit = fitted(bare, start, end, put, age=age)
    return bare[: fit.start] + fit.put + bare[fit.end :]


@pytest.mark.parametrize(
    ("text", "put", "told"),
    [
        ("She was [34] when it came.", ADULT, "She was in her thirties when it came."),
        ("She was aged [34] then.", ADULT, "She was in her thirties then."),
        ("He’s [34 years old].", ADULT, "He’s in his thirties."),
        ("I'm only [34].", ADULT, "I'm only in my thirties."),
        ("Kelsey, aged [34], came.", ADULT, "Kelsey, in their thirties, came."),
        ("Kelsey, [34], came.", ADULT, "Kelsey, in their thirties, came."),
        ("Kelsey, [34], came.", "in her thirties", "Kelsey, in her thirties, came."),
        ("His mother was [34].", ADULT, "His mother was in their thirties."),
        ("A [34-year-old] man came.", ADULT, "A thirty-something man came."),
        ("A [34-year-old] came.", ADULT, "A thirty-something came."),
        ("An [80-year-old] man came.", "in their eighties", "An eighty-something man came."),
        ("An [18-year-old] girl came.", TEEN, "A teenage girl came."),
        ("the [17-year-old]’s bag", TEEN, "the teenager’s bag"),
        ("Her [9 year old] daughter", CHILD, "Her young daughter"),
        ("A [9-year-old] came.", CHILD, "A child came."),
        ("an [8 yr old] little boy", CHILD, "a young little boy"),
        ("a [92-year-old] came", OLD, "a very old person came"),
        ("He is [9 year old] now", CHILD, "He is a child now"),
        ("[34 years old], he left.", ADULT, "In his thirties, he left."),
        ("at the [age of 34] he left", ADULT, "in his thirties he left"),
        ("At the [age of 9] she left.", CHILD, "As a child she left."),
        ("In care from the [age of 9].", CHILD, "In care from childhood."),
        ("homeless by the [age of 16]", TEEN, "homeless by their teens"),
        ("He turned [40].", "in their forties", "He reached his forties."),
        ("When she turned [16] she left.", TEEN, "When she became a teenager she left."),
        ("Her son ([9]) came.", CHILD, "Her son (a child) came."),
        ("She was nearly [34].", ADULT, "She was in her thirties."),
        ("when I was [16]", TEEN, "when I was a teenager"),
        ("She was [34].", "grown up", "She was grown up."),
    ],
)
def test_an_age_is_told_as_its_sentence_needs_it(text: str, put: str, told: str) -> None:
    assert put_into(text, put, age=True) == told


@pytest.mark.parametrize(
    ("text", "put", "told"),
    [
        ("[Nuneaton] is far.", "a town nearby", "A town nearby is far."),
        ("It ended. [Nuneaton] is far.", "a town nearby", "It ended. A town nearby is far."),
        ("“[Nuneaton],” she said.", "a town nearby", "“A town nearby,” she said."),
        ("- [Nuneaton] was next", "a town nearby", "- A town nearby was next"),
        ("[nuneaton] is far.", "a town nearby", "a town nearby is far."),
        ("We saw [Nuneaton].", "a town nearby", "We saw a town nearby."),
        ("[David]’s mum", "Robin", "Robin’s mum"),
        ("[David’s] mum", "Robin", "Robin’s mum"),
        ("[James]’ bag", "Robin", "Robin’s bag"),
        ("She saw ‘poor [James]’ there", "Robin", "She saw ‘poor Robin’ there"),
        ("[James]’ bag", "Jules", "Jules’ bag"),
        ("An [electrician] came.", "a job", "A job came."),
        ("as a [plasterer]", "an office job", "as an office job"),
        ("his [plasterer] mate", "a builder", "his builder mate"),
        ("as a [plasterer]", "useful", "as a useful"),
        ("the [Nuneaton] office", "a town nearby", "the town nearby office"),
        ("She was [34].", "in their thirties", "She was in their thirties."),
    ],
)
def test_articles_endings_and_capitals_fit(text: str, put: str, told: str) -> None:
    assert put_into(text, put) == told


@given(st.integers(10, 99), st.sampled_from(["a", "an"]), st.sampled_from(["man", "woman", "friend of mine"]))
def test_an_article_before_an_age_is_the_right_one(years: int, article: str, who: str) -> None:
    put = say(suggested(What.AGE, str(years), lambda _: ""))  # type: ignore[arg-type]  # every age has words
    told = put_into(f"{article} [{years}-year-old] {who} came", put, age=True)
    assert re.match(r"an eighty-|a (?!eighty-)", told)
    assert not re.search(rf"\b{years}\b", told) or years >= 90


@given(st.text(max_size=40), st.text(min_size=1, max_size=8), st.text(max_size=40), st.booleans())
def test_what_stood_there_goes_and_little_else(before: str, found: str, after: str, age: bool) -> None:
    text, start, end = before + found + after, len(before), len(before) + len(found)
    fit = fitted(text, start, end, "in their thirties", age=age)
    assert fit.start <= start
    assert end <= fit.end <= end + 1
    assert start - fit.start <= 20
    assert fit.put.strip() != ""


@pytest.mark.parametrize("years", [9, 16, 34, 58, 80, 95])
@pytest.mark.parametrize(
    "text",
    ["She was {}.", "A {}-year-old man.", "at the age of {} he left", "He turned {}.", "Mum, {}, came"],
)
def test_what_was_put_is_no_age_any_more(years: int, text: str) -> None:
    bare = text.format(years)
    (found,) = (f for f in find_identifiers(bare, fast=True) if f.what is What.AGE)
    put = say(suggested(What.AGE, bare[found.start : found.end], lambda _: ""))  # type: ignore[arg-type]  # as above
    fit = fitted(bare, found.start, found.end, put, age=True)
    told = bare[: fit.start] + fit.put + bare[fit.end :]
    assert [f.what for f in find_identifiers(told, fast=True) if f.what is What.AGE and years < 90] == []
