"""A load as a page shows it: how far it is, how fast, what would come in, what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ...services.data.load_rows import CHECK
from ...services.jobs import Job, JobState
from ...story.messages import Message, message, say
from ..words import day

_STAGES: Final = {
    "": message("Waiting to begin"),
    "reading": message("Reading the files"),
    "understanding": message("Understanding the rows"),
    "writing": message("Writing the dataset"),
}


@dataclass(frozen=True, slots=True)
class LoadPage:
    """One job of a load."""

    job: Job
    now: dt.datetime

    @property
    def check(self) -> bool:
        """Whether it only looks."""
        return self.job.kind == CHECK

    @property
    def percent(self) -> int:
        """How far it is, of a hundred."""
        return min(100, 100 * self.job.done // max(self.job.total or 1, 1))

    @property
    def stage(self) -> Message:
        """What is being done now."""
        return _STAGES.get(self.job.stage, _STAGES[""])

    @property
    def pace(self) -> Message | None:
        """Rows per second and the time left; None where nothing is known yet."""
        job = self.job
        seconds = (self.now - job.started_at).total_seconds() if job.started_at else 0
        if not job.done or not job.total or seconds < 1:
            return None
        rows = job.done / seconds
        return message(
            "About {rows:,} rows a second, {left} left.",
            rows=_about(rows),
            left=_duration((job.total - job.done) / rows),
        )

    @property
    def heading(self) -> Message:
        """What the page is about."""
        words = {
            JobState.DONE: message("This is what would come in")
            if self.check
            else message("The rows are in"),
            JobState.FAILED: message("Nothing was brought in"),
            JobState.CANCELLED: message("The load was stopped"),
        }
        going = message("Looking at the rows") if self.check else message("Bringing the rows in")
        return words.get(self.job.state, going)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(place, what is wrong and what would be right) for each problem."""
        return [(_place(one), _sentence(one)) for one in self.job.result.get("problems", ())]

    @property
    def rows_wrong(self) -> bool:
        """Whether only rows are wrong, so that the rest could come in."""
        problems = self.job.result.get("problems", ())
        return any(one["line"] is not None for one in problems) and all(
            one["line"] is not None or not one["where"] for one in problems
        )

    @property
    def facts(self) -> list[tuple[Message, str]]:
        """What came in, in numbers."""
        found: Mapping[str, Any] = self.job.result
        if "people" not in found:
            return []
        return [
            (message("People"), f"{found['people']:,}"),
            (message("Contacts"), f"{found['rows']:,}"),
            (message("Agencies"), f"{found['agencies']:,}"),
            (message("First contact"), day(dt.date.fromisoformat(found["first"]))),
            (message("Last contact"), day(dt.date.fromisoformat(found["last"]))),
        ]


def _about(rows: float) -> int:
    """Two digits are enough."""
    whole = max(1, round(rows))
    return int(round(whole, 2 - len(str(whole))))


def _duration(seconds: float) -> Message:
    if seconds < 90:
        return message("{count} second", plural="{count} seconds", count=max(1, round(seconds)))
    return message("{count} minute", plural="{count} minutes", count=round(seconds / 60))


def _place(problem: Mapping[str, Any]) -> str:
    line = say(message("line {line}", line=problem["line"])) if problem["line"] is not None else ""
    return ", ".join(str(part) for part in (problem["where"], line, problem["column"]) if part)


def _sentence(problem: Mapping[str, Any]) -> str:
    said = (problem["what"], problem["instead"])
    return " ".join(
        text[:1].upper() + text[1:] + ("" if text[-1:] in ".?!" else ".") for text in said if text
    )
