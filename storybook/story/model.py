"""What a story is.

Each thing has one definition of its fields, a ``…Fields`` class (SQLModel without a table, so it validates); the
tables in ``storybook.store`` inherit from it, and the frozen classes here put the parts together into a ``Story``,
which cannot be built with a reference that points nowhere.

Refs (``P1``, ``west-midlands-police``) are what people see and type; ids (UUIDv7) are what survives a rename.
Dates are EDTF strings, checked by ``storybook.story.dates``. ``version`` counts changes to a row, for conflicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    FiniteFloat,
    StringConstraints,
    model_validator,
)
from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from .dates import check_date, check_end, check_span
from .ids import new_id

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


def _lf(value: object) -> object:
    """Text with every end of line as LF: browsers send CR LF, Excel writes LF, and no file format keeps them apart."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


Slug = Annotated[str, StringConstraints(pattern=SLUG.pattern, min_length=1, max_length=80)]
Ref = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$", max_length=120)]
Line = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\r\n\x00]*$")]
#: A question to linked data (``linked.enquiry_text``) on one line, without spaces around it.
Asked = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2_000, pattern=r"^[^\x00-\x1f\x7f]*$")
]
Text = Annotated[str, BeforeValidator(_lf), StringConstraints(max_length=2_000_000, pattern=r"^[^\x00]*$")]
#: An address on the web, without spaces (they stand between addresses in a list).
Link = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\x00-\x1f\x7f]+$", max_length=4_000)]
#: An EDTF level 1 date or interval, as ``storybook.story.dates`` accepts it.
Date = Annotated[str, AfterValidator(check_date)]
#: The end of something: an EDTF date, ``".."`` (ongoing) or ``""`` (nothing said: it ends where ``date`` does).
End = Annotated[str, AfterValidator(check_end)]


class DatePolicy(StrEnum):
    """How an edition shows dates (DESIGN section 7)."""

    RELATIVE = "relative"
    SHIFTED = "shifted"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"


class ShowAs(StrEnum):
    """What the world sees an agency called."""

    NAME = "name"
    ALIAS = "alias"
    SECTOR = "sector"


class TrackKind(StrEnum):
    """What a track follows."""

    HOME = "home"
    FEELINGS = "feelings"
    MEASURE = "measure"


class StoryFields(SQLModel):
    """A story's own facts. ``fictional`` is printed on every output."""

    slug: Slug
    title: Line
    introduction: Text = ""
    fictional: bool = False
    date_policy: DatePolicy = DatePolicy.RELATIVE
    language: Line = "en-GB"
    #: Name of the linked dataset whose counts stand behind the lanes, or "".
    dataset: Line = ""


class PersonFields(SQLModel):
    """A person of the story. ``name`` is the pseudonym; a real name never stands here."""

    ref: Ref
    name: Line
    pronouns: Line = ""
    age_band: Line = ""
    about: Text = ""


class AgencyFields(SQLModel):
    """An agency: one lane. ``dataset_agency``: what the linked data call it; ``question`` narrows the demand behind."""

    ref: Ref
    name: Line
    sector: Ref
    show_as: ShowAs = ShowAs.NAME
    alias: Line = ""
    dataset_agency: Line = ""
    question: Asked = ""


class ContactFields(SQLModel):
    """One contact between people of the story and an agency (DESIGN section 6).

    ``kind``, ``outcome``, ``needs`` and ``handoff_end`` are codes of the vocabulary. ``summary`` is what happened,
    as fact. ``response`` says what the agency did; ``no_response`` why there was none.
    """

    date: Date
    end: End = ""
    agency: Ref
    people: tuple[Ref, ...] = Field(default=(), sa_type=JSON)
    kind: Ref = "contact"
    summary: Line = ""
    detail: Text = ""
    outcome: Ref = "not-recorded"
    response: Text = ""
    no_response: Text = ""
    impact: Text = ""
    own_words: Text = ""
    source: Text = ""
    needs: tuple[Ref, ...] = Field(default=(), sa_type=JSON)
    significant: bool = True
    retelling: bool = False
    disputed: bool = False
    not_telling: bool = False
    handoff_to: Ref | None = None
    handoff_end: Ref | None = None
    cost_item: Line = ""
    cost_quantity: FiniteFloat | None = None
    #: Links to media, kept and never fetched.
    links: tuple[Link, ...] = Field(default=(), sa_type=JSON)


