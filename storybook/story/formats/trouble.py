"""Gathering what is wrong with a file, so that all of it is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from ..messages import Message, message
from ..problems import Problem, Problems
from . import limits

Part = TypeVar("Part", bound=BaseModel)

#: What pydantic finds wrong, in our words: kind of error -> (what, what would be right).
_SAID: Final = {
    "missing": ("there is no {field}", "give one"),
    "string_too_long": ("{field} is too long", "use at most {max_length} characters"),
    "string_too_short": ("there is no {field}", "give one"),
    "string_unicode": ("{field} holds half a character", "write it again"),
    "bool_parsing": ('{field} is "{input}"', "write yes or no"),
    "int_parsing": ('{field} is "{input}"', "write a whole number"),
    "float_parsing": ('{field} is "{input}"', "write a number, like 3 or 2.5"),
    "finite_number": ('{field} is "{input}"', "write a number, like 3 or 2.5"),
    "uuid_parsing": ('{field} is "{input}"', "leave it empty, and an id is made"),
    "enum": ('{field} is "{input}"', "write one of these: {expected}"),
    "greater_than_equal": ('{field} is "{input}"', "write {ge} or more"),
    "extra_forbidden": ('we do not know "{field}"', "take it away, or see the story format's page"),
}
#: What a text that does not look right should look like, by the pattern it broke.
_SHAPES: Final = (
    ("https?", "write an address that begins with http:// or https:// and has no spaces"),
    ("[a-z0-9]+(?:-", "use small letters, digits and single hyphens, like two-years"),
    ("[A-Za-z0-9]+(?:-", "use letters, digits and single hyphens, like P1 or the-night-shelter"),
    (r"\r\n", "put it on one line"),
)


class Trouble:
    """What is wrong with one file (``where``, as the person knows it), in the order it was found."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []

    def add(
        self, what: Message, instead: Message, line: int | None = None, column: int | str | None = None
    ) -> None:
        """One thing wrong, in this file."""
        self.problems.append(Problem(what, instead, self.where, line, column))

    def take(self, found: Problem, line: int | None = None, column: int | str | None = None) -> None:
        """A problem found by somebody who did not know the place."""
        self.add(found.what, found.instead, line, column)

    def build(
        self,
        kind: type[Part],
        values: Mapping[str, Any],
        line: int | None = None,
        names: Mapping[str, str] | None = None,
    ) -> Part | None:
        """A ``kind`` of ``values``; or None, with what is wrong added. ``names``: what people call the fields."""
        try:
            return kind.model_validate(dict(values))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                field = str(detail["loc"][0]) if detail["loc"] else ""
                self.take(_in_words(dict(detail), field), line, (names or {}).get(field, field) or None)
            return None

    def stop_if_any(self) -> None:
        """Raise Problems if anything was wrong so far."""
        if self.problems:
            raise Problems(_limited(self.problems))


def refuse(
    where: str, what: Message, instead: Message, line: int | None = None, column: int | str | None = None
) -> Problems:
    """The one problem that makes going on senseless, to be raised."""
    return Problems([Problem(what, instead, where, line, column)])


def close_to(word: str, known: list[str]) -> Message:
    """What somebody may have meant by ``word``, or what there is to choose from."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return message('did you mean "{word}"?', word=near[0])
    if not known:
        return message("add it to story.md first")
    return message("choose from: {words}", words=", ".join(known[:12]) + (", …" if len(known) > 12 else ""))


def shortened(text: object, length: int = 60) -> str:
    """``text`` on one line, short enough to stand in a sentence."""
    line = " ".join(str(text).split())
    return line if len(line) <= length else line[:length] + "…"


def _limited(problems: list[Problem]) -> list[Problem]:
    if len(problems) <= limits.TOLD:
        return problems
    left = len(problems) - limits.TOLD
    more = Problem(
        message("and {count} more", count=left), message("put these right first"), problems[0].where
    )
    return [*problems[: limits.TOLD], more]


def _in_words(detail: dict[str, Any], field: str) -> Problem:
    params = {"field": field.replace("_", " "), "input": shortened(detail["input"]), **detail.get("ctx", {})}
    if detail["type"] == "value_error":
        what, _, instead = str(detail["ctx"]["error"]).partition("; ")
        return Problem(
            message("{what}", what=what), message("{instead}", instead=instead or "write it another way")
        )
    if detail["type"] == "string_pattern_mismatch":
        return Problem(message('{field} is "{input}"', **params), message(_shape(params["pattern"])))
    what, instead = _SAID.get(detail["type"], ('{field} is "{input}"', "write it another way"))
    params.pop("error", None)
    return Problem(message(what, **params), message(instead, **params))


def _shape(pattern: str) -> str:
    return next(
        (shape for part, shape in _SHAPES if part in pattern), "leave out characters that can't be printed"
    )
