"""A worker's chronology in their own columns: what is guessed is said, what is wrong is told by line and column."""

from __future__ import annotations

import pytest

from storybook.story.formats import Incoming, read_bytes
from storybook.story.formats.chronology import read_pasted
from storybook.story.formats.headings import guess
from storybook.story.problems import Problems

USUAL = (
    "Date,Agency,Significant event,Source,Action taken\n"
    "12/03/17,West Midlands Police,Called to the flat,Police log,Advice given\n"
    "March 2017,GP Surgery,Asked for help to sleep,GP notes,\n"
    "early 2016,west midlands  police,Moved on from a doorway,Own memory,None\n"
)


def came(text: str, **options) -> Incoming:
    return read_bytes(text.encode(), "log.csv", **options)


def said(text: str | bytes, name: str = "log.csv", **options) -> list[str]:
    with pytest.raises(Problems) as caught:
        read_bytes(text if isinstance(text, bytes) else text.encode(), name, **options)
    return [str(problem) for problem in caught.value.problems]


def test_the_usual_chronology_comes_in_and_says_what_was_guessed() -> None:
    found = came(USUAL)
    assert (found.format, found.story.slug, found.story.title) == ("chronology", "log", "log")
    assert [(a.ref, a.name, a.sector) for a in found.story.agencies] == [
        ("west-midlands-police", "West Midlands Police", "police"),
        ("gp-surgery", "GP Surgery", "health"),
    ]
    assert [(c.date, c.agency, c.summary, c.source, c.response, c.people) for c in found.story.contacts] == [
        ("2017-03-12", "west-midlands-police", "Called to the flat", "Police log", "Advice given", ("P1",)),
        ("2017-03", "gp-surgery", "Asked for help to sleep", "GP notes", "", ("P1",)),
        (
            "2016-01~/2016-04~",
            "west-midlands-police",
            "Moved on from a doorway",
            "Own memory",
            "None",
            ("P1",),
        ),
    ]
    assert [str(guess) for guess in found.guesses] == [
        'the column "Date" was taken for date: its heading says so',
        'the column "Agency" was taken for agency: its heading says so',
        'the column "Significant event" was taken for summary: its heading says so',
        'the column "Source" was taken for source: its heading says so',
        'the column "Action taken" was taken for response: its heading says so',
        "2 agencies; their sectors were guessed from their names",
        "no column says whom it is about: it was taken to be one person, P1",
    ]
    assert found.mapping.field_of("Action taken") == "response"
    assert found.notes == ()


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ("Date of contact", "Service", "What happened", "Outcome"),
            ("date", "agency", "summary", "outcome"),
        ),
        (("DATE", "ORGANISATION", "EVENT", "DETAILS"), ("date", "agency", "summary", "detail")),
        (("Start date", "End date", "Team", "Description"), ("date", "end", "agency", "summary")),
        (("When?", "Who was involved?", "Provider", "Notes"), ("date", "people", "agency", "detail")),
        (("Date", "Who", "Agency", "Impact", "Event"), ("date", "people", "agency", "impact", "summary")),
        (
            ("Date/Time", "Agency involved", "Significant event", "Voice of the person"),
            ("date", "agency", "summary", "own_words"),
        ),
        (("Date of the contact (dd/mm/yy)", "Name of agency", "Event"), ("date", "agency", "summary")),
        (
            ("Date", "Agency", "Event", "Significant", "Referred to", "Referral outcome"),
            ("date", "agency", "summary", "significant", "handoff_to", "handoff_end"),
        ),
        (("Date", "Agency", "Event", "NHS number", ""), ("date", "agency", "summary", "", "")),
        (("Date", "Agency", "Event", "Description"), ("date", "agency", "summary", "")),
    ],
)
def test_columns_are_guessed_from_their_headings(headings: tuple[str, ...], fields: tuple[str, ...]) -> None:
    assert tuple(column.field for column in guess(headings, []).columns) == fields


def test_where_no_heading_says_when_the_column_of_dates_does() -> None:
    found = came("X,Agency,Event\n12/03/17,A,e\n13/03/17,A,f\n")
    assert str(found.guesses[0]) == 'the column "X" was taken for date: dates stand in it'


def test_a_worker_can_say_what_a_column_holds() -> None:
    text = "X,Y,Z,Source\n12/03/17,Police,called,log\n"
    found = came(text, mapping={"x": "Date", "Y": "agency", "Z": "What happened", "Source": "ignore"})
    assert [(c.date, c.agency, c.summary, c.source) for c in found.story.contacts] == [
        ("2017-03-12", "police", "called", "")
    ]
    assert str(found.guesses[0]) == 'the column "X" was taken for date: you said so'
    assert 'left out: "Source"' in [str(g) for g in found.guesses]


def test_a_column_or_field_that_is_not_there_is_told() -> None:
    assert said(USUAL, mapping={"Dat": "date", "Source": "sauce"}) == [
        'log.csv:Dat: there is no column "Dat"; did you mean "Date"?',
        'log.csv:Source: a column can\'t be taken for "sauce"; did you mean "source"?',
    ]


def test_what_is_missing_says_how_to_say_it() -> None:
    assert said("title,count\na,b\n") == [
        'log.csv:1: no column says when; say which of "title", "count" it is, with --map column=date',
        'log.csv:1: no column says which agency; say which of "title", "count" it is, with --map column=agency',
        'log.csv:1: no column says what happened; say which of "title", "count" it is, with --map column=summary',
    ]


