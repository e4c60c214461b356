"""What a story's page shows, worked out once, so that the template only lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from ...anonymise.draft import Draft
from ...anonymise.shown import Shown, ShownCount
from ...linked.asking.next_steps import Step
from ...services.data.pin import PinTo
from ...services.permissions import Action, Decision, StoryRole
from ...services.states import StoryState
from ...services.stories.get_story import StoryView
from ...story.chronology import Facts, facts
from ...story.counts import keys_in, places
from ...story.dates import span
from ...story.messages import Message, message
from ...story.model import Contact, Episode, Gap, Story
from ...story.vocabulary import Vocabulary

#: What people read for a story's state.
STATES: dict[StoryState, Message] = {
    StoryState.DRAFT: message("Draft"),
    StoryState.IN_REVIEW: message("In review"),
    StoryState.AGREED: message("Agreed"),
}

#: What somebody does in a story, as the list of their stories says it.
PARTS: dict[StoryRole, Message] = {
    StoryRole.AUTHOR: message("You write it."),
    StoryRole.EXPERT: message("It tells your life."),
    StoryRole.REVIEWER: message("You review it."),
    StoryRole.ANALYST: message("You add numbers to it."),
    StoryRole.WRITER: message("You wrote some of it."),
    StoryRole.LEAD: message("It waits for your word."),
}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One line of the list of contacts; ``ask`` are an analyst's choices to ask about others with the same steps."""

    contact: Contact
    agency: str
    kind: str
    outcome: str
    people: str
    ask: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One linked count of the draft: where it stands, the paragraph around it (Markdown), and its form's values."""

    where: str
    sentence: str
    count: ShownCount
    to: str
    question: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story as those see it who work on it."""

    view: StoryView
    facts: Facts
    contacts: tuple[ContactRow, ...]
    episodes: tuple[Episode, ...]
    gaps: tuple[tuple[Gap, str], ...]
    sectors: dict[str, str]
    numbers: tuple[NumberRow, ...] = ()

    @classmethod
    def of(
        cls,
        view: StoryView,
        vocabulary: Vocabulary,
        draft: Draft,
        steps: Mapping[UUID, tuple[Step, ...]] | None = None,
    ) -> StoryPage:
        """The page of the story in ``view``; ``steps`` are for analysts, the last steps at each contact."""
        story = view.story
        return cls(
            view=view,
            facts=facts(story),
            contacts=tuple(_rows(story, vocabulary, steps or {})),
            episodes=tuple(sorted(story.episodes, key=lambda episode: episode.position)),
            gaps=tuple((gap, vocabulary.label("gap_kinds", gap.kind)) for gap in story.gaps),
            sectors={agency.ref: vocabulary.label("sectors", agency.sector) for agency in story.agencies},
            numbers=tuple(_numbers(story, draft.shown)),
        )

    @property
    def counts(self) -> tuple[ShownCount, ...]:
        """The linked counts of the draft."""
        return tuple(row.count for row in self.numbers)

    @property
    def story(self) -> Story:
        """The story as it stands."""
        return self.view.story

    @property
    def state(self) -> Message:
        """The story's state in words."""
        return STATES[self.view.state]

    def can(self, action: str, person: str | None = None) -> Decision:
        """Whether a button is shown: the table that checks it says so. ``action`` is an Action's name."""
        return self.view.can(Action[action], person)

    @property
    def mine(self) -> tuple[str, ...]:
        """Refs of the people of this story whom the reader speaks for."""
        return tuple(sorted(self.view.access.persons))

    def name_of(self, ref: str) -> str:
        """A person's name in this story; nothing for the narrator."""
        return next((person.name for person in self.story.people if person.ref == ref), "")


def _numbers(story: Story, shown: Shown) -> Iterable[NumberRow]:
    """The counts of the narrative in reading order."""
    found = {count.key: count for count in shown.counts}
    texts = [shown.introduction, *(episode.text for episode in shown.episodes)]
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n\n")]
    for place in places(story):
        around = next((one for one in paragraphs if place.key in keys_in(one)), "")
        kind = PinTo.CARD if place.card else PinTo.WORDS
        where = place.episode.title if place.episode else story.title
        yield NumberRow(where, around, found[place.key], f"{kind}:{place.where}", place.question)


def _rows(
    story: Story, vocabulary: Vocabulary, steps: Mapping[UUID, tuple[Step, ...]]
) -> Iterable[ContactRow]:
    agencies = {agency.ref: agency.name for agency in story.agencies}
    people = {person.ref: person.name for person in story.people}
    for contact in sorted(story.contacts, key=lambda c: span(c.date, c.end).sort_key):
        yield ContactRow(
            contact,
            agencies[contact.agency],
            vocabulary.label("kinds", contact.kind),
            vocabulary.label("outcomes", contact.outcome),
            ", ".join(people[ref] for ref in contact.people),
            dict(zip(("agency", "earlier_agency"), _latest_first(steps.get(contact.id, ())), strict=False)),
        )


def _latest_first(steps: Iterable[Step]) -> list[str]:
    return [step.agency for step in steps][::-1]
