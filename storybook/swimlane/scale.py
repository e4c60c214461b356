"""From steps of the axis to pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..anonymise.shown import ShownContact, Span
from .geometry import near


@dataclass(frozen=True, slots=True)
class Scale:
    """``steps`` steps from ``x0`` to ``x1``; what lies off the axis is drawn at its edge."""

    x0: float
    x1: float
    steps: int

    def edge(self, step: float) -> float:
        """Where step ``step`` starts."""
        inside = min(max(step, 0), self.steps)
        return near(self.x0 + (self.x1 - self.x0) * inside / self.steps)

    def solid(self, span: Span) -> tuple[float, float]:
        """The part of ``span`` that is sure."""
        return self.edge(span.first), self.x1 if span.ongoing else self.edge(span.last + 1)

    def fuzzy(self, span: Span) -> tuple[float, float]:
        """The part of ``span`` that is possible."""
        lo, hi = self.solid(span)
        return min(lo, self.edge(span.fuzzy_first)), max(hi, self.edge(span.fuzzy_last + 1))

    def moments(self, contacts: Sequence[ShownContact]) -> dict[str, float]:
        """Where each moment stands: in the middle of its span, several of one lane and span side by side."""
        together = Counter(_place(c) for c in contacts)
        met: Counter[tuple[str, int, int]] = Counter()
        return dict(self._moments(contacts, together, met))

    def _moments(
        self, contacts: Sequence[ShownContact], together: Counter[tuple[str, int, int]],
        met: Counter[tuple[str, int, int]],
    ) -> Iterable[tuple[str, float]]:  # fmt: skip
        for contact in contacts:
            place = _place(contact)
            lo, hi = self.solid(contact.when)
            yield contact.key, near(lo + (hi - lo) * (met[place] + 0.5) / together[place])
            met[place] += 1


def _place(contact: ShownContact) -> tuple[str, int, int]:
    return contact.lane, contact.when.first, contact.when.last
