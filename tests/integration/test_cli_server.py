"""``storybook data to-server``, ``on-server`` and ``off-server``."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from random import Random
from time import monotonic

import psycopg
import pytest

from storybook.cli.bar import Bar

from .cli_fixtures import run
from .conftest import create_database

ROWS = "who,day,place\n" + "".join(f"p{n},2016-0{1 + n % 2}-03,Shelter\n" for n in range(60))
COLUMNS = ("--person", "who", "--date", "day", "--agency", "place")
QUESTION = "how many people at Shelter, according to rows"


@pytest.fixture
def database():
    return "sqlite"  # where stories are has nothing to do with it


@pytest.fixture
def rows_url(postgres_url, request):
    return create_database(postgres_url, request.node.name.lower()[:60]).replace("+psycopg", "")


@pytest.fixture(autouse=True)
def rows(monkeypatch, home, database_url, tmp_path, rows_url):
    monkeypatch.setenv("STORYBOOK_HOME", str(home))
    monkeypatch.setenv("STORYBOOK_DATABASE_URL", database_url)
    monkeypatch.setenv("STORYBOOK_ROWS_URL", rows_url)
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    ends = ("--partner", "Shelter", "--agreement", "A1", "--agreement-ends", "2099-03-31")
    assert run("data", "load", "rows", path, *COLUMNS, *ends).code == 0
    return path


def test_rows_go_to_the_server_are_asked_there_and_go_again(monkeypatch):
    assert run("data", "on-server").lines == ["The server has no rows of this home."]
    here = run("data", "ask", QUESTION)
    assert "Counted from the files here: the server does not have these rows yet." in here.err

    monkeypatch.setattr(Bar, "part", _stop)
    stopped = run("data", "to-server", "rows")
    assert (stopped.code, stopped.err) == (1, "Stopped. The server has what it had before.\n")
    assert run("data", "on-server").lines == ["The server has no rows of this home."]
    monkeypatch.setattr(Bar, "part", lambda *_: None)

    assert run("data", "to-server", "rows").lines == ["The server has the rows of rows now."]
    assert run("data", "to-server", "rows").lines == ["The server had the rows of rows already."]
    (line,) = run("data", "on-server").lines
    assert line.startswith("rows: 60 contacts, put there on ")
    assert line.endswith(", from Shelter, agreement until 31 March 2099, asked in the place of the files.")
    there = run("data", "ask", QUESTION)
    assert (there.out, there.err) == (here.out, "Counted on the server, which has the same rows.\n")

    assert run("data", "off-server", "rows").lines == ["The server has no rows of rows any more."]
    assert run("data", "off-server", "rows").lines == ["The server had no rows of rows."]


def _stop(*_):
    raise KeyboardInterrupt


@pytest.mark.exam
def test_killed_at_any_moment_the_server_has_the_version_whole_or_not_at_all(rows, rows_url):
    chance, seen = Random(7), set()
    began = monotonic()
    with _sending() as child:
        assert child.wait() == 0
    takes = monotonic() - began
    for turn in range(20):
        rows.write_text(ROWS + "".join(f"q{n},2017-0{1 + n % 9}-03,Surgery\n" for n in range(turn + 1)))
        assert run("data", "load", "rows", rows, *COLUMNS, "--partner", "Shelter").code == 0
        with _sending() as child, suppress(subprocess.TimeoutExpired):
            try:
                child.wait(takes * (0.4 + 0.8 * (turn + chance.random()) / 20))
            finally:
                child.kill()
        seen.add(_whole_or_none(rows_url, 61 + turn))
        assert run("data", "to-server", "rows").code == 0
        assert _whole_or_none(rows_url, 61 + turn)
    assert seen == {True, False}


def _sending():
    program = [sys.executable, "-c", "from storybook.cli import main; main()", "data", "to-server", "rows"]
    return subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _whole_or_none(url, contacts):
    """Whether the version is there, with every row of it; nothing else may be."""
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname ~ '^storybook_[0-9a-f]{24}$'"
        )
        schemas = [name for (name,) in found]
        for schema in schemas:
            for table in ("contacts", "months", "quarters"):
                rows = connection.execute(f"SELECT sum(made) FROM {schema}.{table}").fetchone()
                assert rows == (contacts,)
        assert len(schemas) <= 1
        return bool(schemas)
