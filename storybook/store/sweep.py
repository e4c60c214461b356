"""Changing every text of one story, wherever a table holds one, without knowing the tables by name.

A table belongs to a story if it names it, or names a row of a table that does. Whatever is added later is swept too; a
test asks of every table with words whether it is. What each column holds is said where its table is made: codes are
left alone, whatever word of the language they are ("nothing", "open"), and so are the names inside JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .tables import metadata
from .tables.base import Holds

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
    """Which rows of ``table`` are the story's or all stories'; every row of a table that belongs to no story."""
    if "story_id" in table.columns:
        return sa.or_(table.c.story_id == story_id, table.c.story_id.is_(None))
    for key in table.foreign_keys:
        parent = key.column.table
        if parent is not table and (parent.name in REWRITTEN or "story_id" in parent.columns):
            return key.parent.in_(sa.select(key.column).where(of_story(parent, story_id)))
    return sa.true()


class Rewriter(Protocol):
    """What takes words out."""

    def text(self, text: str) -> str:
        """``text`` without them."""
        ...

    def texts(self, texts: Sequence[str]) -> list[str]:
        """The texts of one part without them, also where they begin in one and go on in another."""
        ...

    def ref(self, ref: str) -> str:
        """A short name, or the new one of the part that had it."""
        ...

    def stands_in(self, text: str) -> bool:
        """Whether they stand in ``text``."""
        ...


def rewrite(session: Session, story_id: UUID, rewriter: Rewriter) -> int:
    """Takes words out of every text and JSON value of the story that holds some; how many rows changed."""
    return sum(_rewrite(session, table, of_story(table, story_id), rewriter) for table in swept())


def held(column: sa.Column[Any]) -> Holds:
    """What a column holds: words, unless its table says otherwise."""
    return Holds(column.info.get("holds", Holds.WORDS))


def _rewrite(session: Session, table: sa.Table, where: sa.ColumnElement[bool], rewriter: Rewriter) -> int:
    columns, changed = [c for c in worded(table) if held(c) is not Holds.CODES], 0
    rows = session.execute(sa.select(table.c.id, *columns).where(where)).all() if columns else []
    for row in rows:
        values = {column: getattr(row, column.name) for column in columns}
        this = table.c.id == row.id
        if _made_of_them(values, rewriter):
            session.execute(sa.delete(table).where(this))
            changed += 1
            continue
        new = {c.name: _without(c, value, rewriter) for c, value in values.items()}
        new |= _together({c.name: new[c.name] for c in columns if held(c) is Holds.WORDS}, rewriter)
        new = {name: one for name, one in new.items() if one != getattr(row, name)}
        if new:
            session.execute(sa.update(table).where(this).values(new))
            changed += 1
    return changed


def _made_of_them(values: Mapping[sa.Column[Any], Any], rewriter: Rewriter) -> bool:
    made = (value for column, value in values.items() if held(column) is Holds.MADE)
    return any(rewriter.stands_in(text) for value in made for text in texts_in(value))


def _without(column: sa.Column[Any], value: Any, rewriter: Rewriter) -> Any:
    if held(column) is Holds.MADE or value is None:
        return value
    if held(column) is Holds.REF:
        return rewriter.ref(value)
    only = column.info.get("at")
    if only and isinstance(value, Mapping):
        return {name: _texts(one, rewriter) if name in only else one for name, one in value.items()}
    return _texts(value, rewriter)


def _texts(value: Any, rewriter: Rewriter) -> Any:
    """A text, or JSON with texts in it, without the words; what its parts are called is ours."""
    if isinstance(value, str):
        return rewriter.text(value)
    if isinstance(value, Mapping):
        new = {name: _texts(one, rewriter) for name, one in value.items()}
        return new | _together(new, rewriter)
    return [_texts(one, rewriter) for one in value] if isinstance(value, list | tuple) else value


def _together(said: Mapping[str, Any], rewriter: Rewriter) -> dict[str, Any]:
    """The columns that hold one text each, without words that begin in one of them and go on in another."""
    texts = {name: value for name, value in said.items() if isinstance(value, str)}
    return dict(zip(texts, rewriter.texts([*texts.values()]), strict=True))


def parts_in(value: Any) -> Iterator[list[str]]:
    """The texts of each part of a JSON value, those of one part together."""
    if isinstance(value, Mapping):
        yield [one for one in value.values() if isinstance(one, str)]
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for one in inner:
        yield from parts_in(one)


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a JSON value; what its parts are called is none."""
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for one in inner:
        yield from texts_in(one)
