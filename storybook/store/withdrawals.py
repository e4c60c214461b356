"""What must never come back, kept apart from the database and applied again before a restored one answers.

One JSON object a line: when, which editions, consents and permissions to take part (ids) ended, and which editions are
open to fewer now, and which frozen texts are kept off the open web. No names, no slugs, no people.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from .apart import Apart


@dataclass(frozen=True, slots=True)
class OffWeb:
    """A word on whether a frozen text may go onto the open web: that of a lead, or of those who share the story.

    A later word of the same kind takes the place of this one.
    """

    candidate: UUID
    by_lead: bool
    off: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """One withdrawal: at that moment these editions and consents ended.

    ``narrowed`` holds editions that stay open, each with the most that is left of its channels and their last days.
    """

    at: datetime
    editions: tuple[UUID, ...]
    consents: tuple[UUID, ...]
    narrowed: Mapping[UUID, Mapping[str, str]] = field(default_factory=dict)
    permissions: tuple[UUID, ...] = ()
    web: tuple[OffWeb, ...] = ()


def keep(apart: Apart, ended: Ended) -> None:
    """Adds a line to the list and waits until it is on disk."""
    line = json.dumps(
        {
            "at": ended.at.isoformat(),
            "editions": _texts(ended.editions),
            "consents": _texts(ended.consents),
            "permissions": _texts(ended.permissions),
            "narrowed": {str(id_): dict(left) for id_, left in ended.narrowed.items()},
            "web": [[str(one.candidate), one.by_lead, one.off] for one in ended.web],
        }
    )
    apart.add(line)


def kept(apart: Apart) -> Iterator[Ended]:
    """Every withdrawal in the list; a line that was cut off by a crash was never acknowledged and is passed over."""
    for line in apart.lines():
        try:
            raw = json.loads(line)
        except ValueError:
            continue
        narrowed = {UUID(id_): left for id_, left in raw.get("narrowed", {}).items()}
        yield Ended(
            datetime.fromisoformat(raw["at"]),
            _ids(raw["editions"]),
            _ids(raw["consents"]),
            narrowed,
            _ids(raw.get("permissions", ())),
            tuple(OffWeb(UUID(one), by_lead, off) for one, by_lead, off in raw.get("web", ())),
        )


def _texts(ids: Iterable[UUID]) -> list[str]:
    return [str(i) for i in ids]


def _ids(texts: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(UUID(t) for t in texts)
