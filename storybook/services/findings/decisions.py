"""Decisions about findings as they are kept: encrypted, the key not in the database, forgotten on request."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from cryptography.fernet import Fernet
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.deciding.decisions import CHANGING, Choice, Decision, Decisions, Spot
from ...anonymise.deciding.forgetting import told_anew
from ...anonymise.deciding.story_texts import Place
from ...anonymise.detectors.findings import KINDS, Kind, What
from ...anonymise.detectors.names import Names
from ...store.tables import DecisionRow
from ...story.model import Story
from ..context import Context, Unit

KEY: Final = "decisions"


def decisions_in(ctx: Context, session: Session, story_id: UUID) -> Decisions:
    """All that was decided in a story, oldest first."""
    query = sa.select(DecisionRow).where(col(DecisionRow.story_id) == story_id).order_by(col(DecisionRow.id))
    cipher = ctx.keys.cipher(KEY)
    return Decisions(_read(cipher, row) for row in session.scalars(query))


def keep_decisions(
    ctx: Context, unit: Unit, story_id: UUID, made: Iterable[Decision], action: str, *, old: Decisions
) -> None:
    """Writes decisions down; one about the same words at the same spot takes the place of the one in ``old``."""
    known, cipher = {(d.words, d.spot): d for d in old.made}, ctx.keys.cipher(KEY)
    for decision in made:
        before = known.get((decision.words, decision.spot))
        row = None if before is None else unit.session.get(DecisionRow, before.id)
        if row is None:
            row = DecisionRow(id=decision.id, story_id=story_id, version=0, token=b"")  # type: ignore[call-arg]  # below
            unit.session.add(row)
        row.version, row.token = row.version + 1, _written(cipher, decision)
        row.demo, row.decided_at, row.decided_by = unit.actor.demo, ctx.clock.now(), unit.actor.id
        unit.audit(action, row.id)
    unit.session.flush()


def remove_decisions(unit: Unit, made: Iterable[Decision], action: str) -> None:
    """Takes decisions back: the findings are open again."""
    for decision in made:
        row = unit.session.get(DecisionRow, decision.id)
        if row is not None:
            unit.session.delete(row)
            unit.audit(action, decision.id)
    unit.session.flush()


def forget_words(ctx: Context, unit: Unit, decisions: Decisions, story: Story) -> None:
    """Leaves nothing of the words that were replaced or dropped in ``story``; what came in their place stays.

    What was kept with a reason or cleared stays so, about the words that stand there from now on.
    """
    for decision in decisions.made:
        if decision.choice in CHANGING:
            put = Decision("", Choice.REPLACE, decision.put, what=decision.what)
            _tell_anew(ctx, unit, decision, (put,) if decision.put else ())
    for decision, anew in told_anew(decisions, story):
        _tell_anew(ctx, unit, decision, anew)
    unit.session.flush()


def _tell_anew(ctx: Context, unit: Unit, decision: Decision, anew: tuple[Decision, ...]) -> None:
    """Writes ``anew`` in the place of ``decision``."""
    row, cipher = unit.session.get(DecisionRow, decision.id), ctx.keys.cipher(KEY)
    if row is None:
        return
    for one in anew[1:]:
        kept = {name: getattr(row, name) for name in ("story_id", "demo", "decided_at", "decided_by")}
        unit.session.add(DecisionRow(id=one.id, version=1, token=_written(cipher, one), **kept))
    if anew:
        row.token, row.version = _written(cipher, anew[0]), row.version + 1
    else:
        unit.session.delete(row)


def forget_decisions_with(ctx: Context, session: Session, story_id: UUID, holds: Any) -> None:
    """Deletes every decision with a text for which ``holds(text)`` is true."""
    for decision in decisions_in(ctx, session, story_id).made:
        if any(map(holds, (decision.words, decision.put, decision.reason, decision.adviser))):
            session.execute(sa.delete(DecisionRow).where(col(DecisionRow.id) == decision.id))


def accepted_names(decisions: Decisions) -> Names:
    """The names that people took out: looked for everywhere from then on."""
    sorts = {Kind.PERSON: [], Kind.PLACE: [], Kind.ORG: []}  # type: dict[Kind, list[str]]
    for decision in decisions.made:
        what = What(decision.what) if decision.what else None
        if decision.choice is Choice.REPLACE and decision.words and what in _NAMING:
            sorts[KINDS[what]].append(decision.words)
    return Names(tuple(sorts[Kind.PERSON]), tuple(sorts[Kind.PLACE]), tuple(sorts[Kind.ORG]))


_NAMING: Final = frozenset({What.PERSON, What.PLACE, What.ORG})


def _written(cipher: Fernet, decision: Decision) -> bytes:
    spot = decision.spot
    said = {
        "words": decision.words,
        "choice": decision.choice.value,
        "put": decision.put,
        "reason": decision.reason,
        "adviser": decision.adviser,
        "what": decision.what,
        "spot": [spot.place.part.hex, spot.place.field, spot.nth] if spot else None,
    }
    return cipher.encrypt(json.dumps(said).encode())


def _read(cipher: Fernet, row: DecisionRow) -> Decision:
    said = json.loads(cipher.decrypt(row.token))
    at = said.pop("spot")
    return Decision(
        **{**said, "choice": Choice(said["choice"])},
        spot=Spot(Place(UUID(at[0]), at[1]), at[2]) if at else None,
        demo=row.demo,
        version=row.version,
        id=row.id,
    )
