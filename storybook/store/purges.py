"""What was taken out everywhere, kept apart from the database: a restored one is gone through again before it answers.

One JSON object a line: an id that the audit trail names too, the story, how many letters, and a keyed hash of them.
The words themselves are nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from .apart import Apart


@dataclass(frozen=True, slots=True)
class Purge:
    """One taking out. ``key`` tells which key ``mark`` was made with, and nothing of the key; "" in older lists.

    ``signs``: whether signs (emoji) count among the letters. ``looks_letters`` and ``looks_mark``: the same of the
    Latin letters that the words look like, where those are others.
    """

    id: UUID
    story_id: UUID
    letters: int
    mark: str
    key: str = ""
    signs: bool = False
    looks_letters: int = 0
    looks_mark: str = ""


def keep(apart: Apart, purge: Purge) -> None:
    """Adds a line and waits until it is on disk."""
    fields = {"id": purge.id, "story": purge.story_id, "letters": purge.letters, "mark": purge.mark}
    fields |= {"key": purge.key, "signs": purge.signs}
    fields |= {"looks": purge.looks_letters, "looks_mark": purge.looks_mark} if purge.looks_mark else {}
    apart.add(json.dumps({name: v if isinstance(v, int) else str(v) for name, v in fields.items()}))


def kept(apart: Apart) -> Iterator[Purge]:
    """Every purge in the list; a line cut off by a crash was never acknowledged."""
    for line in apart.lines():
        try:
            raw = json.loads(line)
        except ValueError:
            continue
        story, key, signs = UUID(raw["story"]), raw.get("key", ""), raw.get("signs", False)
        looks = (raw.get("looks", 0), raw.get("looks_mark", ""))
        yield Purge(UUID(raw["id"]), story, raw["letters"], raw["mark"], key, signs, *looks)
