"""Finding what identifies a person directly, in one text or in everything that a candidate shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from . import codes, date_texts
from .findings import Confidence, Hit, What
from .shown import Grain
from .views import View, views

#: Of two hits in one place with equal confidence, the one named first here is kept.
_RANK: Final = {
    What.EMAIL: 0,
    What.NHS_NUMBER: 1,
    What.NI_NUMBER: 2,
    What.PHONE: 3,
    What.BIRTH_DATE: 4,
    What.POSTCODE: 5,
    What.DATE: 6,
}


def find_identifiers(text: str) -> list[Hit]:
    """Direct identifiers in ``text``, in the order they stand in, none inside another."""
    return _kept(hit for view in views(text) for hit in _direct(view))


def find_dates(text: str, finer_than: Grain | None) -> list[Hit]:
    """Calendar dates in ``text`` told more finely than a grain (``None``: all of them)."""
    return _kept(
        _hit(view, *match) for view in views(text) for match in date_texts.dates(view.text, finer_than)
    )


def find_all(text: str, finer_than: Grain | None) -> list[Hit]:
    """Direct identifiers and dates together; a date of birth is not told twice."""
    return list(_found(text, finer_than))


@lru_cache(maxsize=4096)
def _found(text: str, finer_than: Grain | None) -> tuple[Hit, ...]:
    # A candidate is looked through at every step from review to release, and its texts are the same each time.
    return tuple(_kept([*find_identifiers(text), *find_dates(text, finer_than)]))


def _direct(view: View) -> Iterator[Hit]:
    for detector in (*codes.DETECTORS, date_texts.birth_dates):
        for match in detector(view.text):
            yield _hit(view, *match)


def _hit(view: View, what: What, start: int, end: int, confidence: Confidence) -> Hit:
    return Hit(what, *view.span(start, end), confidence)


def _kept(hits: Iterable[Hit]) -> list[Hit]:
    """Hits of one sort that overlap made one; of different sorts in one place, only the surer one."""
    return [hit for cluster in _clusters(hits) for hit in _resolved(cluster)]


def _clusters(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Hits that overlap, or overlap with one that does, together; in the order they stand in."""
    cluster: list[Hit] = []
    reach = 0
    for hit in sorted(set(hits), key=lambda h: (h.start, h.end, h.what)):
        if cluster and hit.start >= reach:
            yield cluster
            cluster = []
        cluster.append(hit)
        reach = max(reach, hit.end) if len(cluster) > 1 else hit.end
    if cluster:
        yield cluster


def _resolved(cluster: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(cluster, key=lambda h: (-h.confidence, _RANK[h.what], h.start - h.end, h.start)):
        alike = (i for i, other in enumerate(kept) if other.what is hit.what and _overlap(other, hit))
        same = next(alike, None)
        if same is not None:
            kept[same] = _union(kept[same], hit)
        elif not any(other.start <= hit.start and hit.end <= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


def _union(one: Hit, other: Hit) -> Hit:
    return Hit(one.what, min(one.start, other.start), max(one.end, other.end), one.confidence)
