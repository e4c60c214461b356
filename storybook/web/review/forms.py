"""What a reviewer says when they sign off."""

from __future__ import annotations

from wtforms import HiddenField, TextAreaField

from ...story.messages import message
from ..forms import StoryForm, words_sent


class LeadForm(StoryForm):
    """The information-governance lead's no to the open web."""

    sha256 = HiddenField()
    reasons = TextAreaField(
        message("Why it may not go onto the open web"),
        description=message("Those who work on the story read this. No names."),
        filters=[words_sent],
    )


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
