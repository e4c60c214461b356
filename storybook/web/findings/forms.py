"""What a person says about a finding."""

from __future__ import annotations

from wtforms import HiddenField, SelectField, StringField

from ...anonymise.deciding.decisions import Choice
from ...services.findings.decide import Word
from ...story.messages import message
from ...story.problems import Problem
from ..forms import StoryForm


class DecideForm(StoryForm):
    """One finding's form: ``key`` and ``seen`` say which, the button pressed says what."""

    key = HiddenField()
    seen = HiddenField()
    only = SelectField(message("Where?"), choices=[], validate_choice=False)
    choice = HiddenField()
    put = StringField(message("Write this instead"))
    reason = StringField(message("Why can it stay?"))
    adviser = StringField(message("Which adviser cleared it?"))

    def word(self, choice: Choice | None = None) -> Word:
        """What was said; one that is no choice is taken for keeping, which the service may refuse."""
        chosen = choice or (Choice(self.choice.data) if self.choice.data in set(Choice) else Choice.KEEP)
        return Word(chosen, self.put.data or "", self.reason.data or "", self.adviser.data or "")

    @property
    def version_seen(self) -> int:
        """The proposal's version when the page was made."""
        return _number(self.seen.data) or 0

    @property
    def one_place(self) -> int | None:
        """Which of its places is meant; None for all of them."""
        return _number(self.only.data)

    def own_problems(self) -> list[Problem]:
        """None: the service says what is wrong."""
        return []


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else None
