"""From a draft to an edition and back: review, consent, sign-off, publishing, and taking it back."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...anonymise.draft import Draft
from ...services import agree
from ...services.cards import make_card
from ...services.editions import editions_of
from ...services.others import others_of
from ...services.permissions import Action
from ...services.publish_edition import publish_edition
from ...services.rehearsed import rehearsed_of
from ...services.review import get_candidate, send_for_review
from ...services.risk import risk_of
from ...services.second_look import my_consent
from ...services.second_look import second_look as say_again
from ...services.states import StoryState
from ...services.withdraw import withdraw as withdraw_story
from ...story.messages import Message, message, say
from ...swimlane.page import PicturePage
from ..access import opened
from ..context import asker, services
from ..htmx import go_to
from ..people.forms import STANDINGS
from ..pictures import pictures
from .forms import CHANNEL_HINTS, CHANNELS, WISHES, ConsentForm, SignOffForm
from .page import ReviewPage, person_of

review = Blueprint("review", __name__, url_prefix="/stories/<slug>")
Answer = str | Response | tuple[str, int]


@review.get("/review/")
def show(slug: str) -> str:
    """What would be shown, what stands in the way and where, who has agreed."""
    page = _page(slug)
    return _review(page, SignOffForm(sha256=page.sha256))


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
    return _review(_page(slug), form), 422


@review.post("/review/sign-off/lead/")
def sign_as_lead(slug: str) -> Response:
    """The information-governance lead's yes, beside the reviewer's."""
    agree.sign_as_lead(services(), asker(), slug, sha256=request.form.get("sha256", ""))
    return _then(slug, message("You signed it as information-governance lead."))


@review.post("/publish/")
def publish(slug: str) -> Response:
    """Makes the edition."""
    made = publish_edition(services(), asker(), slug)
    flash(say(message("Edition {number} is shared.", number=made.number)), "success")
    return go_to(url_for("editions.newest", slug=slug))


@review.route("/people/<person>/consent/", methods=["GET", "POST"])
def consent(slug: str, person: str) -> Answer:
    """What this person agrees to: where it may be shown, and until when."""
    page = _page(slug)
    form = ConsentForm(sha256=page.sha256)
    if form.saved(lambda: agree.give_consent(services(), asker(), slug, person=person, **form.fields())):
        return _then(
            slug, message("Thank you. What you agree to is kept. You can change your mind at any time.")
        )
    who = person_of(opened(), person)
    mine = my_consent(services(), asker(), slug, person) if page.candidate else None
    values = {"form": form, "page": page, "person": who, "mine": mine, "picture": _picture(page)}
    words = {"channel_words": CHANNELS, "channel_hints": CHANNEL_HINTS, "wishes": WISHES}
    return render_template("review/consent.html", **values, **words), form.status


@review.post("/people/<person>/consent/again/")
def second_look(slug: str, person: str) -> Response:
    """The second yes, after the cooling-off, to exactly the version that was read again."""
    say_again(services(), asker(), slug, person=person, sha256=request.form.get("sha256", ""))
    return _then(
        slug, message("Thank you. You have said yes twice. You can still change your mind at any time.")
    )


@review.post("/people/<person>/consent/take-back/")
def take_back(slug: str, person: str) -> Response:
    """Takes back what this person agreed to."""
    agree.take_back_consent(services(), asker(), slug, person=person)
    return _then(slug, message("You took back what you agreed to."))


@review.post("/people/<person>/withdraw/")
def withdraw(slug: str, person: str) -> str:
    """Stops sharing, at once and without a reason."""
    done = withdraw_story(services(), asker(), slug, person)
    return render_template("review/withdrawn.html", withdrawal=done, slug=slug)


@review.post("/people/<person>/card/")
def card(slug: str, person: str) -> str:
    """A new card for this person, shown once, to be printed."""
    code = make_card(services(), asker(), slug, person)
    return render_template("review/card.html", code=code, slug=slug, mine=person in opened().access.persons)


def _page(slug: str) -> ReviewPage:
    in_review = opened().state is not StoryState.DRAFT
    candidate = get_candidate(services(), asker(), slug) if in_review else None
    editions = editions_of(services(), asker(), slug)
    others = others_of(services(), asker(), slug) if in_review else ()
    measured = risk_of(services(), asker(), slug) if in_review and opened().can(Action.READ_RISK) else None
    rehearsed = rehearsed_of(services(), asker(), slug) if in_review else None
    return ReviewPage(opened(), candidate, editions, others, measured, rehearsed)


def _review(page: ReviewPage, form: SignOffForm) -> str:
    values = {"form": form, "picture": _picture(page), "standings": STANDINGS}
    return render_template("review/review.html", page=page, **values)


def _picture(page: ReviewPage) -> PicturePage | None:
    """All that readers would see, to the letter, watermarked: nobody agrees to words that they were not shown."""
    return pictures().of_draft(Draft(page.candidate.candidate.shown)) if page.candidate else None


def _then(slug: str, said: Message) -> Response:
    flash(say(said), "success")
    return go_to(url_for("review.show", slug=slug))
