"""Stopping without an account: with the code on a card, or through an advocate.

The page for a card keeps nothing and asks for nothing else: no cookie, no account, no reason. A right code works at
once, whatever else was sent from the same network: nobody can shut anybody's way out by guessing. That guessing leads
nowhere is the code's own length (``services.stopping.cards``); whoever sends many wrong ones is told so by the answer's
status.
"""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, flash, render_template, request, url_for
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from ...services.editions.shown import all_shared
from ...services.errors import NotFound
from ...services.stopping.cards import replace_cards, stop_by_card
from ...services.stopping.mine import shared_with_my_yes
from ...services.stopping.mine import stop_mine as stop_shared
from ...services.stopping.withdraw import withdraw_for
from ...story.messages import message, say
from ...story.problems import Problems
from ..account.throttle import Throttle, services_clock
from ..context import asker, services
from ..forms import mark_error, sentence
from ..htmx import go_to

stopping = Blueprint("stopping", __name__, url_prefix="/stop")
#: Wrong codes from one sender within the throttle's window after which further wrong ones are answered 429.
WRONG_CODES = 20
_THROTTLE = "storybook-card-throttle"


def init_stopping(app: Flask, csrf: CSRFProtect) -> None:
    """Gives ``app`` its brake on guesses. The code is the secret: the page needs no cookie, so it has no token."""
    app.extensions[_THROTTLE] = Throttle(services_clock(app))
    csrf.exempt("storybook.web.stopping.views.card")


@stopping.route("/", methods=["GET", "POST"])
def card() -> str | tuple[str, int]:
    """Asks for the code on a card; with the right one, stops sharing at once."""
    if request.method != "POST":
        return render_template("stopping/card.html", wrong="")
    throttle: Throttle = current_app.extensions[_THROTTLE]
    sender = f"sender {request.remote_addr}"
    try:
        done = stop_by_card(services(), request.form.get("code", ""))
    except Problems as problems:
        slowed = throttle.must_wait(sender, WRONG_CODES)
        throttle.failed(sender)
        mark_error()
        wrong = sentence(problems.problems[0])
        return render_template("stopping/card.html", wrong=wrong), 429 if slowed else 422
    return render_template("stopping/stopped.html", withdrawal=done)


@stopping.get("/mine/")
def mine() -> str:
    """What is shared now and this person said yes to, whether or not the draft still has them in it."""
    return render_template("stopping/mine.html", editions=shared_with_my_yes(services(), asker()))


@stopping.post("/mine/<slug>/")
def stop_mine(slug: str) -> str:
    """Stops sharing such a story, at once and without a reason."""
    return render_template("stopping/stopped.html", withdrawal=stop_shared(services(), asker(), slug))


@stopping.get("/for-someone/")
def for_someone() -> str:
    """What is shared now, for an advocate to stop on somebody's behalf."""
    return render_template("stopping/for_someone.html", editions=all_shared(services(), asker()))


@stopping.route("/for-someone/<slug>/card/", methods=["GET", "POST"])
def lost_card(slug: str) -> str:
    """Ends the older cards of somebody who lost one, and shows the new one once."""
    if request.method == "POST":
        code = replace_cards(services(), asker(), slug, request.form.get("person", ""))
        back = url_for("stopping.for_someone")
        return render_template("review/card.html", code=code, back=back, mine=False, ended=True)
    found = next((one for one in all_shared(services(), asker()) if one.slug == slug), None)
    if found is None or found.edition is None:
        raise NotFound(message("There is no such story here."))
    return render_template("stopping/lost_card.html", edition=found)


@stopping.post("/for-someone/<slug>/")
def stop_for(slug: str) -> Response:
    """Stops sharing a story because somebody in it asked; says nothing about who."""
    withdraw_for(services(), asker(), slug)
    flash(say(message("It is no longer shared. Every page of it here is closed.")), "success")
    return go_to(url_for("stopping.for_someone"))
