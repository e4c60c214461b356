"""How many people a story could be, for its reviewer: the page, and what each suggestion would make of it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...anonymise.draft import Draft
from ...anonymise.risk import words as risk_words
from ...anonymise.risk.changes import still_named
from ...linked.cohort.protocol import TARGET, WEB_TARGET
from ...services.permissions import Action
from ...services.risk.measured import measure_again, preview_plan, risk_of, stop_measuring
from ...services.risk.suggest import SAID, sent_suggestions, suggest
from ...services.risk.suggest import take_suggestion_back as take_back
from ...story.messages import message, say
from ..access import opened
from ..context import asker, services
from ..htmx import go_to, open_anew, polled
from ..pictures import pictures
from ..words import sector_labels
from .page import risk_said
from .views import review


@review.get("/review/risk/")
def risk(slug: str) -> str | Response:
    """What was measured, which contacts carry the risk, and the smallest changes that would help."""
    view, target = risk_of(services(), asker(), slug), _target()
    more = view.measured and request.args.get("seen") == "nothing"
    if polled() and (more or not view.going):
        return open_anew(url_for("review.risk", slug=slug, target=target))
    plans = None if view.plans is None else view.plans[target]
    values = {"view": view, "risk": view.risk, "said": risk_words, "headline": next(risk_said(view))}
    return render_template(
        "review/risk_page.html",
        story=opened().story,
        plans=plans,
        target=target,
        sectors=_sectors(),
        contacts={contact.id: contact for contact in opened().story.contacts},
        sent=sent_suggestions(services(), asker(), slug),
        states=SAID,
        can_take_back=opened().can(Action.TAKE_SUGGESTION_BACK),
        **values,
    )


@review.post("/review/risk/measure/")
def risk_measure(slug: str) -> Response:
    """Has it measured, where it was not yet, or not since the data changed."""
    measure_again(services(), asker(), slug)
    return go_to(url_for("review.risk", slug=slug))


@review.post("/review/risk/stop/")
def risk_stop(slug: str) -> Response:
    """Stops the measuring; what was found by then stays."""
    if stop_measuring(services(), asker(), slug):
        flash(say(message("Measuring is stopped. What was found by then stays.")), "success")
    return go_to(url_for("review.risk", slug=slug))


@review.get("/review/risk/<int:number>/")
def risk_plan(slug: str, number: int) -> str:
    """What the world would see after one suggestion. Nothing is changed by looking."""
    found = preview_plan(services(), asker(), slug, number, _target())
    picture = pictures().of_draft(Draft(found.candidate.shown))
    contacts = {contact.id: contact for contact in opened().story.contacts}
    values = {"found": found, "said": risk_words, "contacts": contacts, "sectors": _sectors()}
    told: dict[str, object] = {"still_named": still_named(opened().story, found.plan)}
    told |= {"number": number, "target": _target(), "can_suggest": opened().can(Action.SUGGEST_CHANGE)}
    return render_template("review/risk_plan.html", story=opened().story, picture=picture, **told, **values)


@review.post("/review/risk/<int:number>/suggest/")
def suggest_change(slug: str, number: int) -> Response:
    """Sends the suggestion to those who write the story, with what it costs."""
    sha256 = request.form.get("sha256", "")
    suggest(services(), asker(), slug, number, sha256=sha256, target=_target())
    flash(
        say(message("It is sent. Whoever writes the story finds it there, and makes it or says no.")),
        "success",
    )
    return go_to(url_for("review.risk", slug=slug, target=_target(), _anchor="sent"))


@review.post("/review/suggestions/<uuid:suggestion>/take-back/")
def take_suggestion_back(slug: str, suggestion: UUID) -> Response:
    """Takes back what was not answered yet."""
    take_back(services(), asker(), slug, suggestion)
    flash(say(message("The suggestion is taken back.")), "success")
    return go_to(url_for("review.risk", slug=slug))


def _target() -> int:
    asked = request.args.get("target", default=TARGET, type=int)
    return asked if asked in (TARGET, WEB_TARGET) else abort(404)


def _sectors() -> dict[str, str]:
    return sector_labels(opened().story, services().vocabulary)
