"""Files that can't come in: what each is told, and that nothing was written."""

import pytest
import sqlalchemy as sa

from storybook.services.context import Context
from storybook.store.tables import metadata
from tests.integration.cli_fixtures import run
from tests.integration.malformed import CASES, make

#: Where it is wrong and what is wrong; what would be right stands behind the semicolon, and is never empty.
SAID = {
    "empty file": "empty.csv: the file is empty",
    "only a heading": "heading.csv:1: there are headings but no rows",
    "missing column": "missing.csv:1: no column says when",
    "not UTF-8 in the format": "contacts.csv:3: there are bytes in it that are no characters in UTF-8 or Windows-1252",
    "binary called csv": "picture.csv: this is not text but a picture",
    "NUL in a cell": "contacts.csv:2: there is a character in it that text can't hold (NUL)",
    "day that does not exist": 'contacts.csv:2:Date: "2016-02-30" is a day that does not exist',
    "month that does not exist": 'contacts.csv:2:Date: "2016-13" has no month 13',
    "words for a date": 'contacts.csv:2:Date: "once upon a time" is not a date we can read',
    "no date": "contacts.csv:2:Date: there is no date",
    "year of minus 13.8 billion": 'contacts.csv:2:Date: "-13800000000" is outside the years we can show',
    "year 10000": 'contacts.csv:2:Date: "10000-01-01" is not a date we can read',
    "end before start": "contacts.csv:2:Date: the end, 2016-04-02, comes before the start, 2016-04-03",
    "unknown agency": 'contacts.csv:2:Agency: there is no agency "nowhere" in story.md',
    "unknown person": 'contacts.csv:2:People: there is no person "P7" in story.md',
    "unknown kind": 'contacts.csv:2:Kind: "teleported" is not a kind of contact we know',
    "no agency": "contacts.csv:2:Agency: there is no agency",
    "too many cells": "contacts.csv:2: this line has more cells than the first line has headings",
    "quote never closed": "contacts.csv:3: the quotation marks of the line that begins here do not close",
    "no contacts file": "contacts.csv: there is no contacts.csv",
    "no story file": "story.md: there is no story.md",
    "front matter never closed": "story.md:1: the file does not begin with a part between two lines of ---",
    "front matter is no YAML": "story.md:4:5: the part between the --- lines can't be read",
    "YAML that builds objects": "story.md:3:8: anchors (&), aliases (*) and tags (!) are not read here",
    "person twice": 'story.md:people: the ref "P1" is there twice',
    "agency twice": 'story.md:agencies: the ref "shelter" is there twice',
    "unknown sector": 'story.md:agency shelter sector: "piracy" is not a sector we know',
    "unknown kind of gap": 'story.md:gap 1, 2016 kind: "chasm" is not a kind of gap we know',
    "unknown field": 'story.md:5: we do not know the key "shoe_size"',
    "path escape in the slug": 'story.md:slug: "../../etc/passwd" can\'t be the short name of a story',
    "path escape in --slug": 'slug: "../../etc/passwd" can\'t be the short name of a story',
    "slug in capitals": 'slug: "A Warm Room" can\'t be the short name of a story',
    "episode with a false date": 'story.md:16:date: "2016-99" has no month 99',
    "format nobody knows": 'given: we do not know the format "papyrus"',
    "mapping to no field": 'a.csv:Wann: a column can\'t be taken for "moon phase"',
    "mapping of no column": 'a.csv:Wann: there is no column "Wann"',
    "workbook without rows": "a.xlsx: the file is empty",
    "workbook that is none": "a.xlsx: the workbook is broken or locked",
    "archive that leaves its folder": 'a.zip: "../story.md" leads out of the folder',
    "archive that unpacks to gigabytes": 'a.zip: "contacts.csv" grows to more than 64 MB',
    "JSON cut off": "a.json:1:37: this text does not end, or holds a character that must be written another way",
    "JSON of something else": "a.json:1: this JSON is not a timeline of TimelineJS",
    "TimelineJS without a date": "a.json:1:Year: there is no year",
    "TimelineJS before there were years": "a.json:1:Year: the year -13800000000 is outside what we can show",
    "TimelineJS ends before it starts": "a.json:1:End Year: the end, 2015, comes before the start, 2016",
    "a line of 200 MB": "a.csv: the file has 191 MB",
    "nothing there": "nowhere.csv: there is no such file, or it can't be opened",
}


def everything(ctx) -> dict:
    with ctx.read() as session:
        return {table.name: session.execute(sa.select(table)).all() for table in metadata.sorted_tables}


@pytest.fixture
def opened(monkeypatch, home, database_url, sqlite_template):
    monkeypatch.setenv("STORYBOOK_HOME", str(home))
    monkeypatch.setenv("STORYBOOK_DATABASE_URL", database_url)
    ctx = Context.open(home, database_url=database_url)
    yield ctx
    ctx.close()


def test_there_is_a_word_for_each_case_and_at_least_25():
    assert list(SAID) == list(CASES)
    assert len(CASES) >= 25


def test_each_is_told_where_what_and_what_would_be_right_and_nothing_is_written(opened, tmp_path, subtests):
    before = everything(opened)
    for case, said in SAID.items():
        with subtests.test(case):
            folder = tmp_path / case.replace(" ", "-")
            folder.mkdir()
            path, words = make(case, folder)
            ended = run("story", "import", path, *words)
            assert (ended.code, ended.out) == (1, "")
            first = ended.problems[0]
            assert first.startswith(said)
            assert first.removeprefix(said).partition("; ")[2].strip()
            assert everything(opened) == before
    database = {"storybook.db", "storybook.db-shm", "storybook.db-wal"}
    assert {p.name for p in opened.home.iterdir()} <= {"keys", "purges.jsonl", "withdrawals.jsonl", *database}
