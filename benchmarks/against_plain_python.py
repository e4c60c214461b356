"""Random questions to rows of your own, against plain Python over the same rows, put through the rule.

    python benchmarks/against_plain_python.py ROWS.csv --person COL --date COL --agency COL [--kind COL] [--place COL]
        [--questions 1000] [--seed 1]

Loads the file as ``storybook data load`` does, asks so many random questions in one sentence (cards, quarters and what
they are out of among them), what came next after every pair of the commonest steps, and before and after the first
contact with each agency; counts by hand, without SQL; and says how many figures agree. Ends with 1 if one does not.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from storybook.linked.asking.answer import answer
from storybook.linked.asking.enquiry import Enquiry
from storybook.linked.asking.next_steps import Step, next_steps
from storybook.linked.asking.turning import TurningPoint, before_and_after
from storybook.linked.dataset.datasets import Dataset
from storybook.linked.dataset.mapping import ColumnMapping
from storybook.linked.loading.load import load
from storybook.linked.suppression.figures import Count, Figure, StructuralZero, Suppressed
from storybook.story.clock import SystemClock
from tests.integration.linked_rows import ruled
from tests.integration.plain_python import Row, next_by_hand, plain, random_enquiry, turning_by_hand


class Tally:
    """Figures compared, by what they were; and those that differ."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.wrong = 0

    def compare(
        self, what: str, figure: Figure, hand: tuple[int, int, int], of: str, *, guarded: bool
    ) -> None:
        right = ruled(hand, of)
        protects = isinstance(figure, Suppressed) and figure.because == "protects"
        never = isinstance(figure, StructuralZero) and hand[1] == 0
        self.wrong += not (figure == right or (guarded and protects) or never)
        shown = "shown" if isinstance(figure, Count) else "hidden for another" if protects else "hidden"
        self.seen[f"{what}, {shown}"] += 1


def read(path: Path, columns: dict[str, str]) -> list[Row]:
    """The rows as a person would read them: the day without the time."""
    with path.open(encoding="utf-8", newline="") as file:
        mark = max(",;\t|", key=file.readline().count)
        file.seek(0)
        return [
            Row(
                line[columns["person"]].strip(),
                dt.date.fromisoformat(line[columns["date"]].strip()[:10].replace("/", "-")),
                line[columns["agency"]].strip(),
                line[columns["kind"]].strip() if "kind" in columns else "",
                line[columns["place"]].strip() if "place" in columns else "",
            )
            for line in csv.DictReader(file, delimiter=mark)
        ]


def questions(dataset: Dataset, rows: list[Row], number: int, seed: int, tally: Tally) -> None:
    lists = {
        "agencies": dataset.manifest.agencies,
        "kinds": dataset.manifest.kinds if any(dataset.manifest.kinds) else (),
        "places": dataset.manifest.places if any(dataset.manifest.places) else (),
        **dict.fromkeys(("sectors", "needs", "age_bands", "genders"), ()),
    }
    chance, needs = Random(seed), {row.person: set() for row in rows}
    for _ in range(number):
        asked = random_enquiry(
            chance, dataset.manifest.name, lists, dataset.manifest.first, dataset.manifest.last
        )
        card = answer(dataset, asked)
        tally.compare(
            "answers", card.figure, plain(rows, asked, {}, None, needs), asked.of, guarded=asked.quarterly
        )
        kept = [row for row in rows if asked.first is None or row.day >= asked.first]
        for one in card.quarters[:4]:
            tally.compare(
                "quarters", one.figure, plain(kept, asked, {}, one.label, needs), asked.of, guarded=True
            )
        if card.out_of is not None:
            everybody = Enquiry(dataset=asked.dataset, of=asked.of, first=asked.first, last=asked.last)
            tally.compare(
                "out of", card.out_of, plain(rows, everybody, {}, None, needs), asked.of, guarded=False
            )


def next_and_turning(dataset: Dataset, rows: list[Row], tally: Tally) -> None:
    common = [agency for agency, _ in Counter(row.agency for row in rows).most_common(6)]
    for last in common:
        for earlier in (None, *common):
            steps = (Step(last),) if earlier is None else (Step(earlier), Step(last))
            for window in next_steps(dataset, steps).windows:
                hand = next_by_hand(rows, [(step.agency, step.kind) for step in steps], window.days)
                tally.compare("followed", window.followed, (hand[0],) * 2 + (1,), "people", guarded=True)
                tally.compare(
                    "nobody next", window.nobody.figure, (hand[1],) * 2 + (1,), "people", guarded=True
                )
                for share in window.agencies:
                    met = hand[2][share.agency]
                    tally.compare("next", share.figure, (met, met, 1), "people", guarded=True)
        found = before_and_after(dataset, TurningPoint(agency=last), 90, "agency")
        _, cells = turning_by_hand(rows, {}, (last, "", ""), 90, "agency")
        for line in found.lines:
            for side, half in (("before", line.before), ("after", line.after)):
                people, contacts, most = cells[side, line.name]
                tally.compare("people around", half.people, (people, people, most), "people", guarded=True)
                tally.compare(
                    "contacts around", half.contacts, (contacts, people, most), "contacts", guarded=True
                )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    for name in ("person", "date", "agency"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("kind", "place"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = vars(parser.parse_args())
    columns = {name: given[name] for name in ("person", "date", "agency", "kind", "place") if given[name]}
    tally, rows = Tally(), read(given["rows"], columns)
    with tempfile.TemporaryDirectory() as folder:
        mapping = ColumnMapping(**columns)
        dataset = load(Path(folder), "rows", [given["rows"]], mapping, SystemClock()).dataset
        print(
            f"{dataset.manifest.people} people, {dataset.manifest.rows} rows, {len(dataset.manifest.agencies)} agencies"
        )
        questions(dataset, rows, given["questions"], given["seed"], tally)
        next_and_turning(dataset, rows, tally)
    for what, number in sorted(tally.seen.items()):
        print(f"{number:>8}  {what}")
    print(f"{sum(tally.seen.values())} figures, {tally.wrong} of them not as counted by hand")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
