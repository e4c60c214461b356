"""The way on for the open web: kept off it, or the information-governance lead asked, who signs or says no."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from ...services.consent import agree
from ...services.review.open_web import ask_lead as ask
from ...services.review.open_web import keep_off_the_web
from ...story.messages import Message, message, say
from ..context import asker, services
from ..htmx import go_to
from .forms import LeadForm, SignOffForm
from .views import page_of, review, review_page

Answer = str | Response | tuple[str, int]
_OFF = message("It is kept off the open web. It can go to everyone else who was agreed to.")
_ON = message("It is meant for the open web again.")


@review.post("/review/web/")
def keep_off(slug: str) -> Response:
    """Keeps exactly this version off the open web, or no longer."""
    off = request.form.get("off") == "yes"
    keep_off_the_web(services(), asker(), slug, sha256=request.form.get("sha256", ""), off=off)
    return _then(slug, _OFF if off else _ON)


@review.post("/review/web/lead/")
def ask_lead(slug: str) -> Response:
    """Asks a lead for their word on exactly this version."""
    sent = {name: request.form.get(name, "") for name in ("sha256", "lead")}
    ask(services(), asker(), slug, **sent)
    return _then(
        slug, message("They are asked. They find it in their list, and can read the story until they answer.")
    )


@review.post("/review/sign-off/lead/")
def sign_as_lead(slug: str) -> Response:
    """The information-governance lead's yes, beside the reviewer's."""
    agree.sign_as_lead(services(), asker(), slug, sha256=request.form.get("sha256", ""))
    return _answered(message("You signed it as information-governance lead."))


@review.post("/review/sign-off/lead/no/")
def refuse_as_lead(slug: str) -> Answer:
    """The lead's no, with its reason."""
    form = LeadForm()
    if form.saved(lambda: agree.refuse_as_lead(services(), asker(), slug, **form.fields())):
        return _answered(message("You said no to the open web. It is not shared there."))
    page = page_of(slug)
    return review_page(page, SignOffForm(formdata=None, sha256=page.sha256), lead_form=form, sent=form), 422


def _answered(said: Message) -> Response:
    """To the lead's own list: who was asked reads the story until they have answered."""
    flash(say(said), "success")
    return go_to(url_for("stories.index"))


def _then(slug: str, said: Message) -> Response:
    flash(say(said), "success")
    return go_to(url_for("review.show", slug=slug))
