"""Deciding about findings: put other words, keep them with a reason, drop the sentence, have an adviser clear it, undo.

What changes words makes the story a draft again: what people agreed to was another text. A reason to keep something
changes no word, so it can be given while the story is in review.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from sqlalchemy.orm import Session

from ...anonymise.dates.policy import RULES
from ...anonymise.deciding.decisions import CHANGING, Choice, Decision, Decisions, letters
from ...anonymise.deciding.proposals import Proposal
from ...anonymise.deciding.pseudonyms import is_a_name
from ...anonymise.detectors.findings import Kind, Tier
from ...anonymise.detectors.identifiers import find_dates, find_direct
from ...anonymise.detectors.names import Names
from ...store import repository
from ...store.tables import StoryRow
from ...story.messages import Message, message, say
from ...story.model import Story
from ...story.problems import Problem, Problems
from ..access import enter, remember_writer
from ..consent.agree import after_word
from ..consent.others import one_line
from ..context import Context, Unit
from ..errors import NotNow
from ..permissions import Action, Actor
from ..states import Move, StoryState, after
from .decisions import accepted_names, decisions_in, keep_decisions, remove_decisions
from .listed import judged, proposed
from .looks import Look, carry_further, keep_look, look_in, made_up, mark_of
from .real_names import names_in

_NEEDED: Final = {
    Choice.REPLACE: Action.DECIDE,
    Choice.DROP: Action.DECIDE,
    Choice.KEEP: Action.KEEP_FINDING,
    Choice.CLEAR: Action.CLEAR_FINDING,
}
_LOOKED: Final = message("Somebody has looked at it")
_CHANGED: Final = message("This was changed or decided meanwhile. Look at the list again.")


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says about a finding: ``put`` to replace it, ``reason`` to keep it, ``adviser`` who cleared it."""

    choice: Choice
    put: str = ""
    reason: str = ""
    adviser: str = ""


@dataclass(frozen=True, slots=True)
class _At:
    """A story opened to decide about it."""

    row: StoryRow
    story: Story
    look: Look
    decisions: Decisions
    found: list[Proposal]

    def named(self, key: str) -> Proposal:
        """The proposal that a form names; NotNow if it is not there any more."""
        for one in chain(self.found, self._judged()):
            if one.key == key:
                return one
        raise NotNow(_CHANGED)

    def _judged(self) -> Iterator[Proposal]:
        """Looked for only where nothing else is meant."""
        yield from judged(self.story, self.look, self.decisions)


def decide(
    ctx: Context, actor: Actor, slug: str, key: str, word: Word, *, seen: int = 0, only: int | None = None
) -> None:
    """Decides what belongs together, everywhere it stands; ``only``: at this one of its places, counted from 0.

    ``seen`` is the proposal's version when it was read. Raises Problems for words that would not do.
    """
    with ctx.unit(actor) as unit:
        at = _open(ctx, unit, slug, _NEEDED[word.choice])
        proposal = at.named(key)
        if proposal.version != seen:
            raise NotNow(_CHANGED)
        checked = _checked(ctx, unit.session, at, proposal, word)
        _write(ctx, unit, at, {proposal.key: tuple(_made(proposal, checked, only))}, word.choice, same=True)


def accept_certain(ctx: Context, actor: Actor, slug: str, keys: Iterable[str]) -> int:
    """Puts the words proposed in place of everything beyond doubt, in one go; how many findings that were.

    ``keys`` names what was read: nothing is done if the list is another by now.
    """
    with ctx.unit(actor) as unit:
        at = _open(ctx, unit, slug, Action.DECIDE)
        certain = [p for p in at.found if p.open and p.certain]
        if not certain or {p.key for p in certain} != set(keys):
            raise NotNow(_CHANGED)
        made = {p.key: tuple(_made(p, Word(Choice.REPLACE, p.put), None)) for p in certain}
        _write(ctx, unit, at, made, Choice.REPLACE)
        return sum(len(p.places) for p in certain)


def undo(ctx: Context, actor: Actor, slug: str, key: str) -> None:
    """Takes back what was decided about a finding: it is open again, and the story a draft."""
    with ctx.unit(actor) as unit:
        at = _open(ctx, unit, slug, Action.UNDO_DECISION)
        proposal = at.named(key)
        made = {d.id: d for d in proposal.decisions}
        if not made:
            raise NotNow(_CHANGED)
        remove_decisions(unit, made.values(), "undo decision")
        at.row.state = after(StoryState(at.row.state), Move.EDIT)


def say_made_up(ctx: Context, actor: Actor, slug: str) -> None:
    """The demo's word that it made up every word of a story as it stands; it counts for made-up stories only."""
    with ctx.unit(actor) as unit:
        row, _ = enter(unit.session, actor, slug, Action.KEEP_FINDING, lock=True)
        story = repository.load(unit.session, row)
        decisions = decisions_in(ctx, unit.session, row.id)
        if not made_up(ctx, story, decisions):
            said = Decision(mark_of(ctx, story).hex(), Choice.MADE_UP)
            keep_decisions(ctx, unit, row.id, [said], "say that it is made up", old=decisions)
        else:
            unit.audit("say that it is made up", row.id)


