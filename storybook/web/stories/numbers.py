"""Numbers from linked data in a story: finding one, putting it in its place, taking it out; matching agencies."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...anonymise.shown import ShownCount
from ...linked.asking.enquiry import Enquiry
from ...linked.asking.enquiry_text import write
from ...services.data import pin
from ...services.data.linked_counts import question_in
from ...services.permissions import Action, may
from ...services.stories.list_stories import list_stories
from ...story.messages import Message, message, say
from ...story.model import Story
from ...story.problems import Problems
from ..access import opened
from ..context import asker, services
from ..htmx import go_to
from .blueprint import stories
from .number_forms import AskInStory, MatchForm, PinForm, UnpinForm, place_choices

Answer = str | Response | tuple[str, int]


@stories.route("/<slug>/number/", methods=["GET", "POST"])
def add_number(slug: str) -> Answer:
    """A sentence to choose from, its answer as readers would see it, and where it is to go."""
    story, manifest = opened().story, pin.data_of(services(), asker(), slug)
    ask = AskInStory.over(manifest, services().vocabulary, request.args) if manifest else None
    form = PinForm(to=request.args.get("to", ""))
    form.to.choices = place_choices(story)
    if form.saved(lambda: pin.pin(services(), asker(), slug, **form.wanted())):
        return _done(slug, message("The number is in the story."))
    number, asked = _asked(slug, ask, form)
    values = {"story": story, "slug": slug, "ask": ask, "form": form, "number": number, "asked": asked}
    own_words = _episode_of(story, form.to.data or "")
    return render_template(
        "stories/number.html", manifest=manifest, own_words=own_words, **values
    ), form.status


@stories.post("/<slug>/number/remove/")
def remove_number(slug: str) -> Response:
    """Takes one number out."""
    pin.unpin(services(), asker(), slug, **UnpinForm().wanted())
    return _done(slug, message("The number was taken out."))


@stories.route("/<slug>/match/", methods=["GET", "POST"])
def match_agencies(slug: str) -> Answer:
    """The story's agencies beside the data's, with suggestions; said once for the whole story."""
    story, manifest = opened().story, pin.data_of(services(), asker(), slug)
    form = MatchForm.over(story, manifest)
    if form.saved(lambda: pin.match_agencies(services(), asker(), slug, form.matches())):
        return _done(slug, message("The agencies are matched."))
    return render_template(
        "stories/match.html", story=story, slug=slug, form=form, manifest=manifest
    ), form.status


@stories.get("/-/number/")
def use_number() -> str:
    """The stories that a question from the analyst's pages can go into."""
    found = [one for one in list_stories(services(), asker()) if may(asker(), Action.LINK_COUNT, one.access)]
    return render_template(
        "stories/use_number.html", stories=found, question=request.args.get("question", "")
    )


def _episode_of(story: Story, to: str) -> str:
    """The episode in whose words the number is to stand, for those who may change them."""
    kind, _, place = to.partition(":")
    mine = may(asker(), Action.EDIT, opened().access)
    there = {str(episode.id) for episode in story.episodes}
    return place if mine and kind == pin.PinTo.WORDS and place in there else ""


def _asked(slug: str, ask: AskInStory | None, form: PinForm) -> tuple[ShownCount | None, str]:
    """The number that the address or the form asks for and its question as text; None before anything is asked."""
    try:
        enquiry = _enquiry(ask, form)
        if enquiry is None:
            return None, ""
        return pin.preview_number(services(), asker(), slug, enquiry, form.to.data or ""), write(enquiry)
    except Problems as problems:
        form.refuse(problems)
        return None, ""


def _enquiry(ask: AskInStory | None, form: PinForm) -> Enquiry | None:
    text = form.question.data or request.args.get("question", "")
    if text:
        return question_in(opened().story, text)
    return ask.enquiry(opened().story.dataset) if ask and "of" in request.args else None


def _done(slug: str, said: Message) -> Response:
    flash(say(said), "success")
    return go_to(url_for("stories.show", slug=slug, _anchor="number-list"))
