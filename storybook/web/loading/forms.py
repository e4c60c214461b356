"""What an analyst says about files that were sent: whose rows they are, and which column holds what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import BooleanField, StringField

from ...linked.dataset.mapping import ColumnMapping, Terms, Wishes
from ...linked.loading.guessing import Column
from ...services.data.sent_rows import Choices
from ...story.messages import Message, message
from ...story.problems import Problem, Problems
from ..forms import Choice, StoryForm, offered

#: What a column can be taken for, as people read it.
FIELDS: Final[dict[str, Message]] = {
    "": message("Leave it out"),
    "person": message("The mark of the person"),
    "date": message("The day of the contact"),
    "agency": message("The agency"),
    "kind": message("The kind of contact"),
    "need": message("A need, or needs"),
    "place": message("The area"),
    "age_band": message("The age band, or the age"),
    "gender": message("The gender"),
}
_NEEDED: Final = ("person", "date", "agency")


class FilesForm(StoryForm):
    """The files."""

    files = MultipleFileField(
        message("Files"),
        description=message(
            "CSV, Excel (XLSX) or Parquet, packed by gzip or not. Several files become one dataset. "
            "Up to 512 MB here; larger files can be loaded on the server by the command line."
        ),
    )


class AboutForm(StoryForm):
    """Whose rows they are, and where they go."""

    name = StringField(
        message("Name of the dataset"),
        description=message("Small letters and hyphens, for example police-2017."),
    )
    partner = StringField(
        message("Which partner gave these rows?"),
        description=message("Needed to add more of their rows later. Leave empty for a trial."),
    )
    agreement = StringField(message("The agreement they were given under"))
    ends = StringField(
        message("Its last day"),
        description=message("For example 2027-03-31. From the next day on the dataset answers nothing."),
    )
    mode = Choice(
        message("If the dataset is there already"),
        choices=offered(
            {
                "replace": message("Put these rows in its place"),
                "add": message("Add these rows"),
                "period": message("Replace what this partner gave for the same days"),
            }
        ),
    )
    month_first = BooleanField(message("Dates are written month first, as in America (10/22/2014)"))

    def choices(self, sent: ImmutableMultiDict[str, str]) -> Choices:
        """What was chosen, with the columns in ``sent`` (heading, field and reason lists). Raises Problems."""
        typed = self.fields()
        columns = list(zip(sent.getlist("heading"), sent.getlist("field"), strict=False))
        reasons = dict(zip(sent.getlist("heading"), sent.getlist("reason"), strict=False))
        problems = [*_wrong_columns(columns), *_wrong_day(typed["ends"])]
        if problems:
            raise Problems(problems)
        style = "month-first" if typed["month_first"] else "auto"
        mode = typed["mode"] if typed["mode"] in ("add", "period") else "replace"
        ends = dt.date.fromisoformat(typed["ends"].strip()) if (typed["ends"] or "").strip() else None
        terms = Terms(partner=_bare(typed["partner"]), agreement=_bare(typed["agreement"]), ends=ends)
        keep = {
            heading: reason
            for heading, field in columns
            if field and (reason := reasons.get(heading, "").strip())
        }
        mapping = ColumnMapping(**_by_field(columns), date_style=style)
        return Choices(
            name=_bare(typed["name"]), mapping=mapping, wishes=Wishes(mode=mode, keep=keep, terms=terms)
        )


def chosen_fields(columns: Sequence[Column], choices: Choices | None) -> dict[str, str]:
    """Heading -> field: what was chosen before, else what we guess."""
    if choices is None:
        return {column.heading: column.guess for column in columns}
    chosen: dict[str, str] = {}
    for field, heading in choices.mapping.fields():
        chosen.setdefault(heading, field)
    return {column.heading: chosen.get(column.heading, "") for column in columns}


def reasons(choices: Choices | None) -> Mapping[str, str]:
    """Heading -> why it is kept, as it was said before."""
    return dict(choices.wishes.keep) if choices else {}


def about(choices: Choices | None) -> dict[str, Any]:
    """What was typed before, for the form."""
    if choices is None:
        return {"mode": "replace"}
    terms = choices.wishes.terms
    return {
        "name": choices.name,
        "partner": terms.partner,
        "agreement": terms.agreement,
        "ends": str(terms.ends or ""),
        "mode": choices.wishes.mode,
        "month_first": choices.mapping.date_style == "month-first",
    }


def _bare(text: str | None) -> str:
    return (text or "").strip()


def _by_field(columns: Sequence[tuple[str, str]]) -> dict[str, Any]:
    needs = tuple(heading for heading, field in columns if field == "need")
    single = {field: heading for heading, field in columns if field in FIELDS and field not in ("", "need")}
    return {**single, "needs": needs}


def _wrong_columns(columns: Sequence[tuple[str, str]]) -> list[Problem]:
    fields = [field for _, field in columns]
    missing = [
        Problem(
            message("no column holds this: {field}", field=FIELDS[field]),
            message("choose one below"),
            "columns",
        )
        for field in _NEEDED
        if field not in fields
    ]
    twice = [
        Problem(
            message("two columns hold this: {field}", field=FIELDS[field]),
            message("choose one of them"),
            "columns",
        )
        for field in FIELDS
        if field not in ("", "need") and fields.count(field) > 1
    ]
    return missing + twice


def _wrong_day(text: str | None) -> list[Problem]:
    try:
        if _bare(text):
            dt.date.fromisoformat(_bare(text))
    except ValueError:
        return [
            Problem(message("this is not a day we can read"), message("write it like 2027-03-31"), "ends")
        ]
    return []
