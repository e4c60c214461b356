"""What is asked for a story, where the number goes, and which agency of the data each of the story's is."""

from __future__ import annotations

from wtforms import Field, HiddenField, StringField

from ...linked.asking.enquiry import Enquiry
from ...linked.dataset.datasets import Manifest
from ...services.data.pin import PinTo, suggested
from ...story.counts import INTRODUCTION
from ...story.messages import Message, message, say
from ...story.model import Story
from ...story.problems import Problem
from ..data.ask_form import AskForm
from ..forms import Choice, StoryForm, offered


class AskInStory(AskForm):
    """A question in one sentence, which may be about the time of the episode it stands in."""

    when = Choice(
        message("when"),
        choices=offered(
            {
                "": message("in all of the data, or on the days below"),
                "episode": message("during its episode"),
            }
        ),
    )

    def enquiry(self, dataset: str) -> Enquiry:
        """The question; raises Problems."""
        asked = super().enquiry(dataset)
        episode = {"episode": True, "first": None, "last": None} if self.when.data == "episode" else {}
        return asked.model_copy(update={"quarterly": False, **episode})


class PinForm(StoryForm):
    """Where a number goes."""

    question = HiddenField()
    to = Choice(message("Where it goes"))
    after = StringField(
        message("After which words"),
        description=message(
            "Only for a number in a sentence. Copy a few words of the text: the number comes directly after them."
        ),
    )

    def wanted(self) -> dict[str, str]:
        """What the service takes."""
        sent = self.fields()
        return {
            "place": sent["to"] or "",
            "question": sent["question"] or "",
            "after": sent["after"] or "",
        }

    def _field_of(self, problem: Problem) -> Field | None:
        return self._fields.get({"place": "to"}.get(problem.where, problem.where))


class UnpinForm(StoryForm):
    """Which number is taken out."""

    to, question = HiddenField(), HiddenField()

    def wanted(self) -> dict[str, str]:
        """What the service takes."""
        sent = self.fields()
        return {"place": sent["to"] or "", "question": sent["question"] or ""}


class MatchForm(StoryForm):
    """A choice for each agency of the story."""

    @classmethod
    def over(cls, story: Story, manifest: Manifest | None) -> MatchForm:
        """The form with a choice for each agency, what is most like it chosen."""
        names = tuple(filter(None, manifest.agencies)) if manifest else ()
        found = suggested(story, manifest) if manifest else {}
        choices = offered({"": message("Not in this data"), **{name: name for name in names}})
        fields = {
            f"agency-{one.ref}": Choice(one.name, choices=choices, default=found.get(one.ref, ""))
            for one in story.agencies
        }
        made: MatchForm = type("MatchFormOfStory", (cls,), fields)()
        return made

    def matches(self) -> dict[str, str]:
        """Agency of the story (ref) -> agency of the data."""
        sent = self.fields()
        return {name.removeprefix("agency-"): sent[name] or "" for name in sent if name.startswith("agency-")}

    def _field_of(self, problem: Problem) -> Field | None:
        return self._fields.get(f"agency-{problem.where}")


def place_choices(story: Story) -> dict[str, list[tuple[str, str]]]:
    """Every place for a number, in groups."""
    episodes = sorted(story.episodes, key=lambda one: one.position)
    words = [
        (f"{PinTo.WORDS}:{one.id}", _said(message("In the words of: {title}"), one.title)) for one in episodes
    ]
    first = (f"{PinTo.WORDS}:{INTRODUCTION}", say(message("In the introduction")))
    cards = [(f"{PinTo.CARD}:{one.id}", _said(message("Beside: {title}"), one.title)) for one in episodes]
    lanes = [
        (f"{PinTo.LANE}:{one.ref}", _said(message("Behind: {title}"), one.name)) for one in story.agencies
    ]
    return {
        say(message("In a sentence")): [first, *words],
        say(message("As a card beside an episode")): cards,
        say(message("Behind a lane of the picture")): lanes,
    }


def _said(pattern: Message, title: str) -> str:
    return say(message(pattern.id, title=title))
