"""Accounts and what each may do: site roles, and roles in a story.

Flask-Security signs people in; it gets mapped classes from ``account_models`` and its own session. Everything else
about accounts is here. Passwords are Argon2 hashes (argon2-cffi's defaults, RFC 9106's second choice).
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session, relationship
from sqlmodel import col

from ..store.tables import AccountRoles, PersonRow, RoleRow, StoryRoleRow, UserRow
from ..story.ids import new_id
from ..story.messages import message
from ..story.problems import Problem, Problems
from .access import check, enter
from .context import Context
from .errors import NotAllowed, NotFound
from .permissions import (
    GIVEN_ROLES,
    NOT_THEIR_VOICE,
    Action,
    Actor,
    SiteRole,
    StoryRole,
    has_own_voice,
    may,
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    id: UUID
    email: str
    name: str
    roles: frozenset[SiteRole]
    demo: bool = False

    @property
    def actor(self) -> Actor:
        """The account as the one who asks."""
        return Actor(self.id, self.name, self.roles, self.demo)


#: The fewest letters a password has.
SHORTEST = 10
#: The most letters that are looked at: more are no safer, and take time to hash.
LONGEST = 1000
#: Who signs in with one click in the demo.
DEMO_ACCOUNTS: tuple[Account, ...] = tuple(
    Account(UUID(int=100 + number), f"{role}@demo.storybook.example", name, frozenset({role}), demo=True)
    for number, (role, name) in enumerate(
        (
            (SiteRole.WORKER, "Demo case worker"),
            (SiteRole.EXPERT, "Demo expert by experience"),
            (SiteRole.REVIEWER, "Demo reviewer"),
            (SiteRole.ANALYST, "Demo analyst"),
            (SiteRole.ADVOCATE, "Demo advocate"),
            (SiteRole.LEAD, "Demo information-governance lead"),
        )
    )
)


@cache
def account_models(user_mixin: type[Any], role_mixin: type[Any]) -> tuple[type[Any], type[Any]]:
    """(User, Role): the tables of accounts with Flask-Security's mixins, mapped once for each pair of mixins."""
    role = type("Role", (RoleRow, role_mixin), {"__module__": __name__})
    roles = relationship(role, secondary=AccountRoles, overlaps="roles")
    user = type("User", (UserRow, user_mixin), {"__module__": __name__, "roles": roles})
    return user, role


def hash_password(password: str) -> str:
    """An Argon2id hash that Flask-Security (``SECURITY_PASSWORD_SCHEMES = ["argon2"]``, single hash) checks."""
    return PasswordHasher().hash(as_compared(password))


def as_compared(password: str) -> str:
    """The password as signing in compares it: one letter with its accent is the same typed in one key or in two."""
    return unicodedata.normalize("NFKD", password)


def add_account(
    ctx: Context,
    actor: Actor,
    email: str,
    *,
    name: str = "",
    roles: Iterable[SiteRole] = (),
    password_hash: str | None = None,
    demo: bool = False,
    id: UUID | None = None,
) -> Account:
    """A new account; raises Problems if the address is no address or is taken."""
    check(may(actor, Action.MANAGE_ACCOUNTS), actor)
    email = _address(email)
    with ctx.unit(actor) as unit:
        if _by_email(unit.session, email) is not None:
            raise Problems([_taken()])
        row = UserRow(
            id=id or new_id(),
            email=email,
            name=name,
            password=password_hash,
            active=True,
            demo=demo,
            fs_uniquifier=secrets.token_hex(32),
            created_at=ctx.clock.now(),
            roles=[_role(unit.session, role) for role in sorted(set(roles))],
        )
        unit.session.add(row)
        unit.audit("add account", row.id)
        return _account(row)


def find_account(ctx: Context, email: str) -> Account | None:
    """The account with this address, if it may sign in."""
    with ctx.read() as session:
        row = _by_email(session, email.strip().lower())
        return None if row is None or not row.active else _account(row)


def has_password(ctx: Context, account: Account, typed: str) -> bool:
    """Whether ``typed`` is the account's password; an account without one has none that anybody could type."""
    with ctx.read() as session:
        kept = session.get_one(UserRow, account.id).password
    return fits(kept, typed)


def fits(kept: str | None, typed: str) -> bool:
    """Whether ``typed`` is the password of which ``kept`` is the hash; where none is kept, nothing is."""
    if not kept or len(typed) > LONGEST:
        return False
    try:
        return PasswordHasher().verify(kept, as_compared(typed))
    except (InvalidHashError, VerificationError):
        return False


def end_sessions(ctx: Context, account_id: UUID) -> None:
    """Signs the account out wherever it is signed in: what its cookies say fits no account any more.

    No audit line: when somebody signs out is nobody's business.
    """
    with ctx.store.write() as session:
        row = session.get(UserRow, account_id)
        if row is not None:
            row.fs_uniquifier = secrets.token_hex(32)


def actor_of(ctx: Context, account_id: UUID) -> Actor:
    """Who asks, from the account's id; nobody, if it is gone or closed."""
    with ctx.read() as session:
        row = session.get(UserRow, account_id)
        return Actor.nobody() if row is None or not row.active else _account(row).actor


