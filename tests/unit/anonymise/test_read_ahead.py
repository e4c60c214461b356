"""Many texts read together by the language model are read as each is alone, and each only once."""

from __future__ import annotations

from storybook.anonymise import find_identifiers
from storybook.anonymise.detectors import engine, model

TEXTS = [
    "Later Zbigniewa Trachtenholz and the Velmora Initiative wrote to her.",
    "Nobody came.",
    "",
    "Then we met Quennell Ashgrove at the Brackwater Rooms in Ombleworth, and he **st**ayed.",
]


def test_texts_read_together_have_the_names_that_each_has_alone() -> None:
    alone = [find_identifiers(text) for text in TEXTS]
    model._seen.clear()
    engine._found.cache_clear()
    engine.read_ahead(TEXTS)
    kept = dict(model._seen)
    assert [find_identifiers(text) for text in TEXTS] == alone
    assert any(alone)
    assert model._seen == kept  # the model was asked nothing anew
