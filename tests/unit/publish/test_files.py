"""An edition's files: whole or not there, gone when withdrawn, never outside their folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from storybook.anonymise.draft import draft
from storybook.anonymise.edition import Edition, ForgedEdition
from storybook.publish.export import to_csv, to_json
from storybook.publish.files import ASIDE, EditionPage, remove, sweep, write
from tests.unit.anonymise.samples import VOCABULARY, a_story, an_edition, contact

PAGES: dict[str, EditionPage] = {"contacts.csv": to_csv, "edition.json": to_json}


def names(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_files_stand_under_slug_and_number(tmp_path: Path) -> None:
    edition = an_edition(number=2)
    folder = write(edition, tmp_path, PAGES)
    assert folder == tmp_path / "ann-and-bo" / "2"
    assert names(tmp_path) == ["ann-and-bo/2/contacts.csv", "ann-and-bo/2/edition.json"]
    assert (folder / "edition.json").read_text("utf-8") == edition.to_json()


def test_writing_again_replaces_the_whole_folder(tmp_path: Path) -> None:
    write(an_edition(), tmp_path, PAGES)
    write(an_edition(), tmp_path, {"edition.json": to_json})
    assert names(tmp_path) == ["ann-and-bo/1/edition.json"]


def test_what_fails_half_way_leaves_the_old_files_and_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(edition: Edition) -> bytes:
        raise RuntimeError

    write(an_edition(), tmp_path, {"edition.json": to_json})
    with pytest.raises(RuntimeError):
        write(an_edition(), tmp_path, {"a.csv": to_csv, "b.csv": breaks})
    assert names(tmp_path) == ["ann-and-bo/1/edition.json"]

    def full(descriptor: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write(an_edition(), tmp_path, PAGES)
    monkeypatch.undo()
    assert [name for name in names(tmp_path) if not name.startswith(ASIDE)] == ["ann-and-bo/1/edition.json"]
    assert sweep(tmp_path, {"ann-and-bo": frozenset({1})}) == ()
    assert names(tmp_path) == ["ann-and-bo/1/edition.json"]


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "/etc/x", "a\\b", ".hidden"])
def test_a_file_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        write(an_edition(), tmp_path, {name: to_json})
    assert names(tmp_path) == []


@pytest.mark.parametrize("slug", ["..", "a/b", "", "A", ".aside", "a\n"])
def test_nothing_outside_is_removed(tmp_path: Path, slug: str) -> None:
    with pytest.raises(ValueError, match="slug"):
        remove(tmp_path, slug)
    with pytest.raises(ValueError, match="numbered"):
        remove(tmp_path, "a", 0)


def test_a_withdrawn_edition_s_files_are_gone_and_the_others_stay(tmp_path: Path) -> None:
    for number in (1, 2, 11):
        write(an_edition(number=number), tmp_path, PAGES)
    (tmp_path / "ann-and-bo" / "notes").mkdir()
    assert remove(tmp_path, "ann-and-bo", 2) == 1
    assert remove(tmp_path, "ann-and-bo", 2) == 0
    assert sorted(path.name for path in (tmp_path / "ann-and-bo").iterdir()) == ["1", "11", "notes"]
    (tmp_path / "ann-and-bo" / "notes").rmdir()
    assert remove(tmp_path, "ann-and-bo") == 2
    assert not (tmp_path / "ann-and-bo").exists()
    assert remove(tmp_path, "never-there") == 0


def test_a_sweep_leaves_only_live_editions(tmp_path: Path) -> None:
    for number in (1, 2):
        write(an_edition(number=number), tmp_path, PAGES)
    (tmp_path / ASIDE / "half").mkdir(parents=True)
    (tmp_path / "Not a slug").mkdir()
    assert sweep(tmp_path, {"ann-and-bo": frozenset({2})}) == (tmp_path / "ann-and-bo" / "1",)
    assert sorted(path.name for path in tmp_path.iterdir()) == [ASIDE, "Not a slug", "ann-and-bo"]
    assert sweep(tmp_path, {}) == (tmp_path / "ann-and-bo" / "2",)
    assert sweep(tmp_path / "nowhere", {}) == ()


def test_only_a_released_edition_is_written(tmp_path: Path) -> None:
    forged: Any
    for forged in (
        draft(a_story(contact("2014-04")), VOCABULARY),
        an_edition().candidate,
        object.__new__(Edition),
        None,
    ):
        for door in (lambda e: write(e, tmp_path, PAGES), to_csv, to_json):
            with pytest.raises(ForgedEdition):
                door(forged)
    assert names(tmp_path) == []
