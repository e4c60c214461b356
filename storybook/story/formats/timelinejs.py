"""TimelineJS timelines, CSV and JSON, as stories.

An event becomes a contact, its group an agency (without one: the lane "Events"), the title the story's title and
introduction, an era an episode. HTML becomes Markdown with the same visible text. Media stay as links; nothing is
fetched. What a contact has no field for (times, the date as shown, captions, credits) is kept in its source as lines
of ``Label: text``, from which ``timelinejs_write`` takes it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

from ..messages import Message, message
from ..model import Agency, Contact, Episode, Story
from ..narrative import from_html, text_of_html
from .contacts_csv import plain
from .incoming import Incoming
from .json_lines import Object, load
from .sectors import sector_of
from .slugs import checked_slug, ref_of, slug_of
from .tables import Row, read_csv
from .text_files import decoded
from .timelinejs_parts import Slide, clock_of, date_of, links_of, shown_of, time_of
from .trouble import Trouble, refuse, shortened

#: The lane of events without a group.
EVENTS: Final = "events"
_LONGEST: Final = 500
_COLUMNS: Final[Mapping[str, str]] = {
    "year": "year",
    "month": "month",
    "day": "day",
    "time": "time",
    "end year": "end_year",
    "end month": "end_month",
    "end day": "end_day",
    "end time": "end_time",
    "display date": "display_date",
    "headline": "headline",
    "text": "text",
    "media": "media",
    "media credit": "credit",
    "media caption": "caption",
    "media thumbnail": "thumbnail",
    "type": "type",
    "group": "group",
    "tag": "group",
    "background": "background",
    "alt text": "alt",
}


def looks_like_csv(data: bytes) -> bool:
    """Whether the first line holds TimelineJS's own headings."""
    first = data[:4000].replace(b"\x00", b"").split(b"\n")[0].lower()
    return b"headline" in first and b"year" in first


def read(data: bytes, name: str, *, slug: str | None = None) -> Incoming:
    """The story in a TimelineJS CSV or JSON file called ``name``. Raises Problems by line, all at once."""
    trouble = Trouble(name)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) or name.lower().endswith(".json"):
        text, notes = decoded(data, name)
        slides = _json_slides(load(text.removeprefix("\ufeff"), name), trouble)
    else:
        table = read_csv(data, name)
        slides, notes = _csv_slides(table.rows, trouble), table.notes
    trouble.stop_if_any()
    story = _Maker(trouble).story(slides, PurePath(name).stem, slug)
    guesses = (message("each group became an agency; its sector was guessed from its name"),)
    return Incoming(story, "timelinejs", guesses=guesses, notes=(*notes, *_left_out(slides)))


def _left_out(slides: list[Slide]) -> tuple[Message, ...]:
    if any(slide.looks for slide in slides):
        return (message("backgrounds and thumbnails are not part of a story; they were left out"),)
    return ()


# ---- CSV


def _csv_slides(rows: tuple[Row, ...], trouble: Trouble) -> list[Slide]:
    headings = [_COLUMNS.get(" ".join(str(cell).lower().split()), "") for cell in rows[0].cells]
    for needed in ("year", "headline"):
        if needed not in headings:
            trouble.add(
                message('there is no column "{name}"', name=needed.title()),
                message("use TimelineJS's own headings: Year, Month, Day, Headline, Text, Group …"),
                rows[0].line,
            )
    trouble.stop_if_any()
    return [_csv_slide(row, headings) for row in rows[1:]]


def _csv_slide(row: Row, headings: list[str]) -> Slide:
    cells: dict[str, str] = {}
    for field, cell in zip(headings, row.cells, strict=False):
        if field and str(cell).strip():
            cells[field] = plain(str(cell))
    kind = cells.get("type", "").strip().lower()
    return Slide(
        line=row.line,
        kind=kind if kind in ("title", "era") else "event",
        start=_csv_date(cells, ""),
        end=_csv_date(cells, "end_"),
        shown=cells.get("display_date", ""),
        headline=cells.get("headline", ""),
        text=cells.get("text", ""),
        group=cells.get("group", ""),
        media=cells.get("media", ""),
        caption=cells.get("caption", ""),
        credit=cells.get("credit", ""),
        looks="background" in cells or "thumbnail" in cells,
    )


def _csv_date(cells: dict[str, str], which: str) -> dict[str, str]:
    date = {key: cells.get(f"{which}{key}", "") for key in ("year", "month", "day", "time")}
    return date | {"time": time_of(clock_of(date["time"])) or date["time"]}


