"""The JSON that TimelineJS reads: a title, events and eras, each a slide."""

from __future__ import annotations

from typing import Any, Final

from ..messages import message
from .json_lines import Object
from .timelinejs_parts import Slide, time_of
from .trouble import Trouble, refuse, shortened

_KINDS: Final = (("title", "title"), ("era", "eras"), ("event", "events"))


def json_slides(found: Any, trouble: Trouble) -> list[Slide]:
    """The slides of a timeline as ``json_lines.load`` gives it; what can't be one is added to ``trouble``."""
    if not isinstance(found, Object) or not isinstance(found.get("events"), list):
        raise refuse(
            trouble.where,
            message("this JSON is not a timeline of TimelineJS"),
            message("it needs {shape}", shape='{"events": […]}'),
            1,
        )
    slides = []
    for kind, key in _KINDS:
        value = found.get(key) or []
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, Object):
                slides.append(_slide(entry, kind, trouble))
            elif entry is not None:
                trouble.add(
                    message('"{entry}" is not an event', entry=_briefly(entry)),
                    message("put it between {begin} and {end}", begin="{", end="}"),
                    found.lines[key],
                )
    return slides


def _slide(entry: Object, kind: str, trouble: Trouble) -> Slide:
    start, end = (_dated(entry, key, trouble) for key in ("start_date", "end_date"))
    text, media = _inside(entry, "text", "text"), _inside(entry, "media", "url")
    return Slide(
        line=start.lines.get("year", start.line) or entry.line,
        end_line=end.lines.get("year", end.line),
        kind=kind,
        start=_date(start),
        end=_date(end),
        shown=_str(entry, "display_date"),
        shown_start=_str(start, "display_date"),
        shown_end=_str(end, "display_date"),
        headline=_str(text, "headline"),
        text=_str(text, "text"),
        group=_str(entry, "group"),
        media=_str(media, "url"),
        caption=_str(media, "caption"),
        credit=_str(media, "credit"),
        alt=_str(media, "alt"),
        extra=_str(media, "link"),
        looks=bool(entry.get("background") or media.get("thumbnail")),
    )


def _inside(entry: Object, key: str, alone: str) -> Object:
    """What is inside ``key``; a bare text there is taken for its ``alone``."""
    value = entry.get(key)
    if isinstance(value, Object):
        return value
    made = Object(entry.line)
    made[alone] = value if isinstance(value, str) else ""
    return made


def _dated(entry: Object, key: str, trouble: Trouble) -> Object:
    value = entry.get(key)
    if value and not isinstance(value, Object):
        trouble.add(
            message('"{entry}" is not a date of TimelineJS', entry=_briefly(value)),
            message("write it like {shape}", shape='{"year": "2016", "month": "4", "day": "3"}'),
            entry.lines[key],
            key,
        )
    return value if isinstance(value, Object) else Object(0)


def _briefly(entry: object) -> str:
    return "[…]" if isinstance(entry, list) else shortened(entry)


def _str(entry: Object, key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _date(entry: Object) -> dict[str, str]:
    date = {key: _str(entry, key) for key in ("year", "month", "day")}
    date["time"] = time_of({key: _str(entry, key) for key in ("hour", "minute", "second", "millisecond")})
    return date
