"""The names that stand in one cell of a table, and words that mean everybody who is named."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_EVERYBODY: Final = frozenset(("both", "both of them", "all", "all of them", "everybody", "everyone"))


def names_in(cell: str) -> list[str]:
    """The names in ``cell``, each once."""
    found = re.split(r"\s*(?:[;,&/\n+]|\band\b)\s*", cell)
    return list(dict.fromkeys(name.strip() for name in found if name.strip()))


def name_key(name: str) -> str:
    """What is the same for one name, however its letters were put together."""
    return unicodedata.normalize("NFKC", name).casefold()


def is_everybody(name: str) -> bool:
    """Whether ``name`` is none, but means all the people of the table: "both", "everybody"."""
    return name_key(name) in _EVERYBODY
