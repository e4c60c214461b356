"""What must never come back, kept apart from the database and applied again before a restored one answers.

One JSON object a line: when, which editions, consents and permissions to take part (ids) ended, and which editions are
open to fewer now. No names, no slugs, no people.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID


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


def keep(path: Path, ended: Ended) -> None:
    """Adds a line to the file and waits until it is on disk."""
    line = json.dumps(
        {
            "at": ended.at.isoformat(),
            "editions": _texts(ended.editions),
            "consents": _texts(ended.consents),
            "permissions": _texts(ended.permissions),
            "narrowed": {str(id_): dict(left) for id_, left in ended.narrowed.items()},
        }
    )
    add_line(path, line)


def add_line(path: Path, line: str) -> None:
    """Adds one line to a file that only its owner reads, and waits until it is on disk."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab+") as file:
        file.write(_mend(file) + line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _mend(file: object) -> bytes:
    """A line break, if the machine stopped in the middle of the line before."""
    file.seek(0, os.SEEK_END)  # type: ignore[attr-defined]  # a binary file, whatever open() calls its class
    if file.tell() == 0:  # type: ignore[attr-defined]  # likewise
        return b""
    file.seek(-1, os.SEEK_END)  # type: ignore[attr-defined]  # likewise
    return b"" if file.read(1) == b"\n" else b"\n"  # type: ignore[attr-defined]  # likewise


def kept(path: Path) -> Iterator[Ended]:
    """Every withdrawal in the file; a line that was cut off by a crash was never acknowledged and is passed over."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
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
        )


def _texts(ids: Iterable[UUID]) -> list[str]:
    return [str(i) for i in ids]


def _ids(texts: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(UUID(t) for t in texts)
