"""Words that only look like themselves, and words that stand in two boxes."""

# ruff: noqa: RUF001 - letters that look like others are what is tested

from __future__ import annotations

import pytest

from storybook.anonymise.deciding.taking_out import TAKEN_OUT, Words, splits, stands_in, take_out, take_out_of

NICK = Words.of("Nick Soames")


@pytest.mark.parametrize(
    "written", ["Nісk Sоаmеs", "ΝICK ЅOΑMΕS", "𝐍𝐢𝐜𝐤 Soames", "Nıck Soames", "Ｎick Soam\u200bes"]
)
def test_a_letter_of_another_script_hides_no_word(written: str) -> None:
    assert take_out(f"met {written}.", NICK) == f"met {TAKEN_OUT}."
    assert take_out(f"met {written}.", NICK.marked(b"key")) == f"met {TAKEN_OUT}."
    assert take_out("met Nick Soames.", Words.of(written)) == f"met {TAKEN_OUT}."
    assert take_out("met Nick Soames.", Words.of(written).marked(b"key")) == f"met {TAKEN_OUT}."


def test_a_word_of_another_script_is_still_found_in_any_case() -> None:
    nina = Words.of("Нина")
    assert take_out("НИНА и нина", nina) == f"{TAKEN_OUT} и {TAKEN_OUT}"
    assert take_out("НИНА и нина", nina.marked(b"key")) == f"{TAKEN_OUT} и {TAKEN_OUT}"


def test_what_looks_like_another_word_is_not_taken_for_it() -> None:
    assert not stands_in("Vick Soames, Nick Soamesь, Nickу Soames", NICK)


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        (["met Nick", "Soames came"], ["met [taken out]", "[taken out] came"]),
        (["Soames came", "then", "met Nick"], ["[taken out] came", "then", "met [taken out]"]),
        (["by Ni-", "the Ni", "ck Soames!"], ["by [taken out]", "the [taken out]", "[taken out]!"]),
        (["met Nick", "Soames"], ["met [taken out]", "[taken out]"]),
        (["met Nісk", "Sоаmеs came"], ["met [taken out]", "[taken out] came"]),
        (["met Nick", "Soameson came"], ["met Nick", "Soameson came"]),
        (["met Nick", "and Soames"], ["met Nick", "and Soames"]),
        (["met Nick Soames", ""], ["met [taken out]", ""]),
    ],
)
def test_words_that_begin_in_one_text_and_go_on_in_another_go_from_both(
    texts: list[str], left: list[str]
) -> None:
    assert take_out_of(texts, NICK) == left
    assert take_out_of(texts, NICK.marked(b"key")) == left
    assert splits(left, NICK) == 0


def test_words_of_a_few_letters_are_not_looked_for_over_two_texts() -> None:
    assert take_out_of(["flat A", "By the way"], Words.of("aby")) == ["flat A", "By the way"]
