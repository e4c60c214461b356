"""The synthetic city: rows that look like life and are nobody's, made by a program from a seed.

The same seed gives the same rows, byte for byte. They go in through ``load`` like anybody's rows; the
dataset's manifest and every note beside its numbers say that it is synthetic.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from pathlib import Path
from random import Random
from typing import Final

from ...story.clock import Clock
from ..dataset.mapping import About, Absence, ColumnMapping
from ..loading.load import Report, load
from ..loading.load_report import LoadReport
from .about import Abouts
from .agencies import AGENCIES
from .people import FIRST, LAST, LAW, LETTINGS, OPENED, PEOPLE, SHARED_TO, SHELTER, City, people

NAME: Final = "city"
SEED: Final = 6_601
_HEADINGS: Final = ("date", "person", "agency", "kind", "ward", "needs", "age band", "gender")
MAPPING: Final = ColumnMapping(
    person="person",
    date="date",
    agency="agency",
    kind="kind",
    place="ward",
    needs=("needs",),
    age_band="age band",
    gender="gender",
)


def make_city(path: Path, seed: int = SEED) -> Path:
    """Writes the city's rows to ``path`` as CSV in the order of days; the headings are ``_HEADINGS``."""
    chance = Random(seed)  # noqa: S311 - made-up rows have to be repeatable; nothing here is a secret
    written = [(FIRST + dt.timedelta(days=day)).isoformat() for day in range((LAST - FIRST).days + 1)]
    city = City(chance)
    about = Abouts(seed)
    rows = [
        (written[day], person.mark, agency, kind, person.ward, ";".join(person.needs), *about.on(person, day))
        for person in people(chance)
        for day, agency, kind in city.contacts(person)
    ]
    rows.sort()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADINGS)
        writer.writerows(rows)
    return path


def load_city(
    root: Path, clock: Clock, progress: Report | None = None, seed: int = SEED, name: str = NAME
) -> LoadReport:
    """Makes the city and loads it as the dataset ``name`` under ``root``."""
    with tempfile.TemporaryDirectory() as folder:
        rows = make_city(Path(folder) / "synthetic-city.csv", seed)
        return load(root, name, [rows], MAPPING, clock, progress, ABOUT)


def _absences() -> tuple[Absence, ...]:
    summers = tuple(
        Absence(agency=SHELTER, first=dt.date(year, 4, 1), last=dt.date(year, 9, 30), state="structural_zero")
        for year in range(FIRST.year, LAST.year + 1)
    )
    not_yet = Absence(agency=LETTINGS, last=OPENED - dt.timedelta(days=1), state="structural_zero")
    return (*summers, not_yet, Absence(agency=LAW, first=SHARED_TO + dt.timedelta(days=1)))


ABOUT: Final = About(
    synthetic=True,
    title="The synthetic city",
    definition="6,601 made-up people facing one or more of homelessness, offending, and drug and alcohol use",
    sectors={agency.name: agency.sector for agency in AGENCIES},
    absences=_absences(),
    stands_for=PEOPLE,
)
