"""Agencies' files become a dataset or they do not: read as they were meant, checked, all or nothing."""

from __future__ import annotations

import datetime as dt
from random import Random

import duckdb
import pytest

from storybook.linked.dataset.datasets import open_dataset
from storybook.linked.dataset.mapping import About, Absence, ColumnMapping
from storybook.linked.loading.load import load
from storybook.story.problems import Problems

from .linked_rows import (
    CLOCK,
    MAPPING,
    PLAIN,
    ROWS,
    load_text,
    loaded,
    refused,
    stored,
    write,
)


def test_the_report_says_what_came_in(tmp_path):
    report = load(tmp_path / "data", "rows", [write(tmp_path / "rows.csv", ROWS)], MAPPING, CLOCK)

    assert [str(sentence) for sentence in report.sentences()] == [
        "2 people, 2 rows, 2 agencies, from 5 January 2016 to 5 February 2016",
        "All dates are written year first.",
    ]
    manifest = open_dataset(tmp_path / "data", "rows").manifest
    assert (manifest.people, manifest.rows, manifest.sources[0].name) == (2, 2, "rows.csv")
    assert (manifest.agencies, manifest.kinds, manifest.needs, manifest.places) == (
        ("A", "B"), ("", "visit"), ("offending",), ("Ward 1", "Ward 2")
    )  # fmt: skip
    assert manifest.loaded_at == CLOCK.now()


