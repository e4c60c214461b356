"""Figures in words, so that every screen, table and file says the same and the truth."""

from __future__ import annotations

from ...story.messages import Message, message
from .figures import Count, Figure, StructuralZero, Suppressed


def words(figure: Figure) -> Message:
    """A figure as people read it: "about 340 people", "fewer than 10 people", "no people", "not known"."""
    if isinstance(figure, Count):
        return _count(figure)
    if isinstance(figure, Suppressed):
        return _hidden(figure)
    if isinstance(figure, StructuralZero):
        return message("no people") if figure.unit == "people" else message("no contacts")
    return message("not known")


def _count(figure: Count) -> Message:
    if figure.value == 0:
        return message("no people") if figure.unit == "people" else message("no contacts")
    if figure.unit == "people":
        return message("about {number:,} people", number=figure.value)
    return message("about {number:,} contacts", number=figure.value)


def _hidden(figure: Suppressed) -> Message:
    if figure.because == "beside":
        return message("not shown: it can't be released safely beside earlier figures")
    if figure.because == "protects":
        return message("not shown, to keep a smaller number hidden")
    if figure.because == "few_behind" or figure.unit == "contacts":
        return message("not shown: too few people made these contacts, or one person made most of them")
    return message("fewer than {below} people", below=figure.below)
