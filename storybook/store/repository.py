"""A ``Story`` in and out of its tables, identical.

``save`` writes only what differs, so the same function imports a story and changes one field. Rows are made from a
``Story``, which has been checked; the tables themselves check nothing but their references.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from ..story.model import Agency, Contact, Episode, Gap, Person, Point, Story, Track
from .tables import (
    AgencyRow,
    ContactRow,
    EpisodeRow,
    GapRow,
    PersonRow,
    PointRow,
    StoryRow,
    TrackRow,
)

#: In the order of their references: agencies before contacts, tracks before points.
_PARTS: tuple[tuple[str, type[Any], type[Any]], ...] = (
    ("people", PersonRow, Person),
    ("agencies", AgencyRow, Agency),
    ("contacts", ContactRow, Contact),
    ("gaps", GapRow, Gap),
    ("episodes", EpisodeRow, Episode),
    ("tracks", TrackRow, Track),
)
#: The names of a story's parts, as fields of ``Story``.
PART_NAMES = tuple(name for name, _, _ in _PARTS)
_ROW_ONLY = {"story_id", "track_id", "ordinal", "state"}


def find(session: Session, slug: str, *, lock: bool = False) -> StoryRow | None:
    """The story's own row, or None. ``lock`` keeps other writers out until the transaction ends."""
    query = sa.select(StoryRow).where(col(StoryRow.slug) == slug)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def get(session: Session, slug: str) -> Story | None:
    """The whole story, exactly as it was saved; None if there is none."""
    row = find(session, slug)
    return None if row is None else load(session, row)


def load(session: Session, row: StoryRow) -> Story:
    """The whole story that ``row`` heads (seven queries, whatever its size)."""
    parts = {name: _parts(session, table, part, row.id) for name, table, part in _PARTS}
    parts["tracks"] = _with_points(session, parts["tracks"])
    return Story.model_validate({**_fields(row), **parts})


def _parts(session: Session, table: type[Any], part: type[Any], story_id: UUID) -> tuple[Any, ...]:
    rows = session.scalars(sa.select(table).where(table.story_id == story_id).order_by(table.ordinal))
    return tuple(part.model_validate(_fields(r)) for r in rows)


def _with_points(session: Session, tracks: Iterable[Track]) -> tuple[Track, ...]:
    tracks = tuple(tracks)
    ids = [t.id for t in tracks]
    rows = session.scalars(
        sa.select(PointRow).where(col(PointRow.track_id).in_(ids)).order_by(col(PointRow.ordinal))
    ).all()
    points = {i: tuple(Point.model_validate(_fields(r)) for r in rows if r.track_id == i) for i in ids}
    return tuple(t.model_copy(update={"points": points[t.id]}) for t in tracks)


def _fields(row: SQLModel) -> dict[str, Any]:
    """The row's own values; JSON lists become tuples again where the part is checked."""
    return {name: getattr(row, name) for name in type(row).model_fields if name not in _ROW_ONLY}


def save(session: Session, story: Story, *, before: Story | None = None) -> None:
    """Writes ``story``; ``before`` is what the tables hold now (None: nothing of it).

    Children go before their parents and come after them, so that no reference ever points nowhere.
    """
    old, new = _rows(before), _rows(story)
    for table in reversed(old):
        _delete(session, table, old[table].keys() - new[table].keys())
    for table in new:
        _update(session, table, old[table], new[table])
        _insert(session, table, [r for i, r in new[table].items() if i not in old[table]])


def any_stored(session: Session, story: Story) -> bool:
    """Whether the story or any part of it is in the tables already, by its id."""
    asked = ((table, list(rows)) for table, rows in _rows(story).items())
    return any(session.scalar(sa.select(table.id).where(table.id.in_(ids)).limit(1)) for table, ids in asked)


def remove(session: Session, story_id: UUID) -> None:
    """Deletes the story and everything that hangs on it; its editions stay and answer "no longer shared"."""
    session.execute(sa.delete(StoryRow).where(col(StoryRow.id) == story_id))


def _rows(story: Story | None) -> dict[type[Any], dict[UUID, dict[str, Any]]]:
    """Every row of the story as a dict, by table (in the order of references) and id."""
    rows: dict[type[Any], dict[UUID, dict[str, Any]]] = {StoryRow: {}}
    rows |= {table: {} for _, table, _ in _PARTS} | {PointRow: {}}
    if story is None:
        return rows
    rows[StoryRow][story.id] = story.model_dump(exclude=set(PART_NAMES))
    for name, table, _ in _PARTS:
        for ordinal, part in enumerate(getattr(story, name)):
            rows[table][part.id] = _row(part, ordinal, story_id=story.id)
    for track in story.tracks:
        for ordinal, point in enumerate(track.points):
            rows[PointRow][point.id] = _row(point, ordinal, track_id=track.id)
    return rows


def _row(part: SQLModel, ordinal: int, **parent: UUID) -> dict[str, Any]:
    return part.model_dump(exclude={"points"}) | {"ordinal": ordinal} | parent


def _delete(session: Session, table: type[Any], ids: Iterable[UUID]) -> None:
    if ids := list(ids):
        session.execute(sa.delete(table).where(table.id.in_(ids)))


def _update(
    session: Session,
    table: type[Any],
    old: Mapping[UUID, dict[str, Any]],
    new: Mapping[UUID, dict[str, Any]],
) -> None:
    for id_, row in new.items():
        if id_ in old and old[id_] != row:
            changed = {k: v for k, v in row.items() if old[id_][k] != v}
            session.execute(sa.update(table).where(table.id == id_).values(changed))


def _insert(session: Session, table: type[Any], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(sa.insert(table), rows)
