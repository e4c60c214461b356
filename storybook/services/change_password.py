"""Another password for one's own account, by whoever knows the one it has."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from ..store.tables import UserRow
from ..story.messages import Message, message
from ..story.problems import Problem, Problems
from .accounts import LONGEST, SHORTEST, as_compared, fits, hash_password
from .context import Context
from .errors import NotFound
from .permissions import Actor


def change_password(ctx: Context, actor: Actor, *, now: str, new: str) -> None:
    """Gives the actor's own account another password, and ends its sessions, this one too.

    Raises Problems where ``now`` is not the one it has (or not any more), or ``new`` would not do.
    """
    with ctx.read() as session:
        row = _own(session, actor)
        stored, problems = row.password, [*_of_now(row, now), *_of_new(row, now, new)]
    if problems:
        raise Problems(problems)
    hashed = hash_password(new)  # takes its time, so not while others wait to write
    with ctx.unit(actor) as unit:
        row = _own(unit.session, actor)
        if row.password != stored:
            raise Problems([_wrong()])
        row.password, row.fs_uniquifier = hashed, secrets.token_hex(32)
        unit.audit("change password", row.id)


def _own(session: Session, actor: Actor) -> UserRow:
    row = session.get(UserRow, actor.id)
    if row is None or not row.active:
        raise NotFound
    return row


def _of_now(row: UserRow, now: str) -> list[Problem]:
    return [] if fits(row.password, now) else [_wrong()]


def _wrong() -> Problem:
    return Problem(message("that is not the password you have now"), message("type it again"), "now")


def _of_new(row: UserRow, now: str, new: str) -> list[Problem]:
    if not SHORTEST <= len(new) <= LONGEST:
        right = message(
            "use {least} letters or more: three words that don't belong together, say", least=SHORTEST
        )
        return [Problem(_length(new), right, "new")]
    if as_compared(new) == as_compared(now):
        return [Problem(message("that is the one you have now"), message("use another one"), "new")]
    if new.strip().lower() in {row.email, row.email.partition("@")[0]}:
        return [
            Problem(
                message("that is your email address"), message("use words that nobody can look up"), "new"
            )
        ]
    return []


def _length(new: str) -> Message:
    if not new:
        return message("this is empty")
    return message("that is too short") if len(new) < SHORTEST else message("that is too long")
