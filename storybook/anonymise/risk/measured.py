"""How many people a story could be, as it would be shown: the whole path, any few contacts of it, one lane of it.

Everything is asked of a ``Cohort`` and comes back in bands. Without one it is "not measured", which is never a pass; so
is a story with contacts that the rows can't hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ...linked.cohort.protocol import UNMEASURED, Cohort, Known, MatchBand, Matched, Measured
from ...story.messages import Message
from .trajectory import Coarseness, Told, Trajectory


class Verdict(StrEnum):
    """Whether a target is reached."""

    MET = "met"
    NOT_MET = "not met"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Level:
    """What one kind of knowledge leaves: dates so finely, agencies by name or by sector. ``joint``: for a couple."""

    grain: Message
    by_sector: bool
    lives: tuple[Measured, ...]
    joint: Matched | None


@dataclass(frozen=True, slots=True)
class LaneRisk:
    """What an agency that knows its whole lane is left with, for one person of the story."""

    lane: str
    person: str
    matched: Matched


@dataclass(frozen=True, slots=True)
class Carrier:
    """A contact that carries the risk: how many match it alone, and the fewest with one other of the same person."""

    contact: Told
    person: str
    alone: MatchBand
    with_one: MatchBand


@dataclass(frozen=True, slots=True)
class Risk:
    """All that was measured. ``people``: the names whose lives ``Level.lives`` are; ``levels[0]``: the edition's own.

    ``outside``: how many contacts the rows can't hold.
    """

    cohort: str
    synthetic: bool
    people: tuple[str, ...]
    levels: tuple[Level, ...]
    lanes: tuple[LaneRisk, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    outside: int = 0

    def verdict(self, target: int) -> Verdict:
        """Whether the whole path of each person, and of all jointly, leaves at least ``target`` people.

        No part of a path leaves fewer, so any few contacts and any lane then do so too.
        """
        if not self.levels or not self.levels[0].lives or self.outside:
            return Verdict.NOT_MEASURED
        own = self.levels[0]
        wholes = [life.whole for life in own.lives] + ([own.joint] if own.joint else [])
        return Verdict.MET if all(whole.reaches(target) for whole in wholes) else Verdict.NOT_MET

    @property
    def alike(self) -> bool:
        """Whether all who match something share a need that the story does not tell: a crowd that hides nothing."""
        own = self.levels[0].lives if self.levels else ()
        return any(matched.alike for life in own for matched in (life.whole, *life.any_of))


#: Called between two parts of long work.
Pause = Callable[[], None]


def go_on() -> None:
    """Where nobody has to be asked whether to go on."""


NOT_MEASURED: Final = Risk("", synthetic=False, people=(), levels=())


def measure(
    path: Trajectory, cohort: Cohort | None, *, whole_only: bool = False, between: Pause = go_on
) -> Risk:
    """What ``cohort`` says about ``path``; ``whole_only``: as the edition shows it, and nothing of single contacts.

    ``between`` is called before each part of the work; what it raises ends it.
    """
    if cohort is None:
        return NOT_MEASURED
    grain = path.grains[0]
    inside = [one for one in path.contacts if cohort.holds(one.known(grain), path.frame)]
    lives = [(name, [one for one in path.of(ref) if one in inside]) for ref, name in path.people]
    lives = [(name, life) for name, life in lives if life]
    levels = tuple(_levels(path, cohort, [life for _, life in lives], whole_only=whole_only, between=between))
    return Risk(
        cohort=cohort.size_in_words,
        synthetic=cohort.synthetic,
        people=tuple(name for name, _ in lives),
        levels=levels,
        lanes=()
        if whole_only
        else tuple(_lanes(path, cohort, lives, [one.whole for one in levels[0].lives])),
        carriers=() if whole_only else tuple(_carriers(levels[0], lives)),
        outside=len(path.contacts) - len(inside),
    )


def _levels(
    path: Trajectory, cohort: Cohort, lives: Sequence[Sequence[Told]], *, whole_only: bool, between: Pause
) -> list[Level]:
    """The edition's own first, with every contact; then by sector, then the coarser grains."""
    found: list[Level] = []
    for grain in path.grains[:1] if whole_only else path.grains:
        for by_sector in (False,) if whole_only else (False, True):
            between()
            known = [[one.known(grain, by_sector=by_sector) for one in life] for life in lives]
            finer = _finer(found, by_sector=by_sector) if all(map(_in_its_sector, path.contacts)) else []
            measured = tuple(
                cohort.measure(
                    life,
                    path.frame,
                    path.told_needs,
                    each=not (found or whole_only),
                    finer=[level.lives[number] for level in finer],
                )
                for number, life in enumerate(known)
            )
            joint = cohort.jointly(known, path.frame) if len(known) > 1 else None
            found.append(Level(grain.name, by_sector, measured, joint))
    return found


def _finer(found: Sequence[Level], *, by_sector: bool) -> Sequence[Level]:
    """The levels before of those who know as much and more: the grain before, and the name of the agency."""
    return found[-2:] if by_sector else found[-2:-1]


def _in_its_sector(one: Told) -> bool:
    """Whether who knows only the sector knows less: the data may have the agency in another one than the story."""
    return one.named <= one.sector


def _lanes(
    path: Trajectory,
    cohort: Cohort,
    lives: Sequence[tuple[str, Sequence[Told]]],
    wholes: Sequence[Matched],
) -> list[LaneRisk]:
    """No lane leaves fewer than the whole of a life: of one that enough match nothing has to be asked."""
    found = []
    for (name, life), whole in zip(lives, wholes, strict=True):
        for lane in dict.fromkeys(one.lane for one in life if whole.band is not MatchBand.MANY):
            known = _known([one for one in life if one.lane == lane], path.grains[0])
            found.append(LaneRisk(lane, name, cohort.jointly([known], path.frame)))
    return [one for one in found if one.matched.band is not MatchBand.MANY]


def _known(life: Sequence[Told], grain: Coarseness) -> list[Known]:
    return [one.known(grain) for one in life]


#: From the fewest on.
ORDER: Final = (MatchBand.NONE, MatchBand.ONE, MatchBand.FEW, MatchBand.SOME, MatchBand.MANY, UNMEASURED.band)


def _carriers(own: Level, lives: Sequence[tuple[str, Sequence[Told]]]) -> list[Carrier]:
    """The contacts that leave fewer than ten, alone or with one other; the ones that leave fewest first."""
    found = [
        Carrier(contact, name, alone, with_one)
        for (name, life), measured in zip(lives, own.lives, strict=True)
        for contact, (alone, with_one) in zip(life, measured.each, strict=True)
    ]
    risky = [one for one in found if one.with_one is not MatchBand.MANY]
    return sorted(risky, key=lambda one: (ORDER.index(one.alone), ORDER.index(one.with_one)))
