"""The motivated-intruder rehearsal: what a reviewer reads part by part, as whom, and what may tell who it is.

The test is the one of the Information Commissioner's anonymisation guidance: somebody who knows nothing of the person
at first, wants to find out, is able, uses what is open to anybody, asks around, and breaks no law.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ..story.messages import Message, message
from .detectors.prompts import find_prompts
from .shown import Shown, ShownContact, ShownPerson

#: What half an hour is meant for; nothing ends with it.
FRAME_MINUTES: Final = 30
#: The most prompts for one part: the most telling ones.
PROMPTS: Final = 8
START: Final = "start"
CONTACTS: Final = "contacts"


class Viewer(StrEnum):
    """As whom a part is read."""

    FRIEND = "friend"
    RELATIVE = "relative"
    PARTNER = "former partner"
    WORKER = "worker"
    JOURNALIST = "journalist"


#: Each viewer, and what they know that a stranger does not.
VIEWERS: Final[dict[Viewer, tuple[Message, Message]]] = {
    Viewer.FRIEND: (
        message("A friend or a neighbour"),
        message("They know habits, nicknames, pets, the street, and what was talked about."),
    ),
    Viewer.RELATIVE: (
        message("A relative"),
        message("They know births, deaths and moves, and how many children there are."),
    ),
    Viewer.PARTNER: (
        message("A former partner"),
        message("They know what happened at home, and may want to find the person."),
    ),
    Viewer.WORKER: (
        message("Someone who worked with them"),
        message("They know which agency did what, and roughly when."),
    ),
    Viewer.JOURNALIST: (
        message("A journalist, or anyone who is curious"),
        message("They know nobody, and have the web, newspapers and court lists."),
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A passage that may tell who it was, and the question about it."""

    passage: str
    question: Message


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be read: its key, its title and when it was ("" where it has none), its texts (Markdown) in order."""

    key: str
    title: str
    when: str
    texts: tuple[str, ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The passages that may tell most, in reading order; reads the whole text, so ask one part at a time."""
        read = (self.title, *self.texts)
        found = [(n, prompt) for n, text in enumerate(read) for prompt in find_prompts(text, most=PROMPTS)]
        telling = sorted(found, key=lambda one: -one[1].weight)[:PROMPTS]
        telling.sort(key=lambda one: (one[0], one[1].start))
        return tuple(Asked(_quoted(read[n], p.start, p.end), p.question) for n, p in telling)


def parts_of(shown: Shown) -> tuple[Part, ...]:
    """What there is to be read, in reading order: how it starts, each episode, the contacts and tracks."""
    return tuple(part for part in _parts(shown) if part.texts or part.title)


def _parts(shown: Shown) -> Iterator[Part]:
    people = (text for person in shown.people for text in (_named(person), person.about))
    yield Part(START, "", "", _texts((shown.title, shown.introduction, *people)))
    for episode in shown.episodes:
        when = episode.when.text if episode.when else ""
        yield Part(episode.key, episode.title, when, _texts((episode.text,)))
    contacts = (_of_contact(shown, contact) for contact in shown.contacts)
    notes = (f"{gap.when.text}: {gap.kind_label}. {gap.note}" for gap in shown.gaps)
    tracks = (
        f"{track.title}: "
        + ", ".join(f"{point.when.text} {point.label or point.value or ''}" for point in track.points)
        for track in shown.tracks
    )
    yield Part(CONTACTS, "", "", _texts((*contacts, *notes, *tracks)))


def _named(person: ShownPerson) -> str:
    """Name and age; a name that runs from right to left stands apart, so that it turns the age nowhere."""
    leftward = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in person.name)
    name = f"\u2068{person.name}\u2069" if leftward else person.name
    return f"{name} {person.age_band}".strip()


def _of_contact(shown: Shown, contact: ShownContact) -> str:
    """All that a reader can learn of one contact, in one paragraph."""
    lane = next(lane.label for lane in shown.lanes if lane.key == contact.lane)
    said = (
        contact.label,
        contact.detail,
        contact.response,
        contact.no_response,
        contact.impact,
        contact.own_words,
    )
    outcome = (contact.kind_label, contact.outcome_label, *contact.need_labels)
    return f"{contact.when.text}, {lane}: " + " – ".join(
        text for text in (*said, ", ".join(filter(None, outcome))) if text
    )


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())


def _quoted(text: str, start: int, end: int, around: int = 60) -> str:
    """The passage with a few words on either side, so that it can be found in the text."""
    left = text.rfind(" ", 0, max(start - around, 0)) + 1 if start > around else 0
    right = text.find(" ", min(end + around, len(text)))
    right = len(text) if right < 0 else right
    passage = " ".join(text[left:right].split())
    return f"{'… ' if left else ''}{passage}{' …' if right < len(text) else ''}"