# ---- JSON


def _json_slides(found: Any, trouble: Trouble) -> list[Slide]:
    if not isinstance(found, Object) or not isinstance(found.get("events"), list):
        raise refuse(
            trouble.where,
            message("this JSON is not a timeline of TimelineJS"),
            message("it needs {shape}", shape='{"events": […]}'),
            1,
        )
    slides = []
    for kind, value in (
        ("title", [found.get("title")]),
        ("era", found.get("eras") or []),
        ("event", found["events"]),
    ):
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, Object):
                slides.append(_json_slide(entry, kind))
            elif entry is not None:
                trouble.add(
                    message('"{entry}" is not an event', entry=shortened(entry)),
                    message("put it between {begin} and {end}", begin="{", end="}"),
                    found.line,
                )
    return slides


def _json_slide(entry: Object, kind: str) -> Slide:
    text, media, start = (_inside(entry, key) for key in ("text", "media", "start_date"))
    end = _inside(entry, "end_date")
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
        extra=_str(media, "link"),
        looks=bool(entry.get("background") or media.get("thumbnail")),
    )


def _inside(entry: Object, key: str) -> Object:
    value = entry.get(key)
    return value if isinstance(value, Object) else Object(0)


def _str(entry: Object, key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _date(entry: Object) -> dict[str, str]:
    date = {key: _str(entry, key) for key in ("year", "month", "day")}
    date["time"] = time_of({key: _str(entry, key) for key in ("hour", "minute", "second", "millisecond")})
    return date


# ---- stories


class _Maker:
    """Makes the parts of a story out of slides."""

    def __init__(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self._agencies: dict[str, Agency] = {}

    def story(self, slides: list[Slide], stem: str, slug: str | None) -> Story:
        title = next((slide for slide in slides if slide.kind == "title"), None)
        contacts = tuple(c for s in slides if s.kind == "event" and (c := self._contact(s)) is not None)
        eras = [slide for slide in slides if slide.kind == "era"]
        episodes = tuple(e for n, s in enumerate(eras) if (e := self._episode(s, n)) is not None)
        if not any(slide.kind == "event" for slide in slides):
            self._trouble.add(
                message("there are no events in it"), message("give a timeline with at least one event"), 1
            )
        self._trouble.stop_if_any()
        name = _headline(title)[0] if title else ""
        name = name or stem.replace("_", " ").replace("-", " ")
        return Story(
            slug=checked_slug(slug) if slug is not None else slug_of(name, instead=slug_of(stem)),
            title=name[:_LONGEST],
            introduction=_introduction(title) if title else "",
            agencies=tuple(self._agencies.values()),
            contacts=contacts,
            episodes=episodes,
        )

    def _contact(self, slide: Slide) -> Contact | None:
        date, end = date_of(slide, self._trouble)
        if not date:
            return None
        summary, whole = _headline(slide)
        links, words = links_of(slide)
        values = {
            "date": date,
            "end": end,
            "agency": self._agency(slide.group),
            "summary": summary,
            "detail": from_html(slide.text),
            "source": shown_of(slide, whole if whole != summary else "", words),
            "links": links,
        }
        return self._trouble.build(Contact, values, slide.line)

    def _episode(self, slide: Slide, place: int) -> Episode | None:
        date, end = date_of(slide, self._trouble)
        values = {
            "position": place,
            "title": _headline(slide)[0],
            "date": date,
            "end": end,
            "text": from_html(slide.text),
        }
        return self._trouble.build(Episode, values, slide.line) if date else None

    def _agency(self, group: str) -> str:
        name = " ".join(text_of_html(group).split())[:_LONGEST]
        if name not in self._agencies:
            taken = {EVENTS, *(agency.ref for agency in self._agencies.values())}
            ref = ref_of(name, taken) if name else EVENTS
            shown = name or str(message("Events"))
            self._agencies[name] = Agency(ref=ref, name=shown, sector=sector_of(shown))
        return self._agencies[name].ref


def _headline(slide: Slide) -> tuple[str, str]:
    """The headline as words, short enough for one line of the picture; and the whole of it."""
    whole = " ".join(text_of_html(slide.headline).split())
    return (whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1] + "…"), whole


def _introduction(title: Slide) -> str:
    links, _ = links_of(title)
    caption = " ".join(text_of_html(title.caption).split())
    shown = [f"[{from_html(caption) or link}](<{link}>)" for link in links]
    return "\n\n".join(piece for piece in (from_html(title.text), *shown) if piece)
