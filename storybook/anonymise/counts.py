"""What a linked count in a story may say under each way of showing dates.

| the story's dates | a question that names a time | one that names none |
|---|---|---|
| relative, shifted | a typical quarter of all the data, and says so | all of the data |
| month, quarter, season, year | the whole periods of that grain that its days touch | all of the data |

Under relative and shifted dates nothing may vary with the calendar: a number for "that winter" could be looked up in
a published series and would date the story. No day, month or year of the data comes along either. Under the others a
number for eleven days would tell the days, so it is widened as every date of the story is.

An agency that readers do not see by its own name can't be asked about: its numbers are as good as its name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..linked.asking.enquiry import Enquiry
from ..linked.suppression import figures
from ..linked.suppression.words import words
from ..story.dates import span
from ..story.messages import Message, message, say
from ..story.model import Agency, Episode, ShowAs
from ..story.problems import Problem, Problems
from .dates.policy import Rule
from .dates.scale import first_day, ordinal, period
from .detectors.identifiers import find_dates
from .notes import without_calendar
from .shown import Grain

TYPICAL: Final = message(
    "This story does not say when it happened. So this is a typical three months, not that time."
)
_WIDENED: Final = {
    Grain.MONTH: message("This story shows dates by month, so this is for whole months."),
    Grain.QUARTER: message("This story shows dates by quarter, so this is for whole quarters of a year."),
    Grain.SEASON: message("This story shows dates by season, so this is for whole seasons."),
    Grain.YEAR: message("This story shows dates by year, so this is for whole years."),
}
_YEAR: Final = re.compile(r"(?<!\d)(?:1[89]|2[01])\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked in place of a story's question: of a ``typical`` quarter, or of ``enquiry``'s own days.

    ``changed`` says why it is not quite what the story asks; None where it is.
    """

    enquiry: Enquiry
    typical: bool = False
    changed: Message | None = None


def asking(rule: Rule, enquiry: Enquiry, episode: Episode | None) -> Asking:
    """What may be asked for ``enquiry`` under ``rule``, in ``episode``; raises Problems where there is no answer."""
    timed = bool(enquiry.first or enquiry.last or enquiry.episode or enquiry.quarterly)
    whole = enquiry.model_copy(update={"first": None, "last": None, "episode": False, "quarterly": False})
    if not timed:
        return Asking(whole)
    if not rule.calendar:
        return Asking(whole, typical=True, changed=TYPICAL)
    first, last = _days(enquiry, episode)
    wide = _widened(rule.grain, first, last)
    changed = None if wide == (first, last) else _WIDENED[rule.grain]
    return Asking(whole.model_copy(update={"first": wide[0], "last": wide[1]}), changed=changed)


def hidden_agency(enquiry: Enquiry, agencies: Iterable[Agency]) -> bool:
    """Whether ``enquiry`` names an agency that readers of the story do not see by its own name."""
    return any(
        agency.dataset_agency in enquiry.agencies
        for agency in agencies
        if agency.dataset_agency and agency.show_as is not ShowAs.NAME
    )


def phrase(figure: figures.Figure, *, typical: bool = False) -> Message:
    """A figure as words that can stand in a sentence: "about 340 people", "a number we can't show"."""
    said = words(figure)
    if isinstance(figure, figures.Unknown):
        return message("a number nobody has counted")
    if isinstance(figure, figures.Suppressed) and (figure.because != "few" or figure.unit == "contacts"):
        return message("a number we can't show")
    return message("{number} in a typical three months", number=said) if typical else said


def period_words(rule: Rule, first: dt.date, last: dt.date) -> Message:
    """From when to when, in periods of the rule's grain: "January to March 2016" by month, "2016" by year."""
    begins, ends = ordinal(rule.grain, first), ordinal(rule.grain, last)
    if begins == ends:
        return period(rule.grain, begins)
    return message("{first} to {last}", first=period(rule.grain, begins), last=period(rule.grain, ends))


def dateless(said: Iterable[str]) -> tuple[str, ...]:
    """The sentences that name no date and no year."""
    return tuple(one for one in said if not (_YEAR.search(one) or find_dates(one, None)))


def dateless_source(said: str) -> str:
    """Where a count comes from, without the clauses that name a date or a year."""
    left = without_calendar(said)
    kept = [clause for clause in re.split(r"(?<=[.,])\s+", left) if not _YEAR.search(clause)]
    return re.sub(r",$", ".", " ".join(kept))


def _days(enquiry: Enquiry, episode: Episode | None) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day asked about; those of the episode where it says so. None is open."""
    if not enquiry.episode:
        return enquiry.first, enquiry.last
    if episode is None or not episode.date:
        what = message("this number is for the time of its episode, and that has no date")
        raise Problems([Problem(what, message("give the episode a date, or name two days"), "date")])
    when = span(episode.date, episode.end)
    return when.lower, None if when.ongoing else when.upper


def _widened(
    grain: Grain, first: dt.date | None, last: dt.date | None
) -> tuple[dt.date | None, dt.date | None]:
    begins = None if first is None else first_day(grain, ordinal(grain, first))
    ends = None if last is None else first_day(grain, ordinal(grain, last) + 1) - dt.timedelta(days=1)
    return begins, ends


def problem_words(problems: Problems) -> str:
    """What is wrong with a question, in one sentence."""
    return "; ".join(say(one.what) for one in problems.problems)
