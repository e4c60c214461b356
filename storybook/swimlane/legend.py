"""The legend: only what is in this picture, in the words of its own vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..anonymise.shown import Shown
from ..story.messages import message
from . import swatches
from .geometry import Bar, Box, Connector, Glyph, Mark, near
from .labels import Pen
from .looks import FAMILIES, HOLLOW, KINDS
from .roles import Look, Role
from .swatches import Legend
from .words import Say

SWATCH = 26.0
SPACE = 20.0
#: A swatch with a sign beside its mark.
SIGNED = SWATCH + 12
#: Marks that stand for their colour.
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    words: str
    draw: swatches.Swatch | None
    """None for the heading of a group, which starts a line."""
    width: float = SWATCH


@dataclass(frozen=True, slots=True)
class Present:
    """What a legend has to explain."""

    shown: Shown
    marks: Sequence[Mark]
    connectors: Sequence[Connector]
    gaps: bool
    looks: frozenset[Look]


def legend(present: Present, pen: Pen, say: Say, top: float) -> Legend:
    """Entries flow in lines from the left margin to the right one."""
    made = Legend(top)
    for heading, entries in _groups(present, say):
        if entries:
            made.bottom = _flow(made, (_Entry(heading, None), *entries), pen, made.bottom)
    return made


def key(shown: Shown, pen: Pen, say: Say, top: float) -> Legend:
    """The few things to know before looking: what the colours and the lines mean."""
    made = Legend(top)
    entries = (*_families(shown, say), *_people(shown, say))
    made.bottom = _flow(made, entries, pen, top) if entries else top
    return made


def _flow(made: Legend, entries: Iterable[_Entry], pen: Pen, top: float) -> float:
    """Sets entries one after another, in as many lines as they need; where the last line ends."""
    margin, right = pen.sizes.margin, pen.sizes.width - pen.sizes.margin
    x, line = margin, near(pen.height(Role.LEGEND, 1) + 5)
    for entry in entries:
        swatch = entry.width if entry.draw else 0
        role = Role.LEGEND if entry.draw else Role.KEY
        words = pen.metrics.clip(
            entry.words, pen.sizes.font[role], right - margin - swatch, pen.sizes.bold(role)
        )
        width = swatch + pen.width(role, words)
        if x + width > right and x > margin:
            x, top = margin, near(top + line)
        if entry.draw:
            entry.draw(made, Box(near(x), top, entry.width - 6, line), pen)
        made.texts.append(pen.text(role, x + swatch, pen.middle(role, top + line / 2), (words,), entry.words))
        x += width + SPACE
    return near(top + line + 4)


def _groups(present: Present, say: Say) -> Iterator[tuple[str, tuple[_Entry, ...]]]:
    yield say(message("What happened")), tuple(_kinds(present))
    yield say(message("Signs")), (*_signs(present, say), *_people(present.shown, say))
    yield say(message("Passed on")), tuple(_lines(present, say))
    yield say(message("Behind it")), tuple(_backgrounds(present, say))


def _families(shown: Shown, say: Say) -> Iterator[_Entry]:
    """What the colours mean, by their commonest marks; nothing where a kind's colour only tells it apart."""
    kinds = Counter(contact.kind for contact in shown.contacts)
    if kinds.keys() - KINDS.keys():
        return
    words = {
        "ask": message("asking for help"),
        "help": message("help"),
        "crisis": message("emergencies and justice"),
        "closed": message("doors that close"),
        "neutral": message("other contact"),
    }
    for family, said in words.items():
        often = [Glyph(*KINDS[kind]) for kind, _ in kinds.most_common() if KINDS[kind][1] == family][
            :EXAMPLES
        ]
        if often:
            yield _Entry(say(said), swatches.marks(often), len(often) * SWATCH * 0.8 + 6)


def _kinds(present: Present) -> Iterator[_Entry]:
    met = {mark.contact.kind: mark for mark in reversed(present.marks)}
    for kind, mark in sorted(met.items(), key=lambda each: (FAMILIES.index(each[1].glyph.family), each[0])):
        yield _Entry(
            mark.contact.kind_label or kind, swatches.mark(Glyph(mark.glyph.shape, mark.glyph.family))
        )


def _signs(present: Present, say: Say) -> Iterator[_Entry]:
    labels = dict.fromkeys(m.contact.outcome_label for m in present.marks if m.contact.outcome in HOLLOW)
    if labels:
        hollow = message("hollow: {outcomes}", outcomes=" / ".join(labels))
        yield _Entry(say(hollow), swatches.mark(Glyph("square", "help", hollow=True)))
    if any(not mark.contact.significant for mark in present.marks):
        yield _Entry(
            say(message("small: one of many")), swatches.mark(Glyph("circle", "neutral"), small=True)
        )
    if any(mark.contact.retelling for mark in present.marks):
        yield _Entry(
            say(message("had to tell the story again")),
            swatches.mark(Glyph("circle", "neutral"), retelling=True),
            SIGNED,
        )
    if any(mark.contact.disputed for mark in present.marks):
        yield _Entry(
            say(message("not everybody agrees")),
            swatches.mark(Glyph("circle", "neutral"), disputed=True),
            SIGNED,
        )
    if any(mark.whisker or (mark.bar and _fades(mark.bar)) for mark in present.marks):
        yield _Entry(say(message("fading: not sure when")), swatches.bar(fading=True))
    if any(mark.bar and mark.bar.arrow for mark in present.marks):
        yield _Entry(say(message("arrow: still going on")), swatches.bar(fading=False))


def _people(shown: Shown, say: Say) -> Iterator[_Entry]:
    people = shown.people
    if len(people) == 2:
        dot = Glyph("circle", "neutral")
        yield _Entry(say(message("line above: {name}", name=people[0].name)), swatches.mark(dot, people=(0,)))
        yield _Entry(say(message("line below: {name}", name=people[1].name)), swatches.mark(dot, people=(1,)))
        yield _Entry(say(message("both lines: both")), swatches.mark(dot, people=(0, 1)))
    elif len(people) > 2:
        for number, person in enumerate(people, 1):
            yield _Entry(say(message("{number}: {name}", number=number, name=person.name)), swatches.nothing)


def _lines(present: Present, say: Say) -> Iterator[_Entry]:
    met = {connector.look for connector in present.connectors}
    words = {
        Look.ACCEPTED: message("taken up"),
        Look.RETURNED: message("sent back"),
        Look.NO_REPLY: message("no reply"),
        Look.OPEN_END: message("how it ended is not known"),
    }
    for look, said in words.items():
        if look in met:
            yield _Entry(say(said), swatches.hand_off(look))


def _backgrounds(present: Present, say: Say) -> Iterator[_Entry]:
    if present.gaps:
        yield _Entry(say(message("a time without contact")), swatches.gap)
    if Look.TURNING in present.looks and any(e.turning_point and e.when for e in present.shown.episodes):
        yield _Entry(say(message("turning point")), swatches.flag)
    if Look.DEMAND in present.looks:
        yield _Entry(
            say(message("how many others this agency sees in a quarter, same scale in every lane")),
            swatches.level,
        )
    if Look.FEW in present.looks:
        yield _Entry(say(message("too few others to show")), swatches.rule(Look.FEW))
    if Look.ZERO in present.looks:
        yield _Entry(say(message("no others")), swatches.rule(Look.ZERO))
    if Look.UNKNOWN in present.looks:
        yield _Entry(say(message("number of others not known, or not shown")), swatches.rule(Look.UNKNOWN))


def _fades(bar: Bar) -> bool:
    return bar.fade_from < bar.x0 or bar.fade_to > bar.x1
