"""Numbers to try the audit on: a manifest, questions and true people, whose figures come out of the rule itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from storybook.linked.asking.ledger import Question, Released
from storybook.linked.dataset.datasets import Manifest
from storybook.linked.dataset.mapping import About, ColumnMapping
from storybook.linked.suppression.figures import Figure
from storybook.linked.suppression.raw import Raw
from storybook.linked.suppression.rules import Rule, protect, rule_called

VERSION = "20260101T000000000000Z-00000001"
LATER = "20260201T000000000000Z-00000002"


def manifest(
    *,
    agencies: Iterable[str] = ("A", "B", "C", "D"),
    kinds: Iterable[str] = ("",),
    places: Iterable[str] = ("W1", "W2", "W3", "W4"),
    needs: Iterable[str] = ("homelessness", "offending"),
    rule: str = "default",
    people: int = 5000,
    years: int = 2,
    version: str = VERSION,
    sectors: dict[str, str] | None = None,
) -> Manifest:
    """A dataset of whole years from 2016 on."""
    return Manifest(
        name="city",
        version=version,
        loaded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        sources=(),
        mapping=ColumnMapping(person="p", date="d", agency="a"),
        about=About(rule=rule, sectors=sectors or {}),
        people=people,
        rows=10 * people,
        first=dt.date(2016, 1, 1),
        last=dt.date(2015 + years, 12, 31),
        agencies=tuple(agencies),
        kinds=tuple(kinds),
        needs=tuple(needs),
        places=tuple(places),
    )


def asked(
    of: str = "people", statistic: str = "count", where: Iterable[tuple[str, str]] = (), **keys: str
) -> Question:
    """A question with ``keys`` (agency="A", quarter="2016-Q2") and ``where``."""
    return Question(of=of, statistic=statistic, keys=tuple(sorted(keys.items())), where=tuple(sorted(where)))


def figure(number: int, rule: Rule, of: str = "people") -> Figure:
    """What is shown of a true number; contacts are each made by another person."""
    return protect(Raw(number, number, 1), rule, of)


def released(
    question: Question, what: int | Figure, rule: str = "default", version: str = VERSION, known: int = 0
) -> Released:
    """A number that left: a true one put through ``rule``, or a figure as it is."""
    shown = figure(what, rule_called(rule), question.of) if isinstance(what, int) else what
    return Released(
        dataset="city",
        version=version,
        question=question,
        figure=shown,
        rule=rule,
        went_to="edition:x@1",
        known=known,
    )
