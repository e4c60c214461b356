"""Which lane an agency stands in, what the world sees it called, and the demand behind it.

An agency shown by its sector or alias takes nothing along that could tell which one it is: not its ref, and
not its demand, because a series of counts is as good as a name to somebody who has seen it elsewhere.
Agencies that look the same (one sector, one name) are one lane. Only agencies that something shown points to
have a lane at all.

Lanes stand by sector in the vocabulary's order, then by the step in which they first appear, then by name:
nothing finer than the grain decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ..linked.suppression.figures import Figure
from ..story.model import Agency, ShowAs
from ..story.vocabulary import Vocabulary
from .dates.policy import Timeline
from .dates.scale import first_day, ordinal, period
from .notes import without_calendar
from .shown import Calendar, Grain, Lane, NoDemand, ShownSector, Typical


class LaneDemand(Protocol):
    """What is asked of an agency's linked counts (``linked.demand`` has them)."""

    @property
    def typical(self) -> Figure:
        """One typical quarter."""
        ...

    @property
    def quarters(self) -> Mapping[str, Figure]:
        """Each quarter by its label, "2016-Q2"."""
        ...

    @property
    def note(self) -> str:
        """Where the counts come from, in words."""
        ...

    @property
    def narrowed(self) -> str:
        """Whom alone they count, in words; "" for everybody."""
        ...


#: Linked counts by the story's agency refs.
Demand = Mapping[str, LaneDemand]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes in order, each agency's lane by the agency's ref, and the sectors that have one."""

    lanes: tuple[Lane, ...]
    keys: Mapping[str, str]
    sectors: tuple[ShownSector, ...]
    note: str


def lanes(
    agencies: Iterable[Agency],
    seen: Mapping[str, int],
    timeline: Timeline,
    vocabulary: Vocabulary,
    demand: Demand | None,
) -> Lanes:
    """The lanes of the agencies in ``seen`` (ref: first step), with their demand."""
    groups: dict[tuple[str, str], list[Agency]] = {}
    for agency in agencies:
        if agency.ref in seen:
            groups.setdefault((agency.sector, label_of(agency, vocabulary)), []).append(agency)
    ordered = sorted(groups.items(), key=lambda item: _order(item[0], item[1], seen, vocabulary))
    shown = tuple(
        _lane(f"lane-{number}", label, sector, _demand(group, timeline, demand), _open(group, demand))
        for number, ((sector, label), group) in enumerate(ordered, 1)
    )
    keys = {a.ref: lane.key for lane, (_, group) in zip(shown, ordered, strict=True) for a in group}
    note = _note(ordered, shown, demand)
    note = note if timeline.rule.calendar else without_calendar(note)
    return Lanes(shown, keys, _sectors(shown, vocabulary), note)


def _lane(
    key: str, label: str, sector: str, behind: Calendar | Typical | NoDemand, known: LaneDemand | None
) -> Lane:
    narrowed = known.narrowed if known and not isinstance(behind, NoDemand) else ""
    return Lane(key=key, label=label, sector=sector, demand=behind, narrowed=narrowed)


def label_of(agency: Agency, vocabulary: Vocabulary) -> str:
    """What the world sees; an alias that was never written falls back to the sector, never to the name."""
    if agency.show_as is ShowAs.NAME:
        return agency.name
    if agency.show_as is ShowAs.ALIAS and agency.alias.strip():
        return agency.alias
    return vocabulary.label("sectors", agency.sector)


def _order(
    look: tuple[str, str], group: list[Agency], seen: Mapping[str, int], vocabulary: Vocabulary
) -> tuple[int, str, int, str]:
    sector, label = look
    return vocabulary.sector_order(sector), sector, min(seen[agency.ref] for agency in group), label


def _sectors(shown: tuple[Lane, ...], vocabulary: Vocabulary) -> tuple[ShownSector, ...]:
    codes = dict.fromkeys(lane.sector for lane in shown)
    return tuple(ShownSector(code=code, label=vocabulary.label("sectors", code)) for code in codes)


def _open(group: list[Agency], demand: Demand | None) -> LaneDemand | None:
    """The counts of a lane that is one agency under its own name; nothing for any other."""
    if demand is None or len(group) != 1 or group[0].show_as is not ShowAs.NAME:
        return None
    return demand.get(group[0].ref)


def _demand(group: list[Agency], timeline: Timeline, demand: Demand | None) -> Calendar | Typical | NoDemand:
    """Quarter by quarter where a calendar is shown as finely as that; else the typical level."""
    known = _open(group, demand)
    if known is None:
        return NoDemand()
    if not timeline.rule.calendar or timeline.rule.grain in (Grain.SEASON, Grain.YEAR):
        return Typical(figure=known.typical)
    quarters = [_stretch(timeline, label, figure) for label, figure in known.quarters.items()]
    fitting = sorted((q for q in quarters if q[0] <= q[1]), key=lambda q: q[0])
    return Calendar(quarters=tuple(fitting)) if fitting else NoDemand()


def _stretch(timeline: Timeline, label: str, figure: Figure) -> tuple[int, int, str, Figure]:
    """A quarter on the axis, cut to it; first > last if it lies off the axis."""
    year, quarter = label.split("-Q")
    number = int(year) * 4 + int(quarter) - 1
    grain, origin = timeline.rule.grain, timeline.origin
    first = ordinal(grain, first_day(Grain.QUARTER, number)) - origin
    after = ordinal(grain, first_day(Grain.QUARTER, number + 1)) - origin
    return max(first, 0), min(after - 1, timeline.end), str(period(Grain.QUARTER, number)), figure


def _note(
    ordered: list[tuple[tuple[str, str], list[Agency]]], shown: tuple[Lane, ...], demand: Demand | None
) -> str:
    """Where the counts come from, each source once; nothing where no count is shown."""
    known = (_open(group, demand) for _, group in ordered)
    pairs = zip(known, shown, strict=True)
    notes = [source.note for source, lane in pairs if source and not isinstance(lane.demand, NoDemand)]
    return " ".join(dict.fromkeys(note for note in notes if note))
