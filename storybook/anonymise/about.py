"""What a text says about a person that few share: age, origin, trade, sums, days the whole country knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from .codes import Detector, Match
from .findings import Confidence, What
from .words import words

_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_TEENS: Final = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS: Final = rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s\-](?:{_ONES}))?"
_COUNT: Final = rf"(?:1[01]\d|\d{{1,2}}|{_TENS}|{_TEENS}|{_ONES})"
_AGES: Final = (
    re.compile(
        rf"\b(?:aged?|at the age of|age of|turned|turning|turns)\s*[:\-]?\s*(?:only\s+"
        rf"|just\s+)?(?P<id>{_COUNT}(?:\s*(?:years?|months?|weeks?)(?:\s+old)?)?)\b(?!\s*(?:minutes"
        rf"|hours|days|times|%|[ap]m))", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?P<id>{_COUNT}[\s\-]*(?:years?|yrs?|months?|weeks?)[\s\-]+old)\b", re.IGNORECASE),
    re.compile(r"(?<!\w)(?P<id>\d{1,3}\s?(?:yo|y/o|y\.o\.?|yrs old))(?!\w)", re.IGNORECASE),
    re.compile(
        rf"\b(?:he|she|i|they|who)(?:\s+(?:is|was|were|am)|['’](?:s|m|re))\s+(?:(?:now|only|just"
        rf"|about|nearly|almost)\s+)?(?P<id>{_COUNT})(?=\s*(?:[.,;:!?)]|$|and\b|when\b|now\b|at\b"
        rf"|but\b))(?!\s*[.,]\d)", re.IGNORECASE),
    re.compile(
        rf"\b(?:when|since|until|till|from when)\s+(?:i|he|she|they|we)\s+(?:was|were)\s+(?:only\s+"
        rf"|just\s+|about\s+)?(?P<id>{_COUNT})\b(?!\s*(?:weeks|months|minutes|miles|stone|foot|days"
        rf"|hours))", re.IGNORECASE),
    re.compile(r"(?<=[A-Za-z])\s*\((?:aged?\s*)?(?P<id>[1-9]\d?)\)"),
    re.compile(
        rf"\b(?P<id>{_COUNT}(?:st|nd|rd|th)|(?:eighteen|twenty|thirt|fort|fift|sixt|sevent)ie?th"
        rf"|twenty[\s\-]first)\s+birthday\b", re.IGNORECASE),
)  # fmt: skip

_MONEY: Final = re.compile(
    r"(?<![\w.])(?:(?:£|\$|€)\s?\d[\d,.]*\d{2}\b(?:\s?(?:k|m|million|thousand|bn))?|(?:£|\$"
    r"|€)\s?\d+(?:\.\d+)?\s?(?:k|m|million|thousand|bn)\b"
    r"|(?:EUR|GBP|USD|TRL|TRY|PLN|SEK|NOK|DKK|CHF|FRF|DEM|ATS|RUB|UAH|CZK|HUF|RON|BGN|ITL"
    r"|ESP)\s?\d[\d,. ]*\d(?:\s(?:million|billion))?"
    r"|\d[\d,. ]*\d?\s?(?:pounds|quid|euros?|dollars|[A-Z][a-z]+ (?:liras?|zlotys?|kron[aeo]r?"
    r"|francs?|marks|roubles?))\b(?:\s?\([A-Z]{3}\))?"
    r"|\d[\d,.]*\d\s?(?:EUR|GBP|USD|TRL|TRY|PLN|SEK|NOK|DKK|CHF|FRF|DEM|ATS)\b)"
)
_FEW: Final = re.compile(
    r"(?<![\w.,£$€])\d{1,3}(?:\.\d+)?\s?(?:%|per cent\b|percent\b|hectares?\b"
    r"|sq(?:uare)?\.? ?m(?:etres)?\b|m²)"
)

_WORKED: Final = (
    r"(?:(?:work(?:s|ed|ing)?|trained|qualified|employed|job|career"
    r"|apprentic\w+)\s+(?:there\s+)?(?:as|for|in|at)\s+(?:an?\s+|the\s+)?|\b(?:ex|former"
    r"|retired|trainee|self-employed|one-time|unemployed)[\s\-]+"
    r"|\b(?:i|he|she|who|father|mother|dad|mum|husband|wife|brother|sister|son|daughter"
    r"|partner|applicant)\s+(?:is|was|had been|used to be|became|had become)\s+(?:an?"
    r"|the)\s+(?:\w+ly\s+)?)"
)


@cache
def _trade() -> re.Pattern[str]:
    heads = "|".join(sorted(words().occupations, key=len, reverse=True))
    return re.compile(rf"{_WORKED}(?P<id>(?:[a-z\-]+\s+){{0,2}}?(?:{heads}))s?\b", re.IGNORECASE)


_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’\-]+")
_ORIENTED: Final = re.compile(
    r"\b(?:gay|lesbian|bisexual|transgender|trans (?:man|woman)|non-binary|asylum[\s\-]seeker"
    r"|refugee|wheelchair user|deaf|blind|amputee|dwarfism|black (?:man|woman|boy|girl)"
    r"|white (?:man|woman)|mixed race|mixed-race"
    r"|transsexual|homosexual)\b", re.IGNORECASE,
)  # fmt: skip
#: Days and weeks that anybody can look up.
_EVENT: Final = re.compile(
    r"\b(?:(?:the\s+)?(?:(?:(?:day|week|weekend|night|morning|summer|year)s?\s+(?:of|before"
    r"|after|that|when)\s+)(?:the\s+)?)?"
    r"(?:royal wedding|(?:golden|diamond|platinum|silver|queen['’]s)\s+jubilee|jubilee weekend"
    r"|queen['’]s (?:funeral|death)|king['’]s coronation|coronation|(?:london\s+)?olympics"
    r"|commonwealth games|world cup(?:\s+final)?|euros final"
    r"|(?:brexit|eu|independence|scottish)\s+(?:vote|referendum)|general election|(?:first"
    r"|second|third)\s+lockdown|lockdown|grenfell(?:\s+(?:fire|tower))?"
    r"|manchester (?:arena )?(?:bomb\w*|attack)|(?:london|2011|summer)\s+riots|7/7|9/11"
    r"|twin towers"
    r"|beast from the east|storm\s+(?!in\b|and\b|off\b|out\b)[A-Z][a-z]+|solar eclipse"
    r"|total eclipse|princess diana(?:['’]s (?:death|funeral))?|millennium (?:eve|night)"
    r"|champions league final|fa cup final|boat race|grand national"
    r"|city of culture|foot and mouth|poll tax riots?|miners['’] strike|falklands(?: war)?"
    r"|hillsborough|bradford fire|dunblane|lockerbie|london bridge attack|westminster attack"
    r"|clap for carers|eat out to help out|coventry blitz))\b",
    re.IGNORECASE,
)


def ages(text: str) -> Iterator[Match]:
    """Ages in years, months or weeks, however they are said; bands ("in her thirties") are none."""
    for pattern in _AGES:
        for match in pattern.finditer(text):
            yield What.AGE, *match.span("id"), Confidence.LIKELY


def origins(text: str) -> Iterator[Match]:
    """Where somebody is from, what they believe, whom they love, what they work as."""
    known = words().demonyms
    for match in _WORD.finditer(text):
        if match.group()[0].isupper() and match.group().lower().replace("’", "'") in known:
            yield What.ORIGIN, *match.span(), Confidence.POSSIBLE
    for match in _ORIENTED.finditer(text):
        yield What.ORIGIN, *match.span(), Confidence.POSSIBLE
    for match in _trade().finditer(text):
        yield What.TRADE, *match.span("id"), Confidence.POSSIBLE


def amounts(text: str) -> Iterator[Match]:
    """Sums of money, shares and areas."""
    for match in (*_MONEY.finditer(text), *_FEW.finditer(text)):
        if len(re.sub(r"\D", "", match.group())) > 2:
            yield What.AMOUNT, *match.span(), Confidence.POSSIBLE


def events(text: str) -> Iterator[Match]:
    """Public events: "the week of the royal wedding" is a date."""
    for match in _EVENT.finditer(text):
        yield What.EVENT, *match.span(), Confidence.LIKELY


DETECTORS: Final[tuple[Detector, ...]] = (ages, origins, amounts, events)
