"""What only a person can judge: rare facts and the faintest findings of a story, the most telling first.

Nothing of it stands in the way of sharing. Each can be told otherwise, dropped, or marked as looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from ...story.messages import Message
from ..detectors.findings import Confidence, Finding, What
from ..detectors.hints import find_identifiers
from ..detectors.names import Names
from ..detectors.prompts import find_prompts
from ..kept import keeps_texts
from .decisions import Decisions
from .proposals import Proposal, proposals
from .story_texts import Place, StoryText
from .whole_story import Hit

#: How many are asked at once: who is shown a hundred questions answers none.
MOST: Final = 30
#: In letters: longer texts are read by people alone, since looking for faint things in them takes minutes.
LONGEST: Final = 60_000
#: What the faintest findings weigh beside rare facts (from 0.3 on).
_HINT: Final = 0.1


@dataclass(frozen=True, slots=True)
class _Faint:
    """A finding, how telling it is (0 to 1), and what a person is asked about it, where there is a question."""

    finding: Finding
    weight: float
    asks: Message | None = None


def fainter(
    texts: Iterable[StoryText], known: Names, hits: Iterable[Hit], decisions: Decisions
) -> list[Proposal]:
    """Open ones first, at most ``MOST``, the most telling at the top; then those that were decided.

    ``known``: the story's own names, as ``whole_story.known_names`` gives them; ``hits``: what was found for sure.
    """
    texts = list(texts)
    found = {Hit(place, faint.finding): faint for place, faint in _found(texts, known, hits)}
    made = proposals(texts, found, decisions, lambda *_: "")
    told = [(found[one.places[0].hit], one) for one in made]
    told.sort(key=lambda both: -both[0].weight)
    asked = [replace(one, asks=faint.asks) for faint, one in told]
    return [*[one for one in asked if one.open][:MOST], *(one for one in asked if not one.open)]


def _found(texts: list[StoryText], known: Names, hits: Iterable[Hit]) -> Iterator[tuple[Place, _Faint]]:
    sure: dict[Place, list[Finding]] = {}
    for hit in hits:
        sure.setdefault(hit.place, []).append(hit.finding)
    for text in texts:
        for faint in _in_text(text.looked, known) if len(text.text) <= LONGEST else ():
            if not any(_hold(one, faint.finding) for one in sure.get(text.place, ())):
                yield text.place, faint


def _hold(one: Finding, other: Finding) -> bool:
    return one.start <= other.start and other.end <= one.end


@lru_cache(maxsize=1024)
def _in_text(text: str, known: Names) -> tuple[_Faint, ...]:
    rare = [
        _Faint(Finding(What.FACT, one.start, one.end, Confidence.FAINT), one.weight, one.question)
        for one in find_prompts(text, known=known)
    ]
    hints = (f for f in find_identifiers(text, known=known, fast=True) if f.confidence is Confidence.FAINT)
    alone = (f for f in hints if not any(_hold(one.finding, f) for one in rare))
    return (*rare, *(_Faint(one, _HINT) for one in alone))


keeps_texts(_in_text)
