"""Dates in agencies' files, as SQL: several styles, none guessed.

Year-first and day-first dates can stand in one column, as nobody can take one for the other. Month-first
dates are read only where the mapping says so. Times of day are checked and dropped: linked rows hold days.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ..dataset.engine import literal
from ..dataset.mapping import DateStyle

_TIME: Final = (
    r"[T ]+([01]?\d|2[0-3]):[0-5]?\d(:[0-5]?\d([.,]\d+)?)?( ?[AaPp][Mm])?( ?(Z|UTC|[+-]\d\d(:?\d\d)?))?"
)
_YEAR_FIRST: Final = rf"\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}({_TIME})?"
_SHORT_YEAR: Final = r".*\D\d\d"
#: What most files have; cheap to see.
_PLAIN: Final = r"\d\d\d\d[-/]\d\d[-/]\d\d"
_OTHER_YEAR_FIRST: Final = ("%Y.%m.%d", "%Y%m%d", "%Y %B %d", "%Y-%b-%d")
_MONTH_IN_WORDS: Final = (
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%B-%Y",
    "%d/%b/%Y",
)
_NUMBERS: Final = {
    "day-first": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y"),
    "month-first": ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%B %d, %Y", "%b %d, %Y"),
}
#: Times of day as most systems write them.
_TIMES: Final = (
    "",
    *(mark + time for mark in " T" for time in ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f")),
    " %I:%M %p",
    " %I:%M:%S %p",
)
_PARTS: Final = {
    "Y": r"\d{4}",
    "B": "(" + "|".join(calendar.month_name[1:]) + ")",
    "b": "(" + "|".join(calendar.month_abbr[1:]) + ")",
    "f": r"\d{1,6}",
    "p": "[AaPp][Mm]",
} | dict.fromkeys("ymdHIMS", r"\d{1,2}")
#: Days outside these years are slips of the pen in an agency's records.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def form_of(text: str, style: DateStyle) -> tuple[bool, str] | None:
    """How a date that begins with a number is probably written: whether the year comes first, a form for strptime.

    What is read by such a form ``date_of`` reads too, and just so.
    """
    found = (known for shape, known in _shapes(style) if shape.fullmatch(text))
    return next(found, None)


@lru_cache(maxsize=2)
def _shapes(style: DateStyle) -> tuple[tuple[re.Pattern[str], tuple[bool, str]], ...]:
    late = tuple(form for form in _late(style) if form.startswith(("%d", "%m")))
    forms = [(True, form) for form in ("%Y-%m-%d", "%Y/%m/%d", *_OTHER_YEAR_FIRST)]
    forms += [(False, form) for form in late + _short(late)]
    return tuple((_shape(form + time), (early, form + time)) for early, form in forms for time in _TIMES)


def _shape(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%(.)", lambda found: _PARTS[found[1]], form.replace(".", r"\.")))


def quick_date_of(text: str, forms: Sequence[str]) -> str:
    """An SQL expression: the DATE, sane or not, that ``text`` (SQL too) says in one of ``forms``; of others NULL.

    strptime gives days for "epoch" and "infinity" too, whatever the form: so a number has to come first.
    """
    return f"CASE WHEN {text} BETWEEN '0' AND ':' THEN CAST(try_strptime({text}, {_list(forms)}) AS DATE) END"


def sane(day: str) -> str:
    """An SQL expression: the ``day`` (an SQL name), or NULL where it lies in no sane year."""
    return f"CASE WHEN {day} BETWEEN DATE '{_FIRST_YEAR}-01-01' AND DATE '{_LAST_YEAR}-12-31' THEN {day} END"


def date_of(column: str, style: DateStyle) -> str:
    """An SQL expression: the DATE that the text in ``column`` (an SQL name) says, sane or not; NULL if it is none."""
    bare = f"regexp_replace({column}, {literal(_TIME + '$')}, '')"
    words = _late(style)
    return f"""CASE
        WHEN length({column}) = 10 AND regexp_full_match({column}, '{_PLAIN}') THEN try_cast({column} AS DATE)
        WHEN {column} IS NULL OR NOT regexp_matches({column}, '\\d') THEN NULL
        WHEN regexp_full_match({column}, {literal(_YEAR_FIRST)})
            THEN try_cast(split_part(replace({column}, 'T', ' '), ' ', 1) AS DATE)
        WHEN regexp_full_match({bare}, {literal(_SHORT_YEAR)}) AND NOT regexp_full_match({bare}, '\\d{{4}}.*')
            THEN CAST(try_strptime({bare}, {_list(_short(words))}) AS DATE)
        ELSE CAST(try_strptime({bare}, {_list(_OTHER_YEAR_FIRST + words)}) AS DATE) END"""


def year_first(column: str) -> str:
    """An SQL expression: whether the text in ``column`` begins with a year of four digits."""
    return f"regexp_matches({column}, '^\\d{{4}}')"


def swapped(column: str) -> str:
    """An SQL expression: whether the text in ``column`` looks month-first (its second number is over 12)."""
    return f"regexp_matches({column}, '^(0?[1-9]|1[0-2])[-/.](1[3-9]|2\\d|3[01])[-/.]')"


def _late(style: DateStyle) -> tuple[str, ...]:
    """Forms for strptime in which the year comes last."""
    return _NUMBERS["month-first" if style == "month-first" else "day-first"] + _MONTH_IN_WORDS


def _short(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form.replace("%Y", "%y") for form in forms)


def _list(forms: Sequence[str]) -> str:
    return "[" + ", ".join(literal(form) for form in forms) + "]"


def reads_like_a_day(text: str) -> bool:
    """Whether a text begins as dates in numbers do: for telling values from headings."""
    return bool(re.match(r"\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})", text))
