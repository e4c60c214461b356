"""Words for templates, with or without an app.

No HTML is made here but for the narrative, which ``story.narrative`` has cleaned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from ..anonymise.shown import Shown, ShownCount, ShownEpisode
from ..linked.suppression.figures import Figure
from ..linked.suppression.words import words as figure_in_words
from ..story.clock import LONDON
from ..story.counts import keys_in
from ..story.dates import in_words
from ..story.messages import Message, message, say
from ..story.model import Person, Story
from ..story.narrative import to_html
from ..story.vocabulary import Vocabulary


def words(id: str, /, *, plural: str | None = None, **params: Any) -> str:
    """A message said in place: ``{{ _("{count} agencies", count=3) }}``."""
    return say(message(id, plural=plural, **params))


def by_name(what: Message, people: Iterable[Person]) -> Message:
    """A Message that names people by ref ("P1, P2"), with the names of the story in their place: for its readers."""
    names = {person.ref: person.name for person in people}
    refs = {key: str(what.params[key]).split(", ") for key in ("person", "people") if key in what.params}
    said: dict[str, Any] = {
        key: ", ".join(names.get(ref, ref) for ref in found) for key, found in refs.items()
    }
    return replace(what, params={**what.params, **said})


def sector_labels(story: Story, vocabulary: Vocabulary) -> dict[str, str]:
    """What readers call each sector of the story, by its code."""
    codes = {agency.sector for agency in story.agencies}
    return {code: vocabulary.label("sectors", code) for code in codes}


def say_any(what: Message | str | None) -> str:
    """A Message in words; text as it is; nothing for None."""
    return say(what) if isinstance(what, Message) else (what or "")


def narrative(markdown: str, counts: Iterable[ShownCount] = ()) -> Markup:
    """A text in Markdown as HTML that ``story.narrative`` has made safe, with the words of its linked ``counts``."""
    said = {count.key: count.words for count in counts}
    return Markup(to_html(markdown, counts=said))  # noqa: S704 - the one place: to_html's last step is nh3's allow-list


def day(moment: dt.datetime | dt.date | None) -> str:
    """A day as people in the UK say it: "3 March 2027"; nothing for None."""
    if moment is None:
        return ""
    date = moment.astimezone(LONDON).date() if isinstance(moment, dt.datetime) else moment
    return say(in_words(date.isoformat()))


def moment(when: dt.datetime) -> str:
    """A moment as people in the UK say it: "3 March 2027, 14:05"."""
    return f"{day(when)}, {when.astimezone(LONDON):%H:%M}"


def when(part: Any) -> str:
    """When a contact, gap, episode or point was, in words; nothing where it has no date."""
    return say(in_words(part.date, part.end)) if part.date else ""


def figure_words(figure: Figure) -> str:
    """A safe figure in words: "about 340 people", "fewer than 10 people", "not known"."""
    return say(figure_in_words(figure))


def counts_of(part: Shown | ShownEpisode, shown: Shown) -> tuple[ShownCount, ...]:
    """The linked counts of an episode, or of a story's introduction: those beside it, then those in its words."""
    keys = part.counts + keys_in(part.text) if isinstance(part, ShownEpisode) else keys_in(part.introduction)
    known = {count.key: count for count in shown.counts}
    return tuple(known[key] for key in dict.fromkeys(keys) if key in known)


def sentence(text: str) -> str:
    """Words with a capital at their beginning."""
    return text[:1].upper() + text[1:]
