"""Dates of the calendar as people write them in a sentence, and how fine each is; dates of birth among them.

Months, seasons and feasts alone ("in March", "that Christmas") say nothing about the calendar and are left
alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..shown import Grain
from .codes import Match
from .findings import Confidence, What
from .scan import scan

_MONTH_PART: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)"
)
#: A month as a word of its own.
_MONTH: Final = rf"{_MONTH_PART}(?![A-Za-z])"
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])(?:\s?(?:st|nd|rd|th))?"
_TEENS: Final = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_TENS: Final = rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s\-](?:{_ONES}))?"
_DAY_WORD: Final = (
    r"(?:(?:twenty|thirty)[\s\-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|first|second|third"
    r"|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_YEAR_WORD: Final = (
    rf"(?:two\s+thousand(?:\s+and)?\s+(?:{_TENS}|{_TEENS}|{_ONES})"
    rf"|(?:nineteen|twenty)[\s\-]+(?:{_TENS}|{_TEENS}|oh[\s\-](?:{_ONES})|hundred))"
)
_CENTURY: Final = r"(?:1[89]|20)\d\d"
_YEAR: Final = rf"(?:{_CENTURY}|[‘’'`]\d\d|{_YEAR_WORD})"
_ANY_YEAR: Final = rf"(?:{_CENTURY}|[‘’'`]?\d\d(?!\d)|{_YEAR_WORD})"
_FEAST: Final = r"(?:spring|summer|autumn|winter|easter|christmas|xmas)"
_A_DAY: Final = rf"(?:{_DAY}|{_DAY_WORD})"
_OF: Final = r"[\s,.\-/]{1,3}(?:of\s+)?"
#: Units that make a number like 2016 an amount.
_UNITS: Final = (
    r"(?:mg|ml|mcg|g|kg|km|m|cm|miles?|metres?|people|pounds?|quid|euros?|calories|kcal|steps|words|units?"
    r"|pages?|hours?|minutes?|days|times|tablets|patients|households|homes|beds|children|others"
    r"|per|percent|p)\b"
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a date: its pattern and how finely it tells the time."""

    pattern: re.Pattern[str]
    grain: Grain


def _form(pattern: str, grain: Grain, flags: int = re.IGNORECASE) -> _Form:
    return _Form(re.compile(rf"(?<![A-Za-z0-9£$€])(?:{pattern})(?![A-Za-z0-9])", flags), grain)


_NUMBERS: Final = (
    r"(?P<d>\d{1,2})\s?(?P<sep>[/.\-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>(?:1[89]|20)\d\d|\d\d)"
)
_ISO: Final = rf"{_CENTURY}\s?(?P<sep>[/.\-])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<d>\d{{1,2}})"
#: Also in small letters, "may" and "march" are months after a day and before a year.
_FORMS: Final = (
    _form(_NUMBERS, Grain.DAY),
    _form(_ISO + r"(?:[T\s]\d\d:\d\d(?::\d\d)?)?", Grain.DAY),
    _form(rf"{_CENTURY}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", Grain.DAY),
    _form(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d", Grain.DAY),
    _form(rf"{_A_DAY}(?:{_OF})?{_MONTH_PART}[\s,.\-/]{{0,3}}{_ANY_YEAR}", Grain.DAY),
    _form(rf"{_A_DAY}\s?(?:of\s+)?(?!may\b|mar\b|march\b){_MONTH}", Grain.DAY),
    _form(rf"{_A_DAY}\s?(?:of\s+)?(?:May|March|Mar|MAY|MARCH|MAR)\b", Grain.DAY, 0),
    _form(rf"(?:the\s+)?{_DAY_WORD}\s+of\s+{_MONTH}", Grain.DAY),
    _form(rf"{_MONTH}[\s,.\-/]{{1,2}}(?:the\s+)?{_A_DAY}[\s,.\-/]{{1,3}}{_YEAR}", Grain.DAY),
    _form(
        rf"(?!may\b|mar\b|march\b){_MONTH}\s(?:the\s+)?(?:{_DAY}(?!\d|:|[.,]\d|\s?{_UNITS})|{_DAY_WORD})",
        Grain.DAY,
    ),
    _form(
        rf"(?:May|March|Mar)\s(?:3[01]|[12]\d|0?[1-9])(?:\s?(?:st|nd|rd|th))?(?!\d|:|[.,]\d|\s?{_UNITS})",
        Grain.DAY,
        0,
    ),
    _form(rf"(?:the\s+)?{_DAY_WORD}\s+of\s+the\s+{_DAY_WORD}[\s,]+(?:{_YEAR_WORD}|{_TENS})", Grain.DAY),
    _form(r"(?<=\bon\s)(?:the\s)?(?:3[01]|[12]\d|0?[1-9])/(?:1[0-2]|0?[1-9])(?!/)", Grain.DAY),
    _form(rf"{_MONTH}[\s,.\-/]{{0,3}}(?:of\s+)?{_YEAR}", Grain.MONTH),
    _form(rf"(?:1[0-2]|0?[1-9])\s?[/.\-]\s?{_CENTURY}", Grain.MONTH),
    _form(rf"{_CENTURY}[/\-](?:1[0-2]|0[1-9])(?!/|-)", Grain.MONTH),
    _form(rf"{_MONTH_PART}[\-/][‘’'`]?\d\d(?!\d|[/\-])", Grain.MONTH),
    _form(rf"{_FEAST}\s+(?:of|in)\s+\d\d(?=\s*(?:[.,;:!?)]|$))", Grain.SEASON),
    _form(rf"{_FEAST}\s+(?:of\s+|in\s+)?{_YEAR}(?:/\d\d)?", Grain.SEASON),
    _form(rf"Q[1-4][\s/\-]*{_CENTURY}|{_CENTURY}[\s/\-]*Q[1-4]", Grain.QUARTER),
    _form(rf"{_CENTURY}\s?[/\-]\s?(?:{_CENTURY}|\d\d)(?!\d|-)", Grain.YEAR),
    _form(
        rf"(?<![\d.,#:])(?<!\bno\. )(?<!\broom )(?<!\bflat )(?<!\d{{4}} )(?<!\bAct )(?<!\bAct, )"
        rf"(?<!\bowed )(?<!\bpaid ){_CENTURY}s?(?!\s?{_UNITS}|\s?%|[.,]\d|\d)",
        Grain.YEAR,
    ),
    _form(r"(?<=\bin\s)[‘’'`]\d\d|(?<=\bof\s)[‘’'`]\d\d|(?<=\bsince\s)[‘’'`]\d\d", Grain.YEAR),
    _form(r"FY\s?(?:20)?\d\d(?:\s?[/\-]\s?\d\d)?", Grain.YEAR),
    _form(_YEAR_WORD, Grain.YEAR),
)
_FINENESS: Final = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.SEASON, Grain.YEAR)

