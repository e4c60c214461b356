"""The smallest changes after which enough people match, and what each costs.

Four things can be given up: a contact is left out (kept, not shown); it is told as part of an earlier one of the same
agency and people ("several times"); all agencies of a sector are shown as that sector; dates are shown more coarsely.

The price counts what a reader loses. Leaving out a contact that the picture shows by default is 4, another one
2; telling it as part of an earlier one is half of that; a sector in place of a name is 1 for each contact; each step
of coarser dates is 1 for every two contacts. ``share`` is the price in per cent of leaving out everything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from ...linked.cohort.protocol import Choice, Cohort, Part
from ...story.messages import message
from ...story.model import Contact, DatePolicy, ShowAs, Story
from ...story.vocabulary import Vocabulary
from .measured import NOT_MEASURED, Pause, Risk, Verdict, go_on, measure
from .trajectory import Told, Trajectory, trajectory

#: From each policy to coarser ones, and how many steps that is.
COARSER: Final[dict[DatePolicy, tuple[tuple[DatePolicy, int], ...]]] = {
    DatePolicy.SHIFTED: ((DatePolicy.RELATIVE, 1), (DatePolicy.QUARTER, 2), (DatePolicy.YEAR, 3)),
    DatePolicy.RELATIVE: ((DatePolicy.QUARTER, 1), (DatePolicy.YEAR, 2)),
    DatePolicy.MONTH: ((DatePolicy.RELATIVE, 1), (DatePolicy.QUARTER, 1), (DatePolicy.YEAR, 2)),
    DatePolicy.QUARTER: ((DatePolicy.YEAR, 1),),
    DatePolicy.SEASON: ((DatePolicy.YEAR, 1),),
    DatePolicy.YEAR: (),
}
#: What gives up more than this share of a story is no small change.
SMALL: Final = 50
_SIGNIFICANT, _OTHER = 4, 2


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to reach the target. ``merged``: a contact, and which stands for it; ``after`` makes the story of it."""

    price: int
    share: int
    policy: DatePolicy | None
    sectors: tuple[str, ...]
    merged: tuple[tuple[UUID, UUID], ...]
    left_out: tuple[UUID, ...]
    told: int
    of: int
    #: What was measured after the changes: the whole, as the edition would show it.
    risk: Risk

    @property
    def small(self) -> bool:
        """Whether most of the story stays."""
        return self.share <= SMALL


def plans(
    story: Story, vocabulary: Vocabulary, cohort: Cohort, target: int, weeks: int = 0, between: Pause = go_on
) -> tuple[Plan, ...]:
    """The cheapest plan for each way to show dates that is as coarse as now or coarser, the cheapest first.

    Each has been measured after its changes. Empty where nothing helps, or where the story can't be measured.
    ``between`` is called before each is looked for; what it raises ends the work.
    """
    found = []
    for policy, steps in ((story.date_policy, 0), *COARSER[story.date_policy]):
        between()
        found.append(_plan(story, vocabulary, cohort, target, (policy, steps), weeks))
    return tuple(sorted((plan for plan in found if plan), key=lambda plan: plan.price))


