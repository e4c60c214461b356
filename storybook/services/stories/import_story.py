"""Bringing a story in from a file or folder: all of it or nothing, everything that is wrong told at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ...story.formats import Incoming, read, read_bytes
from ...story.problems import Problems
from ..access import check
from ..context import Context
from ..permissions import Action, Actor, may
from .place_problems import placed
from .save_story import save_story, story_problems

__all__ = ["check_story", "check_upload", "import_story", "save_story"]


def import_story(
    ctx: Context,
    actor: Actor,
    path: Path,
    *,
    format: str | None = None,
    mapping: Mapping[str, str] | None = None,
    slug: str | None = None,
    hidden: bool = False,
) -> Incoming:
    """Reads ``path`` and stores the story in it; what was guessed on the way comes back with it."""
    check(may(actor, Action.ADD_STORY), actor)
    found = check_story(ctx, path, format=format, mapping=mapping, slug=slug, hidden=hidden)
    save_story(ctx, actor, found.story)
    return found


def check_story(
    ctx: Context,
    path: Path,
    *,
    format: str | None = None,
    mapping: Mapping[str, str] | None = None,
    slug: str | None = None,
    hidden: bool = False,
) -> Incoming:
    """What would come in from ``path``; stores nothing. Raises Problems."""
    found = read(path, format=format, mapping=mapping, slug=slug, hidden=hidden)
    if problems := story_problems(ctx, found.story):
        raise Problems(placed(problems, path) if path.is_dir() else problems)
    return found


def check_upload(
    ctx: Context,
    actor: Actor,
    data: bytes,
    name: str,
    *,
    format: str | None = None,
    mapping: Mapping[str, str] | None = None,
    slug: str | None = None,
    hidden: bool = False,
) -> Incoming:
    """The same for a file that was uploaded, or a block that was pasted, under ``name``."""
    check(may(actor, Action.ADD_STORY), actor)
    found = read_bytes(data, name, format=format, mapping=mapping, slug=slug, hidden=hidden)
    if problems := story_problems(ctx, found.story):
        raise Problems(problems)
    return found
