"""Agencies' rows on a server: putting a dataset's version there, saying what is there, taking it off.

The files in the home stay what counts: the server has a copy, added up, that gives the same numbers. It is asked only
while it has the very version that the home has; rows whose agreement has ended, or that are no longer the dataset's, go
from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ...linked.dataset.connections import Away, Connection
from ...linked.dataset.datasets import stored_manifests
from ...linked.dataset.server import holds
from ...linked.dataset.server_rows import There, put, take_off, there
from ...store.rows_server import RowsServer
from ...story.clock import today
from ...story.messages import Message, message
from ...story.problems import Problem, Problems
from ..access import check
from ..context import Context
from ..permissions import Action, Actor, may
from .datasets import dataset_id, opened


@dataclass(frozen=True, slots=True)
class OnServer:
    """A version that the server has; ``current`` if it is the one that the home has, so that it is asked."""

    there: There
    current: bool


def put_on_server(ctx: Context, actor: Actor, name: str, told: Callable[[int, int], None]) -> bool:
    """Puts the current version of ``name`` on the server, in the place of an older one; False if it was there.

    All or nothing. Raises Problems, and whatever ``told`` (steps done, of how many) raises to stop it.
    """
    check(may(actor, Action.LOAD_DATA), actor)
    dataset = opened(ctx, name)
    with _reached(ctx) as connection:
        new = put(dataset, connection, told, ctx.clock.now())
    if new:
        with ctx.unit(actor) as unit:
            unit.audit("put rows on the server", dataset_id(name))
    return new


def on_server(ctx: Context, actor: Actor) -> tuple[OnServer, ...]:
    """What the server has of this home, and since when. Raises Problems where it can't be reached."""
    check(may(actor, Action.COUNT_DATA), actor)
    with _reached(ctx) as connection:
        found = there(connection, _server(ctx).home)
    wanted = _wanted(ctx)
    return tuple(OnServer(one, (one.dataset, one.version) in wanted) for one in found)


def take_off_server(ctx: Context, actor: Actor, name: str) -> bool:
    """Removes every version of ``name`` from the server; False if there was none."""
    check(may(actor, Action.LOAD_DATA), actor)
    with _reached(ctx) as connection:
        found = there(connection, _server(ctx).home, name)
        if found:
            take_off(connection, _server(ctx).home, found)
    if found:
        with ctx.unit(actor) as unit:
            unit.audit("take rows off the server", dataset_id(name))
    return bool(found)


def sweep_server(ctx: Context) -> int:
    """Takes off the server what may not be asked any more, or is no version that the home has; says how many.

    Nothing happens while the server can't be reached, or somebody puts rows there: the next look does it.
    """
    if ctx.rows is None:
        return 0
    try:
        with ctx.rows.lend() as connection:
            wanted = _wanted(ctx)
            over = [
                one for one in there(connection, ctx.rows.home) if (one.dataset, one.version) not in wanted
            ]
            if over:
                take_off(connection, ctx.rows.home, over)
    except (Away, Problems):
        return 0
    for name in sorted({one.dataset for one in over}):
        with ctx.unit(Actor.system()) as unit:
            unit.audit("take rows off the server", dataset_id(name))
    return len(over)


def where_counted(ctx: Context, actor: Actor, name: str) -> Message | None:
    """Where the numbers of a dataset are counted, for an analyst; None where no server is set."""
    if ctx.rows is None:
        return None
    check(may(actor, Action.COUNT_DATA), actor)
    try:
        with ctx.rows.lend() as connection:
            current = holds(opened(ctx, name), connection)
    except Away:
        return message("Counted from the files here: the server can't be reached. The numbers are the same.")
    if current:
        return message("Counted on the server, which has the same rows.")
    return message(
        "Counted from the files here: the server does not have these rows yet. The numbers are the same."
    )


def _wanted(ctx: Context) -> set[tuple[str, str]]:
    """(name, version) of every dataset that may be asked today."""
    day = today(ctx.clock)
    return {(one.name, one.version) for one in stored_manifests(ctx.data_root) if one.answers(day)}


def _server(ctx: Context) -> RowsServer:
    if ctx.rows is not None:
        return ctx.rows
    what = message("no server is set for agencies' rows")
    raise Problems([Problem(what, message("set STORYBOOK_ROWS_URL to the address of a PostgreSQL database"))])


@contextmanager
def _reached(ctx: Context) -> Iterator[Connection]:
    try:
        with _server(ctx).lend(patient=True) as connection:
            yield connection
    except Away:
        what = message("the server for agencies' rows can't be reached, or did not do what was asked")
        instead = message("see that it runs, and that STORYBOOK_ROWS_URL is its address")
        raise Problems([Problem(what, instead)]) from None
