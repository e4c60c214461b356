"""Dates in agencies' files, as SQL: several styles, none guessed.

Year-first and day-first dates can stand in one column, as nobody can take one for the other. Month-first
dates are read only where the mapping says so. Times of day are checked and dropped: linked rows hold days.
"""

from __future__ import annotations

import re
from typing import Final

from ..dataset.engine import literal
from ..dataset.mapping import DateStyle

_TIME: Final = (
    r"[T ]+([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?( ?[AaPp][Mm])?( ?(Z|UTC|[+-]\d\d(:?\d\d)?))?"
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
#: Days outside these years are slips of the pen in an agency's records.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def quick_date_of(text: str) -> str:
    """An SQL expression: the DATE of a ``text`` (SQL too) in which the year comes first; of most others NULL.

    In most files that is every date. It is reckoned once for each different text, as ``date_of`` can't be. For "epoch"
    and "infinity" it gives days too: believe it only where the text begins with a number.
    """
    return f"CAST(try_strptime({text}, ['%Y-%m-%d', '%Y/%m/%d']) AS DATE)"


def sane(day: str) -> str:
    """An SQL expression: the ``day`` (an SQL name), or NULL where it lies in no sane year."""
    return f"CASE WHEN {day} BETWEEN DATE '{_FIRST_YEAR}-01-01' AND DATE '{_LAST_YEAR}-12-31' THEN {day} END"


def date_of(column: str, style: DateStyle) -> str:
    """An SQL expression: the DATE that the text in ``column`` (an SQL name) says, sane or not; NULL if it is none."""
    bare = f"regexp_replace({column}, {literal(_TIME + '$')}, '')"
    words = _NUMBERS["month-first" if style == "month-first" else "day-first"] + _MONTH_IN_WORDS
    short = tuple(form.replace("%Y", "%y") for form in words)
    return f"""CASE
        WHEN length({column}) = 10 AND regexp_full_match({column}, '{_PLAIN}') THEN try_cast({column} AS DATE)
        WHEN {column} IS NULL OR NOT regexp_matches({column}, '\\d') THEN NULL
        WHEN regexp_full_match({column}, {literal(_YEAR_FIRST)})
            THEN try_cast(split_part(replace({column}, 'T', ' '), ' ', 1) AS DATE)
        WHEN regexp_full_match({bare}, {literal(_SHORT_YEAR)}) AND NOT regexp_full_match({bare}, '\\d{{4}}.*')
            THEN CAST(try_strptime({bare}, {_list(short)}) AS DATE)
        ELSE CAST(try_strptime({bare}, {_list(_OTHER_YEAR_FIRST + words)}) AS DATE) END"""


def year_first(column: str) -> str:
    """An SQL expression: whether the text in ``column`` begins with a year of four digits."""
    return f"regexp_matches({column}, '^\\d{{4}}')"


def swapped(column: str) -> str:
    """An SQL expression: whether the text in ``column`` looks month-first (its second number is over 12)."""
    return f"regexp_matches({column}, '^(0?[1-9]|1[0-2])[-/.](1[3-9]|2\\d|3[01])[-/.]')"


def _list(forms: tuple[str, ...]) -> str:
    return "[" + ", ".join(literal(form) for form in forms) + "]"


def reads_like_a_day(text: str) -> bool:
    """Whether a text begins as dates in numbers do: for telling values from headings."""
    return bool(re.match(r"\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})", text))
