"""Before and after a turning point: a tenancy, a release, the first drug treatment, or any first contact of a kind.

A person's turning point is the first day on which their rows hold such a contact. Only people whom the data follow for
the whole time on both sides count; the day itself is on neither side. Rates are made of the figures that are shown, so
they tell no more than those.

Like ``next_steps`` this is for analysts' pages: nothing here makes a ledger entry.
"""
# ruff: noqa: S608 - the text is put together from fixed expressions; values are bound, never written in

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from ...story.messages import Message, message
from ...story.problems import Problem, Problems
from ..dataset.datasets import Dataset, Manifest
from ..dataset.tables import Tables
from ..suppression.figures import Count, Figure, StructuralZero, Unit
from ..suppression.raw import NOBODY, Raw
from ..suppression.rules import Rule, protect, rule_called
from ..suppression.secondary import Line, guard
from . import provenance
from .fields import agencies_of, domain
from .finding import soonest

Side = Literal["before", "after"]
By = Literal["agency", "sector"]
SIDES: Final[tuple[Side, ...]] = ("before", "after")
#: Days on each side that may be chosen.
LENGTHS: Final = (90, 182, 365)


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """The first contact with ``agency`` (or with any agency of ``sector``), of any kind or of ``kind``."""

    agency: str = ""
    sector: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Half:
    """One side: people who had any such contact, contacts, and contacts a person a year where that may be said."""

    people: Figure
    contacts: Figure
    rate: float | None


@dataclass(frozen=True)
class BeforeAfter:
    """One line: an agency or a sector ("" for all of them together), before and after."""

    name: str
    before: Half
    after: Half


@dataclass(frozen=True)
class Turning:
    """The answer: how many people were followed, a line each, all together, and what has to be said beside it."""

    point: TurningPoint
    days: int
    by: By
    people: Figure
    lines: tuple[BeforeAfter, ...]
    together: BeforeAfter
    notes: tuple[Message, ...]
    synthetic: bool


def before_and_after(
    dataset: Dataset, point: TurningPoint, days: int = 365, by: By = "sector", tables: Tables | None = None
) -> Turning:
    """Contacts in ``days`` before and after the turning point, by agency or sector. Raises Problems."""
    manifest = dataset.manifest
    if problems := wrong_point(manifest, point, days, by):
        raise Problems(problems)
    rule = rule_called(manifest.about.rule)
    raws = _raws(dataset, point, days, by, tables)
    people = protect(raws.get(("", ""), NOBODY), rule)
    names = domain(by, manifest)
    halves = {side: _side(side, names, raws, rule, _Whole(people, days, point, by)) for side in SIDES}
    return Turning(
        point=point,
        days=days,
        by=by,
        people=people,
        lines=tuple(BeforeAfter(name, halves["before"][name], halves["after"][name]) for name in names),
        together=BeforeAfter("", halves["before"][_ALL], halves["after"][_ALL]),
        notes=(*_NOTES, message("{source} {rule}", source=provenance.source(manifest), rule=rule.words)),
        synthetic=manifest.about.synthetic,
    )


def _raws(
    dataset: Dataset, point: TurningPoint, days: int, by: By, tables: Tables | None
) -> dict[tuple[str, str], Raw]:
    if tables:
        return _ask(tables, dataset.manifest, point, days, by)
    return soonest(dataset, None, (), lambda there: _ask(there, dataset.manifest, point, days, by))


def wrong_point(manifest: Manifest, point: TurningPoint, days: int, by: str) -> list[Problem]:
    """What is wrong with a turning point for this dataset."""
    problems = []
    if bool(point.agency) == bool(point.sector):
        what = message("a turning point is a first contact with one agency or one sector")
        problems.append(Problem(what, message("choose one of them"), "agency"))
    for field, value in (("agency", point.agency), ("sector", point.sector), ("kind", point.kind)):
        if value and value not in domain(field, manifest):
            what = message('"{name}" is not in this dataset', name=value[:80])
            problems.append(Problem(what, message("choose one from the list"), field))
    if days not in LENGTHS:
        lengths = ", ".join(map(str, LENGTHS))
        what = message("this number of days can't be chosen")
        problems.append(Problem(what, message("use one of: {lengths}", lengths=lengths), "days"))
    if by not in ("agency", "sector"):
        what = message("this can't be split so")
        problems.append(Problem(what, message("split it by agency or by sector"), "by"))
    return problems


_ALL: Final = "\0all"
_NOTES: Final = (
    message(
        "Each person's turning point is the first such contact in the data; that day is on neither side."
    ),
    message("Only people whom the data follow for the whole time before and after are counted."),
    message("What came after need not have come because of it."),
)


