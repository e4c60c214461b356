"""The path through agencies that an edition shows, as a reader with somebody's records could try to match it.

Each contact that is shown has a place (the agency, as far as its lane names it) and the steps in which it may have
been. A contact without duration may match a row anywhere in the steps that it is shown in; one that lasts, in the
step in which it begins. docs/risk.md says what that does and does not measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from ...linked.cohort.protocol import Frame, Known, Unit
from ...story.messages import Message, message
from ...story.model import Agency, Contact, DatePolicy, ShowAs, Story
from ...story.vocabulary import Vocabulary
from ..dates.policy import RULES, Rule
from ..lanes import label_of
from ..showing import placed
from ..shown import Grain, Span


@dataclass(frozen=True, slots=True)
class Coarseness:
    """How finely somebody knows dates: in blocks of ``size`` steps of the frame (None: not at all).

    Blocks are counted from ``phase`` (a season's year begins in December).
    """

    name: Message
    size: int | None
    phase: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """One contact as it is shown. ``named``: the agencies its lane may be; ``sector``: all agencies of its sector."""

    id: UUID
    ref: str
    people: tuple[str, ...]
    lane: str
    when: str
    named: frozenset[str]
    sector_code: str
    sector: frozenset[str]
    first: int
    last: int
    significant: bool

    def known(self, grain: Coarseness, *, by_sector: bool = False) -> Known:
        """What somebody knows of it who knows dates so finely."""
        agencies = self.sector if by_sector else self.named
        if grain.size is None:
            return Known(agencies)
        size, phase = grain.size, grain.phase
        first = (self.first - phase) // size * size + phase
        last = (self.last - phase) // size * size + phase + size - 1
        return Known(agencies, first, last)


@dataclass(frozen=True, slots=True)
class Trajectory:
    """All contacts shown, in the order of the axis. ``grains`` go from the edition's own to none at all."""

    policy: DatePolicy
    frame: Frame
    grains: tuple[Coarseness, ...]
    people: tuple[tuple[str, str], ...]
    contacts: tuple[Told, ...]
    told_needs: frozenset[str]

    def of(self, person: str) -> tuple[Told, ...]:
        """The contacts that concern one person of the story; those that name nobody concern everybody."""
        return tuple(one for one in self.contacts if not one.people or person in one.people)


_MONTHS: Final = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.SEASON: 3, Grain.YEAR: 12}
_ANY_TIME: Final = Coarseness(message("which agencies, at any time"), None)
_WORDS: Final = {
    Grain.WEEK: message("the week"),
    Grain.MONTH: message("the month"),
    Grain.QUARTER: message("the quarter of the year"),
    Grain.SEASON: message("the season"),
    Grain.YEAR: message("the year"),
}


def trajectory(
    story: Story, vocabulary: Vocabulary, sectors: Mapping[str, str], weeks: int = 0
) -> Trajectory:
    """What an edition of ``story`` under its own policy lets be matched; ``sectors``: the agencies that gave rows."""
    rule = RULES[story.date_policy]
    origin, spans = placed(story, rule, vocabulary, weeks)
    agencies = {agency.ref: agency for agency in story.agencies}
    places = _Places(story, vocabulary, sectors)
    contacts = tuple(_told(one, span, rule, origin, agencies[one.agency], places) for one, span in spans)
    return Trajectory(
        policy=story.date_policy,
        frame=Frame(_unit(rule), shifts=not rule.calendar),
        grains=(*_grains(rule), _ANY_TIME),
        people=tuple((person.ref, person.name) for person in story.people),
        contacts=tuple(sorted(contacts, key=lambda one: (one.first, one.last))),
        told_needs=frozenset(need for contact, _ in spans for need in contact.needs),
    )


def _unit(rule: Rule) -> Unit:
    return "week" if rule.grain is Grain.WEEK else "month"


def _grains(rule: Rule) -> tuple[Coarseness, ...]:
    """From the grain of the edition on."""
    if rule.grain is Grain.WEEK:
        sizes = ((Grain.WEEK, 1), (Grain.QUARTER, 13), (Grain.YEAR, 52))
        return tuple(Coarseness(_WORDS[grain], size) for grain, size in sizes)
    own = _MONTHS[rule.grain]
    phase = -1 if rule.grain is Grain.SEASON else 0
    coarser = (one for one in (Grain.QUARTER, Grain.YEAR) if _MONTHS[one] > own)
    return tuple(Coarseness(_WORDS[grain], _MONTHS[grain], phase) for grain in (rule.grain, *coarser))


class _Places:
    """Which agencies of the rows a reader may take a lane for."""

    def __init__(self, story: Story, vocabulary: Vocabulary, sectors: Mapping[str, str]) -> None:
        self._story, self._vocabulary, self._sectors = story, vocabulary, sectors
        self._named = {a.dataset_agency for a in story.agencies if a.show_as is not ShowAs.SECTOR}

    def label(self, agency: Agency) -> str:
        return label_of(agency, self._vocabulary)

    def of_sector(self, agency: Agency) -> frozenset[str]:
        return frozenset(name for name, sector in self._sectors.items() if sector == agency.sector)

    def of(self, agency: Agency) -> frozenset[str]:
        """The agencies behind a name; where there is only a sector, all of it that the story does not name."""
        if self.label(agency) == self._vocabulary.label("sectors", agency.sector):
            return self.of_sector(agency) - self._named
        same = (
            a
            for a in self._story.agencies
            if a.sector == agency.sector and self.label(a) == self.label(agency)
        )
        return frozenset(a.dataset_agency for a in same if a.dataset_agency in self._sectors)


def _told(contact: Contact, span: Span, rule: Rule, origin: int, agency: Agency, places: _Places) -> Told:
    last = span.last if span.moment else span.first
    return Told(
        id=contact.id,
        ref=agency.ref,
        people=contact.people,
        lane=places.label(agency),
        when=span.text,
        named=places.of(agency),
        sector_code=agency.sector,
        sector=places.of_sector(agency),
        first=_begins(rule, origin, span.first),
        last=_begins(rule, origin, last + 1) - 1,
        significant=contact.significant,
    )


def _begins(rule: Rule, origin: int, step: int) -> int:
    """The first week or month of a step; from the origin where the calendar is not shown."""
    if not rule.calendar:
        return step
    return (origin + step) * _MONTHS[rule.grain] - (1 if rule.grain is Grain.SEASON else 0)
