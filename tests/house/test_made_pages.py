"""Pages and words that are made from the code say what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.checkers import checkers
from babel.messages.pofile import read_po

from tools import docs, words

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", sorted(docs.MADE))
def test_page_is_what_the_code_says(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == docs.page(name), "run: python3 run.py docs"


def test_words_to_translate_are_all_there() -> None:
    assert words.POT.read_text("utf-8") == words.catalogue(), "run: python3 run.py docs"


def test_words_are_found_with_their_plural() -> None:
    given = (
        'message("{count} thing", plural="{count} things", count=1); no("c"); m.message("a" "b"); message(x)'
    )
    assert list(words.in_python(given)) == [("{count} thing", "{count} things"), ("ab", None)]


def test_words_of_a_template_are_found_with_their_plural() -> None:
    given = (
        '{{ _("one") }}{% if _("{count} story", plural="{count} stories", count=2) %}{{ _(x) }}{% endif %}'
    )
    assert list(words.in_template(given)) == [("one", None), ("{count} story", "{count} stories")]


def test_every_catalogue_can_be_compiled_and_keeps_the_named_places() -> None:
    found = sorted((ROOT / "storybook" / "translations").glob("*/LC_MESSAGES/*.po"))
    for path in found:
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parent.parent.name)
        for entry in catalog:
            if entry.id and entry.string:
                for check in checkers:
                    check(catalog, entry)
