"""A question as people ask it, one sentence: "how many people at the Jobcentre with offending, quarter by quarter".

It is a value: frozen, checked, always in the same order, so that the same question is equal, has the same JSON, the
same text (``enquiry_text``) and the same SHA-256 wherever it is asked. What a dataset makes of it is ``answer``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from ...story.messages import message
from ...story.problems import Problem, Problems
from ..dataset.datasets import NAME
from ..suppression.figures import Unit


def _in_order(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


Name = Annotated[str, StringConstraints(pattern=f"^(?:{NAME.pattern})$", max_length=80)]
Values = Annotated[tuple[str, ...], AfterValidator(_in_order)]
#: Field of an enquiry -> field of a question to a table.
LISTS: Final = {
    "agencies": "agency",
    "sectors": "sector",
    "kinds": "kind",
    "needs": "need",
    "places": "place",
    "age_bands": "age_band",
    "genders": "gender",
}


class Enquiry(BaseModel):
    """How many different ``of``, under what is named; what is not named is not narrowed.

    Several ``agencies`` (or ``sectors``) mean any of them, or with ``both`` people seen by every one of them; several
    ``needs`` mean all of them; several values of any other list mean any. ``first`` and ``last`` are days, both
    counted; ``episode`` stands in their place in a story's text until somebody says which (``during``). ``quarterly``
    asks for each quarter as well.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    dataset: Name
    of: Unit = "people"
    agencies: Values = ()
    sectors: Values = ()
    both: bool = False
    kinds: Values = ()
    needs: Values = ()
    multiple: bool = False
    places: Values = ()
    age_bands: Values = ()
    genders: Values = ()
    first: dt.date | None = None
    last: dt.date | None = None
    episode: bool = False
    quarterly: bool = False

    @classmethod
    def of_fields(cls, **fields: Any) -> Enquiry:
        """An enquiry from what somebody typed; raises Problems that name the field."""
        try:
            return cls(**fields)
        except ValidationError as error:
            raise Problems([_problem(one["loc"]) for one in error.errors()]) from None

    def during(self, first: dt.date, last: dt.date) -> Enquiry:
        """The same question about the days of an episode."""
        return self.model_copy(update={"first": first, "last": last, "episode": False})

    def where(self) -> tuple[tuple[str, str], ...]:
        """The pairs that narrow it, as ``count`` and the ledger take them, in order."""
        pairs = [(LISTS[name], value) for name in LISTS for value in getattr(self, name)]
        pairs += [(name, "yes") for name in ("both", "multiple") if getattr(self, name)]
        pairs += [(name, day.isoformat()) for name, day in (("from", self.first), ("to", self.last)) if day]
        return tuple(sorted(pairs))

    def canonical(self) -> str:
        """Canonical JSON, what is not asked left out: the same question always gives the same text."""
        plain = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @property
    def sha256(self) -> str:
        """A short name for the question."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def problems(self) -> list[Problem]:
        """What is wrong with it whichever dataset is asked."""
        found = []
        if self.episode:
            what = message("this question is about an episode, and does not say which")
            found.append(Problem(what, message("ask it from an episode, or give two days"), "from"))
        if self.agencies and self.sectors and not self.both:
            what = message("agencies and sectors are chosen together")
            found.append(
                Problem(what, message("choose agencies, or sectors, or people seen by both"), "agency")
            )
        return found


def _problem(place: tuple[int | str, ...]) -> Problem:
    field = str(place[0])
    if field in ("first", "last"):
        name = {"first": "from", "last": "to"}[field]
        return Problem(message("this is not a day"), message("write it like 2016-04-30"), name)
    return Problem(message("this can't be asked"), message("choose from what the page offers"), field)
