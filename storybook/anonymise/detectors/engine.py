"""Everything in a text that may identify somebody: patterns, lists, the model, and each name carried through it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Final

from ..kept import keeps_texts
from . import (
    about,
    addresses,
    chats,
    codes,
    date_texts,
    days,
    initials,
    legal,
    references,
    spaced_codes,
    told_names,
)
from .codes import Match
from .findings import DIRECT, Confidence, Finding, Kind, What
from .names import Names
from .no_ones import no_ones
from .people import People
from .places import Places
from .scripts import in_other_scripts
from .stretches import Stretches
from .tokens import Token, tokens
from .views import View, parts
from .words import words

_DIRECT_FIRST: Final = (*codes.DETECTORS, date_texts.birth_dates)
_PATTERNS: Final = (
    *references.DETECTORS,
    *addresses.DETECTORS,
    *about.DETECTORS,
    *days.DETECTORS,
    *legal.DETECTORS,
    *initials.DETECTORS,
    *chats.DETECTORS,
    *spaced_codes.DETECTORS,
    *told_names.DETECTORS,
)
#: Kinds whose findings make one where they overlap: "Hope House in Leeds" is one thing to decide on.
_GROUPED: Final = frozenset(
    {Kind.PERSON, Kind.PLACE, Kind.ORG, Kind.DEMOGRAPHIC, Kind.QUANTITY, Kind.AGE, Kind.DATE}
)

#: In letters: what was read of a longer text is too much to keep many of.
_LONG_TEXT: Final = 20_000


def find_identifiers(text: str, *, known: Names | None = None, fast: bool = False) -> list[Finding]:
    """What in ``text`` may identify somebody, in the order it stands in.

    ``known``: names the story has already, carried through the text in all their forms; its agencies and pseudonyms are
    left alone. ``fast`` leaves the language model out: milliseconds, for use while somebody types. Spans count
    code points of ``text``. Rare facts, which no list holds, come from ``find_prompts``; what is
    fainter than possible, from ``hints``.
    """
    return list(_found(text, known or Names(), fast))


def read_ahead(texts: Iterable[str]) -> None:
    """Has the language model look at many texts together, ahead of ``find_identifiers``: half the time for each."""
    from .model import read_ahead as look_at  # noqa: PLC0415 - spaCy takes seconds to load, and only this needs it

    look_at(r.view.text for text in texts if len(text) < _LONG_TEXT for r in _readings(text))


@lru_cache(maxsize=8192)
def _found(text: str, known: Names, fast: bool) -> tuple[Finding, ...]:
    readings = _readings(text)
    whole = readings[0].view
    found = {f for reading in readings for f in _patterns(reading.view)}
    found.update(_finding(whole, match) for match in references.files(whole.text))
    for reading in readings:
        found.update(reading.named())
    if not fast:
        found.update(f for reading in readings for f in reading.modelled())
    for tier in reversed(Confidence):
        alike = [f for f in found if f.confidence is tier]
        everyone = (known if tier is Confidence.CERTAIN else Names()).with_found(text, alike)
        found.update(f for reading in readings for f in reading.carried(everyone, tier))
    spared = Stretches(span for reading in readings for span in reading.spared(known))
    left = [f for f in (_whole(text, f) for f in found) if not (_may_be_spared(f) and spared.hold(f))]
    scripts = (f for f in _other_scripts(text) if not spared.hold(f))
    return tuple(beside(text, resolved(left), scripts))


def carry(text: str, names: Names, known: Names) -> list[Finding]:
    """Where names that were found elsewhere in a story stand in ``text``, in any form; ``known`` as for the search."""
    readings = _readings(text)
    found = {_whole(text, f) for reading in readings for f in reading.carried(names, Confidence.CERTAIN)}
    if not found:
        return []
    spared = Stretches(span for reading in readings for span in reading.spared(known))
    return resolved(f for f in found if not spared.hold(f))


def _whole(text: str, finding: Finding) -> Finding:
    """A finding with the accents on its last letter, and a name with the year that is written onto it."""
    end = finding.end
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    if finding.what is What.PERSON:
        while end < len(text) and text[end].isdecimal():
            end += 1
    return finding if end == finding.end else replace(finding, end=end)


def _other_scripts(text: str) -> Iterator[Finding]:
    if not text.isascii():
        for start, end in in_other_scripts(text):
            yield Finding(What.OTHER_SCRIPT, start, end, Confidence.POSSIBLE)


def beside(text: str, found: list[Finding], fainter: Iterable[Finding]) -> list[Finding]:
    """``found`` and what of the fainter findings it leaves over: pieces with a letter or a digit in them."""
    taken = bytearray(len(text))
    for finding in found:
        taken[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
    more: list[Finding] = []
    for finding in fainter:
        for piece in _FREE.finditer(taken, finding.start, finding.end):
            words_in = _SAYS.search(text, *piece.span())
            if words_in:
                end = piece.start() + len(text[slice(*piece.span())].rstrip())
                more.append(replace(finding, start=words_in.start(), end=end))
                taken[piece.start() : piece.end()] = b"\1" * (piece.end() - piece.start())
    return sorted([*found, *more], key=lambda f: (f.start, f.end, f.what)) if more else found


_FREE: Final = re.compile(rb"\0+")
_SAYS: Final = re.compile(r"[^\W_]")


def _may_be_spared(finding: Finding) -> bool:
    return finding.kind in (Kind.PERSON, Kind.PLACE, Kind.ORG) and finding.what not in DIRECT


def _patterns(view: View) -> Iterator[Finding]:
    for detector in (*_DIRECT_FIRST, *_PATTERNS):
        for match in detector(view.text):
            yield _finding(view, match)


def _finding(view: View, match: Match) -> Finding:
    what, start, end, confidence = match
    return Finding(what, *view.span(start, end), confidence)


class _Reading:
    """One view of a text as words."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._tokens: list[Token] = tokens(view.text)
        self._places = Places(words(), self._tokens, view.text)

    def named(self) -> Iterator[Finding]:
        """Names by lists and by the words around them."""
        for match in (*People(words(), self._tokens, self.view.text).matches(), *self._places.matches()):
            yield _finding(self.view, match)

    def modelled(self) -> Iterator[Finding]:
        """Names by the language model."""
        from .model import entities  # noqa: PLC0415 - spaCy takes seconds to load, and only this needs it

        for match in entities(self.view.text, self._tokens):
            yield _finding(self.view, match)

    def carried(self, everyone: Names, at_most: Confidence) -> Iterator[Finding]:
        """Names found anywhere, wherever else they stand; no surer than they were there."""
        for what, start, end, confidence in everyone.matches(self._tokens):
            yield _finding(self.view, (what, start, end, min(confidence, at_most)))

    def spared(self, known: Names) -> Iterator[tuple[int, int]]:
        """Where one of the story's own agencies or pseudonyms stands, a nationwide body, or a law by its name."""
        for span in (*known.own(self._tokens), *self._of_all):
            yield self.view.span(*span)

    @cached_property
    def _of_all(self) -> list[tuple[int, int]]:
        return [*self._places.nationwide(), *no_ones(self.view.text)]


