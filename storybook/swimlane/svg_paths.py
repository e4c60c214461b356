"""Numbers, lines and words as SVG writes them: as short as they can be, and nothing that XML can't hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .geometry import Bar, Point
from .marks import ARROW

#: What XML 1.0 does not allow; none of it can be seen.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(words: str) -> str:
    """Without characters that XML can't hold."""
    return ILLEGAL.sub("\ufffd", words)


def number(value: float) -> str:
    """To a tenth, without what can be left out."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def path(points: Iterable[Point], closed: bool) -> str:
    """Straight lines from point to point."""
    (x, y), *rest = points
    made = [f"M{number(x)},{number(y)}"]
    for to_x, to_y in rest:
        if to_x == x:
            made.append(f"V{number(to_y)}")
        else:
            made.append(f"H{number(to_x)}" if to_y == y else f"L{number(to_x)},{number(to_y)}")
        x, y = to_x, to_y
    return "".join(made) + ("Z" if closed else "")


def bar_path(bar: Bar, x: float, y: float) -> str:
    """A bar seen from (x, y): round where an end is sure, flat where it fades, an arrow head where it goes on."""
    r = min(bar.h / 2, (bar.x1 - bar.x0) / 2)
    left, right, top, foot = (number(n) for n in (bar.x0 - x, bar.x1 - x, bar.y - y, bar.y + bar.h - y))
    turn = f"a{number(r)},{number(bar.h / 2)} 0 0 1 "
    start = f"M{left},{top}" if bar.fade_from < bar.x0 else f"M{number(bar.x0 + r - x)},{top}"
    if bar.arrow:
        head = min(ARROW, bar.x1 - bar.x0)
        end = f"H{number(bar.x1 - head - x)}l{number(head)},{number(bar.h / 2)}l{number(-head)},{number(bar.h / 2)}"
    else:
        flat = bar.fade_to > bar.x1
        end = f"H{right}V{foot}" if flat else f"H{number(bar.x1 - r - x)}{turn}0,{number(bar.h)}"
    close = f"H{left}Z" if bar.fade_from < bar.x0 else f"H{number(bar.x0 + r - x)}{turn}0,{number(-bar.h)}Z"
    return start + end + close
