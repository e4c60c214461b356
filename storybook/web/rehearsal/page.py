"""What the rehearsal's pages show, worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ...anonymise.rehearsal import CONTACTS, START, VIEWERS, Part
from ...services.rehearsal.record import Rehearsal
from ...services.rehearsal.rehearse import NOBODY, Rehearsing
from ...services.stories.get_story import StoryView
from ...story.messages import Message, message, say

_TITLES = {START: message("How it starts, and the people"), CONTACTS: message("The contacts and the picture")}


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the list: a part, where its page is, and what was said of it (None: nothing yet)."""

    title: str
    address: str
    said: Message | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reviewer said of a part that somebody would recognise."""

    title: str
    who: str
    how: str


@dataclass(frozen=True, slots=True)
class RehearsalPage:
    """A rehearsal as its reviewer sees it."""

    view: StoryView
    now: Rehearsing

    @property
    def steps(self) -> Iterator[Step]:
        """Every part in reading order."""
        said = self.now.mine.record.parts if self.now.mine else {}
        for part in self.now.parts:
            address = url_for("rehearsal.part", slug=self.now.slug, part=part.key)
            known = said.get(part.key)
            yield Step(title_of(part), address, None if known is None else _in_short(len(known.who)))

    def findings(self, one: Rehearsal) -> Iterator[Finding]:
        """What ``one`` says that somebody would recognise; a part that is no more has no title."""
        titles = {part.key: title_of(part) for part in self.now.parts}
        for key in one.record.recognised:
            said = one.record.parts[key]
            who = " · ".join(say(VIEWERS[viewer][0]) for viewer in said.who)
            yield Finding(titles.get(key, say(message("A part that is not there any more"))), who, said.how)

    def place(self, part: Part) -> int:
        """Which part it is, from 1."""
        return self.now.parts.index(part) + 1

    def title_of(self, part: Part) -> str:
        """What the part is called on the screen."""
        return title_of(part)


def title_of(part: Part) -> str:
    """A part's own title, or what stands for it."""
    return part.title or say(_TITLES.get(part.key, message("An episode without a title")))


def said_of(found: Rehearsing, key: str) -> dict[str, Any]:
    """What was said of a part, as its form takes it; nothing is ticked where nothing was said."""
    said = found.mine.record.parts.get(key) if found.mine else None
    if said is None:
        return {"version": 0}
    return {"who": list(said.who) or [NOBODY], "how": said.how, "version": said.version}


def after(found: Rehearsing, key: str) -> str:
    """Where to go on after a part: the next one that nothing was said of, or the list."""
    keys = [part.key for part in found.parts]
    left = {part.key for part in found.left}
    following = (*keys[keys.index(key) + 1 :], *keys[: keys.index(key)])
    for one in following:
        if one in left:
            return url_for("rehearsal.part", slug=found.slug, part=one)
    return url_for("rehearsal.show", slug=found.slug)


def _in_short(viewers: int) -> Message:
    if not viewers:
        return message("Nobody would know")
    return message("{count} would know", plural="{count} would know", count=viewers)
