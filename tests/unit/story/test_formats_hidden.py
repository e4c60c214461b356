"""Rows and columns that a workbook hides: left out and said, or brought in by those who ask for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from storybook.story.formats import Incoming, read_bytes
from storybook.story.formats.chronology import columns_of
from storybook.story.problems import Problems

LINES = (
    ["Date", "Agency", "Event", "Notes"],
    ["12/03/17", "Police", "called", "kept"],
    ["13/03/17", "GP", "filtered away", "secret"],
    ["14/03/17", "Council", "asked", "kept too"],
)


def workbook(hide: Callable[[Worksheet], None], *lines: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines or LINES:
        book.active.append(line)
    hide(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with its sheet's XML as another program would write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as made:
        for name in packed.namelist():
            part = packed.read(name)
            made.writestr(name, part.replace(old, new) if name.endswith("sheet1.xml") else part)
    return out.getvalue()


def a_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def a_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["D"].hidden = True


def both(sheet: Worksheet) -> None:
    a_row(sheet)
    a_column(sheet)


def came(data: bytes, **options: object) -> Incoming:
    return read_bytes(data, "log.xlsx", **options)


def events(found: Incoming) -> list[tuple[str, str]]:
    return [(contact.summary, contact.detail) for contact in found.story.contacts]


@pytest.mark.parametrize(
    ("hide", "what", "seen"),
    [
        (a_row, "1 row", [("called", "kept"), ("asked", "kept too")]),
        (a_column, "1 column", [("called", ""), ("filtered away", ""), ("asked", "")]),
        (both, "1 row and 1 column", [("called", ""), ("asked", "")]),
    ],
)
def test_what_is_hidden_stays_out_and_that_is_said_until_it_is_asked_for(
    hide: Callable[[Worksheet], None], what: str, seen: list[tuple[str, str]]
) -> None:
    data = workbook(hide)
    found, all_of_it = came(data), came(data, hidden=True)
    assert events(found) == seen
    assert [str(note) for note in found.notes] == [f"hidden in the sheet, and left out: {what}"]
    assert events(all_of_it) == [("called", "kept"), ("filtered away", "secret"), ("asked", "kept too")]
    assert [str(note) for note in all_of_it.notes] == [f"hidden in the sheet, and brought in: {what}"]
    assert str(found.mapping.hidden) == str(all_of_it.mapping.hidden) == what


def test_a_sheet_that_hides_nothing_says_nothing() -> None:
    def empty_row_and_column(sheet: Worksheet) -> None:
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions.group("F", "H", hidden=True)

    found = came(workbook(empty_row_and_column))
    assert (found.mapping.hidden, found.notes, len(found.story.contacts)) == (None, (), 3)


@pytest.mark.parametrize(
    "written", [b'hidden="true"', b"hidden = '1'", b'ht="0" customHeight="1"', b'ht="0.0"']
)
def test_other_programs_ways_of_hiding_are_known(written: bytes) -> None:
    data = rewritten(workbook(a_row), b'hidden="1"', written)
    assert [summary for summary, _ in events(came(data))] == ["called", "asked"]


def test_rows_without_a_number_are_counted() -> None:
    data = rewritten(workbook(a_row), b'<row r="2"', b"<row")
    data = rewritten(data, b'<row r="3"', b"<row")
    assert [summary for summary, _ in events(came(data))] == ["called", "asked"]


def test_a_tag_cut_by_the_end_of_what_is_read_at_once_is_found() -> None:
    filler = ["1/1/16", "GP", "x" * 997]
    lines = [list(LINES[0][:3]), *([filler] * 4000)]

    def last_rows(sheet: Worksheet) -> None:
        for line in range(2, 4002):
            sheet.row_dimensions[line].hidden = line % 2 == 0

    data = rewritten(
        workbook(last_rows, *lines), b"<sheetData>", b"<sheetData><!--" + b"y" * 300_000 + b"-->"
    )
    assert len(came(data).story.contacts) == 2000


def test_formulas_out_of_sight_refuse_nothing() -> None:
    lines = [*LINES[:2], ["13/03/17", "GP", "=A1", "x"], ["14/03/17", "Council", "asked", "=B2"]]
    assert [summary for summary, _ in events(came(workbook(both, *lines)))] == ["called", "asked"]
    with pytest.raises(Problems) as caught:
        came(workbook(both, *lines), hidden=True)
    assert len(caught.value.problems) == 2


def test_a_merged_cell_that_begins_in_a_hidden_row_holds_for_the_rows_that_are_seen() -> None:
    def merged(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A4")
        sheet.row_dimensions[2].hidden = True

    data = workbook(merged, LINES[0], ["12/03/17", "Police", "a"], [None, "GP", "b"], [None, "GP", "c"])
    assert [(c.date, c.summary) for c in came(data).story.contacts] == [
        ("2017-03-12", "b"),
        ("2017-03-12", "c"),
    ]


def test_a_column_that_is_needed_and_hidden_is_named_as_the_way_out() -> None:
    def dates(sheet: Worksheet) -> None:
        sheet.column_dimensions["A"].hidden = True

    with pytest.raises(Problems) as caught:
        came(workbook(dates))
    assert [str(problem) for problem in caught.value.problems] == [
        'log.xlsx:1: no column says when; say which of "Agency", "Event", "Notes" it is, with --map column=date',
        "log.xlsx: hidden in the sheet, and left out: 1 column; bring it in with --hidden, or show it in Excel",
    ]
    assert columns_of(workbook(dates), "x.xlsx", hidden=True).columns[0].heading == "Date"


def test_a_sheet_in_which_everything_is_hidden_says_so() -> None:
    def all_rows(sheet: Worksheet) -> None:
        for line in range(1, 5):
            sheet.row_dimensions[line].hidden = True

    with pytest.raises(Problems) as caught:
        came(workbook(all_rows))
    assert [str(problem) for problem in caught.value.problems] == [
        'log.xlsx: everything in the sheet "Sheet" is hidden; show the rows and columns that are meant, and save'
    ]
