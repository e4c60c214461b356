"""How many people in a dataset match what somebody knows of a life, without showing anybody.

A reader who knows some contacts of a story ("the prison in spring, then the hostel") can look for people
whose records hold them all. ``Cohort`` is the question that anonymisation asks of linked rows: how many
people match? The answer is a band, never a number, and never who.

Points are (agency, period). Periods are the dataset's own words at one grain: ``2016-04``, ``2016-Q2``,
``2016``. A person matches if their rows hold every point, each as often as it is given (two visits in one
month are two points). With ``at_any_shift`` they match if they do so after moving all points by one common
number of periods: what a reader of an edition with relative dates can do.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal, Protocol

CohortGrain = Literal["month", "quarter", "year"]
Point = tuple[str, str]


class MatchBand(StrEnum):
    """How many people match. ``NOT_MEASURED`` is what a story without linked rows gets: never a pass."""

    NONE = "0"
    ONE = "1"
    FEW = "2-4"
    SOME = "5-9"
    MANY = "10+"
    NOT_MEASURED = "not measured"


class Cohort(Protocol):
    """People in linked rows, as something that can be matched against and not looked at."""

    @property
    def size_in_words(self) -> str:
        """How large the cohort is, rounded, for "out of about 6,600 people"."""
        ...

    def matching(
        self, points: Sequence[Point], *, grain: CohortGrain = "month", at_any_shift: bool = False
    ) -> MatchBand:
        """The band of people whose rows contain all ``points``."""
        ...
