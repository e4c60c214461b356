"""Randomised releases, attacked by somebody else: nothing hidden is given away, and little is refused for nothing.

The attacker (``attackers``) shares no line with the audit: for every value of every hidden number it looks for a
population over all patterns of contacts that a person may have.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from storybook.linked.audit import audit
from tests.unit.linked.attackers import left_short
from tests.unit.linked.releases import SHAPES, release


@dataclass
class Tally:
    """What became of the steps of releases."""

    steps: int = 0
    safe: int = 0
    refused_for_nothing: int = 0
    unsafe: int = 0


def attack(seeds: range) -> Tally:
    """Every release of ``seeds``, edition by edition; fails on a hidden number that is left too little room."""
    tally = Tally()
    for seed in seeds:
        one, ledger = release(seed), []
        for step in one.steps:
            decision = audit(ledger, step, [one.data])
            unsafe = left_short(one.told([*ledger, *step]), one.of == "people")
            shown = decision.adapted(step)
            left = (
                unsafe if decision.released else left_short(one.told([*ledger, *shown]), one.of == "people")
            )
            assert left == [], f"release {seed} ({SHAPES[seed % len(SHAPES)]}) gives a hidden number away"
            tally.steps += 1
            tally.safe += not unsafe
            tally.unsafe += bool(unsafe)
            tally.refused_for_nothing += not unsafe and not decision.released
            ledger += shown
    return tally


def test_no_release_of_a_few_leaves_a_hidden_number_too_little_room():
    tally = attack(range(12))

    assert tally.steps >= 12
    assert tally.refused_for_nothing == 0


@pytest.mark.exam
@pytest.mark.parametrize("first", range(0, 2000, 200))
def test_no_release_of_two_thousand_does_and_at_most_one_in_twenty_is_refused_for_nothing(first):
    tally = attack(range(first, first + 200))

    assert tally.unsafe > 0
    assert tally.refused_for_nothing * 20 <= tally.safe
