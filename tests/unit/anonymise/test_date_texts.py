"""Dates of the calendar in a text: found where they are finer than what is shown."""

from __future__ import annotations

import pytest

from storybook.anonymise.detectors.identifiers import find_dates
from storybook.anonymise.shown import Grain

# ---- dates

ALL = [
    "12 March 2016",
    "March 2016",
    "2016",
    "12th of March",
    "March 12",
    "12/3/16",
    "2016-03-12",
    "summer 2016",
    "twenty sixteen",
    "2015/16",
    "Q2 2016",
    "Dec 2016",
    "the first of May",
    "20160312",
    "12march2016",
    "1990s",
    "May 12",
    "3 May",
    "03/2016",
    "2016-03",
    "winter 2015/16",
    "September 3rd, 2016",
    "nineteen ninety-nine",
    "two thousand and sixteen",
    "12.3.2016",
]


@pytest.mark.parametrize("date", ALL)
def test_under_relative_dates_every_date_of_the_calendar_is_found(date: str) -> None:
    text = f"It was {date} when it happened"
    assert [text[hit.start : hit.end].removeprefix("the ") for hit in find_dates(text, None)] == [
        date.removeprefix("the ")
    ]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("in ’16", "’16"),
        ("on 12/3 she", "12/3"),
        ("since '09 he", "'09"),
        ("smith-2016", "2016"),
        ("IMG_20160312", "20160312"),
    ],
)
def test_dates_in_short_or_joined_forms(text: str, where: str) -> None:
    assert [text[hit.start : hit.end] for hit in find_dates(text, None)] == [where]


@pytest.mark.parametrize(
    "text",
    [
        "in March",
        "may 12 people",
        "£2016",
        "2016 people",
        "room 2016",
        "12 may have left",
        "the 12 march on",
        "1 in 4",
        "10.30.45",
        "at 20:16",
        "month 7",
        "last winter",
        "that Christmas",
        "two years later",
        "2016mg",
        "no. 2016",
        "24/7",
        "99/99/99",
        "0/1/16",
        "32.1.16",
        "2016.5",
    ],
)
def test_months_and_amounts_are_no_dates(text: str) -> None:
    assert find_dates(text, None) == []


@pytest.mark.parametrize(
    ("grain", "left"),
    [
        (Grain.MONTH, ["12 March 2016"]),
        (Grain.QUARTER, ["12 March 2016", "March 2016"]),
        (Grain.SEASON, ["12 March 2016", "March 2016", "Q2 2016"]),
        (Grain.YEAR, ["12 March 2016", "March 2016", "Q2 2016", "summer 2016"]),
        (None, ["12 March 2016", "March 2016", "Q2 2016", "summer 2016", "2016"]),
    ],
)
def test_only_dates_finer_than_the_grain_betray(grain: Grain | None, left: list[str]) -> None:
    texts = ["12 March 2016", "March 2016", "Q2 2016", "summer 2016", "2016"]
    assert [text for text in texts if find_dates(f"in {text} he", grain)] == left
