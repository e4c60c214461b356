"""From a draft to an edition and back: review, sign-off, publishing, and taking it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...anonymise.draft import Draft
from ...services.consent import agree
from ...services.consent.others import others_of
from ...services.editions.publish_edition import publish_edition
from ...services.editions.shown import editions_of
from ...services.permissions import Action
from ...services.rehearsal.rehearsed import rehearsed_of
from ...services.review.candidate import get_candidate, send_for_review
from ...services.review.open_web import open_web
from ...services.risk.measured import risk_of
from ...services.states import StoryState
from ...services.stopping.cards import make_card
from ...services.stopping.withdraw import withdraw as withdraw_story
from ...story.messages import Message, message, say
from ...swimlane.page import PicturePage
from ..access import opened
from ..context import asker, services
from ..forms import StoryForm
from ..htmx import go_to
from ..people.forms import STANDINGS
from ..pictures import pictures
from .forms import LeadForm, SignOffForm
from .page import ReviewPage

review = Blueprint("review", __name__, url_prefix="/stories/<slug>")
Answer = str | Response | tuple[str, int]


@review.get("/review/")
def show(slug: str) -> str:
    """What would be shown, what stands in the way and where, who has agreed."""
    page = page_of(slug)
    return review_page(page, SignOffForm(sha256=page.sha256))


@review.post("/review/send/")
def send(slug: str) -> Response:
    """Freezes what would be shown, for everyone to read."""
    send_for_review(services(), asker(), slug)
    return _then(slug, message("It is in review. What is read and agreed now is exactly this version."))


@review.post("/review/sign-off/")
def sign_off(slug: str) -> Answer:
    """The reviewer's own yes to exactly what they read."""
    form = SignOffForm()
    if form.saved(lambda: agree.sign_off(services(), asker(), slug, **form.fields())):
        return _then(slug, message("You signed it off."))
    return review_page(page_of(slug), form), 422


@review.post("/publish/")
def publish(slug: str) -> Response:
    """Makes the edition."""
    made = publish_edition(services(), asker(), slug)
    flash(say(message("Edition {number} is shared.", number=made.number)), "success")
    return go_to(url_for("editions.newest", slug=slug))


@review.post("/people/<person>/withdraw/")
def withdraw(slug: str, person: str) -> str:
    """Stops sharing, at once and without a reason."""
    done = withdraw_story(services(), asker(), slug, person)
    return render_template("review/withdrawn.html", withdrawal=done, slug=slug)


@review.post("/people/<person>/card/")
def card(slug: str, person: str) -> str:
    """A new card for this person, shown once, to be printed."""
    end_older = request.form.get("older") == "end"
    code = make_card(services(), asker(), slug, person, end_older=end_older)
    return render_template(
        "review/card.html",
        code=code,
        back=url_for("stories.show", slug=slug),
        mine=person in opened().access.persons,
        ended=end_older,
    )


def page_of(slug: str) -> ReviewPage:
    """What the review and consent pages show of the story that was opened."""
    in_review = opened().state is not StoryState.DRAFT
    candidate = get_candidate(services(), asker(), slug) if in_review else None
    editions = editions_of(services(), asker(), slug)
    others = others_of(services(), asker(), slug) if in_review else ()
    measured = risk_of(services(), asker(), slug) if in_review and opened().can(Action.READ_RISK) else None
    rehearsed = rehearsed_of(services(), asker(), slug) if in_review else None
    web = open_web(services(), asker(), slug) if in_review and opened().can(Action.CHOOSE_WEB) else None
    return ReviewPage(opened(), candidate, editions, others, measured, rehearsed, web)


def review_page(page: ReviewPage, form: StoryForm, **more: Any) -> str:
    """The review page, with a form of it that was sent and has to be put right."""
    values = {"form": form, "picture": picture_of(page), "standings": STANDINGS}
    return render_template("review/review.html", page=page, **{"lead_form": LeadForm(), **values, **more})


def picture_of(page: ReviewPage) -> PicturePage | None:
    """All that readers would see, to the letter, watermarked: nobody agrees to words that they were not shown."""
    return pictures().of_draft(Draft(page.candidate.candidate.shown)) if page.candidate else None


def _then(slug: str, said: Message) -> Response:
    flash(say(said), "success")
    return go_to(url_for("review.show", slug=slug))
