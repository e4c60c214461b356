"""Which shape, colour and line stands for what: one table for every renderer.

Colours after Okabe and Ito, "Color Universal Design" (2008), darkened or lightened until each stands out 3:1 against
its paper; kinds differ by shape as well, so that a print without colour can be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from .geometry import Glyph
from .roles import Look

#: token: (light, dark, print). Every colour of the picture is one of these.
TOKENS: dict[str, tuple[str, str, str]] = {
    "paper": ("#fffdf8", "#24211c", "#ffffff"),
    "ink": ("#1d2230", "#f1ebdf", "#000000"),
    "quiet": ("#50555f", "#bdb5a6", "#333333"),
    "rule": ("#e0d8c8", "#454036", "#bbbbbb"),
    "rule-strong": ("#aaa08d", "#716a5d", "#777777"),
    "grid": ("#eee8dc", "#322e27", "#e2e2e2"),
    "band-a": ("#f8efdf", "#2e2920", "#f3f3f3"),
    "band-b": ("#eef2ee", "#262b29", "#f9f9f9"),
    "band-edge": ("#d6ba88", "#75603c", "#999999"),
    "turning": ("#9a6700", "#e3b341", "#000000"),
    "demand": ("#bfd2de", "#31495a", "#d6d6d6"),
    "demand-edge": ("#86a5b8", "#5d7f95", "#9a9a9a"),
    "hatch": ("#8d8575", "#79818a", "#8a8a8a"),
    "link": ("#6b6590", "#9d96c4", "#555555"),
    "neutral": ("#4b5357", "#c3c7c9", "#333333"),
    "neutral-soft": ("#dcdedd", "#363d42", "#e6e6e6"),
    "ask": ("#0068a6", "#63b8ee", "#222222"),
    "ask-soft": ("#cbe0ee", "#17384d", "#dddddd"),
    "help": ("#007a58", "#35c79b", "#444444"),
    "help-soft": ("#c9e5da", "#123d31", "#ececec"),
    "crisis": ("#b84a00", "#ff8f52", "#111111"),
    "crisis-soft": ("#f6d9c4", "#4c2a17", "#cfcfcf"),
    "closed": ("#96407a", "#e59bcb", "#555555"),
    "closed-soft": ("#ecd5e4", "#45243a", "#dadada"),
    "home-1": ("#e3c58f", "#6b5426", "#f0f0f0"),
    "home-2": ("#a9cbb7", "#2f5743", "#d0d0d0"),
    "home-3": ("#d8a58c", "#70412b", "#a8a8a8"),
    "home-4": ("#a8bfd6", "#34506c", "#e4e4e4"),
    "home-5": ("#c9b3d1", "#58426a", "#bcbcbc"),
    "home-6": ("#d3cfc0", "#4d4c43", "#f8f8f8"),
}

FAMILIES = ("neutral", "ask", "help", "crisis", "closed")
SHAPES = (
    "circle", "square", "diamond", "triangle-up", "triangle-right", "triangle-down", "triangle-left", "pentagon",
    "hexagon", "star", "cross", "hourglass", "bowtie",
)  # fmt: skip
DOT = "-dot"

#: kind: (shape, family). Asking is blue, planned help green, emergencies and justice orange, doors that close purple.
KINDS: dict[str, tuple[str, str]] = {
    "contact": ("hexagon", "neutral"),
    "asked": ("circle", "ask"),
    "call": ("circle-dot", "ask"),
    "letter": ("hexagon-dot", "ask"),
    "referred": ("triangle-right", "ask"),
    "offered": ("triangle-left", "help"),
    "assessed": ("diamond", "help"),
    "appointment": ("square", "help"),
    "drop-in": ("square-dot", "help"),
    "visit": ("pentagon", "help"),
    "meeting": ("diamond-dot", "help"),
    "treatment": ("cross-dot", "help"),
    "support": ("star", "help"),
    "stay": ("pentagon-dot", "help"),
    "payment": ("triangle-left-dot", "help"),
    "call-out": ("triangle-up", "crisis"),
    "arrest": ("triangle-up-dot", "crisis"),
    "hearing": ("hourglass-dot", "crisis"),
    "custody": ("hourglass", "crisis"),
    "admission": ("cross", "crisis"),
    "decision": ("bowtie-dot", "closed"),
    "refused": ("triangle-down", "closed"),
    "missed": ("bowtie", "closed"),
    "ended": ("triangle-down-dot", "closed"),
}

#: Outcomes that leave a mark hollow: the service said no, or nobody met.
HOLLOW = frozenset({"turned-away", "not-met"})

#: How a hand-off ended: its look and the end of its line. Any other code has an open end.
HAND_OFFS = {"accepted": Look.ACCEPTED, "returned": Look.RETURNED, "no-reply": Look.NO_REPLY}


def glyphs(kinds: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Shape and family of each kind, no two alike; a kind of another vocabulary gets a free one, always the same."""
    ours = sorted({kind for kind in kinds if kind not in KINDS})
    used = set(KINDS.values())
    free = (look for look in _combinations() if look not in used)
    return KINDS | dict(zip(ours, free, strict=False)) | dict.fromkeys(ours[_spare() :], KINDS["contact"])


