"""The front matter: plain YAML comes back the same, anything cleverer is refused by line and column."""

from __future__ import annotations

import pytest
from hypothesis import given

from storybook.story.formats.front_matter import Flow, dump, load
from storybook.story.problems import Problems
from tests.strategies import texts

PLAIN = "write plain keys, lists and text, each key once"


@given(texts(), texts())
def test_any_text_comes_back_the_same_in_any_place(one: str, other: str) -> None:
    one, other = (text.replace("\r", " ") for text in (one, other))
    values = {
        "a": one,
        "list": [{"b": other, "c": [{"d": one}]}],
        "flow": Flow([one, other, "P1"]),
        "empty": Flow(),
        "z": "",
    }
    assert load(dump(values), "x", 2) == values


def test_nothing_is_taken_for_a_number_a_date_or_a_truth() -> None:
    assert load("a: no\nb: 2016-04-03\nc: 0x10\nd: ~\ne:\n", "x", 2) == {
        "a": "no",
        "b": "2016-04-03",
        "c": "0x10",
        "d": "~",
        "e": "",
    }


def test_keys_know_their_lines_and_may_be_written_as_people_write() -> None:
    found = load("Age band: x\nDate-Policy: y\n\npeople:\n- ref: P1\n", "x", 2)
    assert dict(found) == {"age_band": "x", "date_policy": "y", "people": [{"ref": "P1"}]}
    assert (found.lines, found["people"][0].line) == ({"age_band": 2, "date_policy": 3, "people": 5}, 6)


def test_no_front_matter_at_all_is_an_empty_one() -> None:
    assert load("", "x", 2) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- x", f"x:2:1: the part between the --- lines is not a list of keys; {PLAIN}"),
        ("a: b\n--- \nc: d", f"x:3:1: there are two documents between the --- lines; {PLAIN}"),
        ("? [a]\n: b", f"x:2:3: a key is a list; {PLAIN}"),
        ("a: {a: {a: " + "[" * 40, f"x:2:42: the lists are too deep inside each other; {PLAIN}"),
        (
            "a: \x01",
            (
                "x:2: the part between the --- lines can't be read: a character that YAML does not allow; "
                "write each line as a key, a colon, a space and its text"
            ),
        ),
    ],
)
def test_anything_cleverer_is_refused_by_place(text: str, said: str) -> None:
    with pytest.raises(Problems) as caught:
        load(text, "x", 2)
    assert str(caught.value) == said
