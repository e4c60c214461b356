"""The ledger: nothing is shown to anybody but an analyst that has not been attacked beside all that was shown before.

``pass_ledger`` checks and writes in the caller's transaction; ``show_beside`` does so for what can be left out: a
figure that can't be released safely is shown as hidden, and stays so until the data change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...linked.asking.ledger import Released
from ...linked.audit import Decision, audit
from ...linked.dataset.datasets import Manifest, known_datasets
from ...linked.suppression.figures import Count
from ...store.tables import LedgerRow
from ...story.ids import new_id
from ..context import Context, Unit

#: While somebody waits, the search for a smallest choice of what to leave out gets so many seconds.
SECONDS = 3.0
_Named = tuple[str, str, str]


def pass_ledger(
    ctx: Context, unit: Unit, new: Sequence[Released], went_to: str, target: UUID, *, seconds: float = SECONDS
) -> Decision:
    """Whether ``new`` may be shown; if so all is written down as gone to ``went_to`` (``target`` is its row's id).

    If not, nothing is written, and the decision names the numbers at fault and offers what to leave out.
    """
    _alone(unit.session)
    decision = _attacked(ctx, unit.session, new, seconds)
    if decision.released:
        _write(ctx, unit.session, new, went_to, target)
    return decision


def show_beside(
    ctx: Context, unit: Unit, new: Sequence[Released], went_to: str, target: UUID, *, seconds: float = SECONDS
) -> tuple[Released, ...]:
    """``new`` as it may be shown, in the same order, and written down.

    A question that the ledger holds for this version of the data keeps the answer it has there; whatever of the rest
    can't be released safely is hidden.
    """
    _alone(unit.session)
    same = as_shown_before(unit.session, new)
    shown = _attacked(ctx, unit.session, same, seconds).adapted(same)
    _write(ctx, unit.session, shown, went_to, target)
    return shown


def as_shown_before(session: Session, new: Sequence[Released]) -> tuple[Released, ...]:
    """``new`` with the answers that the ledger has already; a shown one before a hidden one."""
    there = _answers(session, new)
    return tuple(
        one if (known := there.get(_named(one))) is None else one.model_copy(update={"figure": known.figure})
        for one in new
    )


def all_shown_before(session: Session, new: Sequence[Released]) -> bool:
    """Whether the ledger holds every one of these questions, for readers who know of as many people."""
    there = _answers(session, new)
    return all(_named(one) in there and there[_named(one)].known >= one.known for one in new)


def _attacked(ctx: Context, session: Session, new: Sequence[Released], seconds: float) -> Decision:
    manifests = _manifests(ctx, {one.dataset for one in new})
    names = {one.dataset for one in new} | {one.name for one in manifests}
    return audit(_ledger(session, names), new, manifests, seconds=seconds)


def _alone(session: Session) -> None:
    """Two who publish at once would each pass beside a ledger without the other: one after the other, then."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("LOCK TABLE ledger IN SHARE ROW EXCLUSIVE MODE"))


def _manifests(ctx: Context, names: set[str]) -> list[Manifest]:
    """Those of ``names`` and their kin; of datasets that may not be asked any more too: what they said is attacked."""
    return [one for one in known_datasets(ctx.data_root) if names & {one.name, *one.kin}]


def _ledger(session: Session, names: set[str]) -> list[Released]:
    rows = session.scalars(
        sa.select(LedgerRow).where(col(LedgerRow.dataset).in_(names)).order_by(col(LedgerRow.id))
    )
    return [_released(row) for row in rows]


def _answers(session: Session, new: Sequence[Released]) -> Mapping[_Named, Released]:
    """By question: what the ledger says to it in the same version of the data."""
    asked = {one.question.sha256 for one in new}
    rows = session.scalars(sa.select(LedgerRow).where(col(LedgerRow.question_sha256).in_(asked)))
    found: dict[_Named, Released] = {}
    for one in map(_released, rows):
        before = found.get(_named(one), one)
        shown = one if isinstance(one.figure, Count) else before
        found[_named(one)] = shown.model_copy(update={"known": max(one.known, before.known)})
    return found


def _named(one: Released) -> _Named:
    return one.dataset, one.version, one.question.sha256


def _released(row: LedgerRow) -> Released:
    return Released.model_validate(
        {
            "dataset": row.dataset,
            "version": row.dataset_version,
            "question": row.question,
            "figure": row.figure,
            "rule": row.rule,
            "went_to": row.went_to,
            "known": row.known,
            "span": (row.first_day, row.last_day) if row.first_day and row.last_day else None,
        }
    )


def _write(ctx: Context, session: Session, new: Sequence[Released], went_to: str, target: UUID) -> None:
    manifests = {one.name: one for one in _manifests(ctx, {one.dataset for one in new})}
    for one in new:
        there = manifests.get(one.dataset)
        days = one.span or ((there.first, there.last) if there and there.version == one.version else None)
        session.add(
            LedgerRow(
                id=new_id(),
                dataset=one.dataset,
                dataset_version=one.version,
                edition_id=target,
                question=one.question.model_dump(mode="json"),
                question_sha256=one.question.sha256,
                figure=one.figure.model_dump(mode="json"),
                rule=one.rule,
                went_to=went_to,
                known=one.known,
                first_day=days and days[0],
                last_day=days and days[1],
                released_at=ctx.clock.now(),
            )
        )
