"""Long work, in rows that survive a restart: a lease says who works on it, ``cancel_asked`` that they should stop.

Embedded, a thread of the server calls ``run_next``; scaled, ``storybook worker`` does. A worker that dies loses its
lease, and another takes the job up from the beginning: handlers must be safe to repeat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ..store.tables import JobRow
from ..story.ids import new_id
from ..story.messages import Message, message, say
from ..story.problems import StorybookError
from .context import Context
from .errors import NotFound
from .permissions import Actor

#: How long a worker may be silent before somebody else takes the job.
LEASE = dt.timedelta(seconds=60)


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Cancelled(StorybookError):
    """Raised inside a handler when somebody asked the job to stop."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its owner sees it."""

    id: UUID
    kind: str
    state: JobState
    done: int
    total: int | None
    outcome: str


#: Says how far it is (done, total); raises Cancelled if the job should stop.
Progress = Callable[[int, int | None], None]
Handler = Callable[[Context, Mapping[str, Any], Progress], Message]


def start_job(ctx: Context, actor: Actor, kind: str, **params: Any) -> Job:
    """Puts a job in the queue; ``params`` must be JSON."""
    with ctx.unit(actor) as unit:
        row = JobRow(id=new_id(), kind=kind, params=params, created_at=ctx.clock.now(), created_by=actor.id)
        unit.session.add(row)
        unit.audit(f"start job {kind}", row.id)
        return _job(row)


def get_job(ctx: Context, actor: Actor, job_id: UUID) -> Job:
    """One's own job."""
    with ctx.read() as session:
        return _job(_own(session, actor, job_id))


def list_jobs(ctx: Context, actor: Actor) -> tuple[Job, ...]:
    """One's own jobs, newest first."""
    query = sa.select(JobRow).where(col(JobRow.created_by) == actor.id).order_by(col(JobRow.id).desc())
    with ctx.read() as session:
        return tuple(_job(row) for row in session.scalars(query))


def cancel_job(ctx: Context, actor: Actor, job_id: UUID) -> Job:
    """Asks a job to stop; one that has not begun never does."""
    with ctx.unit(actor) as unit:
        row = _own(unit.session, actor, job_id)
        row.cancel_asked = True
        if row.state == JobState.WAITING:
            row.state, row.finished_at = JobState.CANCELLED, ctx.clock.now()
        unit.audit("cancel job", row.id)
        return _job(row)


def run_next(ctx: Context, handlers: Mapping[str, Handler]) -> Job | None:
    """Takes the oldest job that nobody works on, and works on it; None if there is nothing to do."""
    worker = new_id()
    job_id = _claim(ctx, worker, handlers)
    if job_id is None:
        return None
    with ctx.read() as session:
        row = session.get_one(JobRow, job_id)
        kind, params = row.kind, dict(row.params)
    state, said = _run(
        ctx, handlers[kind], params, lambda done, total: _beat(ctx, job_id, worker, done, total)
    )
    return _finish(ctx, job_id, worker, state, said)


def _claim(ctx: Context, worker: UUID, handlers: Mapping[str, Handler]) -> UUID | None:
    now = ctx.clock.now()
    free = sa.or_(
        col(JobRow.state) == JobState.WAITING,
        sa.and_(col(JobRow.state) == JobState.RUNNING, col(JobRow.lease_until) < now),
    )
    query = sa.select(JobRow).where(free, col(JobRow.kind).in_(handlers)).order_by(col(JobRow.id)).limit(1)
    with (
        ctx.store.write() as session
    ):  # no audit line: starting a job was the act, working on it is not another
        row = session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
        if row is None:
            return None
        row.state, row.lease_by, row.lease_until = JobState.RUNNING, worker, now + LEASE
        return row.id


def _run(
    ctx: Context, handler: Handler, params: Mapping[str, Any], progress: Progress
) -> tuple[JobState, str]:
    try:
        return JobState.DONE, say(handler(ctx, params, progress))
    except Cancelled:
        return JobState.CANCELLED, ""
    except StorybookError as error:
        return JobState.FAILED, str(error)
    except Exception:  # noqa: BLE001 - whatever went wrong in a job must not end the worker; the words may hold data
        return JobState.FAILED, say(message("This stopped because of a fault of ours."))


def _beat(ctx: Context, job_id: UUID, worker: UUID, done: int, total: int | None) -> None:
    """Renews the lease and notes the progress; raises Cancelled if asked to stop or if the lease was lost."""
    with ctx.store.write() as session:
        row = session.get_one(JobRow, job_id)
        if row.cancel_asked or row.lease_by != worker:
            raise Cancelled
        row.done, row.total, row.lease_until = done, total, ctx.clock.now() + LEASE


def _finish(ctx: Context, job_id: UUID, worker: UUID, state: JobState, said: str) -> Job:
    with ctx.unit(Actor.system()) as unit:
        row = unit.session.get_one(JobRow, job_id)
        if row.lease_by == worker:
            row.state, row.outcome, row.finished_at, row.lease_until = state, said, ctx.clock.now(), None
        unit.audit(f"job {state}", row.id)
        return _job(row)


def _own(session: Session, actor: Actor, job_id: UUID) -> JobRow:
    row = session.get(JobRow, job_id)
    if row is None or row.created_by != actor.id:
        raise NotFound
    return row


def _job(row: JobRow) -> Job:
    return Job(row.id, row.kind, JobState(row.state), row.done, row.total, row.outcome)
