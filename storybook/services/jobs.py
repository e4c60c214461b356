"""Long work, in rows that survive a restart: a lease says who works on it, ``cancel_asked`` that they should stop.

Embedded, a thread of the server calls ``run_next``; scaled, ``storybook worker`` does. A worker that dies loses its
lease, and another takes the job up from the beginning: handlers must be safe to repeat.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ..store.tables import JobRow
from ..story.ids import new_id
from ..story.messages import Message, message, say
from ..story.problems import Problems, StorybookError
from .context import Context, Unit
from .errors import NotFound
from .permissions import Actor

#: How long a worker may be silent before somebody else takes the job.
LEASE = dt.timedelta(seconds=60)
#: A worker that is alive says so this often, however long one step of its job takes.
_HEARTBEAT_SECONDS: Final = 15


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
    """A job as its owner sees it. ``result`` is what its handler gave back to be shown, or what was wrong."""

    id: UUID
    kind: str
    state: JobState
    done: int
    total: int | None
    outcome: str
    stage: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler gives back: a sentence, and what a page shows of it (JSON, no content of rows)."""

    said: Message
    result: Mapping[str, Any] = field(default_factory=dict)


class Progress(Protocol):
    """Says how far a job is; raises Cancelled if the job should stop."""

    def __call__(self, done: int, total: int | None, stage: str = "") -> None:
        """``done`` of ``total``; ``stage`` is one word of the handler's."""
        ...


Handler = Callable[[Context, Mapping[str, Any], Progress], Message | Outcome]


def start_job(ctx: Context, actor: Actor, kind: str, **params: Any) -> Job:
    """Puts a job in the queue; ``params`` must be JSON: ids and numbers, and never words of a story."""
    with ctx.unit(actor) as unit:
        return queue(unit, kind, **params)


def queue(unit: Unit, kind: str, **params: Any) -> Job:
    """The same in a transaction that is open already."""
    now = unit.clock.now()
    row = JobRow(id=new_id(), kind=kind, params=params, created_at=now, created_by=unit.actor.id)
    unit.session.add(row)
    unit.audit(f"start job {kind}", row.id)
    return _job(row)


def under_way(session: Session, kind: str, **params: Any) -> bool:
    """Whether somebody's job of this kind and with these ``params`` waits or runs, and nobody asked it to stop."""
    return any(True for _ in _going(session, kind, params))


def latest_state(session: Session, kind: str, **params: Any) -> JobState | None:
    """Where the newest job of this kind and with these ``params`` stands: one that was asked to stop is cancelled."""
    query = sa.select(JobRow).where(col(JobRow.kind) == kind).order_by(col(JobRow.id).desc())
    newest = next((row for row in session.scalars(query) if dict(row.params) == params), None)
    if newest is None:
        return None
    state = JobState(newest.state)
    return JobState.CANCELLED if newest.cancel_asked and state is JobState.RUNNING else state


def stop_all(unit: Unit, kind: str, **params: Any) -> int:
    """Asks every job of this kind and with these ``params`` to stop, whoever began it; how many there were."""
    return len([_stop(unit, row) for row in _going(unit.session, kind, params)])


def _going(session: Session, kind: str, params: Mapping[str, Any]) -> Iterator[JobRow]:
    query = sa.select(JobRow).where(
        col(JobRow.kind) == kind,
        col(JobRow.state).in_((JobState.WAITING, JobState.RUNNING)),
        ~col(JobRow.cancel_asked),
    )
    return (row for row in session.scalars(query).all() if dict(row.params) == params)


def _stop(unit: Unit, row: JobRow) -> JobRow:
    row.cancel_asked = True
    if row.state == JobState.WAITING:
        row.state, row.finished_at = JobState.CANCELLED, unit.clock.now()
    unit.audit("cancel job", row.id)
    return row


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
        return _job(_stop(unit, _own(unit.session, actor, job_id)))


def run_next(ctx: Context, handlers: Mapping[str, Handler]) -> Job | None:
    """Takes the oldest job that nobody works on, and works on it; None if there is nothing to do."""
    worker = new_id()
    job_id = _claim(ctx, worker, handlers)
    if job_id is None:
        return None
    with ctx.read() as session:
        row = session.get_one(JobRow, job_id)
        kind, params = row.kind, dict(row.params)

    def progress(done: int, total: int | None, stage: str = "") -> None:
        _beat(ctx, job_id, worker, done=done, total=total, stage=stage)

    with _alive(ctx, job_id, worker):
        state, outcome = _run(ctx, handlers[kind], params, progress)
    return _finish(ctx, job_id, worker, state, outcome)


