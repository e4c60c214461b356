"""How many people a story could be, for its reviewer: the page, and what each suggestion would make of it."""

from __future__ import annotations

from flask import abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...anonymise.draft import Draft
from ...anonymise.risk import words as risk_words
from ...linked.cohort.protocol import TARGET, WEB_TARGET
from ...services.risk import measure_again, preview_plan, risk_of, stop_measuring
from ...story.messages import message, say
from ..access import opened
from ..context import asker, services
from ..htmx import go_to, open_anew, polled
from ..pictures import pictures
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
    values = {"plan": found.plan, "said": risk_words, "contacts": contacts, "sectors": _sectors()}
    return render_template(
        "review/risk_plan.html", story=opened().story, picture=picture, target=_target(), **values
    )


def _target() -> int:
    asked = request.args.get("target", default=TARGET, type=int)
    return asked if asked in (TARGET, WEB_TARGET) else abort(404)


def _sectors() -> dict[str, str]:
    codes = {agency.sector for agency in opened().story.agencies}
    return {code: services().vocabulary.label("sectors", code) for code in codes}
