"""A person's own answer to the final text: reading it, one question at a time, a look at all answers, yes or no.

Nothing is kept before the last button: until then the answers stand only in the page.
"""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...anonymise.consent import Channel
from ...services.consent import agree
from ...services.consent.say_no import answering, said_no
from ...services.consent.say_no import say_no as keep_no
from ...services.consent.second_look import MyConsent, my_consent
from ...services.consent.second_look import second_look as say_again
from ...services.consent.taking_part import permissions_of
from ...story.clock import today
from ...story.messages import Message, message, say
from ...story.problems import Problems
from ..access import opened
from ..context import asker, services
from ..htmx import go_to
from .answer_form import CHANNELS, DAY, LEFT, NO, PAID, QUESTIONS, TODAY, WHO, WISHES, AnswerForm
from .page import ReviewPage, person_of
from .views import page_of, picture_of, review

Answer = str | Response | tuple[str, int]


@review.route("/people/<person>/consent/", methods=["GET", "POST"])
def consent(slug: str, person: str) -> Answer:
    """What would be shown, and what this person has said of it; their yes is sent here."""
    if request.method == "POST":
        return _agree(slug, person)
    page = page_of(slug)
    refused = said_no(services(), asker(), slug, person) if page.candidate else None
    return render_template(
        "review/consent.html",
        page=page,
        person=person_of(opened(), person),
        mine=_mine(page, person),
        refused=None if "again" in request.args else refused,
        takes_part=person in permissions_of(services(), asker(), slug),
        picture=picture_of(page),
        channel_words=CHANNELS,
        wishes=WISHES,
    )


@review.route("/people/<person>/consent/answer/", methods=["GET", "POST"])
def answer(slug: str, person: str) -> Answer:
    """The questions, one at a time; with answers, all of them to look at once more."""
    page = page_of(slug)
    if not page.candidate:
        return go_to(url_for("review.consent", slug=slug, person=person))
    form = _form(page)
    looked = form.saved(lambda: _look_over(form, slug, person))
    if looked:
        answering(services(), asker(), slug, person=person)
    if request.method == "GET":
        form.fill(_mine(page, person))
    return _answer(page, form, person, looked=looked)


@review.post("/people/<person>/consent/no/")
def say_no(slug: str, person: str) -> Response:
    """A no to exactly the version that was read. It is final, and nobody else is told."""
    keep_no(services(), asker(), slug, person=person, sha256=request.form.get("sha256", ""))
    return go_to(url_for("review.consent", slug=slug, person=person))


@review.post("/people/<person>/consent/again/")
def second_look(slug: str, person: str) -> Response:
    """The second yes, after the cooling-off, to exactly the version that was read again."""
    say_again(services(), asker(), slug, person=person, sha256=request.form.get("sha256", ""))
    return _back(slug, person, message("Thank you. You have said yes twice. You can still change your mind."))


@review.post("/people/<person>/consent/take-back/")
def take_back(slug: str, person: str) -> Response:
    """Takes back what this person agreed to."""
    agree.take_back_consent(services(), asker(), slug, person=person)
    return _back(slug, person, message("You took back your yes. That is fine."))


def _agree(slug: str, person: str) -> Answer:
    page = page_of(slug)
    form = _form(page)

    def give() -> None:
        _look_over(form, slug, person)
        agree.give_consent(services(), asker(), slug, person=person, **form.fields())

    if form.saved(give):
        return _back(slug, person, message("Thank you. We have kept your answer."))
    return _answer(page, form, person, looked=False)


def _form(page: ReviewPage) -> AnswerForm:
    return AnswerForm(sha256=page.sha256).offer(today(services().clock))


def _look_over(form: AnswerForm, slug: str, person: str) -> None:
    """Raises all that is wrong with an answer at once. An answer of nothing but no is right as it is."""
    problems = form.own_problems()
    if form.says_yes:
        try:
            agree.look_over(services(), asker(), slug, person=person, **form.fields())
        except Problems as found:
            problems += [p for p in found.problems if p.where != "channels"]
    if problems:
        raise Problems(problems)


def _answer(page: ReviewPage, form: AnswerForm, person: str, *, looked: bool) -> Answer:
    words = {"questions": QUESTIONS, "channel_words": CHANNELS, "who": WHO, "left": LEFT, "today": TODAY}
    said = {"paid": PAID, "wishes": WISHES, "yes": DAY, "no": NO, "channels": tuple(Channel)}
    who = person_of(opened(), person)
    values = {"page": page, "form": form, "person": who, "looked": looked}
    return render_template("review/answer.html", **values, **words, **said), form.status


def _mine(page: ReviewPage, person: str) -> MyConsent | None:
    return my_consent(services(), asker(), page.story.slug, person) if page.candidate else None


def _back(slug: str, person: str, said: Message) -> Response:
    flash(say(said), "success")
    return go_to(url_for("review.consent", slug=slug, person=person))
