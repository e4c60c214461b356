"""What every command needs: the services, who asks, and how trouble is told."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

import click

from ..app import open_services
from ..services.accounts import find_account, has_password
from ..services.context import Actor, Context
from ..services.errors import NotAllowed, NotFound
from ..settings import Settings, SettingsError, load
from ..story.messages import Message, message, say
from ..story.problems import Problem, Problems, StorybookError

P = ParamSpec("P")
R = TypeVar("R")

as_option = click.option(
    "--as", "email", required=True, metavar="EMAIL", help="The account that does it; asks for its password."
)


def told(command: Callable[P, R]) -> Callable[P, R]:
    """Whatever is wrong goes to stderr, a line for each problem, and the command ends with 1."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (StorybookError, SettingsError) as trouble:
            click.echo(str(trouble), err=True)
            raise SystemExit(1) from None

    return wrapped


def settings(**changes: Any) -> Settings:
    """The settings of the environment, with what the command line says instead."""
    return load().model_copy(update={name: value for name, value in changes.items() if value is not None})


@contextmanager
def services(chosen: Settings | None = None) -> Iterator[Context]:
    """The services of the home that the settings name; closed at the end."""
    chosen = chosen or load()
    try:
        ctx = open_services(chosen)
    except OSError as error:
        what = message(
            'the folder "{home}" can\'t be used: {why}', home=chosen.home, why=error.strerror or ""
        )
        instead = message("set STORYBOOK_HOME to a folder that you may write in")
        raise Problems([Problem(what, instead)]) from error
    try:
        yield ctx
    finally:
        ctx.close()


def account_actor(ctx: Context, email: str) -> Actor:
    """The account that a command is run as, once its password was typed: nobody says yes in another's name."""
    found = find_account(ctx, email)
    if found is None:
        raise NotFound(message("There is no account with that address."))
    if not has_password(ctx, found, click.prompt("Password", hide_input=True, err=True)):
        raise NotAllowed(message("That is not the password of this account, so nothing was written."))
    return found.actor


def tell(what: Message | Iterable[Message]) -> None:
    """Says a sentence, or several, on stdout."""
    for one in (what,) if isinstance(what, Message) else what:
        click.echo(say(one))


def last_days(_ctx: click.Context, parameter: click.Parameter, values: Iterable[str]) -> dict[str, dt.date]:
    """``YYYY-MM-DD`` or ``channel=YYYY-MM-DD`` options as days by channel; "" for the one that is for all."""
    found: dict[str, dt.date] = {}
    for value in values:
        channel, _, day = value.rpartition("=")
        if channel.strip() in found:
            raise click.BadParameter(f"{value!r} comes second: one last day each", param=parameter)
        try:
            found[channel.strip()] = dt.date.fromisoformat(day.strip())
        except ValueError:
            raise click.BadParameter(f"{day!r} is no day: write it as 2028-03-31", param=parameter) from None
    return found


def pairs(
    _ctx: click.Context, parameter: click.Parameter, values: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """``a=b`` options as pairs."""
    found = tuple(value.partition("=") for value in values)
    for left, equals, _ in found:
        if not left or not equals:
            raise click.BadParameter("write it as name=value", param=parameter)
    return tuple((left.strip(), right.strip()) for left, _, right in found)
