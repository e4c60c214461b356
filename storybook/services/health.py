"""Whether everything this program stands on answers; says yes or no and no more."""

from __future__ import annotations

import os
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from ..store.migrate import HEAD, revision
from .context import Context


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool


@dataclass(frozen=True, slots=True)
class Health:
    """All of them."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether everything answers."""
        return all(check.ok for check in self.checks)


def health(ctx: Context) -> Health:
    """Looks at the database, its schema and the home folder."""
    answers, current = _database(ctx)
    home = os.access(ctx.home, os.R_OK | os.W_OK | os.X_OK)
    return Health((Check("database", answers), Check("schema", current), Check("home", home)))


def _database(ctx: Context) -> tuple[bool, bool]:
    try:
        with ctx.store.engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
            return True, revision(connection) == HEAD
    except SQLAlchemyError:
        return False, False
