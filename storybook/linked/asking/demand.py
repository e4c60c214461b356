"""The demand behind a story's lanes: people in contact with each agency, by quarter and typically.

One query for all lanes. The typical level is the middle one of the quarters' true numbers (of an even number
of quarters the lower of the two in the middle), put through the rule: so it is always one of the figures that
the quarters show, and tells nothing more. Quarters in which the agency could give no rows do not count;
quarters in which it saw nobody do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...story.messages import Message, message, say
from ...story.terms import Vocabulary
from ...story.vocabulary_default import default
from ..dataset.datasets import Dataset
from ..suppression.figures import Figure, Unknown
from ..suppression.raw import NOBODY, Raw
from ..suppression.rules import Rule, protect, rule_called
from . import answer_words, provenance
from .enquiry import Enquiry
from .grid import Absences, cells
from .ledger import Question
from .questions import understand
from .table_query import ask
from .typical import by_quarter, middle


@dataclass(frozen=True)
class AgencyDemand:
    """People in contact with one agency: in a typical quarter and in each ("2016-Q2"), and the source.

    ``where`` are the pairs that narrow it to some of those people, ``narrowed`` says so in words.
    """

    agency: str
    typical: Figure
    quarters: Mapping[str, Figure]
    note: Message
    where: tuple[tuple[str, str], ...] = ()
    narrowed: Message | None = None
    meaning: str = ""

    def question(self, quarter: str | None = None) -> Question:
        """What a figure answers, for the ledger: the typical one, or that of ``quarter``."""
        keys = (("agency", self.agency),)
        more = {"where": self.where, "definition": self.meaning}
        if quarter is None:
            return Question(statistic="typical", keys=keys, **more)
        return Question(keys=(*keys, ("quarter", quarter)), **more)


def demand(dataset: Dataset, agencies: Sequence[str], rule: Rule | None = None) -> dict[str, AgencyDemand]:
    """The demand at each of ``agencies``; unknown throughout for those that the dataset does not have."""
    rule = rule or rule_called(dataset.manifest.about.rule)
    there = [agency for agency in dict.fromkeys(agencies) if agency in dataset.manifest.agencies]
    note = demand_note(dataset, rule)
    found = _lanes(dataset, there, rule) if there else {}
    return {agency: AgencyDemand(agency, *found.get(agency, _nothing()), note) for agency in agencies}


def narrowed_demand(dataset: Dataset, agency: str, enquiry: Enquiry, vocabulary: Vocabulary) -> AgencyDemand:
    """The demand at ``agency`` of those people alone whom ``enquiry`` names (by need, area, age...)."""
    rule = rule_called(dataset.manifest.about.rule)
    asked = enquiry.model_copy(update={"agencies": (agency,)})
    there = agency in dataset.manifest.agencies
    found = by_quarter(dataset, asked, rule, vocabulary) if there else None
    narrowed = answer_words.narrowed(enquiry, vocabulary)
    return AgencyDemand(
        agency,
        found.typical if found else Unknown(),
        found.quarters if found else {},
        _narrowed_note(dataset, rule, agency, narrowed),
        tuple(pair for pair in asked.where() if pair[0] != "agency"),
        narrowed,
        say(vocabulary.definition) if enquiry.multiple else "",
    )


def _narrowed_note(dataset: Dataset, rule: Rule, agency: str, narrowed: Message | None) -> Message:
    said = message("At {agency}: {narrowed}.", agency=agency, narrowed=narrowed or "")
    whole = demand_note(dataset, rule)
    return message("{whole} {said}", whole=whole, said=said) if narrowed else whole


def demand_note(dataset: Dataset, rule: Rule) -> Message:
    """Where the demand comes from, in words."""
    what = message(
        "Behind each lane: how many different people were in contact with that agency in a quarter of a year."
    )
    source = provenance.source(dataset.manifest)
    return message("{what} {source} {rule}", what=what, source=source, rule=rule.words)


def _lanes(
    dataset: Dataset, agencies: Sequence[str], rule: Rule
) -> dict[str, tuple[Figure, dict[str, Figure]]]:
    vocabulary = default()
    where = [("agency", agency) for agency in agencies]
    asked = understand(dataset, ("agency", "quarter"), where, "people", vocabulary)
    raws, absences = ask(dataset, asked, vocabulary.multiple), Absences(dataset.manifest)
    quarters: dict[str, dict[str, Figure]] = {agency: {} for agency in agencies}
    counted: dict[str, list[Raw]] = {agency: [] for agency in agencies}
    for agency, quarter in cells(asked, dataset.manifest):
        absent, raw = absences.figure(asked, (agency, quarter)), raws.get((agency, quarter), NOBODY)
        quarters[agency][quarter] = absent or protect(raw, rule)
        if absent is None:
            counted[agency].append(raw)
    return {agency: (middle(counted[agency], rule), quarters[agency]) for agency in agencies}


def _nothing() -> tuple[Figure, dict[str, Figure]]:
    return Unknown(), {}