def test_a_log_like_a_hospitals_is_read_with_a_person_called_na(tmp_path):
    chance, people = Random(1), ["NA", "null", "None", "nan", *(f"X{number}" for number in range(40))]
    rows = [
        (who, "step", f"2014/10/{chance.randrange(1, 29):02} 11:15:41.000", "", "true", chance.choice("AB?"))
        for who in people
        for _ in range(3)
    ]
    headings = ("Case ID", "Activity", "Complete Timestamp", "Age", "Infusion", "org:group")
    path = write(tmp_path / "log.csv", rows, headings, delimiter=";")
    mapping = ColumnMapping(
        person="Case ID", date="Complete Timestamp", agency="org:group", needs=("Infusion",)
    )

    report = load(tmp_path / "data", "log", [path], mapping, CLOCK)

    assert (report.people, report.rows, report.agencies) == (44, 132, 3)
    assert report.dataset.manifest.needs == ("Infusion",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_no_id_and_no_unmapped_column_is_kept_anywhere(tmp_path, encoding):
    rows = [(f"secret-{number}-é", "2016-01-05", "A", "hidden words") for number in range(30)]
    path = write(tmp_path / "rows.csv", rows, ("who", "when", "where", "notes"), encoding=encoding)

    dataset = load(tmp_path / "data", "rows", [path], PLAIN, CLOCK).dataset

    files = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert sorted(file.name for file in files) == [
        ".lock", "CURRENT", "by_quarter.parquet", "contacts.parquet", "manifest.json", "needs.parquet",
        "quarters.parquet",
    ]  # fmt: skip
    everything = b"".join(file.read_bytes() for file in files)
    assert not any(word in everything for word in (b"secret", b"hidden", "secret".encode("utf-16-le")))
    assert [name for name, *_ in duckdb.sql(f"DESCRIBE FROM '{dataset.contacts}'").fetchall()] == [
        "person", "date", "agency", "kind", "place", "age_band", "gender", "part"
    ]  # fmt: skip


def test_numbers_for_people_do_not_follow_their_ids_and_differ_each_time(tmp_path):
    rows = [
        (f"P{number:03}", f"2016-01-{1 + number % 28:02}", f"A{number:03}", "", "", "")
        for number in range(200)
    ]

    orders = [
        [row[0] for row in sorted(stored(loaded(tmp_path, rows)), key=lambda row: row[2])] for _ in range(2)
    ]

    assert sorted(orders[0]) == list(range(1, 201))
    assert orders[0] != sorted(orders[0])
    assert orders[0] != orders[1]


def test_several_files_with_their_own_separators_are_one_dataset(tmp_path):
    first = write(tmp_path / "a.csv", ROWS)
    second = write(
        tmp_path / "b.csv", [("P2", "06/02/2016", "C", "", "", "")], delimiter=";", encoding="utf-16"
    )

    report = load(tmp_path / "data", "rows", [first, second], MAPPING, CLOCK)

    assert (report.people, report.rows, report.agencies) == (2, 3, 3)
    assert [source.rows for source in report.dataset.manifest.sources] == [2, 1]


def test_parquet_is_read_like_text(tmp_path):
    path = tmp_path / "rows.parquet"
    duckdb.sql(
        "COPY (SELECT 7::DOUBLE AS who, TIMESTAMP '2016-01-05 10:00' AS when, 'A' AS where, true AS need, [1] AS list"
        f" UNION ALL SELECT NULL, NULL, NULL, NULL, NULL) TO '{path}' (FORMAT parquet)"
    )
    mapping = ColumnMapping(person="who", date="when", agency="where", needs=("need",))

    report = load(tmp_path / "data", "rows", [path], mapping, CLOCK)

    assert (report.people, report.rows, report.blank_rows, report.first) == (1, 1, 1, dt.date(2016, 1, 5))
    assert report.dataset.manifest.needs == ("need",)
    with pytest.raises(Problems, match=r'rows\.parquet:list: the column "list" holds lists or records'):
        load(
            tmp_path / "data", "rows", [path], ColumnMapping(person="who", date="when", agency="list"), CLOCK
        )


def test_a_bad_row_of_parquet_is_told_by_its_number(tmp_path):
    path = tmp_path / "rows.parquet"
    duckdb.sql(f"COPY (SELECT 'P' AS who, 'soon' AS when, 'A' AS where) TO '{path}' (FORMAT parquet)")

    with pytest.raises(Problems) as caught:
        load(tmp_path / "data", "rows", [path], PLAIN, CLOCK)

    assert str(caught.value) == (
        "rows.parquet:1:when: this is not a date that can be read; write it like 22/10/2014 or 2014-10-22"
    )


def test_what_only_looks_like_parquet_is_refused(tmp_path):
    (said,) = refused(tmp_path, b"PAR1 and nothing more")

    assert said == "rows.csv: this file can't be read; save it again as CSV or Parquet and load that"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2014/10/22 11:15:41.000", (2014, 10, 22)),
        ("2014-10-22T00:15:41+01:00", (2014, 10, 22)),
        ("2014-10-22T23:59:59Z", (2014, 10, 22)),
        ("2014-1-2", (2014, 1, 2)),
        ("2014.10.22", (2014, 10, 22)),
        ("20141022", (2014, 10, 22)),
        ("22/10/2014", (2014, 10, 22)),
        ("03/04/2014 9:05 PM", (2014, 4, 3)),
        ("3-4-14", (2014, 4, 3)),
        ("22.10.2014", (2014, 10, 22)),
        ("22 October 2014", (2014, 10, 22)),
        ("22-OCT-14", (2014, 10, 22)),
        ("29/02/2016", (2016, 2, 29)),
    ],
)
def test_dates_are_read_as_they_are_written(tmp_path, written, day):
    report = load_text(tmp_path, f"who,when,where\nP,{written},A\n")

    assert report.first == report.last == dt.date(*day)


@pytest.mark.parametrize(
    "written",
    ["2014-02-30", "30/02/2014", "29/02/2015", "2014", "2014-13-01", "infinity", "epoch", "now", "2014-10-22 99:10",
     "1/1/0000", "22/10/214", "2200-01-01", "20141322", "2014-10-22 (BC)", "=TODAY()", "'; DROP TABLE x; --"],
)  # fmt: skip
def test_what_is_no_date_is_refused(tmp_path, written):
    (said,) = refused(tmp_path, f"who,when,where\nP,{written},A\n")

    assert (
        said == "rows.csv:2:when: this is not a date that can be read; write it like 22/10/2014 or 2014-10-22"
    )


def test_styles_that_nobody_can_mistake_may_be_mixed_and_are_told(tmp_path):
    report = load_text(
        tmp_path, "who,when,where\nP,2014/10/22 10:00,A\nP,23/10/2014,A\nP,24 October 2014,A\n"
    )

    assert (report.year_first, report.day_first, report.last) == (1, 2, dt.date(2014, 10, 24))