def test_everything_wrong_with_the_rows_is_told_at_once() -> None:
    text = (
        "Date,End,Agency,Event,Significant\n31/02/17,,A,e,\n,,A,e,\n12/03/17,11/03/17,A,e,\n12/03/17,,,e,\n03/25/17"
        ",,A,e,maybe\n12/03/17,,A,e,y,z\n"
    )
    assert said(text) == [
        'log.csv:2:Date: "31/02/17" is a day that does not exist; that month has days 1 to 28',
        "log.csv:3:Date: there is no date; give at least the year, like c. 2015",
        "log.csv:4:Date: the end, 2017-03-11, comes before the start, 2017-03-12; give an end on or after the start",
        "log.csv:5:Agency: there is no agency; name the agency, or write Not known",
        'log.csv:6:Date: "03/25/17" has no month 25; put the day first: 25/3/2017',
        'log.csv:6:Significant: "maybe" is not yes or no; write yes or no',
        'log.csv:7: this line has more cells than there are headings; put " around a cell that holds a comma',
    ]


def test_headings_without_rows_are_told() -> None:
    assert said("Date,Agency,Event\n") == [
        "log.csv:1: there are headings but no rows; put each contact on a line of its own"
    ]


def test_headings_may_stand_under_a_title() -> None:
    found = came("Chronology of P\nprinted 1/2/17,,\n\nDate,Agency,Event\n12/03/17,A,e\n")
    assert (found.mapping.header_line, len(found.story.contacts)) == (4, 1)


def test_words_that_are_no_code_are_kept_in_the_detail() -> None:
    found = came(
        "Date,Agency,Event,Type of contact,Outcome,Needs,Referred to,Referral outcome,Quantity,Time\n"
        '12/03/17,A,e,Telephone,Went well,"housing, debt",B,no reply,3,10:15\n'
        "13/03/17,A,e,Odd,It helped,,,,some,\n"
    )
    first, second = found.story.contacts
    assert (
        first.kind,
        first.outcome,
        first.needs,
        first.handoff_to,
        first.handoff_end,
        first.cost_quantity,
        first.detail,
    ) == (
        "call",
        "not-recorded",
        ("homelessness",),
        "b",
        "no-reply",
        3.0,
        "Outcome: Went well\n\nNeeds: debt\n\nTime: 10:15",
    )
    assert (second.kind, second.outcome, second.detail) == (
        "contact",
        "helped",
        "Type: Odd\n\nQuantity: some",
    )
    assert 'words in "Outcome" that are not in our list were kept in the detail' in [
        str(note) for note in found.notes
    ]


def test_names_of_people_do_not_come_in() -> None:
    found = came("Date,Agency,Event,Who\n2016,A,e,Jane Doe\n2017,A,f,P1 and jane doe\n2018,A,g,John Roe\n")
    assert [(p.ref, p.name) for p in found.story.people] == [
        ("P1", "Person 1"),
        ("P2", "Person 2"),
        ("P3", "Person 3"),
    ]
    assert [c.people for c in found.story.contacts] == [("P2",), ("P1", "P2"), ("P3",)]
    assert "Doe" not in repr(found.story)
    assert "Roe" not in repr(found.story)
    assert any("names of people were not kept" in str(note) for note in found.notes)


def test_a_long_event_keeps_all_its_words() -> None:
    long = "word " * 200
    found = came(f'Date,Agency,Event,Details\n2016,A,{long},more\n2017,A,"one line\ntwo lines",\n')
    first, second = found.story.contacts
    assert len(first.summary) <= 500
    assert first.summary.endswith("…")
    assert first.detail == f"{long.strip()}\n\nmore"
    assert (second.summary, second.detail) == ("one line", "one line\ntwo lines")


def test_a_cell_that_was_made_safe_loses_its_apostrophe_and_a_quotation_keeps_it() -> None:
    found = came("Date,Agency,Event\n2016,A,'=1+1\n2016,A,'Go away' she said\n2016,A,''quoted\n")
    assert [c.summary for c in found.story.contacts] == ["=1+1", "'Go away' she said", "'quoted"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_any_delimiter_and_encoding_that_spreadsheets_write(delimiter: str, encoding: str) -> None:
    text = (
        delimiter.join(["Date", "Agency", "Event"])
        + "\r\n"
        + delimiter.join(["2016", "Café", '"a""b\nc"'])
        + "\r\n"
    )
    found = read_bytes(text.encode(encoding), "log.csv")
    assert (found.story.agencies[0].name, found.story.contacts[0].detail) == ("Café", 'a"b\nc')
    assert any("Windows-1252" in str(note) for note in found.notes) == (encoding == "cp1252")


def test_excel_s_own_line_about_the_delimiter_is_heeded() -> None:
    assert (
        came("sep=;\nDate;Agency;Event\nsoon;A;e,f,g,h\n2016;A;e\n".replace("soon", "2015"))
        .story.contacts[0]
        .summary
        == "e,f,g,h"
    )
    assert said("sep=;\nDate;Agency;Event\nsoon;A;e\n")[0].startswith("log.csv:3:Date:")


def test_a_block_pasted_from_excel() -> None:
    found = read_pasted(
        'Date\tAgency\tEvent\n12/03/2017\tPolice\t"two\nlines"\n', title="Pasted", slug="mine"
    )
    assert (found.story.slug, found.story.title, found.story.contacts[0].detail) == (
        "mine",
        "Pasted",
        "two\nlines",
    )
    with pytest.raises(
        Problems, match="nothing was pasted; copy the rows with their headings and paste them"
    ):
        read_pasted("  \n")
