"""The people of the synthetic city: how many, with which needs, how busy, how they go from agency to agency.

Figures from Hard Edges as the programme quotes them: 6,601 people facing one or more of homelessness,
offending, and drug and alcohol use; of those in England 58,000 all three, 164,000 two, 364,000 one.
Everything else is made up.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from random import Random
from typing import Final

from .agencies import AGENCIES

PEOPLE: Final = 6_601
#: Of the three needs of Hard Edges: (how many of them, thousands of people in England).
_OVERLAP: Final = ((3, 58), (2, 164), (1, 364))
THREE: Final = ("homelessness", "offending", "drug-alcohol")
#: Other needs: how likely with one, two and three of the three.
_OTHERS: Final = {
    "mental-health": (0.42, 0.62, 0.78),
    "worklessness": (0.48, 0.66, 0.82),
    "violence-abuse": (0.18, 0.27, 0.36),
    "childhood": (0.22, 0.38, 0.55),
}
WARDS: Final = tuple(f"Ward {number}" for number in range(1, 19))
FIRST, LAST = dt.date(2014, 1, 1), dt.date(2018, 12, 31)
_DAYS: Final = (LAST - FIRST).days + 1
_QUARTERS: Final = 20
#: When agencies could not have contacts: the winter shelter is closed from April to September, the lettings
#: agency opened in April 2016. Rows of the law centre after ``SHARED_TO`` were not shared.
SHELTER, LETTINGS, LAW = "St Aldhelm's Night Shelter", "Keystone Supported Lettings", "Northgate Law Centre"
OPENED: Final = dt.date(2016, 4, 1)
SHARED_TO: Final = dt.date(2017, 6, 30)
#: Contacts of the person at rank r are about _BUSIEST / (1 + r / _BEND) ** _FALL + _LEAST: few people make
#: most of them.
_BUSIEST, _BEND, _FALL, _LEAST = 280.0, 100.0, 1.02, 2

#: How much people turn to a sector: anybody a little, people with its needs much more.
_DRAWN: Final = {
    "housing": (0.5, {"homelessness": 4.0}),
    "health": (1.6, {"drug-alcohol": 1.2, "mental-health": 0.8}),
    "mental-health": (0.2, {"mental-health": 2.6}),
    "drug-alcohol": (0.1, {"drug-alcohol": 4.2}),
    "adult-social-care": (0.9, {"mental-health": 0.5}),
    "childrens-services": (0.5, {"childhood": 0.7}),
    "education": (0.7, {"worklessness": 0.2}),
    "domestic-abuse": (0.05, {"violence-abuse": 3.0}),
    "police": (0.8, {"offending": 3.0}),
    "fire": (0.9, {"homelessness": 0.3}),
    "justice": (0.1, {"offending": 3.2}),
    "benefits-work": (1.0, {"worklessness": 2.2}),
    "advice-law": (0.7, {}),
    "council": (0.5, {"worklessness": 0.4}),
    "voluntary": (0.6, {"homelessness": 1.2}),
    "faith": (0.2, {"homelessness": 1.8}),
}
#: What a contact with a sector is; anything else is a "contact" or an "appointment".
_KINDS: Final = {
    "housing": ("asked", "assessed", "stay", "support", "refused"),
    "health": ("admission", "treatment", "call-out"),
    "mental-health": ("referred", "assessed", "appointment", "missed"),
    "drug-alcohol": ("appointment", "treatment", "missed"),
    "police": ("call-out", "arrest", "contact"),
    "fire": ("call-out", "visit"),
    "justice": ("appointment", "hearing", "custody"),
    "benefits-work": ("appointment", "decision", "payment", "missed"),
    "voluntary": ("drop-in", "support", "payment"),
    "faith": ("stay", "drop-in"),
}
#: Agencies that are larger or smaller than others of their sector.
_SIZES: Final = {
    "City Police": 1.7,
    "City Hospital A&E": 1.8,
    "Jobcentre": 1.5,
    "Council Housing Options": 1.5,
    "City College": 0.25,
    "Alcohol Liaison Nurses": 0.15,
    "Keystone Supported Lettings": 0.2,
    "Community Nursing Team": 0.3,
    "Elmfield Prison": 0.5,
    "Stepping Stones Peer Mentors": 0.4,
    "Early Help Family Hub": 0.5,
    "Harbour Domestic Abuse Support": 0.8,
}
_OTHER_KINDS: Final = ("contact", "appointment", "referred")


@dataclass(frozen=True, slots=True)
class CityPerson:
    """One made-up person: a mark, needs (codes), a ward, and how many contacts there will be."""

    mark: str
    needs: tuple[str, ...]
    ward: str
    contacts: int


def people(chance: Random) -> list[CityPerson]:
    """Everybody, in the order of their marks. Those with more needs tend to be busier."""
    needs = [_needs(chance, number) for number, how_many in _shares() for _ in range(how_many)]
    ranks = sorted(range(PEOPLE), key=lambda who: chance.random() ** (1 + len(needs[who]) / 3))
    busy = {who: _contacts_at(rank) for rank, who in enumerate(ranks)}
    order = sorted(range(PEOPLE), key=lambda who: (chance.random(), who))
    return [
        CityPerson(f"S{place:05}", needs[who], _ward(chance), busy[who]) for place, who in enumerate(order, 1)
    ]


def _shares() -> list[tuple[int, int]]:
    """(how many of the three needs, how many people), adding up to everybody."""
    whole = sum(parts for _, parts in _OVERLAP)
    exact = [(number, PEOPLE * parts, PEOPLE * parts // whole) for number, parts in _OVERLAP]
    left = PEOPLE - sum(low for _, _, low in exact)
    upwards = {number for number, _, _ in sorted(exact, key=lambda one: -(one[1] % whole))[:left]}
    return [(number, low + (number in upwards)) for number, _, low in exact]


def _needs(chance: Random, number: int) -> tuple[str, ...]:
    choices = list(combinations(THREE, number))
    main = choices[int(chance.random() * len(choices))]
    return main + tuple(need for need, likely in _OTHERS.items() if chance.random() < likely[number - 1])


def _contacts_at(rank: int) -> int:
    return _LEAST + int(_BUSIEST / (1 + rank / _BEND) ** _FALL)


def _ward(chance: Random) -> str:
    """Some wards have many more people than others."""
    return WARDS[int(chance.random() ** 1.6 * len(WARDS))]


class City:
    """What the agencies are like: large or small, growing or shrinking, busier in some quarters."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._sizes = [_SIZES.get(agency.name, 1.0) * (0.7 + 0.6 * chance.random()) for agency in AGENCIES]
        self._levels = [self._quarters() for _ in AGENCIES]
        self._pulls: dict[tuple[str, ...], list[float]] = {}

    def contacts(self, person: CityPerson) -> Iterator[tuple[int, str, str]]:
        """(day from 0 = FIRST, agency, kind) of each contact: spells of several, with agencies that recur."""
        draw = self._chance.random
        agencies, weights = self._circle(person)
        # Lives go on before the first day and after the last: what runs over one end comes in at the other.
        begins, lives = int(_DAYS * draw()), int(_DAYS * (0.25 + 0.75 * draw()))
        left = person.contacts
        while left:
            spell, length = begins + int(lives * draw()), min(left, 1 + int(8 * draw()))
            left -= length
            for _ in range(length):
                day = (spell + int(60 * draw() ** 2)) % _DAYS
                place = self._open(agencies, weights, day)
                kinds = _KINDS_AT[place]
                yield day, AGENCIES[place].name, kinds[int(draw() * len(kinds))]

    def _quarters(self) -> list[float]:
        """How likely a contact is taken, quarter by quarter: a trend with ups and downs."""
        first, last = (0.1 + 0.75 * self._chance.random() for _ in range(2))
        return [
            first + (last - first) * place / _QUARTERS + 0.2 * self._chance.random()
            for place in range(_QUARTERS)
        ]

    def _circle(self, person: CityPerson) -> tuple[list[int], list[float]]:
        """The agencies that a person goes to (places in AGENCIES) with running totals of how often."""
        if person.needs not in self._pulls:
            self._pulls[person.needs] = [_pull(agency.sector, person.needs) for agency in AGENCIES]
        pulls = self._pulls[person.needs]
        pull = [
            one * size * (0.3 + self._chance.random()) for one, size in zip(pulls, self._sizes, strict=True)
        ]
        keys = [self._chance.random() ** (1 / one) for one in pull]
        size = min(len(AGENCIES), len(_CLOSED) + 1 + int(person.contacts**0.62))
        ranked = sorted(range(len(AGENCIES)), key=keys.__getitem__, reverse=True)[:size]
        return ranked, list(accumulate(pull[place] for place in ranked))

    def _open(self, agencies: Sequence[int], weights: Sequence[float], day: int) -> int:
        """One of somebody's agencies that could have a row on ``day``."""
        draw, quarter = self._chance.random, day * _QUARTERS // _DAYS
        place = agencies[bisect(weights, draw() * weights[-1])]
        if draw() > self._levels[place][quarter]:
            place = agencies[bisect(weights, draw() * weights[-1])]
        if day in _CLOSED.get(place, ()):
            place = next(other for other in agencies if other not in _CLOSED)
        return place


def _pull(sector: str, needs: Sequence[str]) -> float:
    anybody, more = _DRAWN[sector]
    return anybody + sum(more.get(need, 0.0) for need in needs)


def _closed() -> dict[int, frozenset[int]]:
    """Place in AGENCIES -> days on which it can have no row."""
    days = [FIRST + dt.timedelta(days=day) for day in range(_DAYS)]
    closed = {
        SHELTER: frozenset(place for place, day in enumerate(days) if 4 <= day.month <= 9),
        LETTINGS: frozenset(place for place, day in enumerate(days) if day < OPENED),
        LAW: frozenset(place for place, day in enumerate(days) if day > SHARED_TO),
    }
    return {place: closed[agency.name] for place, agency in enumerate(AGENCIES) if agency.name in closed}


_CLOSED: Final = _closed()
_KINDS_AT: Final = tuple(_KINDS.get(agency.sector, _OTHER_KINDS) for agency in AGENCIES)
