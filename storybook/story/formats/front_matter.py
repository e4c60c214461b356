"""The YAML between the ``---`` lines of ``story.md``: keys, lists and text, nothing cleverer.

Read event by event, so that every value stays text, every key knows its line, and anchors, aliases, tags and
great depth are refused before they can grow into anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml
from yaml._yaml import CEmitter
from yaml.cyaml import CBaseLoader
from yaml.representer import SafeRepresenter
from yaml.resolver import BaseResolver

from ..messages import Message, message
from ..problems import Problems
from . import limits
from .trouble import refuse, shortened


class Mapped(dict[str, Any]):
    """A mapping that knows the line it begins on and the line of each key, counted in the whole file."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Flow(list[str]):
    """A list that is written on one line: ``[P1, P2]``."""


def load(text: str, where: str, first_line: int) -> Mapped:
    """The mapping that ``text`` holds. Raises Problems with the line, counted from ``first_line``."""
    try:
        events = yaml.parse(text, Loader=CBaseLoader)
        found = _Reader(where, first_line, events).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise refuse(
            where,
            *_why(error),
            first_line + mark.line if mark else first_line,
            mark.column + 1 if mark else None,
        ) from error
    return found


def dump(values: dict[str, Any]) -> str:
    """``values`` (text, lists, mappings) as YAML that ``load`` reads back the same."""
    return yaml.dump(
        values, Dumper=_Writer, allow_unicode=True, sort_keys=False, default_flow_style=False, width=2**30
    )


#: What YAML's reader says, in words for people: (what is wrong, what would be right).
_SAID: Final = {
    "mapping values are not allowed": (
        message("there is a second colon in this line"),
        message('put " around the text after the first colon'),
    ),
    "tab character": (message("this line begins with a tab"), message("use spaces")),
    "cannot start any token": (
        message("the text begins with a sign that means something here"),
        message('put " around the text, and use spaces in place of tabs'),
    ),
}


def _why(error: yaml.YAMLError) -> tuple[Message, Message]:
    said = getattr(error, "problem", None) or "a character that YAML does not allow"
    for part, words in _SAID.items():
        if part in said:
            return words
    return (
        message("the part between the --- lines can't be read: {why}", why=shortened(said)),
        message("write each line as a key, a colon, a space and its text"),
    )


class _Reader:
    def __init__(self, where: str, first_line: int, events: Iterator[Any]) -> None:
        self._where, self._first, self._events = where, first_line, events

    def document(self) -> Mapped:
        next(self._events)  # the stream's start
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            return Mapped(self._first)
        found = self._value(next(self._events), 0)
        if not isinstance(found, Mapped):
            raise self._refusal(start, message("the part between the --- lines is not a list of keys"))
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise self._refusal(event, message("there are two documents between the --- lines"))
        return found

    def _value(self, event: Any, depth: int) -> Any:
        if depth > limits.DEPTH:
            raise self._refusal(event, message("the lists are too deep inside each other"))
        if isinstance(event, yaml.AliasEvent) or event.anchor or getattr(event, "tag", None):
            raise self._refusal(event, message("anchors (&), aliases (*) and tags (!) are not read here"))
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        return (
            self._list(depth) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(event, depth)
        )

    def _list(self, depth: int) -> list[Any]:
        found = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, depth + 1))
        return found

    def _mapping(self, start: Any, depth: int) -> Mapped:
        found = Mapped(self._first + start.start_mark.line)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            written = self._value(event, depth + 1)
            key = re.sub(r"[\s-]+", "_", str(written).strip().lower())
            if not isinstance(written, str):
                raise self._refusal(event, message("a key is a list"))
            if key in found:
                raise self._refusal(event, message('the key "{key}" is there twice', key=shortened(written)))
            found.lines[key] = self._first + event.start_mark.line
            found[key] = self._value(next(self._events), depth + 1)
        return found

    def _refusal(self, event: Any, what: Any) -> Problems:
        mark = event.start_mark
        return refuse(
            self._where,
            what,
            message("write plain keys, lists and text, each key once"),
            self._first + mark.line,
            mark.column + 1,
        )


class _Writer(CEmitter, SafeRepresenter, BaseResolver):
    """Writes plain text wherever YAML can hold it; nothing is taken for a date or a number, so nothing needs quotes."""

    def __init__(self, stream: Any, **options: Any) -> None:
        kept = ("canonical", "indent", "width", "allow_unicode", "line_break", "encoding")
        begins = ("explicit_start", "explicit_end", "version", "tags")
        CEmitter.__init__(self, stream, **{key: options[key] for key in (*kept, *begins) if key in options})
        SafeRepresenter.__init__(self, default_flow_style=False, sort_keys=False)
        BaseResolver.__init__(self)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML calls it so
        return True


#: Text that a block of lines can hold; anything else of several lines goes between quotation marks.
_BLOCK: Final = re.compile(r"\S(?:[^\S\n]*\S)*(?:\n+\S(?:[^\S\n]*\S)*)*", re.UNICODE)


def _text(writer: Any, text: str) -> Any:
    lines = text.split("\n")
    block = (
        len(lines) > 1
        and lines[0].strip()
        and all(line == line.strip() and line.isprintable() for line in lines)
    )
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if block else None)


def _flow(writer: Any, words: Flow) -> Any:
    return writer.represent_sequence("tag:yaml.org,2002:seq", words, flow_style=True)


_Writer.add_representer(str, _text)
_Writer.add_representer(Flow, _flow)