def glyph(looks: dict[str, tuple[str, str]], kind: str, outcome: str) -> Glyph:
    """The glyph of a contact, by what ``glyphs`` gave its kind and by how it ended."""
    shape, family = looks[kind]
    return Glyph(shape, family, hollow=outcome in HOLLOW)


def _combinations() -> Iterable[tuple[str, str]]:
    for family, suffix, shape in product(FAMILIES, ("", DOT), SHAPES):
        yield shape + suffix, family


def _spare() -> int:
    return len(FAMILIES) * 2 * len(SHAPES) - len(KINDS)


@dataclass(frozen=True, slots=True)
class Paint:
    """Tokens (or "none") and a line's width and dashes in pixels of the wide canvas."""

    fill: str = "none"
    stroke: str = "none"
    width: float = 1
    dash: tuple[float, ...] = ()
    fill_opacity: float = 1


#: Hatching is a line as thick as its area with thin dashes, so that it stays even in a zoom and costs no points.
THICK = {Look.FEW: 7, Look.GAP_HATCH: 14}

#: In drawing order, the lowest first.
PAINTS: dict[Look, Paint] = {
    Look.BAND_A: Paint("band-a"),
    Look.BAND_B: Paint("band-b"),
    Look.GRID: Paint(stroke="grid"),
    Look.GRID_MAJOR: Paint(stroke="rule"),
    Look.DEMAND: Paint("demand", fill_opacity=0.6),
    Look.DEMAND_EDGE: Paint(stroke="demand-edge"),
    Look.FEW: Paint(stroke="demand-edge", width=THICK[Look.FEW], dash=(1.25, 4)),
    Look.ZERO: Paint(stroke="demand-edge", width=1.5),
    Look.UNKNOWN: Paint(stroke="hatch", width=1.5, dash=(1.5, 5)),
    Look.RULE: Paint(stroke="rule"),
    Look.BAND_EDGE: Paint(stroke="band-edge"),
    Look.SECTOR_RULE: Paint(stroke="rule-strong"),
    Look.TRACK_1: Paint("home-1"),
    Look.TRACK_2: Paint("home-2"),
    Look.TRACK_3: Paint("home-3"),
    Look.TRACK_4: Paint("home-4"),
    Look.TRACK_5: Paint("home-5"),
    Look.TRACK_6: Paint("home-6"),
    Look.VEIL_1: Paint("paper", fill_opacity=0.35),
    Look.VEIL_2: Paint("paper", fill_opacity=0.6),
    Look.VEIL_3: Paint("paper", fill_opacity=0.82),
    Look.TRACK_EDGE: Paint(stroke="paper", width=1.5),
    Look.TRACK_LINE: Paint(stroke="quiet", width=1.5),
    Look.TRACK_POINT: Paint("ink"),
    Look.GAP: Paint("paper", "hatch"),
    Look.GAP_HATCH: Paint(stroke="hatch", width=THICK[Look.GAP_HATCH], dash=(1, 5)),
    Look.ACCEPTED: Paint(stroke="link"),
    Look.RETURNED: Paint(stroke="link"),
    Look.NO_REPLY: Paint(stroke="link", dash=(5, 4)),
    Look.OPEN_END: Paint(stroke="link", dash=(1.5, 3)),
    Look.TIP: Paint("link", "link"),
    Look.TURNING: Paint("turning"),
    Look.STAMP: Paint(stroke="ink", width=1.25),
}

TRACK_TINTS = (Look.TRACK_1, Look.TRACK_2, Look.TRACK_3, Look.TRACK_4, Look.TRACK_5, Look.TRACK_6)

#: How dense the watermark is, on top of everything.
WATERMARK = 0.09

#: Colour of each role's text, where it is not ink.
INKS = {
    "axis": "quiet", "voice": "quiet", "demand": "quiet", "gap": "quiet", "note": "quiet", "sector": "quiet",
}  # fmt: skip
