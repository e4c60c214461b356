"""What the world sees: the stories that are shared, each edition, and what this site is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request, url_for

from ...anonymise.consent import Channel
from ...anonymise.edition import Edition
from ...services.context import Actor
from ...services.editions.downloads import download_edition
from ...services.editions.files import ends_in
from ...services.editions.shown import EditionView, list_editions, open_edition
from ...services.errors import Gone, NotFound
from ...swimlane.geometry import Width
from ..context import asker, services
from ..pictures import pictures
from ..security import keep_publicly
from .kept import Answer, answer_for, made, on_a_phone
from .oembed import answer, asked_for
from .one_file import OneFile
from .page import EditionPage

#: What each kind of download is.
MIMETYPES = {
    "html": "text/html",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "json": "application/json",
    "timelinejs": "application/json",
}

editions = Blueprint("editions", __name__)


@editions.get("/")
def index() -> Response:
    """The editions open to the web."""
    shared = list_editions(services())
    return keep_publicly(make_response(render_template("editions/index.html", editions=shared)))


@editions.get("/about/")
def about() -> Response:
    """What these stories are, where counts come from, how to stop sharing one."""
    return keep_publicly(make_response(render_template("editions/about.html")))


@editions.get("/editions/<slug>/")
def newest(slug: str) -> Response:
    """The newest edition of a story, or its tombstone."""
    return _answer(slug, None, _page)


@editions.get("/editions/<slug>/<int:number>/")
def numbered(slug: str, number: int) -> Response:
    """One edition of a story, or its tombstone."""
    return _answer(slug, number, _page)


@editions.get("/editions/<slug>/<int:number>/figure/<width>.json")
def figure(slug: str, number: int, width: str) -> Response:
    """The figure that the page's script draws, for one width; gone when its edition is."""
    return _answer(slug, number, lambda view: _figure(view, width))


@editions.get("/editions/<slug>/embed/")
def embed(slug: str) -> Response:
    """The newest edition for another site's frame: what is open to the web, without a script."""
    return _answer(slug, None, _embed, Actor.nobody())


@editions.get("/editions/<slug>/<int:number>/embed/")
def embed_numbered(slug: str, number: int) -> Response:
    """One edition for another site's frame."""
    return _answer(slug, number, _embed, Actor.nobody())


@editions.get("/oembed")
def oembed() -> Response | tuple[str, int]:
    """oEmbed: the frame for an edition's address. JSON only, as the standard allows."""
    if request.args.get("format", "json") != "json":
        return "", 501
    slug, number = asked_for(request.args.get("url", ""))
    view = open_edition(services(), slug, number)
    return keep_publicly(jsonify(answer(view, number)))


@editions.get("/editions/<slug>/<int:number>/download/<ending>")
def download(slug: str, number: int, ending: str) -> Response:
    """One edition as a file to take away; each one is counted, and nobody keeps it on the way."""
    one_file = OneFile(Path(str(current_app.template_folder)), Path(str(current_app.static_folder)))
    content = download_edition(services(), asker(), slug, number, ending, pages={".html": one_file})
    response = make_response(content)
    response.mimetype = MIMETYPES[ending]
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{number}.{ends_in(ending)}"'
    return response


def _answer(
    slug: str, number: int | None, make: Callable[[EditionView], Answer], actor: Actor | None = None
) -> Response:
    return keep_publicly(answer_for(slug, number, actor or asker(), make))


def _content(view: EditionView) -> Edition:
    if view.edition is None:
        raise Gone(view.state)
    return view.edition


def _figure(view: EditionView, width: str) -> Answer:
    if width not in tuple(Width):
        raise NotFound
    return made(pictures().of_edition(_content(view)).figure_json[width], "application/json")


def _embed(view: EditionView) -> Answer:
    edition = _content(view)
    page = EditionPage.made_of(edition, pictures().of_edition(edition), narrow_first=on_a_phone())
    values = {"page": page, "slug": view.slug, "number": view.number}
    return made(render_template("editions/embed.html", **values))


def _page(view: EditionView) -> Answer:
    edition = _content(view)
    # WIDTH is the script's to fill in.
    figures = url_for("editions.figure", slug=view.slug, number=view.number, width="WIDTH")
    picture = pictures().of_edition(edition)
    page = EditionPage.made_of(edition, picture, figures, narrow_first=on_a_phone())
    web = Channel.WEB in view.channels
    return made(render_template("editions/edition.html", page=page, view=view, web=web))
