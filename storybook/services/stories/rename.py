"""A new ref for a person or an agency, followed everywhere in the story."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...story.model import Agency, Person, Story


def follow(story: Story, old: Any, new: Any) -> Story:
    """The story with each reference to ``old`` pointing to ``new``; checked by whoever asked, not here."""
    if isinstance(old, Agency) and old.ref != new.ref:
        return _agency(story, lambda ref: new.ref if ref == old.ref else ref)
    if isinstance(old, Person) and old.ref != new.ref:
        return _person(story, lambda ref: new.ref if ref == old.ref else ref)
    return story


def _agency(story: Story, to: Callable[[Any], Any]) -> Story:
    contacts = tuple(
        c.model_copy(update={"agency": to(c.agency), "handoff_to": to(c.handoff_to)}) for c in story.contacts
    )
    gaps = tuple(g.model_copy(update={"agency": to(g.agency)}) for g in story.gaps)
    return story.model_copy(update={"contacts": contacts, "gaps": gaps})


def _person(story: Story, to: Callable[[Any], Any]) -> Story:
    def moved(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(p.model_copy(update={"people": tuple(map(to, p.people))}) for p in parts)

    episodes = tuple(e.model_copy(update={"voice": to(e.voice)}) for e in story.episodes)
    return story.model_copy(
        update={
            "contacts": moved(story.contacts),
            "gaps": moved(story.gaps),
            "tracks": moved(story.tracks),
            "episodes": episodes,
        }
    )
