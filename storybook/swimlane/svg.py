"""The picture as an accessible SVG: on the page before any script runs, and as a file of its own.

One Tab stop leads in (the first contact); the others are reached with arrow keys by the page's script. The marks are
the cells of a grid, its rows are the lanes, so that screen readers hand the arrow keys on. Looks are classes (see
``style.py``): a strict CSP allows no style attributes. A contact is drawn around its own place, so that equal marks are
equal text, which travels well when it is compressed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from ..anonymise.edition import Edition, genuine
from ..story.messages import message, say
from . import marks as outlines
from .direction import has_leftward
from .geometry import Bar, LanePlace, Layout, Mark, Sample, Shape, Text
from .looks import PAINTS
from .metrics import SLACK
from .roles import Look
from .style import file_css
from .svg_paths import bar_path, clean, number, path
from .words import Say

#: Smallest width and height of what a finger or a mouse has to hit.
TARGET = 24.0


def render(layout: Layout[Any], say: Say = say, *, prefix: str = "") -> str:
    """SVG markup of ``layout`` for a page, safe to stand there. ``prefix`` keeps ids apart where there are several."""
    keys = say(message("Arrow keys lead from contact to contact; the same stands in the tables below."))
    drawing = _Drawing(layout, f"{_about(layout, say)} {keys}", prefix, fixed=False)
    return tostring(drawing.draw(), encoding="unicode")


def standalone_svg(layout: Layout[Edition], say: Say = say) -> bytes:
    """An edition's picture as a file of its own, with its styles inside."""
    genuine(layout.source)
    made = element(layout, say)
    style = Element("style")
    style.text = file_css()
    made.insert(0, style)
    written: bytes = tostring(made, encoding="utf-8", xml_declaration=True)
    return written


def element(layout: Layout[Any], say: Say = say) -> Element:
    """The ``<svg>`` for a file of its own: words keep their measured width, whatever font the reader's machine has."""
    return _Drawing(layout, _about(layout, say), "", fixed=True).draw()


