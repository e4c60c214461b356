"""What a vocabulary is: lists of terms, and the definition of multiple needs; ``vocabulary`` says more."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from .messages import Message, message
from .problems import Problem

#: The lists a vocabulary has, and what one entry of each is called.
LISTS: Final = {
    "needs": message("a need"),
    "sectors": message("a sector"),
    "kinds": message("a kind of contact"),
    "outcomes": message("an outcome"),
    "gap_kinds": message("a kind of gap"),
    "hand_off_ends": message("an end of a hand-off"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: the ``code`` that stories hold and the ``label`` that people read."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class MultipleNeeds:
    """What "multiple needs" means: ``at_least`` so many of the needs ``of`` (codes); said beside counts."""

    at_least: int
    of: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Every list in the order it is shown. ``multiple`` defines multiple needs."""

    needs: tuple[Term, ...]
    sectors: tuple[Term, ...]
    kinds: tuple[Term, ...]
    outcomes: tuple[Term, ...]
    gap_kinds: tuple[Term, ...]
    hand_off_ends: tuple[Term, ...]
    multiple: MultipleNeeds

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        return {(name, term.code): term.label for name in LISTS for term in self.terms(name)}

    def terms(self, name: str) -> tuple[Term, ...]:
        """The list called ``name``, one of ``LISTS``."""
        terms: tuple[Term, ...] = getattr(self, name)
        return terms

    def knows(self, name: str, code: str) -> bool:
        """Whether ``code`` is in the list ``name``."""
        return (name, code) in self._labels

    def label(self, name: str, code: str) -> str:
        """What people read for ``code``; the code itself where the list ``name`` does not know it."""
        return self._labels.get((name, code), code)

    def sector_order(self, code: str) -> int:
        """Where a sector stands from the top of a picture; unknown ones stand last."""
        codes = [term.code for term in self.sectors]
        return codes.index(code) if code in codes else len(codes)

    @property
    def definition(self) -> Message:
        """Multiple needs in words: "two or more of: homelessness, offending"."""
        number: Message | int = _NUMBERS.get(self.multiple.at_least, self.multiple.at_least)
        labels = (self.label("needs", code) for code in self.multiple.of)
        return message(
            "{number} or more of: {needs}", number=number, needs=", ".join(lowered(n) for n in labels)
        )

    def has_multiple_needs(self, codes: frozenset[str]) -> bool:
        """Whether somebody with these needs has multiple needs by this vocabulary's definition."""
        return len(codes & set(self.multiple.of)) >= self.multiple.at_least

    def problem(
        self,
        name: str,
        code: str,
        *,
        where: str = "",
        line: int | None = None,
        column: int | str | None = None,
    ) -> Problem | None:
        """What to say about ``code`` in the list ``name``: None if known, else the nearest codes that are."""
        if self.knows(name, code):
            return None
        what = message('"{code}" is not {thing} we know', code=code, thing=LISTS[name])
        instead = message("use one of: {codes}", codes=", ".join(self._near(name, code)))
        return Problem(what, instead, where, line, column)

    def _near(self, name: str, code: str) -> list[str]:
        """Codes like ``code``, by code or by label; the whole list if there are none."""
        spoken = {term.label.casefold(): term.code for term in self.terms(name)}
        spoken |= {term.code.casefold(): term.code for term in self.terms(name)}
        found = difflib.get_close_matches(code.casefold().replace("_", "-"), spoken, n=3, cutoff=0.6)
        near = list(dict.fromkeys(spoken[word] for word in found))
        return near or [term.code for term in self.terms(name)]


_NUMBERS: Final = {
    1: message("one"),
    2: message("two"),
    3: message("three"),
    4: message("four"),
    5: message("five"),
}


def lowered(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
