"""What people decide about findings, and the story with their decisions carried out.

A decision is about words: it holds wherever they stand in the story, in any way they are written, or in one place only.
The draft keeps what was written; what the world sees is made from it. So a decision can be taken back, and a story
that changes keeps what was decided about the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final
from uuid import UUID

from ...story.ids import new_id
from ...story.model import Story
from ..detectors.findings import What
from ..detectors.sentences import sentence_around
from ..detectors.words import words
from ..kept import keeps_texts
from .fitting import fitted
from .letters import letters_in, letters_of, whole_words
from .story_texts import Place, StoryText, each_text, with_texts

#: Names of things: taking a sentence out of one would leave nothing to call it by.
_NEVER_EMPTY: Final = frozenset({"title", "name", "alias"})


class Choice(StrEnum):
    """What a person may decide about a finding."""

    REPLACE = "replace"
    KEEP = "keep"
    DROP = "drop the sentence"
    CLEAR = "cleared by an adviser"
    MADE_UP = "made up"


#: What changes the words that the world sees.
CHANGING: Final = frozenset({Choice.REPLACE, Choice.DROP})


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of words: the text, and which of the places in it where they stand (from 0)."""

    place: Place
    nth: int


@dataclass(frozen=True, slots=True)
class Decision:
    """About ``words`` everywhere or at one ``spot``: what to ``put``, or the ``reason`` (and ``adviser``) to stay.

    ``what`` is the sort of finding. MADE_UP is the demo's word on a text that it made up; ``words`` then names it.
    """

    words: str
    choice: Choice
    put: str = ""
    reason: str = ""
    adviser: str = ""
    spot: Spot | None = None
    what: str = ""
    demo: bool = False
    version: int = 1
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a text and what comes in its place, by which decision."""

    start: int
    end: int
    put: str
    decision: Decision


class Decisions:
    """All that was decided in one story."""

    def __init__(self, made: Iterable[Decision] = ()) -> None:
        self.made = tuple(made)
        self._everywhere = {letters(d.words): d for d in self.made if d.spot is None and d.words}
        self._changes: dict[tuple[Place, str], tuple[Change, ...]] = {}
        self._at = {(letters(d.words), d.spot): d for d in self.made if d.spot is not None}
        changing = [(letters(d.words), d) for d in self.made if d.choice in CHANGING]
        self._changing = [(key, d) for key, d in changing if key]

    def about(self, found: str, spot: Spot | None = None) -> Decision | None:
        """What was decided about these words: at this very spot, or else everywhere."""
        key = letters(found)
        at = None if spot is None else self._at.get((key, spot))
        return at or self._everywhere.get(key)

    @property
    def puts(self) -> tuple[str, ...]:
        """Words that came in place of others: nobody's name."""
        return tuple(dict.fromkeys(d.put for d in self.made if d.put))

    def changes(self, text: StoryText) -> tuple[Change, ...]:
        """What is changed in ``text``, in order; where decisions meet, the longer stretch is changed."""
        key = text.place, text.text  # a place may hold other words by now: their stretches are others
        if key not in self._changes:
            self._changes[key] = () if text.fixed else self._settled(text)
        return self._changes[key]

    def _settled(self, text: StoryText) -> tuple[Change, ...]:
        wanted = sorted(self._wanted(text), key=lambda c: (c.start - c.end, c.start))
        taken, kept = bytearray(len(text.text)), []
        for change in wanted:
            if not any(taken[change.start : change.end]):
                kept.append(change)
                taken[change.start : change.end] = b"\1" * (change.end - change.start)
        return tuple(sorted(kept, key=lambda c: c.start))

    def _wanted(self, text: StoryText) -> Iterator[Change]:
        here = letters_in(text.looked)
        for key, decision in self._changing:
            if key in here and (decision.spot is None or decision.spot.place == text.place):
                yield from self._of(decision, text)

    def _of(self, decision: Decision, text: StoryText) -> Iterator[Change]:
        for nth, (start, end) in enumerate(places_of(text.looked, decision.words)):
            if self.about(decision.words, Spot(text.place, nth)) is decision:
                yield from _change(text, start, end, decision)

    def text(self, text: StoryText) -> str:
        """``text`` as the world would see it."""
        parts, at = [], 0
        for change in self.changes(text):
            parts += [text.text[at : change.start], change.put]
            at = change.end
        return "".join((*parts, text.text[at:]))

    def carried_out(self, story: Story, *, count: bool = False) -> Story:
        """The story as the world would see it; ``count`` gives each part that changed its next version."""
        return with_texts(story, self.texts(story), count=count)

    def texts(self, story: Story) -> Mapping[Place, str]:
        """The texts that are changed, by their places."""
        return each_text(story, self.text)


def _change(text: StoryText, start: int, end: int, decision: Decision) -> Iterator[Change]:
    if decision.choice is Choice.REPLACE:
        start, end = _with_marks(text.text, start, end)
        fit = fitted(text.text, start, end, decision.put, age=decision.what == What.AGE)
        yield Change(fit.start, fit.end, fit.put, decision)
        return
    first, last = sentence_around(text.text, start, end)
    if text.place.field not in _NEVER_EMPTY or text.text[:first].strip() or text.text[last:].strip():
        yield Change(first, last, "", decision)


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the mark of bold or italics beside it, where the other one stands inside."""
    for mark in ("**", "__", "*", "_"):
        if text[start:end].count(mark) % 2:
            if text[:start].endswith(mark):
                return start - len(mark), end
            if text.startswith(mark, end):
                return start, end + len(mark)
    return start, end


@lru_cache(maxsize=4096)
def letters(found: str) -> str:
    """What of some words counts when they are compared: bare letters and digits, without a possessive's ending."""
    bare = found[:-2] if found[-2:].lower() in ("'s", "’s") else found
    return "".join(letter for letter, _ in letters_of(bare)) or bare.strip()


def places_of(text: str, found: str) -> Iterator[tuple[int, int]]:
    """Where words stand in ``text``. Words that are nobody's name too ("Will") only as they are written."""
    key = letters(found)
    if not key:
        return
    plain = key.isalpha() and key.isascii() and words().is_word(key)
    for start, end in whole_words(text, key):
        if not plain or text[start:end].strip("*_") == found.strip("*_"):
            yield start, end


keeps_texts(letters)
