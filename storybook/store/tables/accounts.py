"""Accounts, with the columns that Flask-Security asks for; its mixins are added where Flask is known.

Plain declarative classes on the same metadata: Flask-Security wants relationships and mapped subclasses.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint, Uuid, event, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlmodel.sql.sqltypes import UTCDateTime

from ...story.ids import new_id
from .base import CODES
from .base import metadata as shared


class _Base(DeclarativeBase):
    metadata = shared
    type_annotation_map: ClassVar[dict[Any, Any]] = {dt.datetime: UTCDateTime}


AccountRoles = Table(
    "account_roles",
    shared,
    Column("account_id", Uuid, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", Uuid, ForeignKey("roles.id", ondelete="CASCADE"), primary_key=True),
)


class RoleRow(_Base):
    """A site role: ``name`` is a ``services.permissions.SiteRole``."""

    __tablename__ = "roles"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str | None] = mapped_column(String(255))


class UserRow(_Base):
    """Somebody who can sign in. ``name`` is what screens call them.

    A session's cookie holds ``fs_uniquifier``, looked up at every request: with another value, all of them end.
    """

    __tablename__ = "accounts"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[dt.datetime]
    roles: Mapped[list[RoleRow]] = relationship(secondary=AccountRoles)


@event.listens_for(UserRow.password, "set", propagate=True)
def _new_password(row: UserRow, *_: object) -> None:
    """With another password every session that was opened with the old one ends."""
    if inspect(row).persistent:
        row.fs_uniquifier = secrets.token_hex(32)


class StoryRoleRow(_Base):
    """What an account is in one story. An expert's line names the person (by id) whom they speak for."""

    __tablename__ = "story_roles"
    __table_args__ = (UniqueConstraint("story_id", "account_id", "role", "person_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    story_id: Mapped[UUID] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    #: No foreign key: the operator and the program itself write stories too, and have no account.
    account_id: Mapped[UUID] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(String(20), **CODES)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
