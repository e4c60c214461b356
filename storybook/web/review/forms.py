"""What a person says when they agree, and what a reviewer says when they sign off."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField

from ...anonymise.consent import Channel
from ...services.consent_record import KEPT, Wish
from ...story.messages import message
from ...story.problems import Problem
from ..forms import Choices, StoryForm, offered
from ..people.forms import day_problem, whole_day

#: What each channel is called to those who choose.
CHANNELS = {
    Channel.TEAM: message("The team: people who work on these stories, signed in"),
    Channel.PARTNERS: message("Partners: the agencies of the programme"),
    Channel.CONFERENCE: message("Conferences: on a screen in a room"),
    Channel.WEB: message("The web: anyone, anywhere"),
}

#: What each channel means, and what can't be called back from it.
CHANNEL_HINTS = {
    Channel.TEAM: message("Nothing can be downloaded. This opens as soon as the story is signed off."),
    Channel.PARTNERS: message("They can keep a file of it."),
    Channel.CONFERENCE: message("People in the room may take pictures of the screen."),
    Channel.WEB: message("Anyone can keep a copy, and machines may too. This can’t be called back."),
}
PAID = {
    "": message("I’d rather not say"),
    "nothing": message("Nothing"),
    "money": message("Money"),
    "voucher": message("A voucher"),
    "other": message("Something else"),
}
WISHES = {
    "": message("I don’t want to think about that now"),
    Wish.KEEP: message("Keep sharing it until the day I named"),
    Wish.STOP: message("Stop sharing it"),
    Wish.ASK: message("Ask someone I name"),
}


class ConsentForm(StoryForm):
    """One person's own yes, to exactly the version whose hash it names."""

    sha256 = HiddenField()
    channels = Choices(message("Where may it be shown?"), choices=offered(CHANNELS))
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
    paid = RadioField(message("What do you get for your time?"), choices=offered(PAID), validate_choice=False)
    wishes = RadioField(
        message("If you die, what should happen to it?"),
        choices=offered(WISHES),
        default="",
        validate_choice=False,
    )
    wishes_who = StringField(
        message("Whom should we ask?"), description=message("Only if you chose “Ask someone I name”.")
    )

    def fields(self) -> dict[str, Any]:
        """As ``agree.give_consent`` takes them."""
        typed = super().fields()
        record = {name: _kept(typed.pop(name)) for name in KEPT if name in typed}
        return {
            **typed,
            "until": whole_day(self.until.data),
            "record": {name: said for name, said in record.items() if said},
        }

    def own_problems(self) -> list[Problem]:
        """A last day has to be one whole day."""
        return [] if whole_day(self.until.data) else [day_problem(self.until.data, "until")]


class SignOffForm(StoryForm):
    """The reviewer's yes, to exactly the version whose hash it names."""

    sha256 = HiddenField()
    note = TextAreaField(
        message("A note for the record"), description=message("What you looked for. No names.")
    )
    reasons = TextAreaField(
        message(
            "If too few people fit this story, or it is not measured: why may it be shared all the same?"
        ),
        description=message("Needed unless the target is reached. No names."),
    )


def _kept(said: bool | str | None) -> str:
    return "yes" if said is True else (said or "")
