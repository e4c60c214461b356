"""Lengths of time in words that people use."""

from __future__ import annotations

import datetime as dt

import pytest

from storybook.story.durations import in_words, months_between

D = dt.date


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (D(2016, 4, 1), D(2016, 4, 1), "one day"),
        (D(2016, 4, 1), D(2016, 4, 10), "ten days"),
        (D(2016, 4, 1), D(2016, 4, 13), "13 days"),
        (D(2016, 4, 1), D(2016, 4, 14), "two weeks"),
        (D(2016, 4, 1), D(2016, 5, 12), "six weeks"),
        (D(2016, 4, 1), D(2016, 6, 8), "ten weeks"),
        (D(2016, 4, 1), D(2016, 6, 30), "three months"),
        (D(2016, 1, 1), D(2016, 11, 30), "11 months"),
        (D(2016, 1, 1), D(2016, 12, 31), "one year"),
        (D(2015, 1, 14), D(2016, 9, 12), "20 months"),
        (D(2014, 10, 1), D(2016, 9, 30), "two years"),
        (D(2014, 10, 1), D(2016, 10, 31), "25 months"),
        (D(2010, 1, 1), D(2012, 12, 31), "three years"),
        (D(2010, 1, 1), D(2013, 6, 30), "three and a half years"),
        (D(2010, 1, 1), D(2013, 2, 28), "three years"),
        (D(2000, 1, 1), D(2011, 12, 31), "12 years"),
        (D(1, 1, 1), D(9999, 12, 31), "9999 years"),
    ],
)
def test_lengths_are_said_sensibly(first: D, last: D, said: str) -> None:
    assert str(in_words(first, last)) == said


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (D(2014, 10, 1), D(2016, 9, 30), 24),
        (D(2016, 2, 1), D(2016, 2, 29), 1),
        (D(2016, 2, 1), D(2016, 2, 14), 0),
        (D(2016, 2, 1), D(2016, 2, 20), 1),
    ],
)
def test_months_are_counted_to_the_nearest(first: D, last: D, months: int) -> None:
    assert months_between(first, last) == months
