"""A candidate: exactly what would be published, frozen, so that people can agree to it by its hash.

The hash is the SHA-256 of the candidate's canonical JSON: UTF-8, Unicode NFC, keys sorted, no spaces, no
floating-point numbers. One changed character is another candidate and asks everybody again.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from ..story.messages import message
from ..story.model import DatePolicy, Slug, Story
from ..story.problems import Problem, Problems, StorybookError
from ..story.vocabulary import Vocabulary
from .dates.policy import RULES, Shift
from .lanes import Demand
from .showing import Numbers, show
from .shown import Grain, NoDemand, Shown, ShownCount

SCHEMA_VERSION = 1


class NotCanonical(StorybookError):
    """Stored text is not the canonical JSON of what it claims to be."""


class Manifest(BaseModel):
    """What was done to make it safe, and what stands in it; nothing about who.

    ``policy`` and ``grain``: how dates are shown. ``counts``: how many lanes and places of the
    narrative carry linked counts, and ``provenance`` where those of the lanes come from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
    policy: DatePolicy
    grain: Grain
    people: int
    contacts: int
    lanes: int
    counts: int
    provenance: str


class Candidate(BaseModel):
    """What would be published. ``sha256`` names it; two candidates are equal if their hashes are."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    schema_version: Literal[1] = 1
    slug: Slug
    shown: Shown
    manifest: Manifest

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.slug != self.shown.slug or self.manifest != manifest_of(self.shown):
            raise ValueError("the manifest does not describe what is shown")
        return self

    def to_json(self) -> str:
        """The canonical JSON."""
        return self._written[0]

    @property
    def sha256(self) -> str:
        """Hash of the canonical JSON, in hexadecimal."""
        return self._written[1]

    @cached_property
    def _written(self) -> tuple[str, str]:
        """(canonical JSON, its hash). A candidate never changes, and everybody who agrees to it asks for its hash."""
        text = canonical(self.model_dump(mode="json"))
        return text, digest(text)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As pydantic's; what was written of the old one does not come along."""
        copy = super().model_copy(update=update, deep=deep)
        copy.__dict__.pop("_written", None)
        return copy

    @classmethod
    def from_json(cls, text: str) -> Candidate:
        """The candidate that ``text`` is the canonical JSON of; ``NotCanonical`` for anything else."""
        try:
            candidate = cls.model_validate_json(text)
        except ValidationError:
            # The cause would quote the text, and what is in a story never reaches a log.
            raise NotCanonical("this is not a candidate that we can read") from None
        if candidate.to_json() != text:
            raise NotCanonical("this is not the canonical JSON of a candidate")
        return candidate


def canonical(value: Any) -> str:
    """The one JSON text of ``value``: NFC, keys sorted, no spaces, no floats (TypeError)."""
    return json.dumps(
        _normal(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def _normal(value: Any) -> Any:
    if isinstance(value, float):
        raise TypeError("canonical JSON holds no floating-point numbers")
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_normal(key): _normal(item) for key, item in value.items()}
    return [_normal(item) for item in value] if isinstance(value, list | tuple) else value


def digest(text: str) -> str:
    """SHA-256 of ``text`` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def manifest_of(shown: Shown) -> Manifest:
    """The manifest that belongs to ``shown``. ValueError if it holds a draft."""
    return Manifest(
        policy=DatePolicy(shown.policy),
        grain=shown.axis.grain,
        people=len(shown.people),
        contacts=len(shown.contacts),
        lanes=len(shown.lanes),
        counts=sum(not isinstance(lane.demand, NoDemand) for lane in shown.lanes)
        + sum(count.state == "counted" for count in shown.counts),
        provenance=shown.demand_note,
    )


def freeze(
    story: Story,
    vocabulary: Vocabulary,
    demand: Demand | None = None,
    shift: Shift | None = None,
    numbers: Numbers | None = None,
) -> Candidate:
    """What would be published of ``story`` as it stands, under its own date policy.

    ``shift`` is needed by the shifted policy and by no other (``Problems``); only its effect is in the
    candidate. A count in the narrative that can't be frozen is told as Problems, with its reason.
    """
    shown = show(story, RULES[story.date_policy], vocabulary, demand, _weeks(story, shift), numbers)
    if wrong := [count for count in shown.counts if count.state == "wrong"]:
        raise Problems([_unfit(count) for count in wrong])
    normal = Shown.model_validate_json(canonical(shown.model_dump(mode="json")))
    return Candidate(slug=story.slug, shown=normal, manifest=manifest_of(normal))


def _unfit(count: ShownCount) -> Problem:
    what = message("A number in the story can't be shown: {reason}", reason=count.changed)
    return Problem(what, message("change its question, or take it out"), "numbers")


def _weeks(story: Story, shift: Shift | None) -> int:
    if story.date_policy is not DatePolicy.SHIFTED:
        return 0
    if shift is None or shift.weeks == 0:
        what = message("This story's dates are to be moved, and nobody has said by how much")
        instead = message("let the program choose a secret number, or choose another way to show dates")
        raise Problems([Problem(what, instead, "date_policy")])
    return shift.weeks
