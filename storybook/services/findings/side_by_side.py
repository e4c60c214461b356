"""What the draft says beside what the world would see: words, dates, agencies, ages, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...anonymise.dates.policy import RULES
from ...anonymise.deciding.decisions import Decisions
from ...anonymise.deciding.story_texts import Place, StoryText, story_texts
from ...anonymise.lanes import label_of
from ...anonymise.showing import spans_of
from ...store import repository
from ...story.dates import in_words
from ...story.messages import Message, message
from ...story.model import Agency, Story
from ..access import enter
from ..context import Context
from ..permissions import Action, Actor
from ..risk.shift import shift_of
from .decisions import decisions_in
from .open_findings import open_findings


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``changed`` where the two sides differ."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing on both sides. ``shown`` is None where the world sees nothing of it."""

    where: Message
    draft: tuple[Piece, ...]
    shown: tuple[Piece, ...] | None

    @property
    def differs(self) -> bool:
        """Whether the world sees something else than the draft says."""
        return self.shown is None or any(piece.changed for piece in (*self.draft, *self.shown))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the story with all its pairs, such as one contact."""

    title: Message
    pairs: tuple[Pair, ...]

    @property
    def differs(self) -> bool:
        """Whether anything of it differs."""
        return any(pair.differs for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class BothSides:
    """The whole story on both sides; ``missing`` is why nothing of it may be shared yet, as far as that is known."""

    story: Story
    parts: tuple[Part, ...]
    missing: tuple[Message, ...] = ()

    @property
    def count(self) -> int:
        """How many things differ."""
        return sum(pair.differs for part in self.parts for pair in part.pairs)


def side_by_side(ctx: Context, actor: Actor, slug: str) -> BothSides:
    """The draft as it stands, and what would be frozen of it now."""
    with ctx.read() as session:
        row, _ = enter(session, actor, slug, Action.READ_CANDIDATE)
        story, decisions = repository.load(session, row), decisions_in(ctx, session, row.id)
        missing = open_findings(ctx, session, row)
    return BothSides(story, tuple(_Pairing(ctx, story, decisions).parts()), missing)


_KINDS = {
    "people": message("Person {number}"),
    "agencies": message("Agency {number}"),
    "contacts": message("Contact {number}"),
    "gaps": message("Gap {number}"),
    "episodes": message("Episode {number}"),
    "tracks": message("Track {number}"),
}


class _Pairing:
    """A story being put beside what is shown of it."""

    def __init__(self, ctx: Context, story: Story, decisions: Decisions) -> None:
        self.ctx, self.story, self.decisions = ctx, story, decisions
        self.texts: dict[Place, StoryText] = {text.place: text for text in story_texts(story)}
        shift = shift_of(ctx, story)
        weeks = shift.weeks if shift else 0
        self.spans = spans_of(story, RULES[story.date_policy], ctx.vocabulary, weeks)
        self.agencies = {agency.ref: agency for agency in story.agencies}

    def parts(self) -> Iterator[Part]:
        """Part by part, in the story's order; only those with something to compare."""
        yield Part(message("The story"), tuple(self._words(self.story)))
        for kind, title in _KINDS.items():
            for number, part in enumerate(getattr(self.story, kind), 1):
                pairs = tuple(self._of_part(part))
                if pairs:
                    yield Part(Message(title.id, {"number": number}), pairs)

    def _of_part(self, part: object) -> Iterator[Pair]:
        if getattr(part, "not_telling", False):
            yield Pair(message("all of it"), (Piece(getattr(part, "summary", ""), changed=True),), None)
            return
        if isinstance(part, Agency):
            yield self._agency(message("name"), part)
        elif getattr(part, "agency", None):
            yield self._agency(message("agency"), self.agencies[part.agency])  # type: ignore[attr-defined]  # asked above
        if getattr(part, "date", ""):
            yield self._when(part)
        yield from self._words(part)
        for point in getattr(part, "points", ()):
            yield self._when(point)
            yield from self._words(point)

    def _words(self, part: object) -> Iterator[Pair]:
        mine = (t for t in self.texts.values() if t.place.part == part.id)  # type: ignore[attr-defined]  # all have one
        for text in mine:
            if not (isinstance(part, Agency) and text.place.field == "name"):
                yield Pair(text.field, *self._sides(text))

    def _sides(self, text: StoryText) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        draft, shown, at = [], [], 0
        for change in self.decisions.changes(text):
            same = Piece(text.text[at : change.start])
            draft += [same, Piece(text.text[change.start : change.end], changed=True)]
            shown += [same, Piece(change.put, changed=True)]
            at = change.end
        rest = Piece(text.text[at:])
        return tuple(p for p in (*draft, rest) if p.text), tuple(
            p for p in (*shown, rest) if p.text or p.changed
        )

    def _agency(self, where: Message, agency: Agency) -> Pair:
        label = label_of(agency, self.ctx.vocabulary)
        words = next(
            (
                t
                for t in self.texts.values()
                if t.place.part == agency.id and t.place.field in ("name", "alias")
            ),
            None,
        )
        if words is not None and label == words.text:
            label = self.decisions.text(words)
        changed = label != agency.name
        return Pair(where, (Piece(agency.name, changed),), (Piece(label, changed),))

    def _when(self, part: object) -> Pair:
        draft = str(in_words(part.date, part.end))  # type: ignore[attr-defined]  # only what has a date comes here
        shown = self.spans.get(part.id)  # type: ignore[attr-defined]  # likewise
        changed = shown != draft
        return Pair(
            message("when"),
            (Piece(draft, changed),),
            None if shown is None else (Piece(shown, changed),),
        )
