"""What leads straight to one person, and dates: what blocks a release whatever people decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from ..kept import keeps_texts
from ..shown import Grain
from . import addresses, codes, date_texts, references
from .findings import DIRECT, Confidence, Finding, What
from .views import View, views

#: Of two hits in one place with equal confidence, the one named first here is kept.
_RANK: Final = {
    What.EMAIL: 0,
    What.NHS_NUMBER: 1,
    What.NI_NUMBER: 2,
    What.PHONE: 3,
    What.BIRTH_DATE: 4,
    What.POSTCODE: 5,
    What.BANK: 6,
    What.PRISON_NUMBER: 7,
    What.COURT_NUMBER: 8,
    What.POLICE_NUMBER: 9,
    What.PLATE: 10,
    What.HANDLE: 11,
    What.ADDRESS: 12,
    What.DATE: 13,
}

_DETECTORS: Final = (
    *codes.DETECTORS,
    date_texts.birth_dates,
    *references.DETECTORS,
    *addresses.DETECTORS,
)


def find_direct(text: str) -> list[Finding]:
    """Direct identifiers in ``text``, in the order they stand in, none inside another."""
    return [f for f in _kept(f for view in views(text) for f in _direct(view)) if f.blocks]


def find_dates(text: str, finer_than: Grain | None) -> list[Finding]:
    """Calendar dates in ``text`` told more finely than a grain (``None``: all of them)."""
    return _kept(
        _hit(view, *match) for view in views(text) for match in date_texts.dates(view.text, finer_than)
    )


def find_all(text: str, finer_than: Grain | None) -> list[Finding]:
    """Direct identifiers and dates together; a date of birth is not told twice."""
    return list(_found(text, finer_than))


@lru_cache(maxsize=4096)
def _found(text: str, finer_than: Grain | None) -> tuple[Finding, ...]:
    # A candidate is looked through at every step from review to release, and its texts are the same each time.
    return tuple(_kept([*find_direct(text), *find_dates(text, finer_than)]))


def _direct(view: View) -> Iterator[Finding]:
    for detector in _DETECTORS:
        for match in detector(view.text):
            if match[0] in DIRECT:
                yield _hit(view, *match)


def _hit(view: View, what: What, start: int, end: int, confidence: Confidence) -> Finding:
    return Finding(what, *view.span(start, end), confidence)


def _kept(hits: Iterable[Finding]) -> list[Finding]:
    """Findings of one sort that overlap made one; of different sorts in one place, only the surer one."""
    return [hit for cluster in _clusters(hits) for hit in _resolved(cluster)]


def _clusters(hits: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Findings that overlap, or overlap with one that does, together; in the order they stand in."""
    cluster: list[Finding] = []
    reach = 0
    for hit in sorted(set(hits), key=lambda h: (h.start, h.end, h.what)):
        if cluster and hit.start >= reach:
            yield cluster
            cluster = []
        cluster.append(hit)
        reach = max(reach, hit.end) if len(cluster) > 1 else hit.end
    if cluster:
        yield cluster


def _resolved(cluster: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for hit in sorted(cluster, key=lambda h: (-h.confidence, _RANK[h.what], h.start - h.end, h.start)):
        alike = (i for i, other in enumerate(kept) if other.what is hit.what and _overlap(other, hit))
        same = next(alike, None)
        if same is not None:
            kept[same] = _union(kept[same], hit)
        elif not any(other.start <= hit.start and hit.end <= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _union(one: Finding, other: Finding) -> Finding:
    return Finding(one.what, min(one.start, other.start), max(one.end, other.end), one.confidence)


keeps_texts(_found)
