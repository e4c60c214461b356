"""The states of a story and of an edition, as tables: ``docs/states.md`` is made from them, buttons ask them.

A move that is not in a table is refused; each line is one arrow of the diagram.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from ..story.messages import Message, message
from .errors import NotNow


class StoryState(StrEnum):
    """Where the work on a story's text stands."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    AGREED = "agreed"


class EditionState(StrEnum):
    """What the world sees of an edition."""

    PUBLISHED = "published"
    RETIRED = "retired"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    PURGED = "purged"


class Move(StrEnum):
    """What moves a story or an edition."""

    EDIT = "edit"
    SEND_FOR_REVIEW = "send for review"
    GIVE_CONSENT = "give consent"
    SECOND_LOOK = "say yes a second time"
    REHEARSE = "try to recognise the people"
    SEND_BACK = "send back"
    SUGGEST = "suggest a change"
    SIGN_OFF = "sign off"
    AGREE = "everyone has agreed"
    TAKE_BACK_CONSENT = "take back consent"
    PUBLISH = "publish"
    PUBLISH_NEWER = "publish a newer edition"
    WITHDRAW = "withdraw"
    KEEP_FINDING = "keep what was found, with a reason"
    CLEAR_FINDING = "an adviser clears what was found"
    EXPIRE = "the last day of a consent passes"
    PURGE = "purge"


_S, _E, _M = StoryState, EditionState, Move

STORY_MOVES: dict[tuple[StoryState, Move], StoryState] = {
    (_S.DRAFT, _M.EDIT): _S.DRAFT,
    (_S.DRAFT, _M.SEND_FOR_REVIEW): _S.IN_REVIEW,
    (_S.IN_REVIEW, _M.EDIT): _S.DRAFT,
    (_S.IN_REVIEW, _M.GIVE_CONSENT): _S.IN_REVIEW,
    (_S.IN_REVIEW, _M.SECOND_LOOK): _S.IN_REVIEW,
    (_S.IN_REVIEW, _M.REHEARSE): _S.IN_REVIEW,
    (_S.IN_REVIEW, _M.SUGGEST): _S.IN_REVIEW,
    (_S.IN_REVIEW, _M.SEND_BACK): _S.DRAFT,
    (_S.IN_REVIEW, _M.SIGN_OFF): _S.IN_REVIEW,
    (_S.IN_REVIEW, _M.TAKE_BACK_CONSENT): _S.IN_REVIEW,
    (_S.IN_REVIEW, _M.AGREE): _S.AGREED,
    (_S.DRAFT, _M.KEEP_FINDING): _S.DRAFT,
    (_S.IN_REVIEW, _M.KEEP_FINDING): _S.IN_REVIEW,
    (_S.IN_REVIEW, _M.CLEAR_FINDING): _S.IN_REVIEW,
    (_S.AGREED, _M.EDIT): _S.DRAFT,
    (_S.AGREED, _M.GIVE_CONSENT): _S.AGREED,
    (_S.AGREED, _M.SECOND_LOOK): _S.AGREED,
    (_S.AGREED, _M.REHEARSE): _S.AGREED,
    (_S.AGREED, _M.SUGGEST): _S.AGREED,
    (_S.AGREED, _M.SEND_BACK): _S.DRAFT,
    (_S.AGREED, _M.SIGN_OFF): _S.AGREED,
    (_S.AGREED, _M.TAKE_BACK_CONSENT): _S.IN_REVIEW,
    (_S.AGREED, _M.PUBLISH): _S.AGREED,
}

EDITION_MOVES: dict[tuple[EditionState, Move], EditionState] = {
    (_E.PUBLISHED, _M.PUBLISH_NEWER): _E.RETIRED,
    (_E.PUBLISHED, _M.WITHDRAW): _E.WITHDRAWN,
    (_E.PUBLISHED, _M.EXPIRE): _E.EXPIRED,
    (_E.RETIRED, _M.WITHDRAW): _E.WITHDRAWN,
    (_E.RETIRED, _M.PURGE): _E.PURGED,
    (_E.WITHDRAWN, _M.PURGE): _E.PURGED,
    (_E.EXPIRED, _M.PURGE): _E.PURGED,
}

#: Why a story can't move from here, in words; the first sentence a person sees beside a button that is off.
_WHY: dict[StoryState, Message] = {
    StoryState.DRAFT: message("This story is a draft. Send it for review first."),
    StoryState.IN_REVIEW: message("This story is in review. Everyone needs to agree to it first."),
    StoryState.AGREED: message("This story is agreed already. Any change makes it a draft again."),
}


def can_move(state: StoryState, move: Move) -> bool:
    """Whether the story table has this arrow."""
    return (state, move) in STORY_MOVES


def why_not(state: StoryState) -> Message:
    """The sentence that says why a story in this state can't make the move asked for."""
    return _WHY[state]


def after(state: StoryState, move: Move) -> StoryState:
    """The state the move leads to; raises NotNow where the table has no such arrow."""
    if not can_move(state, move):
        raise NotNow(why_not(state))
    return STORY_MOVES[state, move]


def edition_after(state: EditionState, move: Move) -> EditionState:
    """The same for an edition."""
    try:
        return EDITION_MOVES[state, move]
    except KeyError:
        raise NotNow(message("This edition can't be changed like that any more.")) from None


def diagram() -> str:
    """``docs/states.md``: both tables as Mermaid diagrams and as lists of moves that are refused."""
    return "\n".join(
        [
            "# The states of a story and of an edition",
            "",
            "(`python3 run.py docs` makes this page from `storybook/services/states.py`.)",
            "",
            *_mermaid("A story", STORY_MOVES, StoryState.DRAFT),
            *_mermaid("An edition", EDITION_MOVES, EditionState.PUBLISHED),
            "Every other move is refused with its reason.",
            "",
        ]
    )


def _mermaid(title: str, moves: Mapping[tuple[Any, Move], StrEnum], first: StrEnum) -> list[str]:
    arrows = [f"  {_id(a)} --> {_id(b)}: {move}" for (a, move), b in moves.items()]
    return [f"## {title}", "", "```mermaid", "stateDiagram-v2", f"  [*] --> {_id(first)}", *arrows, "```", ""]


def _id(state: StrEnum) -> str:
    return state.value.replace("-", "_")
