"""Dates as people write them become EDTF; what can't be a date says what would be right."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.story.dates import check_date, check_end, in_words
from storybook.story.human_dates import NotADate, When, read_date, read_end, read_when

ONE = {
    "2016-04": "2016-04",
    "2016?": "2016?",
    "2016-04/2016-07": "2016-04/2016-07",
    "2016-21": "2016-21",
    "201X": "201X",
    "2016-04/..": "2016-04/..",
    "../2016-05": "../2016-05",
    "12/03/17": "2017-03-12",
    "12/03/2017": "2017-03-12",
    "12.3.2017": "2017-03-12",
    "12-03-2017": "2017-03-12",
    "12 03 2017": "2017-03-12",
    "1-2-2016": "2016-02-01",
    "12 March 2017": "2017-03-12",
    "12Mar2017": "2017-03-12",
    "Sun 12th Mar 2017": "2017-03-12",
    "12th of March, 2017": "2017-03-12",
    "March 12, 2017": "2017-03-12",
    "Monday, 1 sept. 2016": "2016-09-01",
    "12-Mar-17": "2017-03-12",
    "2017 March 5": "2017-03-05",
    "12/03/31": "1931-03-12",
    "12/03/29": "2029-03-12",
    "2016-4-3": "2016-04-03",
    "2016/04/03": "2016-04-03",
    "2016/4": "2016-04",
    "March 2017": "2017-03",
    "Mar-17": "2017-03",
    "Apr-16": "2016-04",
    "March '17": "2017-03",
    "March, 2017": "2017-03",
    "03/2017": "2017-03",
    "3.2017": "2017-03",
    "2017 March": "2017-03",
    "Sept 2016": "2016-09",
    "spring 2016": "2016-21",
    "Summer of 2016": "2016-22",
    "Autumn 2016": "2016-23",
    "2016 fall": "2016-23",
    "winter 2016/17": "2016-24",
    "winter 2016-2017": "2016-24",
    "c. 2015": "2015~",
    "c2015": "2015~",
    "ca. 2015": "2015~",
    "circa 2015": "2015~",
    "about 2015": "2015~",
    "around March 2015": "2015-03~",
    "~2016": "2016~",
    "2016 approx": "2016~",
    "maybe 2016": "2016?",
    "March 2016?": "2016-03?",
    "12/3/2017 (?)": "2017-03-12?",
    "c. 2016?": "2016%",
    "possibly spring 2016": "2016-21?",
    "early 2016": "2016-01~/2016-04~",
    "mid-2016": "2016-05~/2016-08~",
    "late 2016": "2016-09~/2016-12~",
    "end of 2016": "2016-09~/2016-12~",
    "beginning of March 2017": "2017-03-01~/2017-03-10~",
    "mid March 2017": "2017-03-11~/2017-03-20~",
    "late February 2016": "2016-02-21~/2016-02-29~",
    "maybe early 2016": "2016-01%/2016-04%",
    "late spring 2016": "2016-21~",
    "the 1990s": "199X",
    "late 1990s": "1997~/1999~",
    "Q1 2016": "2016-01/2016-03",
    "2016 Q4": "2016-10/2016-12",
    "Christmas 2016": "2016-12-25~",
    "New Year 2017": "2017-01-01~",
    "w/c 12/03/17": "2017-03-12/2017-03-18",
    "w/b 12/03/17": "2017-03-12/2017-03-18",
    "wk beg 12/03/17": "2017-03-12/2017-03-18",
    "w/e 18/03/17": "2017-03-12/2017-03-18",
    "week ending 18 March 2017": "2017-03-12/2017-03-18",
    "FY 2016/17": "2016-04/2017-03",
    "end Feb 2016": "2016-02-21~/2016-02-29~",
    "start March 2016": "2016-03-01~/2016-03-10~",
    "summer '16": "2016-22",
    "12 / 03 / 2017": "2017-03-12",
    "20170312": "2017-03-12",
    "over Christmas 2016": "2016-12-25~",
    "November 2016 (exact date unknown)": "2016-11~",
    "in 2016": "2016",
    "42806": "2017-03-12",
    "42806.5": "2017-03-12",
    "\uff11\uff12/\uff10\uff13/2017": "2017-03-12",
    "622": "0622",
    "2016.": "2016",
}

TWO = {
    "Mar-May 2017": ("2017-03", "2017-05"),
    "March – May 2017": ("2017-03", "2017-05"),
    "March/April 2017": ("2017-03", "2017-04"),
    "12/03/17 - 14/03/17": ("2017-03-12", "2017-03-14"),
    "12/03/17-14/03/17": ("2017-03-12", "2017-03-14"),
    "12/03 - 14/03/17": ("2017-03-12", "2017-03-14"),
    "12-14 March 2017": ("2017-03-12", "2017-03-14"),
    "12th to 14th March 2017": ("2017-03-12", "2017-03-14"),
    "30 June - 2 July 2016": ("2016-06-30", "2016-07-02"),
    "from May 2016 to June 2017": ("2016-05", "2017-06"),
    "between March 2016 and May 2016": ("2016-03", "2016-05"),
    "2016-2017": ("2016", "2017"),
    "2016-03 - 2016-05": ("2016-03", "2016-05"),
    "spring-summer 2016": ("2016-21", "2016-22"),
    "early 2016 - late 2017": ("2016-01~", "2017-12~"),
    "March 2016 onwards": ("2016-03", ".."),
    "since 2015": ("2015", ".."),
    "March 2016 - present": ("2016-03", ".."),
    "January 2016 to date": ("2016-01", ".."),
    "2016 -": ("2016", ".."),
    "12/03/17 ongoing": ("2017-03-12", ".."),
    "2016 (ongoing)": ("2016", ".."),
}

WRONG = {
    "": "there is no date; give at least the year, like c. 2015",
    "   ": "there is no date; give at least the year, like c. 2015",
    "unknown": "there is no date; give at least the year, like c. 2015",
    "n/k": "there is no date; give at least the year, like c. 2015",
    "??": "there is no date; give at least the year, like c. 2015",
    "ongoing": '"ongoing" does not say when; give at least the year, like 2017 or c. 2015',
    "last week": '"last week" does not say when; give at least the year, like 2017 or c. 2015',
    "before 2016": (
        '"before 2016" does not say how long before or after; give a range such as 2014 to 2016, or c. 2015'
    ),
    "31/02/2017": '"31/02/2017" is a day that does not exist; that month has days 1 to 28',
    "29/02/2015": '"29/02/2015" is a day that does not exist; that month has days 1 to 28',
    "2016-02-30": '"2016-02-30" is a day that does not exist; that month has days 1 to 29',
    "0/1/2017": '"0/1/2017" is a day that does not exist; that month has days 1 to 31',
    "03/25/17": '"03/25/17" has no month 25; put the day first: 25/3/2017',
    "32/13/2017": (
        '"32/13/2017" has no month 13; write it like 12/03/2017, March 2017, spring 2017, early 2017, c. 2017 or '
        "2017"
    ),
    "03/17": '"03/17" can be read two ways: a month and a year, or a day without its year; '
    "write March 2017 for a month, or 12/03/2017 for a day",
    "12 March": '"12 march" has no year; add the year, like 12 March 2017',
    "March": '"march" has no year; add the year, like 12 March 2017',
    "summer": '"summer" has no year; add the year, like spring 2017',
    "2016-17": '"2016-17" has no month 17; if it is two years, write 2016/2017',
    "summer 2016/17": '"summer 2016/17" has two years; write it with one year',
    "12/03/201": '"12/03/201" has a year that is not two or four digits; write the year with four digits',
    "-13800000000": '"-13800000000" is outside the years we can show; years run from 1 to 9999',
    "300 BC": '"300 bc" is outside the years we can show; years run from 1 to 9999',
    "99999": '"99999" is outside the years we can show; years run from 1 to 9999',
    "0000": '"0000" has no year that can be; years run from 0001 to 9999',
    "Nov-Feb 2017": '"nov-feb 2017" ends before it begins; put the earlier date first and give both years',
    "12/03/2017 to 01/02/2017": (
        '"12/03/2017 to 01/02/2017" ends before it begins; put the earlier date first and give both years'
    ),
    "w/c March 2017": '"w/c march 2017" does not say which week; '
    "write it like 12/03/2017, March 2017, spring 2017, early 2017, c. 2017 or 2017",
    "early c. 2016": '"c. 2016" is not a date we can read; '
    "write it like 12/03/2017, March 2017, spring 2017, early 2017, c. 2017 or 2017",
    "early 12/03/2017": '"early 12/03/2017" is not a date we can read; '
    "write it like 12/03/2017, March 2017, spring 2017, early 2017, c. 2017 or 2017",
    "FY 2016/19": '"fy 2016/19" is not a year from April to March; '
    "write it like 12/03/2017, March 2017, spring 2017, early 2017, c. 2017 or 2017",
    "2016/17": '"2016/17" has no month 17; if it is two years, write 2016/2017',
    "hello": (
        '"hello" is not a date we can read; write it like 12/03/2017, March 2017, spring 2017, early 2017, c. 2017 '
        "or 2017"
    ),
}


@pytest.mark.parametrize(("written", "edtf"), ONE.items())
def test_one_date_as_people_write_it(written: str, edtf: str) -> None:
    assert (read_date(written).date, read_date(written).end) == (edtf, "")


@pytest.mark.parametrize(("written", "edtf"), TWO.items())
def test_two_dates_in_one_cell(written: str, edtf: tuple[str, str]) -> None:
    assert (read_date(written).date, read_date(written).end) == edtf


@pytest.mark.parametrize(("written", "said"), WRONG.items())
def test_what_is_no_date_says_what_would_be_right(written: str, said: str) -> None:
    with pytest.raises(NotADate) as caught:
        read_date(written)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("written", "date", "time"),
    [
        ("12/03/2017 14:30", "2017-03-12", "14:30"),
        ("2016-04-03T10:00:00", "2016-04-03", "10:00:00"),
        ("12 March 2016 at 9am", "2016-03-12", "9am"),
        ("12/03/17, 9.15 pm", "2017-03-12", "9.15 pm"),
        (dt.datetime.fromisoformat("2017-03-12 09:05"), "2017-03-12", "09:05"),
        (dt.datetime.fromisoformat("2017-03-12 00:00"), "2017-03-12", ""),
        (dt.date(2017, 3, 12), "2017-03-12", ""),
        (42806, "2017-03-12", ""),
        (42806.75, "2017-03-12", "18:00"),
        (2016, "2016", ""),
        (622.0, "0622", ""),
        (20170312, "2017-03-12", ""),
        ("3/4/17 pm", "2017-04-03", "pm"),
        ("12/03/17 1400hrs", "2017-03-12", "1400hrs"),
        ("1400hrs on 12/03/17", "2017-03-12", "1400hrs"),
        ("12/03/17 14:00-15:00", "2017-03-12", "14:00-15:00"),
        ("12 March 2017 in the afternoon", "2017-03-12", "afternoon"),
    ],
)
def test_times_are_kept_beside_and_cells_may_be_dates(written: object, date: str, time: str) -> None:
    assert read_date(written) == When(date, time=time)


def test_a_number_that_is_no_day_is_refused() -> None:
    for number in (0.5, 4, 60, 20171301):
        with pytest.raises(NotADate, match=str(number)):
            read_date(number)


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("", ""),
        ("..", ".."),
        ("ongoing", ".."),
        ("To date", ".."),
        ("2016-05", "2016-05"),
        ("31/05/16", "2016-05-31"),
        ("early 2016", "2016-04~"),
    ],
)
def test_ends(written: str, end: str) -> None:
    assert read_end(written) == end


def test_an_end_is_one_date() -> None:
    with pytest.raises(NotADate) as caught:
        read_end("Mar - May 2017")
    assert str(caught.value) == '"Mar - May 2017" is two dates; an end is one date, or ongoing'


@pytest.mark.parametrize(
    ("date", "end", "found"),
    [
        ("March 2016", "May 2016", When("2016-03", "2016-05")),
        ("early 2016", "May 2016", When("2016-01~", "2016-05")),
        ("early 2016", "", When("2016-01~/2016-04~", vague=True)),
        ("2016", "ongoing", When("2016", "..")),
    ],
)
def test_date_and_end_together(date: str, end: str, found: When) -> None:
    assert read_when(date, end) == found


@pytest.mark.parametrize(
    ("date", "end", "said"),
    [
        ("2017", "2016", "the end, 2016, comes before the start, 2017; give an end on or after the start"),
        (
            "Mar-May 2017",
            "June 2017",
            '"Mar-May 2017" already says when it ended; leave the end empty, or give one date',
        ),
        (
            "2016/2017",
            "2018",
            '"2016/2017" already says when it ended; leave the end empty, or give one date',
        ),
    ],
)
def test_date_and_end_that_do_not_fit(date: str, end: str, said: str) -> None:
    with pytest.raises(NotADate) as caught:
        read_when(date, end)
    assert str(caught.value) == said


@given(st.dates(min_value=dt.date(1930, 1, 1), max_value=dt.date(2029, 12, 31)))
@settings(max_examples=200, deadline=None)
def test_every_day_reads_the_same_however_it_is_written(day: dt.date) -> None:
    ways = (
        "%d/%m/%y",
        "%d/%m/%Y",
        "%d.%m.%Y",
        "%d %B %Y",
        "%d-%b-%y",
        "%A %d %B %Y",
        "%B %d, %Y",
        "%Y-%m-%d",
        "%Y/%m/%d",
    )
    assert {read_date(day.strftime(way)) for way in ways} == {When(day.isoformat())}


@given(st.text(max_size=30))
@settings(max_examples=300, deadline=None)
def test_anything_at_all_is_a_date_that_stands_or_is_refused_in_words(text: str) -> None:
    try:
        when = read_when(text)
    except NotADate as refusal:
        stands = "; " in str(refusal)
    else:
        stands = (check_date(when.date), check_end(when.end)) == (when.date, when.end)
    assert stands


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_the_words_we_say_ourselves_can_be_read_back(day: dt.date) -> None:
    for edtf in (f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}-21"):
        assert read_date(str(in_words(edtf))).date == edtf
