"""Episodes: softly tinted bands across the lanes, their titles packed in rows above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..anonymise.shown import ShownEpisode, Span
from .geometry import Shape, Text, near
from .labels import Pen
from .packing import Rows
from .roles import Look, Role
from .scale import Scale

#: Most lines of a title, and pixels between a band's edge and its title.
LINES = 3
INSET = 7.0


@dataclass(frozen=True, slots=True)
class _Title:
    episode: ShownEpisode
    lo: float
    hi: float
    x: float
    row: int
    lines: tuple[str, ...]
    voice: str


@dataclass(frozen=True, slots=True)
class Bands:
    """Episode titles that end at ``bottom``; ``shapes`` draws the bands down to where the lanes end."""

    titles: tuple[_Title, ...]
    tops: tuple[float, ...]
    bottom: float
    texts: tuple[Text, ...]

    def shapes(self, foot: float) -> Iterator[Shape]:
        """Tints first, then edges, so that an edge is never under a neighbour's tint."""
        for number, title in enumerate(self.titles):
            look = Look.BAND_B if number % 2 else Look.BAND_A
            yield Shape(look, _rectangle(title.lo, self.bottom, title.hi, foot))
        for title in self.titles:
            yield from self._edge(title, foot)

    def _edge(self, title: _Title, foot: float) -> Iterator[Shape]:
        top = self.tops[title.row]
        yield Shape(Look.BAND_EDGE, ((title.lo, top + 2), (title.lo, foot)), closed=False)
        if title.episode.turning_point:
            yield Shape(Look.TURNING, _flag(title.lo, top + 2), hold=title.lo)


def bands(episodes: tuple[ShownEpisode, ...], pen: Pen, scale: Scale, top: float) -> Bands:
    """Places the titles of the episodes that have a date, from ``top`` down; earlier ones higher."""
    rows = Rows(INSET)
    dated = sorted(((e, e.when) for e in episodes if e.when), key=lambda each: (each[1].first, each[1].last))
    titles = tuple(_title(episode, when, pen, scale, rows) for episode, when in dated)
    heights = [max((_height(t, pen) for t in titles if t.row == row), default=0) for row in range(len(rows))]
    tops = tuple(near(top + sum(heights[:row])) for row in range(len(rows)))
    texts = tuple(text for title in titles for text in _texts(title, tops[title.row], pen))
    return Bands(titles, tops, near(top + sum(heights)), texts)


def _title(episode: ShownEpisode, when: Span, pen: Pen, scale: Scale, rows: Rows) -> _Title:
    lo, hi = scale.solid(when)
    lo = min(lo, scale.x1 - 4)
    hi = max(hi, lo + 4)
    room = min(max(hi - lo - 2 * INSET, _least(episode.title, pen)), scale.x1 - scale.x0 - 2 * INSET)
    lines = pen.wrap(Role.EPISODE, episode.title, room, LINES) or ("–",)
    voice = pen.metrics.clip(episode.voice_name, pen.sizes.font[Role.VOICE], room)
    width = max(pen.longest(Role.EPISODE, lines), pen.width(Role.VOICE, voice))
    x = min(lo + INSET, scale.x1 - width)
    row = rows.first(min(x, lo), max(x + width, lo + 12))
    return _Title(episode, lo, hi, x, row, lines, voice)


def _least(words: str, pen: Pen) -> float:
    """The least room for a title, however short its episode: words stay whole, and few titles are cut."""
    longest = max((pen.width(Role.EPISODE, word) for word in words.split()), default=0)
    third = pen.width(Role.EPISODE, words) / (LINES - 0.5)
    return min(max(pen.sizes.title_width, longest + 1, third), pen.sizes.label_width * 1.5)


def _height(title: _Title, pen: Pen) -> float:
    voice = pen.height(Role.VOICE, 1) if title.voice else 0
    return pen.height(Role.EPISODE, len(title.lines)) + voice + 8


def _texts(title: _Title, top: float, pen: Pen) -> Iterator[Text]:
    yield pen.text(Role.EPISODE, title.x, top, title.lines, title.episode.title, hold=title.lo)
    if title.voice:
        under = top + pen.height(Role.EPISODE, len(title.lines))
        yield pen.text(Role.VOICE, title.x, under, (title.voice,), title.episode.voice_name, hold=title.lo)


def _flag(x: float, y: float) -> tuple[tuple[float, float], ...]:
    return (near(x), y), (near(x + 6), y + 5), (near(x), y + 10)


def _rectangle(x0: float, y0: float, x1: float, y1: float) -> tuple[tuple[float, float], ...]:
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)
