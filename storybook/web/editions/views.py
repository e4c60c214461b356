"""What the world sees: the stories that are shared, each edition, and what this site is."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from ...services.editions import EditionView, list_editions, open_edition
from ...services.errors import Gone
from ..context import asker, services
from ..pictures import pictures
from ..security import keep_publicly
from .page import EditionPage

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
    return _page(open_edition(services(), slug, actor=asker()))


@editions.get("/editions/<slug>/<int:number>/")
def numbered(slug: str, number: int) -> Response:
    """One edition of a story, or its tombstone."""
    return _page(open_edition(services(), slug, number, actor=asker()))


def _page(view: EditionView) -> Response:
    if view.edition is None:
        raise Gone(view.state)
    page = EditionPage.made_of(view.edition, pictures().of_edition(view.edition))
    return keep_publicly(make_response(render_template("editions/edition.html", page=page)))
