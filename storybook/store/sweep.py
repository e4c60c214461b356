"""Changing every text of one story, wherever a table holds one, without knowing the tables by name.

A table belongs to a story if it names it, or names a row of a table that does. Whatever is added later is swept too; a
test asks of every table with words whether it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .tables import metadata

#: Tables whose words are no story's: who may sign in, what was done (without content), which numbers left a dataset.
NOT_SWEPT: Final = frozenset({"accounts", "roles", "account_roles", "audit", "ledger"})
#: Tables of the story itself and of what was made of it: rewritten as a whole, by those who know how they are built.
REWRITTEN: Final = frozenset(
    {
        "stories",
        "people",
        "agencies",
        "contacts",
        "gaps",
        "episodes",
        "tracks",
        "points",
        "candidates",
        "editions",
    }
)


def swept() -> Iterator[sa.Table]:
    """Every table that is swept."""
    yield from (t for t in metadata.sorted_tables if t.name not in NOT_SWEPT | REWRITTEN and worded(t))


def worded(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns of ``table`` that may hold words."""
    return [c for c in table.columns if _holds_words(c.type) and not c.primary_key]


def _holds_words(kind: Any) -> bool:
    """Whether a type is text or JSON, or dresses one of them up (as SQLModel does)."""
    return isinstance(getattr(kind, "impl_instance", kind), sa.String | sa.JSON)


def of_story(table: sa.Table, story_id: UUID) -> sa.ColumnElement[bool]:
    """Which rows of ``table`` are the story's; every row of a table that belongs to no story."""
    if "story_id" in table.columns:
        return table.c.story_id == story_id
    for key in table.foreign_keys:
        parent = key.column.table
        if parent is not table and (parent.name in REWRITTEN or "story_id" in parent.columns):
            return key.parent.in_(sa.select(key.column).where(of_story(parent, story_id)))
    return sa.true()


def rewrite(session: Session, story_id: UUID, change: Callable[[Any], Any]) -> int:
    """Puts ``change(value)`` in the place of every text and JSON value of the story; how many rows changed."""
    return sum(_rewrite(session, table, of_story(table, story_id), change) for table in swept())


def _rewrite(
    session: Session, table: sa.Table, where: sa.ColumnElement[bool], change: Callable[[Any], Any]
) -> int:
    columns, changed = worded(table), 0
    for row in session.execute(sa.select(table.c.id, *columns).where(where)).all():
        values = {column.name: getattr(row, column.name) for column in columns}
        new = {name: change(value) for name, value in values.items() if change(value) != value}
        if new:
            session.execute(sa.update(table).where(table.c.id == row.id).values(new))
            changed += 1
    return changed
