"""What was released stays readable: an edition stored by an earlier version is still the same edition."""

from __future__ import annotations

from pathlib import Path

from storybook.anonymise.edition import genuine, load

STORED = Path(__file__).parent / "stored" / "edition-1.json"
SHA256 = "b5f0003f11ec978d5db5f1d1c3044685262b3c0002050260b26e479a6c32ff90"


def test_an_edition_of_schema_version_1_is_read_as_it_was_released() -> None:
    # Given one of the examples, stored with contacts, gaps, tracks, episodes and counts in it. Red here means that
    # every edition of every home can't be shown any more: give the new shape a new schema_version, and read this one.
    edition = genuine(load(STORED.read_text(encoding="utf-8"), SHA256))
    assert edition.sha256 == SHA256
    assert edition.slug == "eighteen-and-out"
    assert edition.shown.caption == "11 agencies, 43 contacts, 16 months"
    assert [len(part) for part in (edition.shown.episodes, edition.shown.gaps, edition.shown.tracks)] == [
        5,
        5,
        2,
    ]
