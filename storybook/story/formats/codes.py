"""The vocabulary's codes for words as workers write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ..vocabulary import default


def code_of(name: str, word: str) -> str:
    """The vocabulary's code for a code or label that somebody wrote; "" if there is none."""
    return _known(name).get(re.sub(r"[\W_]+", " ", word.casefold()).strip(), "")


@lru_cache
def _known(name: str) -> dict[str, str]:
    terms = getattr(default(), name)
    words = {
        re.sub(r"[\W_]+", " ", said.casefold()).strip(): term.code
        for term in terms
        for said in (term.label, term.code)
    }
    return words | _ALSO.get(name, {})


_ALSO: Final[dict[str, dict[str, str]]] = {
    "kinds": {
        "telephone": "call",
        "phone": "call",
        "telephone call": "call",
        "call": "call",
        "home visit": "visit",
        "letter": "letter",
        "email": "letter",
        "text": "letter",
        "text message": "letter",
        "referral": "referred",
        "assessment": "assessed",
        "hospital admission": "admission",
        "dna": "missed",
        "did not attend": "missed",
        "office visit": "appointment",
    },
    "outcomes": {
        "waiting list": "waiting",
        "refused": "turned-away",
        "no change": "no-change",
        "did not attend": "not-met",
        "dna": "not-met",
    },
    "hand_off_ends": {
        "no response": "no-reply",
        "rejected": "returned",
        "declined": "returned",
        "waiting": "pending",
    },
    "needs": {
        "housing": "homelessness",
        "homeless": "homelessness",
        "mental health": "mental-health",
        "substance misuse": "drug-alcohol",
        "drugs": "drug-alcohol",
        "alcohol": "drug-alcohol",
        "domestic abuse": "violence-abuse",
        "domestic violence": "violence-abuse",
        "unemployment": "worklessness",
        "crime": "offending",
    },
}
