"""What only a person can judge: things so rare that somebody who reads them may know who it was.

No list holds "the only woman in the lifeboat crew". What can be seen is the shape of such a sentence: a superlative, a
first, a fame, a rare event, an odd trade, an exact number, a date with an event. Each gives a prompt: a question to the
reader about one passage, with the most telling first. Prompts never block; they are asked at review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from ...story.messages import Message, message
from .engine import find_identifiers
from .findings import Finding, Kind, What
from .names import Names
from .sentences import sentences
from .views import views
from .words import sections_of_lines

_QUESTIONS: Final = {
    "only": message("Is there only one person of whom this is true?"),
    "known": message("Was this in the news, online, or talked about where they live?"),
    "event": message("Would people who were there remember this, and who it was?"),
    "family": message("How many families are like this one?"),
    "body": message("Could somebody be recognised by how they look, move or sound?"),
    "work": message("How many people do this, or did it here?"),
    "place": message("Does this say where it is, to somebody who lives near?"),
    "thing": message("Would somebody know them by this thing or this habit?"),
    "together": message("Alone these say little. Do they say who it is when read together?"),
    "script": message("This is in another language or script. Has somebody who reads it looked?"),
}
#: How much each sort tells, from 0 to 1; what is found together in one sentence adds up.
_WEIGHTS: Final = {
    "known": 0.9,
    "only": 0.85,
    "event": 0.7,
    "family": 0.6,
    "body": 0.55,
    "work": 0.5,
    "place": 0.45,
    "thing": 0.4,
    "together": 0.35,
    "script": 0.3,
}
_SIGNS: Final = re.compile(r"\[[^\]]*\]|[ '\-]")
_MEANT: Final = {" ": r"\s+", "'": "['’]", "-": r"[\s\-]"}
#: Kinds of finding that say little alone and much together.
_QUASI: Final = frozenset({Kind.PLACE, Kind.ORG, Kind.DATE, Kind.AGE, Kind.DEMOGRAPHIC, Kind.QUANTITY})
_OTHER_SCRIPT: Final = re.compile(
    r"[\u0370-\u03ff\u0400-\u1fff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufeff]{2,}(?:\s[\u0370-\u1fff\u2c00-\ud7ff]+)*"
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question about a passage. ``start``, ``end`` count code points; ``weight`` (0 to 1) says how telling it is."""

    kind: Kind
    sort: str
    start: int
    end: int
    weight: float

    @property
    def question(self) -> Message:
        """What a person is asked."""
        return _QUESTIONS[self.sort]

    @property
    def suggestion(self) -> Message:
        """What would be kinder."""
        return message("say it more widely, or leave it out, unless nobody could know them by it")


def find_prompts(text: str, *, known: Names | None = None, most: int | None = None) -> list[Prompt]:
    """Passages of ``text`` that may tell who it was though they name nobody; the most telling first.

    ``most``: no more than so many. One prompt a passage; several signs in a sentence make it weigh more.
    """
    findings = find_identifiers(text, known=known, fast=True)
    raised = [*_told(text), *_together(text, findings), *_other_scripts(text)]
    ranked = sorted(_one_each(text, raised), key=lambda p: (-p.weight, p.start, p.end))
    return ranked[:most]


def _told(text: str) -> Iterator[Prompt]:
    view = views(text)[-1] if not text.isascii() or re.search(r"[*_`<&]", text) else views(text)[0]
    small = view.text.lower()
    small = small if len(small) == len(view.text) else view.text
    for sort, pattern in _patterns().items():
        for match in pattern.finditer(small):
            yield Prompt(Kind.FACT, sort, *view.span(*match.span()), _WEIGHTS[sort])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        sort: re.compile(rf"\b(?:{'|'.join(map(_pattern, lines))})\b")
        for sort, lines in sections_of_lines("rare.txt").items()
    }


def _pattern(line: str) -> str:
    return _SIGNS.sub(lambda match: _MEANT.get(match.group(), match.group()), line)


def _together(text: str, findings: list[Finding]) -> Iterator[Prompt]:
    """Sentences in which three things or more that say little alone stand together."""
    for start, end in sentences(text):
        inside = [f for f in findings if start <= f.start and f.end <= end and f.kind in _QUASI]
        kinds = {f.kind for f in inside if f.what is not What.AMOUNT}
        if len(kinds) >= 2 and len(inside) >= 3:
            weight = min(0.3 + 0.1 * len(inside), 0.8)
            yield Prompt(Kind.FACT, "together", inside[0].start, inside[-1].end, weight)


def _other_scripts(text: str) -> Iterator[Prompt]:
    for match in _OTHER_SCRIPT.finditer(text):
        yield Prompt(Kind.FACT, "script", *match.span(), _WEIGHTS["script"])


def _one_each(text: str, raised: list[Prompt]) -> Iterator[Prompt]:
    """Overlapping prompts as the weightiest of them; each weighs more for every other in its sentence."""
    kept: list[Prompt] = []
    for prompt in sorted(raised, key=lambda p: (-p.weight, p.start - p.end, p.start)):
        if not any(prompt.start < other.end and other.start < prompt.end for other in kept):
            kept.append(prompt)
    bounds = list(sentences(text))
    for prompt in kept:
        near = next(((s, e) for s, e in bounds if s <= prompt.start < e), (prompt.start, prompt.end))
        more = sum(near[0] <= other.start < near[1] for other in raised) - 1
        weight = round(min(prompt.weight + 0.05 * max(more, 0), 1.0), 2)
        yield Prompt(prompt.kind, prompt.sort, prompt.start, prompt.end, weight)
