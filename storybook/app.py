"""Puts settings, services and the site together, and serves them."""

from __future__ import annotations

import datetime as dt
import logging
import socket

import waitress
from flask import Flask

from .services.context import Context
from .services.worker import Worker
from .settings import Settings
from .web.errors import WithoutContent
from .web.factory import SiteOptions, create_site
from .web.hosts import Hosts
from .web.stops_first import StopsFirst

#: Seconds that a connection may idle before it is closed.
IDLE_SECONDS = 60
#: Connections at once; beyond it new ones wait. From measurements with a browser's six connections a person.
CONNECTIONS = 1000


def open_services(settings: Settings, *, prepare: bool = True) -> Context:
    """The services over the home that the settings name; the caller closes them."""
    return Context.open(
        settings.home,
        database_url=settings.database_url,
        exports=settings.exports_folder,
        assets=settings.static,
        prepare=prepare,
        cooling_off=dt.timedelta(hours=settings.cooling_off_hours),
        apart=settings.apart_folder,
    ).with_rows(settings.rows_url)


def create_app(settings: Settings, *, demo: bool = False, ctx: Context | None = None) -> Flask:
    """The WSGI app. ``demo`` offers one-click sign-in as the demo's people, on this machine only."""
    ctx = ctx or open_services(settings)
    options = SiteOptions(
        templates=settings.templates,
        static=settings.static,
        secret=ctx.keys.text("session"),
        password_salt=ctx.keys.text("password-salt"),
        https=settings.behind_https,
        proxies=settings.proxies,
        # Behind a proxy every request comes from this machine.
        demo=demo and not settings.proxies,
        hosts=_hosts(settings),
    )
    return create_site(ctx, options)


def _hosts(settings: Settings) -> Hosts:
    """The names that were set; where none was, this machine's own and any number."""
    if settings.named_hosts:
        return Hosts(settings.named_hosts, numbers=False)
    machine = socket.gethostname().lower()
    return Hosts(frozenset({settings.host.lower(), machine, f"{machine}.local"}))


def serve(settings: Settings, *, demo: bool = False, ctx: Context | None = None) -> None:
    """Serves until it is stopped, with the embedded production server."""
    logging.getLogger("waitress").addFilter(WithoutContent())
    ctx = ctx or open_services(settings)
    if ctx.store.embedded:  # else ``storybook worker`` runs beside the servers
        Worker(ctx).start()
    waitress.serve(
        create_app(settings, demo=demo, ctx=ctx),
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        _dispatcher=StopsFirst(settings.threads),
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        ident=None,
        url_scheme="https" if settings.behind_https else "http",
        # Waitress would take forwarding headers away: the site reads them itself (as many as ``proxies`` says), and
        # knows by them that a request did not come from this machine.
        clear_untrusted_proxy_headers=False,
    )
