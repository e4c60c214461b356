"""Signing in with one click as one of the demo's people, and another password for one's own account.

All other sign-in pages are Flask-Security's, in our dress.
"""

from __future__ import annotations

from flask import Blueprint, current_app, flash, render_template, request, url_for
from flask_security import login_user
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from ...services.accounts import DEMO_ACCOUNTS
from ...services.change_password import change_password
from ...services.errors import NotFound
from ...story.messages import message, say
from ..context import asker, services
from ..htmx import go_to
from .forms import PasswordForm
from .throttle import FAILURES_AN_ACCOUNT, Throttle

account = Blueprint("account", __name__)


@account.post("/sign-in/demo/<role>")
def demo_sign_in(role: str) -> Response:
    """Signs in as the demo's worker, expert, reviewer or analyst; the access table lets only this machine in."""
    datastore = current_app.extensions["storybook-accounts"]
    email = next((one.email for one in DEMO_ACCOUNTS if role in one.roles), None)
    user = datastore.find_user(email=email) if email else None
    if user is None or not login_user(user, remember=False, authn_via=["demo"]):
        raise NotFound
    return go_to(url_for("stories.index"))


@account.route("/account/password/", methods=["GET", "POST"])
def password() -> str | Response | tuple[str, int]:
    """Another password, for whoever knows the one they have. Wherever else they are signed in, they are no more."""
    form = PasswordForm()
    if request.method == "POST" and _changed(form):
        _stay_signed_in()
        said = message("Your password is changed. Wherever else you were signed in, you are signed out now.")
        flash(say(said), "success")
        return go_to(url_for("account.password"))
    return render_template("account/password.html", form=form), form.status


def _changed(form: PasswordForm) -> bool:
    """Whether it was taken. Somebody at an open screen who guesses has to wait, as they would at the sign-in page."""
    throttle: Throttle = current_app.extensions["storybook-throttle"]
    whose = f"password {asker().id}"
    if throttle.must_wait(whose, FAILURES_AN_ACCOUNT):
        raise TooManyRequests
    words = {"now": form.now.data or "", "new": form.new.data or ""}
    done = form.saved(lambda: change_password(services(), asker(), **words))
    if form.now.errors:
        throttle.failed(whose)
    return done


def _stay_signed_in() -> None:
    """Gives this browser a new session: the one it had is ended with all others."""
    datastore = current_app.extensions["storybook-accounts"]
    datastore.db.session.rollback()  # what it has read is older than the change
    login_user(datastore.find_user(id=asker().id), remember=False, authn_via=["password"])
