"""Rows that go for good: when their agreement has ended, or when somebody asks; only the ledger is left."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from storybook.linked.dataset.datasets import known_datasets, new_version, open_dataset, stored_dataset
from storybook.linked.dataset.mapping import Terms, Wishes
from storybook.linked.loading.destroying import destroy, destroy_ended
from storybook.linked.loading.load import load
from storybook.services.context import Actor
from storybook.services.data.destroy_rows import destroy_rows, sweep_ended
from storybook.services.data.rows import load_data
from storybook.services.errors import NotAllowed, NotFound
from storybook.services.permissions import SiteRole
from storybook.services.worker import work
from storybook.store.tables import AuditRow
from storybook.story.clock import FixedClock
from storybook.story.ids import new_id
from storybook.story.problems import Problems

from .linked_rows import ANN_TO_DEE, CLOCK, KEY, MAPPING, contacts, lives, send, write

BOSS = Actor.operator()
SPRING, SUMMER = dt.date(2026, 4, 1), dt.date(2026, 7, 1)


def on(day: dt.date) -> FixedClock:
    return FixedClock(dt.datetime.combine(day, dt.time(12), dt.UTC))


def two_partners(folder):
    """Police until spring, Housing until summer; Cat and Dee are known to both."""
    send(folder, contacts(ANN_TO_DEE, "2016-01-05", "Police", "offending"), terms={"ends": SPRING})
    housing = contacts(("cat", "dee", "eve"), "2016-02-05", "Shelter", "homelessness")
    return send(folder, housing, "add", "Housing", terms={"ends": SUMMER}).dataset


def words_in(folder) -> set[bytes]:
    everything = b"".join(file.read_bytes() for file in folder.rglob("*.parquet"))
    return {word for word in (b"Police", b"Shelter", b"offending", b"homelessness") if word in everything}


def test_on_the_agreements_last_day_nothing_goes(tmp_path):
    before = two_partners(tmp_path)

    assert not destroy_ended(tmp_path / "data", "rows", on(SPRING), KEY)
    assert stored_dataset(tmp_path / "data", "rows") == before


def test_the_day_after_its_partners_rows_go_and_the_others_answer_again(tmp_path):
    before = two_partners(tmp_path)

    assert destroy_ended(tmp_path / "data", "rows", on(SPRING + dt.timedelta(1)), KEY)

    left = open_dataset(tmp_path / "data", "rows", SUMMER)
    assert lives(left) == [[("2016-02-05", "Shelter")]] * 3
    assert (left.manifest.people, left.manifest.rows, left.manifest.agencies) == (3, 3, ("Shelter",))
    assert (left.manifest.needs, left.manifest.partners) == (("homelessness",), ("Housing",))
    assert left.manifest.given[:2] == before.manifest.given[:2]
    assert words_in(tmp_path / "data") == {b"Shelter", b"homelessness"}
    assert not before.folder.exists()
    assert not destroy_ended(tmp_path / "data", "rows", on(SUMMER), KEY)


def test_people_who_stay_are_known_again_when_their_partner_comes_back(tmp_path):
    two_partners(tmp_path)
    destroy_ended(tmp_path / "data", "rows", on(SPRING + dt.timedelta(1)), KEY)

    again = send(tmp_path, contacts(ANN_TO_DEE, "2016-01-05", "Police", "offending"), "add").dataset

    police, shelter = ("2016-01-05", "Police"), ("2016-02-05", "Shelter")
    assert lives(again) == [[police], [police], [police, shelter], [police, shelter], [shelter]]


def test_when_all_have_ended_no_row_is_left_and_what_was_brought_in_is_still_known(tmp_path):
    before = two_partners(tmp_path)

    assert destroy_ended(tmp_path / "data", "rows", on(SUMMER + dt.timedelta(1)), KEY)

    (manifest,) = known_datasets(tmp_path / "data")
    assert (manifest.destroyed, manifest.given) == (SUMMER + dt.timedelta(1), before.manifest.given)
    files = sorted(path.name for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert files == [".lock", "CURRENT", "manifest.json"]
    with pytest.raises(Problems, match=f"ended on {SPRING}"):
        open_dataset(tmp_path / "data", "rows", SUMMER)


@pytest.mark.parametrize("mode", ["replace", "add", "period"])
def test_rows_that_come_after_all_are_gone_are_the_only_ones(tmp_path, mode):
    two_partners(tmp_path)
    assert destroy(tmp_path / "data", "rows", CLOCK)
    with pytest.raises(Problems, match='the rows of "rows" were destroyed on 2026-03-02; load them again'):
        open_dataset(tmp_path / "data", "rows", SPRING)
    assert not destroy(tmp_path / "data", "rows", CLOCK)

    new = send(tmp_path, contacts(["flo"], "2016-03-05", "Court"), mode, "Courts").dataset

    assert (lives(new), new.manifest.destroyed) == ([[("2016-03-05", "Court")]], None)
    assert [part.partner for part in new.manifest.parts] == ["Courts"]


def test_rows_of_nobody_in_particular_go_too_and_no_other_dataset_is_compared_with_them(tmp_path):
    path = write(tmp_path / "rows.csv", contacts(ANN_TO_DEE, "2016-01-05", "Police"))
    load(tmp_path / "data", "rows", [path], MAPPING, CLOCK)

    assert destroy(tmp_path / "data", "rows", CLOCK)

    other = write(tmp_path / "other.csv", contacts(ANN_TO_DEE, "2016-01-05", "Shelter"))
    assert load(tmp_path / "data", "other", [other], MAPPING, CLOCK).people == 4
    assert words_in(tmp_path / "data") == {b"Shelter"}


def brought_in(ctx, folder, clock, name="rows"):
    ends = clock.now().date() + dt.timedelta(days=1)
    wishes = Wishes(terms=Terms(partner="Police", ends=ends))
    rows = [write(folder / "rows.csv", contacts(ANN_TO_DEE, "2016-01-05", "Police"))]
    load_data(ctx, BOSS, name, rows, MAPPING, wishes=wishes)


def lines(ctx) -> list[str]:
    with ctx.read() as session:
        return [row.action for row in session.query(AuditRow).order_by(AuditRow.id) if "rows" in row.action]


def test_the_worker_destroys_what_has_ended_and_the_audit_trail_says_so(ctx, clock, tmp_path):
    brought_in(ctx, tmp_path, clock)
    work(ctx, threading.Event(), once=True)
    assert words_in(ctx.data_root) == {b"Police"}

    clock.advance(dt.timedelta(days=2))
    work(ctx, threading.Event(), once=True)

    assert words_in(ctx.data_root) == set()
    assert lines(ctx) == ["destroy rows"]
    assert sweep_ended(ctx) == 0


def test_what_is_being_loaded_waits_for_the_next_look(ctx, clock, tmp_path):
    brought_in(ctx, tmp_path, clock)
    clock.advance(dt.timedelta(days=2))

    with new_version(ctx.data_root, "rows", clock.now()):
        assert sweep_ended(ctx) == 0

    assert sweep_ended(ctx) == 1


def test_whoever_may_bring_rows_in_may_destroy_them_and_nobody_else(ctx, clock, tmp_path):
    brought_in(ctx, tmp_path, clock)
    analyst, worker = (
        Actor(new_id(), "A", frozenset({role})) for role in (SiteRole.ANALYST, SiteRole.WORKER)
    )

    with pytest.raises(NotAllowed):
        destroy_rows(ctx, worker, "rows")
    assert words_in(ctx.data_root) == {b"Police"}
    destroy_rows(ctx, analyst, "rows")

    assert words_in(ctx.data_root) == set()
    for name in ("rows", "nothing"):
        with pytest.raises(NotFound, match="no rows under that name"):
            destroy_rows(ctx, analyst, name)
