"""What is wrong with a question, and what would be right: all of it at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from ...story.messages import Message, message
from ...story.problems import Problem
from ...story.terms import Vocabulary
from ..dataset import periods
from ..dataset.datasets import Manifest
from ..dataset.periods import Grain
from .fields import BOTH, CATEGORIES, DAYS, FIELDS, MULTIPLE, TIMES, domain, known

Pairs = Sequence[tuple[str, str]]
#: Days before and after these are slips of the keyboard, as in a load.
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
_THINGS: Final = {
    "agency": message("an agency of this dataset"),
    "sector": message("a sector of this dataset"),
    "kind": message("a kind of contact in this dataset"),
    "place": message("a place in this dataset"),
    "age_band": message("an age band in this dataset"),
    "gender": message("a gender in this dataset"),
    "need": message("a need in this dataset"),
}


def wrong(
    by: Sequence[str], pairs: Pairs, of: str, manifest: Manifest, vocabulary: Vocabulary
) -> list[Problem]:
    """Everything that is wrong with a question to the dataset of ``manifest``."""
    problems = [*_wrong_by(by, manifest), *_wrong_where(pairs, manifest, vocabulary), *_wrong_days(pairs)]
    if of not in ("people", "contacts"):
        problems.append(_not_one_of(of, message("something to count"), ("people", "contacts"), "of"))
    if (BOTH, "yes") in pairs:
        problems += _wrong_both(by, pairs, of)
    return problems


def day(text: str) -> dt.date | None:
    """A day as it is written in a question, 2016-04-30; None for anything else."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text and EARLIEST <= found <= LATEST else None


def _wrong_by(by: Sequence[str], manifest: Manifest) -> list[Problem]:
    thing = message("something to split a count by")
    problems = [_not_one_of(field, thing, FIELDS, "by") for field in by if field not in FIELDS]
    problems += [
        _nothing_known(field, "by") for field in by if field in CATEGORIES and not known(field, manifest)
    ]
    if len(set(by)) < len(by):
        problems.append(
            Problem(message("a count is split by the same thing twice"), message("name each once"), "by")
        )
    if len([field for field in by if field in TIMES]) > 1:
        what = message("a count is split by more than one of year, quarter and month")
        problems.append(Problem(what, message("choose one of them"), "by"))
    return problems


def _wrong_where(
    pairs: Iterable[tuple[str, str]], manifest: Manifest, vocabulary: Vocabulary
) -> list[Problem]:
    found = (_wrong_pair(field, value, manifest, vocabulary) for field, value in pairs)
    return [problem for problem in found if problem is not None]


def _wrong_pair(field: str, value: str, manifest: Manifest, vocabulary: Vocabulary) -> Problem | None:
    for grain in TIMES:
        if field == grain:
            return None if periods.read(grain, value) is not None else _not_a_time(grain, value)
    if field in DAYS:
        return None if day(value) else _not_a_day(field, value)
    if field in (MULTIPLE, BOTH):
        return _wrong_flag(field, value, manifest, vocabulary)
    return _wrong_category(field, value, manifest)


def _wrong_category(field: str, value: str, manifest: Manifest) -> Problem | None:
    if field not in CATEGORIES:
        there = (*FIELDS, MULTIPLE, BOTH, *DAYS)
        return _not_one_of(field, message("something to narrow a count by"), there, "where")
    if not known(field, manifest):
        return _nothing_known(field, "where")
    values = domain(field, manifest)
    return None if value in values else _not_one_of(value, _THINGS[field], values, f"where {field}")


def _wrong_flag(field: str, value: str, manifest: Manifest, vocabulary: Vocabulary) -> Problem | None:
    if value != "yes":
        things = {
            MULTIPLE: message("something to say about multiple needs"),
            BOTH: message("something to say about being seen by both"),
        }
        return _not_one_of(value, things[field], ("yes",), f"where {field}")
    return _wrong_multiple(manifest, vocabulary) if field == MULTIPLE else None


def _wrong_multiple(manifest: Manifest, vocabulary: Vocabulary) -> Problem | None:
    if len(set(manifest.needs) & set(vocabulary.multiple.of)) >= vocabulary.multiple.at_least:
        return None
    what = message("this dataset does not know the needs that multiple needs are made of")
    return Problem(
        what, message("load it with columns for: {needs}", needs=", ".join(vocabulary.multiple.of)), "where"
    )


def _wrong_days(pairs: Pairs) -> list[Problem]:
    problems = [
        Problem(
            message("a count begins or ends on more than one day"), message("give one day"), f"where {field}"
        )
        for field, times in Counter(field for field, _ in set(pairs)).items()
        if field in DAYS and times > 1
    ]
    found = {field: day(value) for field, value in pairs if field in DAYS}
    first, last = found.get("from"), found.get("to")
    if first and last and last < first:
        what = message("the last day comes before the first")
        problems.append(Problem(what, message("give a last day on or after the first"), "where to"))
    return problems


def _wrong_both(by: Sequence[str], pairs: Pairs, of: str) -> list[Problem]:
    problems = []
    if len({pair for pair in pairs if pair[0] in ("agency", "sector")}) < 2:
        what = message("people seen by both need two agencies or sectors")
        problems.append(Problem(what, message("choose two that are not the same"), "where both"))
    if of == "contacts":
        what = message("contacts can't be with both: each contact is with one agency")
        problems.append(Problem(what, message("count people"), "of"))
    if {"agency", "sector"} & set(by):
        what = message("people seen by both can't be split by agency or sector")
        problems.append(Problem(what, message("split by something else"), "by"))
    return problems


def _not_one_of(value: str, thing: Message, there: Sequence[str], where: str) -> Problem:
    near = get_close_matches(value, there, n=5, cutoff=0.5) or [one for one in there if one][:20]
    what = message('"{value}" is not {thing}', value=value[:80], thing=thing)
    return Problem(what, message("use one of: {near}", near=", ".join(near)), where)


def _nothing_known(field: str, where: str) -> Problem:
    what = message('this dataset holds nothing about "{field}"', field=field)
    return Problem(what, message("load it with a column for that, or leave it out"), where)


def _not_a_time(grain: Grain, value: str) -> Problem:
    what = message('"{value}" is not a {grain}', value=value[:80], grain=grain)
    right = {"year": "2016", "quarter": "2016-Q2", "month": "2016-04"}[grain]
    return Problem(what, message("write it like {right}", right=right), f"where {grain}")


def _not_a_day(field: str, value: str) -> Problem:
    what = message('"{value}" is not a day from 1900 to 2100', value=value[:80])
    return Problem(what, message("write it like {right}", right="2016-04-30"), f"where {field}")
