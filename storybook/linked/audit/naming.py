"""A number of the ledger in words, so that a refusal can name it."""

from __future__ import annotations

from ...story.messages import Message, message
from ..asking.ledger import Question
from .meaning import Meaning


def in_words(question: Question) -> Message:
    """What a number counts: "people, Jobcentre, 2016-Q2", "people in a typical quarter, Jobcentre"."""
    named = [value for _, value in (*question.keys, *question.where) if value not in ("", "yes")]
    named += [field for field, value in question.where if value == "yes"]
    where = ", ".join(dict.fromkeys(named)) or message("everybody")
    if question.statistic == "typical":
        return message("people in a typical quarter, {where}", where=where)
    if question.of == "contacts":
        return message("contacts, {where}", where=where)
    return message("people, {where}", where=where)


def left_in_words(meaning: Meaning) -> Message:
    """A number that nobody was told, by what it is about; long lists by their length."""
    lists = [sorted(values) for box in meaning.boxes for _, values in box.values]
    named = [values[0] for values in lists if len(values) == 1 and values[0]]
    named += sorted(meaning.needs)
    where = ", ".join(dict.fromkeys(named)) or message("everybody")
    return message("what two of these leave between them: {where}", where=where)
