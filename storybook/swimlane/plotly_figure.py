"""The picture as a Plotly figure: the layout's pixels are the axes' numbers.

``x``/``y`` cover the whole canvas and hold what stays where it is; ``x2``/``y2`` cover the plot and can be zoomed in
time; ``x3``/``y3`` lie over all of it with words that stay and the watermark. Few traces, no WebGL, no hover of
Plotly's own (the page's script shows it). Colours are CSS custom properties that the script resolves. A trace's
``meta.off`` lists how much of each point's x is a distance in pixels that a zoom leaves as it is, ``meta.marks`` the
mark of each piece.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly has no types

from . import marks as outlines
from .direction import set_apart
from .geometry import Layout, Mark, Point, Sample, Shape, Text
from .looks import INKS, PAINTS, WATERMARK, Paint
from .marks import FADES
from .plotly_traces import Points, axes, colour, short
from .roles import Look, Role
from .style import FONT

#: From a line's baseline up to the middle of its box, in type sizes; Plotly centres text on a point.
MIDDLE = 0.334


def figure(layout: Layout[Any], *, still: bool = True, checked: bool = True) -> dict[str, Any]:
    """``{"data": [...], "layout": {...}}`` of the picture, as plain data.

    Without ``still`` only what a zoom moves, for a page whose drawing goes on showing what stays where it is. Plotly's
    own check (``ValueError``) takes ten times as long as all the rest: a draft, drawn for each page, does without.
    """
    below, above = (tuple(_below(layout)), tuple(_above(layout))) if still else ((), ())
    traces = [{"type": "scatter", **trace} for trace in (*below, *_zooming(layout), *above)]
    made = {"data": traces, "layout": _frame(layout, still)}
    if checked:
        go.Figure(made)
    return made


def _frame(layout: Layout[Any], still: bool) -> dict[str, Any]:
    plot, across, down = layout.plot, short(layout.width), short(layout.height)
    hidden: dict[str, Any] = {"visible": False, "showgrid": False, "zeroline": False}
    ends = [short(plot.x), short(plot.right)]
    whole: dict[str, Any] = {}
    for number in ("", "3") if still else ():
        canvas = {**hidden, "domain": [0, 1], "fixedrange": True}
        whole[f"xaxis{number}"] = {**canvas, "range": [0, across], "anchor": f"y{number}"}
        whole[f"yaxis{number}"] = {**canvas, "range": [down, 0], "anchor": f"x{number}"}
    return {
        "width": across,
        "height": down,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "paper_bgcolor": colour("paper") if still else "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hovermode": False,
        "dragmode": "zoom",
        "showlegend": False,
        "font": {"family": FONT, "color": colour("ink")},
        "xaxis2": {
            **hidden, "range": ends, "minallowed": ends[0], "maxallowed": ends[1], "anchor": "y2",
            "domain": [plot.x / layout.width, plot.right / layout.width],
        },
        "yaxis2": {
            **hidden, "range": [short(plot.bottom), short(plot.y)], "fixedrange": True, "anchor": "x2",
            "domain": [1 - plot.bottom / layout.height, 1 - plot.y / layout.height],
        },
        **whole,
    }  # fmt: skip


def _below(layout: Layout[Any]) -> Iterator[dict[str, Any]]:
    """Lines and the legend's marks, which stay where they are."""
    yield from _shapes([shape for shape in layout.shapes if not shape.zooms], zooms=False)
    yield from _marks(layout, layout.samples, zooms=False)


def _zooming(layout: Layout[Any]) -> Iterator[dict[str, Any]]:
    """Everything between the plot's ends."""
    yield from _shapes([shape for shape in layout.shapes if shape.zooms], zooms=True)
    yield from _marks(layout, layout.marks, zooms=True)
    labels: list[tuple[Text, int | None]] = [(text, None) for text in layout.labels(of_marks=False)]
    labels += [(text, number) for number, mark in enumerate(layout.marks) for text in mark.texts]
    yield from _texts([each for each in labels if each[0].hold is not None], zooms=True)


def _above(layout: Layout[Any]) -> Iterator[dict[str, Any]]:
    """Words that stay where they are, and the watermark over everything."""
    over = {"xaxis": "x3", "yaxis": "y3"}
    for trace in _texts([(text, None) for text in layout.labels() if text.hold is None], zooms=False):
        yield trace | over
    for trace in _texts([(text, None) for text in layout.watermark], zooms=False):
        yield trace | over | {"opacity": WATERMARK}


