"""A draft as its writers see it: everything that may be shown, with its true dates.

A ``Draft`` is for people who may read the story. It has no way to become an edition: that begins again from
the story, in ``candidate``.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..story.model import Story
from ..story.vocabulary import Vocabulary
from .dates.policy import DRAFT
from .lanes import Demand
from .showing import Numbers, show
from .shown import Shown


@dataclass(frozen=True, slots=True)
class Draft:
    """What is shown of a story that is still being written: true dates, by the day, on a calendar axis."""

    shown: Shown


def draft(
    story: Story, vocabulary: Vocabulary, demand: Demand | None = None, numbers: Numbers | None = None
) -> Draft:
    """The draft of ``story``; ``demand`` holds linked counts by the story's agency refs, ``numbers`` the others."""
    return Draft(show(story, DRAFT, vocabulary, demand, numbers=numbers))
