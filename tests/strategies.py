"""Whole generated stories for property tests.

``stories()`` is the hypothesis strategy; ``a_story(seed)`` the same story every time for a seed. Every third seed gives
a *crowded* story: 24 or more agencies, 150 or more contacts, five contacts of one agency running at the same
time, names of 120 characters. The small and nasty texts come from hypothesis, the bulk from a seeded
generator, so that five hundred stories take seconds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from hypothesis import strategies as st

from storybook.story.model import (
    Agency,
    Contact,
    DatePolicy,
    Episode,
    Gap,
    Person,
    Point,
    ShowAs,
    Story,
    Track,
    TrackKind,
)

SECTORS = ("housing", "police", "health", "justice", "voluntary", "council")
KINDS = (
    "contact",
    "asked",
    "offered",
    "referred",
    "assessed",
    "appointment",
    "visit",
    "call-out",
    "admission",
    "stay",
)
OUTCOMES = ("not-recorded", "helped", "turned-away", "not-met", "waiting")
NEEDS = ("homelessness", "offending", "mental-health", "drug-alcohol", "violence-abuse")
GAPS = ("waiting", "turned-away", "no-contact", "ended-by-service", "not-recorded", "not-shared")
HANDOFF_ENDS = ("accepted", "returned", "no-reply")
WORDS = (
    "asked for a bed",
    "was told to ring back",
    "kept the key",
    "walked to the library",
    "waited",
    "the café on the corner",
    "said no",
    "said yes",
    "got the letter",
    "missed the bus",
    "slept on a sofa",
    "moved in",
    "laughed",
    "told it all again",
    "naïve",
    "£20",
    "5 o’clock",
    "=1+1",
    "“never again”",
    "Ω",
    "日本",
    "🏠",
    "O'Neill",
    "co-operative",
)
#: Questions to linked data, behind lanes and beside episodes; none needs a dataset to be there.
QUESTIONS = (
    'how many people with "homelessness" during this episode',
    'how many contacts at "A, ""B"": C #1" from 2016-01-01, according to city',
    "- no question: [at all] {x}",
)
#: Texts that break formats that were not thought through.
NASTY = (
    "## Not a title\nDate: 2016\n",
    "\\## one\n\\\\## two\n##\n## ",
    "---\na: b\n---",
    "```\n## in a fence\n```\n",
    " two spaces  ",
    "\n\nlines before and after\n\n\n",
    "=SUM(A1:A9)",
    "+44",
    "-1",
    "@home",
    "'quoted'",
    "\ttab first",
    "a\r\nb\rc",
    'a "quoted" word, and; more',
    "Title: x\nVoice: P9\n\ntext",
    "{id=1}",
    '{count: how many people with "homelessness" during this episode}',
    '{count:n1} \\{count: x} {count: "',
    "- list\n- of things\n",
    "# one\n### three\n",
    "|",
    ">",
    "%",
    "&a *a",
    "null",
    "~",
    "yes",
    "0x10",
    "1e3",
    "2016-04-03",
    "[a, b]",
    "{a: b}",
    "# comment",
    "a: b",
    "a #b",
    "!tag",
    "\u2028line\u2029sep",
    "\x85nel",
    "\ufeffmark",
    "\x01\x02\x1b",
    "\x0b\x0c",
    "אבג",
    "e\u0301",
    "\U0001d4b3",
    "\u200b",
    "<script>alert(1)</script>",
    "| a | b |\n|---|---|\n",
    "\n",
    " ",
    "\t",
)


def lines() -> st.SearchStrategy[str]:
    """One line of any characters a story can hold."""
    free = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), max_size=40)
    nasty = st.sampled_from([text.replace("\r", " ").replace("\n", " ") for text in NASTY])
    return st.one_of(free, nasty)


def texts() -> st.SearchStrategy[str]:
    """Text of any characters a story can hold, with the pieces that file formats trip over."""
    free = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=80)
    pieces = st.lists(st.one_of(st.sampled_from(NASTY), free), max_size=4).map("\n".join)
    return st.one_of(free, st.sampled_from(NASTY), pieces)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A whole story; one in three or so is crowded."""
    seed = draw(st.integers(min_value=0, max_value=2**32 - 1))
    some_lines = draw(st.lists(lines(), max_size=6))
    some_texts = draw(st.lists(texts(), max_size=6))
    return a_story(seed, some_lines, some_texts)