# ---- areas and lines


def _shapes(shapes: Iterable[Shape], zooms: bool) -> Iterator[dict[str, Any]]:
    groups: dict[tuple[Look, bool], Points] = defaultdict(Points)
    for shape in shapes:
        groups[shape.look, shape.closed].add(_held(shape), close=shape.closed)
    for look, paint in PAINTS.items():
        for closed in (True, False):
            if (look, closed) in groups:
                yield groups[look, closed].trace(zooms, name=str(look), **_paint(paint, closed))


def _held(shape: Shape) -> Iterator[tuple[float | None, float, float]]:
    for x, y in shape.points:
        yield shape.hold, x, y


def _paint(paint: Paint, closed: bool) -> dict[str, Any]:
    stroke: dict[str, Any] = {"width": 0}
    if paint.stroke != "none":
        stroke = {"color": colour(paint.stroke), "width": paint.width}
    if paint.dash:
        stroke["dash"] = ",".join(f"{d:g}px" for d in paint.dash)
    made: dict[str, Any] = {"mode": "lines", "line": stroke}
    if closed and paint.fill != "none":
        made |= {"fill": "toself", "fillcolor": colour(paint.fill), "opacity": paint.fill_opacity}
    return made


# ---- marks


def _marks(layout: Layout[Any], marks: Sequence[Mark | Sample], zooms: bool) -> Iterator[dict[str, Any]]:
    yield from _bars(marks, zooms)
    yield from _whiskers(marks, zooms)
    yield from _strokes(marks, len(layout.shown.people), zooms)
    yield from _glyphs(marks, zooms)


def _bars(marks: Iterable[Mark | Sample], plot: bool) -> Iterator[dict[str, Any]]:
    sure: dict[str, Points] = defaultdict(Points)
    faint: dict[tuple[str, int], Points] = defaultdict(Points)
    for number, mark in enumerate(marks):
        if mark.bar:
            bar, family = mark.bar, mark.glyph.family
            sure[family].add(((x, x + dx, y) for x, dx, y in outlines.outline(bar)), close=True, mark=number)
            for p in outlines.pieces(bar):
                if p.fade is not None:
                    corners = ((None, x, y) for x, y in outlines.corners(p, bar))
                    faint[family, p.fade].add(corners, close=True, mark=number)
    for (family, fade), points in sorted(faint.items()):
        yield points.trace(plot, **_area(family), name="fade", opacity=FADES[fade], line={"width": 0})
    for family, points in sorted(sure.items()):
        yield points.trace(plot, **_area(family), name="bar", line={"width": 1, "color": colour(family)})


def _area(family: str) -> dict[str, Any]:
    return {"mode": "lines", "fill": "toself", "fillcolor": colour(f"{family}-soft")}


def _whiskers(marks: Iterable[Mark | Sample], plot: bool) -> Iterator[dict[str, Any]]:
    groups: dict[str, Points] = defaultdict(Points)
    for number, mark in enumerate(marks):
        if isinstance(mark, Mark) and mark.whisker:
            groups[mark.glyph.family].add(((None, x, mark.y) for x in mark.whisker), mark=number)
    for family, points in sorted(groups.items()):
        line = {"color": colour(family), "width": 1.5, "dash": "2px,3px"}
        yield points.trace(plot, name="whisker", mode="lines", line=line)


def _strokes(marks: Iterable[Mark | Sample], people: int, plot: bool) -> Iterator[dict[str, Any]]:
    who: list[tuple[int, Mark | Sample, outlines.Stroke]] = []
    sign = Points()
    for number, mark in enumerate(marks):
        who += [(number, mark, stroke) for stroke in outlines.people_lines(mark, people)]
        for stroke in outlines.signs(mark, *outlines.flags(mark)):
            sign.add(_around(mark, stroke.points), mark=number)
    if who:
        yield _people(who, plot)
    if sign.x:
        yield sign.trace(plot, name="sign", mode="lines", line={"color": colour("ink"), "width": 1.5})


