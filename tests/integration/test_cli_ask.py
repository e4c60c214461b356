"""``storybook data ask`` and ``destroy``: one sentence in, a card out; rows gone for good."""

from __future__ import annotations

import json

import pytest

from tests.integration.cli_fixtures import run

ROWS = "who,day,place,need\n" + "".join(
    f"p{n},2016-0{1 + n % 2}-03,{'Police' if n % 3 else 'Shelter'},{'homelessness' if n % 2 else ''}\n"
    for n in range(60)
)
QUESTION = "how many people at Police with homelessness quarter by quarter, according to rows"


@pytest.fixture
def database():
    return "sqlite"  # asking touches no database: once is enough


@pytest.fixture(autouse=True)
def rows(monkeypatch, home, database_url, tmp_path):
    monkeypatch.setenv("STORYBOOK_HOME", str(home))
    monkeypatch.setenv("STORYBOOK_DATABASE_URL", database_url)
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    columns = ("--person", "who", "--date", "day", "--agency", "place", "--need", "need")
    assert run("data", "load", "rows", path, *columns).code == 0


def test_a_question_in_one_sentence_is_answered_with_a_card():
    told = run("data", "ask", QUESTION)

    assert told.code == 0
    assert told.lines[:4] == [
        "How many people were in contact with Police, with homelessness, quarter by quarter?",
        "about 20 people",
        "out of about 60 people in contact with any agency in this data in that time: about 33 in 100",
        "  2016-Q1  about 20 people",
    ]
    as_json = json.loads(run("data", "ask", QUESTION, "--format", "json").out)
    assert (as_json["value"], as_json["state"], as_json["dataset"]) == (20, "shown", "rows")


def test_rows_are_destroyed_by_whoever_means_it():
    asked = run("data", "destroy", "rows", typed="n\n")
    assert (asked.code, run("data", "ask", QUESTION).code) == (1, 0)

    assert run("data", "destroy", "rows", "--yes").lines == ["The rows of rows are gone."]

    assert 'the rows of "rows" were destroyed' in run("data", "ask", QUESTION).err
    assert "There are no rows under that name." in run("data", "destroy", "rows", "--yes").err


def test_what_is_no_question_is_refused():
    told = run("data", "ask", "how many souls")

    assert told.code != 0
    assert "this question can't be read" in told.err


def test_what_nobody_recorded_has_a_label_of_its_own_in_a_count(tmp_path):
    columns = ("--person", "who", "--date", "day", "--agency", "place", "--kind", "need")
    assert run("data", "load", "kinds", tmp_path / "rows.csv", *columns).code == 0

    told = [line.split("  ")[0] for line in run("data", "count", "kinds", "--by", "kind").lines[:3]]
    assert told == ["kind", "not recorded", "homelessness"]