def _claim(ctx: Context, worker: UUID, handlers: Mapping[str, Handler]) -> UUID | None:
    now = ctx.clock.now()
    free = sa.or_(
        col(JobRow.state) == JobState.WAITING,
        sa.and_(col(JobRow.state) == JobState.RUNNING, col(JobRow.lease_until) < now),
    )
    query = sa.select(JobRow).where(free, col(JobRow.kind).in_(handlers)).order_by(col(JobRow.id)).limit(1)
    with ctx.read() as session:  # an empty queue takes no writer's lock
        if session.scalars(query).one_or_none() is None:
            return None
    with (
        ctx.store.write() as session
    ):  # no audit line: starting a job was the act, working on it is not another
        row = session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
        if row is None:
            return None
        row.state, row.lease_by, row.lease_until = JobState.RUNNING, worker, now + LEASE
        row.started_at, row.done, row.total, row.stage = now, 0, None, ""
        return row.id


def _run(
    ctx: Context, handler: Handler, params: Mapping[str, Any], progress: Progress
) -> tuple[JobState, Outcome]:
    try:
        given = handler(ctx, params, progress)
    except Cancelled:
        return JobState.CANCELLED, _NOTHING
    except Problems as problems:
        return JobState.FAILED, Outcome(message("{text}", text=str(problems)), _told(problems))
    except StorybookError as error:
        return JobState.FAILED, Outcome(message("{text}", text=str(error)))
    except Exception:  # noqa: BLE001 - whatever went wrong in a job must not end the worker; the words may hold data
        return JobState.FAILED, Outcome(message("This stopped because of a fault of ours."))
    return JobState.DONE, given if isinstance(given, Outcome) else Outcome(given)


_NOTHING: Final = Outcome(message(""))


def _told(problems: Problems) -> dict[str, Any]:
    """Problems as a page lists them."""
    return {
        "problems": [
            {
                "where": problem.where,
                "line": problem.line,
                "column": problem.column,
                "what": say(problem.what),
                "instead": say(problem.instead),
            }
            for problem in problems.problems
        ]
    }


@contextmanager
def _alive(ctx: Context, job_id: UUID, worker: UUID) -> Iterator[None]:
    """Renews the lease from a thread while the block runs; it ends with the program, and then the lease runs out."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(_HEARTBEAT_SECONDS):
            with ctx.store.write() as session:
                row = session.get_one(JobRow, job_id)
                if row.lease_by != worker:
                    return
                row.lease_until = ctx.clock.now() + LEASE

    heart = threading.Thread(target=renew, daemon=True)
    heart.start()
    try:
        yield
    finally:
        done.set()
        heart.join()


def _beat(ctx: Context, job_id: UUID, worker: UUID, *, done: int, total: int | None, stage: str) -> None:
    """Renews the lease and notes the progress; raises Cancelled if asked to stop or if the lease was lost."""
    with ctx.store.write() as session:
        row = session.get_one(JobRow, job_id)
        if row.cancel_asked or row.lease_by != worker:
            raise Cancelled
        row.done, row.total, row.stage, row.lease_until = done, total, stage, ctx.clock.now() + LEASE


def _finish(ctx: Context, job_id: UUID, worker: UUID, state: JobState, outcome: Outcome) -> Job:
    with ctx.unit(Actor.system()) as unit:
        row = unit.session.get_one(JobRow, job_id)
        if row.lease_by == worker:
            row.state, row.outcome, row.result = state, say(outcome.said), dict(outcome.result)
            row.finished_at, row.lease_until = ctx.clock.now(), None
        unit.audit(f"job {state}", row.id)
        return _job(row)


def _own(session: Session, actor: Actor, job_id: UUID) -> JobRow:
    row = session.get(JobRow, job_id)
    if row is None or row.created_by != actor.id:
        raise NotFound
    return row


def _job(row: JobRow) -> Job:
    return Job(
        row.id,
        row.kind,
        JobState(row.state),
        row.done,
        row.total,
        row.outcome,
        row.stage,
        dict(row.params),
        dict(row.result),
        row.started_at,
        row.finished_at,
    )
