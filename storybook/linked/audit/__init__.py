"""The attack on everything that ever left a dataset, before anything more does.

``audit(ledger, new, manifests)`` says whether the new numbers may be shown beside the ledger: every hidden number
has to keep at least min(rounding base, width of its label) possible values, whatever a reader works out of all of it
together. docs/disclosure.md says how, and docs/adr has why.
"""

from __future__ import annotations

from .attack import audit
from .decision import Decision, GivenAway, not_shown

__all__ = ["Decision", "GivenAway", "audit", "not_shown"]
