"""Files as partners send them: any dialect of CSV, workbooks, packed files; good rows never half, unless asked for."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import zipfile

import duckdb
import pytest
from openpyxl import Workbook

from storybook.linked.dataset.mapping import Wishes
from storybook.linked.loading import unpacking
from storybook.linked.loading.guessing import look_at
from storybook.linked.loading.load import load
from storybook.story.problems import Problems

from .linked_rows import CLOCK, PLAIN, load_text, refused, stored

#: Cells of a workbook know no time zone.
ELEVEN = dt.datetime(2016, 1, 5, 11)  # noqa: DTZ001 - as openpyxl wants it
REST = Wishes(load_the_rest=True)
HEADINGS = ("who", "when", "where", "note")


def load_file(path, **more):
    return load(path.parent / "data", "rows", [path], PLAIN, CLOCK, **more)


def workbook(folder, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "rows.xlsx")
    return folder / "rows.xlsx"


def said_of(path, **more) -> list[str]:
    with pytest.raises(Problems) as caught:
        load_file(path, **more)
    assert not (path.parent / "data" / "rows").exists()
    return str(caught.value).split("\n")


def rejects(report) -> list[list[str]]:
    with (report.dataset.folder / "rejects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.parametrize(
    "text",
    [
        "'who','when','where'\n'P','2016-01-05','O''Neill, A'\n'Q','2016-01-06','B'\n",
        'who,when,where\nP,2016-01-05,"O\'Neill, A"\nQ,2016-01-06,B\n',
        'who, when, where\nP, 2016-01-05, "O\'Neill, A"\nQ, 2016-01-06, B\n',
        'who|when|where\nP|2016-01-05|"O\'Neill, A"\nQ|2016-01-06|B\n',
        '\n"Contacts in 2016"\n"Made on 3 March",,\n\nwho,when,where\nP,2016-01-05,"O\'Neill, A"\nQ,2016-01-06,B\n',
        "sep=;\r\nwho;when;where\r\nP;2016-01-05;O'Neill, A\r\nQ;2016-01-06;B\r\n",
    ],
    ids=["single quotes", "plain", "spaces", "bars", "titles above", "sep="],
)
def test_any_dialect_gives_the_same_rows(tmp_path, text):
    report = load_text(tmp_path, text)

    assert [row[1:3] for row in stored(report.dataset)] in (
        [(dt.date(2016, 1, 5), "O'Neill, A"), (dt.date(2016, 1, 6), "B")],
        [(dt.date(2016, 1, 6), "B"), (dt.date(2016, 1, 5), "O'Neill, A")],
    )


def test_a_quotation_mark_after_a_backslash_is_one_inside_a_field(tmp_path):
    text = 'who,when,where\nP,2016-01-05,"The \\"Hub\\", North"\nQ,2016-01-06,"B"\n'

    assert load_text(tmp_path, text).dataset.manifest.agencies == ("B", 'The "Hub", North')


def test_a_workbook_is_read_with_its_dates_numbers_and_blank_rows(tmp_path):
    path = workbook(
        tmp_path, HEADINGS, (1001, ELEVEN, "Night\nshelter", True), (),
        ("NA", "06/01/2016", "Surgery"),
    )  # fmt: skip

    report = load_file(path)

    assert (report.people, report.rows, report.first, report.last) == (
        2,
        2,
        dt.date(2016, 1, 5),
        dt.date(2016, 1, 6),
    )
    assert report.dataset.manifest.agencies == ("Night shelter", "Surgery")


def test_what_is_wrong_in_a_workbook_is_told_by_its_row(tmp_path):
    path = workbook(
        tmp_path, HEADINGS, (), ("P", "2016-01-05", "A"), ("P", "soon", "A"), ("P", "=TODAY()", "A"),
        ("=A1", "2016-01-05", "A"),
        ("P", "2016-01-05", "=A2"),
    )  # fmt: skip

    formula = "this cell holds a formula or an error of the spreadsheet; copy the column and paste it back as values"
    assert said_of(path) == [
        "rows.xlsx:4:when: this is not a date that can be read; write it like 22/10/2014 or 2014-10-22",
        f"rows.xlsx:5:when: {formula}",
        f"rows.xlsx:6:who: {formula}",
        f"rows.xlsx:7:where: {formula}",
    ]
    report = load_file(path, wishes=REST)
    assert (report.rows, report.rejected) == (1, 4)


@pytest.mark.parametrize("inside", ["csv", "parquet"])
def test_a_packed_file_is_unpacked(tmp_path, inside):
    plain = tmp_path / f"rows.{inside}"
    duckdb.sql(f"COPY (SELECT 'P' AS who, '2016-01-05' AS when, 'A' AS where) TO '{plain}' (FORMAT {inside})")
    path = tmp_path / f"rows.{inside}.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))

    report = load_file(path)

    assert (report.rows, report.part.sources[0].name) == (1, f"rows.{inside}.gz")
    assert not list((tmp_path / "data").rglob("*unpacked*"))


def test_what_unpacks_to_far_more_than_rows_do_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "_HARMLESS", 1 << 20)
    bomb = tmp_path / "bomb.csv.gz"
    bomb.write_bytes(gzip.compress(b"who,when,where\n" + b"0" * 5_000_000))
    book = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "0" * 5_000_000)

    assert said_of(bomb) == ["bomb.csv.gz: this file grows to more than 200 times its size; send it unpacked"]
    assert said_of(book) == [
        "bomb.xlsx: this file grows to more than 200 times its size; copy the rows into a new workbook"
    ]


OLD = "a.xls: this is an old or locked workbook; save it as XLSX or CSV and load that"
NOTHING = "a.gz: this file is empty; send a file with a line of headings and rows under it"
BROKEN = "a.xlsx: this workbook is broken or locked; open it in Excel and save it as .xlsx or CSV UTF-8"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.zip", "zip", "a.zip: this is a zip file, not a table; unpack it and load the files in it"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", OLD),
        ("a.xlsx", "book", BROKEN),
        ("a.gz", gzip.compress(b"", mtime=0), NOTHING),
    ],
    ids=["zip", "old workbook", "broken workbook", "nothing packed"],
)  # fmt: skip
def test_what_is_no_table_says_what_it_is(tmp_path, name, content, said):
    path = tmp_path / name
    if isinstance(content, str):
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("xl/workbook.xml" if content == "book" else "rows.csv", "x")
    else:
        path.write_bytes(content)

    assert said_of(path) == [said]


def test_a_workbook_without_rows_is_told(tmp_path):
    assert said_of(workbook(tmp_path)) == [
        "rows.xlsx: this workbook has no rows; send one with a line of headings and rows under it"
    ]


def test_a_full_disk_stops_the_unpacking(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "_LEFT_FREE", 1 << 62)
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(b"who,when,where\nP,2016-01-05,A\n"))

    assert said_of(path) == [
        "rows.csv.gz: there is no room on this disk to unpack it; make room, or send fewer rows"
    ]


OPEN_QUOTE = (
    "a quotation mark is opened here and not closed, or closed in the middle of a field; "
    'write a quotation mark inside a field twice: ""'
)
BAD = (
    "who,when,where\nP,2016-01-05,A\n,2016-01-06,A\nP,2016-02-30,A\nP,2016-01-07\nP,2016-01-08,A,secret words\n"
    'P,2016-01-09,"on\ntwo lines"\nP,2016-01-10,"never closed\nQ,2016-01-11,B\nP,Tuesday,B\n'
)


def test_the_rest_comes_in_and_the_rejects_lie_beside_with_line_column_and_reason(tmp_path):
    assert len(refused(tmp_path, BAD)) > 0

    report = load_text(tmp_path, BAD, wishes=REST)

    assert sorted(row[2] for row in stored(report.dataset)) == ["A", "B", "on\ntwo lines"]
    separator = "put text that holds the separator between quotation marks"
    date = "this is not a date that can be read; write it like 22/10/2014 or 2014-10-22"
    found = rejects(report)
    assert sorted(found, key=lambda row: int(row[1])) == [
        ["rows.csv", "3", "who", "this row does not say who it is about; give every row a mark for its person"],
        ["rows.csv", "4", "when", date],
        ["rows.csv", "5", "", f"this row has 2 columns where the headings have 3; {separator}"],
        ["rows.csv", "6", "", f"this row has 4 columns where the headings have 3; {separator}"],
        ["rows.csv", "9", "", OPEN_QUOTE],
        ["rows.csv", "11", "when", date],
    ]  # fmt: skip
    assert report.rejected == 6
    assert str(report.sentences()[2]) == (
        "6 rows could not be read and were left out; the list of rejects says where and why."
    )
    everything = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    assert not any(word in everything for word in (b"secret", b"Tuesday", b"never closed", b"02-30"))


def test_where_nothing_is_left_nothing_comes_in(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("who,when,where\n,never,A\n", encoding="utf-8")

    assert said_of(path, wishes=REST) == [
        "rows.csv: there are no rows under the headings; send a file with rows"
    ]


def test_rows_twice_days_to_come_and_formulas_are_told_and_kept(tmp_path):
    text = "who,when,where\n" + 'P,2016-01-05,"=HYPERLINK(""x"")"\n' * 3 + "P,2031-01-05,A\n"

    report = load_text(tmp_path, text)

    assert report.rows == 4
    assert [str(said) for said in report.sentences()[2:]] == [
        "1 row is dated after today.",
        "3 names of agencies begin like a formula of a spreadsheet. They are kept as text and never run.",
        "2 rows say the same as another row (times of day are not loaded). Each counts as a contact.",
    ]


def test_agencies_spelled_several_ways_are_offered_and_merged_when_asked(tmp_path):
    names = ("Night Shelter", "night shelter", "The Night-Shelter", "Night Sheltr", "Surgery")
    text = "who,when,where\n" + "".join(f"P{n},2016-01-0{n + 1},{name}\n" for n, name in enumerate(names))

    (offer,) = load_text(tmp_path, text).offers
    assert str(offer.sentence()) == (
        'These may be one agency: "Night Shelter", "Night Sheltr", "The Night-Shelter", "night shelter". '
        "They are counted apart unless you merge them."
    )
    merged = load_text(tmp_path, text, PLAIN.model_copy(update={"merge": dict(offer.merge)}))

    assert merged.dataset.manifest.agencies == ("Surgery", "The Night-Shelter")
    assert merged.offers == ()


def test_values_of_a_column_that_may_hold_marks_of_people_are_not_shown(tmp_path):
    path = tmp_path / "rows.csv"
    rows = [f"X{n:03},2016-02-0{1 + n % 9},{'East' if n % 2 else 'West'}" for n in range(60)]
    path.write_text("\n".join(["key no,seen,side", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "look").mkdir()

    marks, seen, side = look_at([path], tmp_path / "look")

    assert (marks.guess, marks.examples) == ("", ())
    assert (seen.guess, seen.examples[0]) == ("date", "2016-02-01")
    assert (side.guess, side.examples) == ("", ("West", "East"))
