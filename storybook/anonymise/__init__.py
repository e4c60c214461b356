"""Draft to edition: identifiers, date policy, candidate, and the one function that makes an Edition."""

from .findings import Confidence, Finding, Kind, Tier, What
from .hints import find_identifiers
from .names import Names
from .prompts import Prompt, find_prompts

__all__ = [
    "Confidence",
    "Finding",
    "Kind",
    "Names",
    "Prompt",
    "Tier",
    "What",
    "find_identifiers",
    "find_prompts",
]
