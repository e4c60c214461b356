"""What is wrong with a story that is brought in: in words, with its place, and with the field that puts it right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...story.formats import Column
from ...story.messages import message, say
from ...story.problems import Problem
from ..forms import place, sentence

#: The fields of these pages by what a problem may call its place.
_FIELDS = {"file": "file", "pasted": "pasted", "title": "title", "slug": "title"}
_PERMISSION = "permission-"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to put right; ``field`` is the id of the field that it belongs to, "" where the page has none."""

    place: str
    said: str
    field: str = ""


def tell(problems: Iterable[Problem], *, columns: Sequence[Column] = (), rows: str = "") -> tuple[Told, ...]:
    """Each problem as the page says it. ``rows``: the id of the field that the rows came in by, where it is there."""
    return tuple(_told(problem, columns, rows) for problem in problems)


def beside(told: Iterable[Told]) -> dict[str, str]:
    """What stands at each field, by its id: the words themselves, or how many things are listed above."""
    said: dict[str, list[str]] = {}
    for one in told:
        if one.field:
            said.setdefault(one.field, []).append(one.said)
    return {field: _together(words) for field, words in said.items()}


def _told(problem: Problem, columns: Sequence[Column], rows: str) -> Told:
    own = _FIELDS.get(problem.where) or (problem.where if problem.where.startswith(_PERMISSION) else "")
    if problem.where == "slug":  # made from the title, and not asked for here
        problem = replace(problem, instead=message("call it something else"))
    if own:
        return Told("", sentence(problem), own)
    missing = bool(columns) and bool(problem.instead.params.keys() & {"field", "option"})
    if missing:  # a column is chosen on this page and not by a command
        problem = replace(problem, instead=message("choose it below"))
    field = rows if rows and not missing else _column(problem, columns, missing=missing)
    return Told(place(problem), sentence(problem), field)


def _column(problem: Problem, columns: Sequence[Column], *, missing: bool) -> str:
    """The id of the choice for the problem's column, as the page numbers them.

    Where a column is missing, it may be one that is left out: the first of those, else the first of all.
    """
    shown = [column for column in columns if column.heading]
    named = [column for column in shown if column.heading == problem.column]
    if missing and not named:
        named = [column for column in shown if not column.field] or shown
    return f"field-{shown.index(named[0]) + 1}" if named else ""


def _together(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return say(
        message(
            "There are {count} things to put right here. They stand at the top of this page.",
            count=len(words),
        )
    )
