"""Dates as people write them in a spreadsheet, read into EDTF.

Anything that is EDTF already stays as it is. Everything else is tried as one date (``human_date_forms``), then as
two with a dash or "to" between. What can't be, or can be read two ways, raises ``NotADate`` with what would be
right.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .dates import OPEN, check_date, check_span
from .human_date_forms import MONTH, SEASON, NotADate, checked, one_date, short
from .messages import message

__all__ = ["NotADate", "When", "read_date", "read_end", "read_when"]

#: Excel's day 0, and the serial numbers (1954 to 2119) that are taken for days when written as text.
_EXCEL_ZERO = dt.date(1899, 12, 30)
#: From here on a number is a day as in 20170312.
_WHOLE_DAYS = 15_000_000
_MINUTE = 1 / 24 / 60
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?", re.ASCII)
_HOLDS_DAY = re.compile(r"\d[^\d]+\d|\d{8}|[a-z]", re.ASCII)
_DASHES = re.compile("[\u2010-\u2014\u2212]")
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?|\d{1,2} ?[ap]m|\d{4} ?h(?:ou)?rs?"
_PART_OF_DAY = "[ap]m|morning|midday|noon|lunchtime|afternoon|evening|night|midnight"
_ROUGHLY = r"(?:approx(?:\.|imately)?|about|around|c\.) ?"
_TIME = re.compile(
    rf"(?:[ t,]+|[ ,]+(?:at|in the) )\(?"
    rf"(?P<time>(?:{_ROUGHLY})?(?:{_CLOCK})(?: ?(?:-|to) ?(?:{_CLOCK}))?|{_PART_OF_DAY})\)?"
    r"(?:z|[+-]\d\d:?\d\d)?$",
    re.ASCII,
)
_TIME_FIRST = re.compile(rf"^(?P<time>{_CLOCK})(?: on)?[ ,]+", re.ASCII)
_WEEKDAY = re.compile(r"^(?:on )?(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?[ ,.]+")
_ABOUT = re.compile(
    r"^(?:c\.? ?(?=\d)|c\.? |ca\.? |circa |about |around |approx(?:\.|imately)? |roughly |~ ?)|(?:~| "
    r"approx\.?|,? \(?(?:exact )?date (?:unknown|not known|unclear|approximate)\)?)$"
)
_UNSURE = re.compile(
    r"^(?:maybe |perhaps |possibly |probably )|(?: ?\(?\?+\)?| \(?(?:not sure|unsure|maybe|uncertain)\)?)$"
)
_FROM = re.compile(r"^(?:from|since|starting|began)[ :]+")
_ON = re.compile(
    r"[ ,-]*(?:onwards?|\(?ongoing\)?|\(?continuing\)?|to (?:date|now|present)|to the present)$|[ "
    r"-]+(?:present|now|today|current|date)$| ?- *$"
)
_ONGOING = frozenset(
    {
        "..",
        "ongoing",
        "on going",
        "on-going",
        "present",
        "to date",
        "now",
        "current",
        "still open",
        "open",
        "continuing",
    }
)
_BETWEEN: Final = re.compile(r" *(?:-|/| to | until | till | through | and |&) *")
_SHORT_LEFT = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ .,]*(?:of )?|(?:early|mid|late)[ -]+)?(?:{MONTH}|{SEASON})", re.ASCII
)


@dataclass(frozen=True, slots=True)
class When:
    """A date and an end as a contact holds them (EDTF); ``time`` is a time of day that was written beside, or ""."""

    date: str
    end: str = ""
    time: str = ""
    #: The date is a stretch ("early 2016") rather than a beginning and an end.
    vague: bool = False


Cell = str | int | float | dt.date | dt.datetime


def read_when(date: Cell, end: Cell = "") -> When:
    """What a row's date and end cells say together. Raises NotADate, also where the end comes first."""
    when, ends = read_date(date), read_end(end)
    if not ends:
        return _fitting(when)
    if when.vague:
        return _fitting(When(when.date.partition("/")[0], ends, when.time))
    if when.end or "/" in when.date:
        raise NotADate(
            message('"{text}" already says when it ended', text=short(str(date))),
            message("leave the end empty, or give one date"),
        )
    return _fitting(When(when.date, ends, when.time))


def _fitting(when: When) -> When:
    try:
        check_span(when.date, when.end)
    except ValueError as error:
        what, _, instead = str(error).partition("; ")
        raise NotADate(message("{what}", what=what), message("{instead}", instead=instead)) from error
    return when


def read_date(cell: Cell) -> When:
    """The date (or two) that one cell says. Raises NotADate."""
    if isinstance(cell, dt.datetime):
        return When(f"{cell:%Y-%m-%d}".zfill(10), time=f"{cell:%H:%M}" if cell.time() != dt.time() else "")
    if isinstance(cell, dt.date):
        return When(cell.isoformat())
    if isinstance(cell, int | float):
        return _number(cell)
    return _read(cell)


