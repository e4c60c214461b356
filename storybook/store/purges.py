"""What was taken out everywhere, kept apart from the database: a restored one is gone through again before it answers.

One JSON object a line: an id that the audit trail names too, the story, how many letters, and a keyed hash of them.
The words themselves are nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from .withdrawals import add_line


@dataclass(frozen=True, slots=True)
class Purge:
    """One taking out."""

    id: UUID
    story_id: UUID
    letters: int
    mark: str


def keep(path: Path, purge: Purge) -> None:
    """Adds a line and waits until it is on disk."""
    fields = {"id": purge.id, "story": purge.story_id, "letters": purge.letters, "mark": purge.mark}
    add_line(path, json.dumps({name: v if isinstance(v, int) else str(v) for name, v in fields.items()}))


def kept(path: Path) -> Iterator[Purge]:
    """Every purge in the file; a line cut off by a crash was never acknowledged."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            raw = json.loads(line)
        except ValueError:
            continue
        yield Purge(UUID(raw["id"]), UUID(raw["story"]), raw["letters"], raw["mark"])
