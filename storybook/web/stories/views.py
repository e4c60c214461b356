"""The desk of those who write: their stories, and one story as they see it."""

from __future__ import annotations

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response

from ...anonymise.risk import words as risk_words
from ...services.data.happened_next import steps_to_ask
from ...services.errors import EditedMeanwhile
from ...services.permissions import Action, may
from ...services.rehearsal.rehearsed import sent_back_with
from ...services.review.open_web import asked_of
from ...services.risk.suggest import suggestions_to, waiting_suggestions
from ...services.stopping.mine import shared_with_my_yes
from ...services.stories.edit import change_story
from ...services.stories.list_stories import list_stories
from ...services.stories.preview import preview
from ...story.messages import message, say
from ..access import opened
from ..context import asker, services
from ..htmx import go_to
from ..pictures import pictures
from ..words import sector_labels
from .blueprint import stories
from .conflict import Conflict
from .forms import StoryOwnForm
from .page import PARTS, STATES, StoryPage

Answer = str | Response | tuple[str, int]


@stories.get("/")
def index() -> str:
    """The stories that this person may read."""
    found, may_add = list_stories(services(), asker()), may(asker(), Action.ADD_STORY)
    waiting = {"asked": asked_of(services(), asker()), "suggested": waiting_suggestions(services(), asker())}
    waiting["mine"] = shared_with_my_yes(services(), asker())
    said = {"states": STATES, "parts": PARTS}
    return render_template("stories/index.html", stories=found, may_add=may_add, **said, **waiting)


@stories.get("/<slug>/")
def show(slug: str) -> str:
    """One story, as those see it who work on it, with its picture watermarked."""
    draft = preview(services(), asker(), slug)
    steps = steps_to_ask(services(), asker(), opened().story)
    page = StoryPage.of(opened(), services().vocabulary, draft, steps)
    sent_back = sent_back_with(services(), asker(), slug)
    more = {"sent_back": sent_back, "suggested": suggestions_to(services(), asker(), slug)}
    words = {"said": risk_words, "sectors": sector_labels(opened().story, services().vocabulary)}
    return render_template(
        "stories/story.html", page=page, picture=pictures().of_draft(draft), **more, **words
    )


@stories.route("/<slug>/change/", methods=["GET", "POST"])
def change(slug: str) -> Answer:
    """Changes a story's own facts."""
    form = StoryOwnForm(obj=opened().story)
    try:
        if form.saved(lambda: change_story(services(), asker(), slug, form.row_version(), **form.fields())):
            flash(say(message("The story was changed.")), "success")
            return go_to(url_for("stories.show", slug=slug))
    except EditedMeanwhile as error:
        return render_template(
            "stories/conflict.html", form=form, slug=slug, conflict=Conflict.of(form, error)
        ), 409
    return render_template("stories/change.html", form=form, slug=slug), form.status
