"""What stands in the way of publishing a candidate: the list that a person has to put right."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ..story.messages import Message
from .candidate import Candidate
from .dates.policy import RULES
from .detectors.findings import Finding, Placed
from .detectors.identifiers import find_all, find_direct
from .fields import Field, fields
from .shown import Grain


@dataclass(frozen=True, slots=True)
class Report:
    """The findings in one candidate, named by its hash. It says where they stand and never what they are."""

    candidate_sha256: str
    findings: tuple[Placed, ...]

    @property
    def blocking(self) -> bool:
        """Whether anything has to be put right first: every direct identifier and every date that betrays."""
        return bool(self.findings)

    @property
    def said(self) -> tuple[Message, ...]:
        """The findings as sentences, in reading order."""
        return tuple(finding.said for finding in self.findings)


#: How far into two neighbouring texts an identifier that is split over them can reach.
_REACH: Final = 40
_CUT_OFF: Final = re.compile(r"(?:\d|@)\w{0,3}\W{0,3}$")
_CARRIED_ON: Final = re.compile(r"\W{0,3}(?:\w{0,3}\d|[\w\-]+\.\w)")
#: Reports by their candidate's hash, the last ones made: each is asked for several times while people agree to it, and
#: holds nothing of the text.
_made: OrderedDict[str, Report] = OrderedDict()
_KEPT: Final = 64


def examine(candidate: Candidate) -> Report:
    """Look through everything that ``candidate`` shows.

    Direct identifiers are found in every text. Dates are found where they are finer than the policy's grain;
    under relative and shifted dates, every date of the calendar.
    """
    sha256 = candidate.sha256
    report = _made.get(sha256) or Report(sha256, tuple(_found(candidate)))
    _made[sha256] = report
    while len(_made) > _KEPT:
        _made.popitem(last=False)
    return report


def _found(candidate: Candidate) -> Iterator[Placed]:
    rule = RULES[candidate.manifest.policy]
    finer_than = rule.grain if rule.calendar else None
    before: Field | None = None
    for field in fields(candidate.shown):
        if before is not None:
            yield from _across(before, field)
        yield from _findings(field, finer_than)
        before = field if field.text else before


def _findings(field: Field, finer_than: Grain | None) -> Iterator[Placed]:
    hits = find_all(field.text, finer_than) if field.written else find_direct(field.text)
    return (_finding(field, hit) for hit in hits)


def _across(before: Field, field: Field) -> Iterator[Placed]:
    """Identifiers that begin at the end of one text and end at the beginning of the next."""
    tail, head = before.text[-_REACH:], field.text[:_REACH]
    if not (_CUT_OFF.search(tail) and _CARRIED_ON.match(head)):
        return
    for between in (" ", ""):
        edge = len(tail) + len(between)
        for hit in find_direct(tail + between + head):
            if hit.start < len(tail) and hit.end > edge:
                yield _finding(field, replace(hit, start=0, end=hit.end - edge))
                return


def _finding(field: Field, hit: Finding) -> Placed:
    return Placed(hit.what, hit.start, hit.end, hit.confidence, field.where)
