"""The tables of states: what leads where, and that everything else is refused with its reason."""

from itertools import product
from pathlib import Path

import pytest

from storybook.services.errors import NotNow
from storybook.services.states import (
    EDITION_MOVES,
    STORY_MOVES,
    EditionState,
    Move,
    StoryState,
    after,
    can_move,
    diagram,
    edition_after,
    why_not,
)

DOCS = Path(__file__).parents[3] / "docs"


def test_an_edit_returns_every_story_to_draft():
    assert {after(state, Move.EDIT) for state in StoryState} == {StoryState.DRAFT}


def test_only_an_agreed_story_can_be_published():
    assert [state for state in StoryState if can_move(state, Move.PUBLISH)] == [StoryState.AGREED]


def test_only_a_draft_can_be_sent_for_review():
    assert [state for state in StoryState if can_move(state, Move.SEND_FOR_REVIEW)] == [StoryState.DRAFT]


@pytest.mark.parametrize(
    ("state", "move"), [pair for pair in product(StoryState, Move) if pair not in STORY_MOVES]
)
def test_a_move_that_is_not_in_the_story_table_is_refused_with_its_reason(state, move):
    with pytest.raises(NotNow) as told:
        after(state, move)
    assert told.value.message == why_not(state)


@pytest.mark.parametrize(
    ("state", "move"), [pair for pair in product(EditionState, Move) if pair not in EDITION_MOVES]
)
def test_a_move_that_is_not_in_the_edition_table_is_refused(state, move):
    with pytest.raises(NotNow):
        edition_after(state, move)


def test_what_has_ended_never_comes_back():
    ended = set(EditionState) - {EditionState.PUBLISHED}
    assert {to for (state, _), to in EDITION_MOVES.items() if state in ended} <= ended
    assert edition_after(EditionState.PUBLISHED, Move.WITHDRAW) is EditionState.WITHDRAWN


def test_the_diagram_in_the_docs_is_the_table():
    assert (DOCS / "states.md").read_text(encoding="utf-8") == diagram()
