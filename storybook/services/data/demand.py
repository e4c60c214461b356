"""The counts behind a story's lanes, as far as its dataset has them, and the ledger entries that they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ...anonymise.shown import Calendar, Lane, Shown, Typical
from ...linked.asking.demand import AgencyDemand, demand, narrowed_demand
from ...linked.asking.enquiry import Enquiry
from ...linked.asking.ledger import Question, Released
from ...linked.dataset.datasets import Dataset, dataset_names
from ...linked.suppression.figures import Figure, Unknown
from ...story.clock import today
from ...story.messages import message, say
from ...story.model import Agency, ShowAs, Story
from ...story.problems import Problem, Problems
from ..context import Context
from .datasets import opened
from .linked_counts import question_in

#: Where an entry went is known once the edition has its number.
_NOWHERE_YET = "candidate"


@dataclass(frozen=True, slots=True)
class LaneCounts:
    """One agency's counts, as a candidate asks for them."""

    typical: Figure
    quarters: Mapping[str, Figure]
    note: str
    narrowed: str = ""


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
            ref: LaneCounts(
                counts.typical,
                counts.quarters,
                say(counts.note),
                say(counts.narrowed) if counts.narrowed else "",
            )
            for ref, counts in self.agencies.items()
        }

    def released_in(self, shown: Shown) -> tuple[Released, ...]:
        """Every figure behind the lanes of ``shown``, for the ledger."""
        return tuple(
            self._released(question, figure, known)
            for lane in shown.lanes
            for question, figure, known in self._behind(lane, shown)
        )

    def as_shown(self, released: Iterable[Released]) -> StoryDemand:
        """The same counts with the answers that the ledger lets out."""
        figures = {one.question: one.figure for one in released}
        agencies = {ref: _answered(counts, figures) for ref, counts in self.agencies.items()}
        return replace(self, agencies=agencies)

    def _behind(self, lane: Lane, shown: Shown) -> Iterator[tuple[Question, Figure, int]]:
        counts = self.agencies.get(self.names.get((lane.label, lane.sector), ""))
        if counts is None:
            return
        if isinstance(lane.demand, Typical):
            yield counts.question(), lane.demand.figure, 0
        if isinstance(lane.demand, Calendar):
            for first, last, label, figure in lane.demand.quarters:
                yield counts.question(label.replace(" ", "-")), figure, _known(shown, lane.key, first, last)

    def _released(self, question: Question, figure: Figure, known: int) -> Released:
        if self.dataset is None:
            raise ValueError("there are no counts without a dataset")
        manifest = self.dataset.manifest
        return Released(
            dataset=manifest.name,
            version=manifest.version,
            question=question,
            figure=figure,
            rule=manifest.about.rule,
            went_to=_NOWHERE_YET,
            known=known,
            span=(manifest.first, manifest.last),
        )


def _answered(counts: AgencyDemand, figures: Mapping[Question, Figure]) -> AgencyDemand:
    quarters = {
        label: figures.get(counts.question(label), figure) for label, figure in counts.quarters.items()
    }
    return replace(counts, typical=figures.get(counts.question(), counts.typical), quarters=quarters)


def _known(shown: Shown, lane: str, first: int, last: int) -> int:
    """How many people of the story a reader sees in a lane between two steps: they are among those counted."""
    there = (
        contact
        for contact in shown.contacts
        if contact.lane == lane and contact.when.first <= last and contact.when.last >= first
    )
    return len({person for contact in there for person in contact.people})


def demand_behind(ctx: Context, story: Story) -> StoryDemand:
    """The counts for each agency of the story that it maps to one of its dataset's.

    Empty where the story names no dataset, or one that is not here: a story can travel without its data.
    """
    wanted = {a.ref: a.dataset_agency for a in story.agencies if a.dataset_agency}
    if not wanted or story.dataset not in dataset_names(ctx.data_root, today(ctx.clock)):
        return StoryDemand()
    dataset = opened(ctx, story.dataset)
    found = demand(dataset, list(wanted.values()))
    names = {(a.name, a.sector): a.ref for a in story.agencies if a.show_as is ShowAs.NAME}
    return StoryDemand(
        dataset,
        {ref: found[agency] for ref, agency in wanted.items()} | _narrowed(ctx, story, dataset),
        names,
    )


def lane_question(story: Story, text: str) -> Enquiry:
    """The question that narrows the demand behind a lane. Raises Problems for what a lane can't show."""
    enquiry = question_in(story, text)
    wrong = []
    if enquiry.dataset != story.dataset:
        right = message("ask the story's own: {name}", name=story.dataset or "-")
        wrong.append(
            Problem(message("behind a lane stands one dataset for the whole story"), right, "question")
        )
    if enquiry.agencies or enquiry.sectors or enquiry.both:
        what = message("behind a lane stands its own agency")
        wrong.append(Problem(what, message("leave out the names of agencies and sectors"), "question"))
    if enquiry.of != "people":
        what = message("behind every lane stand people, so that lanes can be compared")
        wrong.append(Problem(what, message("count people"), "question"))
    if enquiry.first or enquiry.last or enquiry.episode:
        what = message("a lane goes through all of the story's time")
        wrong.append(Problem(what, message("leave out the days"), "question"))
    if wrong:
        raise Problems(wrong)
    return enquiry


def _narrowed(ctx: Context, story: Story, dataset: Dataset) -> dict[str, AgencyDemand]:
    """The lanes with a question of their own. One that can't be asked leaves its lane without any number."""
    found = {}
    for agency in story.agencies:
        if agency.dataset_agency and agency.question:
            found[agency.ref] = _asked(ctx, story, dataset, agency)
    return found


def _asked(ctx: Context, story: Story, dataset: Dataset, agency: Agency) -> AgencyDemand:
    try:
        enquiry = lane_question(story, agency.question)
        return narrowed_demand(dataset, agency.dataset_agency, enquiry, ctx.vocabulary)
    except Problems:
        note = message("The question behind {agency} can't be answered.", agency=agency.name)
        return AgencyDemand(agency.dataset_agency, Unknown(), {}, note)