def _plan(
    story: Story,
    vocabulary: Vocabulary,
    cohort: Cohort,
    target: int,
    dates: tuple[DatePolicy, int],
    weeks: int,
) -> Plan | None:
    policy, steps = dates
    start = story.model_copy(update={"date_policy": policy})
    path = trajectory(start, vocabulary, cohort.sectors, weeks if policy is DatePolicy.SHIFTED else 0)
    if not all(cohort.holds(one.known(path.grains[0]), path.frame) for one in path.contacts):
        return None
    puzzle = Puzzle(path)
    choice = cohort.cheapest(puzzle.parts, puzzle.groups, puzzle.lives, path.frame, target)
    if choice is None:
        return None
    plan = _planned(None if steps == 0 else policy, puzzle, choice, -(-steps * len(path.contacts) // 2))
    changed = trajectory(
        after(story, plan), vocabulary, cohort.sectors, weeks if policy is DatePolicy.SHIFTED else 0
    )
    risk = measure(changed, cohort, whole_only=True)
    return replace(plan, risk=risk) if risk.verdict(target) is Verdict.MET else None


class Puzzle:
    """A trajectory as parts that can be given up."""

    def __init__(self, path: Trajectory) -> None:
        self.contacts = path.contacts
        self.sectors = tuple(sorted({one.sector_code for one in path.contacts}))
        self._runs: dict[tuple[str, tuple[str, ...]], int] = {}
        self.parts = tuple(self._part(one, path) for one in path.contacts)
        self.groups = tuple(
            sum(one.sector_code == sector and one.named != one.sector for one in path.contacts)
            for sector in self.sectors
        )
        own = {ref: {one.id for one in path.of(ref)} for ref, _ in path.people}
        lives = ([n for n, one in enumerate(path.contacts) if one.id in own[ref]] for ref, _ in path.people)
        self.lives = tuple(tuple(life) for life in lives if life)

    def run(self, one: Told) -> int:
        """Contacts of the same agency that concern the same people."""
        return self._runs.setdefault((one.ref, one.people), len(self._runs))

    def _part(self, one: Told, path: Trajectory) -> Part:
        grain = path.grains[0]
        price = _SIGNIFICANT if one.significant else _OTHER
        return Part(
            one.known(grain),
            one.known(grain, by_sector=True),
            price,
            price // 2,
            self.run(one),
            self.sectors.index(one.sector_code),
        )


def _planned(policy: DatePolicy | None, puzzle: Puzzle, choice: Choice, dates: int) -> Plan:
    sectors = tuple(puzzle.sectors[one] for one in sorted(choice.grouped) if puzzle.groups[one])
    merged, left_out = _given_up(puzzle, choice)
    everything = sum(part.drop for part in puzzle.parts)
    price = choice.price + dates
    gone = len(merged) + len(left_out)
    return Plan(
        price,
        -(-100 * price // max(everything, 1)),
        policy,
        sectors,
        merged,
        left_out,
        len(puzzle.parts) - gone,
        len(puzzle.parts),
        NOT_MEASURED,
    )


def _given_up(puzzle: Puzzle, choice: Choice) -> tuple[tuple[tuple[UUID, UUID], ...], tuple[UUID, ...]]:
    """(contact, the one that stands for it), and those that are left out altogether."""
    standing: dict[int, UUID] = {}
    merged, left_out = [], []
    for number, (part, contact) in enumerate(zip(puzzle.parts, puzzle.contacts, strict=True)):
        if number not in choice.left_out:
            standing[part.run] = contact.id
        elif part.run in standing:
            merged.append((contact.id, standing[part.run]))
        else:
            left_out.append(contact.id)
    return tuple(merged), tuple(left_out)


def after(story: Story, plan: Plan) -> Story:
    """The story as it would be with the plan's changes."""
    agencies = tuple(
        agency.model_copy(update={"show_as": ShowAs.SECTOR}) if agency.sector in plan.sectors else agency
        for agency in story.agencies
    )
    merged = dict(plan.merged)
    gone = {*merged, *plan.left_out}
    last = {into: contact for contact in story.contacts for into in [merged.get(contact.id)] if into}
    contacts = tuple(
        contact.model_copy(update={"not_telling": True})
        if contact.id in gone
        else _kept(contact, last.get(contact.id))
        for contact in story.contacts
    )
    policy = plan.policy or story.date_policy
    return story.model_copy(update={"agencies": agencies, "contacts": contacts, "date_policy": policy})


def still_named(story: Story, plan: Plan) -> tuple[str, ...]:
    """Agencies that no contact tells of any more after the plan, and that a gap or a hand-off still names."""
    before, now = (
        {one.agency for one in each.contacts if not one.not_telling} for each in (story, after(story, plan))
    )
    gone = {*plan.left_out, *(contact for contact, _ in plan.merged)}
    told = (one.handoff_to for one in story.contacts if not one.not_telling and one.id not in gone)
    named = {*(gap.agency for gap in story.gaps), *told} & (before - now)
    return tuple(agency.name for agency in story.agencies if agency.ref in named)


def _kept(contact: Contact, until: Contact | None) -> Contact:
    """The contact, told as lasting until the last that is told as part of it."""
    if until is None:
        return contact
    began = contact.date.partition("/")[0]
    ended = until.end or until.date.rpartition("/")[2]
    said = str(message("{what}, several times", what=contact.summary or contact.kind))
    try:
        return Contact(**(contact.model_dump() | {"date": began, "end": ended, "summary": said[:500]}))
    except ValueError:
        return contact  # dates that can't be put together: it stands for the others as it is
