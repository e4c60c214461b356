"""Agencies' rows in, safe counts out; both for analysts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from ...linked.asking.count import Counts, count
from ...linked.dataset.datasets import known_datasets, stored_dataset
from ...linked.dataset.manifest import Manifest
from ...linked.dataset.mapping import About, ColumnMapping, Wishes
from ...linked.loading.identifiers import holds_identifier
from ...linked.loading.load import LoadReport, Progress, load
from ...store.tables import KeptColumnRow
from ...story.clock import today
from ...story.ids import new_id
from ...story.messages import message
from ...story.problems import Problem, Problems
from ..access import check
from ..context import Context
from ..errors import NotFound
from ..permissions import Action, Actor, may
from .datasets import dataset_id, link_key, opened
from .rows_server import sweep_server


def load_data(
    ctx: Context,
    actor: Actor,
    name: str,
    files: Sequence[Path],
    mapping: ColumnMapping,
    *,
    about: About | None = None,
    wishes: Wishes | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> LoadReport:
    """Loads ``files`` as the new version of the dataset ``name``; all or nothing, Problems tell everything wrong.

    A reason for keeping a column that looks like an identifier is written to the audit trail before anything is read.
    With ``wishes.publish`` off nothing is kept: the report says what would come in.
    """
    check(may(actor, Action.LOAD_DATA), actor)
    wishes = wishes or Wishes()
    _check(wishes, today(ctx.clock))
    if wishes.publish and wishes.keep:
        _give_reasons(ctx, actor, name, wishes.keep)
    linked = bool(wishes.terms.partner)
    told = wishes.model_copy(update={"link_key": link_key(ctx, name) if linked else ""})
    report = load(ctx.data_root, name, files, mapping, ctx.clock, progress, about, told)
    if wishes.publish:
        with ctx.unit(actor) as unit:
            unit.audit("load data", dataset_id(name))
        sweep_server(ctx)  # what the server has is no longer the dataset's
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
    dataset = opened(ctx, name)
    return count(dataset, by, tuple(where), of, vocabulary=ctx.vocabulary)


def list_datasets(ctx: Context, actor: Actor) -> tuple[Manifest, ...]:
    """What every dataset says of itself; those whose agreement has ended too."""
    check(may(actor, Action.COUNT_DATA), actor)
    return known_datasets(ctx.data_root)


def rejects_of(ctx: Context, actor: Actor, name: str) -> bytes:
    """The list of rows that the newest version left out (CSV: file, line, column, reason). Raises NotFound if none."""
    check(may(actor, Action.LOAD_DATA), actor)
    dataset = stored_dataset(ctx.data_root, name)
    path = dataset.folder / "rejects.csv" if dataset else None
    if path is None or not path.is_file():
        raise NotFound(message("No rows were left out."))
    return path.read_bytes()


def _check(wishes: Wishes, day: dt.date) -> None:
    problems = [
        Problem(
            message("a reason holds something that says who somebody is"),
            message("give the reason without it"),
            "keep",
            None,
            heading,
        )
        for heading, reason in wishes.keep.items()
        if holds_identifier(reason)
    ]
    if wishes.terms.ends is not None and wishes.terms.ends < day:
        what = message("this agreement has ended already, on {day}", day=str(wishes.terms.ends))
        problems.append(Problem(what, message("give a day to come"), "ends"))
    if wishes.mode != "replace" and not wishes.terms.partner:
        what = message("it is not said which partner gave these rows")
        problems.append(Problem(what, message("name the partner"), "partner"))
    if problems:
        raise Problems(problems)


def _give_reasons(ctx: Context, actor: Actor, name: str, keep: Mapping[str, str]) -> None:
    with ctx.unit(actor) as unit:
        for heading, reason in keep.items():
            unit.session.add(
                KeptColumnRow(
                    id=new_id(),
                    at=ctx.clock.now(),
                    actor_id=actor.id,
                    dataset=name,
                    heading=heading[:200],
                    reason=reason.strip()[:2000],
                )
            )
            unit.audit("keep a column that identifies", dataset_id(name))
