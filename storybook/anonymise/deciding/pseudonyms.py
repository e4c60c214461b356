"""Names to use in place of names: of no sex and no faith that a reader could be sure of, and nobody's in the story."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..detectors.names import Names
from ..detectors.tokens import tokens
from .taking_out import letters_of

_NAMES: Final = [
    "Robin",
    "Sam",
    "Alex",
    "Jo",
    "Charlie",
    "Kit",
    "Frankie",
    "Jules",
    "Morgan",
    "Ash",
    "Rowan",
    "Jude",
    "Drew",
    "Billie",
    "Quinn",
    "Remy",
    "Ellis",
    "Marley",
    "Taylor",
    "Blake",
    "Casey",
    "Sky",
    "Reese",
    "Harper",
    "Emery",
    "Finley",
    "Arden",
    "Sage",
    "Lane",
    "Wren",
    "Bailey",
    "Rory",
    "Jessie",
    "Tatum",
    "Indy",
    "Lennox",
    "Nico",
    "Ari",
]


def free_pseudonyms(texts: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Names that stand nowhere in ``texts`` and are no form of a name in ``taken``; lettered when they run out."""
    used = {token.key for text in texts for token in tokens(text)}
    names = Names(people=tuple(taken))
    free = [name for name in _NAMES if name.lower() not in used and not is_a_name(name, names)]
    return [*free, *(f"{name} {letter}" for letter in "BCDEFGHKLMNPRST" for name in free)] or [
        f"Person {number}" for number in range(1, 200)
    ]


def is_a_name(put: str, names: Names) -> bool:
    """Whether ``put`` holds a form of any of ``names``; a name that is a word too ("Robin", "Will") by its capital."""
    said = tokens(put)
    return (
        names.hold_any(token for token in said if token.capital)
        or next(names.matches(said), None) is not None
    )


def same_letters(one: str, other: str) -> bool:
    """Whether two words are the same but for case and signs."""
    return [a for a, _ in letters_of(one)] == [b for b, _ in letters_of(other)]
