"""What to show somebody whose change met another's: both, side by side, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wtforms import Field

from ...services.errors import EditedMeanwhile
from ...story.messages import Message, message, say
from ..forms import StoryForm
from .date_field import as_written


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the two differ, each side as a reader sees it."""

    name: str
    label: Message | str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """``removed``: they took it away altogether. ``version``: the one a second try has to name."""

    removed: bool
    version: int
    differences: tuple[Difference, ...]

    @property
    def names(self) -> frozenset[str]:
        """The fields in which the two differ."""
        return frozenset(difference.name for difference in self.differences)

    @classmethod
    def of(cls, form: StoryForm, error: EditedMeanwhile) -> Conflict:
        """The conflict; from here on ``form`` is made from their version, with what was typed still in it."""
        version = 0 if error.theirs is None else error.theirs.version
        form.version.data = str(version)
        differences = tuple(_differences(form, error))
        return cls(error.theirs is None, version, differences)


def _differences(form: StoryForm, error: EditedMeanwhile) -> Iterable[Difference]:
    for name in error.changed:
        if name in form:
            field = form[name]
            theirs, yours = shown(field, getattr(error.theirs, name, None)), shown(field, error.yours[name])
            if theirs != yours or error.theirs is None:
                yield Difference(name, field.label.text, theirs, yours)


def shown(field: Field, value: Any) -> str:
    """A field's value in words: the labels of what was chosen, yes or no, or the text."""
    if isinstance(value, bool):
        return say(message("Yes")) if value else say(message("No"))
    if isinstance(value, list | tuple):
        return ", ".join(shown(field, one) for one in value)
    text = "" if value is None else str(value)
    if field.type == "DateField":
        return as_written(text)
    labels = {choice.value: str(choice.label) for choice in getattr(field, "choices", None) or ()}
    return labels.get(text, text)
