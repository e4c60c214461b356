"""What all tables share. Imported first: names of constraints are fixed before any table is made."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlmodel import SQLModel

#: Fixed names, so that a migration can change a constraint on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = SQLModel.metadata


class Holds(StrEnum):
    """What a column of text or JSON holds, so that taking words out of a story changes words and nothing else."""

    #: What people wrote.
    WORDS = "words"
    #: What the program wrote to find its way: states, sorts, hashes, names of questions and of files' endings.
    CODES = "codes"
    #: The short name of a part of the story.
    REF = "ref"
    #: What was worked out, words and codes in one, and can be worked out again.
    MADE = "made"


def holds(what: Holds, *, at: Iterable[str] = ()) -> dict[str, Any]:
    """For ``sa_column_kwargs`` of a column that may hold words; ``at``: the only names in its JSON that have some."""
    return {"info": {"holds": what, "at": frozenset(at)}}


WORDS, CODES, REF = holds(Holds.WORDS), holds(Holds.CODES), holds(Holds.REF)
MADE = holds(Holds.MADE)
