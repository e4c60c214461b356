"""What a load did, in numbers and in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ...story.dates import in_words
from ...story.messages import Message, message, say
from ..dataset.datasets import Dataset
from ..dataset.manifest import Part
from .columns import Dropped
from .spellings import Offer, offers

#: Of more names than these the first are said.
_MOST: Final = 5


@dataclass(frozen=True)
class LoadReport:
    """What came in. ``blank_rows`` were left out; ``no_agency`` rows count as "not recorded".

    ``year_first`` and ``day_first`` say how many dates were written in that style (month first, where ``month_first``
    is set, instead of day first). ``kin`` are the names of datasets with which it has one ledger.
    """

    dataset: Dataset
    year_first: int
    day_first: int
    month_first: bool
    no_agency: int
    blank_rows: int
    in_future: int
    formulas: int = 0
    doubled: int = 0
    dropped: tuple[Dropped, ...] = ()
    kin: tuple[str, ...] = ()

    @property
    def part(self) -> Part:
        """What this load brought in."""
        return self.dataset.manifest.parts[-1]

    @property
    def rejected(self) -> int:
        """How many rows were left out because something was wrong with them."""
        return self.part.rejected

    @property
    def people(self) -> int:
        """How many different people came in."""
        return self.dataset.manifest.people

    @property
    def rows(self) -> int:
        """How many rows came in: contacts."""
        return self.dataset.manifest.rows

    @property
    def agencies(self) -> int:
        """How many different agencies came in."""
        return len([agency for agency in self.dataset.manifest.agencies if agency])

    @property
    def first(self) -> dt.date:
        """The day of the first contact."""
        return self.dataset.manifest.first

    @property
    def last(self) -> dt.date:
        """The day of the last contact."""
        return self.dataset.manifest.last

    def sentences(self) -> tuple[Message, ...]:
        """The report as sentences, the most important first."""
        noticed = (
            (self.no_agency, self._unnamed()),
            (self.blank_rows, self._blank()),
            (self.in_future, self._future()),
            (self.formulas, self._formulas()),
            (self.doubled, self._doubled()),
            (self.rejected, self._left_out()),
        )
        more = (sentence for number, sentence in noticed if number)
        kin = (kinship(self.kin),) if self.kin else ()
        return (self._came_in(), self._styles(), *kin, *self._changes(), *more, *self.columns_left_out())

    def columns_left_out(self) -> tuple[Message, ...]:
        """A sentence for each column that looks like it says who somebody is, or is somebody's words."""
        said = 'The column "{heading}" looks like {kind}. It was left out.'
        different = dict.fromkeys((one.heading, one.kind.id) for one in self.dropped)
        return tuple(message(said, heading=heading, kind=message(kind)) for heading, kind in different)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Agencies that may be one, spelled several ways."""
        return offers(self.dataset.manifest.agencies)

    def _came_in(self) -> Message:
        return message(
            "{people}, {rows}, {agencies}, from {first} to {last}",
            people=message("{count:,} person", plural="{count:,} people", count=self.people),
            rows=message("{count:,} row", plural="{count:,} rows", count=self.rows),
            agencies=message("{count:,} agency", plural="{count:,} agencies", count=self.agencies),
            first=in_words(self.first.isoformat()),
            last=in_words(self.last.isoformat()),
        )

    def _styles(self) -> Message:
        late = message("month first") if self.month_first else message("day first")
        if not self.day_first:
            return message("All dates are written year first.")
        if not self.year_first:
            return message("All dates are written {late}.", late=late)
        said = "Dates: {early:,} written year first, {count:,} {late}."
        return message(said, early=self.year_first, count=self.day_first, late=late)

    def _changes(self) -> Iterator[Message]:
        """Names that may be others under a new name: said where it can still be put right."""
        manifest = self.dataset.manifest
        for one in (change for change in manifest.changes if change.version == manifest.version):
            yield message(
                "Not in the data any more: {gone}. New: {came}. Is one of these only a new name? Then use the old "
                "name{how}. So you can still set new numbers beside those you shared.",
                gone=_listed(one.gone),
                came=_listed(one.new),
                how=f' (--merge "{one.new[0]}={one.gone[0]}")' if one.field == "agency" else "",
            )

    def _unnamed(self) -> Message:
        one = "{count:,} row names no agency; it counts as not recorded."
        many = "{count:,} rows name no agency; they count as not recorded."
        return message(one, plural=many, count=self.no_agency)

    def _blank(self) -> Message:
        many = "{count:,} empty rows were left out."
        return message("{count:,} empty row was left out.", plural=many, count=self.blank_rows)

    def _future(self) -> Message:
        many = "{count:,} rows are dated after today."
        return message("{count:,} row is dated after today.", plural=many, count=self.in_future)

    def _formulas(self) -> Message:
        many = "{count:,} names of agencies begin like a formula of a spreadsheet. They are kept as text and never run."
        one = "{count:,} name of an agency begins like a formula of a spreadsheet. It is kept as text and never run."
        return message(one, plural=many, count=self.formulas)

    def _doubled(self) -> Message:
        many = "{count:,} rows say the same as another row (times of day are not loaded). Each counts as a contact."
        one = "{count:,} row says the same as another row (times of day are not loaded). It counts as a contact."
        return message(one, plural=many, count=self.doubled)

    def _left_out(self) -> Message:
        many = "{count:,} rows could not be read and were left out; the list of rejects says where and why."
        one = "{count:,} row could not be read and was left out; the list of rejects says where and why."
        return message(one, plural=many, count=self.rejected)


def _listed(names: Sequence[str]) -> str:
    """Names with quotation marks; of many the first ones, and how many more."""
    said = ", ".join(f'"{name}"' for name in names[:_MOST])
    return (
        said
        if len(names) <= _MOST
        else say(message("{names} and {count} more", names=said, count=len(names) - _MOST))
    )


def kinship(names: Sequence[str]) -> Message:
    """What it means that a dataset has kin."""
    return message(
        "Some of these rows, or rows of the same partner and time, are in another dataset too: {names}. These datasets "
        "have one ledger. A number of one is released only if it is safe beside the numbers of the others. The "
        "strictest rule for small numbers among them holds for all.",
        names=", ".join(names),
    )
