"""Where in a story's folder a problem stands that was found in the whole story: the file, the line, the heading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ...story.formats.contacts_csv import HEADINGS
from ...story.formats.tables import read_csv
from ...story.problems import Problem

_CONTACTS, _STORY = "contacts.csv", "story.md"
#: How ``vocabulary.check`` names a contact.
_CONTACT = re.compile(r"contact (?P<number>[0-9]+), ")


def placed(problems: Iterable[Problem], folder: Path) -> list[Problem]:
    """The problems, each with its place in the files of ``folder``."""
    lines = _lines(folder / _CONTACTS)
    return [_placed(problem, lines) for problem in problems]


def _lines(path: Path) -> list[int]:
    """The line on which each contact begins."""
    return [row.line for row in read_csv(path.read_bytes(), path.name).rows[1:]]


def _placed(problem: Problem, lines: list[int]) -> Problem:
    found = _CONTACT.match(problem.where)
    if found is None:
        return replace(problem, where=_STORY, column=f"{problem.where} {problem.column or ''}".strip())
    column = HEADINGS.get(str(problem.column), problem.column)
    return replace(problem, where=_CONTACTS, line=lines[int(found["number"]) - 1], column=column)
