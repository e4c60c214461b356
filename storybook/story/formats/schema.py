"""The open story format as JSON Schema, made from the model so that the two can't drift apart.

``python -m storybook.story.formats.schema`` prints it; ``docs/story.schema.json`` is that, and a test holds it there.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Final

from pydantic import BaseModel

from ..model import Agency, Contact, Episode, Gap, Person, Point, Story, Track
from .contacts_csv import COLUMNS
from .story_md import LISTS, PARTS, STORY

_DATE: Final = (
    "A date as people write it or EDTF level 1, such as 2016-04, 2016-21, 2016? or 2016-04/2016-07."
)
_END: Final = "A date, or .. (or: ongoing)."
_KINDS: Final[dict[str, type[BaseModel]]] = {
    "people": Person,
    "agencies": Agency,
    "tracks": Track,
    "points": Point,
    "gaps": Gap,
}
_EPISODE: Final = (
    "title",
    "date",
    "end",
    "voice",
    "turning_point",
    "position",
    "counts",
    "text",
    "id",
    "version",
)
_LISTED: Final = ("people", "needs", "links")
_YES: Final = {"enum": ["yes", "no", "true", "false", True, False]}
_NUMBER: Final = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9.]+(e[+-]?[0-9]+)?$"}]}


def schema() -> dict[str, Any]:
    """The schema: ``front_matter`` and ``episodes`` of ``story.md``, and the rows of ``contacts.csv`` by heading."""
    front = _object(Story, STORY)
    front["properties"]["storybook"] = {"enum": ["1", 1]}
    front["properties"] |= {
        name: {"type": "array", "items": _object(_KINDS[name], PARTS[name])} for name in LISTS
    }
    front["required"] = ["title"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The open story format, version 1",
        "type": "object",
        "properties": {
            "front_matter": front,
            "episodes": {"type": "array", "items": _object(Episode, _EPISODE, optional=("position",))},
            "contacts": {"type": "array", "items": _row()},
        },
        "required": ["front_matter"],
        "additionalProperties": False,
    }


def _row() -> dict[str, Any]:
    fields = _object(Contact, tuple(COLUMNS.values()))["properties"]
    return {
        "type": "object",
        "properties": {heading: _cell(field, fields[field]) for heading, field in COLUMNS.items()},
        "required": ["Date", "Agency"],
        "additionalProperties": False,
    }


def _cell(field: str, found: dict[str, Any]) -> dict[str, Any]:
    if field in _LISTED:
        return {"type": "string", "description": "Joined by a semicolon and a space."}
    return found if field in ("date", "agency") else {"anyOf": [found, {"const": ""}]}


def _object(kind: type[BaseModel], keys: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    made = kind.model_json_schema()
    properties = {key: _property(key, made["properties"][key], made.get("$defs", {})) for key in keys}
    required = [key for key in keys if key in made.get("required", ()) and key not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _property(key: str, made: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    """What pydantic says of a field, as a person writes it: yes for true, numbers as text, dates as they come."""
    if key in ("date", "end"):
        return {"type": "string", "description": _DATE if key == "date" else _END}
    if key == "points":
        return {"type": "array", "items": _object(Point, PARTS["points"])}
    if "$ref" in made:
        return {"enum": defs[made["$ref"].rpartition("/")[2]]["enum"]}
    choices = [choice for choice in made.get("anyOf", [made]) if choice.get("type") != "null"]
    return _written(choices[0])


def _written(made: dict[str, Any]) -> dict[str, Any]:
    if made.get("type") == "boolean":
        return _YES
    if made.get("type") in ("number", "integer"):
        return _NUMBER
    kept: dict[str, Any] = {
        key: made[key] for key in ("type", "pattern", "minLength", "maxLength", "format") if key in made
    }
    if made.get("type") == "array":
        kept["items"] = {
            key: made["items"][key] for key in ("type", "pattern", "maxLength") if key in made["items"]
        }
    return kept


def text() -> str:
    """The schema as it stands in ``docs/story.schema.json``."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
