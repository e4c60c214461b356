"""Draft to edition: identifiers, date policy, candidate, and the one function that makes an Edition."""

from .detectors.findings import Confidence, Finding, Kind, Tier, What
from .detectors.hints import find_identifiers
from .detectors.names import Names
from .detectors.prompts import Prompt, find_prompts

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
