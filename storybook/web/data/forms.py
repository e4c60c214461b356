"""What an analyst says when bringing rows in."""

from __future__ import annotations

from flask_wtf.file import MultipleFileField
from wtforms import StringField

from ...linked.mapping import ColumnMapping
from ...story.messages import message
from ..forms import Choice, StoryForm, offered


class LoadForm(StoryForm):
    """A load: the files, and which column holds what (columns by their heading)."""

    name = StringField(
        message("Name of the dataset"),
        description=message("Small letters and hyphens, for example police-2017."),
    )
    files = MultipleFileField(
        message("Files"), description=message("CSV or Parquet. Columns you don't name below are not loaded.")
    )
    person = StringField(
        message("Column that marks the person"),
        description=message("It is replaced by a number while loading, and never kept."),
    )
    date = StringField(message("Column with the date"))
    agency = StringField(message("Column with the agency"))
    kind = StringField(
        message("Column with the kind of contact"), description=message("Leave empty if there is none.")
    )
    place = StringField(
        message("Column with the area"),
        description=message("Leave empty if there is none. Never an address."),
    )
    needs = StringField(
        message("Columns with needs"),
        description=message("Several with commas between. Leave empty if there are none."),
    )

    def mapping(self) -> ColumnMapping:
        """Which column holds what."""
        typed = self.fields()
        needs = tuple(name.strip() for name in (typed["needs"] or "").split(",") if name.strip())
        plain = {name: (typed[name] or "").strip() for name in ("person", "date", "agency")}
        return ColumnMapping(
            **plain, kind=_or_none(typed["kind"]), place=_or_none(typed["place"]), needs=needs
        )


class CountForm(StoryForm):
    """A question to a dataset: what is counted."""

    class Meta:
        """Asking changes nothing, so it needs no token."""

        csrf = False

    of = Choice(
        message("Count"), choices=offered({"people": message("People"), "contacts": message("Contacts")})
    )


def _or_none(text: str | None) -> str | None:
    return (text or "").strip() or None
