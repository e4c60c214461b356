"""Destroying rows: when their agreement has ended, or because somebody asks for it. The ledger stays."""

from __future__ import annotations

from ...linked.dataset.datasets import stored_dataset, stored_manifests
from ...linked.loading.destroying import destroy, destroy_ended
from ...story.clock import today
from ...story.messages import message
from ...story.problems import Problems
from ..access import check
from ..context import Context
from ..errors import NotFound
from ..permissions import Action, Actor, may
from .datasets import dataset_id, link_key
from .rows_server import sweep_server


def destroy_rows(ctx: Context, actor: Actor, name: str) -> None:
    """Destroys all rows of a dataset, here and on the server; what it told stays in the ledger.

    Raises NotFound where there are none, Problems while somebody loads it.
    """
    check(may(actor, Action.LOAD_DATA), actor)
    if stored_dataset(ctx.data_root, name) is None or not destroy(ctx.data_root, name, ctx.clock):
        raise NotFound(message("There are no rows under that name."))
    _note(ctx, actor, name)
    sweep_server(ctx)


def sweep_ended(ctx: Context) -> int:
    """Destroys rows whose agreement has ended; of how many datasets. What is being loaded waits for the next look."""
    count = 0
    day = today(ctx.clock)
    for name in sorted(one.name for one in stored_manifests(ctx.data_root) if one.ended(day)):
        try:
            gone = destroy_ended(ctx.data_root, name, ctx.clock, link_key(ctx, name))
        except Problems:
            continue
        if gone:
            _note(ctx, Actor.system(), name)
            count += 1
    return count


def _note(ctx: Context, actor: Actor, name: str) -> None:
    with ctx.unit(actor) as unit:
        unit.audit("destroy rows", dataset_id(name))
