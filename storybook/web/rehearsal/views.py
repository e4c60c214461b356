"""A reviewer tries to recognise the people of a story, part by part, at their own pace."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...anonymise.rehearsal import FRAME_MINUTES, VIEWERS
from ...services.rehearsal import rehearse
from ...services.rehearsal.record import Outcome
from ...services.rehearsal.rehearse import Rehearsing, rehearsal_of
from ...story.messages import Message, message, say
from ..access import opened
from ..context import asker, services
from ..htmx import go_to
from .forms import OUTCOME_HINTS, OUTCOMES, EndForm, PartForm, TryForm
from .page import RehearsalPage, after, said_of

rehearsal = Blueprint("rehearsal", __name__, url_prefix="/stories/<slug>/rehearsal")
Answer = str | Response | tuple[str, int]


@rehearsal.get("/")
def show(slug: str) -> str:
    """What this is, how far it is, and what was found before."""
    return _page("rehearsal/rehearsal.html", slug)


@rehearsal.post("/begin/")
def begin(slug: str) -> Response:
    """Begins, or begins once more."""
    rehearse.begin_rehearsal(services(), asker(), slug, request.form.get("sha256", ""))
    return go_to(url_for("rehearsal.show", slug=slug))


@rehearsal.route("/parts/<part>/", methods=["GET", "POST"])
def part(slug: str, part: str) -> Answer:
    """One part of the story, and who would recognise it."""
    found = rehearsal_of(services(), asker(), slug)
    read, said = found.part(part), said_of(found, part)
    form = PartForm(sha256=found.sha256, data=said)
    say_it = partial(rehearse.say_of_part, services(), asker(), slug, part=part, version=form.row_version())
    if form.saved(lambda: say_it(**form.fields())):
        return go_to(after(rehearsal_of(services(), asker(), slug), part))
    values = {"form": form, "part": read, "version": said["version"], "viewers": VIEWERS}
    return _page("rehearsal/part.html", slug, found, **values), form.status


@rehearsal.route("/search/", methods=["GET", "POST"])
def search(slug: str) -> Answer:
    """What anybody can look up, and what came of it."""
    found = rehearsal_of(services(), asker(), slug)
    form = TryForm(sha256=found.sha256)
    if form.saved(lambda: rehearse.add_try(services(), asker(), slug, **form.fields())):
        return _away("rehearsal.search", slug, message("It is noted."))
    return _page("rehearsal/search.html", slug, found, form=form), form.status


@rehearsal.post("/search/<int:at>/remove/")
def forget(slug: str, at: int) -> Response:
    """Takes away one thing that was tried."""
    rehearse.remove_try(services(), asker(), slug, sha256=request.form.get("sha256", ""), at=at)
    return _away("rehearsal.search", slug, message("It is taken away."))


@rehearsal.route("/end/", methods=["GET", "POST"])
def end(slug: str) -> Answer:
    """What it leads to."""
    found = rehearsal_of(services(), asker(), slug)
    form = EndForm(sha256=found.sha256)
    if form.saved(lambda: rehearse.end_rehearsal(services(), asker(), slug, **form.fields())):
        if form.outcome.data == Outcome.BACK:
            return _away(
                "stories.show", slug, message("It is a draft again. Its writers can read your note.")
            )
        return _away(
            "review.show", slug, message("It is noted that you tried. You can sign it off now, or not.")
        )
    return _page("rehearsal/end.html", slug, found, form=form, hints=OUTCOME_HINTS), form.status


def _page(template: str, slug: str, found: Rehearsing | None = None, **values: object) -> str:
    found = found or rehearsal_of(services(), asker(), slug)
    values |= {"page": RehearsalPage(opened(), found), "outcomes": OUTCOMES, "frame": FRAME_MINUTES}
    return render_template(template, slug=slug, now=found, **values)


def _away(endpoint: str, slug: str, said: Message) -> Response:
    flash(say(said), "success")
    return go_to(url_for(endpoint, slug=slug))
