"""From how many match in the rows to how many would in the whole population that the rows stand for.

Each person of the population is taken to be in the rows with the same chance, ``share`` = people in the rows / people
they stand for, whatever their life. If k of them match and nothing is known of the others beforehand, those who match
and are not in the rows follow a negative binomial distribution, NB(k + 1, share). What is said is its 5 % point added
to k: in nineteen of twenty cases it is more. docs/risk.md has assumptions and sources.
"""

from __future__ import annotations

from typing import Final

#: The chance that the estimate is too high.
_CAUTION: Final = 0.05
#: Nobody needs to know how many more than this match.
_ENOUGH: Final = 11


def in_the_city(matching: int, people: int, stands_for: int | None) -> int | None:
    """A cautious estimate of how many match among ``stands_for`` people, stopped at 11; None if nobody said how many.

    ``matching`` of the ``people`` in the rows do. Never fewer than these.
    """
    if not stands_for:
        return None
    if matching >= _ENOUGH or people >= stands_for:
        return matching
    return matching + _least_unseen(matching, people / stands_for, _ENOUGH - matching)


def _least_unseen(matching: int, share: float, most: int) -> int:
    """The 5 % point of NB(matching + 1, share), at most ``most``."""
    chance = share ** (matching + 1)
    total = chance
    for unseen in range(most):
        if total >= _CAUTION:
            return unseen
        chance *= (matching + 1 + unseen) / (unseen + 1) * (1 - share)
        total += chance
    return most
