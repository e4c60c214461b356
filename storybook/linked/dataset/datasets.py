"""Datasets on disk: immutable versions, and a pointer that is swapped in one step.

    ROOT/NAME/CURRENT                    the version that readers see, and the one before it
    ROOT/NAME/VERSION/contacts.parquet   person, date, agency, kind, place, age_band, gender, part
    ROOT/NAME/VERSION/needs.parquet      person, need
    ROOT/NAME/VERSION/quarters.parquet   people and contacts by agency and quarter, added up (see ``quarters``)
    ROOT/NAME/VERSION/by_quarter.parquet quarter, agency, person, made
    ROOT/NAME/VERSION/manifest.json
    ROOT/NAME/VERSION/rejects.csv        rows that were left out: file, line, column, reason; never a value
    ROOT/NAME/VERSION/link/*.parquet     only where a partner's rows are to be added to later (see ``parts``)

``person`` is a number made up for one version and nothing else: the ids that agencies gave are not kept. A
reader opens what ``CURRENT`` names, so it sees the old version or the new one, never something between. A
version being written lies in ``.new-…``, which nobody reads; what a killed load left there goes when the next
load begins.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ...story.clock import SystemClock, today
from ...story.messages import message
from ...story.problems import Problem, Problems
from .connections import Server
from .kin import related
from .locking import Busy, locked
from .manifest import Manifest, Part, Source

__all__ = [
    "Dataset",
    "Manifest",
    "Part",
    "Source",
    "dataset_names",
    "known_datasets",
    "new_version",
    "open_dataset",
]

NAME: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_VERSION: Final = re.compile(r"[0-9]{8}T[0-9]{6}[0-9]{6}Z-[0-9a-f]{8}")
#: Names that Windows keeps for itself.
_DEVICES: Final = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


@dataclass(frozen=True)
class Dataset:
    """One version of a dataset, to be asked through ``count`` and ``demand``; it never changes.

    ``server`` may hold the same version, and is asked first.
    """

    folder: Path
    manifest: Manifest
    server: Server | None = field(default=None, compare=False)

    @property
    def contacts(self) -> str:
        """Where the contacts are, for DuckDB."""
        return str(self.folder / "contacts.parquet")

    @property
    def needs(self) -> str:
        """Where people's needs are, for DuckDB."""
        return str(self.folder / "needs.parquet")


def check_name(name: str) -> str:
    """``name`` if a dataset may be called so; raises Problems. Nothing that passes can leave its folder."""
    if NAME.fullmatch(name) and len(name) <= 80 and name not in _DEVICES:
        return name
    what = message('"{name}" can\'t be the name of a dataset', name=name[:80])
    instead = message("use small letters and numbers with hyphens between, such as police-2017")
    raise Problems([Problem(what, instead)])


def open_dataset(root: Path, name: str, on: dt.date | None = None) -> Dataset:
    """The current version of the dataset ``name`` under ``root``.

    Raises Problems if there is none, and from the day after an agreement in it has ended: then nothing may be asked
    of it. ``on`` is the day of asking, today in London unless said.
    """
    dataset = stored_dataset(root, name)
    if dataset is None:
        there = ", ".join(dataset_names(root, on)) or "-"
        what = message('there is no dataset called "{name}"', name=name)
        raise Problems([Problem(what, message("load it first, or use one of: {names}", names=there))])
    if not dataset.manifest.answers(_day(on)):
        raise Problems([_ended(dataset.manifest)])
    others = (one for one in stored_manifests(root) if one.name != name)
    return Dataset(dataset.folder, related([dataset.manifest, *others])[0])


def stored_dataset(root: Path, name: str) -> Dataset | None:
    """The current version as it was written, whether it may be asked or not: for bringing rows in."""
    folder = root / check_name(name)
    version = _current(folder)
    if version is None:
        return None
    text = (folder / version / "manifest.json").read_text(encoding="utf-8")
    return Dataset(folder / version, Manifest.model_validate_json(text))


def dataset_names(root: Path, on: dt.date | None = None) -> tuple[str, ...]:
    """The names of all datasets under ``root`` that may be asked on the day ``on`` (today), in order."""
    return tuple(one.name for one in known_datasets(root) if one.answers(_day(on)))


def known_datasets(root: Path) -> tuple[Manifest, ...]:
    """What every dataset under ``root`` says of itself, with its kin, by name; those that have ended too."""
    return related(stored_manifests(root))