def test_american_dates_are_refused_unless_they_are_announced(tmp_path):
    text = "who,when,where\nP,10/22/2014,A\nP,01/02/2014,A\n"

    (said,) = refused(tmp_path, text)
    report = load_text(tmp_path, text, PLAIN.model_copy(update={"date_style": "month-first"}))

    assert said == (
        "rows.csv:2:when: this is not a date that can be read; dates are read day first: write it like 22/10/2014 "
        "or 2014-10-22"
    )
    assert (report.first, report.last) == (dt.date(2014, 1, 2), dt.date(2014, 10, 22))
    assert str(report.sentences()[1]) == "All dates are written month first."


def test_everything_wrong_is_told_at_once_with_its_line_and_never_with_its_value(tmp_path):
    text = 'who,when,where,"long\nheading"\n,2016-01-01,A,x\nP,,A,x\nP,2016-01-02,A,"two\nlines"\nP,Tuesday,A,x\n,,A,\n'

    assert refused(tmp_path, text) == [
        "rows.csv:3:who: this row does not say who it is about; give every row a mark for its person",
        "rows.csv:4:when: this row has no date; give every row the date of its contact",
        "rows.csv:7:when: this is not a date that can be read; write it like 22/10/2014 or 2014-10-22",
        "rows.csv:8:who: this row does not say who it is about; give every row a mark for its person",
        "rows.csv:8:when: this row has no date; give every row the date of its contact",
    ]


def test_a_long_list_of_problems_is_cut_and_says_how_many_more_there_are(tmp_path):
    said = refused(tmp_path, "who,when,where\n" + "P,x,A\n" * 1234)

    assert len(said) == 101
    assert said[-1] == "there are 1,134 more problems like these; put these right first and load again"


def test_rows_with_another_number_of_columns_are_told_by_line(tmp_path):
    said = refused(tmp_path, "who,when,where\nP,2016-01-02,A\nP,2016-01-02\nP,2016-01-02,A,B,C\n")

    right = "put text that holds the separator between quotation marks"
    assert said == [
        f"rows.csv:3: this row has 2 columns where the headings have 3; {right}",
        f"rows.csv:4: this row has 5 columns where the headings have 3; {right}",
    ]


def test_a_quotation_mark_that_is_left_open_is_told_where_it_opens(tmp_path):
    (said,) = refused(tmp_path, 'who,when,where\nP,2016-01-02,A\nP,2016-01-02,"A\nP,2016-01-02,A\n')

    assert said.startswith("rows.csv:3: a quotation mark is opened here and not closed")


@pytest.mark.parametrize("text", ["who,when,where\n", "who,when,where\n,,\n,,\n"])
def test_headings_without_rows_are_refused(tmp_path, text):
    assert refused(tmp_path, text) == [
        "rows.csv: there are no rows under the headings; send a file with rows"
    ]


def test_empty_rows_missing_agencies_and_days_to_come_are_noticed(tmp_path):
    text = "who,when,where\n,,\nP, 2016-01-02 ,\n P ,2016-01-03,A\n\nP,02/01/2031,A\n"

    report = load_text(tmp_path, text)

    assert (report.people, report.rows, report.agencies) == (1, 3, 1)
    assert [str(sentence) for sentence in report.sentences()[2:]] == [
        "1 row names no agency; it counts as not recorded.",
        "1 empty row was left out.",
        "1 row is dated after today.",
    ]
    assert report.dataset.manifest.agencies == ("", "A")


def test_missing_columns_are_all_told_with_what_is_there(tmp_path):
    text = "Case ID,Complete Timestamp,Age\nP,2016-01-02,4\n"
    mapping = ColumnMapping(person="case  id", date="Timestamp", agency="org:group")

    assert refused(tmp_path, text, mapping) == [
        'rows.csv:1:Timestamp: there is no column "Timestamp"; use one of: "Complete Timestamp"',
        'rows.csv:1:org:group: there is no column "org:group"; use one of: "Case ID", "Complete Timestamp", "Age"',
    ]


