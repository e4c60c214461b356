"""Finding words that somebody wants out, in whatever form, and only those."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.anonymise.deciding.letters import letters_of
from storybook.anonymise.deciding.taking_out import (
    TAKEN_OUT,
    Wanted,
    Words,
    spans,
    stands_in,
    take_out,
)

DAVID = Words.of("David")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Then David came.", "Then [taken out] came."),
        ("DAVID’S, david-lee", "[taken out]’S, [taken out]-lee"),
        ("**Da**vid and Da\u200bvid", "**[taken out] and [taken out]"),
        ("Dávid Da\u0301vid \uff24avid", "[taken out] [taken out] [taken out]"),
        ("Davidson, undavid, david2", "Davidson, undavid, david2"),
        ("david david", "[taken out] [taken out]"),
        ("da-vid da vid\nda\nvid", "[taken out] [taken out]\n[taken out]"),
        ("", ""),
    ],
)
def test_every_form_of_a_word_is_found_and_no_other_word(text: str, left: str) -> None:
    assert take_out(text, DAVID) == left


def test_several_words_are_found_across_spaces_lines_and_marks() -> None:
    words = Words.of("14 Canal Street")
    assert take_out("at 14, Canal\nStreet. 114 Canal Street", words) == f"at {TAKEN_OUT}. 114 Canal Street"


def test_scripts_without_spaces_have_no_whole_words() -> None:
    assert take_out("我叫王小明。", Words.of("王小明")) == "我叫[taken out]。"


@pytest.mark.parametrize("typed", ["", " ", "a", "…", "\u200b"])
def test_there_have_to_be_words(typed: str) -> None:
    with pytest.raises(ValueError, match="two letters, or a sign"):
        Words.of(typed)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Sam🦊 and 🦊\ufe0f.", "Sam[taken out] and [taken out]."),
        ("🦊🏽x🐻", "[taken out]x🐻"),
        ("no fox", "no fox"),
    ],
)
@pytest.mark.parametrize("made", [lambda w: w, lambda w: w.marked(b"key")])
def test_a_sign_goes_wherever_it_stands_also_when_it_was_forgotten(
    text: str, left: str, made: Callable[[Words], Wanted]
) -> None:
    assert take_out(text, made(Words.of("🦊"))) == left


def test_several_signs_are_wanted_together_and_one_letter_counts_beside_them() -> None:
    assert take_out("🦊 🐻, 🦊, J🦊", Words.of("🦊🐻")) == "[taken out], 🦊, J🦊"
    assert take_out("🦊, J🦊", Words.of("J🦊")) == "🦊, [taken out]"


@given(st.text(max_size=60), st.text("abÁßﬁ1 -*", min_size=2, max_size=8))
def test_what_is_taken_out_is_gone_and_what_was_forgotten_finds_the_same(text: str, word: str) -> None:
    if len([*letters_of(word)]) < 2:
        return
    wanted = Words.of(word)
    mark = wanted.marked(b"key")
    whole = f"{text} {word} {text}"
    assert stands_in(whole, wanted)
    assert [*spans(whole, wanted)] == [*spans(whole, mark)]
    assert not stands_in(take_out(whole, wanted, "…"), wanted)
    assert word not in mark.digest


def test_a_mark_tells_nothing_without_its_key() -> None:
    assert DAVID.marked(b"one").digest != DAVID.marked(b"two").digest
