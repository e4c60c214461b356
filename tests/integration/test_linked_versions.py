"""A dataset is the old version or the new one, never between: progress, cancelling, killing, reading meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from storybook.linked.asking.count import count
from storybook.linked.dataset.datasets import dataset_names, open_dataset
from storybook.linked.loading.load import Progress, load
from storybook.story.problems import Problems

from .linked_rows import (
    CLOCK,
    HEADINGS,
    MAPPING,
    ROWS,
    by_hand,
    load_text,
    loaded,
    ruled,
    stored,
    write,
)


def test_progress_goes_up_and_ends_whole(tmp_path):
    told: list[Progress] = []

    load_text(tmp_path, "who,when,where\nP,2016-01-02,A\n", progress=told.append)

    reading = [step for step in told if step.stage == "reading"]
    assert reading[-1].done == reading[-1].total == (tmp_path / "rows.csv").stat().st_size
    assert [step.stage for step in told] == ["reading", "understanding", "writing", "writing"]


@pytest.mark.parametrize("stage", ["reading", "understanding", "writing"])
def test_a_cancelled_load_leaves_what_was_there(tmp_path, stage):
    before = loaded(tmp_path, ROWS).manifest.version

    def cancel(progress: Progress) -> None:
        if progress.stage == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(tmp_path / "data", "rows", [write(tmp_path / "rows.csv", ROWS * 2)], MAPPING, CLOCK, cancel)

    assert open_dataset(tmp_path / "data", "rows").manifest.version == before
    assert sorted(path.name for path in (tmp_path / "data" / "rows").iterdir()) == sorted(
        [".lock", "CURRENT", before]
    )


def test_a_cancelled_first_load_leaves_no_dataset(tmp_path):
    def cancel(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_text(tmp_path, "who,when,where\nP,2016-01-02,A\n", progress=cancel)

    assert dataset_names(tmp_path / "data") == ()
    assert list((tmp_path / "data").iterdir()) == []


LOAD_FOR_EVER = """
import sys
from pathlib import Path
from tests.integration.linked_rows import CLOCK, MAPPING
from storybook.linked.load import load
root, paths = Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]]
while True:
    for path in paths:
        report = load(root, "rows", [path], MAPPING, CLOCK)
        print(report.dataset.manifest.version, flush=True)
