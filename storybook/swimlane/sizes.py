"""Type and rhythm for the three widths. All numbers are pixels of the picture's own canvas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .geometry import Width
from .roles import Role

BOLD = frozenset(
    {Role.CAPTION, Role.KEY, Role.EPISODE, Role.SECTOR, Role.FICTIONAL, Role.TRACK_TITLE, Role.WATERMARK}
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """``left`` and ``right`` are the columns beside the plot (0: their words stand above the lane instead)."""

    width: float
    margin: float
    left: float
    right: float
    radius: float
    minor: float
    row: float
    lane_pad: float
    lane_min: float
    #: Room above a sector's first lane; on narrow screens its name stands in it.
    sector_gap: float
    demand_most: float
    label_width: float
    label_lines: int
    #: Labels may open this many sub-rows in a lane; None for as many as they need.
    label_rows: int | None
    title_width: float
    strip: float
    font: Mapping[Role, float]

    def leading(self, role: Role) -> float:
        """From one line's baseline to the next one's."""
        return float(round(self.font[role] * 1.2))

    def bold(self, role: Role) -> bool:
        """Whether a role's text is set in the bold weight."""
        return role in BOLD


def _fonts(base: float, **other: float) -> Mapping[Role, float]:
    return MappingProxyType({role: other.get(role.name.lower(), base) for role in Role})


SIZES = {
    Width.WIDE: Sizes(
        1920,
        32,
        276,
        216,
        7.5,
        4.5,
        26,
        9,
        50,
        8,
        46,
        270,
        3,
        None,
        190,
        30,
        _fonts(
            15, caption=28, episode=17, voice=15, sector=14, lane=17, axis=15, track_title=17, watermark=150
        ),
    ),
    Width.MEDIUM: Sizes(
        1024,
        16,
        172,
        0,
        6,
        3.5,
        22,
        7,
        46,
        6,
        38,
        165,
        2,
        3,
        110,
        24,
        _fonts(
            12.5, caption=20, episode=13.5, lane=13.5, demand=12, sector=11.5, track_title=13.5, watermark=96
        ),
    ),
    Width.NARROW: Sizes(
        390,
        12,
        0,
        0,
        6,
        3.5,
        22,
        6,
        44,
        34,
        22,
        150,
        2,
        2,
        100,
        22,
        _fonts(12, caption=18, episode=13, lane=14, legend=13, note=12.5, track_title=13, watermark=64),
    ),
}
