"""Randomised releases of true people: tables with margins, nested areas, overlapping periods and days, filters,
sequences of editions, and updates of the data between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from storybook.linked.asking.ledger import Question, Released
from storybook.linked.dataset.datasets import Manifest
from storybook.linked.suppression.figures import Count
from storybook.linked.suppression.raw import Raw, contacts_of, people_of
from storybook.linked.suppression.rules import Rule, protect, rule_called
from tests.unit.linked.attackers import Told
from tests.unit.linked.ledgers import LATER, VERSION, manifest, released

MONTHS = ("2016-01", "2016-02", "2016-03")
#: Each month in three: before its tenth day, that day, and after it.
SLOTS = tuple(
    (f"{month}-{first}", f"{month}-{last}")
    for month, end in zip(MONTHS, ("31", "29", "31"), strict=True)
    for first, last in (("01", "09"), ("10", "10"), ("11", end))
)
AGENCIES = ("A", "B", "C")
WARDS = ("W1", "W2", "W3", "W4")
NEEDS = ("homelessness", "offending")
#: (agency, number of the slot, ward)
Cell = tuple[str, int, str]


@dataclass
class Population:
    """Who there is: each with needs and elementary contacts, as often as they were made."""

    people: list[tuple[frozenset[str], tuple[Cell, ...]]] = field(default_factory=list)

    def count(self, ask: Ask) -> Raw:
        """The true numbers."""
        if ask.middle:
            raws = [self.count(replace(ask, quarters=(quarter,))) for quarter in range(4)]
            ordered = sorted(raws, key=people_of if ask.of == "people" else contacts_of)
            return ordered[1]
        chosen = [contacts for has, contacts in self.people if set(ask.needs) <= has]
        there = [made for made in chosen if all(any(one in box for one in made) for box in ask.boxes)]
        cells = frozenset().union(*ask.boxes)
        made = [sum(one in cells for one in contacts) for contacts in there]
        return Raw(sum(map(bool, made)), sum(made), max(made, default=0))


@dataclass(frozen=True)
class Ask:
    """Lists of what is asked about; an empty one stands for everything. ``slots`` are the first and the last."""

    of: str
    agencies: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    slots: tuple[int, int] | None = None
    both: bool = False

    @property
    def middle(self) -> bool:
        """Whether it is no count but the middle one of several."""
        return False

    @property
    def boxes(self) -> tuple[frozenset[Cell], ...]:
        """The elementary contacts that count: of each box at least one."""
        groups = [(agency,) for agency in self.agencies] if self.both else [self.agencies or AGENCIES]
        return tuple(
            frozenset(itertools.product(group, self._slots, self.wards or WARDS)) for group in groups
        )

    @property
    def _slots(self) -> list[int]:
        first, last = self.slots or (0, len(SLOTS) - 1)
        return [n for n in range(first, last + 1) if not self.months or SLOTS[n][0][:7] in self.months]

    @property
    def question(self) -> Question:
        """The same for the ledger."""
        lists = {"agency": self.agencies, "month": self.months, "place": self.wards, "need": self.needs}
        where = [(name, value) for name, values in lists.items() for value in values]
        where += [("both", "yes")] if self.both else []
        if self.slots:
            where += [("from", SLOTS[self.slots[0]][0]), ("to", SLOTS[self.slots[1]][1])]
        return Question(of=self.of, where=tuple(sorted(where)))


# ---- people


def population(chance: Random, one_ward: bool) -> Population:
    """A few dozen to a few hundred people, some cells of them small."""
    weights = [chance.choice((0.2, 1, 1, 4)) for _ in range(len(AGENCIES) * len(SLOTS))]
    many = chance.choice((15, 25, 40, 70, 120))
    return Population([_person(chance, one_ward, weights) for _ in range(many)])


def _person(
    chance: Random, one_ward: bool, weights: Sequence[float]
) -> tuple[frozenset[str], tuple[Cell, ...]]:
    needs = frozenset(need for need in NEEDS if chance.random() < 0.4)
    wards = chance.sample(WARDS, 1 if one_ward or chance.random() < 0.8 else 2)
    cells = list(itertools.product(AGENCIES, range(len(SLOTS))))
    touched = chance.choices(cells, weights, k=chance.choice((1, 1, 2, 3)))
    return needs, tuple((agency, slot, chance.choice(wards)) for agency, slot in touched)


def updated(chance: Random, true: Population, one_ward: bool) -> Population:
    """The same data brought in again: nothing new, a few people more and fewer, or many more."""
    more, fewer = chance.choice(((0, 0), (1, 0), (2, 1), (3, 3), (len(true.people) // 2, 2)))
    kept = chance.sample(true.people, len(true.people) - fewer)
    even = [1.0] * (len(AGENCIES) * len(SLOTS))
    return Population([*kept, *(_person(chance, one_ward, even) for _ in range(more))])


# ---- what is asked


def some(chance: Random, values: Sequence[str]) -> tuple[str, ...]:
    """Everything, one, or some of ``values``."""
    kind = chance.random()
    if kind < 0.35:
        return ()
    return tuple(sorted(chance.sample(values, 1 if kind < 0.75 else chance.randint(1, len(values)))))


def margins(chance: Random, of: str) -> list[Ask]:
    """Agencies by months, with the totals of both."""
    agencies = AGENCIES[: chance.choice((2, 3))]
    return [
        *(Ask(of, (a,), (m,)) for a in agencies for m in MONTHS[:2]),
        *(Ask(of, (a,), MONTHS[:2]) for a in agencies),
        *(Ask(of, agencies, (m,)) for m in MONTHS[:2]),
    ]


def areas(chance: Random, of: str) -> list[Ask]:
    """Wards, districts of two, three of the four, and the city; sometimes at two agencies."""
    where = [(ward,) for ward in WARDS] + [WARDS[:2], WARDS[2:], WARDS[:3], ()]
    agencies = chance.choice(((AGENCIES[0],), (AGENCIES[0],), AGENCIES[:2]))
    found = [Ask(of, agencies, (), wards) for wards in chance.sample(where, chance.randint(4, len(where)))]
    return [*found, Ask(of, AGENCIES[:1], (), chance.choice(where))]


def periods(chance: Random, of: str) -> list[Ask]:
    """Stretches of months that overlap."""
    stretches = [MONTHS[first:after] for first in range(3) for after in range(first + 1, 4)]
    return [Ask(of, AGENCIES[:1], months) for months in chance.sample(stretches, chance.randint(3, 6))]


def days(chance: Random, of: str) -> list[Ask]:
    """Stretches of days that overlap, some of which differ by one day; beside a month or two."""
    first, last = chance.randint(0, 4), chance.randint(4, 8)
    near = [
        (max(0, first + a), min(8, max(first + a, last + b)))
        for a, b in itertools.product((-1, 0, 1), repeat=2)
    ]
    stretches = chance.sample(sorted(set(near)), min(len(set(near)), chance.randint(2, 4)))
    agencies = chance.choice(((), AGENCIES[:1], AGENCIES[:2]))
    months = chance.sample(MONTHS, chance.choice((0, 1, 2)))
    return [
        *(Ask(of, agencies, slots=stretch) for stretch in stretches),
        *(Ask(of, agencies, (month,)) for month in months),
    ]


def needs(chance: Random, of: str) -> list[Ask]:
    """Everybody, those with one need, with another, with both."""
    agencies = AGENCIES[: chance.choice((1, 2))]
    return [Ask(of, agencies, (), (), has) for has in ((), NEEDS[:1], NEEDS[1:], NEEDS)]


def both(chance: Random, of: str) -> list[Ask]:
    """People seen by several agencies, beside those of each and of either (contacts: of each and of either)."""
    pairs = [pair for pair in itertools.combinations(AGENCIES, 2) if chance.random() < 0.7] or [AGENCIES[:2]]
    alone = [Ask(of, (agency,)) for agency in sorted(set(itertools.chain(*pairs)))]
    either = [Ask(of, pair) for pair in pairs if chance.random() < 0.6]
    seen = [Ask(of, pair, both=True) for pair in pairs] if of == "people" else []
    return [*alone, *either, *seen]


def filters(chance: Random, of: str) -> list[Ask]:
    """Anything."""
    return [
        Ask(
            of,
            some(chance, AGENCIES),
            some(chance, MONTHS),
            some(chance, WARDS[:3])[:2],
            some(chance, NEEDS)[:1],
        )
        for _ in range(chance.randint(3, 5))
    ]


KINDS = {
    "margins": margins,
    "areas": areas,
    "periods": periods,
    "days": days,
    "needs": needs,
    "both": both,
    "filters": filters,
}
#: "editions": a story's editions one after the other, each of which shows most of the last and something more;
#: "update": the data come in again between two of them.
SHAPES = (*KINDS, "editions", "update")


@dataclass(frozen=True)
class Level(Ask):
    """A lane of quarters: one of them (of four), all of them, or (None) the typical one."""

    quarters: tuple[int, ...] | None = None

    @property
    def middle(self) -> bool:
        """Whether the typical one is asked for."""
        return self.quarters is None

    @property
    def boxes(self) -> tuple[frozenset[Cell], ...]:
        """The elementary contacts: slots are quarters."""
        each = [frozenset(itertools.product(self.agencies, [quarter], WARDS[:1])) for quarter in range(4)]
        return (
            tuple(each) if self.quarters is None else (frozenset().union(*(each[q] for q in self.quarters)),)
        )

    @property
    def question(self) -> Question:
        """The same for the ledger."""
        where = [("agency", agency) for agency in self.agencies]
        where += [("quarter", f"2016-Q{quarter + 1}") for quarter in self.quarters or ()]
        return Question(
            of=self.of, statistic="typical" if self.middle else "count", where=tuple(sorted(where))
        )


def lanes(chance: Random, of: str) -> list[Ask]:
    """Typical levels of agencies and of both together, beside some of their quarters and the whole year."""
    who = [(agency,) for agency in AGENCIES[: chance.choice((1, 2))]]
    who += [AGENCIES[:2]] if len(who) > 1 and chance.random() < 0.4 else []
    found: list[Ask] = [Level(of, agencies) for agencies in who if chance.random() < 0.9]
    for agencies in who:
        found += [Level(of, agencies, quarters=(q,)) for q in range(4) if chance.random() < 0.6]
        found += [Level(of, agencies, quarters=(0, 1, 2, 3))] if chance.random() < 0.5 else []
    return found or [Level(of, who[0])]


# ---- releases


@dataclass(frozen=True)
class Release:
    """A release: what each step of a sequence of editions shows, and the data it comes from."""

    steps: tuple[tuple[Released, ...], ...]
    asked: dict[Question, Ask]
    rule: Rule
    of: str
    #: How many people are in each version of the data, which everybody may know.
    sizes: dict[str, int]
    #: How many months the data have.
    months: int = 3

    def data(self, step: Sequence[Released]) -> Manifest:
        """What the dataset says of itself when ``step`` leaves."""
        data = manifest(
            agencies=AGENCIES,
            places=WARDS,
            needs=NEEDS,
            rule=self.rule.name,
            people=self.sizes[step[0].version],
            years=1,
            version=step[0].version,
        )
        return data.model_copy(update={"last": data.first.replace(month=self.months, day=31)})

    def told(self, shown: Sequence[Released]) -> list[Told]:
        """What an attacker sees of ``shown``, and last the size of the newest data."""
        newest = max(one.version for one in shown)
        told = [
            Told(
                ask.boxes,
                frozenset(ask.needs),
                one.figure,
                self.rule,
                one.version,
                one.question.canonical(),
                ask.middle,
            )
            for one in shown
            for ask in [self.asked[one.question]]
        ]
        size = Count(unit="people", value=self.sizes[newest], base=1)
        whole = Told(Ask("people").boxes, frozenset(), size, self.rule, newest, "size")
        return [*told, whole] if self.of == "people" and self.months == 3 else told


def release(seed: int) -> Release:
    """The release of a seed, always the same."""
    chance, shape = Random(seed), SHAPES[seed % len(SHAPES)]
    rule = rule_called(chance.choice(("default", "default", "nhs", "dfe")))
    of = chance.choice(("people", "people", "contacts"))
    one_ward = chance.random() < 0.7
    kind = KINDS.get(shape) or chance.choice(list(KINDS.values()))
    asks = list({ask.question: ask for ask in kind(chance, of)}.values())
    chance.shuffle(asks)
    true = max((population(chance, one_ward) for _ in range(5)), key=lambda one: telling(one, asks, rule))
    order = (_sequence if shape == "editions" else in_steps)(chance, asks)
    steps = [[shown_of(true, ask, rule, VERSION) for ask in step] for step in order]
    sizes = {VERSION: len(true.people)}
    if shape == "update":
        later = updated(chance, true, one_ward)
        again = chance.sample(asks, chance.randint(1, len(asks)))
        first = chance.randint(1, len(steps))
        steps = [*steps[:first], [shown_of(later, ask, rule, LATER) for ask in again]]
        sizes[LATER] = len(later.people)
    return Release(tuple(map(tuple, steps)), {ask.question: ask for ask in asks}, rule, of, sizes)


def relative(seed: int) -> Release:
    """Lanes with typical levels, as editions without a calendar show them, and the quarters that others show."""
    chance = Random(f"relative {seed}")
    rule = rule_called(chance.choice(("default", "nhs", "dfe")))
    of = chance.choice(("people", "people", "contacts"))
    asks = list({ask.question: ask for ask in lanes(chance, of)}.values())
    chance.shuffle(asks)
    true = max((_year(chance) for _ in range(5)), key=lambda one: telling(one, asks, rule))
    steps = tuple(
        tuple(shown_of(true, ask, rule, VERSION) for ask in step) for step in in_steps(chance, asks)
    )
    return Release(steps, {ask.question: ask for ask in asks}, rule, of, {VERSION: 100_000}, months=12)


def _year(chance: Random) -> Population:
    """People who are seen in some of four quarters."""
    cells = list(itertools.product(AGENCIES[:2], range(4), WARDS[:1]))
    weights = [chance.choice((0.2, 1, 1, 4)) for _ in cells]
    many = chance.choice((15, 25, 40, 70, 120))
    none: frozenset[str] = frozenset()
    return Population(
        [(none, tuple(chance.choices(cells, weights, k=chance.choice((1, 1, 2, 3))))) for _ in range(many)]
    )


def telling(true: Population, asks: Sequence[Ask], rule: Rule) -> tuple[int, int]:
    """More where hidden numbers stand beside shown ones, and these are small: there is something to attack."""
    figures = [protect(true.count(ask), rule, ask.of) for ask in asks]
    shown = [one.value for one in figures if isinstance(one, Count)]
    return (len(figures) - len(shown)) * len(shown), -sum(shown)


def shown_of(true: Population, ask: Ask, rule: Rule, version: str) -> Released:
    return released(ask.question, protect(true.count(ask), rule, ask.of), rule.name, version)


def in_steps(chance: Random, asks: Sequence[Ask]) -> list[Sequence[Ask]]:
    """All at once, or a few at a time."""
    found, left = [], list(asks)
    while left:
        many = len(left) if chance.random() < 0.5 else chance.randint(1, len(left))
        found.append(left[:many])
        del left[:many]
    return found


def _sequence(chance: Random, asks: Sequence[Ask]) -> list[Sequence[Ask]]:
    """Editions: each shows most of what the last one did, and one or two numbers more."""
    found: list[list[Ask]] = []
    left = list(asks)
    while left:
        many = chance.randint(1, 2)
        kept = [ask for ask in (found[-1] if found else []) if chance.random() < 0.8]
        found.append([*kept, *left[:many]])
        del left[:many]
    return found
