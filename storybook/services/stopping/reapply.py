"""Withdrawals, applied again to a database that may have been restored from before them; files of what ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.consent import Channel
from ...store.tables import CandidateRow, ConsentRow, EditionRow, ExportRow, PermissionRow
from ...store.withdrawals import Ended, kept
from ..consent.agreements import signed
from ..permissions import Actor
from ..states import EDITION_MOVES, EditionState, Move

if TYPE_CHECKING:
    from ..context import Context, Unit


def reapply_withdrawals(ctx: Context) -> int:
    """Ends whatever the file apart says has ended and the database shows as live; how many editions it was."""
    everything = tuple(kept(ctx.withdrawals))
    count, off = 0, _kept_off(everything)
    with ctx.read() as session:
        open_again = bool(_open_again(session, off))
    if open_again or any(_alive(ctx, ended) for ended in everything):
        with ctx.unit(Actor.system()) as unit:
            count = sum(apply(unit, ended) for ended in everything)
            for candidate in _open_again(unit.session, off):
                candidate.kept_off = [Channel.WEB.value]
            unit.audit("apply withdrawals again")
    _remove_left_behind(ctx)
    return count


def _kept_off(everything: Iterable[Ended]) -> set[UUID]:
    """The texts that are kept off the open web by the last word of a lead, or of those who share the story."""
    last = {(word.candidate, word.by_lead): word.off for ended in everything for word in ended.web}
    return {candidate for (candidate, _), off in last.items() if off}


def _open_again(session: Session, off: set[UUID]) -> list[CandidateRow]:
    """Those of them that the database, which is older, would let onto the web."""
    rows = session.scalars(sa.select(CandidateRow).where(col(CandidateRow.id).in_(off))).all() if off else []
    return [row for row in rows if Channel.WEB not in row.kept_off and not _refused(session, row)]


def _refused(session: Session, row: CandidateRow) -> bool:
    answer = signed(session, row, as_lead=True)
    return answer is not None and answer.refused


def apply(unit: Unit, ended: Ended) -> int:
    """Marks the editions and consents as ended, and editions as open to fewer; audits each; how many changed."""
    unit.session.execute(
        sa.update(ConsentRow)
        .where(col(ConsentRow.id).in_(ended.consents), col(ConsentRow.taken_back_at).is_(None))
        .values(taken_back_at=ended.at)
    )
    unit.session.execute(
        sa.update(PermissionRow)
        .where(col(PermissionRow.id).in_(ended.permissions), col(PermissionRow.ended_at).is_(None))
        .values(ended_at=ended.at)
    )
    rows = unit.session.scalars(_live(ended)).all()
    for row in rows:
        row.state, row.ended_at = EDITION_MOVES[EditionState(row.state), Move.WITHDRAW], ended.at
        unit.audit("withdraw edition", row.id)
    return len(rows) + sum(
        _narrow(unit, row, ended.narrowed[row.id], ended.at) for row in _wider(unit.session, ended)
    )


def fewer(channels: Mapping[str, str], left: Mapping[str, str]) -> dict[str, str]:
    """What is left of ``channels`` and their last days: never more than was open, nor than ``left`` says."""
    return {name: min(day, left[name]) for name, day in channels.items() if name in left}


def _narrow(unit: Unit, row: EditionRow, left: Mapping[str, str], at: dt.datetime) -> bool:
    """Leaves the edition open to no more than ``left``; one that is open to nobody any more has ended."""
    row.channels = fewer(row.channels, left)
    if row.channels:
        row.expires = dt.date.fromisoformat(max(row.channels.values()))
    else:
        row.state, row.ended_at = EDITION_MOVES[EditionState(row.state), Move.WITHDRAW], at
    unit.audit("narrow edition" if row.channels else "withdraw edition", row.id)
    return True


def _wider(session: Session, ended: Ended) -> list[EditionRow]:
    """Editions that are shown to more than the withdrawal leaves."""
    query = sa.select(EditionRow).where(
        col(EditionRow.id).in_(ended.narrowed), col(EditionRow.state).in_(live_states())
    )
    rows = session.scalars(query).all()
    return [row for row in rows if fewer(row.channels, ended.narrowed[row.id]) != row.channels]


def files_of(session: Session, editions: Iterable[UUID]) -> list[Path]:
    """Where files were written of these editions."""
    query = sa.select(col(ExportRow.path)).where(col(ExportRow.edition_id).in_(tuple(editions))).distinct()
    return [Path(path) for path in session.scalars(query)]


def remove_file(ctx: Context, path: Path) -> bool:
    """Removes a file of ours; one that somebody put elsewhere is theirs, and is only named."""
    if not path.resolve().is_relative_to(ctx.exports_root.resolve()):
        return not path.exists()
    path.unlink(missing_ok=True)
    return True


def _remove_left_behind(ctx: Context) -> None:
    """Files of withdrawn editions, where the machine stopped before they were removed."""
    withdrawn = sa.select(col(EditionRow.id)).where(col(EditionRow.state) == EditionState.WITHDRAWN)
    with ctx.read() as session:
        paths = files_of(session, session.scalars(withdrawn))
    for path in paths:
        remove_file(ctx, path)


def live_states() -> tuple[EditionState, ...]:
    """The states from which a withdrawal still changes something."""
    return tuple(state for (state, move) in EDITION_MOVES if move is Move.WITHDRAW)


def _live(ended: Ended) -> sa.Select[EditionRow]:
    return sa.select(EditionRow).where(
        col(EditionRow.id).in_(ended.editions), col(EditionRow.state).in_(live_states())
    )


def _alive(ctx: Context, ended: Ended) -> bool:
    consents = sa.select(col(ConsentRow.id)).where(
        col(ConsentRow.id).in_(ended.consents), col(ConsentRow.taken_back_at).is_(None)
    )
    permissions = sa.select(col(PermissionRow.id)).where(
        col(PermissionRow.id).in_(ended.permissions), col(PermissionRow.ended_at).is_(None)
    )
    with ctx.read() as session:
        every = (_live(ended), consents, permissions)
        live = any(session.scalar(query.limit(1)) is not None for query in every)
        return live or bool(_wider(session, ended))
