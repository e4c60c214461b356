"""From a story to what is shown of it, under any rule for dates: one way for drafts and candidates alike.

What never comes along, whatever the rule: contacts marked not-telling and anything only they point to, the
source of a record, costs, links, ids (a UUIDv7 tells when its row was made), an agency's ref. Keys count
places in the order shown. Things within one step are ordered by lane and words, never by their true day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from ..story import chronology, counts
from ..story.messages import say
from ..story.model import Contact, DatePolicy, Episode, Gap, Person, Point, Story, Track
from ..story.vocabulary import Vocabulary
from .dates import captions
from .dates.policy import DRAFT, Rule, Steps, Timeline, frame, place, read
from .dates.ticks import axis
from .lanes import Demand, Lanes, lanes
from .shown import (
    HandOff,
    Shown,
    ShownContact,
    ShownCount,
    ShownEpisode,
    ShownGap,
    ShownPerson,
    ShownPoint,
    ShownTrack,
    Span,
)

#: The narrative's linked counts by their keys, n1, n2... in reading order.
Numbers = Mapping[str, ShownCount]
_Dated = Contact | Gap | Episode | Point


class _Reading:
    """A story being read under one rule."""

    def __init__(self, story: Story, rule: Rule, weeks: int, vocabulary: Vocabulary) -> None:
        self.story, self.rule, self.weeks, self.vocabulary = story, rule, weeks, vocabulary
        self.counts = {(place.where, place.question): place.key for place in counts.places(story)}
        self.told = tuple(contact for contact in story.contacts if not contact.not_telling)
        points = (point for track in story.tracks for point in track.points)
        others: tuple[_Dated, ...] = (*story.gaps, *(e for e in story.episodes if e.date), *points)
        told = [self.steps(contact) for contact in self.told]
        self.timeline: Timeline = frame(rule, told, map(self.steps, others))

    def steps(self, part: _Dated) -> Steps:
        return read(self.rule, part.date, part.end, self.weeks)

    def span(self, part: _Dated) -> Span | None:
        return place(self.timeline, self.steps(part))

    def text(self, text: str, where: str) -> str:
        """A text of the narrative with a key in place of each question, which may hold dates."""
        return counts.replaced(text, lambda question: counts.placed(self.counts[where, question]))

    def label(self, name: str, code: str) -> str:
        return self.vocabulary.label(name, code)


def show(
    story: Story,
    rule: Rule,
    vocabulary: Vocabulary,
    demand: Demand | None = None,
    weeks: int = 0,
    numbers: Numbers | None = None,
) -> Shown:
    """What may be seen of ``story`` under ``rule``; ``weeks`` moves every date first.

    ``numbers`` are the narrative's linked counts by their keys; one that is missing was not counted.
    """
    reading = _Reading(story, rule, weeks, vocabulary)
    spans = [(contact, _certain(reading.span(contact))) for contact in reading.told]
    gaps = [(gap, span) for gap in story.gaps if (span := reading.span(gap)) is not None]
    found = lanes(story.agencies, _seen(spans, gaps), reading.timeline, vocabulary, demand)
    return Shown(
        slug=story.slug,
        title=story.title,
        introduction=reading.text(story.introduction, counts.INTRODUCTION),
        caption=_caption(reading, spans, found),
        fictional=story.fictional,
        language=story.language,
        policy=rule.name,
        axis=axis(reading.timeline),
        people=tuple(map(_person, story.people)),
        sectors=found.sectors,
        lanes=found.lanes,
        contacts=_contacts(reading, spans, found),
        gaps=_gaps(reading, gaps, found),
        episodes=_episodes(reading),
        tracks=_tracks(reading),
        demand_note=found.note,
        counts=tuple((numbers or {}).get(key) or not_counted(key) for key in reading.counts.values()),
    )


def spans_of(story: Story, rule: Rule, vocabulary: Vocabulary, weeks: int = 0) -> dict[UUID, str]:
    """When each dated part was, in the words in which it would be shown; what has no place on the axis is left out."""
    reading = _Reading(story, rule, weeks, vocabulary)
    points = (point for track in story.tracks for point in track.points)
    dated: tuple[_Dated, ...] = (*reading.told, *story.gaps, *(e for e in story.episodes if e.date), *points)
    return {part.id: span.text for part in dated if (span := reading.span(part)) is not None}


def calendar_of(story: Story, rule: Rule, vocabulary: Vocabulary) -> Callable[[str], str]:
    """Puts an EDTF date into the words in which the story would be shown; "" for one that has no place there.

    Under a rule that moves dates every date would be a wrong one, so there it always says "".
    """
    reading = _Reading(story, rule, 0, vocabulary)

    def when(date: str) -> str:
        shown = None if rule.name == DatePolicy.SHIFTED else place(reading.timeline, read(rule, date))
        return "" if shown is None else shown.text

    return when


def not_counted(key: str) -> ShownCount:
    """A count whose data are not here: a story can travel without them."""
    return ShownCount(key=key, state="not_counted", words=say(counts.NOT_COUNTED))


def placed(
    story: Story, rule: Rule, vocabulary: Vocabulary, weeks: int = 0
) -> tuple[int, tuple[tuple[Contact, Span], ...]]:
    """Where the axis begins (an ordinal of the rule's grain), and every contact that is shown, with its span on it."""
    reading = _Reading(story, rule, weeks, vocabulary)
    spans = tuple((contact, _certain(reading.span(contact))) for contact in reading.told)
    return reading.timeline.origin, spans


def _certain(span: Span | None) -> Span:
    """A contact's span: the axis begins and ends with the contacts, so there is one."""
    if span is None:
        raise ValueError("a contact lies off the axis made for it")
    return span


def _seen(spans: Iterable[tuple[Contact, Span]], gaps: Iterable[tuple[Gap, Span]]) -> dict[str, int]:
    """The agencies that something shown points to, with the step in which they first appear."""
    seen: dict[str, int] = {}
    pointed = [(ref, span.first) for contact, span in spans for ref in (contact.agency, contact.handoff_to)]
    for ref, step in (*pointed, *((gap.agency, span.first) for gap, span in gaps)):
        if ref is not None:
            seen[ref] = min(step, seen.get(ref, step))
    return seen


def _caption(reading: _Reading, spans: list[tuple[Contact, Span]], found: Lanes) -> str:
    if reading.rule is DRAFT:
        return str(chronology.caption(reading.story))
    met = {found.keys[contact.agency] for contact, _ in spans}
    return str(captions.caption(len(met), len(spans), reading.rule.grain, _lasting(reading, spans)))


def _lasting(reading: _Reading, spans: list[tuple[Contact, Span]]) -> int:
    """Over how many steps the contacts reach; what goes on, or was widened to hide the calendar, adds nothing."""
    ends = [
        (reading.steps(contact).widened, span.first if span.ongoing else span.last) for contact, span in spans
    ]
    exact = [end for widened, end in ends if not widened]
    return 1 + max(exact or [end for _, end in ends], default=0)


def _person(person: Person) -> ShownPerson:
    return ShownPerson(ref=person.ref, name=person.name, age_band=person.age_band, about=person.about)


def _contacts(reading: _Reading, spans: list[tuple[Contact, Span]], found: Lanes) -> tuple[ShownContact, ...]:
    place_of = {lane.key: number for number, lane in enumerate(found.lanes)}
    shown = [_contact(reading, contact, span, found.keys) for contact, span in spans]
    shown.sort(key=lambda c: (c.when.first, c.when.last, place_of[c.lane], c.model_dump_json()))
    return tuple(contact.model_copy(update={"key": f"c{n}"}) for n, contact in enumerate(shown, 1))


def _contact(reading: _Reading, contact: Contact, span: Span, keys: Mapping[str, str]) -> ShownContact:
    kind_label = reading.label("kinds", contact.kind)
    return ShownContact(
        key="",
        lane=keys[contact.agency],
        when=span,
        people=contact.people,
        kind=contact.kind,
        kind_label=kind_label,
        outcome=contact.outcome,
        outcome_label=reading.label("outcomes", contact.outcome),
        label=contact.summary or kind_label,
        detail=contact.detail,
        response=contact.response,
        no_response=contact.no_response,
        impact=contact.impact,
        own_words=contact.own_words,
        needs=contact.needs,
        need_labels=tuple(reading.label("needs", need) for need in contact.needs),
        significant=contact.significant,
        retelling=contact.retelling,
        disputed=contact.disputed,
        hand_off=_hand_off(reading, contact, keys),
    )


def _hand_off(reading: _Reading, contact: Contact, keys: Mapping[str, str]) -> HandOff | None:
    if contact.handoff_to is None:
        return None
    end = contact.handoff_end or "not-recorded"
    return HandOff(to_lane=keys[contact.handoff_to], end=end, end_label=reading.label("hand_off_ends", end))


def _gaps(reading: _Reading, gaps: list[tuple[Gap, Span]], found: Lanes) -> tuple[ShownGap, ...]:
    shown = [
        ShownGap(
            key="",
            when=span,
            kind=gap.kind,
            kind_label=reading.label("gap_kinds", gap.kind),
            lane=found.keys[gap.agency] if gap.agency else None,
            people=gap.people,
            note=gap.note,
        )
        for gap, span in gaps
    ]
    shown.sort(key=lambda gap: (gap.when.first, gap.when.last, gap.model_dump_json()))
    return tuple(gap.model_copy(update={"key": f"g{n}"}) for n, gap in enumerate(shown, 1))


def _episodes(reading: _Reading) -> tuple[ShownEpisode, ...]:
    """The narrative in its own order; an episode that was over before the axis begins has no place on it."""
    names = {person.ref: person.name for person in reading.story.people}
    ordered = sorted(reading.story.episodes, key=lambda episode: episode.position)
    return tuple(
        ShownEpisode(
            key=f"e{number}",
            title=episode.title,
            voice=episode.voice,
            voice_name=names.get(episode.voice, ""),
            text=reading.text(episode.text, str(episode.id)),
            when=reading.span(episode) if episode.date else None,
            turning_point=episode.turning_point,
            counts=tuple(dict.fromkeys(reading.counts[str(episode.id), one] for one in episode.counts)),
        )
        for number, episode in enumerate(ordered, 1)
    )


def _tracks(reading: _Reading) -> tuple[ShownTrack, ...]:
    return tuple(_track(reading, f"t{number}", track) for number, track in enumerate(reading.story.tracks, 1))


def _track(reading: _Reading, key: str, track: Track) -> ShownTrack:
    return ShownTrack(
        key=key,
        kind=track.kind.value,
        title=track.title,
        people=track.people,
        low=decimal_text(track.low),
        high=decimal_text(track.high),
        acknowledgement=track.acknowledgement,
        points=_points(reading, track),
    )


def _points(reading: _Reading, track: Track) -> tuple[ShownPoint, ...]:
    """The points that lie on the axis, in its order."""
    found = (
        ShownPoint(when=span, label=point.label, value=decimal_text(point.value))
        for point in track.points
        if (span := reading.span(point)) is not None
    )
    return tuple(sorted(found, key=lambda p: (p.when.first, p.when.last, p.model_dump_json())))


def decimal_text(value: float | None) -> str | None:
    """A number as decimal text: 12.0 is "12", 3.5 is "3.5"."""
    if value is None:
        return None
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
