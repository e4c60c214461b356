"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$|[\"”’)])|[.!?](?=\w)[^.!?\n]*)*[\"”’)]?")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Each sentence of ``text`` as (start, end)."""
    return (match.span() for match in _SENTENCE.finditer(text))


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, or the sentences, that hold a stretch; without the space before, with the space after."""
    touched = [(s, e) for s, e in sentences(text) if s < end and start < e]
    first = min((s for s, _ in touched), default=start)
    last = max((e for _, e in touched), default=end)
    first += len(text[first:start]) - len(text[first:start].lstrip(" "))
    while last < len(text) and text[last] == " ":
        last += 1
    return first, max(last, end)
