"""TimelineJS timelines, CSV and JSON, as stories.

An event becomes a contact, its group an agency (without one: the lane "Events"), the title the story's title and
introduction, an era an episode. HTML becomes Markdown with the same visible text. Media stay as links; nothing is
fetched. What a contact has no field for (times, the date as shown, captions, credits) is kept in its source as lines
of ``Label: text``, from which ``timelinejs_write`` takes it back.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Final

from ..messages import Message, message
from ..model import Agency, Contact, Episode, Story
from ..narrative import from_html, text_of_html
from .incoming import Incoming
from .json_lines import load
from .sectors import sector_of
from .slugs import checked_slug, ref_of, slug_of
from .tables import read_csv
from .text_files import decoded
from .timelinejs_csv import csv_slides, looks_like_csv
from .timelinejs_json import json_slides
from .timelinejs_parts import Slide, date_of, links_of, shown_media, shown_of
from .trouble import Trouble

#: The lane of events without a group.
EVENTS: Final = "events"
_LONGEST: Final = 500


def read(data: bytes, name: str, *, slug: str | None = None) -> Incoming:
    """The story in a TimelineJS CSV or JSON file called ``name``. Raises Problems by line, all at once."""
    trouble = Trouble(name)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) or name.lower().endswith(".json"):
        text, notes = decoded(data, name)
        slides = json_slides(load(text.removeprefix("\ufeff"), name), trouble)
        left: tuple[Message, ...] = ()
    else:
        table = read_csv(data, name)
        (slides, left), notes = csv_slides(table.rows, trouble), table.notes
    trouble.stop_if_any()
    slides = _one_title(slides)
    story = _Maker(trouble).story(slides, PurePath(name).stem, slug)
    guesses = (message("each group became an agency; its sector was guessed from its name"),)
    return Incoming(story, "timelinejs", guesses=guesses, notes=(*notes, *left, *_left_out(slides)))


def _one_title(slides: list[Slide]) -> list[Slide]:
    """As TimelineJS does: the first title is the title, and any other is an event."""
    first = next((slide for slide in slides if slide.kind == "title"), None)
    return [
        replace(slide, kind="event") if slide.kind == "title" and slide is not first else slide
        for slide in slides
    ]


def _left_out(slides: list[Slide]) -> tuple[Message, ...]:
    if any(slide.looks for slide in slides):
        return (message("backgrounds and thumbnails are not part of a story; they were left out"),)
    return ()


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
    return "\n\n".join(piece for piece in (from_html(title.text), *shown_media(title)) if piece)


__all__ = ["EVENTS", "looks_like_csv", "read"]
