"""Findings as a person decides them: what belongs together once, each place in its words, and what could go there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ...story.messages import Message, say
from ..candidate import digest
from ..detectors.findings import NAMES, Confidence, Kind, Tier, What
from ..detectors.same_person import SamePerson
from ..kept import keeps_texts
from .decisions import CHANGING, Choice, Decision, Decisions, Spot, letters, places_of
from .story_texts import Place, StoryText
from .whole_story import Hit

#: How many letters before and after a finding are shown with it.
_AROUND: Final = 90
#: What means the same wherever it stands in a story; a number or an age does not.
_EVERYWHERE: Final = frozenset({Kind.PERSON, Kind.PLACE, Kind.ORG, Kind.CODE, Kind.CONTACT, Kind.LEGAL})


@dataclass(frozen=True, slots=True)
class Shown:
    """One place of a proposal: where it is, its words between those around it, and what was decided there."""

    hit: Hit
    where: Message
    before: str
    words: str
    after: str
    spot: Spot | None
    decision: Decision | None
    open: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is decided at once. ``put`` is what could stand in its place, "" where only a person can say.

    ``asks``: the question about it, where only a person can judge.
    """

    what: What
    places: tuple[Shown, ...]
    put: str = ""
    words: tuple[str, ...] = field(default=())
    asks: Message | None = None

    @property
    def key(self) -> str:
        """What names it in a form: nothing to read."""
        sure = "" if self.tier is not Tier.LOOK else "look:"
        return digest(f"{sure}{self.what}:{letters(self.words[0])}")[:20]

    @property
    def name(self) -> Message:
        """What people call it."""
        return NAMES[self.what]

    @property
    def open(self) -> bool:
        """Whether something of it is not decided, or could not be carried out."""
        return any(one.open for one in self.places)

    @property
    def tier(self) -> Tier:
        """What it asks for: the most that any place of it does."""
        tiers = {one.hit.finding.tier for one in self.places}
        return next(tier for tier in (Tier.ADVISER, Tier.BLOCKS, Tier.DECIDE, Tier.LOOK) if tier in tiers)

    @property
    def certain(self) -> bool:
        """Whether it is proposed with all the others that are beyond doubt."""
        sure = any(one.hit.finding.confidence is Confidence.CERTAIN for one in self.places)
        return bool(self.put) and self.tier is not Tier.ADVISER and sure and not self.by_hand

    @property
    def by_hand(self) -> bool:
        """Whether it has to be changed in the story itself: in a short name, or cut by signs."""
        return any(one.spot is None for one in self.places)

    @property
    def everywhere(self) -> bool:
        """Whether these words mean the same wherever they stand."""
        return self.what is not What.AMOUNT and self.kind in _EVERYWHERE and len(letters(self.words[0])) > 1

    @property
    def kind(self) -> Kind:
        """What sort of thing it is."""
        return self.places[0].hit.finding.kind

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Everything that was decided about any place of it."""
        return tuple({one.decision.id: one.decision for one in self.places if one.decision}.values())

    @property
    def version(self) -> int:
        """How often it was decided: what a form was made from."""
        return sum(decision.version for decision in self.decisions)

    @property
    def choices(self) -> frozenset[Choice]:
        """What may be decided about it."""
        return may_choose(self.tier)

    @property
    def decision(self) -> Decision | None:
        """What was decided, where it is the same for every place."""
        return None if self.open else self.places[0].decision


def proposals(
    texts: Iterable[StoryText],
    hits: Iterable[Hit],
    decisions: Decisions,
    suggest: Callable[[What, tuple[str, ...]], str],
) -> list[Proposal]:
    """All findings of a story in the order it tells them; ``suggest`` gives words for those that belong together."""
    by_place = {text.place: text for text in texts}
    groups: dict[tuple[str, str], list[Shown]] = {}
    people = _People()
    for hit in hits:
        shown = _shown(by_place[hit.place], hit, decisions)
        groups.setdefault(_group(shown, people), []).append(shown)
    return [_proposal(places, suggest) for places in groups.values()]


def _proposal(places: list[Shown], suggest: Callable[[What, tuple[str, ...]], str]) -> Proposal:
    longest = max(places, key=lambda one: (one.hit.finding.what is not What.INITIALS, len(one.words)))
    words = tuple(dict.fromkeys((longest.words, *(one.words for one in places))))
    what = longest.hit.finding.what
    return Proposal(what, tuple(places), suggest(what, words), words)


def _group(shown: Shown, people: _People) -> tuple[str, str]:
    """Forms of one name belong together, and otherwise the same words."""
    kind, words = shown.hit.finding.kind, shown.words
    return kind.value, str(people.number(words)) if kind is Kind.PERSON else letters(words)


class _People:
    """The people named so far, by every way in which they were."""

    def __init__(self) -> None:
        self._names: SamePerson[int] = SamePerson()
        self._same: dict[str, int] = {}
        self._count = 0

    def number(self, words: str) -> int:
        """Whose name it is; somebody new if nobody's so far."""
        if words not in self._same:
            self._same[words] = self._found(words)
            self._names.add(words, self._same[words])
            self._same.setdefault(letters(words), self._same[words])
        return self._same[words]

    def _found(self, words: str) -> int:
        known = [number for _, number in (*self._names.known_as(words), *self._names.forms_of(words))]
        if letters(words) in self._same:
            known.append(self._same[letters(words)])
        self._count += not known
        return min(known, default=self._count - 1)


