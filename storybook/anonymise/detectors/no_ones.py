"""What looks like a name and is nobody's: laws and illnesses called after people, storms, medicines by their dose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from .context import KIN, TITLES
from .scan import scan
from .tokens import Token
from .words import key, words

#: Laws by their names are nobody's, nor are illnesses and tests called after people, nor storms.
_CALLED: Final = re.compile(
    r"(?:[A-Z][\w’']{1,40},?\s(?:(?:and|of|for|to|the|in)\s){0,2}|\([A-Z][A-Za-z ,]+\)\s){1,8}"
    r"(?:Act|Regulations|Order|Code)\b(?:\s(?:19|20)\d\d)?"
    r"|(?:St\.? )?[A-Z]\w{1,40}(?:['’]s?)\s"
    r"(?i:law|rule|syndrome|disease|palsy|sign|test|wort|score|scale|fracture|lymphoma|flag|cross|phenomenon)\b"
    r"|(?:Storm|Hurricane|Cyclone)\s[A-Z][a-zé]{2,20}\b"
)
#: A medicine, a cream or a feed by how much of it: "Flucloxacillin 500mg", "Fortisip 125 ml".
_DOSED: Final = re.compile(
    r"\b(?P<id>[A-Z][a-z]{3,30}(?:-[A-Za-z]{1,12})?)\s\d{1,4}(?:\.\d{1,3})?(?:-\d{1,4})?\s?(?:mg|mcg|mls?|g|micrograms?|grams|units|iu|%)(?!\w)"
)


def no_ones(text: str) -> Iterator[tuple[int, int]]:
    """Where such things stand."""
    yield from (match.span() for match in _CALLED.finditer(text))
    for match in scan(_DOSED, text):
        if key(match["id"]) not in words().given:
            yield match.span("id")


def is_borne(found: Sequence[Token], at: int) -> bool:
    """Whether somebody bears the name of a shop or a sauce: "Mrs Tetley", "my neighbour Heinz", "Bell's sister"."""
    token, before, after = found[at], found[at - 1 : at], found[at + 1 : at + 2]
    told = any(t.key in TITLES or t.key in KIN for t in before) and token.gap in (" ", ". ", "  ")
    return (told and not before[0].owns) or (token.owns and any(t.key in KIN for t in after))
