"""Points, axes and colours of a Plotly trace, as the figure and its script have agreed on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Points:
    """Points of one trace; ``add`` ends a line or area with a break."""

    x: list[float | None] = field(default_factory=list)
    y: list[float | None] = field(default_factory=list)
    #: Pixels from the x that a point stays with in a zoom.
    off: list[float] = field(default_factory=list)
    #: For each piece the number of the mark that it belongs to.
    marks: list[int | None] = field(default_factory=list)

    def add(
        self,
        points: Iterable[tuple[float | None, float, float]],
        *,
        close: bool = False,
        mark: int | None = None,
    ) -> None:
        """Points as (x to stay with or None, x, y)."""
        points = list(points)
        self.marks.append(mark)
        for hold, x, y in [*points, *points[:1]] if close else points:
            self.x.append(short(x))
            self.y.append(short(y))
            self.off.append(0 if hold is None else short(x - hold))
        self.x.append(None)
        self.y.append(None)
        self.off.append(0)

    def trace(self, plot: bool, **how: Any) -> dict[str, Any]:
        """The trace of these points: on the plot, with what a zoom has to know, or on the canvas."""
        made = {"x": self.x, "y": self.y, "hoverinfo": "skip", "showlegend": False, **how, **axes(plot)}
        if plot and any(self.off):
            made["meta"] = {"off": self.off}
        if plot and any(number is not None for number in self.marks):
            made["meta"] = made.get("meta", {}) | {"marks": self.marks}
        return made


def short(value: float) -> float:
    """Without a fraction where there is none: JSON writes 7 and not 7.0."""
    tenths = round(value, 1)
    return int(tenths) if tenths == int(tenths) else tenths


def axes(plot: bool) -> dict[str, Any]:
    """The axes of a trace: those of the plot, which zoom, or those of the whole canvas."""
    return {"xaxis": "x2", "yaxis": "y2"} if plot else {"xaxis": "x", "yaxis": "y", "cliponaxis": False}


def colour(token: str) -> str:
    """A token of the style as a CSS custom property, which the script resolves."""
    return f"var(--sw-{token})"
