"""How long it takes to say how many people a story could be: 1 million people, 10 million contacts.

    python benchmarks/trajectories.py [--people 1000000] [--contacts 10000000] [--stories 60 160] [--grains]

Rows: a few people make many of the contacts, with 33 agencies of different sizes over five years; the same seed gives
the same rows. A story is the life of somebody in the rows, or (``made up``) contacts drawn like rows. For each: seconds
from rows on the disk to the whole and all sets of up to four contacts, with true months and at any shift; the most
memory that the process used; and whether every set was looked at (else the answer says "at most"). ``--grains``: a
whole measurement instead, all eight grains one after the other and every lane, with the processor's seconds as well.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from storybook.linked.city.agencies import AGENCIES
from storybook.linked.cohort.dataset import DatasetCohort
from storybook.linked.cohort.protocol import Frame, Known
from storybook.linked.dataset.datasets import Dataset, Manifest
from storybook.linked.dataset.mapping import About, ColumnMapping

FIRST, MONTHS = 24168, 60
TARGET_SECONDS = 3.0


def made(folder: Path, people: int, contacts: int) -> Dataset:
    """The rows as a dataset's Parquet."""
    chance = np.random.default_rng(6601)
    names = [agency.name for agency in AGENCIES]
    who = (people * chance.random(contacts) ** 1.6).astype(np.int32) + 1
    share = chance.random(len(names)) + 0.2
    agency = chance.choice(len(names), contacts, p=share / share.sum()).astype(np.int32)
    month = chance.integers(0, MONTHS, contacts).astype(np.int32)
    db = duckdb.connect()
    db.execute(
        "CREATE TABLE names AS SELECT unnest($n) AS agency, unnest(range(len($n))) AS code", {"n": names}
    )
    part = {"who": who, "agency": agency, "month": month}
    db.execute(
        f"""COPY (SELECT p.who AS person, DATE '2014-01-01' + to_months(p.month) AS date, n.agency,
        '' AS kind, '' AS place FROM part p JOIN names n ON n.code = p.agency ORDER BY p.month, p.who)
        TO '{folder / "contacts.parquet"}' (FORMAT parquet, COMPRESSION zstd)"""
    )
    db.execute(
        f"""COPY (SELECT i AS person, 'need' || (i % 5) AS need FROM range(1, {people + 1}) t(i))
        TO '{folder / "needs.parquet"}' (FORMAT parquet)"""
    )
    del part
    return Dataset(
        folder,
        Manifest(
            name="large",
            version="v",
            loaded_at=dt.datetime.now(dt.UTC),
            sources=(),
            mapping=ColumnMapping(person="p", date="d", agency="a"),
            about=About(synthetic=True),
            people=people,
            rows=contacts,
            first=dt.date(2014, 1, 1),
            last=dt.date(2018, 12, 1),
            agencies=tuple(sorted(names)),
            kinds=("",),
            needs=tuple(f"need{n}" for n in range(5)),
            places=("",),
        ),
    )


def lived(dataset: Dataset, size: int) -> list[Known]:
    """The first contacts of somebody who has that many."""
    query = f"SELECT person FROM '{dataset.contacts}' GROUP BY 1 HAVING count(*) >= {size} ORDER BY count(*), 1 LIMIT 1"
    found = duckdb.sql(query).fetchall()
    person = found[0][0] if found else 1
    month = "year(date) * 12 + month(date) - 1"
    rows = duckdb.sql(
        f"SELECT agency, {month} FROM '{dataset.contacts}' WHERE person = {person} ORDER BY 2, 1"
    ).fetchall()
    return [Known(frozenset([agency]), month, month) for agency, month in rows[:size]]


def made_up(dataset: Dataset, size: int) -> list[Known]:
    chance = np.random.default_rng(size)
    agencies = chance.choice(dataset.manifest.agencies, size)
    months = FIRST + 12 + chance.integers(0, 24, size)
    return [Known(frozenset([str(a)]), int(m), int(m)) for a, m in zip(agencies, months, strict=True)]


def _most_memory() -> int:
    """MB; of this process alone where the system says so (what getrusage tells is kept from the process before)."""
    status = Path("/proc/self/status")
    if status.is_file():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measured(dataset: Dataset, story: list[Known], shifts: bool) -> tuple[float, int, str]:
    """Seconds, the most memory (MB) of this process, and what came out."""
    began = time.perf_counter()
    found = DatasetCohort(dataset).measure(story, Frame(shifts=shifts))
    seconds = time.perf_counter() - began
    bands = " ".join(("" if m.exact else "at most ") + m.band for m in (*found.any_of, found.whole))
    return seconds, _most_memory(), f"k1-k4, whole: {bands}"


def known(story: list[Known], size: int | None, sectors: dict[str, str]) -> list[Known]:
    """The story as somebody knows it to so many months; by sector where ``sectors`` are given."""
    found = []
    for one in story:
        agencies = one.agencies
        if sectors:
            own = {sectors[agency] for agency in agencies}
            agencies = frozenset(agency for agency, sector in sectors.items() if sector in own)
        first = None if size is None else (one.first or 0) // size * size
        found.append(Known(agencies, first, None if first is None or size is None else first + size - 1))
    return found


def all_grains(dataset: Dataset, story: list[Known], shifts: bool) -> tuple[float, float, int, str]:
    """Seconds, the processor's, the most memory (MB), and the processor's at each grain and for all lanes."""
    began, worked = time.perf_counter(), time.process_time()
    cohort, frame, levels, each = DatasetCohort(dataset), Frame(shifts=shifts), [], []
    for size in (1, 3, 12, None):
        for sectors in ({}, {agency.name: agency.sector for agency in AGENCIES}):
            at = time.process_time()
            finer = levels[-2:] if sectors else levels[-2:-1]
            levels.append(cohort.measure(known(story, size, sectors), frame, each=not levels, finer=finer))
            each.append(time.process_time() - at)
    at = time.process_time()
    for lane in {one.agencies for one in story}:
        cohort.jointly([[one for one in story if one.agencies == lane]], frame)
    each.append(time.process_time() - at)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    return seconds, processor, _most_memory(), " ".join(f"{one:.1f}" for one in each)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--contacts", type=int, default=10_000_000)
    parser.add_argument("--stories", type=int, nargs="+", default=[60, 160])
    parser.add_argument("--grains", action="store_true")
    asked = parser.parse_args()
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        dataset = made(Path(folder), asked.people, asked.contacts)
        print(
            f"{asked.people:,} people, {asked.contacts:,} contacts; load {os.getloadavg()[0]:.1f}", flush=True
        )
        for size in asked.stories:
            for kind, story in (("lived", lived(dataset, size)), ("made up", made_up(dataset, size))):
                for shifts in (False, True):
                    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
                        if asked.grains:
                            told = fresh.submit(all_grains, dataset, story, shifts).result()
                            print(f"{len(story):>4} {kind:8}any shift: {shifts}", *told, flush=True)
                            continue
                        seconds, memory, bands = fresh.submit(measured, dataset, story, shifts).result()
                    how = "any shift" if shifts else "true months"
                    print(
                        f"{len(story):>4} {kind:8}{how:12}{seconds:6.2f} s  {memory:>5} MB  {bands}",
                        flush=True,
                    )
                    slow += size == 60 and seconds > TARGET_SECONDS
    return min(slow, 1)


if __name__ == "__main__":
    raise SystemExit(main())
