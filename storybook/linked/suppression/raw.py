"""The true number, private to this package: it cannot be printed, formatted, pickled or put into JSON.

Only ``rules.protect`` turns it into a ``Figure``. Nothing outside ``storybook.linked`` may import this
module.
"""
# ruff: noqa: SLF001 - the functions below are the only way to the numbers, for this package alone

from __future__ import annotations

from typing import NoReturn


class Raw:
    """How many different people, how many contacts they made, and the most that one of them made."""

    __slots__ = ("_contacts", "_most", "_people")

    def __init__(self, people: int, contacts: int, most: int) -> None:
        self._people, self._contacts, self._most = people, contacts, most

    def __repr__(self) -> str:
        return "Raw(hidden)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a raw number never leaves storybook.linked; put it through rules.protect")


NOBODY = Raw(0, 0, 0)


def people_of(raw: Raw) -> int:
    """The number of people; for this package's own arithmetic."""
    return raw._people


def contacts_of(raw: Raw) -> int:
    """The number of contacts; for this package's own arithmetic."""
    return raw._contacts


def most_of(raw: Raw) -> int:
    """The largest number of contacts that one person made; for this package's own arithmetic."""
    return raw._most
