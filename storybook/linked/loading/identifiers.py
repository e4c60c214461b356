"""Columns that look like they say who somebody is. They are left out; the value is never repeated.

Headings give most of them away; values catch the rest. A column of marks for people ("person") is judged by
most of its values, as a made-up mark can look like anything; a column of categories by any one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from ...story.messages import Message, message
from .identifier_kinds import (
    ADDRESS,
    ANYWHERE,
    BIRTHS,
    CLOSED_POSTCODE,
    HEADINGS,
    HOMES,
    MOSTLY,
    NAMES,
    NOTES,
    OWN_MARKS,
    POSTCODES,
    RECORD,
    Test,
    name_shaped,
    named,
    serial,
    year_in,
)

#: Categories are short; this many letters are somebody's notes.
_NOTE: Final = 80
#: Nobody has this many categories, with a value of its own for most rows.
_CATEGORIES: Final = 1_000
_SPREAD: Final = 25
#: More long numbers than these, each in few rows, are no categories.
_OWN, _ROWS_EACH = 20, 10
_HOMES: Final = message("homes of few people, such as sites, pitches or refuges")
_ADDRESSES: Final[Test] = (ADDRESS.fullmatch, message("addresses"))
_CLOSED: Final[Test] = (CLOSED_POSTCODE.fullmatch, POSTCODES)


def heading_kind(field: str, heading: str) -> Message | None:
    """What a heading says its column holds, if that identifies; ``field`` is what it is mapped to, or ""."""
    words = " ".join(
        re.sub(r"[^\w/' ]", " ", re.sub(r"([a-z])([A-Z])", r"\1 \2", heading).replace("_", " ")).split()
    ).casefold()
    if (field == "agency" and words == "name") or (field == "place" and words == "post code district"):
        return None
    return next((kind for pattern, kind in HEADINGS if re.fullmatch(pattern, words)), None)


def value_kind(field: str, values: Iterable[str], rows: int = 0) -> Message | None:
    """What the different ``values`` of a column look like, if that identifies or is somebody's notes.

    ``rows`` is how many rows they stand in, 0 if that is not known. ``field`` is "" for a column that is mapped to
    nothing, which is looked at to be able to name it.
    """
    values = [value for value in values if value]
    if not values:
        return None
    if field == "person":
        return _person(values)
    if field == "":
        return _unmapped(values)
    return (
        _category(values)
        or _street(field, values)
        or _not_categories(field, values, rows)
        or _own_numbers(values, rows)
    )


def holds_identifier(value: str) -> bool:
    """Whether one text holds something that says who somebody is: for what people write themselves."""
    return any(test(value) for test, _ in ANYWHERE)


def _person(values: Sequence[str]) -> Message | None:
    tests: tuple[Test, ...] = (
        *ANYWHERE,
        _ADDRESSES,
        _CLOSED,
        *MOSTLY,
        (name_shaped, NAMES),
    )
    return next((kind for test, kind in tests if _share(test, values) >= 0.5), None)


def _category(values: Sequence[str]) -> Message | None:
    for test, kind in ANYWHERE:
        if any(test(value) for value in values):
            return kind
    found = next((kind for test, kind in (_CLOSED, *MOSTLY) if _share(test, values) >= 0.2), None)
    return found or _notes(values)


def _street(field: str, values: Sequence[str]) -> Message | None:
    """Streets and people's names; an agency may be called after either."""
    if field == "agency":
        return None
    if any(ADDRESS.fullmatch(value) for value in values):
        return _ADDRESSES[1]
    if field == "place" and any(HOMES.search(value) for value in values):
        return _HOMES
    return NAMES if _share(named, values) >= 0.3 else None


def _own_numbers(values: Sequence[str], rows: int) -> Message | None:
    """Long numbers, many, and each in few rows: somebody's own, whatever they are called."""
    own = len(values) > _OWN and len(values) * _ROWS_EACH >= rows
    return RECORD if own and _share(serial, values) >= 0.5 else None


def _not_categories(field: str, values: Sequence[str], rows: int) -> Message | None:
    own = len(values) > _CATEGORIES and 2 * len(values) > rows > 0
    return OWN_MARKS if own and field != "agency" else None


def _unmapped(values: Sequence[str]) -> Message | None:
    dates = [year for value in values if (year := year_in(value)) is not None]
    if 5 * len(dates) >= len(values):
        return BIRTHS if max(dates) - min(dates) >= _SPREAD else None
    tests = (*ANYWHERE, _ADDRESSES, _CLOSED, *MOSTLY, (named, NAMES))
    found = next((kind for test, kind in tests if _share(test, values) >= 0.2), None)
    return found or _own_numbers(values, 0) or _notes(values)


def _notes(values: Sequence[str]) -> Message | None:
    return NOTES if _share(lambda value: len(value) > _NOTE, values) >= 0.1 else None


def _share(test: Callable[[str], object], values: Sequence[str]) -> float:
    return sum(bool(test(value)) for value in values) / len(values)
