"""What the pages call each part of a story, and which form it has: one line a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from ...services.stories.edit import PARTS, Part, PartKind
from ...story.formats.slugs import ref_of
from ...story.messages import Message, message
from ...story.model import Agency, Person, Story, Track
from .forms import AgencyForm, ContactForm, EpisodeForm, GapForm, PartForm, PersonForm, PointForm, TrackForm


@dataclass(frozen=True, slots=True)
class PartPage:
    """Headings, the form, and the template that lays its fields out."""

    form: type[PartForm]
    add: Message
    change: Message
    remove: Message
    template: str = "stories/parts/plain.html"


PAGES: dict[PartKind, PartPage] = {
    PartKind.PERSON: PartPage(
        PersonForm, message("Add a person"), message("Change a person"), message("Remove this person")
    ),
    PartKind.AGENCY: PartPage(
        AgencyForm, message("Add an agency"), message("Change an agency"), message("Remove this agency")
    ),
    PartKind.CONTACT: PartPage(
        ContactForm,
        message("Add a contact"),
        message("Change a contact"),
        message("Remove this contact"),
        "stories/parts/contact.html",
    ),
    PartKind.GAP: PartPage(
        GapForm, message("Add a gap"), message("Change a gap"), message("Remove this gap")
    ),
    PartKind.EPISODE: PartPage(
        EpisodeForm,
        message("Add an episode"),
        message("Change an episode"),
        message("Remove this episode"),
        "stories/parts/episode.html",
    ),
    PartKind.TRACK: PartPage(
        TrackForm, message("Add a track"), message("Change a track"), message("Remove this track")
    ),
    PartKind.POINT: PartPage(
        PointForm, message("Add a point to a track"), message("Change a point"), message("Remove this point")
    ),
}

#: Kinds whose code (``ref``) is made for a person who leaves it empty, and the field it is made from.
_CODED = {PartKind.AGENCY: "name", PartKind.TRACK: "title"}


def find_part(story: Story, kind: PartKind, part_id: Any) -> Part | None:
    """The part with that id, or None."""
    return next((part for part in parts_of(story, kind) if part.id == part_id), None)


def parts_of(story: Story, kind: PartKind) -> Iterable[Part]:
    """Every part of one kind."""
    if kind is PartKind.POINT:
        return [point for track in story.tracks for point in track.points]
    return tuple(getattr(story, PARTS[kind][0]))


def with_code(story: Story, kind: PartKind, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with a code made where it was left empty: the next P1, P2..., or the name in small letters."""
    if fields.get("ref") or "ref" not in fields:
        return fields
    taken = {part.ref for part in parts_of(story, kind) if isinstance(part, Person | Agency | Track)}
    if kind is PartKind.PERSON:
        return {**fields, "ref": next(ref for n in count(1) if (ref := f"P{n}") not in taken)}
    return {**fields, "ref": ref_of(str(fields[_CODED[kind]] or ""), taken, instead=str(kind))}


def fresh(story: Story, kind: PartKind) -> dict[str, Any]:
    """What an empty form starts with: the model's own defaults, and the next place for an episode."""
    model = PARTS[kind][1]
    values = {
        n: f.get_default(call_default_factory=True)
        for n, f in model.model_fields.items()
        if not f.is_required()
    }
    if kind is PartKind.EPISODE:
        values["position"] = max((episode.position for episode in story.episodes), default=-1) + 1
    return {name: value for name, value in values.items() if name not in ("id", "version")}
