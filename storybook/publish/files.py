"""An edition's files in a folder: there whole or not at all, and gone when it is withdrawn.

``ROOT/SLUG/N/…`` is written beside (in ``ROOT/.aside``), flushed to the disk, and put in place by one rename;
a reader sees the old folder, the new one or none, never half of one. What a crash leaves in ``.aside`` is
swept away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol
from uuid import uuid4

from ..anonymise.edition import Edition, genuine
from ..story.model import SLUG

ASIDE: Final = ".aside"


class EditionPage(Protocol):
    """Whatever makes one file of an edition: it is given an ``Edition`` and can be given nothing else."""

    def __call__(self, edition: Edition, /) -> bytes:
        """The file's content."""
        ...


def write(edition: Edition, root: Path, pages: Mapping[str, EditionPage]) -> Path:
    """Write ``pages`` (file name: what makes it) for ``edition`` under ``root`` and give back their folder.

    Writing it again replaces the whole folder. ``ForgedEdition`` if it was never released; ``ValueError`` for
    a file name that is more than a name.
    """
    genuine(edition)
    made = {_name(name): page(edition) for name, page in pages.items()}
    folder = _folder(root, edition.slug, edition.number)
    aside = _aside(root)
    for name, content in made.items():
        _write(aside / name, content)
    _flush_folder(aside)
    _put(root, aside, folder)
    return folder


def remove(root: Path, slug: str, number: int | None = None) -> int:
    """Take the files of one edition (of every edition of the story) away; how many folders were there.

    They are gone from their place by one rename each before anything is deleted.
    """
    story = _story(root, slug)
    folders = [_folder(root, slug, number)] if number is not None else list(_numbered(story))
    removed = [_take_away(root, folder) for folder in folders if folder.is_dir()]
    if story.is_dir() and not any(story.iterdir()):
        story.rmdir()
    return len(removed)


def sweep(root: Path, live: Mapping[str, frozenset[int]]) -> tuple[Path, ...]:
    """Take away what a crash left aside and every edition not ``live`` (slug: numbers); what was taken."""
    shutil.rmtree(root / ASIDE, ignore_errors=True)
    found = _every(root)
    taken = tuple(at for at in found if int(at.name) not in live.get(at.parent.name, frozenset()))
    for folder in taken:
        remove(root, folder.parent.name, int(folder.name))
    return taken


def _every(root: Path) -> list[Path]:
    stories = [story for story in sorted(root.glob("*")) if story.is_dir() and SLUG.fullmatch(story.name)]
    return [folder for story in stories for folder in _numbered(story)]


def _numbered(story: Path) -> Iterator[Path]:
    return (folder for folder in sorted(story.glob("*")) if folder.is_dir() and folder.name.isdecimal())


def _story(root: Path, slug: str) -> Path:
    if SLUG.fullmatch(slug) is None:
        raise ValueError("a story's folder is named by its slug")
    return root / slug


def _folder(root: Path, slug: str, number: int) -> Path:
    if number < 1:
        raise ValueError("editions are numbered from 1")
    return _story(root, slug) / str(number)


def _name(name: str) -> str:
    if not name or name.startswith(".") or Path(name).name != name or "\\" in name:
        raise ValueError("an edition's file has a plain name")
    return name


def _aside(root: Path) -> Path:
    folder = root / ASIDE / uuid4().hex
    folder.mkdir(parents=True)
    return folder


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make names in ``folder`` survive a power cut, where the system can (Windows opens no folders)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _put(root: Path, aside: Path, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.is_dir():
        _take_away(root, folder)
    aside.rename(folder)
    _flush_folder(folder.parent)


def _take_away(root: Path, folder: Path) -> Path:
    """Out of its place by one rename, then deleted."""
    grave = _aside(root) / folder.name
    folder.rename(grave)
    _flush_folder(folder.parent)
    shutil.rmtree(grave.parent)
    return folder
