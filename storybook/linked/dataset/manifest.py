"""What one version of a dataset says of itself: whose rows, of when, under which agreement, which categories."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from .mapping import About, ColumnMapping


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """One file that was loaded: its name without folders, its SHA-256, how many rows it gave."""

    name: str
    sha256: str
    rows: int


class Part(_Frozen):
    """What one load brought in: ``number`` marks its rows.

    ``first`` and ``last`` are the days of the first and last contact that it brought. ``load`` names the load, so
    that one which is repeated adds nothing. ``kept`` are headings that looked like identifiers and were kept for a
    reason, which is in the audit trail. ``dropped`` are (heading, what it looked like).
    """

    number: int
    load: str
    partner: str = ""
    agreement: str = ""
    agreement_ends: dt.date | None = None
    loaded_at: dt.datetime
    first: dt.date
    last: dt.date
    rows: int
    rejected: int = 0
    sources: tuple[Source, ...]
    mapping: ColumnMapping
    kept: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()


class Given(_Frozen):
    """What some load once brought in, whether rows of it are left or not: whose, of when, the files' SHA-256."""

    partner: str
    first: dt.date
    last: dt.date
    files: tuple[str, ...]


class Change(_Frozen):
    """Names of a field (as questions call it) that went with ``version``, and those that came with it."""

    version: str
    field: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


class Manifest(_Frozen):
    """What one version of a dataset is made of.

    ``first`` and ``last`` are the days of its first and last contact. ``agencies``, ``kinds``, ``needs``, ``places``,
    ``age_bands`` and ``genders`` are every value there is, in order: lists of categories, which a table needs in
    full so that a missing line tells nothing. An empty one among them means "not recorded". ``sources`` and
    ``mapping`` are those of the newest load; ``parts`` has all.

    ``ever`` has what this and all versions before brought in, ``same_people`` the names of datasets in which the same
    people's rows were found, ``changes`` which names went and came with this version and those before. ``kin`` are the
    datasets with which it has one ledger (see ``kin``): that is worked out anew for all datasets together, and never
    stored. ``destroyed`` is the day on which its rows went for good: what it says is then what was so before.
    """

    schema_version: int = 1
    name: str
    version: str
    loaded_at: dt.datetime
    sources: tuple[Source, ...]
    mapping: ColumnMapping
    about: About
    people: int
    rows: int
    first: dt.date
    last: dt.date
    agencies: tuple[str, ...]
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    places: tuple[str, ...]
    age_bands: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    ever: tuple[Given, ...] = ()
    same_people: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    destroyed: dt.date | None = None
    kin: tuple[str, ...] = Field(default=(), exclude=True)

    @property
    def given(self) -> tuple[Given, ...]:
        """All that was ever brought in, as far as that was written down."""
        parts = (
            Given(partner=one.partner, first=one.first, last=one.last, files=_files(one.sources))
            for one in self.parts
        )
        newest = Given(partner="", first=self.first, last=self.last, files=_files(self.sources))
        return tuple(dict.fromkeys((*self.ever, *parts, newest)))

    @property
    def agreement_ends(self) -> dt.date | None:
        """The last day on which anything may be asked of it: the earliest end among its parts' agreements."""
        return min((part.agreement_ends for part in self.parts if part.agreement_ends), default=None)

    def answers(self, day: dt.date) -> bool:
        """Whether it may be asked anything on ``day``."""
        return not self.destroyed and (self.agreement_ends is None or day <= self.agreement_ends)

    def ended(self, day: dt.date) -> tuple[Part, ...]:
        """The parts whose agreement is over on ``day``, while their rows are there."""
        if self.destroyed:
            return ()
        return tuple(part for part in self.parts if part.agreement_ends and part.agreement_ends < day)

    @property
    def partners(self) -> tuple[str, ...]:
        """Who gave rows, in order."""
        return tuple(sorted({part.partner for part in self.parts if part.partner}))


def _files(sources: tuple[Source, ...]) -> tuple[str, ...]:
    return tuple(one.sha256 for one in sources)