class GapFields(SQLModel):
    """A typed stretch without contact that somebody recorded; ``kind`` is a code of the vocabulary."""

    date: Date
    end: End = ""
    kind: Ref
    agency: Ref | None = None
    people: tuple[Ref, ...] = Field(default=(), sa_type=JSON)
    note: Text = ""


class EpisodeFields(SQLModel):
    """A piece of the narrative, in Markdown. ``voice`` is a person's ref, or "" for the narrator.

    With a ``date`` it becomes a band across the lanes. ``counts`` are questions whose answers stand beside it.
    """

    position: int = Field(ge=0)
    title: Line
    date: Annotated[str, AfterValidator(lambda v: check_date(v) if v else v)] = ""
    end: End = ""
    voice: str = ""
    text: Text = ""
    turning_point: bool = False
    counts: tuple[Annotated[Asked, StringConstraints(min_length=1)], ...] = Field(default=(), sa_type=JSON)


class TrackFields(SQLModel):
    """A state over time that is no contact: home, feelings, an outcome measure."""

    ref: Ref
    kind: TrackKind
    title: Line
    people: tuple[Ref, ...] = Field(default=(), sa_type=JSON)
    #: For a measure: lowest and highest value, and the acknowledgement its owner asks for.
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    acknowledgement: Text = ""


class PointFields(SQLModel):
    """One stretch (or moment) of a track: a label such as "Sofa surfing", or a measured value."""

    date: Date
    end: End = ""
    label: Line = ""
    value: FiniteFloat | None = None


class _Part(SQLModel):
    """A row of its own: an id that survives everything, and a count of its changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")  # type: ignore[assignment]  # SQLModel widens the type
    id: UUID = Field(default_factory=new_id)
    version: int = Field(default=1, ge=1)


class Person(_Part, PersonFields):
    """A person of a story, with an id and a version."""


class Agency(_Part, AgencyFields):
    """An agency of a story, with an id and a version."""


class _Dated(_Part):
    """A part with a ``date`` and an ``end`` that fit each other."""

    @model_validator(mode="after")
    def _end_fits_date(self) -> Self:
        date, end = getattr(self, "date", ""), getattr(self, "end", "")
        if date:
            check_span(date, end)
        elif end:
            raise ValueError("an end needs a date; say when it began")
        return self


class Contact(_Dated, ContactFields):
    """A contact of a story; its end fits its date."""


class Gap(_Dated, GapFields):
    """A stretch without contact; its end fits its date."""


class Episode(_Dated, EpisodeFields):
    """An episode of a story; its end fits its date."""


class Point(_Dated, PointFields):
    """A point or stretch of a track; its end fits its date."""


class Track(_Part, TrackFields):
    """A track of a story, with its points."""

    points: tuple[Point, ...] = ()


class Story(_Part, StoryFields):
    """A whole story, internally consistent. Contacts, gaps and points keep the order they were given in."""

    people: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()
    contacts: tuple[Contact, ...] = ()
    gaps: tuple[Gap, ...] = ()
    episodes: tuple[Episode, ...] = ()
    tracks: tuple[Track, ...] = ()

    @model_validator(mode="after")
    def _refs_point_somewhere(self) -> Self:
        people = _unique("person", (p.ref for p in self.people))
        agencies = _unique("agency", (a.ref for a in self.agencies))
        _unique("track", (t.ref for t in self.tracks))
        _unique("id", (str(part.id) for part in self.parts()))
        for contact in self.contacts:
            _known("agency", agencies, contact.agency, contact.handoff_to)
            _known("person", people, *contact.people)
        for gap in self.gaps:
            _known("agency", agencies, gap.agency)
            _known("person", people, *gap.people)
        for episode in self.episodes:
            _known("person", people, episode.voice or None)
        for track in self.tracks:
            _known("person", people, *track.people)
        return self

    def parts(self) -> Iterable[_Part]:
        """Every row of the story but the story itself."""
        yield from (*self.people, *self.agencies, *self.contacts, *self.gaps, *self.episodes, *self.tracks)
        for track in self.tracks:
            yield from track.points


def _unique(what: str, refs: Iterable[str]) -> frozenset[str]:
    seen: set[str] = set()
    for ref in refs:
        if ref in seen:
            raise ValueError(f"{what} {ref!r} is there twice")
        seen.add(ref)
    return frozenset(seen)


def _known(what: str, known: frozenset[str], *refs: str | None) -> None:
    for ref in refs:
        if ref is not None and ref not in known:
            raise ValueError(f"{what} {ref!r} is not in this story")
