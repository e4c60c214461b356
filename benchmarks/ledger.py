"""How long the attack takes: a story of 24 lanes beside a ledger of thousands of figures.

    python benchmarks/ledger.py

Prints seconds of processor time and of the clock, the load of the machine, and what the ledger held.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))
from storybook.linked.audit import audit
from tests.unit.linked.ledgers import LATER, asked, manifest, released

AGENCIES = [f"Agency {number}" for number in range(36)]
YEARS = range(2016, 2025)
QUARTERS = [f"{year}-Q{quarter}" for year in YEARS for quarter in (1, 2, 3, 4)]


def main() -> None:
    chance = Random(1)
    true = {(a, q): chance.choice([3, 8, 25, 60, 200]) for a in AGENCIES for q in QUARTERS}
    quarters = [released(asked(agency=a, quarter=q), many) for (a, q), many in true.items()]
    years = [
        released(asked(agency=a, year=str(y)), max(true[a, f"{y}-Q{q}"] for q in (1, 2, 3, 4)) + 3)
        for a in AGENCIES
        for y in YEARS
    ]
    needs = [
        released(asked(agency=a, quarter=q, need="offending"), many // 2)
        for (a, q), many in true.items()
        if a in AGENCIES[24:]
    ]
    lanes = [
        released(asked(statistic="typical", agency=a), statistics.median_low(true[a, q] for q in QUARTERS))
        for a in AGENCIES[:24]
    ]
    calendar = [one for one in quarters if dict(one.question.keys)["agency"] in AGENCIES[:24]]
    data = manifest(agencies=AGENCIES, years=len(YEARS))
    ledger = [*quarters, *years, *needs]
    _say("24 typical lanes", ledger, lanes, data)
    rest = [one for one in ledger if one not in calendar]
    _say(f"24 lanes of {len(QUARTERS)} quarters", rest, calendar, data)
    _say("the same once more", ledger, calendar, data)
    for besides in (False, True):
        _say_after_an_update(chance, besides)


def _say_after_an_update(chance: Random, besides: bool) -> None:
    """24 lanes of 18 quarters, each of the people with one need, released before the data came in again and after."""
    ledger, new = [], []
    for agency in AGENCIES[:24]:
        need = [("need", chance.choice(("homelessness", "offending")))]
        for quarter in QUARTERS[:18]:
            every = chance.choice([6, 15, 40, 90, 300])
            some = int(every * chance.random())
            now = every + chance.randint(0, 5), max(0, some + chance.randint(-2, 3))
            asks = asked(agency=agency, quarter=quarter), asked(agency=agency, quarter=quarter, where=need)
            ledger += [released(ask, many) for ask, many in zip(asks, (every, some), strict=True)]
            new += [released(ask, many, version=LATER) for ask, many in zip(asks, now, strict=True)][
                not besides :
            ]
        ledger.append(released(asked(agency=agency), 900))
        new.append(released(asked(agency=agency), 905, version=LATER))
    what = "narrowed lanes after an update" + (", beside all people" if besides else "")
    _say(what, ledger, new, manifest(agencies=AGENCIES, years=len(YEARS), version=LATER))


def _say(what: str, ledger: list, new: list, data: object) -> None:
    began, clock = time.process_time(), time.perf_counter()
    decision = audit(ledger, new, [data])
    used, took = time.process_time() - began, time.perf_counter() - clock
    load = os.getloadavg()[0]
    print(
        f"{what}: {used:.2f} s of processor, {took:.2f} s by the clock (load {load:.1f}), "
        f"{len(new)} new beside {len(ledger)}, released: {decision.released}, "
        f"hidden: {len(decision.leave_out)}, of these not checked: {len(decision.unchecked)}"
    )


if __name__ == "__main__":
    main()
