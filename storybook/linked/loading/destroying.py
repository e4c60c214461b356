"""Rows that go for good: those whose agreement has ended, or all of a dataset.

What stays is another version, made of the rows of partners whose agreements go on, or of no rows at all; the versions
before it are gone at once. Its manifest still says what was ever brought in: the ledger knows what numbers left.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from ...story.clock import Clock, today
from ..dataset.changes import changes
from ..dataset.datasets import Dataset, NewVersion, check_name, new_version, stored_dataset
from ..dataset.engine import engine
from ..dataset.manifest import Manifest
from .parts import Past
from .writing import write


def destroy(root: Path, name: str, clock: Clock) -> bool:
    """Destroys all rows of the dataset ``name``; False if there are none. Raises Problems while somebody loads it."""
    return _replace(root, name, clock, None)


def destroy_ended(root: Path, name: str, clock: Clock, key: str) -> bool:
    """Destroys the rows of ``name`` whose agreement has ended; False if there are none.

    ``key`` is the dataset's key for the marks of people (see ``parts``). Raises Problems while somebody loads it.
    """
    return _replace(root, name, clock, key)


def _replace(root: Path, name: str, clock: Clock, key: str | None) -> bool:
    """Puts what stays in the place of what is there; without a ``key`` nothing stays."""
    if not _gone(stored_dataset(root, check_name(name)), clock, key):
        return False
    with new_version(root, name, clock.now()) as new:
        old = stored_dataset(root, name)
        gone = _gone(old, clock, key)
        if old is None or not gone:
            return False
        stays = key is not None and len(gone) < len(old.manifest.parts)
        manifest = (
            _without(new, old, gone, key or "")
            if stays
            else old.manifest.model_copy(update={"version": new.name, "destroyed": today(clock)})
        )
        new.publish(manifest, alone=True)
    return True


def _gone(dataset: Dataset | None, clock: Clock, key: str | None) -> tuple[int, ...]:
    """The numbers of the parts whose rows have to go; 0 stands for the rows of a dataset that has no parts."""
    if dataset is None or dataset.manifest.destroyed:
        return ()
    manifest = dataset.manifest
    if key is None:
        return tuple(part.number for part in manifest.parts) or (0,)
    return tuple(part.number for part in manifest.ended(today(clock)))


def _without(new: NewVersion, old: Dataset, gone: tuple[int, ...], key: str) -> Manifest:
    """Writes the rows that stay, people numbered anew, as a load does that brings nothing."""
    before = old.manifest
    with engine(new.work / "spill") as connection:
        _nothing_comes(connection)
        past = Past(connection, key, old, out=gone, gone=(dt.date.min, dt.date.max))
        mapping = before.mapping.model_copy(update={"needs": ()})
        written = write(connection, new.files, mapping, (), before.about, past, lambda _: None)
        parts = past.parts(new.files)
    told = before.model_copy(
        update={
            **vars(written),
            "version": new.name,
            "sources": parts[-1].sources,
            "mapping": parts[-1].mapping,
            "parts": parts,
            "ever": before.given,
        }
    )
    return told.model_copy(update={"changes": changes(before, told)})


def _nothing_comes(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE marks (person VARCHAR, who INTEGER)")
    connection.execute("CREATE TABLE incoming (who INTEGER, day DATE, agency VARCHAR)")
