"""Signing in with one click as one of the demo's people. All other sign-in pages are Flask-Security's, in our dress."""

from __future__ import annotations

from flask import Blueprint, current_app, url_for
from flask_security import login_user
from werkzeug.wrappers import Response

from ...services.accounts import DEMO_ACCOUNTS
from ...services.errors import NotFound
from ..htmx import go_to

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
