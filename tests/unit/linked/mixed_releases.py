"""Releases of people and contacts together, and of both again after the data came in again."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from storybook.linked.suppression.rules import rule_called
from tests.unit.linked.ledgers import LATER, VERSION
from tests.unit.linked.releases import (
    Population,
    Release,
    areas,
    in_steps,
    margins,
    needs,
    periods,
    population,
    shown_of,
    telling,
    updated,
)


def mixed(seed: int) -> Release:
    """People and contacts in one release, all at once or a few at a time."""
    return _mixed(seed)[0]


def _mixed(seed: int) -> tuple[Release, Population, bool]:
    chance = Random(f"mixed {seed}")
    rule = rule_called(chance.choice(("default", "nhs", "nhs", "dfe")))
    people = list(chance.choice((margins, areas, periods, needs))(chance, "people"))
    asks = chance.sample(people, min(len(people), chance.randint(3, 5)))
    asks += [
        replace(ask, of="contacts") for ask in chance.sample(people, min(len(people), chance.randint(1, 3)))
    ]
    asks = list({ask.question: ask for ask in asks}.values())
    chance.shuffle(asks)
    one_ward = chance.random() < 0.7
    true = max((population(chance, one_ward) for _ in range(5)), key=lambda one: telling(one, asks, rule))
    steps = tuple(
        tuple(shown_of(true, ask, rule, VERSION) for ask in step) for step in in_steps(chance, asks)
    )
    sizes = {VERSION: len(true.people)}
    return Release(steps, {ask.question: ask for ask in asks}, rule, "people", sizes), true, one_ward


def mixed_again(seed: int) -> Release:
    """People and contacts in one release, and some of them once more after the data came in again."""
    chance = Random(f"again {seed}")
    one, true, one_ward = _mixed(seed)
    later = updated(chance, true, one_ward)
    asks = list(one.asked.values())
    again = chance.sample(asks, chance.randint(1, len(asks)))
    told = tuple(shown_of(later, ask, one.rule, LATER) for ask in again)
    steps = (*one.steps[: chance.randint(1, len(one.steps))], told)
    return replace(one, steps=steps, sizes={**one.sizes, LATER: len(later.people)})
