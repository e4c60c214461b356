"""An edition as TimelineJS JSON (https://timeline.knightlab.com/docs/json-format.html): contacts, gaps and episodes.

It is made from what was frozen and nothing else. Every slide says when in the edition's own words (``display_date``);
the dates beside them only put it in its place (``publish.places_in_time``), so that relative dates stay relative.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any, Final

from ..anonymise.edition import Edition, genuine
from ..anonymise.shown import Shown, ShownContact, ShownEpisode, ShownGap
from ..story.messages import message, say
from ..story.narrative import to_html
from .export import HEADINGS, cells_of
from .places_in_time import Places

#: Headings whose cells stand elsewhere on the slide.
_ELSEWHERE: Final = ("when", "agency", "what happened")


def to_timelinejs(edition: Edition) -> bytes:
    """The edition for TimelineJS, in UTF-8. Says "fictional" when it is, and the last day it may be shown."""
    shown = genuine(edition).shown
    places = Places(shown.axis)
    slides = [*_contacts(shown, places), *_gaps(shown, places), *_episodes(shown, places)]
    timeline = {"title": _title(edition), "events": slides, "scale": "human"}
    return json.dumps(timeline, ensure_ascii=False, indent=2).encode()


def _title(edition: Edition) -> dict[str, Any]:
    """The title, the introduction, what must be said of the file, and the episodes that have no place in time."""
    shown = edition.shown
    said = [message("{caption}", caption=shown.caption)]
    if shown.fictional:
        said.append(message("This story is fictional."))
    said.append(message("May be shown until {day}", day=edition.expires.isoformat()))
    undated = (episode for episode in shown.episodes if episode.when is None)
    pieces = [_html(shown, shown.introduction), *(_paragraph(say(line)) for line in said)]
    pieces += [f"<h3>{_plain(e.title)}</h3>{_told(shown, e)}" for e in undated]
    return {"text": {"headline": _plain(shown.title), "text": "".join(pieces)}}


def _contacts(shown: Shown, places: Places) -> Iterable[dict[str, Any]]:
    lanes = {lane.key: lane.label for lane in shown.lanes}
    for contact in shown.contacts:
        yield {
            "unique_id": contact.key,
            **places.of(contact.when),
            "group": _plain(lanes[contact.lane]),
            "text": {"headline": _plain(contact.label), "text": _about(shown, contact)},
        }


def _about(shown: Shown, contact: ShownContact) -> str:
    """What the table of contacts says of it, and more about it where there is."""
    cells = zip(HEADINGS, cells_of(shown, contact), strict=False)
    told = [(head, cell) for head, cell in cells if cell and head not in _ELSEWHERE]
    lines = [f"<p><b>{_plain(head.capitalize())}:</b> {_plain(cell)}</p>" for head, cell in told]
    return "".join([_paragraph(contact.detail), *lines])


def _gaps(shown: Shown, places: Places) -> Iterable[dict[str, Any]]:
    lanes = {lane.key: lane.label for lane in shown.lanes}
    for gap in shown.gaps:
        yield {
            "unique_id": gap.key,
            **places.of(gap.when),
            **_group(lanes, gap),
            "text": {"headline": _plain(gap.kind_label), "text": _paragraph(gap.note)},
        }


def _group(lanes: dict[str, str], gap: ShownGap) -> dict[str, str]:
    return {"group": _plain(lanes[gap.lane])} if gap.lane else {}


def _episodes(shown: Shown, places: Places) -> Iterable[dict[str, Any]]:
    for episode in shown.episodes:
        if episode.when is not None:
            yield {
                "unique_id": episode.key,
                **places.of(episode.when),
                "group": _plain(say(message("The story"))),
                "text": {"headline": _plain(episode.title), "text": _told(shown, episode)},
            }


def _told(shown: Shown, episode: ShownEpisode) -> str:
    """Whose words they are, and the words."""
    own = message("{name}, in their own words", name=episode.voice_name)
    voice = own if episode.voice else message("Told by the narrator")
    return _paragraph(say(voice)) + _html(shown, episode.text)


def _html(shown: Shown, text: str) -> str:
    """A text of the narrative with the words of its linked counts."""
    return to_html(text, counts={count.key: count.words for count in shown.counts}).strip()


def _paragraph(text: str) -> str:
    return f"<p>{_plain(text)}</p>" if text else ""


def _plain(text: str) -> str:
    """Text that TimelineJS shows as it is: it puts what it is given into a page."""
    return escape(text, quote=False)