def _readings(text: str) -> tuple[_Reading, ...]:
    """The views of a text, read once; of long texts only the last one is kept."""
    return _short_read(text) if len(text) < _LONG_TEXT else _long_read(text)


@lru_cache(maxsize=4096)
def _short_read(text: str) -> tuple[_Reading, ...]:
    return tuple(map(_Reading, parts(text)))


_long_read: Final = lru_cache(maxsize=1)(_short_read.__wrapped__)
keeps_texts(_found, _short_read, _long_read)


def resolved(found: Iterable[Finding]) -> list[Finding]:
    """Findings in their order: those of one sort that overlap made one, none inside another."""
    kept: list[Finding] = []
    for cluster in _clusters(found):
        kept.extend(_settled(cluster))
    return sorted(kept, key=lambda f: (f.start, f.end, f.what))


def _clusters(found: Iterable[Finding]) -> Iterator[list[Finding]]:
    cluster: list[Finding] = []
    reach = 0
    for finding in sorted(found, key=lambda f: (f.start, -f.end, f.what)):
        if cluster and finding.start >= reach:
            yield cluster
            cluster, reach = [], 0
        cluster.append(finding)
        reach = max(reach, finding.end)
    if cluster:
        yield cluster


def _settled(cluster: list[Finding]) -> list[Finding]:
    """Direct identifiers first, then names that overlap as one, then what the law asks about."""
    direct = _longest(f for f in cluster if _stands_alone(f))
    names = _merged([f for f in cluster if f.kind in _GROUPED and not _stands_alone(f)])
    kept = direct + [f for f in names if not any(_inside(f, d) for d in direct)]
    return kept + _longest(f for f in cluster if f.kind is Kind.LEGAL)


def _stands_alone(finding: Finding) -> bool:
    return finding.what in DIRECT or finding.kind in (Kind.CODE, Kind.CONTACT)


def _longest(found: Iterable[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: (-f.confidence, f.start - f.end, _RANK[f.what], f.start)):
        if not any(_inside(finding, other) for other in kept):
            kept.append(finding)
    return [
        f
        for f in kept
        if not any(f is not o and _inside(f, o) and o.confidence >= Confidence.LIKELY for o in kept)
    ]


def _inside(one: Finding, other: Finding) -> bool:
    return other.start <= one.start and one.end <= other.end


def _merged(found: list[Finding]) -> list[Finding]:
    """Overlapping names as one finding: the longest's kind, the surest's confidence."""
    groups: list[list[Finding]] = []
    reach = 0
    for finding in sorted(found, key=lambda f: (f.start, -f.end)):
        if groups and finding.start < reach:
            groups[-1].append(finding)
        else:
            groups.append([finding])
        reach = max(reach, finding.end)
    return [_one(group) for group in groups]


def _one(group: list[Finding]) -> Finding:
    start, end = min(f.start for f in group), max(f.end for f in group)
    sure = max(f.confidence for f in group)
    best = max(group, key=lambda f: (f.end - f.start, f.confidence, -_RANK[f.what]))
    return Finding(best.what, start, end, sure)


#: Of two findings alike in one place, the one that is named first here is kept.
_RANK: Final = {
    what: rank
    for rank, what in enumerate(
        (
            What.EMAIL,
            What.NHS_NUMBER,
            What.NI_NUMBER,
            What.PHONE,
            What.BIRTH_DATE,
            What.POSTCODE,
            What.BANK,
            What.PRISON_NUMBER,
            What.COURT_NUMBER,
            What.POLICE_NUMBER,
            What.PLATE,
            What.ADDRESS,
            What.DATE,
            *(w for w in What if w not in (What.REFERENCE, What.LINK, What.DATE, What.ADDRESS)),
            What.REFERENCE,
            What.LINK,
        )
    )
}