_FULL: Final = (
    rf"(?:{_A_DAY}{_OF}{_MONTH}[\s,.\-/]{{0,3}}{_ANY_YEAR}"
    rf"|{_MONTH}[\s,.\-/]{{1,2}}(?:the\s+)?{_A_DAY}[\s,.\-/]{{1,3}}{_ANY_YEAR}"
    rf"|{_A_DAY}\s?(?:of\s+)?{_MONTH}|{_CENTURY}[\s/.\-]{{1,3}}\d{{1,2}}[\s/.\-]{{1,3}}\d{{1,2}}(?!\d)"
    rf"|\d{{1,2}}[\s/.\-,|]{{1,3}}\d{{1,2}}[\s/.\-,|]{{1,3}}(?:{_CENTURY}|[‘’'`]?\d\d)(?!\d)"
    rf"|(?:the\s+)?{_DAY_WORD}\s+of\s+the\s+{_DAY_WORD}[\s,]+(?:{_YEAR_WORD}|{_TENS})"
    rf"|{_MONTH}\s+(?:of\s+)?{_YEAR}|(?:3[01]|[12]\d|0?[1-9])/(?:1[0-2]|0?[1-9])(?!/?\d))"
)
_LABEL: Final = r"(?:\bd[\s.\-/]{0,2}o[\s.\-/]{0,2}b\b\.?|\bdate[\s\-]+of[\s\-]+birth\b|\bbirth[\s\-]?date\b)"
_LABELLED: Final = re.compile(_LABEL, re.IGNORECASE)
_BIRTH: Final = re.compile(
    rf"(?:{_LABEL}|\bborn\b|\bb(?:irth)?-?day\b|\bbirth\b|\bb\.(?=\s?\d))[^\d!?]{{0,40}}?"
    rf"(?<![\dA-Za-z])(?P<date>{_FULL})(?![\dA-Za-z])",
    re.IGNORECASE,
)
_BIRTH_DIGITS: Final = re.compile(
    rf"{_LABEL}[^\d!?\n]{{0,25}}(?P<date>\d{{8}}|\d{{6}}|{_CENTURY})(?!\d|[/.\-]\d)", re.IGNORECASE
)
_BIRTH_AFTER: Final = re.compile(rf"(?<![\dA-Za-z])(?P<date>{_FULL})\s*[(\[,\-]?\s*{_LABEL}", re.IGNORECASE)
#: A birthday of which only the day is told: "her birthday the 15th", "happy birthday for the 30th".
_BIRTHDAY: Final = re.compile(
    r"(?P<date>\bb(?:irth)?-?day,?\s(?:(?:is|was|on|for|next|falls|this|coming|up)\s){0,3}the\s\d{1,2}(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)


def birth_dates(text: str) -> Iterator[Match]:
    """Dates that the words beside them call somebody's birth; a birthday without its year too."""
    after = scan(_BIRTH_AFTER, text)
    labelled = next(scan(_LABELLED, text), None) is not None
    for match in (
        *scan(_BIRTH, text),
        *scan(_BIRTH_DIGITS, text),
        *scan(_BIRTHDAY, text),
        *(after if labelled else ()),
    ):
        yield What.BIRTH_DATE, *match.span("date"), Confidence.CERTAIN


def dates(text: str, grain: Grain | None) -> Iterator[Match]:
    """Dates told more finely than ``grain``; every date where there is no calendar at all (``None``)."""
    for form in _FORMS:
        if grain is not None and _FINENESS.index(form.grain) >= _FINENESS.index(grain):
            continue
        for match in scan(form.pattern, text):
            if _is_date(match):
                yield What.DATE, *match.span(), Confidence.LIKELY


def _is_date(match: re.Match[str]) -> bool:
    """Whether numbers like 12/03/81 can be a day and a month, either way round."""
    parts = match.groupdict()
    if "d" not in parts:
        return True
    day, month = int(parts["d"]), int(parts["m"])
    if match["sep"] == ".":
        return 1 <= day <= 31 and 1 <= month <= 12
    return 1 <= min(day, month) <= 12 and 1 <= max(day, month) <= 31
