"""What the ledger holds: every number ever let out of a dataset, with the question that it answers.

The table is in ``storybook.store``; this is the shape that goes in and comes out. The attack on the whole set
(DESIGN section 7) reads it, so an entry says exactly what was asked, of which version, and where the answer
went.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from pydantic import BaseModel, ConfigDict, Field

from ..suppression.figures import Figure, Unit


class Question(BaseModel):
    """One number asked for: how many different ``of`` under ``where``, at one cell ``keys`` of a table.

    ``statistic`` is "count", or "typical" for the middle one of the quarters' counts. ``where`` and ``keys``
    are sorted pairs of the fields in ``fields``, so that equal questions are equal text. Several values of one field
    mean any of them; several needs mean all; ("both", "yes") means people seen by every agency and sector named;
    ("from", day) and ("to", day) are the first and last day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    of: Unit = "people"
    statistic: str = "count"
    keys: tuple[tuple[str, str], ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    definition: str = ""

    def canonical(self) -> str:
        """Canonical JSON: the same question always gives the same text."""
        sorted_pairs = {"keys": sorted(self.keys), "where": sorted(self.where)}
        plain = self.model_dump(mode="json") | sorted_pairs
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @property
    def sha256(self) -> str:
        """A short name for the question, for looking it up."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


class Released(BaseModel):
    """One figure that left: of what, what it answers, and where it went ("edition:couple@1").

    ``known`` is how many of the people counted its readers know of: those whose story it stands beside. ``span`` is the
    first and last day of that version of the dataset, where it may be another than today's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    dataset: str
    version: str
    question: Question
    figure: Figure
    rule: str
    went_to: str = Field(min_length=1)
    known: int = Field(default=0, ge=0)
    span: tuple[dt.date, dt.date] | None = None
