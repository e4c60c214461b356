"""Linked counts in a story: questions behind a lane, beside an episode, and as markers in the narrative.

A marker is a question between braces, ``{count: how many people with "homelessness" during this episode}``. It is text
that people read and write, and says nothing of the answer: a story travels without its data. Only ``linked`` knows what
a question means. A backslash before the brace makes a marker plain text again, as in all of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from .messages import message, say
from .model import Episode, Story

#: What stands in quotation marks may hold braces; the lengths keep a hostile text from taking long.
_MARKER: Final = re.compile(
    r"(?P<before>\\*)\{count:(?P<question>(?:\"[^\"]{0,500}\"|[^{}\"]){1,2000}+)\}", re.IGNORECASE
)
_BEGUN: Final = re.compile(r"(?P<before>\\*)\{count:", re.IGNORECASE)
#: What stands in a frozen text for a count.
PLACED: Final = re.compile(r"\{count:(?P<key>n[1-9][0-9]{0,5})\}")
_PLACED: Final = re.compile(rf"(?P<before>\\*){PLACED.pattern}")
#: Where a count in the introduction stands.
INTRODUCTION: Final = "introduction"
NOT_COUNTED: Final = message("a number not counted here")


@dataclass(frozen=True, slots=True)
class Place:
    """One question in one place: ``where`` is an episode's id or INTRODUCTION; ``key`` is n1, n2... in reading order.

    ``card`` says that it stands beside the episode, and not in its words.
    """

    key: str
    where: str
    question: str
    episode: Episode | None = None
    card: bool = False


def places(story: Story) -> tuple[Place, ...]:
    """Every count of the narrative in reading order; the same question in the same place has one key."""
    found: dict[tuple[str, str], tuple[Episode | None, bool]] = {}
    for question in questions(story.introduction):
        found.setdefault((INTRODUCTION, question), (None, False))
    for episode in sorted(story.episodes, key=lambda one: one.position):
        for question in episode.counts:
            found.setdefault((str(episode.id), question), (episode, True))
        for question in questions(episode.text):
            found.setdefault((str(episode.id), question), (episode, False))
    return tuple(
        Place(f"n{number}", where, question, episode, card)
        for number, ((where, question), (episode, card)) in enumerate(found.items(), 1)
    )


def questions(text: str) -> Iterator[str]:
    """The questions of the markers in ``text``, in order."""
    return (_question(match) for match in _MARKER.finditer(text) if _live(match))


def broken(text: str) -> bool:
    """Whether a marker is begun in ``text`` and never ended."""
    begun = sum(_live(match) for match in _BEGUN.finditer(text))
    return begun > sum(1 for _ in questions(text))


def marker(question: str) -> str:
    """The marker for ``question``."""
    return f"{{count: {question}}}"


def replaced(text: str, by: Callable[[str], str]) -> str:
    """``text`` with what ``by`` makes of each marker's question in the marker's place."""

    def new(match: re.Match[str]) -> str:
        return match["before"] + by(_question(match)) if _live(match) else match[0]

    return _MARKER.sub(new, text)


def without_counts(text: str) -> str:
    """``text`` for where nothing can be counted: each marker says so."""
    return replaced(text, lambda _: say(NOT_COUNTED))


def blanked(text: str) -> str:
    """``text`` with spaces where its markers stand: as long, and nothing of them to read."""
    return _MARKER.sub(lambda match: " " * len(match[0]) if _live(match) else match[0], text)


def placed(key: str) -> str:
    """What stands in a frozen text for the count called ``key``; a person's own text can't hold it."""
    return f"{{count:{key}}}"


def keys_in(text: str) -> tuple[str, ...]:
    """The keys of the counts that stand in a frozen text, each once, in order."""
    return tuple(dict.fromkeys(match["key"] for match in _PLACED.finditer(text) if _live(match)))


def with_words(text: str, words: Callable[[str], str | None]) -> str:
    """A frozen text with each count's words in its place; what has none stays."""

    def new(match: re.Match[str]) -> str:
        said = words(match["key"]) if _live(match) else None
        return match[0] if said is None else match["before"] + said

    return _PLACED.sub(new, text)


def _live(match: re.Match[str]) -> bool:
    """Whether the brace is not made plain text by a backslash (which another one may take away)."""
    return len(match["before"]) % 2 == 0


def _question(match: re.Match[str]) -> str:
    return match["question"].strip()
