"""Asking a question in one sentence; its address holds all of it, so that it can be shared."""

from __future__ import annotations

from flask import render_template, request

from ...services.data.ask import ask, what_can_be_asked
from ...services.data.rows_server import where_counted
from ...story.problems import Problems
from ..context import asker, services
from .ask_form import AskForm
from .ask_page import CardPage
from .views import data


@data.get("/<name>/ask/")
def question(name: str) -> tuple[str, int]:
    """The sentence to choose from, and beneath it the answer."""
    manifest = what_can_be_asked(services(), asker(), name)
    form = AskForm.over(manifest, services().vocabulary, request.args)
    card = _card(form, name)
    where = where_counted(services(), asker(), name)
    page = render_template("data/ask.html", name=name, form=form, card=card, manifest=manifest, where=where)
    return page, form.status


def _card(form: AskForm, name: str) -> CardPage | None:
    """The answer, or None where the form says what has to be put right."""
    try:
        return CardPage.of(ask(services(), asker(), form.enquiry(name)))
    except Problems as problems:
        form.refuse(problems)
        return None
