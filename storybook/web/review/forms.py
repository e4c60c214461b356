"""What a person says when they agree, and what a reviewer says when they sign off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from ...anonymise.consent import Channel
from ...story.human_dates import NotADate, read_date
from ...story.messages import message
from ...story.problems import Problem
from ..forms import Choices, StoryForm, offered

#: What each channel is called to those who choose.
CHANNELS = {
    Channel.TEAM: message("The team: people who work on these stories, signed in"),
    Channel.PARTNERS: message("Partners: the agencies of the programme"),
    Channel.CONFERENCE: message("Conferences: on a screen in a room"),
    Channel.WEB: message("The web: anyone, anywhere"),
}

#: What the record of consent asks: the name it is kept under, and the field.
RECORD = ("understood", "sober", "unpressured", "supporter")


class ConsentForm(StoryForm):
    """One person's own yes, to exactly the version whose hash it names."""

    sha256 = HiddenField()
    channels = Choices(
        message("Where may it be shown?"),
        choices=offered(CHANNELS),
        description=message("Tick as many as you like."),
    )
    until = StringField(
        message("Until which day?"),
        description=message("For example 31 March 2028. After that day it is closed."),
    )
    understood = BooleanField(message("I have read or heard all of it, and I understand it"))
    sober = BooleanField(message("I feel clear-headed today"))
    unpressured = BooleanField(message("Nobody is pushing me to say yes"))
    supporter = StringField(
        message("Who is with you for support?"),
        description=message("Leave it empty if nobody is. A first name is enough."),
    )

    def fields(self) -> dict[str, Any]:
        """As ``agree.give_consent`` takes them."""
        typed = super().fields()
        record = {name: _kept(typed.pop(name)) for name in RECORD}
        return {
            **typed,
            "until": self._day(),
            "record": {name: said for name, said in record.items() if said},
        }

    def _day(self) -> dt.date | None:
        try:
            return dt.date.fromisoformat(read_date(self.until.data or "").date)
        except ValueError:
            return None

    def own_problems(self) -> list[Problem]:
        """A last day has to be one whole day."""
        if self._day() is not None:
            return []
        what = message("we need one whole day")
        try:
            read_date(self.until.data or "")
        except NotADate as why:
            what = why.problem.what
        return [Problem(what, message("write a day, month and year, such as 31 March 2028"), where="until")]


class SignOffForm(StoryForm):
    """The reviewer's yes, to exactly the version whose hash it names."""

    sha256 = HiddenField()
    note = TextAreaField(
        message("A note for the record"), description=message("What you looked for. No names.")
    )


def _kept(said: bool | str | None) -> str:
    return "yes" if said is True else (said or "")
