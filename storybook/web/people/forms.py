"""What is written down of somebody's yes to taking part, and of somebody else who is named."""

from __future__ import annotations

import datetime as dt

from wtforms import RadioField, StringField

from ...services.consent.others import Standing
from ...services.consent.taking_part import How, Said
from ...story.human_dates import NotADate, read_date
from ...story.messages import message
from ...story.problems import Problem
from ..forms import StoryForm, offered

HOWS = {
    How.SIGNED: message("They signed a form"),
    How.ALOUD: message("They said it aloud, and I wrote it down"),
    How.RECORDED: message("It was recorded"),
}
STANDINGS = {
    Standing.AGREED: message("They were asked, and said yes"),
    Standing.HIDDEN: message("Nobody could recognise them"),
}


def whole_day(typed: str | None) -> dt.date | None:
    """One whole day as people write it; None for anything else."""
    try:
        return dt.date.fromisoformat(read_date(typed or "").date)
    except ValueError:
        return None


def day_problem(typed: str | None, where: str) -> Problem:
    """What is wrong with a day that is none."""
    what = message("we need one whole day")
    try:
        read_date(typed or "")
    except NotADate as why:
        what = why.problem.what
    return Problem(what, message("write a day, month and year, such as 31 March 2028"), where=where)


class TakingPartForm(StoryForm):
    """One person's yes to taking part."""

    said_on = StringField(
        message("On which day did they say yes?"), description=message("For example 3 March 2026.")
    )
    how = RadioField(message("How did they say it?"), choices=offered(HOWS), validate_choice=False)
    supporter = StringField(
        message("Who was with them for support?"),
        description=message("Leave it empty if nobody was. A first name is enough."),
    )

    def said(self) -> Said | None:
        """What was written down; None where the day can't be read."""
        day, how = whole_day(self.said_on.data), self.how.data
        if day is None or how not in set(How):
            return None
        return Said(day, How(how), self.supporter.data or "")

    def own_problems(self) -> list[Problem]:
        """A day has to be one whole day, and how they said it is chosen, never guessed."""
        unread = [] if whole_day(self.said_on.data) else [day_problem(self.said_on.data, "said_on")]
        chosen = self.how.data in set(How)
        choose = Problem(message("nothing is chosen"), message("say how they said yes"), where="how")
        return unread if chosen else [*unread, choose]


class OtherForm(StoryForm):
    """Somebody else whom the story names."""

    name = StringField(
        message("Who else is named, or could be recognised?"),
        description=message("As the story calls them, such as “her sister”. Never a real name."),
    )


class SettleForm(StoryForm):
    """How somebody named is protected."""

    standing = RadioField(
        message("How are they protected?"),
        choices=offered(STANDINGS),
        validate_choice=False,
    )
    why = StringField(message("How do you know?"))


class TakeOutForm(StoryForm):
    """Words that are to stand nowhere any more."""

    words = StringField(
        message("Which words should go?"),
        description=message("A name, a number or a few words. We find them in any form, whole words only."),
    )
