"""What the record of a consent asks, beside the yes itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ...story.messages import Message, message
from ...story.problems import Problem, Problems


class Wish(StrEnum):
    """What is to happen with the story if the person dies."""

    KEEP = "keep sharing until the day I named"
    STOP = "stop sharing"
    ASK = "ask the person I name"


class Paid(StrEnum):
    """What a person gets for their time. A code, so that it stays when words are taken out everywhere."""

    NOTHING = "nothing"
    MONEY = "money"
    VOUCHER = "voucher"
    OTHER = "other"


#: Answers that are one of a few, and nobody's own words.
_ONE_OF: Final[dict[str, type[StrEnum]]] = {"paid": Paid, "wishes": Wish}
#: What has to be so before a yes counts, and what to say, kindly, where it is not.
HAS_TO_BE_SO: Final[dict[str, tuple[Message, Message]]] = {
    "understood": (
        message("it is not clear yet what would be shown"),
        message("take your time, ask someone to read it with you, and come back when it is"),
    ),
    "sober": (
        message("today may not be the day to decide"),
        message("come back when you feel clear-headed; nothing is lost by waiting"),
    ),
    "unpressured": (
        message("a yes counts only if it is your own"),
        message("close this page if anyone is pushing you; nobody is told that you were here"),
    ),
}
#: Everything the record may hold, by the name it is kept under.
KEPT: Final = (*HAS_TO_BE_SO, "supporter", "paid", "wishes", "wishes_who", "demo")
YES: Final = "yes"
_LONGEST = 500


def checked(record: Mapping[str, str] | None, *, fictional: bool) -> dict[str, str]:
    """The record as it is kept. Raises Problems where something that has to be so is not.

    For a story of made-up people the record may be left out, and nothing has to be so.
    """
    said = {name: text.strip() for name, text in (record or {}).items() if text.strip()}
    problems = [_too_long(name) for name, text in said.items() if len(text) > _LONGEST]
    problems += [_unknown(name) for name in said if name not in KEPT]
    problems += [_not_one_of(name) for name in _ONE_OF if _is_something_else(name, said.get(name, ""))]
    if not (fictional and (record is None or "demo" in said)):
        problems += [Problem(*HAS_TO_BE_SO[name], name) for name in HAS_TO_BE_SO if said.get(name) != YES]
    if said.get("wishes") == Wish.ASK and "wishes_who" not in said:
        problems.append(
            Problem(message("we do not know whom to ask"), message("say who it is"), "wishes_who")
        )
    if problems:
        raise Problems(problems)
    return said


def _too_long(name: str) -> Problem:
    return Problem(
        message("that is too long"), message("use at most {limit} letters", limit=_LONGEST), where=name
    )


def _is_something_else(name: str, text: str) -> bool:
    return text not in {"", *_ONE_OF[name]} and len(text) <= _LONGEST


def _not_one_of(name: str) -> Problem:
    choices = message("choose from: {names}", names=", ".join(_ONE_OF[name]))
    return Problem(message("that is not one of the choices"), choices, where=name)


def _unknown(name: str) -> Problem:
    return Problem(message("the record does not ask for that"), message("leave it out"), where=name)
