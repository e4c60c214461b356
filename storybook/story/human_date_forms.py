"""One date as people in the UK write it, turned into EDTF: each form is a pattern and what it means.

``12/03/17`` is 12 March 2017 (day first). Years of two digits are 1930 to 2029. Parts of a year are thirds of
it ("early 2016" is about January to April), parts of a month tens of days; both come out approximate (``~``).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from dateutil.easter import easter

from .dates import parse
from .messages import Message, message
from .problems import Problem

_NAMES: Final = (
    "jan(?:uary)?",
    "feb(?:r?uary)?",
    "mar(?:ch)?",
    "apr(?:il)?",
    "may",
    "june?",
    "july?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?",
)
MONTH: Final = "(?P<month>" + "|".join(_NAMES) + r")(?![a-z])\.?"
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
SEASON: Final = "(?P<season>" + "|".join(SEASONS) + ")"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>\d{4})"
_ANY_YEAR = r"(?P<y>\d{4}|['’]?\d{2})"
_PART = r"(?P<part>early|beginning(?: of)?|start(?: of)?|mid|middle of|late|end(?: of)?)"
_PARTS = {"e": 0, "b": 0, "s": 0, "m": 1, "l": 2}
_HELP = message("write it like 12/03/2017, March 2017, spring 2017, early 2017, c. 2017 or 2017")


class NotADate(ValueError):
    """What was written can't be taken for a date; ``problem`` says why and what would be right."""

    def __init__(self, what: Message, instead: Message = _HELP) -> None:
        self.problem = Problem(what, instead)
        super().__init__(str(self.problem))


def one_date(text: str) -> str:
    """EDTF for ``text`` (small letters, single spaces); an interval for "early 2016". Raises NotADate."""
    for pattern, meaning in _FORMS:
        if match := pattern.fullmatch(text):
            return meaning(match)
    for pattern, what, instead in _NEARLY:
        if pattern.fullmatch(text):
            raise NotADate(message(what, text=text), message(instead))
    raise NotADate(message('"{text}" is not a date we can read', text=short(text)))


def short(text: str) -> str:
    """``text`` short enough to stand in a sentence."""
    return text if len(text) <= 40 else text[:40] + "…"


def year_of(digits: str) -> int:
    """The year that two or four digits mean."""
    digits = digits.lstrip("'’")
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 30 else 1900)


def checked(edtf: str) -> str:
    """``edtf`` if there is such a date; else NotADate, in the words of the reader of EDTF."""
    try:
        return parse(edtf).text
    except ValueError as error:
        what, _, instead = str(error).partition("; ")
        raise NotADate(
            message("{what}", what=what), message("{instead}", instead=instead or str(_HELP))
        ) from error


def _day(year: int, month: int, day: int, text: str) -> str:
    if 13 <= month <= 31 and 1 <= day <= 12:
        raise NotADate(
            message('"{text}" has no month {month}', text=text, month=month),
            message("put the day first: {day}/{month}/{year}", day=month, month=day, year=year),
        )
    if not 1 <= month <= 12:
        raise NotADate(message('"{text}" has no month {month}', text=text, month=month))
    return _existing(year, month, day, text)


def _existing(year: int, month: int, day: int, text: str) -> str:
    last = calendar.monthrange(year or 2000, month)[1]
    if not 1 <= day <= last:
        raise NotADate(
            message('"{text}" is a day that does not exist', text=text),
            message("that month has days 1 to {last}", last=last),
        )
    return checked(f"{year:04}-{month:02}-{day:02}")


def _numbers(match: re.Match[str]) -> str:
    year, month, day = year_of(match["y"]), int(match["m"]), match.groupdict().get("d")
    if day:
        return _day(year, month, int(day), match[0])
    if not 1 <= month <= 12:
        raise NotADate(
            message('"{text}" has no month {month}', text=match[0], month=month),
            message("if it is two years, write {year}/{next}", year=year, next=year + 1),
        )
    return checked(f"{year:04}-{month:02}")


def _month_number(name: str) -> int:
    return next(n for n, pattern in enumerate(_NAMES, 1) if re.fullmatch(pattern, name))


def _words(match: re.Match[str]) -> str:
    year, month, day = year_of(match["y"]), _month_number(match["month"]), match.groupdict().get("d")
    return _day(year, month, int(day), match[0]) if day else checked(f"{year:04}-{month:02}")


def _season(match: re.Match[str]) -> str:
    year, second = year_of(match["y"]), match.groupdict().get("second")
    if second and (match["season"] != "winter" or int(second) % 100 != (year + 1) % 100):
        raise NotADate(message('"{text}" has two years', text=match[0]), message("write it with one year"))
    return checked(f"{year:04}-{SEASONS[match['season']]}")


def _year(match: re.Match[str]) -> str:
    return checked(match["y"].zfill(4))


def _decade(match: re.Match[str]) -> str:
    return checked(match["decade"] + "X")


def _quarter(match: re.Match[str]) -> str:
    year, last = match["y"], 3 * int(match["q"])
    return checked(f"{year}-{last - 2:02}/{year}-{last:02}")


def _feast(match: re.Match[str]) -> str:
    days = {"new year": "01-01", "easter": f"{easter(int(match['y'])):%m-%d}"}
    return checked(f"{match['y']}-{days.get(match['feast'], '12-25')}~")


def _week(match: re.Match[str]) -> str:
    first = one_date(match["rest"])
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", first):
        raise NotADate(message('"{text}" does not say which week', text=match[0]))
    if match["ends"]:
        return f"{dt.date.fromisoformat(first) - dt.timedelta(days=6)}/{first}"
    return f"{first}/{dt.date.fromisoformat(first) + dt.timedelta(days=6)}"