def test_the_column_for_people_can_be_nothing_else(tmp_path):
    text = "who,when,where\nP,2016-01-02,A\n"

    (said,) = refused(tmp_path, text, ColumnMapping(person="who", date="when", agency="WHO"))

    assert said == (
        "rows.csv:who: the column for people can't be used for anything else; choose another column, or leave it out"
    )


def test_needed_columns_that_identify_are_refused_by_heading_and_by_value_without_repeating_it(tmp_path):
    by_heading = refused(
        tmp_path, "NHS number,DOB,where,Postcode\n1,2016-01-02,A,B\n",
        ColumnMapping(person="NHS number", date="DOB", agency="where", place="Postcode"),
    )  # fmt: skip
    by_value = refused(
        tmp_path, "who,when,where\nMary Brown,2016-01-02,a@b.org\n",
        ColumnMapping(person="who", date="when", agency="where"),
    )  # fmt: skip

    assert [line.split("; ") for line in by_heading] == [
        [
            'rows.csv:NHS number: the column "NHS number" looks like NHS numbers',
            "use a made-up mark that is the same for the same person and says nothing about them",
        ],
        [
            'rows.csv:DOB: the column "DOB" looks like dates of birth',
            "use the column with the date of the contact",
        ],
    ]
    assert [line.partition("; ")[0] for line in by_value] == [
        'rows.csv:who: the column "who" looks like names',
        'rows.csv:where: the column "where" looks like email addresses',
    ]
    assert not any(value in line for line in by_value for value in ("Mary", "a@b"))


def test_needs_are_columns_of_yes_and_no_or_lists_of_needs(tmp_path):
    rows = ["A,2016-01-02,X,Yes,housing; debt", "B,2016-01-02,X,no,debt|housing", "A,2016-01-03,X,,"]
    text = "\n".join(["who,when,where,drink,more", *rows])
    mapping = PLAIN.model_copy(update={"needs": ("drink", "more")})

    dataset = load_text(tmp_path, text, mapping).dataset

    assert dataset.manifest.needs == ("debt", "drink", "housing")
    assert duckdb.sql(f"SELECT need, count(*) FROM '{dataset.needs}' GROUP BY need ORDER BY need").fetchall() == [
        ("debt", 2), ("drink", 1), ("housing", 2)
    ]  # fmt: skip


def test_an_agency_with_rows_in_a_time_without_is_told(tmp_path):
    about = About(absences=(Absence(agency="A", first=dt.date(2016, 1, 1), last=dt.date(2016, 12, 31)),))

    with pytest.raises(Problems, match='"A" has rows for a time in which it is said to have none'):
        load_text(tmp_path, "who,when,where\nP,2016-01-02,A\n", about=about)


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "", ".hidden", "con", "Ä", "a" * 81, "CURRENT", "x\n", "-a", "a..b", "C:\\x"]
)
def test_no_name_leads_out_of_its_folder(tmp_path, name):
    with pytest.raises(Problems, match="use small letters and numbers with hyphens between"):
        load_text(tmp_path, "who,when,where\nP,2016-01-02,A\n", name=name)

    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_no_files_and_an_unknown_rule_are_refused(tmp_path):
    with pytest.raises(Problems, match="there is no file to load; name at least one file"):
        load(tmp_path, "rows", [], PLAIN, CLOCK)
    with pytest.raises(Problems, match='"mine" is not a rule'):
        load_text(tmp_path, "who,when,where\nP,2016-01-02,A\n", about=About(rule="mine"))


def test_days_as_a_workbook_counts_them_are_told_and_not_guessed(tmp_path):
    with pytest.raises(Problems) as raised:
        load_text(tmp_path, "who,when,where\nP,44197,A\nP,2021-01-01,A\nP,44198.5,A\n")

    excel = "it looks like a day as Excel counts them: format the column as a date there, and save it again"
    assert str(raised.value).splitlines() == [
        f"rows.csv:{line}:when: this is not a date that can be read; {excel}" for line in (2, 4)
    ]
