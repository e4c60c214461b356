"""Linking a story to data: a number behind a lane, beside an episode or in its words; agencies to the data's agencies.

Whoever may link a count changes nobody's words: a number comes after words that are there, and can be taken out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any
from uuid import UUID

from ...anonymise.shown import ShownCount
from ...linked.asking.enquiry import Enquiry
from ...linked.asking.enquiry_text import write
from ...linked.dataset.datasets import Manifest, dataset_names
from ...store import repository
from ...story.clock import today
from ...story.counts import INTRODUCTION, marker, replaced
from ...story.messages import message
from ...story.model import Agency, Episode, Story
from ...story.problems import Problem, Problems
from ..access import enter
from ..context import Context
from ..errors import NotFound
from ..permissions import Action, Actor, may
from ..stories.edit import change_whole
from .datasets import opened
from .demand import lane_question
from .ledger import show_beside
from .linked_counts import StoryNumbers, answer_in, question_in

#: How alike two names have to be for one to be suggested for the other (1 is the same).
ALIKE = 0.72


class PinTo(StrEnum):
    """Where a number can stand."""

    LANE = "lane"
    CARD = "card"
    WORDS = "words"


def preview_number(ctx: Context, actor: Actor, slug: str, enquiry: Enquiry, place: str = "") -> ShownCount:
    """What a number would say in ``place`` today. Raises Problems for a question that can't be asked there."""
    story = _opened(ctx, actor, slug)
    numbers = _checked(ctx, story, enquiry, *_place(place or f"{PinTo.WORDS}:{INTRODUCTION}"))
    new = tuple(numbers.entries.values())
    if not new or may(actor, Action.COUNT_DATA):
        return numbers.shown["n1"]
    with ctx.unit(actor) as unit:  # what anybody but an analyst sees has left the data
        unit.audit("show numbers in a draft", story.id)
        shown = show_beside(ctx, unit, new, f"draft:{slug}", story.id)
    return numbers.as_shown(shown).shown["n1"]


def pin(ctx: Context, actor: Actor, slug: str, *, place: str, question: str, after: str = "") -> Story:
    """The story with the number in ``place`` ("lane:REF", "card:EPISODE", "words:EPISODE" or "words:introduction").

    In words it stands directly after ``after``, which must be there once. The story is a draft again.
    """
    kind, at = _place(place)

    def change(story: Story) -> tuple[Story, UUID]:
        enquiry = question_in(story, question)
        _checked(ctx, story, enquiry, kind, at)
        text = write(enquiry)
        if kind is PinTo.LANE:
            return _on_lane(story, at, text)
        if at == INTRODUCTION and kind is PinTo.WORDS:
            words = _inserted(story.introduction, after, text)
            return _whole(story, introduction=words, version=story.version + 1), story.id
        return _on_episode(story, at, lambda one: _pinned(one, kind, text, after))

    return change_whole(ctx, actor, slug, "link a count", change, Action.LINK_COUNT)


def unpin(ctx: Context, actor: Actor, slug: str, *, place: str, question: str = "") -> Story:
    """The story without the number in ``place``; out of words its marker goes, and the words stay."""
    kind, at = _place(place)

    def gone(text: str) -> str:
        return replaced(text, lambda one: "" if one == question else marker(one))

    def change(story: Story) -> tuple[Story, UUID]:
        if kind is PinTo.LANE:
            return _on_lane(story, at, "")
        if at == INTRODUCTION:
            changed = {"introduction": gone(story.introduction), "version": story.version + 1}
            return _whole(story, **changed), story.id
        if kind is PinTo.WORDS:
            return _on_episode(story, at, lambda one: {"text": gone(one.text)})
        return _on_episode(story, at, lambda one: {"counts": tuple(q for q in one.counts if q != question)})

    return change_whole(ctx, actor, slug, "unlink a count", change, Action.LINK_COUNT)


def data_of(ctx: Context, actor: Actor, slug: str) -> Manifest | None:
    """What the story's dataset has to choose from; None where the story names none, or one that is not here."""
    story = _opened(ctx, actor, slug)
    if story.dataset not in dataset_names(ctx.data_root, today(ctx.clock)):
        return None
    return opened(ctx, story.dataset).manifest


def suggested(story: Story, manifest: Manifest) -> dict[str, str]:
    """For each agency of the story the dataset's agency that it is, or most likely is; "" where none is like it."""
    return {one.ref: one.dataset_agency or _most_like(one, manifest) for one in story.agencies}


