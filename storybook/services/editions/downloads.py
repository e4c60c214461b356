"""Editions as files for readers: made anew for each, counted by day and kind, never by whom.

What was downloaded can't be called back, so a withdrawal says how much there is of it and when it closes itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.consent import Channel
from ...anonymise.edition import Edition
from ...publish.files import EditionPage
from ...store.tables import DownloadRow, EditionRow
from ...story.clock import today
from ...story.ids import new_id
from ...story.messages import message
from ..context import Context
from ..errors import NotAllowed, NotFound, NotNow
from ..permissions import Actor
from .files import ends_in, makers
from .shown import EditionView, open_edition

#: The kinds of file that close themselves after the last day; the others only name it.
CLOSES_ITSELF = frozenset({"html"})


@dataclass(frozen=True, slots=True)
class Downloaded:
    """How often an edition was downloaded as one kind of file, and the last day that those files name."""

    number: int
    ending: str
    count: int
    until: dt.date

    @property
    def closes_itself(self) -> bool:
        """Whether such a file shows nothing any more after that day."""
        return self.ending in CLOSES_ITSELF

    @property
    def ends_in(self) -> str:
        """How the names of such files end."""
        return ends_in(self.ending)


def download_edition(
    ctx: Context,
    actor: Actor,
    slug: str,
    number: int,
    ending: str,
    *,
    pages: Mapping[str, EditionPage] | None = None,
) -> bytes:
    """The edition as a file. Raises Gone, NotFound, and NotAllowed for what only the team may see.

    It is looked at again once the file is made: what ended meanwhile does not leave.
    """
    known = makers(ctx, pages)
    maker = known.get(f".{ends_in(ending)}") if ending.isalpha() else None
    if maker is None:
        raise NotFound
    content = maker(portable(ctx, open_edition(ctx, slug, number, actor=actor)))
    portable(ctx, open_edition(ctx, slug, number, actor=actor))
    _count(ctx, slug, number, ending)
    return content


def portable(ctx: Context, view: EditionView) -> Edition:
    """The edition, if it may leave as a file: what only the team may see can't be downloaded."""
    day, edition = today(ctx.clock), view.edition
    open_now = [c for c in view.channels - {Channel.TEAM} if edition and edition.open_to(c, day)]
    if edition is None or not open_now:
        raise NotAllowed(message("This story is only for the team, on the screen."))
    if view.narrowed:
        what = message("Where this story may be shown has changed. Publish it again, then make the file.")
        raise NotNow(what)
    return edition


def downloaded_of(session: Session, editions: Iterable[UUID]) -> tuple[Downloaded, ...]:
    """What was downloaded of these editions: newest edition first, then by kind."""
    query = (
        sa.select(
            col(EditionRow.number),
            col(DownloadRow.ending),
            sa.func.sum(col(DownloadRow.count)),
            col(EditionRow.expires),
        )
        .join(EditionRow, col(EditionRow.id) == col(DownloadRow.edition_id))
        .where(col(DownloadRow.edition_id).in_(tuple(editions)))
        .group_by(col(EditionRow.number), col(DownloadRow.ending), col(EditionRow.expires))
        .order_by(col(EditionRow.number).desc(), col(DownloadRow.ending))
    )
    return tuple(
        Downloaded(n, ending, int(count), until) for n, ending, count, until in session.execute(query)
    )


def _count(ctx: Context, slug: str, number: int, ending: str) -> None:
    """One more; two at once on a new day are told apart by trying again."""
    for _ in range(2):
        # No audit line: a reader did nothing to the story, and is nobody to us.
        with suppress(IntegrityError):
            _one_more(ctx, slug, number, ending, today(ctx.clock))
            break


def _one_more(ctx: Context, slug: str, number: int, ending: str, day: dt.date) -> None:
    with ctx.store.write() as session:
        _add(session, slug, number, ending, day)


def _add(session: Session, slug: str, number: int, ending: str, day: dt.date) -> None:
    same = sa.select(col(EditionRow.id)).where(col(EditionRow.slug) == slug, col(EditionRow.number) == number)
    edition = session.scalars(same).one()
    counted = session.execute(
        sa.update(DownloadRow)
        .where(
            col(DownloadRow.edition_id) == edition,
            col(DownloadRow.ending) == ending,
            col(DownloadRow.day) == day,
        )
        .values(count=DownloadRow.count + 1)
        .returning(col(DownloadRow.id))
    ).all()
    if not counted:
        session.add(DownloadRow(id=new_id(), edition_id=edition, ending=ending, day=day, count=1))
