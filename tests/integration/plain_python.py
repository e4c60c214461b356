"""Answers to enquiries by plain Python over rows: no SQL, no code of the program but the value of the question."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from storybook.linked.asking.enquiry import Enquiry

FIVE = {"homelessness", "offending", "drug-alcohol", "mental-health", "worklessness"}


@dataclass(frozen=True)
class Row:
    """One contact."""

    person: str
    day: dt.date
    agency: str
    kind: str = ""
    place: str = ""
    age_band: str = ""
    gender: str = ""
    needs: frozenset[str] = frozenset()


def needs_of(rows: Iterable[Row]) -> dict[str, set[str]]:
    """Person -> everything that any row of theirs says they need."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row.person] |= row.needs
    return found


def quarter_of(day: dt.date) -> str:
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def plain(
    rows: Sequence[Row],
    enquiry: Enquiry,
    sectors: Mapping[str, str],
    quarter: str | None = None,
    needs: Mapping[str, set[str]] | None = None,
) -> tuple[int, int, int]:
    """(number asked for, people, most contacts of one person), of the whole time or of one quarter."""
    needs = needs_of(rows) if needs is None else needs
    kept = [
        row for row in rows if _row_fits(row, enquiry, sectors) and _person_fits(needs[row.person], enquiry)
    ]
    kept = [row for row in kept if quarter is None or quarter_of(row.day) == quarter]
    if enquiry.both:
        seen = defaultdict(set)
        for row in kept:
            seen[row.person] |= {("agency", row.agency), ("sector", sectors.get(row.agency, ""))}
        wanted = {("agency", one) for one in enquiry.agencies} | {("sector", one) for one in enquiry.sectors}
        kept = [row for row in kept if wanted <= seen[row.person]]
    made = Counter(row.person for row in kept)
    number = len(made) if enquiry.of == "people" else len(kept)
    return number, len(made), max(made.values(), default=0)


def _row_fits(row: Row, enquiry: Enquiry, sectors: Mapping[str, str]) -> bool:
    at = row.agency in enquiry.agencies or sectors.get(row.agency, "") in enquiry.sectors
    return (
        (at or not (enquiry.agencies or enquiry.sectors))
        and (not enquiry.kinds or row.kind in enquiry.kinds)
        and (not enquiry.places or row.place in enquiry.places)
        and (not enquiry.age_bands or row.age_band in enquiry.age_bands)
        and (not enquiry.genders or row.gender in enquiry.genders)
        and (enquiry.first is None or row.day >= enquiry.first)
        and (enquiry.last is None or row.day <= enquiry.last)
    )


def _person_fits(needs: set[str], enquiry: Enquiry) -> bool:
    return set(enquiry.needs) <= needs and (not enquiry.multiple or len(needs & FIVE) >= 2)


def random_enquiry(
    chance: Random, dataset: str, lists: Mapping[str, Sequence[str]], first: dt.date, last: dt.date
) -> Enquiry:
    """A question of any shape over what ``lists`` (fields of an enquiry) offer."""
    fields: dict[str, object] = {"of": chance.choice(("people", "people", "contacts"))}
    both = fields["of"] == "people" and chance.random() < 0.25 and len(lists["agencies"]) > 1
    if both:
        sectors = chance.random() < 0.4 and len(lists["sectors"]) > 0
        fields |= {"both": True, "agencies": tuple(chance.sample(lists["agencies"], 1 if sectors else 2))}
        fields |= {"sectors": (chance.choice(lists["sectors"]),)} if sectors else {}
    elif chance.random() < 0.7:
        place = "sectors" if lists["sectors"] and chance.random() < 0.3 else "agencies"
        fields[place] = _some(chance, lists[place], 3)
    for name, likely in (
        ("needs", 0.4),
        ("kinds", 0.2),
        ("places", 0.3),
        ("age_bands", 0.2),
        ("genders", 0.2),
    ):
        if lists[name] and chance.random() < likely:
            fields[name] = _some(chance, lists[name], 2)
    if chance.random() < 0.5:
        days = (last - first).days
        one, other = sorted(first + dt.timedelta(days=chance.randrange(days + 1)) for _ in range(2))
        fields |= {"first": one} if chance.random() < 0.8 else {}
        fields |= {"last": other} if chance.random() < 0.8 else {}
    fields["quarterly"] = chance.random() < 0.3
    fields["multiple"] = len(FIVE & set(lists["needs"])) > 1 and chance.random() < 0.15
    return Enquiry.model_validate({"dataset": dataset, **fields})


def _some(chance: Random, values: Sequence[str], most: int) -> tuple[str, ...]:
    return tuple(chance.sample(list(values), min(len(values), chance.randint(1, most))))


def next_by_hand(
    rows: Sequence[Row], steps: Sequence[tuple[str, str]], within: int
) -> tuple[int, int, Counter[str]]:
    """(people followed, those who met nobody, agency -> people who met it next); steps are (agency, kind or "")."""
    end = max(row.day for row in rows)
    lives: dict[str, dict[dt.date, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        lives[row.person][row.day].append(row)
    followed, nobody, agencies = 0, 0, Counter[str]()
    for life in lives.values():
        days = sorted(life)
        start = next((place for place in range(len(days)) if _stands(life, days, place, steps)), None)
        if start is None or days[start] + dt.timedelta(days=within) > end:
            continue
        followed += 1
        if start + 1 < len(days) and (days[start + 1] - days[start]).days <= within:
            agencies.update({row.agency for row in life[days[start + 1]]})
        else:
            nobody += 1
    return followed, nobody, agencies


def _stands(
    life: Mapping[dt.date, list[Row]], days: Sequence[dt.date], place: int, steps: Sequence[tuple[str, str]]
) -> bool:
    if place + 1 < len(steps):
        return False
    taken = days[place + 1 - len(steps) : place + 1]
    return all(
        any(row.agency == agency and kind in ("", row.kind) for row in life[day])
        for day, (agency, kind) in zip(taken, steps, strict=True)
    )


def turning_by_hand(
    rows: Sequence[Row], sectors: Mapping[str, str], point: tuple[str, str, str], days: int, by: str
) -> tuple[int, dict[tuple[str, str], tuple[int, int, int]]]:
    """(people followed, (side, agency or sector or "" for all) -> people, contacts, most of one)."""
    agency, sector, kind = point
    first, last = min(row.day for row in rows), max(row.day for row in rows)
    turned: dict[str, dt.date] = {}
    for row in rows:
        there = row.agency == agency or (sector and sectors.get(row.agency, "") == sector)
        if there and kind in ("", row.kind):
            turned[row.person] = min(row.day, turned.get(row.person, row.day))
    reach = dt.timedelta(days=days)
    turned = {who: day for who, day in turned.items() if day - reach >= first and day + reach <= last}
    made: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.person in turned and 0 < abs((row.day - turned[row.person]).days) <= days:
            side = "before" if row.day < turned[row.person] else "after"
            made[side, row.agency if by == "agency" else sectors.get(row.agency, "")][row.person] += 1
            made[side, ""][row.person] += 1
    cells = {key: (len(each), sum(each.values()), max(each.values())) for key, each in made.items()}
    return len(turned), defaultdict(lambda: (0, 0, 0), cells)
