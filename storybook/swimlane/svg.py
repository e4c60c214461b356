"""The picture as an accessible SVG: on the page before any script runs, and as a file of its own.

One Tab stop leads in (the first contact); the others are reached with arrow keys by the page's script. The marks are
the cells of a grid, its rows are the lanes, so that screen readers hand the arrow keys on. Looks are classes (see
``style.py``): a strict CSP allows no style attributes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from ..anonymise.edition import Edition, genuine
from ..story.messages import message, say
from . import marks as outlines
from .geometry import Bar, Box, LanePlace, Layout, Mark, Point, Sample, Shape, Text
from .looks import PAINTS
from .metrics import SLACK
from .roles import Look
from .style import file_css
from .words import Say

#: What XML 1.0 does not allow; none of it can be seen.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Smallest width and height of what a finger or a mouse has to hit.
TARGET = 24.0


def render(layout: Layout[Any], say: Say = say, *, prefix: str = "") -> str:
    """SVG markup of ``layout`` for a page, safe to stand there. ``prefix`` keeps ids apart where there are several."""
    made = _drawing(layout, say, prefix)
    keys = say(message("Arrow keys lead from contact to contact; the same stands in the tables below."))
    made[1].text = f"{made[1].text} {keys}"
    return tostring(made, encoding="unicode")


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
    made = _drawing(layout, say, "")
    places = {(_n(text.x), _n(text.y)): text for text in (*layout.labels(), *layout.watermark)}
    for drawn in made.iter("text"):
        text = places[drawn.get("x", ""), drawn.get("y", "")]
        lines = list(drawn.iter("tspan")) or [drawn]
        for line, width in zip(lines, text.widths, strict=True):
            line.attrib |= {"textLength": _n(width / SLACK), "lengthAdjust": "spacingAndGlyphs"}
    return made


def _drawing(layout: Layout[Any], say: Say, prefix: str) -> Element:
    own = f"{prefix}{layout.width_class}"
    svg = Element("svg", _head(layout, own))
    _words(svg, "title", layout.shown.title, id=f"{own}-title")
    _words(svg, "desc", _about(layout, say), id=f"{own}-desc")
    _back(svg, layout)
    _lanes(svg, layout)
    front = SubElement(svg, "g", {"class": "sw-words", "aria-hidden": "true"})
    for text in (*layout.texts, *(gap.label for gap in layout.gaps if gap.label)):
        _text(front, text)
    for sample in layout.samples:
        _draw(SubElement(front, "g", {"class": _family(sample)}), sample, len(layout.shown.people))
    for text in layout.watermark:
        _text(front, text)
    return svg


def _head(layout: Layout[Any], own: str) -> dict[str, str]:
    return {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": f"swimlane swimlane--{layout.width_class}",
        "viewBox": f"0 0 {_n(layout.width)} {_n(layout.height)}",
        "width": _n(layout.width),
        "height": _n(layout.height),
        "role": "group",
        "lang": clean(layout.shown.language),
        "aria-labelledby": f"{own}-title {own}-desc",
        "data-width": str(layout.width_class),
    }


def _about(layout: Layout[Any], say: Say) -> str:
    parts = [layout.shown.caption + "."]
    if layout.draft:
        parts.append(say(message("Draft: not agreed, not to be passed on.")))
    if layout.shown.fictional:
        parts.append(say(message("Fictional story.")))
    return " ".join(parts)


def _back(svg: Element, layout: Layout[Any]) -> None:
    """Everything behind the marks: one path for each look, the lowest first."""
    back = SubElement(svg, "g", {"class": "sw-back", "aria-hidden": "true"})
    _piece(back, "rect", "sw-paper", x="0", y="0", width=_n(layout.width), height=_n(layout.height))
    by_look: dict[Look, list[Shape]] = defaultdict(list)
    for shape in layout.shapes:
        by_look[shape.look].append(shape)
    for look in PAINTS:
        if look in by_look:
            _piece(back, "path", f"k-{look}", d="".join(_path(s.points, s.closed) for s in by_look[look]))


def _lanes(svg: Element, layout: Layout[Any]) -> None:
    """The lanes as rows of a grid; the first contact of all is the one Tab stop."""
    role = {"role": "grid", "aria-label": clean(layout.shown.caption or layout.shown.title)} if layout.lanes else {}
    grid = SubElement(svg, "g", {"class": "sw-lanes", **role})
    people, stop = len(layout.shown.people), layout.marks[0].key if layout.marks else None
    for lane in layout.lanes:
        row = SubElement(grid, "g", {"class": "lane", "role": "row", "data-lane": clean(lane.key)})
        _lane(row, lane)
        for mark in layout.marks:
            if mark.lane == lane.index:
                _mark(row, mark, people, stop=mark.key == stop)


def _lane(row: Element, lane: LanePlace) -> None:
    head = SubElement(row, "g", {"role": "rowheader"})
    _text(head, lane.label)
    if lane.level:
        _text(head, lane.level)


def _mark(row: Element, mark: Mark, people: int, stop: bool) -> None:
    group = SubElement(row, "g", {
        "class": _classes(mark),
        "role": "gridcell",
        "tabindex": "0" if stop else "-1",
        "data-key": clean(mark.key),
    })  # fmt: skip
    _words(group, "title", mark.name)
    # Shows the focus, and is what a finger or a mouse has to hit.
    _piece(group, "circle", "sw-ring", cx=_n(mark.x), cy=_n(mark.y), r=_n(max(TARGET / 2, mark.r * 1.4 + 4)))
    if mark.whisker:
        _piece(
            group,
            "path",
            "sw-whisker",
            d=_path(((mark.whisker[0], mark.y), (mark.whisker[1], mark.y)), False),
        )
    _draw(group, mark, people)
    for text in mark.texts:
        _text(group, text, titled=False)


def _classes(mark: Mark) -> str:
    who = "".join(f" person-{number}" for number in mark.people)
    return f"contact {_family(mark)}{'' if mark.contact.significant else ' minor'}{who}"


def _family(mark: Mark | Sample) -> str:
    hollow = " hollow" if mark.glyph.hollow else ""
    return f"f-{mark.glyph.family}{hollow}"


def _draw(parent: Element, mark: Mark | Sample, people: int) -> None:
    """Bar, outline and signs of a mark or of a sample in the legend."""
    if mark.bar:
        _bar(parent, mark.bar)
    if mark.r:
        _outline(parent, mark)
    who, sign = outlines.people_lines(mark, people), outlines.signs(mark, *outlines.flags(mark))
    for name, strokes in (("sw-who", who), ("sw-sign", sign)):
        path = "".join(_path([(mark.x + dx, mark.y + dy) for dx, dy in s.points], False) for s in strokes)
        if path:
            _piece(parent, "path", name, d=path)


def _bar(parent: Element, bar: Bar) -> None:
    _piece(parent, "path", "sw-bar", d=_path([(x + dx, y) for x, dx, y in outlines.outline(bar)], True))
    for piece in outlines.pieces(bar):
        if piece.fade is not None:
            _box(parent, f"sw-fade-{piece.fade}", Box(piece.x0, bar.y, piece.x1 - piece.x0, bar.h))


def _outline(parent: Element, mark: Mark | Sample) -> None:
    base = mark.glyph.shape.removesuffix("-dot")
    if base == "circle":
        _piece(parent, "circle", "sw-mark", cx=_n(mark.x), cy=_n(mark.y), r=_n(mark.r))
    else:
        points = [(mark.x + dx * mark.r, mark.y + dy * mark.r) for dx, dy in outlines.OUTLINES[base]]
        _piece(parent, "path", "sw-mark", d=_path(points, True))
    if mark.glyph.shape.endswith("-dot"):
        _piece(parent, "circle", "sw-dot", cx=_n(mark.x), cy=_n(mark.y), r=_n(mark.r * 0.36))


def _text(parent: Element, text: Text, titled: bool = True) -> None:
    name = f"t-{text.role} t-end" if text.end else f"t-{text.role}"
    made = SubElement(parent, "text", {"class": name, "x": _n(text.x), "y": _n(text.y)})
    if text.cut and titled:
        _words(made, "title", text.full)
    if len(text.lines) == 1 and len(made) == 0:
        made.text = clean(text.lines[0])
        return
    for number, line in enumerate(text.lines):
        span = SubElement(made, "tspan", {"x": _n(text.x), "dy": _n(text.leading)} if number else {})
        # The space joins the lines for whoever listens or copies.
        span.text = clean(line) + (" " if number < len(text.lines) - 1 else "")


def _words(parent: Element, tag: str, words: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = clean(words)


def _box(parent: Element, name: str, box: Box) -> None:
    _piece(parent, "rect", name, x=_n(box.x), y=_n(box.y), width=_n(box.w), height=_n(box.h))


def _piece(parent: Element, tag: str, name: str, **attributes: str) -> None:
    SubElement(parent, tag, {"class": name, **attributes})


def clean(words: str) -> str:
    """Without characters that XML can't hold."""
    return ILLEGAL.sub("\ufffd", words)


def _path(points: Iterable[Point], closed: bool) -> str:
    """Absolute moves; straight lines along one direction are written short."""
    (x, y), *rest = points
    made = [f"M{_n(x)},{_n(y)}"]
    for to_x, to_y in rest:
        made.append(
            f"V{_n(to_y)}" if to_x == x else f"H{_n(to_x)}" if to_y == y else f"L{_n(to_x)},{_n(to_y)}"
        )
        x, y = to_x, to_y
    return "".join(made) + ("Z" if closed else "")


def _n(value: float) -> str:
    """A number as short as it can be written, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")
