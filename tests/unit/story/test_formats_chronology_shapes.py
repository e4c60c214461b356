"""Chronologies as offices keep them: titles above, notes below, hidden sheets, merged cells, headings twice."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from storybook.story.formats import Incoming, read_bytes
from storybook.story.formats.chronology import columns_of
from storybook.story.problems import Problems


def came(text: str, **options) -> Incoming:
    return read_bytes(text.encode(), "log.csv", **options)


def workbook(fill: Callable[[Workbook], None]) -> Incoming:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return read_bytes(out.getvalue(), "log.xlsx")


def said(read: Callable[..., Incoming], *given: object) -> list[str]:
    with pytest.raises(Problems) as caught:
        read(*given)
    return [str(problem) for problem in caught.value.problems]


def told(found: Incoming) -> list[tuple[str, str, str]]:
    return [(c.date, c.agency, c.summary) for c in found.story.contacts]


def rows(sheet: object, *lines: list[object]) -> None:
    for line in lines:
        sheet.append(line)  # type: ignore[attr-defined]  # a worksheet


# ---- workbooks


def test_a_hidden_sheet_stays_out_and_the_sheet_that_is_a_chronology_is_found() -> None:
    def fill(book: Workbook) -> None:
        rows(book.active, ["Date", "Agency", "Event"], ["1/1/2010", "Hidden", "old"])
        book.active.sheet_state = "hidden"
        rows(book.create_sheet("Guidance"), ["How to fill this in"], ["=A1"])
        rows(book.create_sheet("Log"), ["Date", "Agency", "Event"], ["12/03/17", "Police", "called"])
        rows(book.create_sheet("Lists"), ["Agency"], ["Police"])

    found = workbook(fill)
    assert told(found) == [("2017-03-12", "police", "called")]
    assert [str(note) for note in found.notes] == ['only the sheet "Log" was read']


def test_a_workbook_of_hidden_sheets_says_so() -> None:
    def fill(book: Workbook) -> None:
        rows(book.active, ["Date", "Agency", "Event"], ["1/1/2010", "Hidden", "old"])
        book.active.sheet_state = "hidden"
        book.create_sheet("Empty")

    assert said(workbook, fill) == [
        "log.xlsx: everything in this workbook is on hidden sheets; show the sheet that is meant, and save"
    ]


def test_what_is_merged_over_several_rows_holds_for_each() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        rows(sheet, ["CHRONOLOGY OF ADULT A"], ["Date", "Agency", "Event"])
        rows(sheet, [dt.date(2017, 3, 12), "Police", "a"], [None, None, "b"], [None, "GP", "c"])
        rows(sheet, [dt.date(2017, 4, 1), "GP", "d"])
        for merged in ("A1:C1", "A3:A5", "B3:B4"):
            sheet.merge_cells(merged)

    assert told(workbook(fill)) == [
        ("2017-03-12", "police", "a"),
        ("2017-03-12", "police", "b"),
        ("2017-03-12", "gp", "c"),
        ("2017-04-01", "gp", "d"),
    ]


def test_days_counted_from_1904_are_the_days_that_excel_shows() -> None:
    def fill(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        rows(book.active, ["Date", "Agency", "Event"], [dt.date(2017, 3, 12), "A", "x"], [41344, "A", "y"])

    assert [date for date, _, _ in told(workbook(fill))] == ["2017-03-12", "2017-03-12"]


def test_a_cell_beyond_the_headings_of_a_sheet_is_a_column_without_a_name() -> None:
    def fill(book: Workbook) -> None:
        rows(book.active, ["Date", "Agency", "Event"], ["2017", "A", "x", None, "seen by nobody"])

    assert 'left out: "column E"' in [str(guess) for guess in workbook(fill).guesses]


# ---- rows that are no contacts


def test_notes_below_years_between_and_headings_once_more_are_left_out_and_said() -> None:
    found = came(
        "Date,Agency,Event\n2016,,\n12/03/16,A,x\nDate,Agency,Event\n2017,,\n13/03/17,A,y\n\nNotes: from memory,,\n"
    )
    assert [summary for _, _, summary in told(found)] == ["x", "y"]
    assert "lines 2, 4, 5 and 8 are no contacts and were left out" in [str(note) for note in found.notes]


def test_many_lines_that_are_no_contacts_are_told_shortly() -> None:
    found = came("Date,Agency,Event\n12/03/16,A,x\n" + "note,,\n" * 20)
    (note,) = (str(note) for note in found.notes)
    assert (
        note == "lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 and 8 more are no contacts and were left out"
    )


def test_one_cell_alone_that_says_what_happened_or_when_is_not_left_out() -> None:
    assert said(came, "Date,Agency,Event\n12/03/16,A,x\n,,still that day\n14/03/16,,\n") == [
        "log.csv:3:Date: there is no date; give at least the year, like c. 2015",
        "log.csv:3:Agency: there is no agency; name the agency, or write Not known",
        "log.csv:4:Agency: there is no agency; name the agency, or write Not known",
    ]


def test_a_file_of_notes_only_has_no_rows() -> None:
    assert said(came, "Date,Agency,Event\nNotes: none,,\n") == [
        "log.csv:1: there are headings but no rows; put each contact on a line of its own"
    ]


# ---- headings


def test_headings_that_stand_twice_each_have_a_name_to_choose_by() -> None:
    text = "Date,Agency,Event,Notes,Notes,,\n12/03/17,A,x,first,second,third,\n"
    found = came(text)
    assert [c.heading for c in found.mapping.columns] == [
        "Date",
        "Agency",
        "Event",
        "Notes",
        "Notes (2)",
        "column F",
        "",
    ]
    assert 'left out: "Notes (2)", "column F"' in [str(guess) for guess in found.guesses]
    chosen = came(text, mapping={"Notes": "detail", "Notes (2)": "response", "column F": "impact"})
    (contact,) = chosen.story.contacts
    assert (contact.detail, contact.response, contact.impact) == ("first", "second", "third")


def test_a_file_without_headings_is_told_before_its_first_row_is_lost() -> None:
    problem = (
        "log.csv:1: the first line is no line of headings: a date stands in it; "
        "put headings above it, such as Date, Agency, What happened"
    )
    assert said(came, "12/03/17,Housing,Came in\n13/03/17,Police,Called\n") == [problem]
    with pytest.raises(Problems):
        columns_of(b"12/03/17,Housing,Came in\n", "log.csv")


def test_a_column_of_weeks_is_one_of_dates() -> None:
    found = came("Week,Service,Notes\nw/c 3/4/17,Housing,x\nw/e 16/4/17,Housing,y\n")
    assert [date for date, _, _ in told(found)] == ["2017-04-03/2017-04-09", "2017-04-10/2017-04-16"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_commas_in_a_title_or_in_cells_do_not_hide_what_stands_between_cells(delimiter: str) -> None:
    lines = (
        ["Chronology of P, printed 1/2/18, page 1"],
        ["Date", "Agency", "Event"],
        ["12/03/17", "Housing, West", "came, went, came back, left, and rang"],
        ["13/03/17", "Police", "called"],
    )
    found = came("\n".join(delimiter.join(line) for line in lines))
    assert told(found) == [
        ("2017-03-12", "housing-west", "came, went, came back, left, and rang"),
        ("2017-03-13", "police", "called"),
    ]
