"""The words a programme sorts its stories by: needs, sectors, kinds, outcomes, gaps, ends of hand-offs.

The default is the Coventry programme's. Another programme writes a TOML file, each list a table of
``code = "Label"`` in the order it should be shown; a list left out stays the default::

    [needs]
    homelessness = "Homelessness"
    debt = "Debt"

    [multiple_needs]
    at_least = 2
    of = ["homelessness", "debt"]

Codes stand in stories and files, labels on screens. ``contact`` (a kind) and ``not-recorded`` (an outcome)
are what a contact has when nothing is said, so every vocabulary has them.
"""

from __future__ import annotations

from collections.abc import Iterator

from .model import Story
from .problems import Problem
from .terms import LISTS, MultipleNeeds, Term, Vocabulary
from .vocabulary_default import default
from .vocabulary_file import load

__all__ = ["LISTS", "MultipleNeeds", "Term", "Vocabulary", "check", "default", "load"]


def check(story: Story, vocabulary: Vocabulary) -> list[Problem]:
    """Every code in ``story`` that ``vocabulary`` does not know, each with what would be right."""
    found = (
        vocabulary.problem(name, code, where=where, column=column)
        for name, code, where, column in _uses(story)
    )
    return [problem for problem in found if problem is not None]


def _uses(story: Story) -> Iterator[tuple[str, str, str, str]]:
    """(list, code, where, column) for each code that ``story`` uses."""
    for agency in story.agencies:
        yield "sectors", agency.sector, f"agency {agency.ref}", "sector"
    for number, contact in enumerate(story.contacts, 1):
        where = f"contact {number}, {contact.date}"
        yield "kinds", contact.kind, where, "kind"
        yield "outcomes", contact.outcome, where, "outcome"
        yield from (("needs", need, where, "needs") for need in contact.needs)
        if contact.handoff_end is not None:
            yield "hand_off_ends", contact.handoff_end, where, "handoff_end"
    for number, gap in enumerate(story.gaps, 1):
        yield "gap_kinds", gap.kind, f"gap {number}, {gap.date}", "kind"
