"""Files that an analyst sent, on their way into a dataset: kept in a folder that only the server's account can open.

    HOME/incoming/ID/files/1/…     what was sent, each in a folder of its own
    HOME/incoming/ID/state.json    whose it is, what was chosen so far

Gone when they are loaded, when somebody throws them away, and after a day. Nothing of them is in the database.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from ...linked.dataset.mapping import ColumnMapping, Wishes
from ...linked.loading.guessing import Column, look_at
from ...story.ids import new_id
from ...story.messages import message
from ...story.problems import Problem, Problems
from ..access import check
from ..context import Context
from ..errors import NotFound
from ..permissions import Action, Actor, may

#: Files of a load that nobody finished go after this time.
KEPT_FOR: Final = dt.timedelta(hours=24)


class Choices(BaseModel):
    """What an analyst said about the files: the dataset's name, which column holds what, whose rows they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    mapping: ColumnMapping
    wishes: Wishes = Wishes()


@dataclass(frozen=True, slots=True)
class Sent:
    """Files waiting to be loaded."""

    id: UUID
    folder: Path
    owner: UUID
    at: dt.datetime
    choices: Choices | None = None

    @property
    def files(self) -> list[Path]:
        """The files, in the order in which they were sent."""
        return sorted((self.folder / "files").glob("*/*"), key=lambda path: int(path.parent.name))

    def save(self) -> None:
        """Writes the state, whole or not at all."""
        choices = self.choices.model_dump(mode="json") if self.choices else None
        new = self.folder / ".state.json"
        text = {"owner": str(self.owner), "at": self.at.isoformat(), "choices": choices}
        new.write_text(json.dumps(text), encoding="utf-8")
        new.replace(self.folder / "state.json")


@contextmanager
def receive(ctx: Context, actor: Actor) -> Iterator[tuple[UUID, Path]]:
    """A new private folder to put files into, each in a numbered folder of its own.

    What was put there is gone if the block raises, and if one of the files is no table (Problems).
    """
    check(may(actor, Action.LOAD_DATA), actor)
    sent = Sent(new_id(), incoming_root(ctx) / "new", actor.id, ctx.clock.now())
    sent = replace(sent, folder=incoming_root(ctx) / str(sent.id))
    (sent.folder / "files").mkdir(mode=0o700, parents=True)
    try:
        yield sent.id, sent.folder / "files"
        if not any((sent.folder / "files").iterdir()):
            raise Problems([Problem(message("there is no file"), message("choose one or more"), "files")])
        _look(sent)
        sent.save()
    except BaseException:
        shutil.rmtree(sent.folder, ignore_errors=True)
        raise


def open_sent(ctx: Context, actor: Actor, sent_id: UUID) -> Sent:
    """One's own files; raises NotFound if they are gone or somebody else's."""
    check(may(actor, Action.LOAD_DATA), actor)
    sent = _read(incoming_root(ctx) / str(sent_id))
    if sent is None or sent.owner != actor.id:
        raise NotFound(message("These files are gone. Send them again."))
    return sent


def columns_of_sent(ctx: Context, actor: Actor, sent_id: UUID) -> tuple[Column, ...]:
    """What the columns may hold. Raises Problems for a file that is no table."""
    return _look(open_sent(ctx, actor, sent_id))


def _look(sent: Sent) -> tuple[Column, ...]:
    staging = sent.folder / "looking"
    staging.mkdir(mode=0o700, exist_ok=True)
    try:
        return look_at(sent.files, staging)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def choose(ctx: Context, actor: Actor, sent_id: UUID, choices: Choices) -> Sent:
    """Keeps what was chosen beside the files."""
    sent = replace(open_sent(ctx, actor, sent_id), choices=choices)
    sent.save()
    return sent


def throw_away(ctx: Context, sent_id: UUID) -> None:
    """Removes the files; nothing happens if they are gone."""
    shutil.rmtree(incoming_root(ctx) / str(sent_id), ignore_errors=True)


def sweep_sent(ctx: Context) -> None:
    """Removes files that nobody finished loading, and what a killed server left half received."""
    root = incoming_root(ctx)
    for folder in [*root.iterdir()] if root.is_dir() else []:
        sent = _read(folder)
        since = sent.at if sent else dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC)
        if ctx.clock.now() - since > KEPT_FOR:
            shutil.rmtree(folder, ignore_errors=True)


def incoming_root(ctx: Context) -> Path:
    """Where files that people send are kept for a while."""
    return ctx.home / "incoming"


def _read(folder: Path) -> Sent | None:
    try:
        state = json.loads((folder / "state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    choices = Choices.model_validate(state["choices"]) if state["choices"] else None
    at = dt.datetime.fromisoformat(state["at"])
    return Sent(UUID(folder.name), folder, UUID(state["owner"]), at, choices)