def many_stories(count: int) -> Iterator[Story]:
    """``count`` different stories, the same ones every time; every third is crowded."""
    for seed in range(count):
        yield a_story(seed)


def a_story(seed: int, some_lines: Sequence[str] = (), some_texts: Sequence[str] = ()) -> Story:
    """The story that belongs to ``seed``; crowded where ``seed`` can be divided by three."""
    return _Maker(Random(seed), tuple(some_lines), tuple(some_texts), crowded=seed % 3 == 0).story()


@dataclass
class _Maker:
    random: Random
    some_lines: tuple[str, ...]
    some_texts: tuple[str, ...]
    crowded: bool

    def story(self) -> Story:
        people = self.people()
        agencies = self.agencies()
        refs, lanes = [p.ref for p in people], [a.ref for a in agencies]
        count = self.random.randint(150, 190) if self.crowded else self.random.randint(0, 40)
        contacts = [self.contact(refs, lanes) for _ in range(count if lanes else 0)]
        if self.crowded:
            contacts += self.at_once(refs, lanes[0])
            self.random.shuffle(contacts)
        return Story(
            id=self.id(),
            version=self.random.randint(1, 9),
            slug=f"story-{self.random.randint(0, 10**6)}",
            title=self.line(),
            introduction=self.text(),
            fictional=self.flag(),
            date_policy=self.random.choice(list(DatePolicy)),
            dataset=self.maybe("demo"),
            people=tuple(people),
            agencies=tuple(agencies),
            contacts=tuple(contacts),
            gaps=tuple(self.gap(refs, lanes) for _ in range(self.random.randint(0, 5))),
            episodes=tuple(self.episode(n, refs) for n in range(self.random.randint(0, 9))),
            tracks=tuple(self.track(n, refs) for n in range(self.random.randint(0, 3))),
        )

    def people(self) -> list[Person]:
        return [
            Person(
                id=self.id(),
                version=self.random.randint(1, 3),
                ref=f"P{n}",
                name=self.name(),
                about=self.text(),
                pronouns=self.maybe("she/her"),
                age_band=self.maybe("25 to 34"),
            )
            for n in range(1, self.random.randint(1, 3) + 1)
        ]

    def agencies(self) -> list[Agency]:
        count = self.random.randint(24, 30) if self.crowded else self.random.randint(1, 9)
        return [
            Agency(
                id=self.id(),
                version=self.random.randint(1, 3),
                ref=f"agency-{n}",
                name=self.name(),
                sector=self.random.choice(SECTORS),
                show_as=self.random.choice(list(ShowAs)),
                alias=self.maybe("An agency"),
                dataset_agency=self.maybe(f"A{n}"),
                question=(*QUESTIONS, "")[n % 4],
            )
            for n in range(count)
        ]

    def contact(self, people: list[str], lanes: list[str]) -> Contact:
        date, end = self.when()
        handed = self.random.random() < 0.2
        return Contact(
            id=self.id(),
            version=self.random.randint(1, 3),
            date=date,
            end=end,
            agency=self.random.choice(lanes),
            people=self.some(people),
            kind=self.random.choice(KINDS),
            summary=self.line(),
            detail=self.text(),
            outcome=self.random.choice(OUTCOMES),
            response=self.text(),
            no_response=self.rarely(),
            impact=self.rarely(),
            own_words=self.rarely(),
            source=self.rarely(),
            needs=self.some(NEEDS),
            significant=self.flag(),
            retelling=self.flag(),
            disputed=self.flag(),
            not_telling=self.random.random() < 0.05,
            handoff_to=self.random.choice(lanes) if handed else None,
            handoff_end=self.random.choice(HANDOFF_ENDS) if handed else None,
            cost_item=self.maybe("A night in a shelter"),
            cost_quantity=self.random.choice((None, None, 0.1, 3.0, 1e-7, 1e22)),
            links=self.some(("https://example.org/a?b=1;c=2", "http://example.org/#x")),
        )

    def at_once(self, people: list[str], lane: str) -> list[Contact]:
        """Five contacts of one agency that all run in the second half of 2016."""
        return [
            self.contact(people, [lane]).model_copy(update={"date": f"2016-0{n}", "end": f"2016-{13 - n}"})
            for n in range(1, 4)
        ] + [
            self.contact(people, [lane]).model_copy(update={"date": "2016-06-01", "end": ".."})
            for _ in range(2)
        ]

    def when(self) -> tuple[str, str]:
        start = dt.date(2014, 1, 1) + dt.timedelta(days=self.random.randint(0, 1000))
        stop = start + dt.timedelta(days=self.random.randint(0, 200))
        return self.random.choice(
            (
                (f"{start}", ""),
                (f"{start}", f"{stop}"),
                (f"{start:%Y-%m}", ""),
                (f"{start:%Y-%m}", f"{stop:%Y-%m}"),
                (f"{start:%Y}", ""),
                (f"{start:%Y}-2{self.random.randint(1, 4)}", ""),
                (f"{start:%Y-%m}~", ""),
                (f"{start:%Y}?", ""),
                (f"{start}", ".."),
                (f"{start:%Y-%m}/{stop:%Y-%m}", ""),
                (f"{start:%Y-%m}/..", ""),
                (f"{start:%Y-%m}-XX", ""),
                (f"{start:%Y-%m-%d}%", ""),
            )
        )

    def gap(self, people: list[str], lanes: list[str]) -> Gap:
        date, end = self.when()
        agency = self.random.choice(lanes) if lanes and self.flag() else None
        return Gap(
            id=self.id(),
            date=date,
            end=end,
            kind=self.random.choice(GAPS),
            agency=agency,
            people=self.some(people),
            note=self.text(),
        )

    def episode(self, place: int, people: list[str]) -> Episode:
        date, end = self.when() if self.flag() else ("", "")
        position = place if self.flag() else self.random.randint(0, 20)
        return Episode(
            id=self.id(),
            version=self.random.randint(1, 3),
            position=position,
            title=self.line(),
            date=date,
            end=end,
            voice=self.random.choice(["", *people]),
            text=self.text(),
            turning_point=self.flag(),
            counts=QUESTIONS[: place % 4],
        )

    def track(self, place: int, people: list[str]) -> Track:
        points = []
        for _ in range(self.random.randint(0, 6)):
            date, end = self.when()
            points.append(
                Point(
                    id=self.id(),
                    date=date,
                    end=end,
                    label=self.line(),
                    value=self.random.choice((None, 1.5, -3.0)),
                )
            )
        return Track(
            id=self.id(),
            ref=f"track-{place}",
            kind=self.random.choice(list(TrackKind)),
            title=self.line(),
            people=self.some(people),
            low=self.random.choice((None, 0.0)),
            high=self.random.choice((None, 10.0)),
            acknowledgement=self.rarely(),
            points=tuple(points),
        )

    def name(self) -> str:
        words = " ".join(self.random.choice(WORDS) for _ in range(20 if self.crowded else 2)).strip()
        return words[:119] + "x" if self.crowded else words

    def line(self) -> str:
        if self.some_lines and self.random.random() < 0.3:
            return self.random.choice(self.some_lines)
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(0, 6)))

    def text(self) -> str:
        if self.some_texts and self.random.random() < 0.3:
            return self.random.choice(self.some_texts)
        if self.random.random() < 0.1:
            return self.random.choice(NASTY)
        return self.random.choice(("\n", "\n\n", ". ")).join(
            self.line() for _ in range(self.random.randint(0, 3))
        )

    def rarely(self) -> str:
        return self.text() if self.random.random() < 0.2 else ""

    def maybe(self, text: str) -> str:
        return text if self.flag() else ""

    def some(self, of: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.random.sample(list(of), self.random.randint(0, min(2, len(of)))))

    def flag(self) -> bool:
        return self.random.random() < 0.5

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)