def list_accounts(ctx: Context, actor: Actor) -> tuple[Account, ...]:
    """Every account, by address."""
    check(may(actor, Action.MANAGE_ACCOUNTS), actor)
    with ctx.read() as session:
        return tuple(_account(r) for r in session.scalars(sa.select(UserRow).order_by(UserRow.email)))


def share_story(
    ctx: Context, actor: Actor, slug: str, email: str, role: StoryRole, *, person: str | None = None
) -> None:
    """Gives an account a role in a story. An expert speaks for one ``person`` of it, by ref."""
    with ctx.unit(actor) as unit:
        story, access = enter(unit.session, actor, slug, Action.SHARE_STORY)
        account = _by_email(unit.session, email.strip().lower())
        if account is None:
            raise NotFound(message("There is no account with that address."))
        if account.id == actor.id or role not in GIVEN_ROLES:
            raise NotAllowed(message("Nobody gives themselves a part in a story."))
        person_id = _person(unit.session, story.id, role, person)
        if {role, *_roles_in(unit.session, story.id, account.id)} >= {StoryRole.AUTHOR, StoryRole.EXPERT}:
            raise NotAllowed(NOT_THEIR_VOICE)
        if role is StoryRole.EXPERT and not story.fictional:
            _must_be_a_voice(unit.session, story.id, account, person_id, again=not access.roles)
        if not _has(unit.session, story.id, account.id, role, person_id):
            unit.session.add(
                StoryRoleRow(
                    id=new_id(), story_id=story.id, account_id=account.id, role=role, person_id=person_id
                )
            )
        unit.audit(f"share story as {role}", story.id)


def _person(session: Session, story_id: UUID, role: StoryRole, ref: str | None) -> UUID | None:
    if role is not StoryRole.EXPERT:
        return None
    found = session.scalar(
        sa.select(col(PersonRow.id)).where(
            col(PersonRow.story_id) == story_id, col(PersonRow.ref) == (ref or "")
        )
    )
    if found is None:
        raise Problems(
            [
                Problem(
                    message("nobody in this story has that ref"),
                    message("say whose story it is"),
                    where="person",
                )
            ]
        )
    return found


def _must_be_a_voice(
    session: Session, story_id: UUID, account: UserRow, person_id: UUID | None, *, again: bool
) -> None:
    """NotAllowed unless the account may speak for this one person of a real story: each has a voice of their own.

    ``again``: whoever looks after the site may give a person who lost their account another; an author may not.
    """
    if not has_own_voice(_account(account).roles, frozenset()):
        raise NotAllowed(NOT_THEIR_VOICE)
    voices = sa.select(StoryRoleRow.account_id, StoryRoleRow.person_id).where(
        StoryRoleRow.story_id == story_id, StoryRoleRow.role == StoryRole.EXPERT
    )
    for speaker, whose in session.execute(voices).all():
        if speaker == account.id and whose != person_id:
            raise NotAllowed(
                message("That account speaks for somebody else in this story. Each has their own.")
            )
        if speaker != account.id and whose == person_id and not again:
            raise NotAllowed(
                message("They have an account already. Whoever looks after this site can give them another.")
            )


def _roles_in(session: Session, story_id: UUID, account_id: UUID) -> set[StoryRole]:
    query = sa.select(StoryRoleRow.role).where(
        StoryRoleRow.story_id == story_id, StoryRoleRow.account_id == account_id
    )
    return {StoryRole(role) for role in session.scalars(query)}


def _has(session: Session, story_id: UUID, account_id: UUID, role: StoryRole, person_id: UUID | None) -> bool:
    query = sa.select(StoryRoleRow.id).where(
        StoryRoleRow.story_id == story_id,
        StoryRoleRow.account_id == account_id,
        StoryRoleRow.role == role,
        StoryRoleRow.person_id.is_not_distinct_from(person_id),
    )
    return session.scalar(query) is not None


def _address(email: str) -> str:
    email = email.strip().lower()
    name, at, host = email.rpartition("@")
    if not (name and at and host) or any(c.isspace() for c in email) or len(email) > 255:
        raise Problems(
            [
                Problem(
                    message("that is not an email address"),
                    message("write one like name@example.org"),
                    "email",
                )
            ]
        )
    return email


def _taken() -> Problem:
    return Problem(
        message("there is an account with that address"), message("use another address"), where="email"
    )


def _by_email(session: Session, email: str) -> UserRow | None:
    return session.scalars(sa.select(UserRow).where(UserRow.email == email)).one_or_none()


def _role(session: Session, role: SiteRole) -> RoleRow:
    found = session.scalars(sa.select(RoleRow).where(RoleRow.name == role)).one_or_none()
    if found is None:
        found = RoleRow(id=new_id(), name=str(role), description=None)
        session.add(found)
    return found


def _account(row: UserRow) -> Account:
    return Account(row.id, row.email, row.name, frozenset(SiteRole(r.name) for r in row.roles), row.demo)
