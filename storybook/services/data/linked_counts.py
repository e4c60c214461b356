"""The counts in a story's narrative: asked of today's data, said as the story's dates allow, entered in the ledger.

A draft asks anew each time it is looked at; a candidate freezes what was answered, and from then on nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...anonymise import counts as allowed
from ...anonymise.counts import Asking
from ...anonymise.dates.policy import RULES, Rule
from ...anonymise.shown import Shown, ShownCount
from ...linked.asking import answer_words, provenance
from ...linked.asking.count import count
from ...linked.asking.enquiry import Enquiry
from ...linked.asking.enquiry_text import read
from ...linked.asking.ledger import Question, Released
from ...linked.asking.questions import understand
from ...linked.asking.typical import by_quarter
from ...linked.dataset.datasets import Dataset, dataset_names
from ...linked.suppression.figures import Figure
from ...linked.suppression.rules import rule_called
from ...story.clock import today
from ...story.counts import INTRODUCTION, NOT_COUNTED, Place, places
from ...story.messages import message, say
from ...story.model import Episode, Story
from ...story.problems import Problems
from ..context import Context
from .datasets import opened

#: Where an entry went is known once the edition has its number.
_NOWHERE_YET = "candidate"


@dataclass(frozen=True, slots=True)
class StoryNumbers:
    """The narrative's counts by their keys, and what each answers for the ledger."""

    shown: Mapping[str, ShownCount] = field(default_factory=dict)
    entries: Mapping[str, Released] = field(default_factory=dict)

    def released_in(self, shown: Shown) -> tuple[Released, ...]:
        """Every figure of the narrative of ``shown``, for the ledger."""
        return tuple(self.entries[count.key] for count in shown.counts if count.figure is not None)

    def as_shown(self, released: Iterable[Released]) -> StoryNumbers:
        """The same counts with the answers that the ledger lets out."""
        figures = {one.question: one.figure for one in released}
        entries = {
            key: one.model_copy(update={"figure": figures.get(one.question, one.figure)})
            for key, one in self.entries.items()
        }
        answered = {key: _with_figure(self.shown[key], entries[key]) for key in entries}
        return StoryNumbers({**self.shown, **answered}, entries)


def _with_figure(count: ShownCount, entry: Released) -> ShownCount:
    words = say(allowed.phrase(entry.figure, typical=entry.question.statistic == "typical"))
    return count.model_copy(update={"figure": entry.figure, "words": words})


def numbers_in(ctx: Context, story: Story) -> StoryNumbers:
    """Today's answers to every question of the narrative, as the story's own way of showing dates allows."""
    found = {place.key: _Answering(ctx, story, place).answer() for place in places(story)}
    return StoryNumbers(
        {key: shown for key, (shown, _) in found.items()},
        {key: entry for key, (_, entry) in found.items() if entry is not None},
    )


def answer_in(ctx: Context, story: Story, question: str, episode: Episode | None) -> StoryNumbers:
    """Today's answer to one question as it would stand in the story, in ``episode`` or its introduction: n1."""
    where = str(episode.id) if episode else INTRODUCTION
    shown, entry = _Answering(ctx, story, Place("n1", where, question, episode)).answer()
    return StoryNumbers({"n1": shown}, {"n1": entry} if entry else {})


def question_in(story: Story, text: str) -> Enquiry:
    """The question that ``text`` asks; of the story's own dataset where it names none. Raises Problems."""
    return read(text, "question", story.dataset)


_Answered = tuple[ShownCount, Released | None]


