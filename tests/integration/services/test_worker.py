"""The worker: beside a server or by itself, it does what is queued and outlives what goes wrong."""

from __future__ import annotations

import threading

from storybook.linked.dataset.datasets import open_dataset
from storybook.linked.loading.mapping import Terms, Wishes
from storybook.services import jobs, worker
from storybook.services.context import Actor
from storybook.services.jobs import JobState, get_job, start_job
from storybook.services.load_rows import start_load
from storybook.services.sent_rows import Choices, choose, incoming_root, receive
from storybook.services.worker import Worker, work
from tests.integration.linked_rows import MAPPING, ROWS, write

BOSS = Actor.operator()


def queued(ctx, rows=ROWS, mode="replace"):
    with receive(ctx, BOSS) as (sent_id, folder):
        (folder / "1").mkdir()
        write(folder / "1" / "rows.csv", rows)
    choose(
        ctx,
        BOSS,
        sent_id,
        Choices(name="rows", mapping=MAPPING, wishes=Wishes(mode=mode, terms=Terms(partner="P"))),
    )
    return start_load(ctx, BOSS, sent_id)


def test_a_worker_does_what_is_queued_and_ends_when_told(ctx):
    first, second = queued(ctx), queued(ctx, mode="add")

    work(ctx, threading.Event(), once=True)

    assert [get_job(ctx, BOSS, job.id).state for job in (first, second)] == [JobState.DONE, JobState.DONE]
    assert open_dataset(ctx.data_root, "rows").manifest.rows == 4
    assert list(incoming_root(ctx).iterdir()) == []


def test_beside_a_server_it_is_a_thread(ctx):
    job = queued(ctx)
    beside = Worker(ctx)
    beside.start()
    while not get_job(ctx, BOSS, job.id).ended:
        threading.Event().wait(0.02)
    beside.stop()

    assert not beside.is_alive()
    assert open_dataset(ctx.data_root, "rows").manifest.rows == 2


def test_a_database_that_is_away_for_a_moment_does_not_end_it(ctx, monkeypatch, caplog):
    job, away = queued(ctx), [True, False]
    monkeypatch.setattr(worker, "run_next", lambda *args: 1 / 0 if away.pop(0) else jobs.run_next(*args))
    monkeypatch.setattr(worker, "_PAUSE", 0)
    over = threading.Event()

    def stop_when_done():
        while not get_job(ctx, BOSS, job.id).ended:
            threading.Event().wait(0.02)
        over.set()

    away += [False] * 10_000
    threading.Thread(target=stop_when_done).start()
    work(ctx, over)

    assert caplog.messages == ["the worker could not go on: ZeroDivisionError"]
    assert get_job(ctx, BOSS, job.id).state is JobState.DONE


def test_what_was_wrong_is_kept_with_the_job(ctx):
    job = queued(ctx, [("", "never", "A", "", "", "")])

    work(ctx, threading.Event(), once=True)

    failed = get_job(ctx, BOSS, job.id)
    assert failed.state is JobState.FAILED
    assert [(one["where"], one["line"], one["column"]) for one in failed.result["problems"]] == [
        ("rows.csv", 2, "who"), ("rows.csv", 2, "when")
    ]  # fmt: skip


def test_a_worker_that_is_alive_keeps_its_lease_through_one_long_step(ctx, clock, monkeypatch):
    monkeypatch.setattr(jobs, "_HEARTBEAT_SECONDS", 0.01)
    job = start_job(ctx, BOSS, "long")

    def long(_ctx, _params, progress):
        progress(1, 2, "writing")
        clock.advance(jobs.LEASE)
        for _ in range(200):
            threading.Event().wait(0.01)
            with ctx.read() as session:
                if session.get(jobs.JobRow, job.id).lease_until > clock.now():
                    return jobs.message("done")
        raise AssertionError("nobody renewed the lease")

    assert jobs.run_next(ctx, {"long": long}).state is JobState.DONE
