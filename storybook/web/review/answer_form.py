"""A person's own answer, asked one thing at a time: for each way of sharing no, or yes and until which day.

Nothing is ticked for anybody, and what is left open is a no.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any, Final

from wtforms import BooleanField, HiddenField, RadioField, StringField

from ...anonymise.consent import Channel
from ...services.consent.record import HAS_TO_BE_SO, KEPT, Wish
from ...services.consent.second_look import MyConsent
from ...story.dates import in_words
from ...story.messages import Message, message, say
from ...story.problems import Problem
from ..forms import StoryForm, offered
from ..people.forms import day_problem, whole_day

#: What each channel is called to those who choose.
CHANNELS: Final = {
    Channel.TEAM: message("The team: people who work on these stories, signed in"),
    Channel.PARTNERS: message("Partners: the agencies of the programme"),
    Channel.CONFERENCE: message("Conferences: on a screen in a room"),
    Channel.WEB: message("The web: anyone, anywhere"),
}

#: The question about each channel.
QUESTIONS: Final = {
    Channel.TEAM: message("May the team see it?"),
    Channel.PARTNERS: message("May our partners see it?"),
    Channel.CONFERENCE: message("May it be shown at conferences?"),
    Channel.WEB: message("May everyone see it on the web?"),
}

#: Who that is.
WHO: Final = {
    Channel.TEAM: message("The team are the people who work on these stories. They have to sign in."),
    Channel.PARTNERS: message("Partners are the services that work with us. They have to sign in."),
    Channel.CONFERENCE: message("At a conference it is on a big screen, in a room full of people."),
    Channel.WEB: message("On the web anyone in the world can read it, at any time."),
}

#: What can't be called back from it.
LEFT: Final = {
    Channel.TEAM: message("They can’t keep a file of it."),
    Channel.PARTNERS: message("They can keep a file of it. We can’t take that file back."),
    Channel.CONFERENCE: message("People may take photos of the screen. We can’t take photos back."),
    Channel.WEB: message("Anyone can keep a copy, and so can machines. We can’t take copies back."),
}

NO, HALF, YEAR, DAY = "no", "half a year", "a year", "a day"
_MONTHS: Final = {HALF: 6, YEAR: 12}
_EXAMPLE: Final = message("For example 31 March 2028")
PAID: Final = {
    "nothing": message("Nothing"),
    "money": message("Money"),
    "voucher": message("A voucher"),
    "other": message("Something else"),
    "": message("I don’t want to say"),
}
WISHES: Final = {
    Wish.STOP: message("Stop sharing it"),
    Wish.KEEP: message("Go on sharing it until the days I chose"),
    Wish.ASK: message("Ask someone I trust"),
    "": message("I don’t want to think about that now"),
}


class AnswerForm(StoryForm):
    """One person's own answer, to exactly the version whose hash it names."""

    sha256 = HiddenField()
    team = RadioField(validate_choice=False)
    team_day = StringField(description=_EXAMPLE)
    partners = RadioField(validate_choice=False)
    partners_day = StringField(description=_EXAMPLE)
    conference = RadioField(validate_choice=False)
    conference_day = StringField(description=_EXAMPLE)
    web = RadioField(validate_choice=False)
    web_day = StringField(description=_EXAMPLE)
    understood = BooleanField(message("I have read all of it, or someone read it to me. I understand it."))
    sober = BooleanField(message("My head is clear today."))
    unpressured = BooleanField(message("Nobody is pushing me to say yes."))
    supporter = StringField(
        message("Who is with you today, to support you?"),
        description=message("Leave it empty if nobody is. A first name is enough."),
    )
    paid = RadioField(message("What do you get for your time?"), choices=offered(PAID), validate_choice=False)
    wishes = RadioField(
        message("If you die, what should happen to your story?"),
        choices=offered(WISHES),
        validate_choice=False,
    )
    wishes_who = StringField(message("Who should we ask?"))

    def offer(self, today: dt.date) -> AnswerForm:
        """Names the days from ``today`` on, and each question."""
        self.today = today
        for channel, question in QUESTIONS.items():
            self[channel].label.text = say(question)
            self[channel].choices = offered(_choices(today))
            self[f"{channel}_day"].label.text = say(message("The last day"))
        return self

    def fill(self, mine: MyConsent | None) -> AnswerForm:
        """Puts in what this person said before, in their own words; what has to be so today is asked anew."""
        if mine is None or self.is_submitted():
            return self
        for channel in Channel:
            self[channel].data = DAY if channel in mine.days else NO
            if channel in mine.days:
                self[f"{channel}_day"].data = say(in_words(mine.days[channel].isoformat()))
        for name in ("supporter", "paid", "wishes", "wishes_who"):
            self[name].data = mine.record.get(name)
        return self

    @property
    def days(self) -> dict[Channel, dt.date]:
        """The channels that they said yes to, each with its last day, as far as it can be read."""
        found = {channel: self._day(channel) for channel in Channel}
        return {channel: day for channel, day in found.items() if day is not None}

    @property
    def says_yes(self) -> bool:
        """Whether there is a yes to anything."""
        return any((self[channel].data or NO) != NO for channel in Channel)

    def fields(self) -> dict[str, Any]:
        """As ``agree.give_consent`` takes them."""
        days = self.days
        record = {name: _kept(self[name].data) for name in KEPT if name in self}
        return {
            "sha256": self.sha256.data,
            "channels": tuple(days),
            "until": {channel.value: day for channel, day in days.items()},
            "record": {name: said for name, said in record.items() if said},
        }

    def own_problems(self) -> list[Problem]:
        """A last day has to be one whole day that is still to come."""
        asked = [channel for channel in Channel if (self[channel].data or NO) != NO]
        unread = [channel for channel in asked if self._day(channel) is None]
        over = [channel for channel in asked if (day := self._day(channel)) and day < self.today]
        return [day_problem(self[f"{c}_day"].data, f"{c}_day") for c in unread] + [
            Problem(message("that day is over"), message("choose a day that is still to come"), f"{c}_day")
            for c in over
        ]

    def _day(self, channel: Channel) -> dt.date | None:
        said = self[channel].data
        if said in _MONTHS:
            return in_months(self.today, _MONTHS[said])
        return whole_day(self[f"{channel}_day"].data) if said == DAY else None


def in_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months on; the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _choices(today: dt.date) -> dict[str, Message]:
    half, year = (in_words(in_months(today, _MONTHS[span]).isoformat()) for span in (HALF, YEAR))
    return {
        NO: message("No"),
        HALF: message("Yes, for six months: until {day}", day=half),
        YEAR: message("Yes, for a year: until {day}", day=year),
        DAY: message("Yes, until a day I choose"),
    }


def _kept(said: bool | str | None) -> str:
    return "yes" if said is True else (said or "")


#: What has to be so before a yes counts, in the order it is asked.
TODAY: Final = tuple(HAS_TO_BE_SO)
