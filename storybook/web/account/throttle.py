"""A brake on guessing passwords: after a few failures, an address or an account has to wait.

Kept in memory, one count a process: enough for the embedded server. Behind several workers each counts for itself,
so the allowance grows with their number. What is typed is kept only as a keyed hash, for the time of the wait.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections import OrderedDict
from threading import Lock

from flask import Flask, Response, request
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from ...story.clock import Clock
from ..context import services

#: Failures that one account, and one sender, may have within ``WINDOW``.
FAILURES_AN_ACCOUNT = 5
FAILURES_A_SENDER = 50
WINDOW = dt.timedelta(minutes=15)
#: Accounts and senders remembered at once; the longest untouched go first.
REMEMBERED = 10_000


class Throttle:
    """Counts failures by key. All times come from the clock it is given."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._key = secrets.token_bytes(16)
        self._failures: OrderedDict[bytes, list[dt.datetime]] = OrderedDict()

    def failed(self, what: str) -> None:
        """One more failure for ``what``."""
        with self._lock:
            self._failures.setdefault(self._mark(what), []).append(self._clock.now())
            self._failures.move_to_end(self._mark(what))
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, what: str) -> None:
        """Forgets the failures of ``what``."""
        with self._lock:
            self._failures.pop(self._mark(what), None)

    def must_wait(self, what: str, allowed: int) -> bool:
        """Whether ``what`` failed ``allowed`` times or more within the window."""
        since = self._clock.now() - WINDOW
        with self._lock:
            recent = [moment for moment in self._failures.get(self._mark(what), ()) if moment > since]
        return len(recent) >= allowed

    def _mark(self, what: str) -> bytes:
        return hmac.digest(self._key, what.encode(), hashlib.sha256)


def init_throttle(app: Flask) -> None:
    """Puts the brake before and after the sign-in view."""
    throttle = Throttle(services_clock(app))
    app.extensions["storybook-throttle"] = throttle

    @app.before_request
    def _brake() -> None:
        if _is_sign_in() and any(throttle.must_wait(what, allowed) for what, allowed in _keys()):
            raise TooManyRequests

    @app.after_request
    def _count(response: Response) -> Response:
        if _is_sign_in() and response.status_code != 429:
            for what, _allowed in _keys():
                if not current_user.is_authenticated:
                    throttle.failed(what)
                elif what.startswith("account"):
                    throttle.succeeded(what)
        return response


def services_clock(app: Flask) -> Clock:
    """The clock of the app's services."""
    with app.app_context():
        return services().clock


def _is_sign_in() -> bool:
    return request.endpoint == "security.login" and request.method == "POST"


def _keys() -> list[tuple[str, int]]:
    """What is counted in this request, with what each is allowed."""
    account = str(request.form.get("email", "")).strip().casefold()
    return [(f"account {account}", FAILURES_AN_ACCOUNT), (f"sender {request.remote_addr}", FAILURES_A_SENDER)]
