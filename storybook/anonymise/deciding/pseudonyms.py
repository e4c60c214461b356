"""Names to use in place of names: of no sex and no faith that a reader could be sure of, and nobody's in the story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, count
from typing import Final

from ..detectors.names import Names
from ..detectors.tokens import tokens
from ..kept import keeps_texts
from .letters import letters_of

PSEUDONYMS: Final = (
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
)


def free_pseudonyms(texts: Iterable[str], taken: Iterable[str], given: Iterable[str] = ()) -> Iterator[str]:
    """Names that stand nowhere in ``texts``, are no form of a name in ``taken`` and none of those ``given`` already.

    There is always another: when the names run out they get letters ("Robin B"), and then there are numbers.
    """
    used = frozenset().union(*(_words_of(text) for text in texts))
    names, given = Names(people=tuple(taken)), frozenset(given)
    heads = {put.partition(" ")[0] for put in given}
    free = [name for name in PSEUDONYMS if name.lower() not in used and not is_a_name(name, names)]
    lettered = (f"{name} {letter}" for letter in _LETTERS for name in free)
    numbered = (f"Person {number}" for number in count(1))
    fresh = (name for name in free if name not in heads)
    return chain(fresh, (name for name in chain(lettered, numbered) if name not in given))


_LETTERS: Final = "BCDEFGHKLMNPRST"


@lru_cache(maxsize=2048)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(token.key for token in tokens(text))


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


keeps_texts(_words_of)
