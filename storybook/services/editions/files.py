"""What each kind of file is made by; the ending of its name says which.

Pages need templates, which this package does not know: whoever can make one hands its maker in.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from ...anonymise.edition import Edition
from ...publish.export import to_csv, to_json
from ...publish.files import EditionPage
from ...publish.timelinejs import to_timelinejs
from ...story.messages import message
from ...story.problems import Problem, Problems
from ...swimlane import svg
from ...swimlane.geometry import Width
from ...swimlane.layout import layout
from ...swimlane.metrics import Metrics
from ...swimlane.style import file_css
from ..context import Context

_METRICS = Path("vendor") / "font-metrics.json"
#: Kinds of file whose names end in more than their kind.
_ENDS_IN = {"timelinejs": "timelinejs.json"}


def ends_in(kind: str) -> str:
    """How the name of such a file ends: "csv", "timelinejs.json"."""
    return _ENDS_IN.get(kind, kind)


def makers(ctx: Context, pages: Mapping[str, EditionPage] | None = None) -> dict[str, EditionPage]:
    """Ending -> maker. Each takes an edition, and nothing else makes a file for the outside."""
    own: dict[str, EditionPage] = {
        ".csv": to_csv,
        ".json": to_json,
        ".timelinejs.json": to_timelinejs,
        ".svg": lambda edition, /: to_svg(ctx, edition),
    }
    return {**(pages or {}), **own}


def to_svg(ctx: Context, edition: Edition) -> bytes:
    """The picture as a file of its own: wide, with its colours inside, and the last day it may be shown."""
    drawing = svg.element(layout(edition, Width.WIDE, _metrics(ctx)))
    drawing.insert(0, _text("style", file_css()))
    drawing.insert(1, _text("metadata", f"May be shown until {edition.expires.isoformat()}"))
    written: bytes = tostring(drawing, encoding="utf-8", xml_declaration=True)
    return written


def _metrics(ctx: Context) -> Metrics:
    if ctx.assets is None or not (ctx.assets / _METRICS).is_file():
        what = message("the program's own files are not complete")
        raise Problems([Problem(what, message("install storybook again"), where=_METRICS.name)])
    return Metrics.load(ctx.assets / _METRICS)


def _text(tag: str, text: str) -> Element:
    element = Element(tag)
    element.text = text
    return element
