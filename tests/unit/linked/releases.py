"""Randomised releases of true people: tables with margins, nested areas, overlapping periods, filters, sequences."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from storybook.linked.datasets import Manifest
from storybook.linked.ledger import Question, Released
from storybook.linked.raw import Raw
from storybook.linked.rules import Rule, protect, rule_called
from tests.unit.linked.attackers import Told
from tests.unit.linked.ledgers import manifest, released

MONTHS = ("2016-01", "2016-02", "2016-03")
AGENCIES = ("A", "B", "C")
WARDS = ("W1", "W2", "W3")
NEEDS = ("homelessness", "offending")
Cell = tuple[str, str, str]


@dataclass
class Population:
    """Who there is: each with needs and elementary contacts (agency, month, ward), as often as they were made."""

    people: list[tuple[frozenset[str], tuple[Cell, ...]]] = field(default_factory=list)

    def count(self, cells: frozenset[Cell], needs: frozenset[str]) -> Raw:
        """The true numbers."""
        chosen = [contacts for has, contacts in self.people if needs <= has]
        made = [sum(one in cells for one in contacts) for contacts in chosen]
        return Raw(sum(map(bool, made)), sum(made), max(made, default=0))


@dataclass(frozen=True)
class Ask:
    """Lists of what is asked about; an empty one stands for everything."""

    of: str
    agencies: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def cells(self) -> frozenset[Cell]:
        """The elementary contacts that count."""
        return frozenset(
            itertools.product(self.agencies or AGENCIES, self.months or MONTHS, self.wards or WARDS)
        )

    @property
    def question(self) -> Question:
        """The same for the ledger."""
        lists = {"agency": self.agencies, "month": self.months, "place": self.wards, "need": self.needs}
        where = sorted((name, value) for name, values in lists.items() for value in values)
        return Question(of=self.of, where=tuple(where))


def population(chance: Random, one_ward: bool) -> Population:
    """A few dozen to a few hundred people, some cells of them small."""
    found = Population()
    weights = [chance.choice((0.2, 1, 1, 4)) for _ in range(9)]
    cells = list(itertools.product(AGENCIES, MONTHS))
    for _ in range(chance.choice((15, 25, 40, 70, 120))):
        needs = frozenset(need for need in NEEDS if chance.random() < 0.4)
        wards = chance.sample(WARDS, 1 if one_ward or chance.random() < 0.8 else 2)
        touched = chance.choices(cells, weights, k=chance.choice((1, 1, 2, 3)))
        found.people.append((needs, tuple((a, m, chance.choice(wards)) for a, m in touched)))
    return found


def some(chance: Random, values: Sequence[str]) -> tuple[str, ...]:
    """Everything, one, or some of ``values``."""
    kind = chance.random()
    if kind < 0.35:
        return ()
    return tuple(sorted(chance.sample(values, 1 if kind < 0.75 else chance.randint(1, len(values)))))


def asks(chance: Random, shape: str, of: str) -> list[Ask]:
    """The questions of a release of one ``shape``."""
    agencies = AGENCIES[: chance.choice((2, 3))]
    if shape == "margins":
        lines = [Ask(of, (a,), (m,)) for a in agencies for m in MONTHS[:2]]
        return [
            *lines,
            *(Ask(of, (a,), MONTHS[:2]) for a in agencies),
            *(Ask(of, agencies, (m,)) for m in MONTHS[:2]),
        ]
    if shape == "areas":
        narrow = [Ask(of, agencies[:1], (), (ward,)) for ward in WARDS]
        return [*narrow, Ask(of, agencies[:1], (), WARDS[:2]), Ask(of, agencies[:1])]
    if shape == "periods":
        stretches = [MONTHS[first:after] for first in range(3) for after in range(first + 1, 4)]
        return [Ask(of, agencies[:1], months) for months in chance.sample(stretches, chance.randint(3, 6))]
    if shape == "needs":
        return [Ask(of, agencies[:1], (), (), needs) for needs in ((), NEEDS[:1], NEEDS[1:], NEEDS)]
    return [
        Ask(
            of, some(chance, AGENCIES), some(chance, MONTHS), some(chance, WARDS)[:2], some(chance, NEEDS)[:1]
        )
        for _ in range(chance.randint(3, 5))
    ]


SHAPES = ("margins", "areas", "periods", "needs", "filters")


@dataclass(frozen=True)
class Release:
    """A release: what each step of a sequence of editions shows, and the data it comes from."""

    steps: tuple[tuple[Released, ...], ...]
    asked: tuple[Ask, ...]
    data: Manifest
    rule: Rule
    of: str

    def told(self, shown: Sequence[Released]) -> list[Told]:
        """What an attacker sees of ``shown`` (as many as there are questions, or fewer)."""
        by_question = {
            one.question: ask for ask, one in zip(self.asked, itertools.chain(*self.steps), strict=True)
        }
        found = []
        for one in shown:
            ask = by_question[one.question]
            found.append(Told(ask.cells, frozenset(ask.needs), one.figure, self.rule))
        return found


def release(seed: int) -> Release:
    """The release of a seed, always the same."""
    chance = Random(seed)
    rule = rule_called(chance.choice(("default", "default", "nhs", "dfe")))
    of = chance.choice(("people", "people", "contacts"))
    true = population(chance, one_ward=chance.random() < 0.7)
    shape = SHAPES[seed % len(SHAPES)]
    questions = list(dict.fromkeys(asks(chance, shape, of)))
    chance.shuffle(questions)
    numbers = [
        released(ask.question, protect(true.count(ask.cells, frozenset(ask.needs)), rule, of), rule.name)
        for ask in questions
    ]
    steps = tuple(_steps(chance, numbers))
    data = manifest(agencies=AGENCIES, places=WARDS, needs=NEEDS, rule=rule.name, people=100_000, years=1)
    return Release(
        steps,
        tuple(questions),
        data.model_copy(update={"last": data.first.replace(month=3, day=31)}),
        rule,
        of,
    )


def _steps(chance: Random, numbers: Sequence[Released]) -> Iterator[tuple[Released, ...]]:
    left = list(numbers)
    while left:
        many = len(left) if chance.random() < 0.5 else chance.randint(1, len(left))
        yield tuple(left[:many])
        del left[:many]