class _Answering:
    """One question in one place of a story."""

    def __init__(self, ctx: Context, story: Story, place: Place) -> None:
        self._ctx, self._story, self._place = ctx, story, place
        self._rule: Rule = RULES[story.date_policy]

    def answer(self) -> _Answered:
        try:
            return self._answer(question_in(self._story, self._place.question))
        except Problems as problems:
            return self._wrong(allowed.problem_words(problems)), None

    def _answer(self, enquiry: Enquiry) -> _Answered:
        if allowed.hidden_agency(enquiry, self._story.agencies):
            said = message("it is about an agency that readers don’t see by its own name")
            return self._wrong(say(said)), None
        asking = allowed.asking(self._rule, enquiry, self._place.episode)
        if asking.enquiry.dataset not in dataset_names(self._ctx.data_root, today(self._ctx.clock)):
            return self._not_counted(asking), None
        dataset = opened(self._ctx, asking.enquiry.dataset)
        figure = _figure(self._ctx, dataset, asking)
        return self._counted(dataset, asking, figure), self._entry(dataset, asking, figure)

    def _wrong(self, why: str) -> ShownCount:
        words = say(message("a number we can't show"))
        return ShownCount(key=self._place.key, state="wrong", words=words, changed=why)

    def _not_counted(self, asking: Asking) -> ShownCount:
        asked = say(answer_words.asked(_timeless(asking), self._ctx.vocabulary))
        return ShownCount(key=self._place.key, state="not_counted", words=say(NOT_COUNTED), asked=asked)

    def _counted(self, dataset: Dataset, asking: Asking, figure: Figure) -> ShownCount:
        told = _Told(self._ctx, dataset, asking, self._rule)
        return ShownCount(
            key=self._place.key,
            words=say(allowed.phrase(figure, typical=asking.typical)),
            asked=say(answer_words.asked(_timeless(asking), self._ctx.vocabulary)),
            figure=figure,
            changed=say(asking.changed) if asking.changed else "",
            synthetic=dataset.manifest.about.synthetic,
            **told.all(),
        )

    def _entry(self, dataset: Dataset, asking: Asking, figure: Figure) -> Released:
        enquiry = asking.enquiry
        question = Question(
            of=enquiry.of,
            statistic="typical" if asking.typical else "count",
            where=enquiry.where(),
            definition=say(self._ctx.vocabulary.definition) if enquiry.multiple else "",
        )
        return Released(
            dataset=enquiry.dataset,
            version=dataset.manifest.version,
            question=question,
            figure=figure,
            rule=dataset.manifest.about.rule,
            went_to=_NOWHERE_YET,
            known=0 if asking.typical else len(self._story.people),
            span=(dataset.manifest.first, dataset.manifest.last),
        )


class _Told:
    """What is said beside a number, as far as the story's dates allow it."""

    def __init__(self, ctx: Context, dataset: Dataset, asking: Asking, rule: Rule) -> None:
        self._words, self._manifest, self._asking, self._rule = ctx.vocabulary, dataset.manifest, asking, rule
        self._asked = understand(dataset, (), asking.enquiry.where(), asking.enquiry.of, ctx.vocabulary)
        self._profile = rule_called(dataset.manifest.about.rule)

    def all(self) -> dict[str, Any]:
        meant = provenance.definition(self._asked, self._words)
        source = say(provenance.source(self._manifest))
        calendar = self._rule.calendar
        return {
            "definition": say(meant) if meant else "",
            "period": self._period(),
            "source": source if calendar else allowed.dateless_source(source),
            "as_of": self._manifest.loaded_at.date().isoformat() if calendar else "",
            "rule": say(self._profile.words),
            "missing": self._missing(),
            "worked_out": self._worked_out(),
        }

    def _period(self) -> str:
        if self._asking.typical:
            return say(message("A typical three months of all the data"))
        if not self._rule.calendar:
            return say(message("All of the data"))
        enquiry, manifest = self._asking.enquiry, self._manifest
        first = max(enquiry.first or manifest.first, manifest.first)
        last = min(enquiry.last or manifest.last, manifest.last)
        if first > last:
            return say(message("The data have no days in that time."))
        return say(allowed.period_words(self._rule, first, last))

    def _missing(self) -> tuple[str, ...]:
        told = answer_words.missing(self._asking.enquiry, self._asked, self._manifest)
        if self._rule.calendar:
            return tuple(map(say, told))
        names = sorted({one.agency for one in self._manifest.about.absences} & set(self._asked.agencies))
        missing = message("{agency}: some of its rows are not there.")
        return tuple(say(message(missing.id, agency=name)) for name in names if name)

    def _worked_out(self) -> tuple[str, ...]:
        told = answer_words.worked_out(self._asking.enquiry, self._manifest, self._profile, self._words)
        said = tuple(map(say, told))
        if self._rule.calendar:
            return said
        middle = message("We did so for every three months of the data, and took the one in the middle.")
        said = allowed.dateless(said)
        return (*said[:-1], say(middle), said[-1]) if self._asking.typical else said


def _timeless(asking: Asking) -> Enquiry:
    """The question without its days: the period is said beside it, at the story's own grain."""
    return asking.enquiry.model_copy(update={"first": None, "last": None})


def _figure(ctx: Context, dataset: Dataset, asking: Asking) -> Figure:
    if problems := asking.enquiry.problems():
        raise Problems(problems)
    if asking.typical:
        rule = rule_called(dataset.manifest.about.rule)
        return by_quarter(dataset, asking.enquiry, rule, ctx.vocabulary).typical
    enquiry = asking.enquiry
    return count(dataset, (), enquiry.where(), enquiry.of, vocabulary=ctx.vocabulary).cells[0].figure