@dataclass(frozen=True)
class _Whole:
    people: Figure
    days: int
    point: TurningPoint
    by: By

    def never(self, side: Side, name: str) -> bool:
        """Whether there can be nothing by definition: no contact with an agency before the first one."""
        return side == "before" and not self.point.kind and name == getattr(self.point, self.by)


def _side(
    side: Side, names: Sequence[str], raws: Mapping[tuple[str, str], Raw], rule: Rule, whole: _Whole
) -> dict[str, Half]:
    """Name -> the half of its line on ``side``; ``_ALL`` for all together."""
    cells = tuple(raws.get((side, name), NOBODY) for name in names)
    found: dict[Unit, tuple[Figure, ...]] = {}
    for of in ("people", "contacts"):
        unit: Unit = "people" if of == "people" else "contacts"
        figures = tuple(
            StructuralZero(unit=unit) if whole.never(side, name) else protect(raw, rule, unit)
            for name, raw in zip(names, cells, strict=True)
        )
        total = protect(raws.get((side, _ALL), NOBODY), rule, unit)
        guarded, total = guard(Line(figures, cells, total), rule, unit)
        found[unit] = (*guarded, total)
    pairs = zip((*names, _ALL), found["people"], found["contacts"], strict=True)
    return {name: Half(people, contacts, _rate(contacts, whole, rule)) for name, people, contacts in pairs}


def _rate(contacts: Figure, whole: _Whole, rule: Rule) -> float | None:
    """Contacts a person a year, of the rounded figures; None where either is hidden or few people are followed."""
    if not (isinstance(contacts, Count) and isinstance(whole.people, Count)):
        return None
    if whole.people.value - whole.people.base // 2 < rule.percent_of:
        return None
    return round(contacts.value * 365 / (whole.people.value * whole.days), 1)


def _ask(
    tables: Tables, manifest: Manifest, point: TurningPoint, days: int, by: By
) -> dict[tuple[str, str], Raw]:
    """(side, name) -> true numbers; ("", "") for the people followed."""
    agencies = [point.agency] if point.agency else list(agencies_of(point.sector, manifest))
    values: dict[str, Any] = {**tables.values, "agencies": agencies, "kind": point.kind, "days": days}
    values |= {"first": manifest.first, "last": manifest.last}
    values |= {"named": list(manifest.agencies)}
    values |= {"lines": [_line(agency, manifest, by) for agency in manifest.agencies]}
    rows = tables.run(_text(tables, point, values), values)
    return {
        (side, _ALL if whole and side else name): Raw(people, int(made or 0), int(most or 0))
        for side, whole, name, people, made, most in rows
    }


def _line(agency: str, manifest: Manifest, by: By) -> str:
    return agency if by == "agency" else manifest.about.sectors.get(agency, "")


def _text(tables: Tables, point: TurningPoint, values: Mapping[str, Any]) -> str:
    def bound(name: str) -> str:
        return tables.bound(name, values[name])

    kind = f" AND c.kind = {bound('kind')}" if point.kind else ""
    return f"""
    WITH firsts AS (
        SELECT c.person, min(c.date) AS turned FROM {tables.contacts} c
        WHERE c.agency = ANY({bound("agencies")}){kind} GROUP BY c.person),
    followed AS (
        SELECT person, turned FROM firsts
        WHERE turned - {bound("days")} >= {bound("first")} AND turned + {bound("days")} <= {bound("last")}),
    near AS (
        SELECT CASE WHEN c.date < f.turned THEN 'before' ELSE 'after' END AS side, l.line, c.person,
            {tables.sum} AS made
        FROM followed f JOIN {tables.contacts} c ON c.person = f.person
        JOIN (SELECT unnest({bound("named")}) AS agency, unnest({bound("lines")}) AS line) l ON l.agency = c.agency
        WHERE c.date <> f.turned AND c.date - f.turned BETWEEN -{bound("days")} AND {bound("days")}
        GROUP BY 1, 2, 3),
    together AS (SELECT side, person, sum(made) AS made FROM near GROUP BY side, person)
    SELECT '', 0, '', count(*), CAST(0 AS BIGINT), CAST(0 AS BIGINT) FROM followed
    UNION ALL
    SELECT side, 0, line, count(*), CAST(sum(made) AS BIGINT), CAST(max(made) AS BIGINT) FROM near GROUP BY side, line
    UNION ALL
    SELECT side, 1, '', count(*), CAST(sum(made) AS BIGINT), CAST(max(made) AS BIGINT) FROM together GROUP BY side"""
