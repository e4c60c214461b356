"""oEmbed 1.0 (https://oembed.com): how another site shows an edition in a frame, for editions open to the web."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request, url_for
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from ...services.editions.shown import EditionView
from ...services.errors import NotFound
from ..security import PUBLIC_SECONDS

WIDTH, HEIGHT = 960, 640
LEAST = 240


def asked_for(address: str) -> tuple[str, int | None]:
    """(slug, number) of the edition's page that ``address`` names; NotFound unless it is one of ours."""
    wanted = urlsplit(address)
    if wanted.scheme not in ("http", "https") or wanted.netloc != request.host:
        raise NotFound
    try:
        endpoint, values = current_app.url_map.bind(request.host).match(wanted.path, method="GET")
    except HTTPException:
        raise NotFound from None
    if endpoint not in ("editions.newest", "editions.numbered"):
        raise NotFound
    return values["slug"], values.get("number")


def answer(view: EditionView, number: int | None) -> dict[str, Any]:
    """The answer's fields. The frame is that of the address asked for: of the newest edition, or of one."""
    source = (
        url_for("editions.embed", slug=view.slug, _external=True)
        if number is None
        else url_for("editions.embed_numbered", slug=view.slug, number=number, _external=True)
    )
    width, height = _at_most("maxwidth", WIDTH), _at_most("maxheight", HEIGHT)
    frame = (
        f'<iframe src="{escape(source)}" title="{escape(view.title)}" width="{width}" height="{height}"'
        ' loading="lazy" referrerpolicy="no-referrer" sandbox="allow-popups allow-same-origin"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": view.title,
        "provider_name": "Storybook",
        "provider_url": url_for("editions.index", _external=True),
        "cache_age": PUBLIC_SECONDS,
        "width": width,
        "height": height,
        "html": frame,
    }


def _at_most(name: str, usual: int) -> int:
    wanted = request.args.get(name, "")
    return (
        max(LEAST, min(usual, int(wanted)))
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 6
        else usual
    )
