"""Loading as long work: what a page starts, and what a worker then does.

A job of kind "check rows" says what would come in and keeps nothing; "load rows" brings it in. The queue holds which
files, by the name of their folder, and who asked; what was chosen lies beside the files. A load that is taken up
again after its worker was killed adds nothing twice: the dataset knows which loads it is made of.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from ...linked.dataset.datasets import stored_dataset
from ...linked.loading.load import LoadReport
from ...linked.loading.load import Progress as LoadProgress
from ...linked.loading.spellings import offers
from ...story.messages import message, say
from ..accounts import actor_of
from ..context import Context
from ..errors import NotFound
from ..jobs import Cancelled, Handler, Job, JobState, Outcome, Progress, cancel_job, get_job, start_job
from ..permissions import Actor
from .rows import load_data
from .sent_rows import Sent, open_sent, throw_away

CHECK: Final = "check rows"
LOAD: Final = "load rows"
#: Seconds between two notes of how far a load is.
_BETWEEN: Final = 0.5
#: What share of a load each stage takes, about: where it begins and how long it is.
_STAGES: Final = {"reading": (0.0, 0.15), "understanding": (0.15, 0.45), "writing": (0.6, 0.4)}
#: Bytes of a row, before any was looked at.
_ROW: Final = 64


def start_check(ctx: Context, actor: Actor, sent_id: UUID) -> Job:
    """Queues a look at what would come in."""
    return _start(ctx, actor, CHECK, sent_id)


def start_load(ctx: Context, actor: Actor, sent_id: UUID) -> Job:
    """Queues the load of files whose columns are chosen."""
    return _start(ctx, actor, LOAD, sent_id)


def cancel_load(ctx: Context, actor: Actor, job_id: UUID) -> Job:
    """Asks a load to stop; it leaves no row and no file. One that waits is stopped and cleared away at once."""
    job = cancel_job(ctx, actor, job_id)
    if job.state is JobState.CANCELLED:
        throw_away(ctx, UUID(job.params["sent"]))
    return job


def get_load(ctx: Context, actor: Actor, job_id: UUID) -> Job:
    """One's own job of a load; raises NotFound for any other."""
    job = get_job(ctx, actor, job_id)
    if job.kind not in HANDLERS:
        raise NotFound
    return job


def _start(ctx: Context, actor: Actor, kind: str, sent_id: UUID) -> Job:
    sent = open_sent(ctx, actor, sent_id)
    if sent.choices is None:
        raise NotFound(message("It is not chosen yet which column holds what."))
    return start_job(ctx, actor, kind, sent=str(sent.id), by=str(actor.id))


def _check(ctx: Context, params: Mapping[str, Any], progress: Progress) -> Outcome:
    return _work(ctx, params, progress, publish=False)


def _load(ctx: Context, params: Mapping[str, Any], progress: Progress) -> Outcome:
    return _work(ctx, params, progress, publish=True)


HANDLERS: Final[dict[str, Handler]] = {CHECK: _check, LOAD: _load}


def _work(ctx: Context, params: Mapping[str, Any], progress: Progress, *, publish: bool) -> Outcome:
    sent_id = UUID(params["sent"])
    actor = _actor(ctx, UUID(params["by"]))
    try:
        sent = open_sent(ctx, actor, sent_id)
        outcome = _before(ctx, sent) or _now(ctx, actor, sent, progress, publish=publish)
    except Cancelled:
        throw_away(ctx, sent_id)
        raise
    if publish:
        throw_away(ctx, sent_id)
    return outcome


def _before(ctx: Context, sent: Sent) -> Outcome | None:
    """What came of this load when it was done already, by a worker that was killed before it could say so."""
    name = sent.choices.name if sent.choices else ""
    dataset = stored_dataset(ctx.data_root, name)
    if dataset is None or str(sent.id) not in {part.load for part in dataset.manifest.parts}:
        return None
    return Outcome(message("The rows are in."), {"name": name, "sentences": [], "dropped": [], "offers": []})


def _now(ctx: Context, actor: Actor, sent: Sent, progress: Progress, *, publish: bool) -> Outcome:
    assert sent.choices is not None  # noqa: S101 - no job is started without choices
    wishes = sent.choices.wishes.model_copy(update={"publish": publish, "load": str(sent.id)})
    note = _Note(progress, sum(path.stat().st_size for path in sent.files))
    report = load_data(
        ctx, actor, sent.choices.name, sent.files, sent.choices.mapping, wishes=wishes, progress=note
    )
    return Outcome(message("The rows are in."), _shown(sent.choices.name, report))


def _shown(name: str, report: LoadReport) -> dict[str, Any]:
    """What the page says of a load: sentences, columns and agencies; nothing of any row."""
    dropped = {str(one) for one in report.columns_left_out()}
    return {
        "name": name,
        "people": report.people,
        "rows": report.rows,
        "agencies": report.agencies,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "rejected": report.rejected,
        "sentences": [said for one in report.sentences()[1:] if (said := say(one)) not in dropped],
        "dropped": sorted(dropped),
        "offers": [
            {"names": offer.names, "instead": offer.instead}
            for offer in offers(report.dataset.manifest.agencies)
        ],
    }


def _actor(ctx: Context, actor_id: UUID) -> Actor:
    operator = Actor.operator()
    return operator if actor_id == operator.id else actor_of(ctx, actor_id)


class _Note:
    """Turns the stages of a load into rows done of rows in all, a few times a second at most."""

    def __init__(self, progress: Progress, size: int) -> None:
        self._progress, self._rows = progress, max(1, size // _ROW)
        self._stage, self._last = "", 0.0

    def __call__(self, told: LoadProgress) -> None:
        now = time.monotonic()
        if told.stage == self._stage and now - self._last < _BETWEEN:
            return
        self._stage, self._last = told.stage, now
        if told.stage == "understanding":
            self._rows = told.total
        begins, share = _STAGES[told.stage]
        done = begins + share * told.done / max(told.total, 1)
        self._progress(int(done * self._rows), self._rows, told.stage)