"""


def _is_one_of(sizes, dataset):
    people, many = dataset.manifest.people, dataset.manifest.rows
    assert len(stored(dataset)) == many
    assert [(cell.keys, cell.figure.value) for cell in count(dataset, ("agency",))] == [
        ((("agency", sizes[people, many]),), people)
    ]


def _rows(agency, people, many):
    return [(f"P{number % people}", "2016-01-05", agency, "", "W", "offending") for number in range(many)]


@pytest.mark.parametrize("times", [2, pytest.param(20, marks=pytest.mark.exam)])
def test_a_load_that_is_killed_leaves_the_old_version_or_the_new_one(tmp_path, times):
    """Two files in turn, killed at any moment of a load: all that is there is of the one, or all of the other."""
    chance, root = Random(3), tmp_path / "data"
    sizes = {(50, 2000): "A", (70, 2100): "B"}
    paths = [write(tmp_path / f"{agency}.csv", _rows(agency, *size)) for size, agency in sizes.items()]
    began = time.monotonic()
    load(root, "rows", paths[:1], MAPPING, CLOCK)
    taken = time.monotonic() - began
    loads = [sys.executable, "-c", LOAD_FOR_EVER, str(root), *map(str, paths)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for _ in range(times):
        with subprocess.Popen(
            loads, stdout=subprocess.PIPE, env=environment, start_new_session=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.random() * 2 * taken)
            process.send_signal(signal.SIGKILL)
        _is_one_of(sizes, open_dataset(root, "rows"))
    loaded(tmp_path, _rows("A", 50, 2000))
    assert not list((root / "rows").glob(".new*"))
    assert len([path for path in (root / "rows").iterdir() if path.is_dir()]) <= 2


def test_two_loads_of_one_dataset_do_not_meet(tmp_path):
    def again(progress: Progress) -> None:
        if progress.stage == "writing":
            load(tmp_path / "data", "rows", [tmp_path / "rows.csv"], MAPPING, CLOCK)

    with pytest.raises(Problems, match='the dataset "rows" is being loaded by somebody else; wait until'):
        load(tmp_path / "data", "rows", [write(tmp_path / "rows.csv", ROWS)], MAPPING, CLOCK, again)


def test_a_reader_keeps_its_version_while_the_next_one_comes(tmp_path):
    old = loaded(tmp_path, ROWS * 12)
    new = loaded(tmp_path, [(f"P{number}", *ROWS[0][1:]) for number in range(30)])

    assert [cell.figure.state for cell in count(old, ())] == ["suppressed"]
    assert [cell.figure.value for cell in count(open_dataset(tmp_path / "data", "rows"), ())] == [30]
    assert new.manifest.version == open_dataset(tmp_path / "data", "rows").manifest.version


def test_only_the_version_before_is_kept(tmp_path):
    versions = [loaded(tmp_path, ROWS).manifest.version for _ in range(4)]

    kept = {path.name for path in (tmp_path / "data" / "rows").iterdir() if path.is_dir()}
    assert kept == set(versions[-2:])


def test_datasets_are_listed_and_a_missing_one_is_told(tmp_path):
    loaded(tmp_path, ROWS, name="police")
    (tmp_path / "data" / "broken").mkdir()
    (tmp_path / "data" / "broken" / "CURRENT").write_bytes(b"\xff\xfe../police")

    assert dataset_names(tmp_path / "data") == ("police",)
    assert dataset_names(tmp_path / "nowhere") == ()
    with pytest.raises(Problems) as caught:
        open_dataset(tmp_path / "data", "fire")
    assert str(caught.value) == 'there is no dataset called "fire"; load it first, or use one of: police'


def test_the_manifest_is_json_that_anybody_can_read(tmp_path):
    dataset = loaded(tmp_path, ROWS)

    manifest = json.loads((dataset.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["schema_version"] == 1
    assert manifest["mapping"]["person"] == "who"
    assert len(manifest["sources"][0]["sha256"]) == 64


def test_a_folder_with_a_quotation_mark_in_its_name_is_a_folder(tmp_path):
    folder = tmp_path / "O'Brien's; --"
    folder.mkdir()

    assert [cell.figure.state for cell in count(loaded(folder, ROWS), ())] == ["suppressed"]


def test_a_file_of_many_pieces_keeps_its_rows_in_order(tmp_path):
    rows = [
        (f"P{number % 997}", "2016-01-05", f"A{number % 7}", "x" * 40, "W", "") for number in range(60_000)
    ]
    rows[54_321] = ("P", "never", "A", "", "", "")
    path = write(tmp_path / "rows.csv", rows, HEADINGS)

    with pytest.raises(Problems, match=r"^rows.csv:54323:when: this is not a date that can be read"):
        load(tmp_path / "data", "rows", [path], MAPPING, CLOCK)
    del rows[54_321]
    dataset = loaded(tmp_path, rows)
    assert (dataset.manifest.people, dataset.manifest.rows) == (997, 59_999)
    hand = by_hand(rows, ("agency",), (), "contacts")
    assert [cell.figure for cell in count(dataset, ("agency",), of="contacts")] == [
        ruled(hand[f"A{number}",], "contacts") for number in range(7)
    ]


def test_names_that_went_and_came_are_said_and_kept_version_by_version(tmp_path):
    load_text(tmp_path, "who,when,where\nP,2016-01-02,A\nP,2016-01-03,B\n")
    report = load_text(tmp_path, "who,when,where\nP,2016-01-02,A2\nP,2016-01-03,B\n")

    assert str(report.sentences()[2]) == (
        'Not in the data any more: "A". New: "A2". Is one of these only a new name? Then use the old name '
        '(--merge "A2=A"). So you can still set new numbers beside those you shared.'
    )
    (first,) = report.dataset.manifest.changes
    assert (first.version, first.field, first.gone, first.new) == (
        report.dataset.manifest.version,
        "agency",
        ("A",),
        ("A2",),
    )

    last = load_text(tmp_path, "who,when,where\nP,2016-01-02,A3\nP,2016-01-03,B\n")
    assert [one.new for one in last.dataset.manifest.changes] == [("A2",), ("A3",)]
    assert not any(
        "any more" in str(said)
        for said in load_text(
            tmp_path, "who,when,where\nP,2016-01-02,A3\nP,2016-01-03,C\nQ,2016-01-03,B\n"
        ).sentences()
    )