def read_end(cell: Cell) -> str:
    """The end that one cell says: "" for an empty cell, ".." for "ongoing", else EDTF. Raises NotADate."""
    if isinstance(cell, str):
        tidy = _tidy(cell)
        if not tidy or tidy in _ONGOING:
            return OPEN if tidy else ""
    when = read_date(cell)
    if when.end or ("/" in when.date and not when.vague):
        raise NotADate(
            message('"{text}" is two dates', text=short(str(cell))), message("an end is one date, or ongoing")
        )
    return when.date.rpartition("/")[2]


def _number(number: float) -> When:
    """A number from a spreadsheet: a year, or a day as Excel counts them."""
    if number == int(number) and (100 <= number <= 9999 or number >= _WHOLE_DAYS):
        return _read(str(int(number)))
    if not _SERIAL.fullmatch(str(number)):
        raise NotADate(
            message(
                '"{text}" is not a date we can read',
                text=short(f"{number:g}" if number > 1e9 else str(number)),
            )
        )
    day = (_EXCEL_ZERO + dt.timedelta(days=int(number))).isoformat()
    return When(day, time=_clock(number % 1) if number % 1 >= _MINUTE else "")


def clock_of(text: str) -> str:
    """A time of day as people write it, of the part of a day that a spreadsheet holds (0.5); else ``text`` as it is."""
    return _clock(float(text)) if re.fullmatch(r"0?\.\d+", text.strip(), re.ASCII) else text


def _clock(part: float) -> str:
    minutes = min(round(part * 24 * 60), 24 * 60 - 1)
    return f"{minutes // 60:02}:{minutes % 60:02}"


@lru_cache(maxsize=65536)
def _read(text: str) -> When:
    try:
        return When(check_date(text))
    except ValueError:
        return _as_people_write(_tidy(text))


def _tidy(text: str) -> str:
    """Small letters, ordinary dashes and digits, single spaces."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text[:200]))
    return " ".join(plain.lower().split()).strip(" .,;") if plain.strip() != OPEN else OPEN


def _as_people_write(text: str) -> When:
    if not text:
        raise NotADate(message("there is no date"), message("give at least the year, like c. 2015"))
    if _SERIAL.fullmatch(text):
        return _number(float(text))
    if match := _TIME.search(text):
        return When(_one(text[: match.start()]), time=match["time"])
    if (match := _TIME_FIRST.search(text)) and _HOLDS_DAY.search(text, match.end()):
        return When(_one(text[match.end() :]), time=match["time"])
    try:
        return _simple(text)
    except NotADate as why:
        return _two(text, why)


def _simple(text: str) -> When:
    """One date, or a date that something went on from."""
    going_on = _ON.search(text)
    started = _FROM.match(text)
    if going_on and going_on.start():
        return When(_one(_FROM.sub("", text[: going_on.start()])).partition("/")[0], OPEN)
    if started and not _BETWEEN.search(text, started.end()):
        return When(_one(text[started.end() :]).partition("/")[0], OPEN)
    date = _one(text)
    return When(date, vague="/" in date)


def _one(text: str) -> str:
    """One date with what says that it is about, or not sure."""
    marks = set()
    for mark, pattern in (("?", _UNSURE), ("~", _ABOUT), ("?", _UNSURE), ("~", _ABOUT)):
        shorter = pattern.sub("", text)
        if shorter != text and shorter:
            marks.add(mark)
            text = shorter
    date = one_date(
        re.sub(
            r"^(?:in|on|over|during|throughout|all of|some ?time in|the year) ",
            "",
            _WEEKDAY.sub("", text.strip(" .,")),
        )
    )
    return "/".join(_marked(side, marks) for side in date.split("/"))


def _marked(date: str, marks: set[str]) -> str:
    found = marks | set(date[-1:]) & {"?", "~"}
    mark = "%" if len(found) == 2 else "".join(found)
    return date.rstrip("?~") + mark


def _two(text: str, why: NotADate) -> When:
    """Two dates with a dash or "to" between; the first may leave out what the second says."""
    text = re.sub(r"^(?:from|between) ", "", text)
    found = {
        when
        for between in _BETWEEN.finditer(text)
        if (when := _pair(text[: between.start()], text[between.end() :]))
    }
    if not found:
        raise why
    if len(found) > 1:
        raise NotADate(
            message('"{text}" can be read two ways', text=short(text)),
            message('write "12/03/2017 to 14/03/2017"'),
        )
    return _in_order(found.pop(), text)


def _pair(left: str, right: str) -> When | None:
    try:
        last = _one(right).rpartition("/")[2]
        return When(_one(_completed(left, last)).partition("/")[0], last)
    except NotADate:
        return None


def _completed(left: str, last: str) -> str:
    """``left`` with the month and year it takes from the second date."""
    year, month = last[:4], last[5:7]
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", left) and len(last) >= 10:
        return f"{int(re.sub('[a-z]', '', left))}/{month}/{year}"
    if re.fullmatch(r"\d{1,2}[./]\d{1,2}", left) and len(last) >= 10:
        return left.replace(".", "/") + f"/{year}"
    return f"{left} {year}" if _SHORT_LEFT.fullmatch(left) else left


def _in_order(when: When, text: str) -> When:
    try:
        check_span(when.date, when.end)
    except ValueError as error:
        raise NotADate(
            message('"{text}" ends before it begins', text=short(text)),
            message("put the earlier date first and give both years"),
        ) from error
    return When(checked(when.date), when.end)
