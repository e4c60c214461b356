"""Every text of a story that the world would come to see, and the same story with other texts in their places.

The walk is over the model's own fields, so that one added later is looked through without anybody thinking of it.
Codes, dates and numbers are nobody's words; what never comes along (``showing``) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from ...story.counts import blanked
from ...story.messages import Message, message
from ...story.model import Agency, Contact, ShowAs, Story
from ..fields import name_of

#: Codes of the vocabulary, dates, numbers, and what only says how a part is shown.
CODES: Final = frozenset(
    {
        "id",
        "version",
        "kind",
        "outcome",
        "needs",
        "handoff_end",
        "sector",
        "date",
        "end",
        "date_policy",
        "show_as",
        "language",
        "fictional",
    }
)
#: No words of anybody's: codes, whatever points to another part, what stays inside.
_NOT_TEXT: Final = CODES | {
    "handoff_to",
    "agency",
    "people",
    "voice",
    "pronouns",
    "source",
    "links",
    "cost_item",
    "dataset",
    "dataset_agency",
    "question",
    "counts",
}
#: What parts of the story point to, or what is its address: a person changes it in the story, by hand.
_FIXED: Final = frozenset({"slug", "ref"})
_KINDS: Final = {
    "people": "person {number}: {field}",
    "agencies": "agency {number}: {field}",
    "contacts": "contact {number}: {field}",
    "gaps": "gap {number}: {field}",
    "episodes": "episode {number}: {field}",
    "tracks": "track {number}: {field}",
    "points": "track {track}, point {number}: {field}",
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a text stands: the part by its id (the story's own for its title), and the field."""

    part: UUID
    field: str


@dataclass(frozen=True, slots=True)
class StoryText:
    """One text. ``fixed``: other parts point to it, so nothing can be put in its place but by hand."""

    place: Place
    where: Message
    text: str

    @property
    def field(self) -> Message:
        """What the field is called."""
        return name_of(self.place.field)

    @property
    def looked(self) -> str:
        """The text as it is looked through: blank where a question to linked data stands."""
        return blanked(self.text) if "{" in self.text else self.text

    @property
    def fixed(self) -> bool:
        """Whether it is a short name or an address."""
        return self.place.field in _FIXED


def story_texts(story: Story) -> Iterator[StoryText]:
    """The texts of ``story`` that would be shown, in reading order; empty ones are left out."""
    for name in type(story).model_fields:
        if name in _KINDS:
            yield from _of_parts(name, getattr(story, name))
        elif text := _text(name, getattr(story, name)):
            yield StoryText(Place(story.id, name), name_of(name), text)


def _of_parts(kind: str, parts: tuple[Any, ...], **more: Any) -> Iterator[StoryText]:
    for number, part in enumerate(parts, 1):
        for name in type(part).model_fields:
            if text := _text(name, getattr(part, name)) if _comes_along(part, name) else "":
                where = message(_KINDS[kind], number=number, field=name_of(name), **more)
                yield StoryText(Place(part.id, name), where, text)
        if kind == "tracks":
            yield from _of_parts("points", part.points, track=number)


def _text(name: str, value: Any) -> str:
    return value if isinstance(value, str) and name not in _NOT_TEXT else ""


def _comes_along(part: Any, name: str) -> bool:
    """Contacts that are not told stay; so do an agency's short name, and its name where another is shown."""
    if isinstance(part, Contact):
        return not part.not_telling
    if isinstance(part, Agency):
        return name == {ShowAs.NAME: "name", ShowAs.ALIAS: "alias"}.get(part.show_as)
    return name != "ref" or not hasattr(part, "points")


def with_texts(story: Story, texts: Mapping[Place, str], *, count: bool = False) -> Story:
    """``story`` with ``texts`` in their places, checked; ``count`` gives each changed part its next version."""
    return Story.model_validate(_changed(story, texts, count=count)) if texts else story


def _changed(part: Any, texts: Mapping[Place, str], *, count: bool) -> dict[str, Any]:
    values = {name: getattr(part, name) for name in type(part).model_fields}
    mine = {p.field: text for p, text in texts.items() if p.part == part.id and values[p.field] != text}
    for name, value in values.items():
        if isinstance(value, tuple) and value and hasattr(value[0], "version"):
            values[name] = tuple(_changed(one, texts, count=count) for one in value)
    if mine and count:
        values["version"] += 1
    return values | mine


def each_text(story: Story, change: Callable[[StoryText], str]) -> dict[Place, str]:
    """What ``change`` makes of every text, where that is something else."""
    made = ((one, change(one)) for one in story_texts(story))
    return {one.place: new for one, new in made if new != one.text}
