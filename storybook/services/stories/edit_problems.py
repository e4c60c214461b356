"""What is wrong with something sent from a form, in words: where = the field's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ...story.dates import check_span
from ...story.messages import Message, message
from ...story.model import Agency, Person, Story
from ...story.problems import Problem

#: What pydantic calls it -> what is wrong, what would be right (both may use the check's own limits).
_WORDS: dict[str, tuple[Message, Message]] = {
    "missing": (message("this is empty"), message("fill it in")),
    "extra_forbidden": (message("we do not know this field"), message("leave it out")),
    "enum": (message("that is not one of the choices"), message("pick one from the list")),
    "literal_error": (message("that is not one of the choices"), message("pick one from the list")),
    "int_parsing": (message("that is not a whole number"), message("write digits only, such as 3")),
    "int_type": (message("that is not a whole number"), message("write digits only, such as 3")),
    "float_parsing": (message("that is not a number"), message("write a number, such as 2.5")),
    "float_type": (message("that is not a number"), message("write a number, such as 2.5")),
    "bool_parsing": (message("that is neither yes nor no"), message("answer yes or no")),
    "string_type": (message("that is not text"), message("write some words")),
    "string_unicode": (message("that has letters we can't store"), message("type it again")),
    "string_too_short": (message("this is empty"), message("fill it in")),
}
_TOO_SHORT_OF_WORDS = (message("we can't use what is written here"), message("check it and try again"))
_PATTERNS: dict[str, tuple[Message, Message]] = {
    "ref": (
        message("that can't be a short name"),
        message("use letters, digits and single dashes, such as P1"),
    ),
    "slug": (message("that can't be an address"), message("use small letters, digits and single dashes")),
}
_LINE = (message("that goes over more than one line"), message("write it on one line"))


def problems_of(error: ValidationError) -> list[Problem]:
    """Every problem that pydantic found, each in plain words."""
    return [_problem(detail) for detail in error.errors()]


def _problem(detail: ErrorDetails) -> Problem:
    names = [str(part) for part in detail["loc"] if isinstance(part, str)]
    field = names[-1] if names else ""
    what, instead = _say(detail, field)
    return Problem(what, instead, where=field)


def _say(detail: ErrorDetails, field: str) -> tuple[Message, Message]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return _own_words(str(context["error"]))
    if kind == "string_too_long":
        limit = context["max_length"]
        return message("that is too long"), message("use at most {limit} letters", limit=limit)
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than", "finite_number"):
        return message("that number can't be right"), message("check it and try again")
    if kind == "string_pattern_mismatch":
        return _pattern(str(context.get("pattern", "")), field)
    return _WORDS.get(kind, _TOO_SHORT_OF_WORDS)


def _pattern(pattern: str, field: str) -> tuple[Message, Message]:
    if field == "slug":
        return _PATTERNS["slug"]
    return _LINE if "\\r" in pattern else _PATTERNS["ref"]


def _own_words(said: str) -> tuple[Message, Message]:
    """A check of the story's own, which says "what is wrong; what would be right"."""
    what, _, instead = said.partition("; ")
    right = message("{instead}", instead=instead) if instead else message("check it and try again")
    return message("{what}", what=what), right


def taken(slug: str) -> Problem:
    """Another story has this slug."""
    return Problem(
        message("there is a story called {slug} already", slug=slug),
        message("choose another slug"),
        where="slug",
    )


def span_problems(story: Story) -> list[Problem]:
    """Every part that ends before it starts, or says its end twice."""
    return [p for dated in _dated(story) for p in _span_problem(dated)]


def _dated(story: Story) -> Iterator[Any]:
    yield from (*story.contacts, *story.gaps, *(p for t in story.tracks for p in t.points))
    yield from (e for e in story.episodes if e.date)


def _span_problem(dated: Any) -> Iterable[Problem]:
    try:
        check_span(dated.date, dated.end)
    except ValueError as error:
        yield Problem(*_own_words(str(error)), where="end")


def in_use(story: Story, part: Any) -> list[Problem]:
    """Why a person or an agency can't be removed: how many other parts still point to it."""
    if isinstance(part, Agency):
        uses = sum(part.ref in (c.agency, c.handoff_to) for c in story.contacts)
        uses += sum(part.ref == g.agency for g in story.gaps)
    elif isinstance(part, Person):
        groups: tuple[Any, ...] = (*story.contacts, *story.gaps, *story.tracks)
        uses = sum(part.ref in p.people for p in groups)
        uses += sum(part.ref == e.voice for e in story.episodes)
    else:
        return []
    return [_used(uses)] if uses else []


def _used(count: int) -> Problem:
    return Problem(
        message(
            "{count} other part of this story is about it",
            plural="{count} other parts of this story are about it",
            count=count,
        ),
        message("change or remove those first"),
        where="ref",
    )
