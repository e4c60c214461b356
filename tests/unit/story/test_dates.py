"""EDTF dates: what is read, what is refused and how, where the bounds lie, how a date is said."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.story import edtf_reading
from storybook.story.dates import (
    Precision,
    check_date,
    check_end,
    check_span,
    in_words,
    parse,
    span,
)

D = dt.date

# ---- what the tests write dates with

days = st.dates().map(lambda day: f"{day.year:04d}-{day.month:02d}-{day.day:02d}")
years = st.integers(1, 9999).map(lambda year: f"{year:04d}")
months = st.tuples(years, st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02d}")
seasons = st.tuples(years, st.integers(21, 24)).map(lambda p: f"{p[0]}-{p[1]}")
unspecified = st.one_of(
    months.map(lambda month: f"{month}-XX"),
    years.flatmap(
        lambda year: st.sampled_from([f"{year}-XX", f"{year}-XX-XX", f"{year[:3]}X", f"{year[:2]}XX"])
    ),
)
#: Seasons and unspecified digits go through the library: few of them, so that the tests stay quick.
bases = st.one_of(
    days, months, years, st.sampled_from(["2016-21", "1999-22", "2011-23", "2016-24", "201X", "2016-XX"])
)
singles = st.tuples(bases, st.sampled_from(["", "", "?", "~", "%"])).map("".join)


@st.composite
def intervals(draw: st.DrawFn) -> str:
    first, last = sorted((draw(singles), draw(singles)), key=lambda text: parse(text).sort_key)
    return draw(st.sampled_from([f"{first}/{last}", f"{first}/..", f"{first}/", f"../{last}", f"/{last}"]))


dates = st.one_of(singles, intervals())


# ---- strict bounds


@pytest.mark.parametrize(
    ("text", "precision", "lower", "upper"),
    [
        ("2016-04-03", "day", D(2016, 4, 3), D(2016, 4, 3)),
        ("2016-02-29", "day", D(2016, 2, 29), D(2016, 2, 29)),
        ("2000-02-29", "day", D(2000, 2, 29), D(2000, 2, 29)),
        ("2016-02", "month", D(2016, 2, 1), D(2016, 2, 29)),
        ("1900-02", "month", D(1900, 2, 1), D(1900, 2, 28)),
        ("2016", "year", D(2016, 1, 1), D(2016, 12, 31)),
        ("0001", "year", D(1, 1, 1), D(1, 12, 31)),
        ("9999-12-31", "day", D(9999, 12, 31), D(9999, 12, 31)),
        ("2016-21", "season", D(2016, 3, 1), D(2016, 5, 31)),
        ("2016-22", "season", D(2016, 6, 1), D(2016, 8, 31)),
        ("2016-23", "season", D(2016, 9, 1), D(2016, 11, 30)),
        ("2016-24", "season", D(2016, 12, 1), D(2017, 2, 28)),
        ("2015-24", "season", D(2015, 12, 1), D(2016, 2, 29)),
        ("9999-24", "season", D(9999, 12, 1), D(9999, 12, 31)),
        ("2016-04-XX", "month", D(2016, 4, 1), D(2016, 4, 30)),
        ("2016-XX", "year", D(2016, 1, 1), D(2016, 12, 31)),
        ("2016-XX-XX", "year", D(2016, 1, 1), D(2016, 12, 31)),
        ("201X", "decade", D(2010, 1, 1), D(2019, 12, 31)),
        ("000X", "decade", D(1, 1, 1), D(9, 12, 31)),
        ("20XX", "century", D(2000, 1, 1), D(2099, 12, 31)),
        ("2016-04/2016-07", "month", D(2016, 4, 1), D(2016, 7, 31)),
        ("2016-04-05/2016-04", "month", D(2016, 4, 5), D(2016, 4, 30)),
        ("2015-12-24/2016", "year", D(2015, 12, 24), D(2016, 12, 31)),
        ("2016-04/..", "month", D(2016, 4, 1), None),
        ("2016-04/", "month", D(2016, 4, 1), None),
        ("../2016-05", "month", None, D(2016, 5, 31)),
        ("/2016-05", "month", None, D(2016, 5, 31)),
    ],
)
def test_strict_bounds_are_the_first_and_last_day_the_words_allow(
    text: str, precision: str, lower: D | None, upper: D | None
) -> None:
    found = parse(text)
    assert (found.precision.value, found.lower, found.upper) == (precision, lower, upper)
    assert (found.lower_fuzzy, found.upper_fuzzy) == (lower, upper)


# ---- fuzzy bounds


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("2016-04-03?", D(2016, 3, 31), D(2016, 4, 6)),
        ("2016-04-03%", D(2016, 3, 28), D(2016, 4, 9)),
        ("2016-04~", D(2016, 3, 1), D(2016, 5, 31)),
        ("2016-01%", D(2015, 11, 1), D(2016, 3, 31)),
        ("2016-21~", D(2015, 12, 1), D(2016, 8, 31)),
        ("2016?", D(2015, 1, 1), D(2017, 12, 31)),
        ("201X~", D(2000, 1, 1), D(2029, 12, 31)),
        ("20XX?", D(1900, 1, 1), D(2199, 12, 31)),
        ("0001?", D.min, D(2, 12, 31)),
        ("0001-01-02~", D.min, D(1, 1, 5)),
        ("9999-12-31%", D(9999, 12, 25), D.max),
        ("9998-12~", D(9998, 11, 1), D(9999, 1, 31)),
        ("9999?", D(9998, 1, 1), D.max),
        ("9999-11~", D(9999, 10, 1), D.max),
        ("9999-10%", D(9999, 8, 1), D.max),
        ("2016-01~", D(2015, 12, 1), D(2016, 2, 29)),
        ("2016-04~/2016-06?", D(2016, 3, 1), D(2016, 7, 31)),
    ],
)
def test_unsure_dates_have_fuzzy_bounds_outside_the_strict_ones(text: str, lower: D, upper: D) -> None:
    found = parse(text)
    assert (found.lower_fuzzy, found.upper_fuzzy) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [("2016", False, False), ("2016?", True, False), ("2016~", False, True), ("2016%", True, True),
     ("2015?/2016~", True, True), ("2015/2016", False, False)],
)  # fmt: skip
def test_what_is_unsure_is_told_apart(text: str, uncertain: bool, approximate: bool) -> None:
    found = parse(text)
    assert (found.uncertain, found.approximate) == (uncertain, approximate)


# ---- properties


@given(dates)
def test_bounds_are_ordered_and_the_fuzzy_ones_lie_outside(text: str) -> None:
    found = parse(text)
    if found.lower and found.upper:
        assert found.lower <= found.upper
    if found.lower and found.lower_fuzzy:
        assert found.lower_fuzzy <= found.lower
    if found.upper and found.upper_fuzzy:
        assert found.upper_fuzzy >= found.upper
    assert (found.lower is None) is (found.lower_fuzzy is None) is (found.open_start or found.unknown_start)
    assert (found.upper is None) is (found.upper_fuzzy is None) is (found.open_end or found.unknown_end)


@given(dates)
def test_a_date_comes_back_as_it_was_written(text: str) -> None:
    assert parse(text).text == check_date(f" {text}\n") == text


@given(singles, singles)
def test_an_end_certainly_before_its_start_is_refused_and_nothing_else_is(first: str, last: str) -> None:
    start, end = parse(first), parse(last)
    assert start.lower is not None
    assert end.upper is not None
    if end.upper < start.lower:
        with pytest.raises(ValueError, match="comes before the start"):
            check_span(first, last)
    else:
        check_span(first, last)
        assert span(first, last).date == parse(f"{first}/{last}")


@given(st.one_of(days, months, years))
def test_what_we_read_ourselves_the_library_reads_the_same(text: str) -> None:
    from edtf import parse_edtf

    theirs, ours = parse_edtf(text), parse(text)
    assert tuple(theirs.lower_strict())[:3] == (ours.lower and ours.lower.timetuple()[:3])
    assert tuple(theirs.upper_strict())[:3] == (ours.upper and ours.upper.timetuple()[:3])
    assert str(ours.precision) == theirs.precision


@given(st.one_of(seasons, unspecified))
def test_what_the_library_reads_holds_whole_months(text: str) -> None:
    found = parse(text)
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower.day == 1
    assert found.upper == D.max or (found.upper + dt.timedelta(days=1)).day == 1


@given(st.text(max_size=20))
def test_anything_else_is_refused_in_words_and_never_falls_over(text: str) -> None:
    try:
        said = parse(text).text
    except ValueError as error:
        said = str(error)
    assert said == text or "; " in said


# ---- refusals


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a date we can read; write it like 2016-04-03"),
        ("spring 2016", "not a date we can read; write it like 2016-04-03"),
        ("12/03/2017", 'holds more than one "/"; write it like 2016-04-03'),
        ("03/2017", '"03" is not a date we can read'),
        ("2016-4-3", "not a date we can read"),
        ("\uff12\uff10\uff11\uff16", "not a date we can read"),
        ("2016-02-30", "that month has days 01 to 29"),
        ("2015-02-29", "that month has days 01 to 28"),
        ("2016-04-00", "that month has days 01 to 30"),
        ("2016-13", "months are 01 to 12 and seasons 21 (spring) to 24 (winter)"),
        ("2016-00", "months are 01 to 12"),
        ("2016-25", "months are 01 to 12"),
        ("2016-21-04", "months are 01 to 12"),
        ("2016-13-XX", "not a date we can read"),
        ("0000", "years run from 0001 to 9999"),
        ("0000-21", "years run from 0001 to 9999"),
        ("0000-XX", "years run from 0001 to 9999"),
        ("-0004", "not a date we can read"),
        ("Y170000002", "not a date we can read"),
        ("2016-XX-12", "not a date we can read"),
        ("2016?-04", "not a date we can read"),
        ("2016??", "not a date we can read"),
        ("2016-04-03T10:00:00", "not a date we can read"),
        ("../..", "holds no date; say at least when it began or when it ended"),
        ("/", "holds no date"),
        ("2015/2016/2017", 'more than one "/"'),
        (
            "2016-04/2016-02",
            "the end, 2016-02, comes before the start, 2016-04; give an end on or after the start",
        ),
        ("x" * 5000, "x…"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)) as refused:
        check_date(text)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize("end", ["", "..", "2016-04-03", "2016-21~"])
def test_an_end_is_nothing_or_ongoing_or_one_date(end: str) -> None:
    assert check_end(f" {end} ") == end


@pytest.mark.parametrize("end", ["2016/2017", "2016/..", "soon", "2016-13"])
def test_an_end_is_nothing_else(end: str) -> None:
    with pytest.raises(ValueError, match="; "):
        check_end(end)


# ---- spans


def test_a_date_alone_is_a_moment() -> None:
    found = span("2016-04")
    assert found.moment
    assert found.begins == found.ends == parse("2016-04")
    assert not any((found.ongoing, found.end_unknown, found.open_start, found.start_unknown))


def test_a_date_and_an_end_are_a_stretch_from_the_first_day_to_the_last() -> None:
    found = span("2016-04~", "2016-07?")
    assert not found.moment
    assert (found.lower, found.upper) == (D(2016, 4, 1), D(2016, 7, 31))
    assert (found.lower_fuzzy, found.upper_fuzzy) == (D(2016, 3, 1), D(2016, 8, 31))
    assert (found.begins, found.ends) == (parse("2016-04~"), parse("2016-07?"))


def test_an_interval_says_the_same_as_a_date_and_an_end() -> None:
    assert span("2016-04/2016-07") == span("2016-04", "2016-07")
    assert span("2016-04/..") == span("2016-04", "..")


def test_what_goes_on_has_no_upper_bound() -> None:
    found = span("2016-04", "..")
    assert (found.ongoing, found.end_unknown, found.upper, found.ends, found.moment) == (
        True,
        False,
        None,
        None,
        False,
    )


def test_an_end_nobody_knows_is_not_the_same_as_ongoing() -> None:
    found = span("2016-04/")
    assert (found.ongoing, found.end_unknown, found.upper) == (False, True, None)


def test_open_and_unknown_starts_are_told_apart() -> None:
    assert (span("../2016").open_start, span("../2016").start_unknown) == (True, False)
    assert (span("/2016").open_start, span("/2016").start_unknown) == (False, True)


def test_a_stretch_of_one_day_is_a_moment_and_of_one_month_is_not() -> None:
    assert span("2016-04-03", "2016-04-03").moment
    assert not span("2016-04", "2016-04").moment


def test_an_end_said_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="already says when it ended; leave the end empty"):
        check_span("2016-04/2016-07", "2016-08")


def test_spans_sort_by_beginning_then_end() -> None:
    mixed = ["2016-05", "2016-04-30", "../2015", "2016-04", "2016"]
    assert sorted(mixed, key=lambda text: span(text).sort_key) == [
        "../2015",
        "2016",
        "2016-04",
        "2016-04-30",
        "2016-05",
    ]


# ---- words


@pytest.mark.parametrize(
    ("date", "end", "said"),
    [
        ("2017-03-12", "", "12 March 2017"),
        ("2017-03", "", "March 2017"),
        ("2017", "", "2017"),
        ("0045", "", "45"),
        ("2016-21~", "", "about spring 2016"),
        ("2016-22", "", "summer 2016"),
        ("2016-23", "", "autumn 2016"),
        ("2016-24", "", "winter 2016"),
        ("2016-04?", "", "April 2016 (not certain)"),
        ("2016-04-03%", "", "about 3 April 2016 (not certain)"),
        ("2016-04-XX", "", "some time in April 2016"),
        ("2016-XX", "", "some time in 2016"),
        ("201X~", "", "about the 2010s"),
        ("000X", "", "some time from 1 to 9"),
        ("20XX", "", "some time from 2000 to 2099"),
        ("00XX", "", "some time from 1 to 99"),
        ("2016-03", "2016-05", "March to May 2016"),
        ("2015-12", "2016-02", "December 2015 to February 2016"),
        ("2016-03-12", "2016-03-20", "12 to 20 March 2016"),
        ("2016-03-12", "2016-05-02", "12 March to 2 May 2016"),
        ("2015-12-31", "2016-01-01", "31 December 2015 to 1 January 2016"),
        ("2016-03-12", "2016-03-12", "12 March 2016"),
        ("2015", "2016", "2015 to 2016"),
        ("2016-03", "2016-05-02", "March 2016 to 2 May 2016"),
        ("2016-03~", "2016-05", "about March 2016 to May 2016"),
        ("2016-21", "2016-22", "spring 2016 to summer 2016"),
        ("2016-04", "..", "since April 2016"),
        ("2016-04/", "", "from April 2016, end not known"),
        ("../2016-05", "", "until May 2016"),
        ("/2016-05", "", "until May 2016, start not known"),
    ],
)
def test_dates_are_said_as_people_say_them(date: str, end: str, said: str) -> None:
    assert str(in_words(date, end)) == said


@given(dates)
def test_every_date_can_be_said(text: str) -> None:
    assert str(in_words(text))


# ---- speed


def test_a_story_of_150_contacts_is_read_in_milliseconds() -> None:
    texts = [f"20{n:02d}-{1 + n % 12:02d}-{1 + n % 28:02d}{'~' if n % 5 == 0 else ''}" for n in range(75)] * 2
    edtf_reading.parse.cache_clear()
    edtf_reading._single.cache_clear()
    started = time.process_time()
    for text in texts:
        parse(text)
    assert time.process_time() - started < 0.05


def test_reading_plain_dates_never_loads_the_grammar() -> None:
    code = (
        "import sys; from storybook.story.dates import parse; parse('2016-04~/2016-07-03'); "
        "assert 'edtf' not in sys.modules, 'loaded'"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_precisions_run_from_fine_to_coarse() -> None:
    assert [p.value for p in Precision] == ["day", "month", "season", "year", "decade", "century"]
