"""Case notes of every desk, marked by hand: how much of what identifies is found, and what is taken for it wrongly."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.findings import Confidence, Kind, notes, scored
from storybook.anonymise import find_identifiers

CASE_NOTES = Path(__file__).parents[2] / "data" / "casenotes"


@pytest.mark.exam
@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("name", ["tune", "final", "workers", "voices"])
def test_nearly_all_that_identifies_directly_is_found_and_little_else(name: str, fast: bool) -> None:
    documents = notes(CASE_NOTES / f"{name}.jsonl")
    spans = {
        d.name: [
            (f.start, f.end)
            for f in find_identifiers(d.text, fast=fast)
            if f.confidence >= Confidence.POSSIBLE and f.kind is not Kind.LEGAL
        ]
        for d in documents
    }
    score = scored(documents, spans)
    assert score.share("direct found", "direct") >= 0.92
    assert score.share("near flagged", "near") <= 0.15


def test_every_mark_stands_on_what_it_marks_and_none_overlaps() -> None:
    for name in ("tune", "final", "workers", "voices", "voices_kept", "desks", "desks_kept"):
        for document in notes(CASE_NOTES / f"{name}.jsonl"):
            spans = sorted([*document.labels, *document.near])
            assert all(0 <= start < end <= len(document.text) for start, end in spans)
            assert all(document.text[slice(*span)].strip() for span in spans)
            assert all(one[1] <= other[0] for one, other in pairwise(spans))
