"""Draft to edition: identifiers, date policy, candidate, and the one function that makes an Edition."""

from .engine import find_identifiers
from .findings import Confidence, Finding, Kind, Tier, What
from .names import Names

__all__ = ["Confidence", "Finding", "Kind", "Names", "Tier", "What", "find_identifiers"]
