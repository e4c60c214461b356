"""Habits of people who keep tables: ditto marks, totals, rulers, "both", one name typed two ways, sheets by year."""

from __future__ import annotations

import io

import openpyxl
import pytest

from storybook.story.formats import Incoming, read_bytes
from storybook.story.formats.chronology import read_pasted
from storybook.story.human_dates import clock_of, read_date
from storybook.story.problems import Problems

HEAD = "Date,Agency,Who,Event\n"


def came(rows: str) -> Incoming:
    return read_bytes((HEAD + rows).encode(), "log.csv")


def told(found: Incoming) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(c.date, c.agency, tuple(c.people), c.summary) for c in found.story.contacts]


def refused(rows: str) -> list[str]:
    with pytest.raises(Problems) as caught:
        came(rows)
    return [str(problem) for problem in caught.value.problems]


# ---- what stands above


@pytest.mark.parametrize("mark", ['""""', "''", "〃", "ditto", "As above", "”", '",,"'])
def test_a_ditto_mark_is_what_stands_above_it_and_that_is_said(mark: str) -> None:
    found = came(f"3/4/17,Police,P1,a\n{mark},{mark},{mark},b\n5/4/17,{mark},P2,c\n")
    assert told(found) == [
        ("2017-04-03", "police", ("P1",), "a"),
        ("2017-04-03", "police", ("P1",), "b"),
        ("2017-04-05", "police", ("P2",), "c"),
    ]
    said = "what stands above was read for the ditto marks in lines 3 and 4"
    assert said in [str(note) for note in found.notes]


def test_in_a_text_a_ditto_mark_stays_what_somebody_wrote() -> None:
    assert [event for *_, event in told(came("3/4/17,Police,P1,as above\n"))] == ["as above"]


def test_a_ditto_mark_with_nothing_above_it_is_refused_by_line() -> None:
    assert refused("ditto,GP,P1,a\n")[0].startswith('log.csv:2:Date: "ditto" is not a date we can read; ')


# ---- rows that are no contacts


@pytest.mark.parametrize(
    "row", ["Total,,,", "Total contacts: 2,,2,", "SUM,,£280,", "---,----,:--:,==", "——,——,——,——"]
)
def test_totals_and_rulers_are_left_out_and_said(row: str) -> None:
    found = came(f"3/4/17,Police,P1,a\n{row}\n")
    assert len(found.story.contacts) == 1
    assert "line 3 is no contact and was left out" in [str(note) for note in found.notes]


def test_a_row_that_tells_of_something_is_no_total_whatever_it_begins_with() -> None:
    assert refused("Total,Police,P1,locked out\n")[0].startswith(
        'log.csv:2:Date: "total" is not a date we can read'
    )


# ---- people


def test_both_and_everybody_are_the_people_that_the_table_names() -> None:
    found = came("3/4/17,GP,Nell,a\n4/4/17,GP,Joe,b\n5/4/17,GP,Both,c\n6/4/17,GP,everyone,d\n")
    assert [people for _, _, people, _ in told(found)] == [("P1",), ("P2",), ("P1", "P2"), ("P1", "P2")]
    assert [person.ref for person in found.story.people] == ["P1", "P2"]


@pytest.mark.parametrize("named", ["Nell", "Nell; Joe; Kim"])
def test_both_of_one_or_of_three_is_refused(named: str) -> None:
    assert refused(f"3/4/17,GP,{named},a\n4/4/17,GP,both,b\n") == [
        'log.csv:3:Who: "both" does not say who; name each person, with ; between them'
    ]


def test_one_name_is_one_however_its_letters_were_put_together() -> None:
    found = came("3/4/17,Cafe\u0301,Zoe\u0308,a\n4/4/17,Café,Zoë,b\n")
    assert (len(found.story.agencies), len(found.story.people)) == (1, 1)


# ---- days and times


@pytest.mark.parametrize(
    ("cell", "date", "time"),
    [
        ("42828.604", "2017-04-03", "14:30"),
        (42828.604, "2017-04-03", "14:30"),
        (42828.99999, "2017-04-03", "23:59"),
        (42828.0, "2017-04-03", ""),
        ("42828.00001", "2017-04-03", ""),
        ("03/04/17 approx 3pm", "2017-04-03", "approx 3pm"),
        ("throughout 2016", "2016", ""),
        ("sometime in March 2016", "2016-03", ""),
        ("Easter 2016", "2016-03-27~", ""),
    ],
)
def test_days_with_parts_and_words(cell: str | float, date: str, time: str) -> None:
    when = read_date(cell)
    assert (when.date, when.time) == (date, time)


def test_a_part_of_a_day_is_a_time_and_any_other_text_itself() -> None:
    assert [clock_of(text) for text in ("0.5", ".75", "14:30", "1.5", "")] == [
        "12:00",
        "18:00",
        "14:30",
        "1.5",
        "",
    ]


@pytest.mark.parametrize(
    ("year", "day"),
    [(1818, "03-22"), (1943, "04-25"), (2000, "04-23"), (2008, "03-23"), (2016, "03-27"), (2024, "03-31")],
)
def test_easter_is_on_its_day(year: int, day: str) -> None:
    assert read_date(f"Easter {year}").date == f"{year}-{day}~"


# ---- what was pasted, and workbooks


def test_a_pasted_cell_that_begins_with_a_quotation_keeps_it() -> None:
    pasted = (
        'Date\tAgency\tEvent\n4/4/17\tGP\t"Yes" she said\n5/4/17\tGP\t"two\nlines ""here"""\n'
        '6/4/17\tGP\t"never closed\n'
    )
    assert [contact.summary for contact in read_pasted(pasted).story.contacts] == [
        '"Yes" she said',
        "two",
        '"never closed',
    ]


@pytest.mark.parametrize(
    "pasted",
    ["Date\nAgency\nEvent\n3/4/17\n", "• 3 April – Police\n", "<table><tr><td>3/4/17</td></tr></table>"],
)
def test_one_column_is_no_table(pasted: str) -> None:
    with pytest.raises(Problems) as caught:
        read_pasted(pasted)
    (problem,) = caught.value.problems
    assert str(problem) == (
        "pasted rows:1: there is only one column; "
        "give a table: a column for the date, one for the agency, one for what happened"
    )


def test_another_sheet_that_is_a_chronology_too_is_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "2016"
    for sheet in (book.active, book.create_sheet("2017"), book.create_sheet("Lists")):
        for line in (
            (["Date", "Agency", "Event"], ["3/4/17", "GP", "a"]) if sheet.title != "Lists" else (["Agency"],)
        ):
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    assert [str(note) for note in read_bytes(out.getvalue(), "log.xlsx").notes] == [
        'only the sheet "2016" was read',
        'the sheet "2017" looks like a chronology too; bring it in from a file of its own',
    ]
