"""The analyst's pages: safe counts and bringing rows in."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage

from storybook.linked.figures import Count, StructuralZero, Suppressed, Unknown
from storybook.web.data.page import cell_of
from storybook.web.uploads import kept_for_now, safe_name
from storybook.web.words import figure_words
from tests.web.conftest import World, send

#: 12 people at one agency and 3 at another, in one quarter; the fourth person's second visit counts once.
ROWS = "client,day,service,ward\n" + "".join(f"p{n},2017-02-0{n % 9 + 1},Shelter,North\n" for n in range(12))
ROWS += "".join(f"q{n},2017-03-01,Surgery,North\n" for n in range(3)) + "p3,2017-02-20,Shelter,North\n"
COLUMNS = {
    "name": "trial",
    "person": "client",
    "date": "day",
    "agency": "service",
    "kind": "",
    "place": "ward",
    "needs": "",
}


def load(world: World, rows: str = ROWS, **changed: str):
    files = (io.BytesIO(rows.encode()), "rows.csv")
    return send(world.client("analyst"), "/data/load/", **{**COLUMNS, **changed}, files=files)


def test_rows_come_in_and_are_counted_safely(world: World) -> None:
    answer = load(world)
    assert (answer.status_code, answer.location) == (303, "/data/")
    client = world.client("analyst")
    assert 'href="/data/trial/"' in client.get("/data/").text
    page = client.get("/data/trial/").text
    rows = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    assert rows[1:] == [["Shelter", "10"], ["Surgery", "under", "10"]]
    assert not any((world.ctx.home / "incoming").iterdir())


def test_contacts_can_be_counted_instead(world: World) -> None:
    load(world)
    page = world.client("analyst").get("/data/trial/?of=contacts").text
    assert "Contacts by agency and quarter, rounded" in page
    assert "15</td>" in page


def test_an_odd_question_counts_people(world: World) -> None:
    load(world)
    assert (
        "People by agency and quarter, rounded" in world.client("analyst").get("/data/trial/?of=souls").text
    )


@pytest.mark.parametrize(
    ("changed", "said"), [({"person": "nobody"}, "nobody"), ({"name": "../up"}, "../up"), ({"date": ""}, "")]
)
def test_what_cannot_be_loaded_is_told_and_nothing_is_kept(
    world: World, changed: dict[str, str], said: str
) -> None:
    answer = load(world, **changed)
    assert answer.status_code == 422
    assert "There is something to put right" in answer.text
    assert said in answer.text
    assert "There is no data yet." in world.client("analyst").get("/data/").text


def test_a_load_without_a_file_is_told(world: World) -> None:
    answer = send(world.client("analyst"), "/data/load/", **COLUMNS)
    assert answer.status_code == 422
    assert 'href="#files"' in answer.text


def test_a_dataset_that_is_not_there_is_told(world: World) -> None:
    assert world.client("analyst").get("/data/none/").status_code == 422


@pytest.mark.parametrize(
    ("figure", "short", "words", "shown"),
    [
        (Count(value=1340, base=5), "1,340", "about 1,340 people", True),
        (Suppressed(below=10), "under 10", "fewer than 10 people", False),
        (
            Suppressed(below=10, because="protects"),
            "hidden",
            "not shown, to keep a smaller number hidden",
            False,
        ),
        (StructuralZero(), "none", "no people", False),
        (Unknown(), "not known", "not known", False),
    ],
)
def test_suppressed_unknown_and_none_each_have_a_look(figure, short: str, words: str, shown: bool) -> None:
    assert (cell_of(figure).text, cell_of(figure).shown, figure_words(figure)) == (short, shown, words)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\notes\\my file.csv", "my file.csv"),
        ("", "file"),
        ("..", "file"),
        (".hidden", "hidden"),
        ("a\x00b<script>.csv", "a_b_script_.csv"),
        ("x" * 300 + ".csv", "x" * 96 + ".csv"),
    ],
)
def test_a_sent_name_can_leave_no_folder(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_two_files_of_one_name_are_both_kept_and_gone_afterwards(tmp_path: Path) -> None:
    sent = [
        FileStorage(io.BytesIO(b"1"), "a.csv"),
        FileStorage(io.BytesIO(b"2"), "a.csv"),
        FileStorage(io.BytesIO(b""), ""),
    ]
    with kept_for_now(sent, tmp_path) as files:
        assert [file.read_bytes() for file in files] == [b"1", b"2"]
    assert [*tmp_path.iterdir()] == []
