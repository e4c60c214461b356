"""A question as a line of text that people can read and write: what a story's file holds.

    how many people at "City Police" or "Jobcentre" with "offending" and "homelessness" in "Ward 1"
        from 2016-01-01 to 2016-12-31 quarter by quarter, according to city
    how many people seen by both "City Hospital A&E" and sector "housing" during this episode, according to city

The parts may stand in any order and over several lines; a quotation mark inside quotation marks is written twice.
``write`` always gives the same text for the same question, and ``read(write(enquiry)) == enquiry``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from ...story.messages import message
from ...story.problems import Problem, Problems
from .enquiry import Enquiry

_TOKEN: Final = re.compile(r'\s*("(?:[^"]|"")*"|[^\s",]+|,)')
_LISTS: Final = {"for": "kinds", "with": "needs", "in": "places", "aged": "age_bands", "who are": "genders"}
_JOINED: Final = {"needs": " and "}
#: Words that begin a part, the longest first.
_BEGINNINGS: Final = (
    "how many",
    "people",
    "contacts",
    "seen by both",
    "at",
    "for",
    "with multiple needs",
    "with",
    "in",
    "aged",
    "who are",
    "from",
    "to",
    "during this episode",
    "quarter by quarter",
    "according to",
    ",",
)
_FIRST_WORDS: Final = frozenset(phrase.split(" ")[0] for phrase in _BEGINNINGS)


def write(enquiry: Enquiry) -> str:
    """The enquiry as one line."""
    parts = [f"how many {enquiry.of}", *_places(enquiry)]
    parts += ["with multiple needs"] if enquiry.multiple else []
    parts += [
        _list(word, getattr(enquiry, name), name) for word, name in _LISTS.items() if getattr(enquiry, name)
    ]
    parts += [f"from {enquiry.first}"] if enquiry.first else []
    parts += [f"to {enquiry.last}"] if enquiry.last else []
    parts += ["during this episode"] if enquiry.episode else []
    parts += ["quarter by quarter"] if enquiry.quarterly else []
    return f"{' '.join(parts)}, according to {enquiry.dataset}"


def read(text: str, where: str = "", dataset: str = "") -> Enquiry:
    """The enquiry that ``text`` says; raises Problems (at ``where``) for anything that is not one.

    ``dataset`` is asked where the text does not say which.
    """
    words = _words(text)
    if words is None:
        raise Problems([_unclear(where)])
    fields: dict[str, Any] = {"dataset": dataset} if dataset else {}
    reading = _Reading(words)
    while reading.left:
        beginning = reading.beginning()
        if beginning is None or not _part(beginning, reading, fields):
            raise Problems([_unclear(where)])
    if "dataset" not in fields:
        what = message("the question does not say which data to ask")
        raise Problems([Problem(what, message("end it like this: according to city"), where)])
    return Enquiry.of_fields(**fields)


def _places(enquiry: Enquiry) -> Iterator[str]:
    named = [_quoted(name) for name in enquiry.agencies] + [
        f"sector {_quoted(one)}" for one in enquiry.sectors
    ]
    if named or enquiry.both:
        yield f"seen by both {' and '.join(named)}".strip() if enquiry.both else f"at {' or '.join(named)}"


def _list(word: str, values: tuple[str, ...], name: str) -> str:
    return f"{word} {_JOINED.get(name, ' or ').join(map(_quoted, values))}"


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _words(text: str) -> list[str] | None:
    found, place, text = [], 0, text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            return None
        found.append(match[1])
        place = match.end()
    return found


class _Reading:
    """The words of a question that are still to be read."""

    def __init__(self, words: list[str]) -> None:
        self.left = words

    def beginning(self) -> str | None:
        """Takes the words that begin a part."""
        return next((phrase for phrase in _BEGINNINGS if self.take(phrase)), None)

    def take(self, phrase: str) -> bool:
        """Takes ``phrase``, if it comes next."""
        wanted = phrase.split(" ")
        if [word.casefold() for word in self.left[: len(wanted)]] != wanted:
            return False
        self.left = self.left[len(wanted) :]
        return True

    def named(self) -> bool:
        """Whether the name of an agency or a sector comes next."""
        return bool(self.left) and (
            self.left[0].startswith('"') or self.left[0].casefold() not in _FIRST_WORDS
        )

    def value(self) -> str | None:
        """Takes a value: one word, or anything between quotation marks."""
        if not self.left or self.left[0] == ",":
            return None
        word, self.left = self.left[0], self.left[1:]
        return word[1:-1].replace('""', '"') if word.startswith('"') else word

    def values(self) -> tuple[str, ...] | None:
        """Takes values joined by "and" or "or"; None where one is missing."""
        found = [self.value()]
        while found[-1] is not None and (self.take("and") or self.take("or")):
            found.append(self.value())
        return None if None in found else tuple(one for one in found if one is not None)


def _part(beginning: str, reading: _Reading, fields: dict[str, Any]) -> bool:
    """Reads one part into ``fields``; False where it makes no sense."""
    if beginning in _FLAGS:
        fields.update(_FLAGS[beginning])
        return True
    if beginning in _VALUES:
        fields[_VALUES[beginning]] = value = reading.value()
        return value is not None
    if beginning in _LISTS:
        return _add(fields, _LISTS[beginning], reading.values())
    fields["both"] = beginning == "seen by both"
    return _named_places(reading, fields)


def _named_places(reading: _Reading, fields: dict[str, Any]) -> bool:
    if fields["both"] and not reading.named():
        return True  # said, and told to be incomplete when it is asked
    while True:
        name = "sectors" if reading.take("sector") else "agencies"
        if not _add(fields, name, _one(reading.value)):
            return False
        if not (reading.take("and") or reading.take("or")):
            return True


def _one(value: Callable[[], str | None]) -> tuple[str, ...] | None:
    found = value()
    return None if found is None else (found,)


def _add(fields: dict[str, Any], name: str, values: tuple[str, ...] | None) -> bool:
    fields[name] = (*fields.get(name, ()), *(values or ()))
    return values is not None


_FLAGS: Final[dict[str, dict[str, Any]]] = {
    "how many": {},
    ",": {},
    "people": {"of": "people"},
    "contacts": {"of": "contacts"},
    "with multiple needs": {"multiple": True},
    "during this episode": {"episode": True},
    "quarter by quarter": {"quarterly": True},
}
_VALUES: Final = {"from": "first", "to": "last", "according to": "dataset"}


def _unclear(where: str) -> Problem:
    what = message("this question can't be read")
    right = message('write it like this: how many people at "Jobcentre" with "offending", according to city')
    return Problem(what, right, where)
