"""What may identify somebody in a story, as the people who decide see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from ...anonymise.dates.policy import RULES
from ...anonymise.deciding.decisions import CHANGING, Decisions
from ...anonymise.deciding.fainter import LONGEST, fainter
from ...anonymise.deciding.proposals import Proposal, proposals
from ...anonymise.deciding.pseudonyms import free_pseudonyms
from ...anonymise.deciding.story_texts import story_texts
from ...anonymise.deciding.suggest import suggested
from ...anonymise.deciding.whole_story import known_names
from ...anonymise.detectors.findings import Kind, What
from ...anonymise.detectors.same_person import SamePerson
from ...anonymise.showing import calendar_of
from ...store import repository
from ...story.messages import message, say
from ...story.model import Agency, ShowAs, Story
from ..access import enter
from ..context import Context
from ..permissions import Action, Actor, Decision, StoryAccess, may
from .decisions import decisions_in
from .looks import Look, is_looking, look_in, made_up
from .real_names import names_in, real_names_in


@dataclass(frozen=True, slots=True)
class FindingsView:
    """All findings of a story in its order; ``looking``: a look with the language model is under way."""

    slug: str
    story: Story
    access: StoryAccess
    actor: Actor
    proposals: tuple[Proposal, ...]
    #: What only a person can judge; it stands in nobody's way.
    fainter: tuple[Proposal, ...]
    decisions: Decisions
    deep: bool
    looking: bool
    #: The demo made this very text up, so nothing of it stands in the way.
    made_up: bool

    def can(self, action: str) -> Decision:
        """Whether the actor may, and why not. ``action`` is an Action's name."""
        return may(self.actor, Action[action], self.access)

    @property
    def certain(self) -> tuple[Proposal, ...]:
        """What is beyond doubt and open: accepted together."""
        return tuple(p for p in self.proposals if p.open and p.certain)

    @property
    def asked(self) -> tuple[Proposal, ...]:
        """What else is open, one by one."""
        return tuple(p for p in self.proposals if p.open and not p.certain)

    @property
    def to_judge(self) -> tuple[Proposal, ...]:
        """What only a person can judge and nobody has yet, the most telling first."""
        return tuple(p for p in self.fainter if p.open)

    @property
    def too_long(self) -> bool:
        """Whether a text is too long to be looked through for what only a person can judge."""
        return any(len(text.text) > LONGEST for text in story_texts(self.story))

    @property
    def forgettable(self) -> bool:
        """Whether forgetting the real names would forget anything: words that were replaced, or dropped."""
        return any(made.choice in CHANGING and made.words for made in self.decisions.made)

    @property
    def settled(self) -> int:
        """How many of what has to be decided are: what only a person can judge is not counted."""
        return sum(not p.open for p in self.proposals)

    @property
    def decided(self) -> tuple[Proposal, ...]:
        """What was decided."""
        return tuple(p for p in (*self.proposals, *self.fainter) if not p.open)


def get_findings(ctx: Context, actor: Actor, slug: str) -> FindingsView:
    """The findings of the story as it stands."""
    with ctx.read() as session:
        row, access = enter(session, actor, slug, Action.READ_CANDIDATE)
        story = repository.load(session, row)
        look, decisions = look_in(ctx, session, story), decisions_in(ctx, session, row.id)
        found = proposed(ctx, session, story, look, decisions)
        looking = is_looking(session, row.id)
        return FindingsView(
            slug,
            story,
            access,
            actor,
            tuple(found),
            tuple(judged(story, look, decisions)),
            decisions,
            look.deep,
            looking,
            made_up(ctx, story, decisions),
        )


def proposed(
    ctx: Context, session: Session, story: Story, look: Look, decisions: Decisions
) -> list[Proposal]:
    """The findings with words for each that nobody in the story is called by."""
    suggest = _suggestions(ctx, session, story, look, decisions)
    return proposals(story_texts(story), look.hits, decisions, suggest)


def judged(story: Story, look: Look, decisions: Decisions) -> list[Proposal]:
    """What only a person can judge; nothing is proposed for it."""
    return fainter(story_texts(story), known_names(story), look.hits, decisions)


def _suggestions(
    ctx: Context, session: Session, story: Story, look: Look, decisions: Decisions
) -> Callable[[What, tuple[str, ...]], str]:
    by_text = {text.place: text.text for text in story_texts(story)}
    people = (
        by_text[h.place][h.finding.start : h.finding.end] for h in look.hits if h.finding.kind is Kind.PERSON
    )
    real = names_in(ctx, session, story.id)
    taken = (*real, *people, *(p.name for p in story.people))
    free = free_pseudonyms(by_text.values(), taken, decisions.puts)
    decided = [d for d in decisions.made if d.put and d.words and d.spot is None]
    theirs = real_names_in(ctx, session, story.id)
    named = _people({**{d.words: d.put for d in decided if d.what in _PEOPLE}, **theirs})
    kept = {**{d.words: d.put for d in decided}, **theirs}
    shown = {a.name: _instead(ctx, a) for a in story.agencies if a.show_as is not ShowAs.NAME}
    when = calendar_of(story, RULES[story.date_policy], ctx.vocabulary)

    def suggest(what: What, words: tuple[str, ...]) -> str:
        for word in words:
            if put := kept.get(word) or shown.get(word):
                return put
        if what in _PEOPLE:
            forms = min((found for word in words for found in named.known_as(word)), default=None)
            return forms[1] if forms else next(free)
        said = suggested(what, words[0], when)
        return "" if said is None else say(said)

    return suggest


_PEOPLE: Final = frozenset({What.PERSON, What.INITIALS})


def _people(puts: Mapping[str, str]) -> SamePerson[str]:
    """The names for which words were chosen, each with those words."""
    named: SamePerson[str] = SamePerson()
    for name, put in puts.items():
        named.add(name, put)
    return named


def _instead(ctx: Context, agency: Agency) -> str:
    """What an agency is called in the text that the picture does not name."""
    if agency.show_as is ShowAs.ALIAS and agency.alias.strip():
        return agency.alias
    sector = ctx.vocabulary.label("sectors", agency.sector)
    return say(message("a service ({sector})", sector=sector.lower()))
