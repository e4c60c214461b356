"""The legend: only what is in this picture, in the words of its own vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..anonymise.shown import Shown
from ..story.messages import message
from . import handoffs
from .gaps import HEIGHT, hatched
from .geometry import Bar, Box, Connector, Glyph, Mark, Sample, Shape, Text, near
from .labels import Pen
from .looks import FAMILIES, HOLLOW, KINDS
from .roles import Look, Role
from .words import Say

SWATCH = 26.0
SPACE = 20.0


@dataclass(slots=True)
class Legend:
    """Finished entries that end at ``bottom``."""

    bottom: float
    samples: list[Sample] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    words: str
    draw: Callable[[Legend, Box, Pen], None] | None
    """None for the heading of a group, which starts a line."""


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
        swatch = SWATCH if entry.draw else 0
        role = Role.LEGEND if entry.draw else Role.KEY
        words = pen.metrics.clip(
            entry.words, pen.sizes.font[role], right - margin - swatch, pen.sizes.bold(role)
        )
        width = swatch + pen.width(role, words)
        if x + width > right and x > margin:
            x, top = margin, near(top + line)
        if entry.draw:
            entry.draw(made, Box(near(x), top, SWATCH - 6, line), pen)
        made.texts.append(pen.text(role, x + swatch, pen.middle(role, top + line / 2), (words,), entry.words))
        x += width + SPACE
    return near(top + line + 4)


def _groups(present: Present, say: Say) -> Iterator[tuple[str, tuple[_Entry, ...]]]:
    yield say(message("What happened")), tuple(_kinds(present))
    yield say(message("Signs")), (*_signs(present, say), *_people(present.shown, say))
    yield say(message("Passed on")), tuple(_lines(present, say))
    yield say(message("Behind it")), tuple(_backgrounds(present, say))


def _families(shown: Shown, say: Say) -> Iterator[_Entry]:
    """What the colours mean; nothing where the vocabulary has kinds whose colour only tells them apart."""
    kinds = {contact.kind for contact in shown.contacts}
    if kinds - KINDS.keys():
        return
    words = {
        "ask": message("asking for help"),
        "help": message("help"),
        "crisis": message("emergencies and justice"),
        "closed": message("doors that close"),
        "neutral": message("other contact"),
    }
    met = {KINDS[kind][1] for kind in kinds}
    for family, said in words.items():
        if family in met:
            yield _Entry(say(said), _mark(Glyph("circle", family)))


def _kinds(present: Present) -> Iterator[_Entry]:
    met = {mark.contact.kind: mark for mark in reversed(present.marks)}
    for kind, mark in sorted(met.items(), key=lambda each: (FAMILIES.index(each[1].glyph.family), each[0])):
        yield _Entry(mark.contact.kind_label or kind, _mark(Glyph(mark.glyph.shape, mark.glyph.family)))


def _signs(present: Present, say: Say) -> Iterator[_Entry]:
    labels = dict.fromkeys(m.contact.outcome_label for m in present.marks if m.contact.outcome in HOLLOW)
    if labels:
        hollow = message("hollow: {outcomes}", outcomes=" / ".join(labels))
        yield _Entry(say(hollow), _mark(Glyph("square", "help", hollow=True)))
    if any(not mark.contact.significant for mark in present.marks):
        yield _Entry(say(message("small: one of many")), _mark(Glyph("circle", "neutral"), small=True))
    if any(mark.contact.retelling for mark in present.marks):
        yield _Entry(
            say(message("had to tell the story again")), _mark(Glyph("circle", "neutral"), retelling=True)
        )
    if any(mark.contact.disputed for mark in present.marks):
        yield _Entry(say(message("not everybody agrees")), _mark(Glyph("circle", "neutral"), disputed=True))
    if any(mark.whisker or (mark.bar and _fades(mark.bar)) for mark in present.marks):
        yield _Entry(say(message("fading: not sure when")), _bar(fading=True))
    if any(mark.bar and mark.bar.arrow for mark in present.marks):
        yield _Entry(say(message("arrow: still going on")), _bar(fading=False))


def _people(shown: Shown, say: Say) -> Iterator[_Entry]:
    people = shown.people
    if len(people) == 2:
        dot = Glyph("circle", "neutral")
        yield _Entry(say(message("line above: {name}", name=people[0].name)), _mark(dot, people=(0,)))
        yield _Entry(say(message("line below: {name}", name=people[1].name)), _mark(dot, people=(1,)))
        yield _Entry(say(message("both lines: both")), _mark(dot, people=(0, 1)))
    elif len(people) > 2:
        for number, person in enumerate(people, 1):
            yield _Entry(say(message("{number}: {name}", number=number, name=person.name)), _nothing)


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
            yield _Entry(say(said), _hand_off(look))


def _backgrounds(present: Present, say: Say) -> Iterator[_Entry]:
    if present.gaps:
        yield _Entry(say(message("a time without contact")), _gap)
    if Look.TURNING in present.looks and any(e.turning_point and e.when for e in present.shown.episodes):
        yield _Entry(say(message("turning point")), _flag)
    if Look.DEMAND in present.looks:
        yield _Entry(
            say(message("how many others this agency sees in a quarter, same scale in every lane")), _level
        )
    if Look.FEW in present.looks:
        yield _Entry(say(message("too few others to show")), _rule(Look.FEW))
    if Look.ZERO in present.looks:
        yield _Entry(say(message("no others")), _rule(Look.ZERO))
    if Look.UNKNOWN in present.looks:
        yield _Entry(say(message("number of others not known")), _rule(Look.UNKNOWN))


def _fades(bar: Bar) -> bool:
    return bar.fade_from < bar.x0 or bar.fade_to > bar.x1


def _mark(
    glyph: Glyph,
    people: tuple[int, ...] = (),
    small: bool = False,
    retelling: bool = False,
    disputed: bool = False,
) -> Callable[[Legend, Box, Pen], None]:
    def draw(made: Legend, box: Box, pen: Pen) -> None:
        r = pen.sizes.minor if small else pen.sizes.radius
        x, y = near(box.x + box.w / 2), near(box.y + box.h / 2)
        made.samples.append(Sample(x, y, r, glyph, people, retelling, disputed))

    return draw


def _bar(fading: bool) -> Callable[[Legend, Box, Pen], None]:
    def draw(made: Legend, box: Box, pen: Pen) -> None:
        x, y, r = box.x, near(box.y + box.h / 2), pen.sizes.radius - 1
        solid = near(x + 10 if fading else x + 16)
        bar = Bar(x, solid, near(y - r), near(2 * r), x, near(x + 20) if fading else solid, arrow=not fading)
        made.samples.append(Sample(x, y, 0, Glyph("circle", "neutral"), bar=bar))

    return draw


def _hand_off(look: Look) -> Callable[[Legend, Box, Pen], None]:
    def draw(made: Legend, box: Box, _pen: Pen) -> None:
        x, top, foot = near(box.x + box.w / 2), near(box.y + 2), near(box.bottom - 4)
        points = [(x, top), (x, foot)]
        if look is Look.RETURNED:
            points += [(near(x + 7), foot), (near(x + 7), near(foot - 8))]
        made.shapes += handoffs.shapes(look, tuple(points), zooms=False)

    return draw


def _rule(look: Look) -> Callable[[Legend, Box, Pen], None]:
    def draw(made: Legend, box: Box, _pen: Pen) -> None:
        y = near(box.y + box.h / 2)
        made.shapes.append(Shape(look, ((box.x, y), (near(box.right), y)), closed=False, zooms=False))

    return draw


def _swatch(box: Box) -> Box:
    return Box(box.x, near(box.y + 4), near(box.w), near(box.h - 8))


def _gap(made: Legend, box: Box, _pen: Pen) -> None:
    made.shapes += hatched(Box(box.x, near(box.y + box.h / 2 - HEIGHT / 2), near(box.w), HEIGHT), zooms=False)


def _level(made: Legend, box: Box, _pen: Pen) -> None:
    b = _swatch(box)
    corners = (b.x, b.y), (b.right, b.y), (b.right, b.bottom), (b.x, b.bottom)
    made.shapes.append(Shape(Look.DEMAND, corners, zooms=False))
    made.shapes.append(Shape(Look.DEMAND_EDGE, ((b.x, b.y), (b.right, b.y)), closed=False, zooms=False))


def _flag(made: Legend, box: Box, _pen: Pen) -> None:
    x, y = near(box.x + 8), near(box.y + box.h / 2 - 5)
    made.shapes.append(Shape(Look.TURNING, ((x, y), (near(x + 6), y + 5), (x, y + 10)), zooms=False))


def _nothing(_made: Legend, _box: Box, _pen: Pen) -> None:
    """The entry's own number is its swatch."""
