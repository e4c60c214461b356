"""The same logs by the command line, with the mapping that a person would type."""

from __future__ import annotations

import pytest

from storybook.linked.dataset.datasets import open_dataset
from storybook.story.dates import in_words
from tests.integration.cli_fixtures import run
from tests.logs import fines, hospital

COLUMNS = {
    "hospital.csv": ("Case ID", "Complete Timestamp", "org:group", "Activity"),
    "fines.csv": ("case_id", "timestamp", "resource", "activity"),
}


@pytest.fixture
def database() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def environment(monkeypatch, home, database_url):
    monkeypatch.setenv("STORYBOOK_HOME", str(home))
    monkeypatch.setenv("STORYBOOK_DATABASE_URL", database_url)


@pytest.mark.parametrize("log", [hospital(), fines()], ids=["hospital", "fines"])
def test_a_log_comes_in_by_one_command(tmp_path, home, log):
    path = tmp_path / log.name
    path.write_text(log.text, encoding="utf-8")
    person, day, agency, kind = COLUMNS[log.name]

    ended = run(
        "data", "load", "log", path, "--person", person, "--date", day, "--agency", agency, "--kind", kind
    )

    assert (ended.code, ended.err) == (0, "")
    days = f"from {in_words(log.first)} to {in_words(log.last)}"
    assert ended.lines[0] == f"{log.people} people, {log.rows} rows, {log.agencies} agencies, {days}"
    assert open_dataset(home / "data", "log").manifest.people == log.people


def test_everything_about_a_load_can_be_said_in_one_command(tmp_path, home):
    path = tmp_path / "rows.csv"
    path.write_text(
        "who,day,team,band,sex,surname\np1,2016-01-05,Night Shelter,30 to 39,F,Ablethorpe\n"
        "p2,never,night shelter,,M,Zwirek\np3,2016-01-06,night shelter,,M,Zwirek\n",
        encoding="utf-8",
    )
    words = ["--person", "who", "--date", "day", "--agency", "team", "--age-band", "band", "--gender", "sex",
             "--partner", "Housing", "--agreement", "DSA 7", "--agreement-ends", "2199-12-31",
             "--merge", "night shelter=Night Shelter", "--load-the-rest"]  # fmt: skip

    looked = run("data", "load", "rows", path, *words, "--check")
    ended = run("data", "load", "rows", path, *words)
    again = run("data", "load", "rows", path, *words, "--replace-period")

    assert looked.lines == ended.lines == again.lines == [
        "2 people, 2 rows, 1 agency, from 5 January 2016 to 6 January 2016",
        "All dates are written year first.",
        "1 row could not be read and was left out; the list of rejects says where and why.",
        'The column "surname" looks like names. It was left out.',
    ]  # fmt: skip
    (part,) = open_dataset(home / "data", "rows").manifest.parts
    assert (part.number, part.partner, part.agreement, str(part.agreement_ends)) == (
        2,
        "Housing",
        "DSA 7",
        "2199-12-31",
    )


def test_agencies_that_may_be_one_are_offered(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("who,day,team\np1,2016-01-05,WMP\np1,2016-01-05,West Midlands Police\n", encoding="utf-8")

    ended = run("data", "load", "rows", path, "--person", "who", "--date", "day", "--agency", "team")

    assert ended.lines[-1] == (
        'These may be one agency: "WMP", "West Midlands Police". They are counted apart unless you merge them.'
    )