def _people(who: list[tuple[int, Mark | Sample, outlines.Stroke]], plot: bool) -> dict[str, Any]:
    """The lines above and below marks, as symbols."""
    return _meta([mark for _, mark, _ in who], [number for number, *_ in who], plot) | {
        "name": "who", "mode": "markers", "hoverinfo": "skip", "showlegend": False, **axes(plot),
        "x": [short(mark.x) for _, mark, _ in who],
        "y": [short(mark.y + stroke.points[0][1]) for _, mark, stroke in who],
        "marker": {
            "symbol": "line-ew-open", "opacity": 1, "size": [short(stroke.points[1][0] * 2) for *_, stroke in who],
            "color": [colour(mark.glyph.family) for _, mark, _ in who], "line": {"width": 2},
        },
    }  # fmt: skip


def _around(mark: Mark | Sample, points: Iterable[Point]) -> Iterator[tuple[float | None, float, float]]:
    for dx, dy in points:
        yield mark.hold, mark.x + dx, mark.y + dy


def _glyphs(marks: Iterable[Mark | Sample], plot: bool) -> Iterator[dict[str, Any]]:
    """All marks in one trace, in reading order; then the dots of those that have one."""
    drawn = [mark for mark in marks if mark.r]
    if drawn:
        keys = {"customdata": [mark.key for mark in drawn if isinstance(mark, Mark)]}
        yield _markers(drawn, plot) | _meta(drawn, range(len(drawn)), plot) | (keys if plot else {})
    numbers = [number for number, mark in enumerate(drawn) if mark.glyph.shape.endswith("-dot")]
    dotted = [drawn[number] for number in numbers]
    if dotted:
        yield _meta(dotted, numbers, plot) | {
            "name": "dots", "mode": "markers", "x": [short(m.x) for m in dotted], "y": [short(m.y) for m in dotted],
            "hoverinfo": "skip", "showlegend": False, **axes(plot),
            "marker": {
                "symbol": "circle", "size": [round(m.r * 0.72, 1) for m in dotted], "line": {"width": 0}, "opacity": 1,
                "color": [colour(m.glyph.family if m.glyph.hollow else "paper") for m in dotted],
            },
        }  # fmt: skip


def _meta(marks: Iterable[Mark | Sample], numbers: Iterable[int], plot: bool) -> dict[str, Any]:
    if not plot:
        return {}
    off = [short(mark.x - mark.hold) for mark in marks]
    return {"meta": {"marks": list(numbers), **({"off": off} if any(off) else {})}}


def _markers(drawn: list[Mark | Sample], plot: bool) -> dict[str, Any]:
    def each(of: Callable[[Mark | Sample], Any]) -> list[Any]:
        return [of(mark) for mark in drawn]

    return {
        "name": "contacts" if plot else "samples", "mode": "markers", "hoverinfo": "skip", "showlegend": False,
        "x": each(lambda m: short(m.x)), "y": each(lambda m: short(m.y)), **axes(plot),
        "marker": {
            "symbol": each(lambda m: m.glyph.shape.removesuffix("-dot")),
            "size": each(lambda m: short(m.r * 2)),
            "opacity": 1,
            "color": each(lambda m: colour("paper" if m.glyph.hollow else m.glyph.family)),
            "line": {
                "width": each(lambda m: 2 if m.glyph.hollow else 0.75),
                "color": each(lambda m: colour(m.glyph.family if m.glyph.hollow else "paper")),
            },
        },
    }  # fmt: skip


# ---- words


def _texts(texts: Iterable[tuple[Text, int | None]], zooms: bool) -> Iterator[dict[str, Any]]:
    """A trace for each role and side of its place; a point for each line. Texts come with their mark's number."""
    groups: dict[tuple[Role, bool], list[tuple[Text, int, str]]] = defaultdict(list)
    marks: dict[tuple[Role, bool], list[int | None]] = defaultdict(list)
    for text, mark in texts:
        groups[text.role, text.end] += [(text, number, line) for number, line in enumerate(text.lines)]
        marks[text.role, text.end] += [mark] * len(text.lines)
    for (role, end), lines in groups.items():
        points = Points(marks=marks[role, end])
        for text, number, _ in lines:
            points.x.append(short(text.x))
            points.y.append(short(text.y + number * text.leading - text.size * MIDDLE))
            points.off.append(0 if text.hold is None else short(text.x - text.hold))
        first = lines[0][0]
        font = {
            "size": first.size,
            "color": colour(INKS.get(role, "ink")),
            "weight": 700 if first.bold else 400,
        }
        yield points.trace(
            zooms, name=f"text-{role}", mode="text",
            text=[escape(set_apart(line, text.leftward), quote=False) for text, _, line in lines],
            textposition="middle left" if end else "middle right", textfont=font,
        )  # fmt: skip
