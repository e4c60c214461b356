"""A question asked of every quarter of the data, and of a typical one.

The typical figure is the middle one of the quarters' true numbers (of an even number the lower of the two in the
middle), put through the rule: it is one of the quarters' own figures and depends on no day of anybody's story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...story.terms import Vocabulary
from ..dataset.datasets import Dataset
from ..suppression.figures import Figure, Unit, Unknown
from ..suppression.raw import NOBODY, Raw, contacts_of, people_of
from ..suppression.rules import Rule, protect
from .enquiry import Enquiry
from .grid import Absences, cells
from .questions import understand
from .table_query import ask


@dataclass(frozen=True)
class ByQuarter:
    """Figures of a typical quarter and of each ("2016-Q2")."""

    typical: Figure
    quarters: dict[str, Figure]


def by_quarter(dataset: Dataset, enquiry: Enquiry, rule: Rule, vocabulary: Vocabulary) -> ByQuarter:
    """The figures for ``enquiry``, whose days are left out. Raises Problems for what the dataset can't answer."""
    whole = enquiry.model_copy(update={"first": None, "last": None, "episode": False})
    asked = understand(dataset, ("quarter",), whole.where(), whole.of, vocabulary)
    raws, absences = ask(dataset, asked, vocabulary.multiple), Absences(dataset.manifest)
    quarters: dict[str, Figure] = {}
    counted: list[Raw] = []
    for (quarter,) in cells(asked, dataset.manifest):
        absent, raw = absences.figure(asked, (quarter,)), raws.get((quarter,), NOBODY)
        quarters[quarter] = absent or protect(raw, rule, whole.of)
        if absent is None:
            counted.append(raw)
    return ByQuarter(middle(counted, rule, whole.of), quarters)


def middle(raws: Sequence[Raw], rule: Rule, of: Unit = "people") -> Figure:
    """The middle one of ``raws`` through the rule; unknown where there is none."""
    if not raws:
        return Unknown(unit=of)
    ordered = sorted(raws, key=people_of if of == "people" else contacts_of)
    return protect(ordered[(len(ordered) - 1) // 2], rule, of)
