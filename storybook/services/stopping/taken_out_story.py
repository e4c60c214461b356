"""A story without some words: every text of it, and every short name that is made of them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, Final

from ...anonymise.deciding.story_texts import CODES
from ...anonymise.deciding.taking_out import Wanted, stands_in, take_out, take_out_of
from ...story.model import Story

#: Short names by which parts point to each other.
_REFS: Final = frozenset({"ref", "agency", "handoff_to", "voice", "slug", "people"})
#: What is of use only as it is: left empty where the words stand in it.
_WHOLE: Final = frozenset({"dataset", "dataset_agency", "cost_item", "links"})
_LINE: Final = 500


class Rewriting:
    """Takes one set of words out; the same short name becomes the same new one everywhere."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self._refs: dict[str, str] = {}

    def story(self, story: Story) -> Story:
        """The story without the words, checked; every part that changed has its next version."""
        return Story.model_validate(self._part(story.model_dump()))

    def text(self, text: str) -> str:
        """A text without the words."""
        return self._refs.get(text) or take_out(text, self.wanted)

    def texts(self, texts: Sequence[str]) -> list[str]:
        """The texts of one part without the words, also where they begin in one and go on in another."""
        return [
            self._refs.get(text, new)
            for text, new in zip(texts, take_out_of(texts, self.wanted), strict=True)
        ]

    def stands_in(self, text: str) -> bool:
        """Whether the words stand in ``text``."""
        return stands_in(text, self.wanted)

    def ref(self, ref: str) -> str:
        """A short name without the words: a new one that says nothing, if they stand in it."""
        if not stands_in(ref, self.wanted):
            return ref
        return self._refs.setdefault(ref, f"x{secrets.token_hex(4)}")

    def _part(self, part: dict[str, Any]) -> dict[str, Any]:
        said = {name: value for name, value in part.items() if _is_text(name, value)}
        without = dict(zip(said, take_out_of([*said.values()], self.wanted), strict=True))
        new = {name: self._field(name, value, without.get(name)) for name, value in part.items()}
        own = [name for name in part if not _parts(part[name])]
        if any(new[name] != part[name] for name in own) and "version" in part:
            new["version"] = part["version"] + 1
        return new

    def _field(self, name: str, value: Any, without: str | None) -> Any:
        if _parts(value):
            return tuple(self._part(part) for part in value)
        if name in CODES or value is None:
            return value
        if name in _WHOLE:
            return self._whole(value)
        if name in _REFS:
            return self.ref(value) if isinstance(value, str) else tuple(map(self.ref, value))
        return value if without is None else without[: max(_LINE, len(value))]

    def _whole(self, value: Any) -> Any:
        if isinstance(value, str):
            return "" if stands_in(value, self.wanted) else value
        return tuple(one for one in value if not stands_in(one, self.wanted))


def _is_text(name: str, value: Any) -> bool:
    return isinstance(value, str) and name not in CODES | _WHOLE | _REFS


def _parts(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(one, dict) for one in value)
