"""No sentence that storybook says is long or hard to read (``tests/reading.py`` has the formula)."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po

from tests.reading import grade, sentences
from tools.words import POT

#: A screen's average is held elsewhere; a single sentence may be harder, but not much, and never long.
HARDEST, LONGEST, SHORT = 9.5, 28, 8


def test_no_sentence_is_long_or_hard() -> None:
    with POT.open("rb") as file:
        ids = [entry.id if isinstance(entry.id, str) else entry.id[0] for entry in read_po(file)]
    said = {re.sub(r"\{\w+\}", "Ann", text) for text in ids}
    found = [words for text in said for words in sentences(text)]
    assert len(found) > 1000
    assert [" ".join(words) for words in found if len(words) > LONGEST] == []
    assert [" ".join(words) for words in found if len(words) >= SHORT and grade([words]) > HARDEST] == []


def test_a_hard_sentence_is_seen() -> None:
    hard = "Notwithstanding the aforementioned considerations, disclosure necessitates authorisation."
    assert grade(sentences(hard)) > HARDEST
    assert grade(sentences("You can stop at any time. You do not have to say why.")) < 3
