"""The worker: beside a server or by itself, it does what is queued and outlives what goes wrong."""

from __future__ import annotations

import threading
from contextlib import contextmanager

from storybook.linked.dataset.datasets import open_dataset
from storybook.linked.dataset.mapping import Terms, Wishes
from storybook.services import jobs, worker
from storybook.services.context import Actor
from storybook.services.data import load_rows
from storybook.services.data.load_rows import start_load
from storybook.services.data.sent_rows import Choices, choose, incoming_root, receive
from storybook.services.findings import look_job
from storybook.services.jobs import JobState, get_job, start_job
from storybook.services.risk import measure as measure_risk
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


@contextmanager
def working(ctx):
    """A worker beside the block."""
    beside = Worker(ctx)
    beside.start()
    try:
        yield
    finally:
        beside.stop()


def state(ctx, job) -> JobState:
    return get_job(ctx, BOSS, job.id).state


def test_a_long_measurement_holds_nobody_up_and_the_next_one_waits(ctx, monkeypatch):
    begun, loaded, enough = threading.Event(), threading.Event(), threading.Event()

    def measure(_ctx, _params, _progress):
        begun.set()
        assert enough.wait(20)
        return jobs.message("measured")

    def load(_ctx, _params, _progress):
        loaded.set()
        return jobs.message("loaded")

    monkeypatch.setattr(worker, "LINES", ({"load": load}, {"measure": measure}))
    long, next_one = start_job(ctx, BOSS, "measure"), start_job(ctx, BOSS, "measure")
    with working(ctx):
        assert begun.wait(20)
        start_job(ctx, BOSS, "load")
        there = loaded.wait(20)
        found = (state(ctx, long), state(ctx, next_one))
        enough.set()

    assert there
    assert found == (JobState.RUNNING, JobState.WAITING)
    assert state(ctx, long) is JobState.DONE


def test_every_kind_of_work_stands_in_one_line():
    assert sorted(kind for line in worker.LINES for kind in line) == sorted(worker.HANDLERS)
    assert {*load_rows.HANDLERS, *measure_risk.HANDLERS, *look_job.HANDLERS} == worker.HANDLERS.keys()


def test_nothing_is_done_twice_by_workers_side_by_side(ctx, monkeypatch):
    done, all_done = [], threading.Event()

    def count(_ctx, params, _progress):
        done.append(params["number"])
        if len(done) >= 12:
            all_done.set()
        return jobs.message("done")

    monkeypatch.setattr(worker, "LINES", ({"a": count}, {"b": count}))
    queue = [start_job(ctx, BOSS, "ab"[number % 2], number=number) for number in range(12)]
    with working(ctx), working(ctx):
        assert all_done.wait(20)

    assert sorted(done) == list(range(12))
    assert {state(ctx, job) for job in queue} == {JobState.DONE}


def test_a_fault_of_the_database_or_of_the_disk_does_not_end_it(ctx, monkeypatch, caplog):
    done, away = threading.Event(), [True]

    def finish(_ctx, _params, _progress):
        done.set()
        return jobs.message("done")

    def files_are_gone(_ctx):
        raise FileNotFoundError

    monkeypatch.setattr(worker, "LINES", ({"load": finish},))
    monkeypatch.setattr(
        worker, "run_next", lambda *args: 1 / 0 if away and away.pop() else jobs.run_next(*args)
    )
    monkeypatch.setattr(worker, "sweep_sent", files_are_gone)
    monkeypatch.setattr(worker, "_PAUSE", 0)
    job = start_job(ctx, BOSS, "load")
    with working(ctx):
        assert done.wait(20)

    assert sorted(caplog.messages) == [
        "the worker could not clear files: FileNotFoundError",
        "the worker could not go on: ZeroDivisionError",
    ]
    assert state(ctx, job) is JobState.DONE


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
