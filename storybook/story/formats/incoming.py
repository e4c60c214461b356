"""What would come in: a story made of a file, and what was guessed on the way, for a screen to show first."""

from __future__ import annotations

from dataclasses import dataclass

from ..messages import Message
from ..model import Story


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a worker's table and what it was taken for: ``field`` is "" for a column that is left out."""

    heading: str
    field: str
    why: Message


@dataclass(frozen=True, slots=True)
class Mapping:
    """Every column of a table, in its order, with the field it was taken for; ``header_line`` counts from 1.

    ``hidden`` says what of the sheet is hidden, whether it was read or not; None where nothing is.
    """

    columns: tuple[Column, ...] = ()
    header_line: int = 1
    hidden: Message | None = None

    def field_of(self, heading: str) -> str:
        """The field that the column ``heading`` was taken for, or ""."""
        return next((column.field for column in self.columns if column.heading == heading), "")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A story that could come in. Nothing is kept yet.

    ``guesses`` says what was guessed (columns, sectors, people), ``notes`` what else is worth knowing (encoding,
    what was left out). ``format`` is ``folder``, ``chronology`` or ``timelinejs``.
    """

    story: Story
    format: str
    mapping: Mapping = Mapping()
    guesses: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