def match_agencies(ctx: Context, actor: Actor, slug: str, matches: Mapping[str, str]) -> Story:
    """The story with its agencies (by ref) linked to the dataset's, or to none (""), all at once."""
    manifest = data_of(ctx, actor, slug)
    there = frozenset(manifest.agencies if manifest else ())
    wrong = [ref for ref, name in matches.items() if name and name not in there]
    if wrong:
        what = message("that is not an agency of this dataset")
        raise Problems([Problem(what, message("choose one from the list"), ref) for ref in wrong])

    def change(story: Story) -> tuple[Story, UUID]:
        agencies = tuple(_linked(one, matches.get(one.ref, one.dataset_agency)) for one in story.agencies)
        return _whole(story, agencies=agencies), story.id

    return change_whole(ctx, actor, slug, "match agencies", change, Action.LINK_COUNT)


def _checked(ctx: Context, story: Story, enquiry: Enquiry, kind: PinTo, at: str) -> StoryNumbers:
    """The answer in its place, called n1. Raises Problems for a question that can't be asked there."""
    if kind is PinTo.LANE:
        lane_question(story, write(enquiry))
    episode = None if kind is PinTo.LANE or at == INTRODUCTION else _episode(story, at)
    found = answer_in(ctx, story, write(enquiry), episode)
    if (shown := found.shown["n1"]).state == "wrong":
        raise Problems(
            [Problem(message("{why}", why=shown.changed), message("ask another question"), "place")]
        )
    return found


def _opened(ctx: Context, actor: Actor, slug: str) -> Story:
    with ctx.read() as session:
        row, _ = enter(session, actor, slug, Action.LINK_COUNT)
        return repository.load(session, row)


def _place(place: str) -> tuple[PinTo, str]:
    kind, _, at = place.partition(":")
    if kind not in list(PinTo) or not at:
        what = message("nobody has said where the number goes")
        raise Problems([Problem(what, message("choose a place"), "place")])
    return PinTo(kind), at


def _episode(story: Story, at: str) -> Episode:
    found = next((one for one in story.episodes if str(one.id) == at), None)
    if found is None:
        raise NotFound
    return found


def _on_lane(story: Story, ref: str, question: str) -> tuple[Story, UUID]:
    found = next((one for one in story.agencies if one.ref == ref), None)
    if found is None:
        raise NotFound
    if question and not found.dataset_agency:
        what = message("this agency is not matched to one of the data's agencies yet")
        raise Problems([Problem(what, message("match the agencies first"), "place")])
    new = found.model_copy(update={"question": question, "version": found.version + 1})
    return _whole(story, agencies=tuple(new if one is found else one for one in story.agencies)), found.id


def _on_episode(story: Story, at: str, change: Callable[[Episode], dict[str, Any]]) -> tuple[Story, UUID]:
    found = _episode(story, at)
    new = found.model_copy(update={**change(found), "version": found.version + 1})
    return _whole(story, episodes=tuple(new if one is found else one for one in story.episodes)), found.id


def _pinned(episode: Episode, kind: PinTo, question: str, after: str) -> dict[str, Any]:
    if kind is PinTo.WORDS:
        return {"text": _inserted(episode.text, after, question)}
    return {"counts": tuple(dict.fromkeys((*episode.counts, question)))}


def _inserted(text: str, after: str, question: str) -> str:
    """``text`` with the marker after the words ``after``, with a space before it."""
    words = after.strip()
    if not words or text.count(words) != 1:
        what = (
            message("these words are not in the text")
            if words
            else message("nobody has said after which words")
        )
        if words and text.count(words) > 1:
            what = message("these words are in the text more than once")
        right = message("copy a few words from the text that are there only once")
        raise Problems([Problem(what, right, "after")])
    end = text.index(words) + len(words)
    return f"{text[:end]} {marker(question)}{text[end:]}"


def _linked(agency: Agency, name: str) -> Agency:
    if name == agency.dataset_agency:
        return agency
    return agency.model_copy(update={"dataset_agency": name, "version": agency.version + 1})


def _most_like(agency: Agency, manifest: Manifest) -> str:
    def alike(name: str) -> float:
        same_sector = manifest.about.sectors.get(name) == agency.sector
        ratio = SequenceMatcher(None, _plain(agency.name), _plain(name)).ratio()
        return ratio + 0.1 * same_sector

    best = max(filter(None, manifest.agencies), key=alike, default="")
    return best if best and alike(best) >= ALIKE else ""


def _plain(name: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())


def _whole(story: Story, **changed: Any) -> Story:
    values = {name: getattr(story, name) for name in Story.model_fields}
    return Story.model_validate({**values, **changed})
