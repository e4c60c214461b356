"""How many people in a dataset match what somebody knows of a life, without showing anybody.

A reader who knows some contacts of a story ("the prison in spring, then the hostel") can look for people
whose records hold them all. ``Cohort`` is the question that anonymisation asks of linked rows: how many
people match? The answer is a band, never a number, and never who.

Points are (agency, period). Periods are the dataset's own words at one grain: ``2016-04``, ``2016-Q2``,
``2016``. A person matches if their rows hold every point, each as often as it is given (two visits in one
month are two points). With ``at_any_shift`` they match if they do so after moving all points by one common
number of periods: what a reader of an edition with relative dates can do. At the grain ``set`` periods do not
count: a person matches who was with each of the agencies at some time.

A story's contacts are asked about as ``Known``: the same with agencies that can't be told apart and with periods
of any length, counted in the steps of a ``Frame``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, Protocol

CohortGrain = Literal["month", "quarter", "year", "set"]
Naming = Literal["agency", "sector"]
Unit = Literal["week", "month"]
Point = tuple[str, str]

#: How many must match: inside the programme, and for the open web.
TARGET: Final = 10
WEB_TARGET: Final = 11
#: How many known contacts are looked at together: any one, any two, any three, any four.
MOST_KNOWN: Final = 4


class MatchBand(StrEnum):
    """How many people match. ``NOT_MEASURED`` is what a story without linked rows gets: never a pass."""

    NONE = "0"
    ONE = "1"
    FEW = "2-4"
    SOME = "5-9"
    MANY = "10+"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Known:
    """One contact as somebody may know it: with one of ``agencies``, between two steps (both included).

    Of several agencies nobody can say which one it was: they are shown by their sector. Without steps it was at any
    time.
    """

    agencies: frozenset[str]
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a step is: a ``unit`` of the calendar (month 12 * year + month - 1; week (ordinal day - 1) // 7).

    With ``shifts`` steps count from anywhere: all are moved by one common number, a multiple of ``by``.
    """

    unit: Unit = "month"
    shifts: bool = False
    by: int = 1


@dataclass(frozen=True, slots=True)
class Matched:
    """How many people match, in bands.

    ``city``: how many would in the whole population that the rows stand for (a cautious estimate, see docs/risk.md).
    ``exact``: not so where only some of all combinations were looked at; then it is "at most".
    ``alike``: whether all who match, two or more, share a need that was not told (of one or two things known: whether
    ten or more do anywhere); None where nobody looked.
    """

    band: MatchBand
    enough_for_web: bool = False
    city: MatchBand = MatchBand.NOT_MEASURED
    exact: bool = True
    alike: bool | None = None

    def reaches(self, target: int) -> bool:
        """Whether at least ``target`` match (10, or 11 for the open web); what was not measured never does."""
        if target not in (TARGET, WEB_TARGET):
            raise ValueError("a target is 10 or 11")
        enough = self.band is MatchBand.MANY if target == TARGET else self.enough_for_web
        return self.exact and enough


UNMEASURED: Final = Matched(MatchBand.NOT_MEASURED)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found for one trajectory.

    ``any_of[m - 1]``: the fewest people who match any m of the known contacts; with fewer than m, all of them.
    ``each``: for every contact in the order given, how many match it alone, and the fewest with one other.
    """

    whole: Matched
    any_of: tuple[Matched, ...]
    each: tuple[tuple[MatchBand, MatchBand], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One contact that may be given up: told ``clear``, ``grouped`` with all parts of the ``group``, or not at all.

    Not at all costs ``drop``; ``merge`` if an earlier part of the same ``run`` is kept and can stand for both.
    """

    clear: Known
    grouped: Known
    drop: int
    merge: int
    run: int
    group: int

    def told(self, grouped: Collection[int]) -> Known:
        """What is known of it where those groups are told less clearly."""
        return self.grouped if self.group in grouped else self.clear


@dataclass(frozen=True, slots=True)
class Choice:
    """What to give up: the groups to tell less clearly, the parts to leave out, and what all of it costs."""

    price: int
    grouped: frozenset[int]
    left_out: frozenset[int]


class Cohort(Protocol):
    """People in linked rows, as something that can be matched against and not looked at."""

    @property
    def size_in_words(self) -> str:
        """How large the cohort is, rounded, for "out of about 6,600 people"."""
        ...

    @property
    def synthetic(self) -> bool:
        """Whether its people are made up."""
        ...

    @property
    def sectors(self) -> Mapping[str, str]:
        """Every agency that gave rows, with its sector ("" where nobody said)."""
        ...

    def matching(
        self,
        points: Sequence[Point],
        *,
        grain: CohortGrain = "month",
        at_any_shift: bool = False,
        by: Naming = "agency",
    ) -> MatchBand:
        """The band of people whose rows contain all ``points``; ``by`` sector, points name sectors."""
        ...

    def holds(self, known: Known, frame: Frame) -> bool:
        """Whether rows could hold such a contact at all: the agencies gave some, and for that time."""
        ...

    def measure(
        self,
        known: Sequence[Known],
        frame: Frame,
        told: Collection[str] = (),
        *,
        each: bool = True,
        finer: Sequence[Measured] = (),
    ) -> Measured:
        """The whole of ``known`` and any m of them; ``told`` are the needs that readers are told of anyway.

        ``each``: every contact as well, and who is alike, which takes longer. ``finer``: what was measured of the same
        contacts for somebody who knows more of each: what is enough there is enough here, and is not asked again.
        """
        ...

    def cheapest(
        self,
        parts: Sequence[Part],
        groups: Sequence[int],
        lives: Sequence[Sequence[int]],
        frame: Frame,
        target: int = TARGET,
    ) -> Choice | None:
        """What to give up of ``parts`` so that each of ``lives`` (places in ``parts``) reaches the target.

        None where nothing of some life can be kept.

        ``groups[g]`` is the price of telling all parts of the group g less clearly.
        """
        ...

    def jointly(self, lives: Sequence[Sequence[Known]], frame: Frame) -> Matched:
        """The fewest people who could be one of several, where the others have somebody who fits at the same shift."""
        ...
