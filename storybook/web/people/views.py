"""The people of a story: writing down who takes part, stopping that, and listing others who are named."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...services.consent.others import name_other
from ...services.consent.settle_others import settle_other, unname_other
from ...services.consent.taking_part import permissions_of, record_permission, stop_taking_part
from ...services.stopping.take_out import count_places, take_out_everywhere
from ...story.messages import Message, message, say
from ...story.problems import Problems
from ..access import opened
from ..context import asker, services
from ..editions.kept import forget_all
from ..forms import StoryForm
from ..htmx import go_to
from ..review.forms import SignOffForm
from ..review.page import ReviewPage, person_of
from ..review.views import page_of, review_page
from .forms import OtherForm, SettleForm, TakeOutForm, TakingPartForm

people = Blueprint("people", __name__, url_prefix="/stories/<slug>")
Answer = str | Response | tuple[str, int]


@people.route("/people/<person>/taking-part/", methods=["GET", "POST"])
def taking_part(slug: str, person: str) -> Answer:
    """Whether this person takes part, and since when; writes down a yes."""
    form = TakingPartForm()
    if form.saved(lambda: _write_down(form, slug, person)):
        flash(say(message("It is written down. Nothing is shared by it.")), "success")
        return go_to(url_for("stories.show", slug=slug))
    values = {
        "form": form,
        "slug": slug,
        "person": person_of(opened(), person),
        "page": ReviewPage(opened(), None),
    }
    since = permissions_of(services(), asker(), slug).get(person)
    return render_template("people/taking_part.html", since=since, **values), form.status


@people.post("/people/<person>/taking-part/stop/")
def stop(slug: str, person: str) -> str:
    """Ends this person's part, and everything that is shared."""
    done = stop_taking_part(services(), asker(), slug, person)
    return render_template("review/withdrawn.html", withdrawal=done, slug=slug)


@people.post("/others/")
def name(slug: str) -> Answer:
    """Puts somebody else who is named on the list."""
    form = OtherForm()
    if form.saved(lambda: name_other(services(), asker(), slug, form.name.data or "")):
        return _back(slug, message("They are on the list."))
    return _again(slug, form, naming=form)


@people.post("/others/<uuid:other>/settle/")
def settle(slug: str, other: UUID) -> Answer:
    """Says how somebody named is protected."""
    form = SettleForm()
    said = {"standing": form.standing.data or "", "why": form.why.data or ""}
    if form.saved(lambda: settle_other(services(), asker(), slug, other, **said)):
        return _back(slug, message("It is noted how they are protected."))
    return _again(slug, form, settling=form, settled=other)


@people.post("/others/<uuid:other>/remove/")
def unname(slug: str, other: UUID) -> Response:
    """Takes somebody off the list."""
    unname_other(services(), asker(), slug, other)
    return _back(slug, message("They are off the list."))


@people.route("/take-out/", methods=["GET", "POST"])
def take_out(slug: str) -> Answer:
    """Takes words out everywhere: says first where they stand, then does it. They are never in an address or a log."""
    form, places = TakeOutForm(), None
    typed = form.words.data or ""
    if form.saved(lambda: count_places(services(), asker(), slug, typed)):
        places = count_places(services(), asker(), slug, typed)
        if request.form.get("step") == "do":
            who = asker()
            let_go()
            done = take_out_everywhere(services(), who, slug, typed)
            forget_all()
            return render_template("people/taken_out.html", done=done)
    return render_template("people/take_out.html", form=form, slug=slug, places=places), form.status


def let_go() -> None:
    """Ends what this request still reads of accounts: nobody may hold an older state while words are taken out."""
    current_app.extensions["storybook-accounts"].db.session.remove()


def _write_down(form: TakingPartForm, slug: str, person: str) -> None:
    said = form.said()
    if said is None:
        raise Problems(form.own_problems())
    record_permission(services(), asker(), slug, person, said)


def _again(slug: str, form: StoryForm, **more: Any) -> tuple[str, int]:
    """The review page once more, with what was typed and what is wrong beside it."""
    page = page_of(slug)
    return review_page(page, SignOffForm(formdata=None, sha256=page.sha256), sent=form, **more), 422


def _back(slug: str, said: Message) -> Response:
    flash(say(said), "success")
    return go_to(url_for("review.show", slug=slug, at="others", _anchor="notices"))
