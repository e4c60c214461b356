"""Months, quarters and years: numbers that can be counted on, written as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.linked.dataset import periods

GRAINS = st.sampled_from(list(periods.MONTHS))


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), GRAINS)
def test_what_is_written_is_read_back_and_holds_its_day(day, grain):
    month = periods.month_of(day)
    number = month // periods.MONTHS[grain]
    text = periods.said(grain, number)

    assert periods.read(grain, text) == number
    assert month in periods.months_in(grain, number)
    assert text.startswith(f"{day.year}")


@pytest.mark.parametrize(
    ("grain", "month", "text"),
    [("month", 4, "2016-04"), ("quarter", 4, "2016-Q2"), ("quarter", 12, "2016-Q4"), ("year", 12, "2016")],
)
def test_a_period_is_written_like_this(grain, month, text):
    number = periods.month_of(dt.date(2016, month, 30)) // periods.MONTHS[grain]

    assert periods.said(grain, number) == text


@pytest.mark.parametrize(
    ("grain", "text"), [("month", "2016-13"), ("quarter", "2016-Q5"), ("year", "16"), ("quarter", "2016-q1")]
)
def test_anything_else_is_no_period(grain, text):
    assert periods.read(grain, text) is None


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (dt.date(2016, 1, 1), dt.date(2016, 3, 31), ["2016-01", "2016-02", "2016-03"]),
        (dt.date(2016, 1, 2), dt.date(2016, 3, 30), ["2016-02"]),
        (dt.date(2016, 1, 2), dt.date(2016, 1, 30), []),
        (dt.date(9999, 12, 1), dt.date.max, ["9999-12"]),
    ],
)
def test_only_months_with_all_their_days_are_whole(first, last, months):
    assert [periods.said("month", month) for month in periods.whole_months(first, last)] == months
