"""Bringing a story in: all of it or nothing, with everything that is wrong told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ..store import repository
from ..store.tables import ContactRow, StoryRow
from ..story.formats import read
from ..story.ids import new_id
from ..story.messages import Message
from ..story.model import Story
from ..story.problems import Problem, Problems
from ..story.vocabulary import check as check_vocabulary
from .access import check, remember_author
from .context import Context, Unit
from .edit_problems import span_problems, taken
from .permissions import Action, Actor, may


@dataclass(frozen=True, slots=True)
class Imported:
    """A story that came in, and what was guessed about the file on the way."""

    story: Story
    guesses: tuple[Message, ...] = ()
