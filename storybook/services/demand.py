"""The counts behind a story's lanes, as far as its dataset has them, and the ledger entries that they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..anonymise.candidate import Candidate
from ..anonymise.shown import Calendar, Lane, Typical
from ..linked.datasets import Dataset, dataset_names, open_dataset
from ..linked.demand import AgencyDemand, demand
from ..linked.figures import Figure
from ..linked.ledger import Question, Released
from ..story.clock import today
from ..story.messages import say
from ..story.model import ShowAs, Story
from .context import Context

#: Where an entry went is known once the edition has its number.
_NOWHERE_YET = "candidate"


@dataclass(frozen=True, slots=True)
class LaneCounts:
    """One agency's counts, as a candidate asks for them."""

    typical: Figure
    quarters: Mapping[str, Figure]
    note: str


@dataclass(frozen=True, slots=True)
class StoryDemand:
    """Counts by the story's agency refs, and what they answer. Empty without a dataset."""

    dataset: Dataset | None = None
    agencies: Mapping[str, AgencyDemand] = field(default_factory=dict)
    #: (label, sector) of a lane under an agency's own name -> that agency's ref.
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def lanes(self) -> dict[str, LaneCounts]:
        """What ``draft`` and ``freeze`` take."""
        return {
            ref: LaneCounts(counts.typical, counts.quarters, say(counts.note))
            for ref, counts in self.agencies.items()
        }

    def released_in(self, candidate: Candidate) -> list[dict[str, Any]]:
        """Every figure that ``candidate`` shows, as a ``Released`` (JSON)."""
        if self.dataset is None:
            return []
        return [
            self._released(self.dataset, question, figure).model_dump(mode="json")
            for lane in candidate.shown.lanes
            for question, figure in self._shown(lane)
        ]

    def _shown(self, lane: Lane) -> Iterator[tuple[Question, Figure]]:
        counts = self.agencies.get(self.names.get((lane.label, lane.sector), ""))
        if counts is None:
            return
        if isinstance(lane.demand, Typical):
            yield counts.question(), lane.demand.figure
        if isinstance(lane.demand, Calendar):
            for _, _, label, figure in lane.demand.quarters:
                yield counts.question(label.replace(" ", "-")), figure

    def _released(self, dataset: Dataset, question: Question, figure: Figure) -> Released:
        return Released(
            dataset=dataset.manifest.name,
            version=dataset.manifest.version,
            question=question,
            figure=figure,
            rule=dataset.manifest.about.rule,
            went_to=_NOWHERE_YET,
        )


def demand_behind(ctx: Context, story: Story) -> StoryDemand:
    """The counts for each agency of the story that it maps to one of its dataset's.

    Empty where the story names no dataset, or one that is not here: a story can travel without its data.
    """
    wanted = {a.ref: a.dataset_agency for a in story.agencies if a.dataset_agency}
    if not wanted or story.dataset not in dataset_names(ctx.data_root, today(ctx.clock)):
        return StoryDemand()
    dataset = open_dataset(ctx.data_root, story.dataset, today(ctx.clock))
    found = demand(dataset, list(wanted.values()))
    names = {(a.name, a.sector): a.ref for a in story.agencies if a.show_as is ShowAs.NAME}
    return StoryDemand(dataset, {ref: found[agency] for ref, agency in wanted.items()}, names)
