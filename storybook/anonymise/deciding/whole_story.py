"""The findings of a whole story: every text looked through, every name carried through all the others.

What the story shows by itself is none: agencies shown by their names, the names made up for its people. The name of an
agency that is shown by another is one wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from ...story.model import DatePolicy, ShowAs, Story
from ..dates.policy import RULES
from ..detectors.engine import carry, find_identifiers, read_ahead, resolved
from ..detectors.findings import Confidence, Finding, Kind, What
from ..detectors.identifiers import find_dates
from ..detectors.names import Names
from ..detectors.sentences import sentence_around
from .story_texts import Place, StoryText, story_texts

#: Texts looked through together.
_TOGETHER: Final = 64
#: An age told as a band is told coarsely already.
_BAND: Final = re.compile(
    r"\s*(?:under\s+\d+|\d+\s*(?:to|-|–)\s*\d+|\d+\s*(?:\+|or over|and over))\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding and the text of the story it stands in."""

    place: Place
    finding: Finding

    @property
    def key(self) -> tuple[Place, int, int, What]:
        """What tells it from every other."""
        return self.place, self.finding.start, self.finding.end, self.finding.what


def known_names(story: Story, real: Iterable[str] = ()) -> Names:
    """What the story knows: whom it must never name (``real``), and which names it shows on purpose."""
    people = tuple(dict.fromkeys(real))
    hidden = (a.name for a in story.agencies if a.show_as is not ShowAs.NAME)
    return Names(
        people=people,
        organisations=tuple(dict.fromkeys(hidden)),
        agencies=tuple(dict.fromkeys(a.name for a in story.agencies if a.show_as is ShowAs.NAME)),
        pseudonyms=tuple(dict.fromkeys(p.name for p in story.people if p.name not in people)),
    )


def find_in_story(
    story: Story, known: Names, *, fast: bool = False, told: Iterable[StoryText] | None = None
) -> list[Hit]:
    """What may identify somebody anywhere in ``story``, text by text. ``fast`` leaves the language model out.

    ``known``: as ``known_names`` gives it, with every name accepted so far. ``told``: the story's texts, where a caller
    counts them as they are looked through.
    """
    texts = story_texts(story) if told is None else told
    found: list[tuple[StoryText, list[Finding]]] = []
    for some in _by_many(texts):
        if not fast:
            read_ahead(text.looked for text in some)
        found += [(text, find_identifiers(text.looked, known=known, fast=fast)) for text in some]
    return list(_hits(story, known, found))


def _by_many(texts: Iterable[StoryText]) -> Iterator[list[StoryText]]:
    """So many texts after so many that the model gains by it and whoever counts them sees them go on."""
    left = iter(texts)
    while some := list(islice(left, _TOGETHER)):
        yield some


def _hits(story: Story, known: Names, texts: list[tuple[StoryText, list[Finding]]]) -> Iterator[Hit]:
    sure = known
    for text, found in texts:
        sure = sure.with_found(text.text, [f for f in found if f.confidence is Confidence.CERTAIN])
    for text, found in texts:
        more = carried_into(text, sure, known, found) if sure != known else found
        yield from (Hit(text.place, one) for one in _meant(story, text, more))


def carried_into(text: StoryText, names: Names, known: Names, found: list[Finding]) -> list[Finding]:
    """The findings of ``text`` with those that names found elsewhere add to them."""
    new = carry(text.text, names, known)
    return resolved([*found, *new]) if new else found


def _meant(story: Story, text: StoryText, found: list[Finding]) -> Iterator[Finding]:
    for one in found:
        words = text.text[one.start : one.end]
        if text.place.field == "age_band" and _BAND.fullmatch(text.text):
            continue
        if one.what is What.DATE and _as_fine_as_shown(story.date_policy, words):
            continue
        yield _whole_sentence(text.text, one) if one.kind is Kind.LEGAL else one


def _as_fine_as_shown(policy: DatePolicy, words: str) -> bool:
    """Whether a date of the calendar says no more than the picture does."""
    rule = RULES[policy]
    return rule.calendar and bool(find_dates(words, None)) and not find_dates(words, rule.grain)


def _whole_sentence(text: str, finding: Finding) -> Finding:
    """What the law asks about is what is said, not a word of it: it is cleared as a sentence."""
    start, end = sentence_around(text, finding.start, finding.end)
    return replace(finding, start=start, end=start + len(text[start:end].rstrip()))
