"""How many people a story could be, for its reviewer: the page, and what each suggestion would make of it."""

from __future__ import annotations

from flask import abort, render_template, request

from ...anonymise import risk_words
from ...anonymise.draft import Draft
from ...linked.cohort import TARGET, WEB_TARGET
from ...services.risk import plans_for, preview_plan, risk_of
from ..access import opened
from ..context import asker, services
from ..pictures import pictures
from .views import review


@review.get("/review/risk/")
def risk(slug: str) -> str:
    """What was measured, which contacts carry the risk, and the smallest changes that would help."""
    values = {"risk": risk_of(services(), asker(), slug), "said": risk_words, "target": _target()}
    plans = plans_for(services(), asker(), slug, _target())
    return render_template(
        "review/risk_page.html", story=opened().story, plans=plans, sectors=_sectors(), **values
    )


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
