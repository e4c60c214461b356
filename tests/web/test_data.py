"""The analyst's pages: safe counts and bringing rows in."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage

from storybook.linked.dataset.mapping import ColumnMapping
from storybook.linked.suppression.figures import Count, StructuralZero, Suppressed, Unknown
from storybook.services.data.rows import load_data
from storybook.web.data.page import cell_of
from storybook.web.uploads import keep_each, safe_name
from storybook.web.words import figure_words
from tests.web.conftest import World

#: 12 people at one agency and 3 at another, in one quarter; the fourth person's second visit counts once.
ROWS = "client,day,service,ward\n" + "".join(f"p{n},2017-02-0{n % 9 + 1},Shelter,North\n" for n in range(12))
ROWS += "".join(f"q{n},2017-03-01,Surgery,North\n" for n in range(3)) + "p3,2017-02-20,Shelter,North\n"
PLAIN = ColumnMapping(person="client", date="day", agency="service", place="ward")


def load(world: World, rows: str = ROWS, **columns: object) -> None:
    """Brings ``rows`` in as the dataset "trial"; ``columns`` are more of the mapping's own."""
    path = world.ctx.home / "rows.csv"
    path.write_text(rows, encoding="utf-8")
    load_data(world.ctx, world.actor("analyst"), "trial", [path], PLAIN.model_copy(update=columns))


def test_rows_are_counted_safely(world: World) -> None:
    load(world)
    client = world.client("analyst")
    assert 'href="/data/trial/"' in client.get("/data/").text
    page = client.get("/data/trial/").text
    rows = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    assert rows[1:] == [["Shelter", "10"], ["Surgery", "under", "10"]]


def test_datasets_of_the_same_rows_say_that_they_share_a_ledger(world: World) -> None:
    load(world)
    assert "ledger" not in world.client("analyst").get("/data/").text

    load_data(world.ctx, world.actor("analyst"), "again", [world.ctx.home / "rows.csv"], PLAIN)
    page = world.client("analyst").get("/data/").text
    assert "Shares rows, and so one ledger, with trial" in page
    assert "Shares rows, and so one ledger, with again" in page


def test_analysts_read_where_their_numbers_were_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(world)
    pages = [f"/data/trial/{page}" for page in ("", "ask/", "next/?agency=Shelter", "before-and-after/")]
    client, said = world.client("analyst"), "Counted from the files here: the server can&#39;t be reached."
    assert not any("Counted" in client.get(page).text for page in pages)

    away = world.ctx.with_rows("postgresql://nobody@127.0.0.1:1/rows")
    monkeypatch.setitem(world.app.extensions, "storybook", away)
    assert all(said in client.get(page).text for page in pages)


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


def test_two_files_of_one_name_are_both_kept_and_none_of_no_name(tmp_path: Path) -> None:
    sent = [
        FileStorage(io.BytesIO(b"1"), "a.csv"),
        FileStorage(io.BytesIO(b""), ""),
        FileStorage(io.BytesIO(b"2"), "a.csv"),
    ]
    assert [file.read_bytes() for file in keep_each(sent, tmp_path)] == [b"1", b"2"]
