"""The middle one of several numbers: which side of it each of them is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..suppression.secondary import ENDLESS, Range
from .knowledge import meet, possible

Ranges = Sequence[Range]


class Middles:
    """``parts`` has for each middle one (its place) the places of those that it is the middle one of."""

    def __init__(self, parts: Mapping[int, Sequence[int]], counts: int) -> None:
        self.parts = {place: tuple(those) for place, those in parts.items()}
        self._counts = counts

    def added(self, numbers: Sequence[int]) -> list[int]:
        """The counts, with the middle ones (of an even number the lower) after them."""
        middles = [
            sorted(numbers[part] for part in parts)[(len(parts) - 1) // 2] for parts in self.parts.values()
        ]
        return [*numbers[: self._counts], *middles]

    def in_order(self, ranges: Ranges, numbers: Sequence[int] | None = None) -> list[Range] | None:
        """``ranges`` with the parts of each middle one held on their side of it; None if that can't be.

        By ``numbers``, where there are any, each part stays in the order that it has there; else all that may be the
        middle one are.
        """
        found = list(ranges)
        for middle, parts in self.parts.items():
            sides = _sides(found, found[middle], parts, numbers)
            if sides is None:
                return None
            for part, side in zip(parts, sides, strict=True):
                found[part] = meet(found[part], side)
        return found if all(map(possible, found)) else None


def _sides(
    ranges: Ranges, middle: Range, parts: Sequence[int], numbers: Sequence[int] | None
) -> list[Range] | None:
    half = (len(parts) - 1) // 2
    if numbers is not None:
        order = {
            part: place for place, part in enumerate(sorted(parts, key=lambda part: (numbers[part], part)))
        }
        side = (middle, (middle[0], ENDLESS), (0, middle[1]))
        return [side[(order[part] > half) - (order[part] < half)] for part in parts]
    below = [ranges[part][1] < middle[0] for part in parts]
    above = [ranges[part][0] > middle[1] for part in parts]
    if sum(below) > half or sum(above) > len(parts) - 1 - half:
        return None
    return [(0, ENDLESS) if low or high else middle for low, high in zip(below, above, strict=True)]
