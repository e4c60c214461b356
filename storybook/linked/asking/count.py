"""Counts of people and of contacts, safe to look at: what comes out has been through a rule, all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...story.messages import Message, message, say
from ...story.problems import Problem, Problems
from ...story.terms import Vocabulary
from ...story.vocabulary_default import default
from ..dataset.datasets import Dataset
from ..suppression.figures import Count, Figure
from ..suppression.raw import NOBODY, Raw
from ..suppression.rules import Rule, protect, rule_called
from ..suppression.secondary import Line, guard
from ..suppression.words import words
from . import provenance
from .grid import Absences, cells
from .questions import Asked, Where, understand
from .table_query import Keys, ask


@dataclass(frozen=True)
class Cell:
    """One number of a table.

    ``keys`` are (field, value): None is the total over that field, "" is not recorded.
    """

    keys: tuple[tuple[str, str | None], ...]
    figure: Figure

    def to_json(self) -> dict[str, Any]:
        """The cell as flat data: its keys, then ``value`` (a number or None), ``state`` and ``text``."""
        value = self.figure.value if isinstance(self.figure, Count) else None
        return {
            **dict(self.keys),
            "value": value,
            "state": self.figure.state,
            "text": say(words(self.figure)),
        }


@dataclass(frozen=True)
class Counts(Sequence[Cell]):
    """A table of safe numbers, in order, with what has to be said beside it."""

    asked: Asked
    cells: tuple[Cell, ...]
    note: Message
    definition: Message | None
    rule: Rule
    synthetic: bool

    def to_json(self) -> list[dict[str, Any]]:
        """A flat list; ``definition`` and ``synthetic`` are with every number that needs them said."""
        more: dict[str, Any] = {} if self.definition is None else {"definition": say(self.definition)}
        more |= {"synthetic": True} if self.synthetic else {}
        return [cell.to_json() | more for cell in self.cells]

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    def __getitem__(self, place: Any) -> Any:
        return self.cells[place]


def count(
    dataset: Dataset,
    by: Sequence[str] = ("agency", "quarter"),
    where: Where = (),
    of: str = "people",
    rule: Rule | None = None,
    *,
    vocabulary: Vocabulary | None = None,
    total_over: str | None = None,
) -> Counts:
    """How many different people, or contacts, in every cell of the table ``by``, narrowed by ``where``.

    ``rule`` is the dataset's own where none is given. ``total_over`` adds totals over one of the fields in
    ``by``. Raises Problems for a question that the dataset can't answer.
    """
    words_used = vocabulary or default()
    asked = understand(dataset, by, where, of, words_used)
    rule = rule or rule_called(dataset.manifest.about.rule)
    table = _Table(dataset, asked, rule, words_used)
    found = table.plain() if total_over is None else table.with_totals(_place(total_over, asked))
    return Counts(
        asked,
        tuple(found),
        provenance.note(dataset.manifest, asked, rule, words_used),
        provenance.definition(asked, words_used),
        rule,
        dataset.manifest.about.synthetic,
    )


class _Table:
    """A question being answered: true numbers on one side, figures on the other."""

    def __init__(self, dataset: Dataset, asked: Asked, rule: Rule, vocabulary: Vocabulary) -> None:
        self._dataset, self._asked, self._rule, self._vocabulary = dataset, asked, rule, vocabulary
        self._absences = Absences(dataset.manifest)
        self._keys = cells(asked, dataset.manifest)
        self._raws = ask(dataset, asked, vocabulary.multiple)

    def plain(self) -> list[Cell]:
        return [self._cell(keys, self._figure(self._asked, keys, self._raw(keys))) for keys in self._keys]

    def with_totals(self, place: int) -> list[Cell]:
        """Each line of cells along the field at ``place`` of ``by``, followed by its total."""
        field = self._asked.by[place]
        across = replace(self._asked, by=tuple(name for name in self._asked.by if name != field))
        totals = ask(self._dataset, across, self._vocabulary.multiple)
        found: list[Cell] = []
        for rest, line in self._lines(place).items():
            total = self._figure(across, rest, totals.get(rest, NOBODY))
            figures = tuple(self._figure(self._asked, keys, self._raw(keys)) for keys in line)
            raws = tuple(self._raw(keys) for keys in line)
            guarded, total = guard(Line(figures, raws, total), self._rule, self._asked.of)
            found += [self._cell(keys, figure) for keys, figure in zip(line, guarded, strict=True)]
            found.append(self._cell((*rest[:place], None, *rest[place:]), total))
        return found

    def _lines(self, place: int) -> dict[Keys, list[Keys]]:
        lines: dict[Keys, list[Keys]] = {}
        for keys in self._keys:
            lines.setdefault(keys[:place] + keys[place + 1 :], []).append(keys)
        return lines

    def _raw(self, keys: Keys) -> Raw:
        return self._raws.get(keys, NOBODY)

    def _figure(self, asked: Asked, keys: Keys, raw: Raw) -> Figure:
        return self._absences.figure(asked, keys) or protect(raw, self._rule, asked.of)

    def _cell(self, keys: Sequence[str | None], figure: Figure) -> Cell:
        return Cell(tuple(zip(self._asked.by, keys, strict=True)), figure)


def _place(field: str, asked: Asked) -> int:
    if field in asked.by:
        return asked.by.index(field)
    what = message('there is nothing called "{field}" to add up', field=field[:80])
    instead = message("use one of: {fields}", fields=", ".join(asked.by))
    raise Problems([Problem(what, instead, "total_over")])
