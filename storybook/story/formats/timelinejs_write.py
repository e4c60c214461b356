"""A story as TimelineJS JSON: contacts as events, agencies as groups, dated episodes as eras."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from html import escape
from typing import Any, Final

from ..counts import without_counts
from ..dates import EdtfDate, Precision, in_words, span
from ..messages import message, say
from ..model import Contact, Episode, Story
from ..narrative import to_html, visible_text
from .timelinejs import EVENTS
from .timelinejs_parts import (
    ALT,
    CAPTION,
    CREDIT,
    END_TIME,
    HEADLINE,
    MEDIA,
    SHOWN,
    SHOWN_END,
    SHOWN_START,
    TIME,
    clock_of,
    kept_in,
)

#: A link that stands alone at the end, with its credit after a dash.
_SHOWN_MEDIA: Final = re.compile(
    r"(?:\A|\n\n)\[(?P<caption>(?:\\.|[^\[\]\\\n])+)\]\(<(?P<url>https?://[^<>\s]+)>\)(?: — (?P<credit>[^\n]+))?\Z"
)


def write(story: Story) -> bytes:
    """``story`` as the bytes of a TimelineJS JSON file. Contacts that are not to be told are left out."""
    groups = {agency.ref: "" if agency.ref == EVENTS else agency.name for agency in story.agencies}
    told = [contact for contact in story.contacts if not contact.not_telling]
    dated = [episode for episode in story.episodes if episode.date]
    timeline = {
        "title": _title(story),
        "events": [_event(contact, groups[contact.agency]) for contact in told],
        "eras": [_era(episode) for episode in dated],
    }
    return json.dumps(timeline, ensure_ascii=False, indent=2).encode()


def _title(story: Story) -> dict[str, Any]:
    """The title, and as its media the link that an introduction ends with (``shown_media`` puts it there)."""
    words = without_counts(story.introduction)
    shown = _SHOWN_MEDIA.search(words)
    words = words[: shown.start()] if shown else words
    found: dict[str, Any] = {
        "text": {"headline": escape(story.title, quote=False), "text": _introduction(story, words)}
    }
    if shown:
        caption = visible_text(shown["caption"])
        named = {
            "caption": "" if caption == shown["url"] else caption,
            "credit": visible_text(shown["credit"] or ""),
        }
        kept = {key: escape(text, quote=False) for key, text in named.items() if text}
        found["media"] = {"url": shown["url"], **kept}
    return found


def _introduction(story: Story, words: str) -> str:
    """The introduction, that the story is fictional if it is, and the episodes that have no place in time."""
    pieces = [_html(words)]
    if story.fictional:
        pieces.append(f"<p>{escape(say(message('This story is fictional.')))}</p>")
    undated = (episode for episode in story.episodes if not episode.date)
    pieces += [f"<h3>{escape(e.title, quote=False)}</h3>{_html(e.text)}" for e in undated]
    return "".join(piece.strip() for piece in pieces)


def _html(text: str) -> str:
    """A text of the narrative; its linked counts stay with the story."""
    return to_html(without_counts(text))


def _event(contact: Contact, group: str) -> dict[str, Any]:
    kept = kept_in(contact.source)
    event: dict[str, Any] = {
        "unique_id": f"c-{contact.id}",
        **_dates(contact.date, contact.end, kept),
        "text": {
            "headline": escape(kept.get(HEADLINE) or contact.summary, quote=False),
            "text": to_html(contact.detail).strip(),
        },
    }
    if group:
        event["group"] = group
    if media := _media(contact.links, kept):
        event["media"] = media
    return event


def _media(links: Iterable[str], kept: dict[str, str]) -> dict[str, str]:
    words = f"<blockquote>{escape(kept[MEDIA], quote=False)}</blockquote>" if MEDIA in kept else ""
    url = next(iter(links), words)
    named = {
        "url": url,
        "caption": kept.get(CAPTION, ""),
        "credit": kept.get(CREDIT, ""),
        "alt": kept.get(ALT, ""),
    }
    return (
        {key: escape(text, quote=False) if key != "url" else text for key, text in named.items() if text}
        if url
        else {}
    )


def _era(episode: Episode) -> dict[str, Any]:
    dates = _dates(episode.date, episode.end, {})
    return {
        "start_date": dates["start_date"],
        "end_date": dates.get("end_date", dates["start_date"]),
        "text": {"headline": escape(episode.title, quote=False), "text": _html(episode.text).strip()},
    }


def _dates(date: str, end: str, kept: dict[str, str]) -> dict[str, Any]:
    """Start, end and the date in words where years, months and days alone would say something else."""
    when = span(date, end)
    first, last = when.begins or when.ends, when.ends if when.begins and not when.moment else None
    found: dict[str, Any] = {"start_date": _date(first, False, kept.get(TIME, ""), kept.get(SHOWN_START, ""))}
    if last:
        found["end_date"] = _date(last, True, kept.get(END_TIME, ""), kept.get(SHOWN_END, ""))
    elif (
        first
        and not _is_plain(first)
        and first.precision in (Precision.SEASON, Precision.DECADE, Precision.CENTURY)
    ):
        found["end_date"] = _date(first, True, "", "")
    unplain = when.ongoing or when.open_start or not all(_is_plain(side) for side in (first, last) if side)
    if shown := kept.get(SHOWN) or (say(in_words(date, end)) if unplain and SHOWN_START not in kept else ""):
        found["display_date"] = escape(shown, quote=False)
    return found


def _is_plain(date: EdtfDate) -> bool:
    return re.fullmatch(r"\d{4}(-(0\d|1[012])(-\d\d)?)?", date.text) is not None


def _date(date: EdtfDate | None, is_end: bool, time: str, shown: str) -> dict[str, Any]:
    """A date as TimelineJS has it; of a season or decade its first or last month."""
    if date is None:
        raise AssertionError("a contact has a date")
    if _is_plain(date):
        found = dict(zip(("year", "month", "day"), (str(int(n)) for n in date.text.split("-")), strict=False))
    else:
        day = (date.upper if is_end else date.lower) or dt.date.min
        length = {Precision.DAY: 3, Precision.MONTH: 2, Precision.SEASON: 2}.get(date.precision, 1)
        found = dict(
            zip(
                ("year", "month", "day"),
                (str(n) for n in (day.year, day.month, day.day)[:length]),
                strict=False,
            )
        )
    found |= clock_of(time)
    return found | ({"display_date": escape(shown, quote=False)} if shown else {})
