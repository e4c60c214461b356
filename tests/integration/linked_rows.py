"""Rows to load in tests, and the same counts made by hand in plain Python."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from storybook.linked.dataset.mapping import About, ColumnMapping, Terms, Wishes
from storybook.linked.loading.load import load
from storybook.linked.suppression.figures import Count, Suppressed
from storybook.story.clock import FixedClock
from storybook.story.problems import Problems

CLOCK = FixedClock(dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC))
MAPPING = ColumnMapping(
    person="who", date="when", agency="where", kind="what", needs=("needs",), place="ward"
)
HEADINGS = ("who", "when", "where", "what", "ward", "needs")


def write(path: Path, rows, headings=HEADINGS, delimiter=",", encoding="utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([headings, *rows])
    return path


def loaded(
    folder: Path, rows, about: About | None = None, mapping: ColumnMapping = MAPPING, name: str = "rows"
):
    path = write(folder / f"{name}.csv", rows)
    return load(folder / "data", name, [path], mapping, CLOCK, about=about).dataset


def quarter(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


KEYS = {
    "agency": lambda row, need: row[2],
    "kind": lambda row, need: row[3],
    "place": lambda row, need: row[4],
    "quarter": lambda row, need: quarter(row[1]),
    "month": lambda row, need: row[1][:7],
    "year": lambda row, need: row[1][:4],
    "need": lambda row, need: need,
}


def by_hand(rows, by, where, of):
    """Keys -> (number asked for, people, most contacts of one person), from the rows alone."""
    needs = {}
    for row in rows:
        needs.setdefault(row[0], set()).update(filter(None, row[5].split(";")))
    kept = [row for row in rows if _fits(row, where, needs)]
    made = Counter()
    for row in kept:
        for need in sorted(needs[row[0]]) if "need" in by else [""]:
            made[tuple(KEYS[field](row, need) for field in by), row[0]] += 1
    cells: dict[tuple, list[int]] = {}
    for (keys, _), number in made.items():
        cells.setdefault(keys, []).append(number)
    return {
        keys: (len(numbers) if of == "people" else sum(numbers), len(numbers), max(numbers))
        for keys, numbers in cells.items()
    }


def _fits(row, where, needs):
    fields = {}
    for field, value in where:
        fields.setdefault(field, []).append(value)
    wanted = fields.pop("need", [])
    if "multiple" in fields:
        del fields["multiple"]
        five = {"homelessness", "offending", "drug-alcohol", "mental-health", "worklessness"}
        if len(needs[row[0]] & five) < 2:
            return False
    return set(wanted) <= needs[row[0]] and all(
        KEYS[field](row, "") in values for field, values in fields.items()
    )


def ruled(numbers, of, below=10, base=5):
    """The figure that the default rule makes of numbers counted by hand."""
    number, people, most = numbers
    if people < 10 or (of == "contacts" and 3 * most > number):
        return Suppressed(unit=of, below=below, because="few" if of == "people" else "few_behind")
    low = number // base * base
    return Count(unit=of, value=low + base if 2 * (number - low) >= base else low, base=base)


ROWS = [
    ("NA", "2016-01-05", "A", "visit", "Ward 1", "offending"),
    ("P2", "2016-02-05", "B", "", "Ward 2", ""),
]
PLAIN = ColumnMapping(person="who", date="when", agency="where")


def load_text(folder: Path, text: str | bytes, mapping=PLAIN, name="rows", **more):
    path = folder / "rows.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(folder / "data", name, [path], mapping, CLOCK, **more)


def refused(folder: Path, text: str | bytes, mapping=PLAIN) -> list[str]:
    with pytest.raises(Problems) as caught:
        load_text(folder, text, mapping)
    assert not (folder / "data" / "rows").exists()
    return str(caught.value).split("\n")


def stored(dataset) -> list[tuple]:
    return duckdb.sql(f"SELECT * FROM '{dataset.contacts}' ORDER BY ALL").fetchall()


KEY = "a key that lies apart from the data"


def send(folder, rows, mode="replace", partner="Police", key=KEY, **more):
    path = write(folder / "rows.csv", rows)
    wishes = Wishes(mode=mode, terms=Terms(partner=partner, **more.pop("terms", {})), link_key=key, **more)
    return load(folder / "data", "rows", [path], MAPPING, CLOCK, wishes=wishes)


def contacts(people, day, agency, need=""):
    return [(who, day, agency, "visit", "W", need) for who in people]


ANN_TO_DEE = ("ann", "bob", "cat", "dee")


def lives(dataset):
    """Each person's contacts, whatever their number: the same people, the same lives."""
    found: dict[int, list] = {}
    for person, day, agency, *_ in stored(dataset):
        found.setdefault(person, []).append((str(day), agency))
    return sorted(sorted(life) for life in found.values())
