"""What the columns of files may hold, guessed from headings and first rows; examples, but none that would identify."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ...story.messages import Message
from ...story.problems import Problem, Problems
from ..dataset.engine import engine
from .columns import headings_of, nested
from .identifiers import heading_kind, value_kind
from .row_dates import reads_like_a_day
from .sampling import sample
from .source_files import prepare

#: Most likely first: a heading in lower case, words apart.
_MARK: Final = (
    "(case|client|person|customer|patient|service user|tenant|subject)( ?(id|ref|no|number|mark|key|token))?"
)
_DAY: Final = "(contact|event|start|visit|incident|referral|activity) ?(date|day)"
_HEADINGS: Final = (
    ("person", rf"{_MARK}|(pseudo|anon)\w*( ?(id|mark|key|token))?"),
    ("person", r"u?id|ref(erence)?|who|mark|token"),
    ("date", rf".*(time ?stamp|date ?time).*|date|day|when|{_DAY}"),
    ("agency", r"agenc(y|ies)( name)?|organi[sz]ation|provider|service|partner|team|where|department"),
    ("agency", r"org( group)?|resource|source"),
    (
        "kind",
        r"(contact|event|activity|incident|visit)? ?type|kind( of contact)?|activity|event|what|category",
    ),
    ("need", r"((support|presenting) )?needs?"),
    ("place", r"ward|area|place|district|locality|neighbourhood|lsoa|msoa|region|borough"),
    ("age_band", r"age( ?(band|group|range))?"),
    ("gender", r"gender|sex"),
)
_EXAMPLES: Final = 3
_SHORT: Final = 40
#: More different values than these may be people's marks.
_MARKS: Final = 20
#: Fields that one column only can hold.
_ONE: Final = {"person", "date", "agency", "kind", "place", "age_band", "gender"}


@dataclass(frozen=True, slots=True)
class Column:
    """One heading: what it may hold ("" is leave it out), what it looks like if that identifies, some values."""

    heading: str
    guess: str
    looks_like: Message | None
    examples: tuple[str, ...]
    missing_in: tuple[str, ...] = ()


def look_at(files: Sequence[Path], staging: Path) -> tuple[Column, ...]:
    """The columns of all ``files``, in the order in which they come. Raises Problems for a file that is no table."""
    values: dict[str, list[str]] = {}
    there: dict[str, set[str]] = {}
    problems: list[Problem] = []
    with engine(staging / "spill") as connection:
        for number, path in enumerate(files, 1):
            try:
                source = prepare(path, number, (), staging, lambda _: None)
                headings = headings_of(connection, source)
            except Problems as found:
                problems += found.problems
                continue
            single = {name: column for name, column in headings.items() if name and not nested(column[1])}
            for heading, some in sample(connection, source, single).items():
                values.setdefault(heading, []).extend(some)
                there.setdefault(heading, set()).add(path.name)
    if problems:
        raise Problems(problems)
    names = [path.name for path in files]
    return _columns(
        values, {heading: [n for n in names if n not in found] for heading, found in there.items()}
    )


def _columns(values: Mapping[str, Sequence[str]], missing: Mapping[str, Sequence[str]]) -> tuple[Column, ...]:
    guesses = _guesses(values)
    found = []
    for heading, some in values.items():
        guess = guesses.get(heading, "")
        kind = heading_kind(guess, heading) or (None if guess == "date" else value_kind(guess, some))
        marks = guess == "person" or (not guess and _one_each(some))
        shown = () if kind is not None or marks else _examples(some)
        guess = "" if kind is not None and guess not in ("person", "date", "agency") else guess
        found.append(Column(heading, guess, kind, shown, tuple(missing[heading])))
    return tuple(found)


def _guesses(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Heading -> field, by headings first; the date by its values where no heading says it."""
    found: dict[str, str] = {}
    for field, pattern in _HEADINGS:
        for heading in values:
            free = heading not in found and not (field in _ONE and field in found.values())
            fits = bool(re.fullmatch(pattern, _plain(heading)))
            if free and fits and (field != "date" or _are_days(values[heading])):
                found[heading] = field
    if "date" not in found.values():
        days = (heading for heading, some in values.items() if heading not in found and _are_days(some))
        found |= dict.fromkeys(list(days)[:1], "date")
    return found


def _plain(heading: str) -> str:
    apart = re.sub(r"([a-z])([A-Z])", r"\1 \2", heading)
    return " ".join(re.sub(r"[_\-:./]", " ", apart).split()).casefold()


def _are_days(some: Sequence[str]) -> bool:
    written = [
        value
        for value in some
        if reads_like_a_day(value) or re.match(r"\d{1,2} [A-Za-z]{3,9} \d{2,4}", value)
    ]
    return 2 * len(written) > len(some)


def _one_each(some: Sequence[str]) -> bool:
    """Whether a column nobody knows may hold people's marks: many values, and few of them twice."""
    different = {value for value in some if value}
    return len(different) > _MARKS and 4 * len(different) > len(some)


def _examples(some: Iterable[str]) -> tuple[str, ...]:
    short = (value if len(value) <= _SHORT else f"{value[:_SHORT]}…" for value in some if value)
    return tuple(dict.fromkeys(short))[:_EXAMPLES]
