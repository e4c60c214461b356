"""What is kept in memory of texts that were looked through: forgotten when words are taken out."""

from __future__ import annotations

import ast
from pathlib import Path

from storybook import anonymise
from storybook.anonymise import find_identifiers
from storybook.anonymise.detectors import model
from storybook.anonymise.detectors.engine import _found, _short_read
from storybook.anonymise.detectors.tokens import _shape
from storybook.anonymise.kept import forget_texts

TEXT = "Zorvina Quillfeather rang from 12 Tannery Lane on 3 May 2016 about Zorvina's rent."


def test_a_text_that_was_looked_through_is_forgotten() -> None:
    # Given a text that was looked through, with the language model
    found = find_identifiers(TEXT)
    assert min(kept.cache_info().currsize for kept in (_found, _short_read, _shape)) > 0
    assert any("Quillfeather" in piece for piece in model._seen)

    # When texts are forgotten
    forget_texts()

    # Then none is kept, and the next look finds the same
    assert [kept.cache_info().currsize for kept in (_found, _short_read, _shape)] == [0, 0, 0]
    assert model._seen == {}
    assert find_identifiers(TEXT) == found


def test_every_function_that_keeps_what_it_was_asked_is_told_to_forget() -> None:
    untold = []
    for path in sorted(Path(anonymise.__file__).parent.rglob("*.py")):
        text = path.read_text("utf-8")
        kept = [
            node.name
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef)
            and node.args.args
            and any("lru_cache" in ast.unparse(decorator) for decorator in node.decorator_list)
        ]
        told = text.partition("keeps_texts(")[2]
        untold += [f"{path.stem}.{name}" for name in kept if name not in told]
    # Letters and sets of letters are nobody's words.
    assert {one.partition(".")[0] for one in untold} == {"folding", "openings", "scripts"}
