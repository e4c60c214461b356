"""What is wrong, where, and what would be right: told all at once, never one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .messages import Message, say

#: What a terminal would act on instead of showing: a problem stays on its one line, whatever a file or its name holds.
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person has to put right.

    ``where`` is a file name, field or section as the person knows it; ``line`` and ``column`` count from 1
    (``column`` may be a heading such as ``"Date"``); ``None`` where there is no such place.
    """

    what: Message
    instead: Message
    where: str = ""
    line: int | None = None
    column: int | str | None = None

    def __str__(self) -> str:
        place = ":".join(str(p) for p in (self.where, self.line, self.column) if p not in (None, ""))
        said = f"{say(self.what)}; {say(self.instead)}"
        return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", f"{place}: {said}" if place else said)


class StorybookError(Exception):
    """The root of the errors that are meant for the person at the screen."""


class Problems(StorybookError):
    """Something given to us can't be used; carries every problem found, and nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))