def _about(layout: Layout[Any], say: Say) -> str:
    parts = [layout.shown.caption + "."]
    if layout.draft:
        parts.append(say(message("Draft: not agreed, not to be passed on.")))
    if layout.shown.fictional:
        parts.append(say(message("Fictional story.")))
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws one layout. ``fixed``: each line of text is as wide as it was measured."""

    layout: Layout[Any]
    about: str
    prefix: str
    fixed: bool

    def draw(self) -> Element:
        layout, own = self.layout, f"{self.prefix}{self.layout.width_class}"
        svg = Element("svg", self._head(own))
        _words(svg, "title", layout.shown.title, id=f"{own}-title")
        _words(svg, "desc", self.about, id=f"{own}-desc")
        self._back(svg)
        self._lanes(svg)
        self._front(svg)
        return svg

    def _head(self, own: str) -> dict[str, str]:
        layout = self.layout
        width, height = number(layout.width), number(layout.height)
        return {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"swimlane swimlane--{layout.width_class}",
            "viewBox": f"0 0 {width} {height}",
            "width": width,
            "height": height,
            "role": "group",
            "lang": clean(layout.shown.language),
            "aria-labelledby": f"{own}-title {own}-desc",
            "data-width": str(layout.width_class),
        }

    def _back(self, svg: Element) -> None:
        """Behind the marks: one path for each look, the lowest first; what a zoom moves stands apart."""
        back = SubElement(svg, "g", {"class": "sw-back", "aria-hidden": "true"})
        size = {"width": number(self.layout.width), "height": number(self.layout.height)}
        _piece(back, "rect", "sw-paper", **size)
        self._shapes(back, zooms=True)
        self._shapes(SubElement(svg, "g", {"aria-hidden": "true"}), zooms=False)

    def _shapes(self, parent: Element, zooms: bool) -> None:
        by_look: dict[Look, list[Shape]] = defaultdict(list)
        for shape in self.layout.shapes:
            if shape.zooms is zooms:
                by_look[shape.look].append(shape)
        for look in PAINTS:
            if look in by_look:
                _piece(
                    parent, "path", f"k-{look}", d="".join(path(s.points, s.closed) for s in by_look[look])
                )

    def _lanes(self, svg: Element) -> None:
        """The lanes as rows of a grid; the first contact of all is the one Tab stop."""
        layout = self.layout
        grid = SubElement(svg, "g", {"class": "sw-lanes"})
        if layout.lanes:
            grid.attrib |= {"role": "grid", "aria-label": clean(layout.shown.caption or layout.shown.title)}
        marks: dict[int, list[Mark]] = defaultdict(list)
        for mark in layout.marks:
            marks[mark.lane].append(mark)
        for lane in layout.lanes:
            row = SubElement(grid, "g", {"class": "lane", "role": "row", "data-lane": clean(lane.key)})
            self._lane(row, lane)
            for mark in marks[lane.index]:
                self._mark(row, mark, stop=mark is layout.marks[0])

    def _lane(self, row: Element, lane: LanePlace) -> None:
        head = SubElement(row, "g", {"role": "rowheader"})
        self._text(head, lane.label)
        if lane.level:
            self._text(head, lane.level)

    def _front(self, svg: Element) -> None:
        """Words and legend over the marks, the watermark over all of it."""
        zooming = SubElement(svg, "g", {"class": "sw-words", "aria-hidden": "true"})
        front = SubElement(svg, "g", {"aria-hidden": "true"})
        for text in (*self.layout.texts, *(gap.label for gap in self.layout.gaps if gap.label)):
            self._text(front if text.hold is None else zooming, text)
        for sample in self.layout.samples:
            group = SubElement(front, "g", {"class": _family(sample), "transform": _place(sample)})
            self._glyph(group, sample)
        for text in self.layout.watermark:
            self._text(front, text)

    def _mark(self, row: Element, mark: Mark, stop: bool) -> None:
        group = SubElement(row, "g", {
            "class": _classes(mark),
            "role": "gridcell",
            "tabindex": "0" if stop else "-1",
            "data-key": clean(mark.key),
            "transform": _place(mark),
        })  # fmt: skip
        _words(group, "title", mark.name)
        # Shows the focus, and is what a finger or a mouse has to hit.
        _piece(group, "circle", "sw-ring", r=number(max(TARGET / 2, mark.r * 1.4 + 4)))
        if mark.whisker:
            ends = ((x - mark.x, 0) for x in mark.whisker)
            _piece(group, "path", "sw-whisker", d=path(tuple(ends), closed=False))
        self._glyph(group, mark)
        for text in mark.texts:
            self._text(group, text, (mark.x, mark.y), titled=False)

    def _glyph(self, parent: Element, mark: Mark | Sample) -> None:
        """Bar, outline and signs of a mark or of a sample in the legend, around its place."""
        if mark.bar:
            _bar(parent, mark.bar, mark.x, mark.y)
        if mark.r:
            _outline(parent, mark)
        who = outlines.people_lines(mark, len(self.layout.shown.people))
        sign = outlines.signs(mark, *outlines.flags(mark))
        for name, strokes in (("sw-who", who), ("sw-sign", sign)):
            lines = "".join(path(stroke.points, closed=False) for stroke in strokes)
            if lines:
                _piece(parent, "path", name, d=lines)

    def _text(
        self, parent: Element, text: Text, origin: tuple[float, float] = (0, 0), titled: bool = True
    ) -> None:
        x, y = number(text.x - origin[0]), number(text.y - origin[1])
        made = SubElement(parent, "text", {"class": _side(text), "x": x, "y": y} | _direction(text))
        if text.cut and titled:
            _words(made, "title", text.full)
        if len(text.lines) == 1 and len(made) == 0:
            self._line(made, text, 0)
            return
        alone = {"unicode-bidi": "isolate"} if has_leftward(text.full) else {}
        for at in range(len(text.lines)):
            place = {"x": x, "dy": number(text.leading)} if at else {}
            self._line(SubElement(made, "tspan", place | alone | _direction(text)), text, at)

    def _line(self, into: Element, text: Text, at: int) -> None:
        # The space joins the lines for whoever listens or copies; it stands where a line's ragged end is.
        line, last = clean(text.lines[at]), at == len(text.lines) - 1
        into.text = (" " if at else "") + line if text.leftward else line + ("" if last else " ")
        # Letters that join would be torn: their width is a safe guess, and far too wide.
        if self.fixed and text.widths[at] and not has_leftward(line):
            into.attrib |= {
                "textLength": number(text.widths[at] / SLACK),
                "lengthAdjust": "spacingAndGlyphs",
            }


def _side(text: Text) -> str:
    """Where the words end at ``x``. Leftward ones end at their left, so theirs is the other way round."""
    return f"t-{text.role} t-end" if text.end is not text.leftward else f"t-{text.role}"


def _direction(text: Text) -> dict[str, str]:
    return {"direction": "rtl"} if text.leftward else {}


def _classes(mark: Mark) -> str:
    who = "".join(f" p{person}" for person in mark.people)
    return f"contact {_family(mark)}{'' if mark.contact.significant else ' minor'}{who}"


def _family(mark: Mark | Sample) -> str:
    return f"f-{mark.glyph.family} hollow" if mark.glyph.hollow else f"f-{mark.glyph.family}"


def _place(mark: Mark | Sample) -> str:
    return f"translate({number(mark.x)},{number(mark.y)})"


def _bar(parent: Element, bar: Bar, x: float, y: float) -> None:
    _piece(parent, "path", "sw-bar", d=bar_path(bar, x, y))
    for piece in outlines.pieces(bar):
        if piece.fade is not None:
            width, height = number(piece.x1 - piece.x0), number(bar.h)
            where = {"x": number(piece.x0 - x), "y": number(bar.y - y), "width": width, "height": height}
            _piece(parent, "rect", f"sw-fade-{piece.fade}", **where)


def _outline(parent: Element, mark: Mark | Sample) -> None:
    base = mark.glyph.shape.removesuffix("-dot")
    if base == "circle":
        _piece(parent, "circle", "sw-mark", r=number(mark.r))
    else:
        points = tuple((dx * mark.r, dy * mark.r) for dx, dy in outlines.OUTLINES[base])
        _piece(parent, "path", "sw-mark", d=path(points, closed=True))
    if mark.glyph.shape.endswith("-dot"):
        _piece(parent, "circle", "sw-dot", r=number(mark.r * 0.36))


def _words(parent: Element, tag: str, words: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = clean(words)


def _piece(parent: Element, tag: str, name: str, **attributes: str) -> None:
    SubElement(parent, tag, {"class": name, **attributes})
