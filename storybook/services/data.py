"""Agencies' rows in, safe counts out; both for analysts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from uuid import UUID, uuid5

from ..linked.count import Counts, count
from ..linked.datasets import open_dataset
from ..linked.load import LoadReport, Progress, load
from ..linked.mapping import About, ColumnMapping
from .access import check
from .context import Context
from .permissions import Action, Actor, may

#: Datasets have names, not ids; an audit line gets the name's UUIDv5 under this one.
_NAMES = UUID("0192f0c4-7e5c-7cc0-9d0b-2f1f5a6f7a10")


def load_data(
    ctx: Context,
    actor: Actor,
    name: str,
    files: Sequence[Path],
    mapping: ColumnMapping,
    *,
    about: About | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> LoadReport:
    """Loads ``files`` as the new version of the dataset ``name``; all or nothing, Problems tell everything wrong."""
    check(may(actor, Action.LOAD_DATA), actor)
    report = load(ctx.data_root, name, files, mapping, ctx.clock, progress, about)
    with ctx.unit(actor) as unit:
        unit.audit("load data", dataset_id(name))
    return report


def count_data(
    ctx: Context,
    actor: Actor,
    name: str,
    *,
    by: Sequence[str] = ("agency", "quarter"),
    where: Iterable[tuple[str, str]] = (),
    of: str = "people",
) -> Counts:
    """A table of safe counts: figures, never bare numbers."""
    check(may(actor, Action.COUNT_DATA), actor)
    return count(open_dataset(ctx.data_root, name), by, tuple(where), of, vocabulary=ctx.vocabulary)


def dataset_id(name: str) -> UUID:
    """What an audit line calls a dataset."""
    return uuid5(_NAMES, name)
