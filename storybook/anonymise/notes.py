"""The note that says where linked counts come from, without the calendar where the story shows none.

A dataset's period bounds a story's: "contacts from 2014 to 2016" beside "month 7" would give most of the calendar
back. The clauses that hold a date are left out then, and the note says that they were.
"""

from __future__ import annotations

import re
from typing import Final

from ..story.messages import message
from .detectors.identifiers import find_dates

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
LEFT_OUT: Final = message("The data’s own dates are left out here, because this story’s are.")


def without_calendar(note: str) -> str:
    """``note`` without the clauses that hold a date; says so at its end if there were any."""
    if not find_dates(note, None):
        return note
    sentences = [said for sentence in _SENTENCE.split(note) if (said := _without_dates(sentence))]
    return " ".join([*sentences, str(LEFT_OUT)])


def _without_dates(sentence: str) -> str:
    """A sentence's clauses without dates, "" if none is left."""
    clauses = [clause for clause in sentence.rstrip(".").split(",") if not find_dates(clause, None)]
    kept = ",".join(clauses).strip()
    return f"{kept}." if kept and sentence.endswith(".") else kept