def _financial(match: re.Match[str]) -> str:
    first, second = int(match["y"]), int(match["second"])
    if second % 100 != (first + 1) % 100:
        raise NotADate(message('"{text}" is not a year from April to March', text=match[0]))
    return checked(f"{first}-04/{first + 1}-03")


def _part(match: re.Match[str]) -> str:
    whole, part = one_date(match["rest"]), 2 if match["part"].startswith("end") else _PARTS[match["part"][0]]
    if re.fullmatch(r"\d{4}", whole):
        return checked(f"{whole}-{4 * part + 1:02}~/{whole}-{4 * part + 4:02}~")
    if re.fullmatch(r"\d{3}X", whole):
        return checked("{0}{1}~/{0}{2}~".format(whole[:3], *((0, 3), (4, 6), (7, 9))[part]))
    return _part_of_month(whole, part, match[0])


def _part_of_month(whole: str, part: int, text: str) -> str:
    if re.fullmatch(r"\d{4}-2[1-4]", whole):
        return f"{whole}~"
    if not re.fullmatch(r"\d{4}-\d\d", whole):
        raise NotADate(message('"{text}" is not a date we can read', text=short(text)))
    last = calendar.monthrange(int(whole[:4]), int(whole[5:]))[1]
    return "{0}-{1:02}~/{0}-{2:02}~".format(whole, *((1, 10), (11, 20), (21, last))[part])


def _form(
    pattern: str, meaning: Callable[[re.Match[str]], str]
) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    return re.compile(pattern, re.ASCII), meaning


_FORMS: Final = (
    _form(r"(?P<y>\d{3,4})", _year),
    _form(rf"{_DAY} ?(?P<s>[ ./-]) ?(?P<m>\d{{1,2}}) ?(?P=s) ?{_ANY_YEAR}", _numbers),
    _form(r"(?P<y>(?:1[5-9]|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)", _numbers),
    _form(rf"{_YEAR}(?P<s>[./-])(?P<m>\d{{1,2}})(?:(?P=s)(?P<d>\d{{1,2}}))?", _numbers),
    _form(rf"(?P<m>\d{{1,2}})[ ./-]{_YEAR}", _numbers),
    _form(rf"{_DAY}[ .,/-]*(?:of )?{MONTH}[ ,/-]*{_ANY_YEAR}", _words),
    _form(rf"{MONTH}[ -]*{_DAY}(?:, ?| ){_YEAR}", _words),
    _form(rf"{MONTH}[ ,/-]*(?:of )?{_ANY_YEAR}", _words),
    _form(rf"{_YEAR}[ ,/-]*{MONTH}(?:[ /-]*{_DAY})?", _words),
    _form(rf"{SEASON}[ ,-]*(?:of )?{_ANY_YEAR}(?:[/-](?P<second>\d{{4}}|\d{{2}}))?", _season),
    _form(rf"{_YEAR}[ ,-]*{SEASON}", _season),
    _form(r"(?:the )?(?P<decade>\d{3})0['’]?s", _decade),
    _form(rf"q(?P<q>[1-4])[ /-]*{_YEAR}", _quarter),
    _form(rf"{_YEAR}[ /-]*q(?P<q>[1-4])", _quarter),
    _form(rf"(?:fy|financial year)[ :]*{_YEAR}[/-](?P<second>\d{{4}}|\d\d)", _financial),
    _form(rf"(?P<feast>christmas|xmas|new year|easter)[ ,]*{_YEAR}", _feast),
    _form(
        r"(?:w/?[cb]|we?e?k (?:of|commencing|beg(?:inning)?|start(?:ing)?)|(?P<ends>w/e|we?e?k end(?:ing)?))"
        r"[ :]+(?P<rest>.+)",
        _week,
    ),
    _form(rf"{_PART}[ -]+(?P<rest>.+)", _part),
)

#: (pattern, what is wrong, what would be right) of things that are nearly a date.
_NEARLY: Final = tuple(
    (re.compile(pattern, re.ASCII), what, instead)
    for pattern, what, instead in (
        (rf"{_DAY}[ .,/-]*(?:of )?{MONTH}", '"{text}" has no year', "add the year, like 12 March 2017"),
        (rf"{MONTH}(?:[ -]*{_DAY})?", '"{text}" has no year', "add the year, like 12 March 2017"),
        (SEASON, '"{text}" has no year', "add the year, like spring 2017"),
        (
            r"\d{1,2}[./-]\d{1,2}",
            '"{text}" can be read two ways: a month and a year, or a day without its year',
            "write March 2017 for a month, or 12/03/2017 for a day",
        ),
        (
            r"\d{1,2}[./-]\d{1,2}[./-]\d+",
            '"{text}" has a year that is not two or four digits',
            "write the year with four digits",
        ),
        (r"-\d+|\d{5,}|\d+ ?bc", '"{text}" is outside the years we can show', "years run from 1 to 9999"),
        (
            r"[?-]+|n/?[kar]|tbc|unknown|not known|not recorded|unsure|no date",
            "there is no date",
            "give at least the year, like c. 2015",
        ),
        (
            r"today|yesterday|now|(?:last|this) .+|recently|ongoing|current|present",
            '"{text}" does not say when',
            "give at least the year, like 2017 or c. 2015",
        ),
        (
            r"(?:before|after|by|pre|post)[ -].+",
            '"{text}" does not say how long before or after',
            "give a range such as 2014 to 2016, or c. 2015",
        ),
    )
)
