"""Accounts: signing in and out, by Flask-Security over the services' tables."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from flask import Flask
from flask_login import user_logged_out
from flask_security import RoleMixin, Security, SQLAlchemySessionUserDatastore, UserMixin

from ...services.accounts import SHORTEST, account_models, end_sessions
from ...services.context import Context
from ...story.messages import message, say
from ..context import services
from .throttle import init_throttle

_WRONG = say(message("That email address and password don't go together. Check both and try again."))

#: Role, name and job of the demo's people, as the sign-in page offers them.
DEMO_ROLES = (
    ("worker", message("Case worker"), message("Writes the story with the person")),
    ("expert", message("Expert by experience"), message("Reads, changes and agrees to her own story")),
    ("reviewer", message("Reviewer"), message("Looks for what could identify someone")),
    ("analyst", message("Analyst"), message("Brings agencies’ rows in and counts them")),
    ("advocate", message("Advocate"), message("Stops sharing a story for someone who asks")),
    ("lead", message("Information-governance lead"), message("Says if it may go on the open web")),
)

_CONFIG: dict[str, object] = {
    "SECURITY_LOGIN_URL": "/sign-in/",
    "SECURITY_LOGOUT_URL": "/sign-out/",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_POST_LOGIN_VIEW": "/stories/",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_LOGIN_USER_TEMPLATE": "account/sign_in.html",
    # One answer for a wrong password and for an account that does not exist.
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
    "SECURITY_STATIC_FOLDER": None,
    # No page asks for the password again, so there is no page for it.
    "SECURITY_FRESHNESS": dt.timedelta(minutes=-1),
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (_WRONG, "error"),
    "SECURITY_MSG_INVALID_REDIRECT": (
        say(message("That page is not on this site. Sign in again to open your stories.")),
        "error",
    ),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": (say(message("Enter your password.")), "error"),
    "SECURITY_MSG_EMAIL_NOT_PROVIDED": (say(message("Enter your email address.")), "error"),
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "REMEMBER_COOKIE_HTTPONLY": True,
    "REMEMBER_COOKIE_SAMESITE": "Lax",
}


def init_accounts(app: Flask, ctx: Context) -> None:
    """Gives ``app`` its accounts: tables from the services, pages of ours, a brake on guessing."""
    for key, value in _CONFIG.items():
        app.config.setdefault(key, value)
    app.config["REMEMBER_COOKIE_SECURE"] = app.config["SESSION_COOKIE_SECURE"]
    user, role = account_models(UserMixin, RoleMixin)
    session = ctx.account_session()
    app.extensions["storybook-accounts"] = SQLAlchemySessionUserDatastore(session, user, role)
    security = Security(app, app.extensions["storybook-accounts"])
    security.login_context_processor(lambda: {"demo_roles": DEMO_ROLES})
    app.teardown_appcontext(lambda _error: session.remove())
    user_logged_out.connect(_end_sessions, app)
    init_throttle(app)


def _end_sessions(_app: Flask, user: Any = None) -> None:
    """Signing out ends the session here too: a copy of its cookie opens nothing, in no process."""
    if user is not None and user.is_authenticated:
        end_sessions(services(), UUID(str(user.id)))
