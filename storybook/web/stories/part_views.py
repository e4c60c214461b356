"""A form for each part of a story: add, change, remove. Works with and without script."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...linked.asking.enquiry_text import write
from ...services.data.linked_counts import question_in
from ...services.errors import EditedMeanwhile, NotFound
from ...services.stories import edit
from ...services.stories.edit import PartKind
from ...story.counts import marker
from ...story.messages import Message, message, say
from ...story.problems import Problems
from ..access import opened
from ..context import asker, services
from ..forms import StoryForm
from ..htmx import go_to
from .blueprint import stories
from .conflict import Conflict
from .forms import PartForm
from .parts import PAGES, find_part, fresh, with_code

PART = "/<slug>/<any(person,agency,contact,gap,episode,track,point):kind>"
Answer = str | Response | tuple[str, int]


@stories.route(f"{PART}/add/", methods=["GET", "POST"])
def add_part(slug: str, kind: str) -> Answer:
    """Adds a person, an agency, a contact..."""
    story, what = opened().story, PartKind(kind)
    form = _offered(PAGES[what].form(data=fresh(story, what)))
    track = {"track": request.args.get("track", "")} if what is PartKind.POINT else {}
    typed = partial(with_code, story, what)
    if form.saved(lambda: edit.add_part(services(), asker(), slug, what, **track, **typed(form.fields()))):
        return _done(slug, message("It was added."), what)
    return _page(form, slug, what, PAGES[what].add)


@stories.route(f"{PART}/<uuid:part_id>/", methods=["GET", "POST"])
def change_part(slug: str, kind: str, part_id: UUID) -> Answer:
    """Changes one part, and tells of a change that somebody else made meanwhile."""
    what = PartKind(kind)
    part = find_part(opened().story, what, part_id)
    form = _offered(PAGES[what].form(obj=part))
    if part is None and request.method != "POST":
        raise NotFound
    save = partial(edit.change_part, services(), asker(), slug, what, part_id)
    try:
        if form.saved(lambda: save(form.row_version(), **form.fields())):
            return _done(slug, message("It was changed."), what)
    except EditedMeanwhile as error:
        return _conflict(form, slug, what, error)
    return _page(form, slug, what, PAGES[what].change, part_id)


@stories.route(f"{PART}/<uuid:part_id>/remove/", methods=["GET", "POST"])
def remove_part(slug: str, kind: str, part_id: UUID) -> Answer:
    """Asks once, then removes one part."""
    what = PartKind(kind)
    part = find_part(opened().story, what, part_id)
    form = StoryForm(obj=part)
    if part is None:
        raise NotFound
    try:
        if form.saved(lambda: edit.remove_part(services(), asker(), slug, what, part_id, form.row_version())):
            return _done(slug, message("It was removed."), what)
    except EditedMeanwhile:
        return go_to(url_for("stories.change_part", slug=slug, kind=kind, part_id=part_id))
    values = {"form": form, "slug": slug, "kind": what, "part": part, "heading": PAGES[what].remove}
    return render_template("stories/remove.html", **values), form.status


def _offered(form: PartForm) -> PartForm:
    form.offer(opened().story, services().vocabulary)
    return form


def _page(
    form: PartForm, slug: str, kind: PartKind, heading: Message, part_id: UUID | None = None
) -> tuple[str, int]:
    part = find_part(opened().story, kind, part_id)
    values = {
        "form": form,
        "slug": slug,
        "kind": kind,
        "heading": heading,
        "part_id": part_id,
        "form_part": part,
        "mark": _mark() if kind is PartKind.EPISODE else "",
    }
    return render_template(PAGES[kind].template, **values), form.status


def _mark() -> str:
    """What stands in the words for the number that the address asks for; nothing for what is no question."""
    try:
        text = request.args.get("number", "")
        return marker(write(question_in(opened().story, text))) if text else ""
    except Problems:
        return ""


def _done(slug: str, said: Message, kind: PartKind) -> Response:
    flash(say(said), "success")
    section = PartKind.TRACK if kind is PartKind.POINT else kind
    return go_to(url_for("stories.show", slug=slug, _anchor=f"{section}-list"))


def _conflict(form: PartForm, slug: str, kind: PartKind, error: EditedMeanwhile) -> tuple[str, int]:
    values = {"form": form, "slug": slug, "kind": kind, "conflict": Conflict.of(form, error)}
    return render_template("stories/conflict.html", **values), 409
