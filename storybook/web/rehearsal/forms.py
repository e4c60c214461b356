"""What a reviewer writes down while trying to recognise the people of a story."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, StringField, TextAreaField

from ...anonymise.rehearsal import VIEWERS
from ...services.rehearsal.record import Outcome
from ...services.rehearsal.rehearse import NOBODY
from ...story.messages import message
from ..forms import Choices, StoryForm, offered

#: A field that was not sent at all is empty.
_TEXT = {"filters": [lambda typed: typed or ""]}
_PRIVATE = message("Only reviewers of this story can read this. Write no names.")
OUTCOMES = {
    Outcome.NOTHING: message("I recognised nobody, and found nothing"),
    Outcome.BACK: message("Something has to change: send it back to its writers"),
    Outcome.ACCEPTED: message("Something is left, and it may stay"),
}
OUTCOME_HINTS = {
    Outcome.NOTHING: message("You read every part, and nobody you thought of would know who it is."),
    Outcome.BACK: message(
        "It becomes a draft again. Those who write it read your note, and nothing else of this."
    ),
    Outcome.ACCEPTED: message(
        "For example: the person wants their sister to know them by it. Say why below."
    ),
}


class PartForm(StoryForm):
    """Who would recognise one part, and by what."""

    sha256 = HiddenField()
    who = Choices(
        message("Who would recognise this?"),
        choices=offered({**{viewer: said[0] for viewer, said in VIEWERS.items()}, NOBODY: message("Nobody")}),
    )
    how = TextAreaField(message("What gives it away, and to whom?"), description=_PRIVATE, **_TEXT)


class TryForm(StoryForm):
    """One thing that was tried, and what was found."""

    sha256 = HiddenField()
    tried = StringField(
        message("What did you try?"),
        description=message("For example: three words from episode 2 in a web search. Write no names."),
        **_TEXT,
    )
    found = TextAreaField(
        message("What did you find?"),
        description=message("“Nothing” is a good answer. Write no names."),
        **_TEXT,
    )


class EndForm(StoryForm):
    """What it leads to."""

    sha256 = HiddenField()
    outcome = RadioField(message("What comes of it?"), choices=offered(OUTCOMES), validate_choice=False)
    note = TextAreaField(
        message("Your note"),
        description=message(
            "What has to change, or why it may stay. If you send it back, its writers read this. Write no names."
        ),
        **_TEXT,
    )