def _open(ctx: Context, unit: Unit, slug: str, action: Action) -> _At:
    row, _ = enter(unit.session, unit.actor, slug, action, lock=True)
    story = repository.load(unit.session, row)
    look, decisions = look_in(ctx, unit.session, story), decisions_in(ctx, unit.session, row.id)
    return _At(row, story, look, decisions, proposed(ctx, unit.session, story, look, decisions))


def _write(
    ctx: Context,
    unit: Unit,
    at: _At,
    made: Mapping[str, tuple[Decision, ...]],
    choice: Choice,
    *,
    same: bool = False,
) -> None:
    """Keeps the decisions, looks for every form of the names that were accepted, and moves the story on."""
    for key, decisions in made.items():
        if same and all(d.spot is None for d in decisions):
            remove_decisions(
                unit, (d for d in at.named(key).decisions if d.spot), "decide the same everywhere"
            )
    every = [decision for decisions in made.values() for decision in decisions]
    keep_decisions(ctx, unit, at.row.id, every, _AUDIT[choice], old=at.decisions)
    new = accepted_names(Decisions(every))
    look = carry_further(at.look, at.story, new) if choice is Choice.REPLACE and new != Names() else at.look
    keep_look(ctx, unit, at.row.id, look)
    if choice in CHANGING:
        remember_writer(unit.session, at.row.id, unit.actor)
        at.row.state = after(StoryState(at.row.state), Move.EDIT)
    elif at.row.state == StoryState.IN_REVIEW:
        after_word(ctx, unit, at.row)


_AUDIT: Final = {
    Choice.REPLACE: "replace finding",
    Choice.DROP: "drop sentence",
    Choice.KEEP: "keep finding",
    Choice.CLEAR: "clear finding",
}


def _made(proposal: Proposal, word: Word, only: int | None) -> Iterator[Decision]:
    """The decisions that a word means: about the words wherever they stand, or at each place by itself."""
    said: dict[str, Any] = {"put": word.put, "reason": word.reason, "adviser": word.adviser}
    said["what"] = proposal.what.value
    places = proposal.places if only is None else proposal.places[only : only + 1]
    told = set()
    for place in places:
        everywhere = only is None and proposal.everywhere and len(letters(place.words)) > 1
        spot = None if everywhere else place.spot
        if (place.words, spot) not in told and (everywhere or spot is not None):
            told.add((place.words, spot))
            yield Decision(place.words, word.choice, spot=spot, **said)


def _checked(ctx: Context, session: Session, at: _At, proposal: Proposal, word: Word) -> Word:
    """The word with its texts on one line; Problems for a choice or for words that would not do."""
    if word.choice not in proposal.choices:
        raise Problems([_not_so(proposal)])
    if word.choice is Choice.REPLACE:
        put = one_line(word.put, "put", message("write what the world should read there"))
        if problem := _wrong_words(ctx, session, at, proposal, put):
            raise Problems([problem])
        return Word(word.choice, put=put)
    if word.choice is Choice.DROP:
        return Word(word.choice)
    said = word.reason or (say(_LOOKED) if proposal.tier is Tier.LOOK else "")
    asked = [("reason", said, message("say why nobody could know them by it"))]
    if word.choice is Choice.CLEAR:
        asked.insert(0, ("adviser", word.adviser, message("write the name of the adviser who read it")))
    return Word(word.choice, **_lines(asked))


def _lines(asked: Iterable[tuple[str, str, Message]]) -> dict[str, str]:
    """What was written, each on one line, by its field; Problems with every one that is wrong."""
    found, problems = {}, list[Problem]()
    for name, text, instead in asked:
        try:
            found[name] = one_line(text, name, instead)
        except Problems as wrong:
            problems += wrong.problems
    if problems:
        raise Problems(problems)
    return found


def _not_so(proposal: Proposal) -> Problem:
    if proposal.tier is Tier.BLOCKS:
        what = message("this leads straight to one person, so it can’t stay")
    else:
        what = message("only an adviser whom the reviewer names can let this stay")
    return Problem(what, message("put other words in its place, or take the sentence out"), "choice")


def _wrong_words(ctx: Context, session: Session, at: _At, proposal: Proposal, put: str) -> Problem | None:
    """What is wrong with words to be put in: they identify, too, or are somebody's name in this story."""
    rule = RULES[at.story.date_policy]
    instead = message("choose other words")
    if find_direct(put) or find_dates(put, rule.grain if rule.calendar else None):
        return Problem(message("these words give somebody away, too"), instead, "put")
    people = [w for p in at.found if p.kind is Kind.PERSON and p.certain for w in p.words]
    names = (*names_in(ctx, session, at.row.id), *accepted_names(at.decisions).people, *people)
    if is_a_name(put, Names(people=names)):
        return Problem(message("that is a name in this story"), instead, "put")
    if any(letters(put) == letters(word) for word in proposal.words):
        return Problem(message("that is what stands there now"), instead, "put")
    return None