def stored_manifests(root: Path) -> tuple[Manifest, ...]:
    """The same as they were written: nothing in them says which of them are kin."""
    if not root.is_dir():
        return ()
    names = sorted(path.name for path in root.iterdir() if NAME.fullmatch(path.name))
    found = (stored_dataset(root, name) for name in names if name not in _DEVICES and len(name) <= 80)
    return tuple(dataset.manifest for dataset in found if dataset is not None)


def _day(on: dt.date | None) -> dt.date:
    return today(SystemClock()) if on is None else on


def _ended(manifest: Manifest) -> Problem:
    if manifest.destroyed and (
        manifest.agreement_ends is None or manifest.destroyed <= manifest.agreement_ends
    ):
        what = message(
            'the rows of "{name}" were destroyed on {day}', name=manifest.name, day=str(manifest.destroyed)
        )
        return Problem(what, message("load them again if you may"))
    what = message(
        'the agreement for "{name}" ended on {day}, so nothing may be asked of it',
        name=manifest.name,
        day=str(manifest.agreement_ends),
    )
    return Problem(what, message("load it again under a new agreement"))


def _pointer(folder: Path) -> list[str]:
    """The versions that ``CURRENT`` names: the one that readers see first, then the one before it."""
    try:
        lines = (folder / "CURRENT").read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return []
    return [
        line for line in lines if _VERSION.fullmatch(line) and (folder / line / "manifest.json").is_file()
    ]


def _current(folder: Path) -> str | None:
    return next(iter(_pointer(folder)), None)


@dataclass(frozen=True)
class NewVersion:
    """A version being written: its files go into ``files``, whatever else is needed meanwhile into ``work``."""

    name: str
    _folder: Path

    @property
    def files(self) -> Path:
        """What becomes the version."""
        return self._folder / f".new-{self.name}" / "version"

    @property
    def work(self) -> Path:
        """What goes when the load ends, whichever way it ends: copies of rows with the ids that were given."""
        return self._folder / f".new-{self.name}" / "work"

    def publish(self, manifest: Manifest, *, alone: bool = False) -> Dataset:
        """Makes it the current one: everything on the disk first, then the folder's name, then the pointer.

        ``alone``: the version before it goes at once, whoever is reading it.
        """
        text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1)
        (self.files / "manifest.json").write_text(text + "\n", encoding="utf-8")
        for path in (*self.files.iterdir(), self.files):
            _to_disk(path)
        final = self._folder / self.name
        self.files.replace(final)
        _to_disk(self._folder)
        _point(self._folder, self.name, *(() if alone else _pointer(self._folder)[:1]))
        _sweep(self._folder, spare=f".new-{self.name}")
        return Dataset(final, manifest)


@contextmanager
def new_version(root: Path, name: str, moment: dt.datetime) -> Iterator[NewVersion]:
    """A new version of the dataset ``name``, to be written and published inside the block.

    Whatever ends the block before that leaves nothing. One load of a name at a time: a second one raises Problems.
    """
    folder = root / check_name(name)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with locked(folder / ".lock"):
            _sweep(folder)
            new = NewVersion(f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}-{os.urandom(4).hex()}", folder)
            try:
                for path in (new.files, new.work):
                    path.mkdir(parents=True, mode=0o700)
                yield new
            finally:
                shutil.rmtree(new.work.parent, ignore_errors=True)
                _drop_if_unused(folder)
    except Busy:
        what = message('the dataset "{name}" is being loaded by somebody else', name=name)
        raise Problems([Problem(what, message("wait until that load is finished"))]) from None


def _point(folder: Path, *versions: str) -> None:
    """Swaps ``CURRENT`` in one step."""
    pointer = folder / ".new-CURRENT"
    pointer.write_text("\n".join(versions) + "\n", encoding="ascii")
    _to_disk(pointer)
    pointer.replace(folder / "CURRENT")
    _to_disk(folder)


def _sweep(folder: Path, spare: str = "") -> None:
    """Removes what killed loads left, and all versions but the current one and the one before it."""
    for path in (path for path in folder.glob(".new-*") if path.name != spare):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    kept = set(_pointer(folder))
    for path in folder.iterdir():
        if _VERSION.fullmatch(path.name) and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _drop_if_unused(folder: Path) -> None:
    """No folder stays for a dataset that never came to be."""
    if _current(folder) is None and {path.name for path in folder.iterdir()} <= {".lock"}:
        shutil.rmtree(folder, ignore_errors=True)


def _to_disk(path: Path) -> None:
    """fsync, of a folder too where the system can."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
