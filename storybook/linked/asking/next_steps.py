"""What happened next to others: whom people with the same last one or two steps met next, and how soon.

A step is a day on which somebody had a contact with an agency (of a kind, if one is named). Two steps follow each other
if no other day with any contact lies between them. Everybody counts once, from the first time that their rows hold
the steps. Next is the next day with any contact, with whatever agencies they met on it; somebody who met two counts
with both. Whoever can't be followed for the whole of a window, because the data end, is left out of it.

These figures are about groups. They stand on analysts' pages and are not released: nothing here makes a ledger entry,
and no story's page shows them beside a person.
"""
# ruff: noqa: S608 - the text is put together from fixed expressions; values are bound, never written in

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...story.messages import Message, message
from ...story.problems import Problem, Problems
from ..dataset.datasets import Dataset
from ..dataset.tables import Tables
from ..suppression.figures import Figure
from ..suppression.raw import NOBODY, Raw
from ..suppression.rules import Rule, percent, protect, rule_called
from ..suppression.secondary import Line, guard
from . import provenance
from .fields import domain
from .finding import soonest

#: Days after the last step within which the next one may come.
WINDOWS: Final = (30, 90, 365)
#: Keys of the query's lines that are not agencies.
_ALL, _NONE = "all", "none"


@dataclass(frozen=True, slots=True)
class Step:
    """A contact with ``agency``, of any kind or of ``kind``."""

    agency: str
    kind: str = ""


@dataclass(frozen=True)
class Share:
    """One line of an answer: how many people, and in 100 of them where that may be said."""

    agency: str
    figure: Figure
    percent: int | None


@dataclass(frozen=True)
class Window:
    """Within ``days``: how many people were followed, whom they met next (most first), how many met nobody."""

    days: int
    followed: Figure
    agencies: tuple[Share, ...]
    nobody: Share


@dataclass(frozen=True)
class NextSteps:
    """The answer for each window, and what has to be said beside it."""

    steps: tuple[Step, ...]
    windows: tuple[Window, ...]
    notes: tuple[Message, ...]
    synthetic: bool


def next_steps(dataset: Dataset, steps: Sequence[Step], tables: Tables | None = None) -> NextSteps:
    """What came next after ``steps`` (one, or two with the earlier first). Raises Problems."""
    if problems := wrong_steps(dataset, steps):
        raise Problems(problems)
    manifest = dataset.manifest
    rule = rule_called(manifest.about.rule)
    raws = _raws(dataset, steps, tables)
    return NextSteps(
        steps=tuple(steps),
        windows=tuple(_window(days, raws, manifest.agencies, rule) for days in WINDOWS),
        notes=(*_NOTES, message("{source} {rule}", source=provenance.source(manifest), rule=rule.words)),
        synthetic=manifest.about.synthetic,
    )


def _raws(dataset: Dataset, steps: Sequence[Step], tables: Tables | None) -> dict[tuple[int, str, str], Raw]:
    if tables:
        return _ask(tables, dataset, steps)
    return soonest(dataset, None, (), lambda there: _ask(there, dataset, steps))


def wrong_steps(dataset: Dataset, steps: Sequence[Step]) -> list[Problem]:
    """What is wrong with ``steps`` for this dataset."""
    problems = []
    if not 1 <= len(steps) <= 2:
        what = message("there is no step to start from")
        problems.append(
            Problem(what, message("choose the last contact, and the one before it if you like"), "agency")
        )
    for number, step in enumerate(steps, 1):
        where = "agency" if number == len(steps) else "earlier_agency"
        if step.agency not in dataset.manifest.agencies:
            what = message('"{name}" is not an agency of this dataset', name=step.agency[:80])
            problems.append(Problem(what, message("choose one from the list"), where))
        if step.kind and step.kind not in domain("kind", dataset.manifest):
            what = message('"{name}" is not a kind of contact in this dataset', name=step.kind[:80])
            problems.append(
                Problem(what, message("choose one from the list"), where.replace("agency", "kind"))
            )
    return problems


