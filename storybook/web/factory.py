"""The Flask app, put together from its parts. It is told everything and looks nothing up."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from ..services.context import Context
from .access import init_access
from .account import init_accounts
from .account.views import account
from .compression import init_compression
from .context import set_services
from .data.views import data
from .editions.in_flight import init_in_flight
from .editions.kept import init_kept_answers
from .editions.views import editions
from .errors import init_errors
from .findings.views import findings
from .health import health
from .hosts import Hosts, init_hosts
from .loading.views import loading
from .people.views import people
from .pictures import init_pictures
from .rehearsal.views import rehearsal
from .review.views import review
from .security import init_security
from .stopping.views import init_stopping, stopping
from .stories import stories
from .templating import init_templating
from .uploads import PrivateUploads

#: The biggest upload, in bytes: far more than any chronology, and what an analyst's file may be on a web page.
MAX_UPLOAD = 512 * 1024 * 1024
#: The biggest form without files, in bytes: the longest text a field may hold, and a few more.
MAX_FORM = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What the site needs besides the services. ``secret`` signs sessions; ``https``: people reach us over HTTPS.

    ``hosts``: by which names they may.
    """

    templates: Path
    static: Path
    secret: str
    password_salt: str
    https: bool = False
    proxies: int = 0
    demo: bool = False
    hosts: Hosts = field(default_factory=Hosts)


def create_site(ctx: Context, options: SiteOptions) -> Flask:
    """The app over ``ctx``. Raises RuntimeError if an endpoint has no row in the access table."""
    app = Flask("storybook", template_folder=str(options.templates), static_folder=str(options.static))
    app.request_class = PrivateUploads
    app.config.update(_config(options))
    set_services(app, ctx)
    init_hosts(app, options.hosts)
    csrf = CSRFProtect(app)
    init_accounts(app, ctx)
    init_compression(app)
    init_security(app)
    init_in_flight(app)
    init_kept_answers(app)
    for blueprint in (
        health,
        editions,
        stories,
        review,
        data,
        loading,
        account,
        stopping,
        people,
        rehearsal,
        findings,
    ):
        app.register_blueprint(blueprint)
    init_stopping(app, csrf)
    init_templating(app)
    init_pictures(app)
    init_errors(app)
    init_access(app)
    _believe_proxies(app, options.proxies)
    return app


def _believe_proxies(app: Flask, n: int) -> None:
    if n:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]  # Flask's own way to wrap an app


def _config(options: SiteOptions) -> dict[str, object]:
    return {
        "SECRET_KEY": options.secret,
        "SECURITY_PASSWORD_SALT": options.password_salt,
        "STORYBOOK_DEMO": options.demo,
        "MAX_CONTENT_LENGTH": MAX_UPLOAD,
        "MAX_FORM_MEMORY_SIZE": MAX_FORM,
        "MAX_FORM_PARTS": 5_000,
        "SESSION_COOKIE_NAME": "storybook",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": options.https,
        "WTF_CSRF_TIME_LIMIT": 12 * 60 * 60,
    }
