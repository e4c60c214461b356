"""What templates may use: words, dates, figures, asset addresses, the menu."""

from __future__ import annotations

from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from wtforms import Field

from ..services.permissions import Action, may
from ..services.review.open_web import asked_of
from ..story.counts import marker
from ..story.messages import Message, message, say
from .access import demo_here
from .assets import asset, style_inside
from .context import asker, services
from .forms import put_right
from .htmx import layout
from .words import counts_of, day, figure_words, moment, narrative, say_any, sentence, when, words


def init_templating(app: Flask) -> None:
    """Gives the templates of ``app`` their globals and filters."""
    loader = app.jinja_loader
    assert loader is not None, "an app with a template folder has a loader"  # noqa: S101 - narrows Flask's type
    app.jinja_env.loader = ChoiceLoader([loader, govuk_loader()])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=words, asset=asset, style_inside=style_inside)
    app.jinja_env.globals.update(form_errors=form_errors, field_options=field_options, put_right=put_right)
    app.jinja_env.filters.update(say=say_any, narrative=narrative, figure=figure_words)
    app.jinja_env.filters.update(day=day, when=when, moment=moment)
    app.jinja_env.filters.update(counts_of=counts_of, sentence=sentence, as_marker=marker)
    app.context_processor(_for_every_page)


def govuk_loader() -> PrefixLoader:
    """GOV.UK's components under the name by which they call each other."""
    return PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})


def _for_every_page() -> dict[str, Any]:
    signed_in = current_user.is_authenticated
    return {
        "layout": layout(),
        "signed_in": signed_in,
        "account_name": asker().name if signed_in else "",
        "has_password": signed_in and not asker().demo,
        "navigation": navigation,
        "demo_here": demo_here,
    }


def form_errors(form: FlaskForm) -> list[dict[str, str]]:
    """Every problem of a form for GOV.UK's error summary, each with the place it belongs to."""
    above = [{"text": str(error)} for error in form.form_errors]
    beside = [
        {"text": str(e), "href": f"#{_first_id(f)}"}
        for f in form
        if f.type != "CSRFTokenField"
        for e in f.errors
    ]
    return [*above, *beside]


def _first_id(field: Field) -> str:
    """The id of the control a reader should land on (GOV.UK names the first choice as the field itself)."""
    return str(field.id)


def field_options(field: Field) -> list[dict[str, Any]]:
    """A select's, radio's or checkboxes' choices for GOV.UK's components."""
    return [
        {
            "value": choice.value,
            "text": say_any(choice.label),
            "selected": choice.selected,
            "checked": choice.selected,
        }
        for choice in field.iter_choices()
    ]


def navigation() -> list[dict[str, Any]]:
    """The menu: only what the person may open."""
    return [
        {"text": say(text), "href": url_for(endpoint), "active": (request.endpoint or "").startswith(section)}
        for text, endpoint, section in _menu()
    ]


def _menu() -> list[tuple[Message, str, str]]:
    shared = (message("Shared stories"), "editions.index", "editions.")
    if not current_user.is_authenticated:
        return [shared, (message("Sign in"), "security.login", "security.")]
    data = (message("Data"), "data.index", "data.")
    waiting = len(asked_of(services(), asker()))
    own = message("My stories ({count})", count=waiting) if waiting else message("My stories")
    mine = (own, "stories.index", "stories.")
    stop = (message("Stop for someone"), "stopping.for_someone", "stopping.for")
    advocate = [stop] if may(asker(), Action.WITHDRAW_FOR) else []
    return [shared, mine, *advocate, *([data] if may(asker(), Action.COUNT_DATA) else [])]
