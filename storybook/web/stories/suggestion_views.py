"""What a reviewer suggests, for those who write the story: seen with its cost, made with one press, or refused."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from ...anonymise.draft import Draft
from ...anonymise.risk import words as risk_words
from ...anonymise.risk.changes import still_named
from ...services.permissions import Action
from ...services.risk.suggest import make_suggested as make
from ...services.risk.suggest import preview_suggestion
from ...services.risk.suggest import refuse_suggested as refuse
from ...story.messages import message, say
from ..access import opened
from ..context import asker, services
from ..forms import StoryForm, words_sent
from ..htmx import go_to
from ..pictures import pictures
from ..words import sector_labels
from .blueprint import stories

Answer = str | Response | tuple[str, int]
_ONE = "/<slug>/suggestions/<uuid:suggestion>/"


class NoForm(StoryForm):
    """A no to a suggested change."""

    reason = TextAreaField(
        message("Why not?"),
        description=message("The story’s reviewers read this. No names."),
        filters=[words_sent],
    )


@stories.get(_ONE)
def suggestion(slug: str, suggestion: UUID) -> str:
    """The change, what it costs, and what readers would see after it. Nothing is changed by looking."""
    return _page(slug, suggestion, NoForm())


@stories.post(f"{_ONE}make/")
def make_suggested(slug: str, suggestion: UUID) -> Response:
    """Makes the change."""
    make(services(), asker(), slug, suggestion)
    flash(
        say(
            message("The change is made. The story is a draft again: send it for review when you are happy.")
        ),
        "success",
    )
    return go_to(url_for("stories.show", slug=slug))


@stories.post(f"{_ONE}no/")
def refuse_suggested(slug: str, suggestion: UUID) -> Answer:
    """Says no, and why."""
    form = NoForm()
    if form.saved(lambda: refuse(services(), asker(), slug, suggestion, **form.fields())):
        flash(say(message("You said no. The reviewer reads why; nothing was changed.")), "success")
        return go_to(url_for("stories.show", slug=slug))
    return _page(slug, suggestion, form), form.status


def _page(slug: str, suggestion: UUID, form: NoForm) -> str:
    found, preview = preview_suggestion(services(), asker(), slug, suggestion)
    values: dict[str, object] = {"still_named": still_named(opened().story, found.plan)}
    values |= {"one": found, "said": risk_words, "form": form, "can_edit": opened().can(Action.EDIT)}
    return render_template(
        "stories/suggestion.html",
        story=opened().story,
        picture=pictures().of_draft(Draft(preview.candidate.shown)),
        contacts={contact.id: contact for contact in opened().story.contacts},
        sectors=sector_labels(opened().story, services().vocabulary),
        **values,
    )
