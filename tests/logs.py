"""Two logs in the shape of real ones that partners have: a hospital's and a police force's, all made up."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from random import Random

_STEPS = ("ER Registration", "Leucocytes", "CRP", "LacticAcid", "IV Liquid", "Admission NC", "Release A")
_FINES = (
    "Create Fine",
    "Send Fine",
    "Insert Fine Notification",
    "Add penalty",
    "Payment",
    "Send for Credit Collection",
)


@dataclass(frozen=True)
class Log:
    """A file, and what is in it: people, rows, agencies (without the rows that name none), first and last day."""

    name: str
    text: str
    people: int
    rows: int
    agencies: int
    first: str
    last: str


def hospital(people: int = 60) -> Log:
    """Semicolons, days written 2014/10/22 11:15:41.000, one person called NA, many columns of results."""
    chance = Random(7)
    headings = ["Case ID", "Activity", "Complete Timestamp", "Variant", "Variant index", "Age", "CRP", "Diagnose",
                "DiagnosticBlood", "Infusion", "Leucocytes", "lifecycle:transition", "org:group"]  # fmt: skip
    marks = ["NA", *(f"X{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(people - 1))]
    rows = []
    for mark in marks:
        for step in range(chance.randrange(2, 6)):
            day = f"{chance.choice((2013, 2014))}/{chance.randrange(1, 13):02}/{chance.randrange(1, 29):02}"
            rows.append([mark, _STEPS[step], f"{day} {chance.randrange(24):02}:27:00.000", f"Variant {step}", step,
                         chance.randrange(20, 90, 5), f"{chance.randrange(200)}.0", chance.choice("ABC"), "true",
                         "false", f"{chance.random() * 20:.1f}", "complete", chance.choice("ABCDE?")])  # fmt: skip
    return _log("hospital.csv", headings, rows, ";", agency=12, day=2)


def fines(people: int = 60) -> Log:
    """Commas, days written 2006-07-24, many empty cells, the officer's number in the place of an agency."""
    chance = Random(8)
    headings = ["case_id", "activity", "lifecycle", "resource", "timestamp", "amount", "article", "dismissal",
                "expense", "matricola", "points", "vehicleclass", "activity_instance_id"]  # fmt: skip
    rows: list[list[object]] = []
    for person in range(people):
        for step in range(chance.randrange(2, 6)):
            day = f"{chance.randrange(2006, 2012)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            officer = str(550 + chance.randrange(6)) if step == 0 else ""
            rows.append([f"A{person}", _FINES[step], "complete", officer, day, "35.0", "157.0", "NIL", "", "", "0.0",
                         "A", len(rows) + 1])  # fmt: skip
    return _log("fines.csv", headings, rows, ",", agency=3, day=4)


def _log(
    name: str, headings: list[str], rows: list[list[object]], delimiter: str, agency: int, day: int
) -> Log:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([headings, *rows])
    days = sorted(str(row[day])[:10].replace("/", "-") for row in rows)
    people, agencies = {row[0] for row in rows}, {row[agency] for row in rows if row[agency]}
    return Log(name, out.getvalue(), len(people), len(rows), len(agencies), days[0], days[-1])
