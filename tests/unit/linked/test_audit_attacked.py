"""Randomised releases, attacked by somebody else: nothing hidden is given away, and little is refused for nothing.

The attacker (``attackers``) shares no line with the audit: for every value of every hidden number it looks for a
population over all patterns of contacts that a person may have.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from storybook.linked.asking.ledger import Released
from storybook.linked.audit import audit, not_shown
from storybook.linked.suppression.figures import Suppressed
from tests.unit.linked.attackers import left_short
from tests.unit.linked.mixed_releases import mixed, mixed_again
from tests.unit.linked.releases import SHAPES, Release, relative, release


@dataclass
class Tally:
    """What became of the steps of releases."""

    sets: int = 0
    steps: int = 0
    hidden: int = 0
    safe: int = 0
    refused_for_nothing: int = 0
    unsafe: int = 0
    broken: int = 0


def attack(seeds: range, made: Callable[[int], Release] = release) -> Tally:
    """Every release of ``seeds``, edition by edition: ``broken`` are hidden numbers that are left too little room."""
    tally = Tally()
    for seed in seeds:
        one, ledger = made(seed), []
        tally.sets += 1
        for step in one.steps:
            ledger += _shown(one, ledger, step, tally)
    return tally


def _shown(one: Release, ledger: list[Released], step: tuple[Released, ...], tally: Tally) -> list[Released]:
    """What is shown of a step after the audit, which the attacker is set on."""
    new = _as_before(ledger, step)
    decision = audit(ledger, new, [one.data(step)], seconds=600, further=600)
    unsafe = left_short(one.told([*ledger, *new]), one.of == "people")
    shown = list(decision.adapted(new))
    left = unsafe if decision.released else left_short(one.told([*ledger, *shown]), one.of == "people")
    tally.broken += _worse(one, ledger, new, left) if left else 0
    tally.steps += 1
    tally.hidden += sum(isinstance(number.figure, Suppressed) for number in shown)
    tally.safe += not unsafe
    tally.unsafe += bool(unsafe)
    tally.refused_for_nothing += not unsafe and not decision.released
    return shown


def _worse(one: Release, ledger: list[Released], new: list[Released], left: dict[int, int]) -> int:
    """How many are left less than if nothing of ``new`` were shown: what was told before can't be taken back."""
    untold = left_short(one.told([*ledger, *map(not_shown, new)]), one.of == "people")
    return sum(many < untold.get(place, many + 1) for place, many in left.items())


def _as_before(ledger: list[Released], step: tuple[Released, ...]) -> list[Released]:
    """A question keeps the answer that it has while the data do not change, as ``services.data.ledger`` holds it."""
    there = {(number.version, number.question): number for number in ledger}
    return [there.get((number.version, number.question), number) for number in step]


def test_no_release_of_a_few_leaves_a_hidden_number_too_little_room():
    tally = attack(range(1000, 1000 + len(SHAPES)))

    assert tally.steps >= len(SHAPES)
    assert tally.broken == 0
    assert tally.refused_for_nothing < tally.safe


@pytest.mark.parametrize(
    ("made", "seeds"), [(mixed, (19, 20)), (mixed_again, (23, 34)), (relative, (12, 13))]
)
def test_no_release_of_people_and_contacts_or_of_typical_levels_does(made, seeds):
    tallies = [attack(range(seed, seed + 1), made) for seed in seeds]

    assert [one.broken for one in tallies] == [0, 0]
    assert sum(one.unsafe for one in tallies) > 0


@pytest.mark.exam
@pytest.mark.parametrize("made", [mixed, mixed_again, relative])
def test_no_release_of_three_hundred_of_people_and_contacts_or_of_typical_levels_does(made, capsys):
    tally = attack(range(300), made)

    with capsys.disabled():
        sys.stdout.write(f"\n{made.__name__}: {tally}\n")
    assert tally.broken == 0
    assert tally.unsafe > 0
    assert tally.refused_for_nothing * 20 <= tally.safe


@pytest.mark.exam
@pytest.mark.parametrize("first", range(0, 2250, 225))
def test_no_release_of_two_thousand_does_and_at_most_one_in_twenty_is_refused_for_nothing(first, capsys):
    tally = attack(range(first, first + 225))

    with capsys.disabled():
        sys.stdout.write(f"\nfrom {first}: {tally}\n")
    assert tally.broken == 0
    assert tally.unsafe > 0
    assert tally.refused_for_nothing * 20 <= tally.safe
