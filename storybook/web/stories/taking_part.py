"""What bringing a story in asks about its people: whether each said yes to taking part, or all of it is made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...services.consent.taking_part import Said
from ...story.messages import message, say
from ...story.model import Person, Story
from ..people.forms import whole_day


def people_of(story: Story) -> tuple[Person, ...]:
    """Whom to ask about: the people of a real story; one, where its rows name nobody."""
    if story.fictional:
        return ()
    return story.people or (Person(ref="P1", name=say(message("Person {number}", number=1))),)


def taking_part(story: Story, typed: Mapping[str, str]) -> dict[str, Any]:
    """The story as ``save_story`` takes it, with what was said of each person; made up where that was ticked.

    A story whose rows name nobody gets its one person when there is a day for them.
    """
    if typed.get("fictional"):
        return {"story": story.model_copy(update={"fictional": True}), "permissions": {}}
    people = people_of(story)
    days = {person.ref: whole_day(typed.get(f"permission-{person.ref}")) for person in people}
    said = {ref: Said(day) for ref, day in days.items() if day is not None}
    named = story.model_copy(update={"people": people}) if said or story.people else story
    return {"story": named, "permissions": said}
