"""``storybook data to-server``, ``on-server`` and ``off-server``: a copy of agencies' rows, added up, on a server."""

from __future__ import annotations

import datetime as dt

import click

from ..services.context import Actor, Context
from ..services.data.rows_server import OnServer, put_on_server, take_off_server, where_counted
from ..services.data.rows_server import on_server as what_is_there
from ..story.clock import LONDON
from ..story.dates import in_words
from ..story.messages import Message, message, say
from .bar import Bar
from .common import services, tell, told

_SENDING = message("Sending")


@click.command()
@click.argument("name")
@told
def to_server(name: str) -> None:
    """Put the rows of the dataset NAME on the server, in the place of an older version of them.

    All or nothing: until it is done the server keeps what it has. Ctrl+C stops it.
    """
    with services() as ctx, Bar() as bar:
        try:
            new = put_on_server(ctx, Actor.operator(), name, lambda done, of: bar.part(_SENDING, done, of))
        except KeyboardInterrupt:
            click.echo(say(message("Stopped. The server has what it had before.")), err=True)
            raise SystemExit(1) from None
    tell(
        message("The server has the rows of {name} now.", name=name)
        if new
        else message("The server had the rows of {name} already.", name=name)
    )


@click.command()
@told
def on_server() -> None:
    """Say what the server has of this home: which datasets, since when, from whom, until when."""
    with services() as ctx:
        found = what_is_there(ctx, Actor.operator())
    tell([message("The server has no rows of this home.")] if not found else map(_line, found))


@click.command()
@click.argument("name")
@told
def off_server(name: str) -> None:
    """Remove the rows of the dataset NAME from the server; the files here stay, and answer."""
    with services() as ctx:
        gone = take_off_server(ctx, Actor.operator(), name)
    tell(
        message("The server has no rows of {name} any more.", name=name)
        if gone
        else message("The server had no rows of {name}.", name=name)
    )


def say_where(ctx: Context, name: str) -> None:
    """Says on stderr where a number was counted, if a server is set."""
    if (where := where_counted(ctx, Actor.operator(), name)) is not None:
        click.echo(say(where), err=True)


def _line(one: OnServer) -> Message:
    there, said = (
        one.there,
        [message("put there on {day}", day=_day(one.there.put_at.astimezone(LONDON).date()))],
    )
    if partners := sorted({part["partner"] for part in there.provenance if part["partner"]}):
        said.append(message("from {partners}", partners=", ".join(partners)))
    if there.agreement_ends:
        said.append(message("agreement until {day}", day=_day(there.agreement_ends)))
    unused = message("not asked: the files here are newer, or their agreement has ended")
    said.append(message("asked in the place of the files") if one.current else unused)
    words = ", ".join(map(say, said))
    return message(
        "{name}: {rows} contacts, {words}.", name=there.dataset, rows=f"{there.rows:,}", words=words
    )


def _day(day: dt.date) -> str:
    return say(in_words(day.isoformat()))