def _shown(text: StoryText, hit: Hit, decisions: Decisions) -> Shown:
    found = hit.finding
    words = text.text[found.start : found.end]
    spot = None if text.fixed else _spot(text, words, found.start, found.end)
    decision = decisions.about(words, spot)
    return Shown(
        hit,
        text.where,
        _before(text.text, found.start),
        words,
        _after(text.text, found.end),
        spot,
        decision,
        is_open(text, hit, decision, decisions),
    )


def _before(text: str, start: int) -> str:
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    if first and text[first - 1] != "\n":
        return "… " + text[first:start].partition(" ")[2]
    return text[first:start]


def _after(text: str, end: int) -> str:
    line = text.find("\n", end)
    last = min(line if line >= 0 else len(text), end + _AROUND)
    if last < len(text) and text[last] != "\n":
        return text[end:last].rpartition(" ")[0] + " …"
    return text[end:last]


def _spot(text: StoryText, words: str, start: int, end: int) -> Spot | None:
    """Which of the places of these words it is; None where they can't be found again by themselves."""
    for nth, (first, last) in enumerate(_places(text.looked, words)):
        if first < end and start < last:
            return Spot(text.place, nth)
    return None


@lru_cache(maxsize=1024)
def _places(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where words stand; the same words are asked for once for each of their places."""
    return tuple(places_of(text, words))


def is_open(text: StoryText, hit: Hit, decision: Decision | None, decisions: Decisions) -> bool:
    """Whether a finding still asks for a decision: none was made, it may not be made, or it can't be carried out."""
    start, end = _of_letters(text.looked, hit.finding.start, hit.finding.end)
    if any(change.start <= start and end <= change.end for change in decisions.changes(text)):
        return False
    if decision is None or decision.choice in CHANGING:
        return True
    return decision.choice not in may_choose(hit.finding.tier)


def _of_letters(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the signs at its ends: the stop of a sentence gives nobody away."""
    found = text[start:end]
    at = [n for n, character in enumerate(found) if character.isalnum()]
    return (start + at[0], start + at[-1] + 1) if at else (start, end)


def may_choose(tier: Tier) -> frozenset[Choice]:
    """What may be decided about a finding that asks for this."""
    return _CHOICES[tier]


_CHOICES: Final[Mapping[Tier, frozenset[Choice]]] = {
    Tier.BLOCKS: frozenset(CHANGING),
    Tier.ADVISER: frozenset({*CHANGING, Choice.CLEAR}),
    Tier.DECIDE: frozenset({*CHANGING, Choice.KEEP}),
    Tier.LOOK: frozenset({*CHANGING, Choice.KEEP}),
}


def open_hits(texts: Iterable[StoryText], hits: Iterable[Hit], decisions: Decisions) -> list[Hit]:
    """The findings that still ask for a decision."""
    by_place: dict[Place, StoryText] = {text.place: text for text in texts}
    return [hit for hit in hits if _shown(by_place[hit.place], hit, decisions).open]


def said(put: Message | None) -> str:
    """A suggestion as text; "" for none."""
    return "" if put is None else say(put)


keeps_texts(_places)
