"""Which columns of agencies' files hold what, and what an agency says about when it could have given rows."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

DateStyle = Literal["auto", "day-first", "month-first"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnMapping(_Frozen):
    """Headings of the columns to load; every other column is left behind, unread.

    ``person`` is any mark that is the same for the same person in all the files (it is replaced while loading
    and never stored). ``needs`` are columns of yes and no, each named after its need, or columns of needs
    ("homelessness;offending"). ``age_band`` and ``gender`` hold a value a row, as the partner knew it then; whole
    years become bands. ``merge`` says for agencies spelled several ways what each is called. ``date_style`` "auto"
    reads year-first and UK day-first dates; say "month-first" for American ones.
    """

    person: str
    date: str
    agency: str
    kind: str | None = None
    needs: tuple[str, ...] = ()
    place: str | None = None
    age_band: str | None = None
    gender: str | None = None
    merge: dict[str, str] = Field(default_factory=dict)
    date_style: DateStyle = "auto"

    def fields(self) -> tuple[tuple[str, str], ...]:
        """(field, heading) for each column that is mapped; "need" may be there several times."""
        single = (("person", self.person), ("date", self.date), ("agency", self.agency))
        maybe = (
            ("kind", self.kind),
            ("place", self.place),
            ("age_band", self.age_band),
            ("gender", self.gender),
        )
        chosen = tuple((field, heading) for field, heading in maybe if heading is not None)
        return single + chosen + tuple(("need", heading) for heading in self.needs)


class Terms(_Frozen):
    """Who gave the rows and under which agreement; after the day ``ends`` the dataset answers nothing."""

    partner: str = ""
    agreement: str = ""
    ends: dt.date | None = None


#: "replace" puts the rows in the place of the whole dataset; "add" puts them beside it; "period" puts them in the
#: place of what the same partner gave for the same days.
Mode = Literal["replace", "add", "period"]


class Wishes(_Frozen):
    """How rows come in. ``keep``: headings that look like identifiers -> why they are kept.

    ``load_the_rest`` leaves out rows that can't be read and lists them beside the version; ``load`` names the load,
    so that one which is repeated adds nothing twice. ``link_key`` lets rows be added later (see ``parts``). Without
    ``publish`` nothing is kept: the report says what would come in.
    """

    mode: Mode = "replace"
    keep: dict[str, str] = Field(default_factory=dict)
    load_the_rest: bool = False
    load: str = ""
    terms: Terms = Terms()
    link_key: str = Field(default="", repr=False, exclude=True)
    publish: bool = True


class Absence(_Frozen):
    """A stretch for which an agency says that it gave no rows, ``first`` and ``last`` day included.

    ``structural_zero``: there could not be any (not open yet, closed in summer). ``unknown``: there may have
    been contacts, and the rows were not shared. Nothing of this is ever guessed from rows that are missing:
    that would tell "none" from "fewer than ten".
    """

    agency: str
    first: dt.date = dt.date.min
    last: dt.date = dt.date.max
    state: Literal["structural_zero", "unknown"] = "unknown"

    @model_validator(mode="after")
    def _first_comes_first(self) -> Self:
        if self.last < self.first:
            raise ValueError("an absence ends before it begins")
        return self


class About(_Frozen):
    """What is known of a dataset beside its rows: said when it is loaded, kept in its manifest.

    ``sectors`` maps agencies to sector codes. ``definition`` says who is in the data ("people facing one or
    more of ..."). ``stands_for``: how many such people the city has in all, as far as anybody knows (docs/risk.md).
    """

    synthetic: bool = False
    title: str = ""
    definition: str = ""
    sectors: dict[str, str] = Field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    rule: str = "default"
    stands_for: int | None = Field(default=None, ge=1)
