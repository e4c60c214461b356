"""Serving, the demo, and looking after the database."""

from __future__ import annotations

import socket
import threading
import time
import webbrowser

import click

from ..app import open_services
from ..app import serve as serve_app
from ..services.context import Context
from ..services.seed_demo import seed_demo
from ..services.stopping.stop_all import stop_everything
from ..services.worker import work
from ..settings import Settings
from ..story.messages import Message, message, say
from ..story.problems import Problem, Problems
from .common import services, settings, tell, told

#: How long a browser waits for the server to answer.
_PATIENCE_SECONDS = 30
_port = click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="The port to listen on.")


@click.command()
@_port
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--seed-only", is_flag=True, help="Fill the database and stop.")
@told
def demo(port: int | None, no_browser: bool, seed_only: bool) -> None:
    """Fill the home with the example stories and the synthetic city, and serve them."""
    chosen = settings(port=port)
    if not seed_only:
        _check_free(chosen)
    with services(chosen) as ctx:
        for slug in seed_demo(ctx, chosen.example_stories, _progress):
            click.echo(f"  /editions/{slug}/")
        if not seed_only:
            _serve(chosen, ctx, demo=True, browser=not no_browser)


@click.command()
@click.option("--host", metavar="H", help="The address to listen on.")
@_port
@told
def serve(host: str | None, port: int | None) -> None:
    """Serve what is in the home."""
    chosen = settings(host=host, port=port)
    _check_free(chosen)
    with services(chosen) as ctx:
        _serve(chosen, ctx, demo=False, browser=False)


@click.command()
@told
def migrate() -> None:
    """Bring the database up to date; SQLite is copied to the home's backups first."""
    ctx = open_services(settings(), prepare=False)
    try:
        changed = ctx.prepare()
    finally:
        ctx.close()
    tell(message("The database is up to date now.") if changed else message("The database was up to date."))


@click.command("stop-all")
@click.confirmation_option(prompt="End everything that is shared, and ask everyone again?")
@told
def stop_all() -> None:
    """End everything that is shared, for good: for when the list of what was taken back is lost."""
    ctx = open_services(settings(), prepare=False)
    try:
        done = stop_everything(ctx)
    finally:
        ctx.close()
    tell(
        message(
            "Nothing is shared any more: {count} edition ended. Everyone is asked again.",
            plural="Nothing is shared any more: {count} editions ended. Everyone is asked again.",
            count=done.editions,
        )
    )
    if done.words_may_be_back:
        tell(message("Words that were taken out may stand in drafts again. Take them out again."))


@click.command()
@click.option("--once", is_flag=True, help="Stop when there is nothing to do.")
@told
def worker(once: bool) -> None:
    """Work on long jobs, beside a server."""
    with services() as ctx:
        work(ctx, threading.Event(), once=once)


def _serve(chosen: Settings, ctx: Context, *, demo: bool, browser: bool) -> None:
    host = "127.0.0.1" if chosen.host in ("0.0.0.0", "::") else chosen.host  # noqa: S104 - told where to look, not listened on
    address = f"http://{f'[{host}]' if ':' in host else host}:{chosen.port}/"
    tell(message("Serving at {address}  (Ctrl+C stops it)", address=address))
    if browser:
        threading.Thread(target=_open_when_up, args=(host, chosen.port, address), daemon=True).start()
    serve_app(chosen, demo=demo, ctx=ctx)


def _check_free(chosen: Settings) -> None:
    """Raises Problems where nobody can listen at the address: better said before minutes of loading than after."""
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    try:
        socket.create_server((chosen.host, chosen.port), family=family).close()
    except OSError as error:
        # Behind the reason, Python says the address once more in its own way.
        why, _, _ = (error.strerror or "").partition(" (while")
        what = message(
            "port {port} at {host} can't be used: {why}", port=chosen.port, host=chosen.host, why=why
        )
        instead = message("stop what runs there, or choose another with --port")
        raise Problems([Problem(what, instead)]) from error


def _open_when_up(host: str, port: int, address: str) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            webbrowser.open(address)
            return


def _progress(what: Message) -> None:
    click.echo(say(what))
