"""Dates as people write them in a form, and as a form shows them again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wtforms import StringField

from ...story.date_words import words
from ...story.dates import OPEN, parse
from ...story.human_dates import NotADate, read_date, read_when
from ...story.messages import message, say
from ...story.problems import Problem


class DateField(StringField):  # type: ignore[misc]  # WTForms carries no types
    """Holds what was typed; shows an EDTF date in words where the words mean that same date."""

    def process_data(self, value: Any) -> None:
        """What the form starts with: the stored date, in words."""
        self.data = as_written(value or "")


def as_written(edtf: str) -> str:
    """A date for a form: "March 2017", "ongoing"; the EDTF itself where words would lose something."""
    if edtf in ("", OPEN):
        return say(message("ongoing")) if edtf else ""
    try:
        said = say(words(parse(edtf)))
        return said if read_date(said).date == edtf else edtf
    except ValueError:
        return edtf


def as_edtf(date: str, end: str) -> tuple[str, str, list[Problem]]:
    """What was typed as date and end, as EDTF; what can't be read stays as typed, with the problem beside it."""
    if not date.strip():
        return "", end, []
    try:
        when = read_when(date, end)
        return when.date, when.end, []
    except NotADate as why:
        return date, end, [replace(why.problem, where=_which(date))]


def _which(date: str) -> str:
    """The field to blame: the date if it can't be read alone, else the end."""
    try:
        read_date(date)
    except NotADate:
        return "date"
    return "end"
