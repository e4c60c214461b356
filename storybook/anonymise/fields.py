"""Every text that a candidate carries, with the words that tell a person where it stands.

The walk is over the data itself, so that a field added later is examined without anybody thinking of it; what
has words of its own here reads better, anything else is named by its field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from ..story.messages import Message, message
from .shown import Shown

_PARTS: Final = {
    "people": "person {number}: {field}",
    "sectors": "sector {number}: {field}",
    "lanes": "agency {number}: {field}",
    "contacts": "contact {number} ({when}): {field}",
    "gaps": "gap {number} ({when}): {field}",
    "episodes": "episode {number}: {field}",
    "tracks": "track {number}: {field}",
    "counts": "number {number}: {field}",
}
_NAMES: Final = {
    "title": message("title"),
    "introduction": message("introduction"),
    "slug": message("address of the page"),
    "name": message("name"),
    "ref": message("short name"),
    "about": message("about this person"),
    "alias": message("the name it goes by here"),
    "summary": message("what happened"),
    "age_band": message("age band"),
    "label": message("what it is called"),
    "detail": message("detail"),
    "response": message("what the agency did"),
    "no_response": message("why there was no response"),
    "impact": message("what it meant"),
    "own_words": message("own words"),
    "note": message("note"),
    "text": message("text"),
    "voice_name": message("whose voice it is"),
    "people": message("people"),
    "acknowledgement": message("acknowledgement"),
    "demand_note": message("where the counts come from"),
    "asked": message("the question"),
    "narrowed": message("whom it counts"),
}
#: Made by the program from what is shown at the policy's grain: whole steps and their words, sums, codes of
#: its own.
_OURS: Final = frozenset({"caption", "policy", "axis", "when", "demand", "figure", "state", "changed"})
#: What the program says about a count: true periods as fine as the policy allows, and the days of the data, not of the
#: story. A question holds what people chose.
_OF_COUNTS: Final = frozenset(
    {"words", "definition", "period", "source", "as_of", "rule", "missing", "worked_out"}
)


@dataclass(frozen=True, slots=True)
class Field:
    """One text: where it stands in words, and whether people wrote it (``written``) or the program did."""

    where: Message
    text: str
    written: bool = True


def fields(shown: Shown) -> Iterator[Field]:
    """Every text of ``shown`` that somebody wrote or that names something, in reading order."""
    for name in type(shown).model_fields:
        value = getattr(shown, name)
        if name in _OURS:
            continue
        if isinstance(value, str):
            yield Field(name_of(name), value, written=name not in ("demand_note", "language"))
        elif isinstance(value, tuple):
            for number, part in enumerate(value, 1):
                yield from _of_part(name, number, part)


def _of_part(kind: str, number: int, part: BaseModel) -> Iterator[Field]:
    when = getattr(part, "when", None)
    said = when.text if when is not None else ""
    for name, text in _texts(part):
        written = kind != "counts" or name not in _OF_COUNTS
        yield Field(message(_PARTS[kind], number=number, when=said, field=name_of(name)), text, written)


def _texts(part: BaseModel) -> Iterator[tuple[str, str]]:
    for name in type(part).model_fields:
        if name not in _OURS and (getattr(part, name) or name not in getattr(part, "LATER", ())):
            for text in _strings(getattr(part, name)):
                yield name, text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from (text for _, text in _texts(value))
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)


def name_of(field: str) -> Message:
    """A field in words; one without words of its own by its name."""
    return _NAMES.get(field) or message("{field}", field=field.replace("_", " "))
