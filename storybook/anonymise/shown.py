"""What a picture or page of a story shows: the same shape for a draft and for what the world may see.

``Shown`` is plain data that serialises to canonical JSON without floating-point numbers. Time is counted in
whole *steps* of the axis's grain from its origin: step 0 is the first day, month, quarter... A relative
edition therefore holds "month 7" as the integer 6 and nothing finer; no calendar date can be recovered from
it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from ..linked.suppression.figures import Figure


class Grain(StrEnum):
    """What one step of an axis is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Grown(_Shown):
    """What got fields later: where those are empty they are left out, so that older canonical JSON stays the same."""

    LATER: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _plain(self, rest: SerializerFunctionWrapHandler) -> dict[str, Any]:
        found: dict[str, Any] = rest(self)
        return {name: value for name, value in found.items() if value or name not in self.LATER}


class Tick(_Shown):
    """A mark on the axis at the start of ``step``; ``major`` ones carry the label on narrow screens too."""

    step: int
    label: str
    major: bool = False


class Axis(_Shown):
    """``steps`` whole steps of ``grain``; ``calendar``: labels are real dates, not relative or moved ones."""

    grain: Grain
    calendar: bool
    steps: int = Field(ge=1)
    ticks: tuple[Tick, ...]


class Span(_Shown):
    """When: from the start of step ``first`` to the end of step ``last`` (inclusive; first <= last).

    The fuzzy bounds lie outside or on the strict ones: between them an edge fades. ``ongoing`` runs off the
    axis; ``end_unknown`` fades out. ``moment`` is a contact without duration (drawn as a mark, even in a wide
    step). ``text`` is the date in words, at the policy's grain ("month 7", "spring 2016").
    """

    first: int
    last: int
    fuzzy_first: int
    fuzzy_last: int
    moment: bool = True
    ongoing: bool = False
    end_unknown: bool = False
    text: str


class Calendar(_Shown):
    """Demand under a calendar policy: one figure a stretch of the axis."""

    kind: Literal["calendar"] = "calendar"
    quarters: tuple[tuple[int, int, str, Figure], ...]
    """(first step, last step, label such as "2016 Q2", figure)"""


class Typical(_Shown):
    """Demand under relative dates: one typical quarter, so that no calendar shape comes through."""

    kind: Literal["typical"] = "typical"
    figure: Figure


class NoDemand(_Shown):
    """No linked dataset, or this agency gave no rows."""

    kind: Literal["none"] = "none"


class ShownPerson(_Shown):
    """A person by the story's own ref and pseudonym."""

    ref: str
    name: str
    age_band: str = ""
    about: str = ""


class ShownSector(_Shown):
    """A sector that has a lane."""

    code: str
    label: str


class Lane(_Grown):
    """One agency. ``key`` is stable within the edition and says nothing more than the label does.

    ``narrowed``: whom alone the demand counts, in words; "" for everybody in contact with the agency.
    """

    LATER = frozenset({"narrowed"})
    key: str
    label: str
    sector: str
    demand: Calendar | Typical | NoDemand = Field(default=NoDemand(), discriminator="kind")
    narrowed: str = ""


class HandOff(_Shown):
    """A referral to another lane, and how it ended."""

    to_lane: str
    end: str
    end_label: str


class ShownContact(_Shown):
    """A contact as it may be seen; ``label`` is the short text that may stand beside the mark."""

    key: str
    lane: str
    when: Span
    people: tuple[str, ...]
    kind: str
    kind_label: str
    outcome: str
    outcome_label: str
    label: str
    detail: str = ""
    response: str = ""
    no_response: str = ""
    impact: str = ""
    own_words: str = ""
    needs: tuple[str, ...] = ()
    need_labels: tuple[str, ...] = ()
    significant: bool = True
    retelling: bool = False
    disputed: bool = False
    hand_off: HandOff | None = None


class ShownGap(_Shown):
    """A stretch without contact that somebody recorded; over all lanes where ``lane`` is None."""

    key: str
    when: Span
    kind: str
    kind_label: str
    lane: str | None = None
    people: tuple[str, ...] = ()
    note: str = ""


class ShownCount(_Shown):
    """A linked count, frozen with where it comes from; everything in words, but for the safe figure itself.

    ``words`` is what stands in the sentence ("about 340 people"); ``changed`` says why it answers something more
    general than was asked. ``figure`` is None where nothing was counted; ``state`` "wrong" is for drafts alone.
    """

    key: str
    state: Literal["counted", "not_counted", "wrong"] = "counted"
    words: str
    asked: str = ""
    figure: Figure | None = None
    changed: str = ""
    definition: str = ""
    period: str = ""
    source: str = ""
    as_of: str = ""
    rule: str = ""
    missing: tuple[str, ...] = ()
    worked_out: tuple[str, ...] = ()
    synthetic: bool = False


class ShownEpisode(_Grown):
    """``when`` is None for an episode without a date; ``text`` is Markdown, not yet rendered.

    ``counts`` are the keys of the counts beside it; those in its words stand there as ``{count:n1}``.
    """

    LATER = frozenset({"counts"})
    key: str
    title: str
    voice: str = ""
    voice_name: str = ""
    text: str = ""
    when: Span | None = None
    turning_point: bool = False
    counts: tuple[str, ...] = ()


class ShownPoint(_Shown):
    """One stretch or moment of a track."""

    when: Span
    label: str = ""
    #: A measure's value as decimal text ("12", "3.5"): canonical JSON holds no floats.
    value: str | None = None


class ShownTrack(_Shown):
    """A state over time: home, feelings, a measure."""

    key: str
    kind: str
    title: str
    people: tuple[str, ...] = ()
    low: str | None = None
    high: str | None = None
    acknowledgement: str = ""
    points: tuple[ShownPoint, ...] = ()


class Shown(_Grown):
    """All that a picture, page or file of the story may show. Lanes stand in order, grouped by sector."""

    LATER = frozenset({"counts"})
    slug: str
    title: str
    introduction: str
    caption: str
    fictional: bool
    language: str
    policy: str
    axis: Axis
    people: tuple[ShownPerson, ...]
    sectors: tuple[ShownSector, ...]
    lanes: tuple[Lane, ...]
    contacts: tuple[ShownContact, ...]
    gaps: tuple[ShownGap, ...] = ()
    episodes: tuple[ShownEpisode, ...] = ()
    tracks: tuple[ShownTrack, ...] = ()
    #: Where the counts come from, in words: dataset, definition, period, rule, as-of date, "synthetic" if it
    #: is.
    demand_note: str = ""
    #: The linked counts of the narrative, in reading order.
    counts: tuple[ShownCount, ...] = ()
