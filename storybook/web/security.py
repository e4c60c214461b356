"""Headers that every answer carries: a strict content policy, and how long anyone may keep the answer.

Nothing is fetched from another host, no script stands in a page, and nothing may frame us. Styles that stand in a page
are named by hash: an edition's own sheet, and the empty string, for the picture's library adds an empty style element
and fills it by script.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from flask import Flask, Response, request, session
from flask_login import current_user

from .assets import styles_inside

EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


def content_security_policy(styles: Iterable[str] = ()) -> str:
    """The policy of a page in which these ``styles`` stand, each named by its hash."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            " ".join(("style-src 'self'", EMPTY_STYLE, *sorted(styles))),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


#: An edition in another site's frame: anybody may frame it, and it runs no script at all.
FRAMED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; "
    "frame-ancestors *; base-uri 'none'; sandbox allow-popups allow-same-origin"
)
#: Where that holds, for the page and for its tombstone.
FRAMED = frozenset({"editions.embed", "editions.embed_numbered"})

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}

#: A shared cache may hold a public page this many seconds and no longer, so that a withdrawal reaches everyone. A
#: reader's own browser asks each time, and gets a short "the same as before" where nothing has changed.
PUBLIC_SECONDS = 300
#: Asset addresses carry a version (``?v=``), so they can be kept for good.
ASSET_SECONDS = 31_536_000


#: Headers by which another site could not frame a page.
_NOT_FRAMED = frozenset({"X-Frame-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"})
#: A page that anybody gets who has its address holds nothing to keep from the window that opened it, and a browser
#: would start a new process for it: some 60 ms before the first picture. Whoever is signed in always has the header.
_NOT_PUBLIC = frozenset({"Cross-Origin-Opener-Policy"})


def init_security(app: Flask) -> None:
    """Puts the headers on every answer of ``app``."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    framed = request.endpoint in FRAMED
    policy = FRAMED_POLICY if framed else content_security_policy(styles_inside())
    response.headers["Content-Security-Policy"] = policy
    response.vary.update(("Cookie", "HX-Request"))
    _set_keeping(response)
    left_out = _NOT_FRAMED if framed else _NOT_PUBLIC if response.cache_control.public else frozenset()
    for name, value in HEADERS.items():
        if name not in left_out:
            response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _set_keeping(response: Response) -> None:
    """Says who may keep the answer; a view may only have asked for less than the rule allows."""
    if request.endpoint == "static":
        response.vary.clear()
        response.headers["Cache-Control"] = _asset_keeping(response)
    elif not response.cache_control.public or current_user.is_authenticated or session:
        response.headers["Cache-Control"] = "private, no-store"


def _asset_keeping(response: Response) -> str:
    if request.args.get("v") and response.status_code in (200, 304):
        return f"public, max-age={ASSET_SECONDS}, immutable"
    return "no-cache"


def keep_publicly(response: Response, seconds: int = PUBLIC_SECONDS) -> Response:
    """Lets shared caches hold a public page, at most ``PUBLIC_SECONDS``; signed-in answers are never kept."""
    kept = min(seconds, PUBLIC_SECONDS)
    response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={kept}, must-revalidate"
    if response.status_code == HTTPStatus.OK:
        response.add_etag()
        response.make_conditional(request)
    return response
