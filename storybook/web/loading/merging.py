"""What an analyst answers to what a look found: agencies to take for one, rows to leave out."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import ImmutableMultiDict

from ...services.data.sent_rows import Choices


def with_answers(choices: Choices, answered: ImmutableMultiDict[str, str]) -> Choices:
    """``choices`` with the answers: ``merge`` is a spelling, a tab, the name to use; ``rest`` is there or not."""
    pairs = (text.partition("\t") for text in answered.getlist("merge"))
    merge = dict(choices.mapping.merge) | {old: new for old, tab, new in pairs if tab and new}
    wishes: dict[str, Any] = {"load_the_rest": choices.wishes.load_the_rest or "rest" in answered}
    return choices.model_copy(
        update={
            "mapping": choices.mapping.model_copy(update={"merge": merge}),
            "wishes": choices.wishes.model_copy(update=wishes),
        }
    )
