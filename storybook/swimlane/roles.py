"""What texts are for and what lines and areas stand for; how they look is in ``sizes.py`` and ``looks.py``."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a text is for; decides its size, weight and colour."""

    CAPTION = "caption"
    FICTIONAL = "fictional"
    AXIS = "axis"
    EPISODE = "episode"
    VOICE = "voice"
    SECTOR = "sector"
    LANE = "lane"
    DEMAND = "demand"
    LABEL = "label"
    GAP = "gap"
    TRACK = "track"
    TRACK_TITLE = "track-title"
    LEGEND = "legend"
    KEY = "key"
    NOTE = "note"
    WATERMARK = "watermark"


class Look(StrEnum):
    """How a line or an area looks; the colours are in ``looks.py``."""

    BAND_A = "band-a"
    BAND_B = "band-b"
    BAND_EDGE = "band-edge"
    TURNING = "turning"
    GRID = "grid"
    GRID_MAJOR = "grid-major"
    RULE = "rule"
    SECTOR_RULE = "sector-rule"
    DEMAND = "demand-area"
    DEMAND_EDGE = "demand-edge"
    FEW = "few"
    ZERO = "zero"
    UNKNOWN = "unknown"
    GAP = "gap-area"
    GAP_HATCH = "gap-hatch"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    NO_REPLY = "no-reply"
    OPEN_END = "open-end"
    TIP = "tip"
    TRACK_1 = "track-1"
    TRACK_2 = "track-2"
    TRACK_3 = "track-3"
    TRACK_4 = "track-4"
    TRACK_5 = "track-5"
    TRACK_6 = "track-6"
    VEIL_1 = "veil-1"
    VEIL_2 = "veil-2"
    VEIL_3 = "veil-3"
    TRACK_EDGE = "track-edge"
    TRACK_LINE = "track-line"
    TRACK_POINT = "track-point"
    STAMP = "stamp"
