"""Writing an edition to one file: a page for ``file://``, the picture, the contacts or the whole as JSON."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import col

from ...publish.files import EditionPage
from ...store.tables import EditionRow, ExportRow
from ...story.ids import new_id
from ...story.messages import message
from ...story.problems import Problem, Problems
from ..context import Context
from ..errors import ServiceError
from ..permissions import Actor
from .downloads import portable
from .files import makers
from .shown import EditionView, open_edition


def export_edition(
    ctx: Context,
    actor: Actor,
    slug: str,
    number: int | None,
    to: Path,
    *,
    pages: Mapping[str, EditionPage] | None = None,
) -> Path:
    """Writes the edition (the newest, without a number) to ``to``; the ending says as what.

    ``pages`` makes the kinds of file that need templates (``.html``). The file is complete or not there. A withdrawal
    removes it from the exports folder, and names it elsewhere.
    """
    maker = _maker(to, makers(ctx, pages))
    view = open_edition(ctx, slug, number, actor=actor)
    content = maker(portable(ctx, view))
    _note(ctx, actor, view, to)
    write_whole(to, content)
    _still_shared(ctx, actor, view, to)
    return to


def _maker(to: Path, known: Mapping[str, EditionPage]) -> EditionPage:
    fitting = [ending for ending in known if to.name.lower().endswith(ending)]
    if not fitting:
        what = message("we can't write {name}", name=to.name)
        instead = message("end the name with one of: {endings}", endings=", ".join(sorted(known)))
        raise Problems([Problem(what, instead, where=to.name)])
    return known[max(fitting, key=len)]


def _still_shared(ctx: Context, actor: Actor, view: EditionView, to: Path) -> None:
    """Takes the file away again if the edition ended, or was narrowed, while it was being written."""
    try:
        portable(ctx, open_edition(ctx, view.slug, view.number, actor=actor))
    except ServiceError:
        to.unlink(missing_ok=True)
        raise


def _note(ctx: Context, actor: Actor, view: EditionView, to: Path) -> None:
    """Remembers the file before it is written, so that a withdrawal afterwards finds it."""
    same = (col(EditionRow.slug) == view.slug, col(EditionRow.number) == view.number)
    with ctx.unit(actor) as unit:
        edition = unit.session.scalars(sa.select(EditionRow).where(*same)).one()
        path = str(to.resolve())
        unit.session.add(ExportRow(id=new_id(), edition_id=edition.id, path=path, written_at=ctx.clock.now()))
        unit.audit("export edition", edition.id)


def write_whole(to: Path, content: bytes) -> None:
    """Writes a file in one step: who reads it sees the old one, the new one or none."""
    part = to.with_name(f".{to.name}.{secrets.token_hex(8)}")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(to)
    except OSError:
        with suppress(OSError):
            part.unlink()
        what = message("we can't write to {name}", name=to.name)
        raise Problems(
            [Problem(what, message("choose a folder that you may write to"), where=str(to))]
        ) from None
