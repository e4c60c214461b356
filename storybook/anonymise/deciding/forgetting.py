"""What is left of decisions when the words that were replaced are to be gone for good.

A decision that changes nothing (a reason to keep, an adviser's word) is about words as they were written; once others
are written into the story it is about what stands there then. Else what was settled would be asked anew, and a
sentence that was cleared would keep the name that was taken out of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...story.ids import new_id
from ...story.model import Story
from .decisions import CHANGING, Change, Choice, Decision, Decisions, Spot, letters, places_of
from .story_texts import StoryText, story_texts


def told_anew(decisions: Decisions, story: Story) -> Iterator[tuple[Decision, tuple[Decision, ...]]]:
    """Each decision that changes no words, and what it is once the others are carried out in ``story``."""
    after = {text.place: text for text in story_texts(decisions.carried_out(story))}
    texts = [(text, after[text.place]) for text in story_texts(story) if text.place in after]
    for decision in decisions.made:
        if decision.choice in CHANGING or decision.choice is Choice.MADE_UP:
            continue
        found = [one for pair in texts for one in _moved(decisions, decision, *pair)]
        known = {(letters(one.words), one.spot): one for one in found}
        others = (replace(one, id=new_id()) for one in list(known.values())[1:])
        first = list(known.values())[:1] or [replace(decision, words=_cleared(decision.words, decisions))]
        yield decision, tuple(_without(one, decisions) for one in (*first, *others) if one.words)


def _moved(decisions: Decisions, decision: Decision, old: StoryText, new: StoryText) -> Iterator[Decision]:
    """``decision`` at each place in a text where it holds, as the text reads afterwards."""
    changes = decisions.changes(old)
    for nth, (start, end) in enumerate(places_of(old.looked, decision.words)):
        if decisions.about(decision.words, Spot(old.place, nth)) is not decision:
            continue
        at = _after(start, changes, first=True)
        words = new.text[at : _after(end, changes, first=False)].strip()
        spot = Spot(new.place, _nth(new, words, at)) if decision.spot else None
        yield replace(decision, words=words, spot=spot)


def _after(place: int, changes: tuple[Change, ...], *, first: bool) -> int:
    """Where a place in a text is once ``changes`` are made; inside a change it is its beginning, or its end."""
    moved = 0
    for change in changes:
        if change.end <= place:
            moved += len(change.put) - (change.end - change.start)
        elif change.start < place:
            return change.start + moved + (0 if first else len(change.put))
    return place + moved


def _nth(text: StoryText, words: str, at: int) -> int:
    return sum(1 for start, _ in places_of(text.looked, words) if start < at)


def _without(decision: Decision, decisions: Decisions) -> Decision:
    """``decision`` with nothing in its reasons that was taken out of the story."""
    return replace(
        decision,
        reason=_cleared(decision.reason, decisions),
        adviser=_cleared(decision.adviser, decisions),
    )


def _cleared(text: str, decisions: Decisions) -> str:
    for one in decisions.made:
        if one.choice in CHANGING:
            for start, end in reversed(list(places_of(text, one.words))):
                text = text[:start] + one.put + text[end:]
    return text.strip()
