"""The answer to an enquiry: a card with the safe number in words, and everything that has to be said beside it.

Every screen, draft and edition shows this card or parts of it, so that the same question has the same answer
everywhere until the data change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ...story.messages import Message, say
from ...story.problems import Problems
from ...story.terms import Vocabulary
from ...story.vocabulary_default import default
from ..dataset import periods
from ..dataset.datasets import Dataset, Manifest
from ..suppression.figures import Count, Figure
from ..suppression.rules import Rule, percent, rule_called
from ..suppression.words import words
from . import answer_words, provenance
from .count import Counts, count
from .enquiry import Enquiry
from .fields import DAYS, span
from .ledger import Question, Released

Cards = tuple[tuple[Question, Figure], ...]


@dataclass(frozen=True)
class Quarter:
    """One quarter of an answer: "2016-Q2", and its figure."""

    label: str
    figure: Figure


@dataclass(frozen=True)
class Card:
    """An answer. ``figure`` is for the whole time asked about; ``quarters`` are there where they were asked for.

    ``out_of`` is the same count without what narrows it but the days (None where nothing does), ``percent`` the share
    in whole per cent where one may be given. ``as_of`` is the day on which the rows were loaded, ``span`` the first and
    last day of them, ``meaning`` the definition of multiple needs where it matters. ``missing`` says which
    partners' rows are not there for all of the time, ``worked_out`` how the number came about, sentence by sentence.
    """

    enquiry: Enquiry
    version: str
    asked: Message
    figure: Figure
    quarters: tuple[Quarter, ...]
    out_of: Figure | None
    percent: int | None
    definition: Message | None
    source: Message
    period: Message
    as_of: dt.date
    rule: Rule
    missing: tuple[Message, ...]
    worked_out: tuple[Message, ...]
    synthetic: bool
    meaning: str
    span: tuple[dt.date, dt.date]

    @property
    def words(self) -> Message:
        """The safe number in words: "about 340 people", "fewer than 10 people"."""
        return words(self.figure)

    @property
    def out_of_words(self) -> Message | None:
        """Out of whom, in words."""
        return None if self.out_of is None else answer_words.out_of(self.out_of, self.percent)

    def figures(self) -> Cards:
        """Every number on the card with the question that it answers, for the ledger."""
        e, meant = self.enquiry, self.meaning
        found = [(Question(of=e.of, where=e.where(), definition=meant), self.figure)]
        found += [
            (Question(of=e.of, keys=(("quarter", one.label),), where=e.where(), definition=meant), one.figure)
            for one in self.quarters
        ]
        if self.out_of is not None:
            found.append((Question(of=e.of, where=_only_days(e)), self.out_of))
        return tuple(found)

    def released(self, went_to: str, known: int = 0) -> tuple[Released, ...]:
        """What the ledger gets when the card is shown to anybody but an analyst.

        ``known`` is how many of the people counted its readers know of: those whose story it stands beside.
        """
        return tuple(
            Released(
                dataset=self.enquiry.dataset,
                version=self.version,
                question=question,
                figure=figure,
                rule=self.rule.name,
                went_to=went_to,
                known=known,
                span=self.span,
            )
            for question, figure in self.figures()
        )

    def to_json(self) -> dict[str, Any]:
        """The card as plain data, every sentence in words."""
        texts = {
            "asked": self.asked,
            "answer": self.words,
            "out_of": self.out_of_words,
            "definition": self.definition,
        }
        return {
            **{name: None if text is None else say(text) for name, text in texts.items()},
            "value": _value(self.figure),
            "state": self.figure.state,
            "quarters": {one.label: say(words(one.figure)) for one in self.quarters},
            "percent": self.percent,
            "source": say(self.source),
            "period": say(self.period),
            "as_of": self.as_of.isoformat(),
            "rule": say(self.rule.words),
            "missing": [say(one) for one in self.missing],
            "worked_out": [say(one) for one in self.worked_out],
            "synthetic": self.synthetic,
            "dataset": self.enquiry.dataset,
            "version": self.version,
        }


def answer(dataset: Dataset, enquiry: Enquiry, vocabulary: Vocabulary | None = None) -> Card:
    """The card for ``enquiry``; raises Problems for a question that the dataset can't answer."""
    vocabulary, manifest = vocabulary or default(), dataset.manifest
    if problems := enquiry.problems():
        raise Problems(problems)
    rule = rule_called(manifest.about.rule)
    counts = _counts(dataset, enquiry, vocabulary)
    figure = counts.cells[-1].figure
    base = _base(dataset, enquiry, vocabulary)
    return Card(
        enquiry=enquiry,
        version=manifest.version,
        asked=answer_words.asked(enquiry, vocabulary),
        figure=figure,
        quarters=_quarters(counts, manifest) if enquiry.quarterly else (),
        out_of=base,
        percent=None if base is None else percent(figure, base, rule),
        definition=provenance.definition(counts.asked, vocabulary),
        source=provenance.source(manifest),
        period=answer_words.period(enquiry, manifest),
        as_of=manifest.loaded_at.date(),
        rule=rule,
        missing=answer_words.missing(enquiry, counts.asked, manifest),
        worked_out=answer_words.worked_out(enquiry, manifest, rule, vocabulary),
        synthetic=manifest.about.synthetic,
        meaning=say(vocabulary.definition) if enquiry.multiple else "",
        span=(manifest.first, manifest.last),
    )


def _counts(dataset: Dataset, enquiry: Enquiry, vocabulary: Vocabulary) -> Counts:
    """The figure asked for as the last cell, after those of the quarters if they are wanted."""
    by, over = (("quarter",), "quarter") if enquiry.quarterly else ((), None)
    return count(dataset, by, enquiry.where(), enquiry.of, vocabulary=vocabulary, total_over=over)


def _base(dataset: Dataset, enquiry: Enquiry, vocabulary: Vocabulary) -> Figure | None:
    days = _only_days(enquiry)
    if days == enquiry.where():
        return None
    return count(dataset, (), days, enquiry.of, vocabulary=vocabulary).cells[0].figure


def _only_days(enquiry: Enquiry) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in enquiry.where() if pair[0] in DAYS)


def _quarters(counts: Counts, manifest: Manifest) -> tuple[Quarter, ...]:
    """Those that the data reach; nobody learns anything from a row of "not known" before the first contact."""
    there = {periods.said("quarter", month // periods.MONTHS["quarter"]) for month in span(manifest)}
    labels = ((str(cell.keys[0][1]), cell.figure) for cell in counts.cells[:-1])
    return tuple(Quarter(label, figure) for label, figure in labels if label in there)


def _value(figure: Figure) -> int | None:
    return figure.value if isinstance(figure, Count) else None