_NOTES: Final = (
    message(
        "Each person is counted once, from the first time that they had these contacts one after the other."
    ),
    message(
        "Next means the next day with any contact. Somebody who met two agencies on that day is with both."
    ),
    message("People whom the data do not follow for the whole time are left out."),
    message("This is what happened to others. It says nothing about what will happen to anybody."),
)


def _window(
    days: int, raws: Mapping[tuple[int, str, str], Raw], agencies: Sequence[str], rule: Rule
) -> Window:
    there = [raws.get((days, "agency", agency), NOBODY) for agency in agencies]
    none, followed = raws.get((days, _NONE, ""), NOBODY), raws.get((days, _ALL, ""), NOBODY)
    cells = (*there, none)
    line = Line(tuple(protect(raw, rule) for raw in cells), cells, protect(followed, rule))
    figures, whole = guard(line, rule, "people")
    shares = [
        Share(name, figure, percent(figure, whole, rule))
        for name, figure in zip(agencies, figures, strict=False)
    ]
    shares.sort(key=lambda share: (-getattr(share.figure, "value", -1), share.agency))
    return Window(days, whole, tuple(shares), Share("", figures[-1], percent(figures[-1], whole, rule)))


def _ask(tables: Tables, dataset: Dataset, steps: Sequence[Step]) -> dict[tuple[int, str, str], Raw]:
    """(window, what, agency) -> people."""
    values: dict[str, Any] = {**tables.values, "windows": list(WINDOWS), "end": dataset.manifest.last}
    for number, step in enumerate(reversed(steps)):
        values |= {f"agency{number}": step.agency, f"kind{number}": step.kind}
    rows = tables.run(_text(tables, steps, values), values)
    return {(int(days), what, agency): Raw(people, people, 1) for days, what, agency, people in rows}


def _text(tables: Tables, steps: Sequence[Step], values: Mapping[str, Any]) -> str:
    """The query; step 0 is the last one, step 1 the one before it."""

    def bound(name: str) -> str:
        return tables.bound(name, values[name])

    def step(number: int, kind: str) -> str:
        of_kind = f" AND kind = {bound(f'kind{number}')}" if kind else ""
        return f"SELECT DISTINCT person, date FROM seen WHERE agency = {bound(f'agency{number}')}{of_kind}"

    earlier = ""
    if len(steps) == 2:
        earlier = f"JOIN ({step(1, steps[0].kind)}) e ON e.person = o.person AND e.date = o.previous_day"
    return f"""
    WITH seen AS (
        SELECT c.person, c.date, c.agency, c.kind FROM {tables.contacts} c
        WHERE c.person IN (SELECT x.person FROM {tables.contacts} x WHERE x.agency = {bound("agency0")})),
    ordered AS (
        SELECT person, date, lag(date) OVER w AS previous_day, lead(date) OVER w AS next_day
        FROM (SELECT DISTINCT person, date FROM seen) d WINDOW w AS (PARTITION BY person ORDER BY date)),
    matched AS (
        SELECT o.person, o.date, o.next_day, row_number() OVER (PARTITION BY o.person ORDER BY o.date) AS nth
        FROM ordered o JOIN ({step(0, steps[-1].kind)}) l ON l.person = o.person AND l.date = o.date {earlier}),
    followed AS (
        SELECT m.person, m.date, m.next_day, m.next_day - m.date AS days, w.days_within
        FROM matched m CROSS JOIN (SELECT CAST(unnest({bound("windows")}) AS INTEGER) AS days_within) w
        WHERE m.nth = 1 AND m.date + w.days_within <= {bound("end")})
    SELECT days_within, '{_ALL}', '', count(*) FROM followed GROUP BY days_within
    UNION ALL
    SELECT days_within, '{_NONE}', '', count(*) FROM followed
    WHERE next_day IS NULL OR days > days_within GROUP BY days_within
    UNION ALL
    SELECT f.days_within, 'agency', s.agency, count(DISTINCT f.person) FROM followed f
    JOIN seen s ON s.person = f.person AND s.date = f.next_day
    WHERE f.days <= f.days_within GROUP BY f.days_within, s.agency"""
