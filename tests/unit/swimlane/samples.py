"""Shown stories for pictures: small ones by hand, whole crowded ones from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from storybook.anonymise.draft import Draft
from storybook.anonymise.shown import (
    Axis,
    Calendar,
    Grain,
    HandOff,
    Lane,
    NoDemand,
    Shown,
    ShownContact,
    ShownEpisode,
    ShownGap,
    ShownPerson,
    ShownPoint,
    ShownSector,
    ShownTrack,
    Span,
    Tick,
    Typical,
)
from storybook.linked.suppression.figures import Count, Figure, StructuralZero, Suppressed, Unknown
from storybook.swimlane.looks import KINDS
from storybook.swimlane.metrics import Metrics

#: Widths like those of a humanist sans serif, so that no test needs the built front end.
NARROW, BROAD = set("iljI.,:;|'!()[] ft"), set("mwMW@%")
METRICS = Metrics.of(
    {
        "unitsPerEm": 1000,
        "ascent": 984,
        "descent": -316,
        "regular": {
            ord(c): 280 if c in NARROW else 830 if c in BROAD else 560 for c in map(chr, range(32, 400))
        },
        "bold": {
            ord(c): 300 if c in NARROW else 860 if c in BROAD else 590 for c in map(chr, range(32, 400))
        },
    }
)
OUTCOMES = ("not-recorded", "helped", "turned-away", "not-met", "completed")
ENDS = ("accepted", "returned", "no-reply", "pending")
WORDS = [
    "asked",
    "for",
    "a",
    "bed",
    "waited",
    "was",
    "told",
    "to",
    "ring",
    "back",
    "kept",
    "the",
    "key",
    "Übergangswohnung",
    "O'Neill",
    "£20",
    "&",
    "moved",
    "on",
    "<b>",
]
LONG = (
    "The Coventry and Warwickshire partnership for supported accommodation, "
    "floating support and resettlement after prison"
)


def span(first: int = 0, last: int | None = None, **more: Any) -> Span:
    """A moment in step ``first``, or a stretch up to ``last``; sure edges unless told otherwise."""
    end = first if last is None else last
    bounds = {"fuzzy_first": first, "fuzzy_last": end, "moment": last is None, "text": f"month {first + 1}"}
    return Span(first=first, last=end, **(bounds | more))


def contact(key: str = "c1", lane: str = "l1", when: Span | None = None, **more: Any) -> ShownContact:
    words = {
        "people": ("P1",),
        "kind": "appointment",
        "kind_label": "Appointment",
        "outcome": "not-recorded",
        "outcome_label": "Not recorded",
        "label": "First visit",
    }
    return ShownContact(key=key, lane=lane, when=when or span(), **(words | more))


def shown(*contacts: ShownContact, **more: Any) -> Shown:
    """One year by month, one person, two lanes of two sectors."""
    parts: dict[str, Any] = {
        "slug": "small",
        "title": "A small story",
        "introduction": "",
        "caption": "2 agencies, a year",
        "fictional": True,
        "language": "en-GB",
        "policy": "relative",
        "axis": Axis(grain=Grain.MONTH, calendar=False, steps=12, ticks=ticks(12)),
        "people": (ShownPerson(ref="P1", name="Kelly"),),
        "sectors": (ShownSector(code="housing", label="Housing"), ShownSector(code="police", label="Police")),
        "lanes": (
            Lane(key="l1", label="City Housing Team", sector="housing"),
            Lane(key="l2", label="Police", sector="police"),
        ),
        "contacts": contacts,
    }
    return Shown(**(parts | more))


def ticks(steps: int) -> tuple[Tick, ...]:
    return tuple(Tick(step=n, label=f"Month {n + 1}", major=n % 6 == 0) for n in range(0, steps, 3))


def draft(*contacts: ShownContact, **more: Any) -> Draft:
    return Draft(shown(*contacts, **more))


@dataclass
class Maker:
    """Makes one whole shown story from a seed."""

    random: Random
    steps: int
    lanes: int
    people: int
    words: tuple[str, ...]

    def phrase(self, most: int) -> str:
        return " ".join(
            self.random.choice((*WORDS, *self.words)) for _ in range(self.random.randrange(1, most))
        )

    def name(self) -> str:
        chance = self.random.random()
        return LONG[:120] if chance < 0.1 else "x" * 120 if chance < 0.15 else self.phrase(6)

    def when(self) -> Span:
        first = self.random.randrange(self.steps)
        last = min(self.steps - 1, first + self.random.randrange(max(2, self.steps // 4)))
        before, after = self.random.choice(((0, 0), (0, 0), (1, 2), (3, 0)))
        kind = self.random.random()
        moment = kind < 0.6
        return Span(
            first=first,
            last=first if moment and kind < 0.5 else last,
            fuzzy_first=first - before,
            fuzzy_last=last + after,
            moment=moment,
            ongoing=not moment and kind > 0.9,
            end_unknown=not moment and 0.8 < kind < 0.9,
            text=f"month {first + 1}",
        )

    def crowd(self, key: str, lane: str) -> list[ShownContact]:
        """Five stretches of one lane at the same time."""
        lo, hi = self.steps // 4, max(self.steps // 2, self.steps // 4)
        return [
            contact(f"{key}{n}", lane, span(lo, min(hi + n, self.steps - 1)), label=self.name())
            for n in range(5)
        ]

    def contact(self, number: int) -> ShownContact:
        r, lane = self.random, f"l{self.random.randrange(self.lanes)}"
        to = HandOff(to_lane=f"l{r.randrange(self.lanes + 1)}", end=r.choice(ENDS), end_label="so it ended")
        return contact(
            f"c{number}",
            lane,
            self.when(),
            people=tuple(f"P{n}" for n in range(self.people) if r.random() < 0.6),
            kind=r.choice((*KINDS, "own-kind", "another")),
            outcome=r.choice(OUTCOMES),
            label=self.name(),
            significant=r.random() < 0.7,
            retelling=r.random() < 0.1,
            disputed=r.random() < 0.1,
            hand_off=to if r.random() < 0.15 else None,
        )

    def figure(self) -> Figure:
        some = (
            Count(value=5 * self.random.randrange(200), base=5),
            Suppressed(below=10),
            StructuralZero(),
            Unknown(),
        )
        return self.random.choice(some)

    def lane(self, number: int) -> Lane:
        quarters = tuple(
            (n, min(n + 2, self.steps - 1), f"Q{n}", self.figure()) for n in range(0, self.steps, 3)
        )
        demand = self.random.choice((NoDemand(), Typical(figure=self.figure()), Calendar(quarters=quarters)))
        return Lane(key=f"l{number}", label=self.name(), sector=f"s{number // 3}", demand=demand)

    def track(self, number: int) -> ShownTrack:
        values = self.random.random() < 0.4
        points = tuple(
            ShownPoint(
                when=self.when(),
                label=self.phrase(4),
                value=str(self.random.randrange(-3, 12)) if values else None,
            )
            for _ in range(self.random.randrange(6))
        )
        return ShownTrack(
            key=f"t{number}", kind="home", title=self.name(), people=("P0",), low="0", high="9", points=points
        )

    def shown(self, contacts: int) -> Shown:
        made = [self.contact(n) for n in range(contacts)] + self.crowd("d", "l0")
        gaps = tuple(
            ShownGap(key=f"g{n}", when=self.when(), kind="waiting", kind_label=self.phrase(4), lane=lane)
            for n, lane in enumerate(("l0", None, f"l{self.lanes - 1}", None))
        )
        episodes = tuple(
            ShownEpisode(
                key=f"e{n}",
                title=self.name(),
                voice_name=self.phrase(3),
                when=self.when(),
                turning_point=n % 2 == 0,
            )
            for n in range(self.random.randrange(12))
        )
        return shown(
            *made,
            caption=self.name(),
            axis=Axis(grain=Grain.MONTH, calendar=False, steps=self.steps, ticks=ticks(self.steps)),
            people=tuple(ShownPerson(ref=f"P{n}", name=self.phrase(3)) for n in range(self.people)),
            sectors=tuple(ShownSector(code=f"s{n}", label=self.name()) for n in range(self.lanes)),
            lanes=tuple(self.lane(n) for n in range(self.lanes)),
            gaps=gaps,
            episodes=episodes,
            tracks=tuple(self.track(n) for n in range(self.random.randrange(4))),
            demand_note=self.phrase(60),
        )


def generated(seed: int, words: tuple[str, ...] = ()) -> Shown:
    """The same story for the same seed and words; every third is crowded: 24 lanes and more, 150 contacts and more."""
    random = Random(seed)
    crowded = seed % 3 == 0
    steps = random.choice((1, 2, 12, 24, 60, 730))
    lanes = random.randrange(24, 31) if crowded else random.randrange(1, 9)
    maker = Maker(random, steps, lanes, random.randrange(1, 5), tuple(word for word in words if word.strip()))
    return maker.shown(random.randrange(150, 190) if crowded else random.randrange(0, 30))


def seeds() -> st.SearchStrategy[int]:
    """Seeds of whole stories (a story itself is too much for Hypothesis to write down)."""
    return st.integers(0, 10**9)


def odd_words() -> st.SearchStrategy[tuple[str, ...]]:
    """A few words of any characters, to stand among a story's names."""
    return st.tuples(st.text(max_size=30), st.text(max_size=8))
