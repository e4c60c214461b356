"""What a view needs of the world: the services' context, and who is asking."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from flask import Flask, current_app, g
from flask_login import current_user

from ..services.accounts import actor_of
from ..services.context import Actor, Context

KEY = "storybook"


def set_services(app: Flask, ctx: Context) -> None:
    """Gives ``app`` the services' context that its views will use."""
    app.extensions[KEY] = ctx


def services() -> Context:
    """The services' context of the running app."""
    return cast(Context, current_app.extensions[KEY])


def asker() -> Actor:
    """Who asks: the signed-in account as an Actor, or nobody. Looked up once a request."""
    if "asker" not in g:
        g.asker = (
            actor_of(services(), UUID(str(current_user.id)))
            if current_user.is_authenticated
            else Actor.nobody()
        )
    return cast(Actor, g.asker)
