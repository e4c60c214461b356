"""What a text says about a person that few share: age, origin, trade, sums, days the whole country knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from .codes import Detector, Match
from .findings import Confidence, What
from .scan import scan
from .words import words

_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_TEENS: Final = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS: Final = rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s\-](?:{_ONES}))?"
_COUNT: Final = rf"(?:1[01]\d|\d{{1,2}}|{_TENS}|{_TEENS}|{_ONES})"
_BARELY: Final = (
    r"(?:(?:now|only|just|about|nearly|almost|barely|still|really|already|around|turning"
    r"|gone)\s+)*"
)
_SPAN: Final = r"\s?(?:years?|yrs?|months?|mths?|weeks?|wks?)"
_AGES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (rf"\b(?:aged?|age is|turned|turning"
        rf"|turns)\s*[:\-]?\s*{_BARELY}(?P<id>{_COUNT}(?:{_SPAN}(?:\s+old)?)?)\b"
        r"(?!\s*(?:minutes|hours|days|times|%|[ap]m|into|down|up|out|off))"),
        rf"(?<!\w)(?P<id>{_COUNT}[\s\-]*(?:years?|yrs?|months?|mths?|weeks?)(?:[\s\-]+old|\s+of\s+age))\b",
        rf"\b(?P<id>age\s+of\s+{_COUNT}(?:{_SPAN})?)\b",
        r"(?<!\w)(?P<id>\d{1,3}\s?(?:yo|y/o|y\.o\.?|yrs old)|[2-9]\dish)(?!\w)",
        (rf"\b(?:he|she|i|they|who|ur|you|tae|to)(?:\s+(?:is|was|wis|were|am|be)|['’](?:s|m"
        rf"|re))?\s+{_BARELY}(?P<id>{_COUNT})"
        r"(?=\s*(?:[.,;:!?)—–]|$|and\b|when\b|now\b|at\b|but\b|man\b|it['’]s\b))(?!\s*[.,:]\d)"),
        rf"\b(?:is|was|wis)\s+{_BARELY}(?P<id>\d\d)(?=\s*(?:[.,;!?)]|$|love\b|now\b|and\b))(?!\s*[.,:]\d)",
        (rf"\b(?:when|since|until|till|from when)\s+(?:i|he|she|they|we)\s+(?:was|were"
        rf"|wis)\s+{_BARELY}(?P<id>{_COUNT})\b"
        r"(?!\s*(?:weeks|months|minutes|miles|stone|foot|days|hours))"),
        rf"(?<=[A-Za-z])\s*\((?:aged?\s*)?(?P<id>[1-9]\d?(?:{_SPAN})?)\)",
        (rf"\b(?P<id>{_COUNT}(?:st|nd|rd|th)|(?:eighteen|twent|thirt|fort|fift|sixt|sevent)ie?th"
        rf"|twenty[\s\-]first)\s+birthday\b"),
        r"(?<=[a-z]),\s(?P<id>[1-9]\d?)(?=\s*(?:[.;)\n]|,(?!\s?\d)|$))(?!\s*[.,:]\d)",
        rf"[A-Z][a-z]{{1,40}},\s(?P<id>{_COUNT}{_SPAN})(?=\s*(?:[.,;)\n&]|$))",
        rf"(?<=[a-z][a-z]),\s(?P<id>{_COUNT}\s?(?:yrs|mths|wks))(?=\s*(?:[.,;)\n&]|$))",
        (rf"\b(?:man|woman|lad|lass|girl|boy|male|female|youth|child|[MF])\s+(?:of|aged|approx\.?"
        rf"|approximately|about|around)\s+(?P<id>{_COUNT})\b"
        r"(?!\s*(?:minutes|mins|hours|hrs|days|weeks|months|miles|times|%))"),
        (r"(?<!\w)(?P<id>[1-9]\d\s?[MF])(?=[\s,.;)])|\b(?:male|female|boy|girl|man"
        r"|woman)[,:]?\s(?P<id2>[1-9]\d?)(?=[,.;)\n])"),
        (r"\bat\s+(?P<id>(?:thir|four|fif|six|seven|eigh|nine)teen|1[3-9])(?=\s*(?:[.,;](?!\d)"
        r"|\n|$|because\b|and\b|when\b|with\b|i\b|he\b|she\b))"),
        r"\b(?P<id>(?:Year|Yr)\s(?:1[0-3]|[1-9])|Y(?:1[0-3]|[1-9]))\b",
        rf"(?:^|[.!?]\s+)(?:Now\s+)?(?P<id>(?:{_TENS}|[2-9]\d))(?=\.(?:\s|$)|,\s[a-z])",
        (rf"\b(?:will|to|gonna|about to)\s+be\s+(?P<id>{_COUNT})"
        r"(?=\s*(?:[.,;!?]|$|on\b|in\b|next\b|this\b|come\b|when\b))(?!\s*[.,:]\d)"),
        rf"\b(?-i:[A-Z][a-z]+)(?<!Score)(?<!Total)(?<!Rent)\s(?:is|was)\s+{_BARELY}(?P<id>{_COUNT})(?=\s*(?:[.,;!?]|$))(?!\s*[.,:]\d)",
        (r"\b(?-i:Mrs?|Ms|Miss)\.?\s(?-i:[A-Z][\w’'\-]+)(?:\s(?-i:[A-Z][\w’'\-]+)){0,2},?\s(?:aged?\s)?"
        r"(?P<id>[1-9]\d)(?=[,.;)\s])(?!\s*[.,:/]\d)"),
        (rf"\b(?:son|daughter|boy|girl|baby|child|kid|twins?|lad|lass|sister|brother"
        rf"|gave name \w+),?\s+(?:\w+,\s+)?(?P<id>{_COUNT})(?=[,.;)])"),
    )
)  # fmt: skip

_ROUGHLY: Final = r"(?:(?:approximately|approx\.?|about|around|some|over|nearly)\s+)?"
_CURRENCY: Final = r"(?:EUR|USD|TRL|TRY|PLN|SEK|NOK|DKK|CHF|FRF|DEM|ATS|RUB|UAH|CZK|HUF|RON|BGN|ITL|ESP|GBP)"
_UNITS: Final = (
    r"(?:[Pp]ounds sterling|[Ll]iras?|[Zz]lotys?|[Kk]ron[aeo]r?|[Ff]rancs?|[Mm]arks?|[Rr]oubles?"
    r"|[Ss]chillings?|[Ee]uros?|[Dd]ollars)"
)
#: One of these is in whatever `_SENTENCE` finds by the words before, and so is a number of years.
_SENTENCED: Final = re.compile(
    r"sentenc|jailed|imprisoned|banged up|served|doing|got|given|imposed to one of", re.IGNORECASE
)
_COUNTED_TIME: Final = re.compile(rf"(?<=\s){_COUNT}[\s\-](?:year|month)", re.IGNORECASE)
#: This is in whatever it finds by the words after.
_PUNISHED: Final = (
    r"(?:imprisonment|in prison|prison sentence|custodial|custody|inside|suspended"
    r"|sentence|detention|community order)"
)
_OF_SENTENCE: Final = re.compile(
    rf"(?<=[\s\-])(?:year|month|week|day)s?['’]*(?:['’]s)?['’\"]*\s+{_PUNISHED}", re.IGNORECASE
)
#: Sums so large, or in money so foreign, that few had them; what people live on from week to week is no finding.
_MONEY: Final = re.compile(
    rf"(?<![\w.]){_ROUGHLY}(?:[£$€]\s?\d{{1,3}}(?:,\d{{3}})+(?<!£\d,\d{{3}})(?:\.\d\d)?\b"
    rf"|[£$€]\s?\d{{5,}}\b|[£$€]\s?\d+(?:\.\d+)?\s?(?:k|m|million|thousand|bn)\b"
    rf"|{_CURRENCY}\s?\d[\d,.]*\d(?:\s(?:million|billion))?|\d[\d,.]*\s(?:million\s"
    rf"|billion\s)?(?:[A-Z][A-Za-z]+ ){{0,2}}{_UNITS}(?:\s?\({_CURRENCY}\))?"
    rf"|\d[\d,.]*\s{_CURRENCY}\b)"
)
_SENTENCE: Final = re.compile(
    rf"(?P<id>(?:{_COUNT}|a)(?:\s+and\s+a\s+half)?[\s\-](?:years?|months?|weeks?"
    rf"|days?)(?:\s+and\s+{_COUNT}\s+(?:months?|weeks?|days?))?)['’]*(?:['’]s)?['’\"]*\s+"
    rf"{_PUNISHED}"
    rf"|(?:sentenced?|sentence of|sentencing|jailed|imprisoned|banged up|served|doing|got"
    rf"|given|imposed to one of)\s+(?:\w+\s+){{0,2}}?(?:to\s+|for\s+"
    rf"|of\s+)?(?P<id2>{_COUNT}[\s\-](?:years?|months?)(?:\s+and\s+{_COUNT}\s+months?)?)",
    re.IGNORECASE,
)
_FEW: Final = re.compile(
    r"(?<![\w.,£$€])\d+(?:[.,]\d+)?\s?(?:hectares?\b|sq(?:uare)?\.? ?m(?:etres)?\b|m²|km/h\b|mph\b)"
    rf"|(?<!\w)(?:\d{{1,4}}|{_TENS}|{_TEENS}|{_ONES})\sother\s(?:persons|people|suspects"
    rf"|defendants|men|women|residents)\b"
    r"|(?<!\w)\d{2,3}(?:[.,]\d+)?\s?%(?=\s(?:disab|of (?:the )?(?:loss|land|property|house|share)))"
    r"|\blife (?:imprisonment|sentence)\b",
    re.IGNORECASE,
)

_WORKED: Final = (
    r"(?:(?:work(?:s|ed|ing)?|trained|qualified|employed|job|career|apprentic\w+|serv(?:es"
    r"|ed|ing)|practi[sc](?:e|ed|ing))\s+(?:there\s+)?(?:as|for|in|at)\s+(?:an?\s+"
    r"|the\s+)?"
    r"|\b(?:ex|former|retired|trainee|self-employed|one-time|unemployed|auxiliary)[\s\-]+"
    r"|\b(?:i|he|she|who|father|mother|dad|mum|husband|wife|brother|sister|son|daughter"
    r"|partner|applicant)\s+(?:is|was|had been|used to be|became|had become)\s+(?:an?"
    r"|the)\s+(?:\w+ly\s+)?"
    r"|\b(?:i\s+wor|i['’]m|he['’]s|she['’]s|becoming)\s+an?\s+|,\s+an?\s+|\bas\s+an?\s+"
    r"|\bpost\s+of\s+(?:an?\s+)?|\b(?:is|was|were|been|become)\s+an?\s+)"
)


@cache
def _trade() -> re.Pattern[str]:
    heads = "|".join(sorted(words().occupations, key=len, reverse=True))
    return re.compile(rf"{_WORKED}(?P<id>(?:[a-z\-]+\s+){{0,2}}?(?:{heads})s?)\b", re.IGNORECASE)


_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’\-]+")
_ORIENTED: Final = re.compile(
    r"\b(?:gay|lesbian|bisexual|transgender|trans(?=\s+(?:man|woman|girl|boy)"
    r"|[,.;)])(?:\s+(?:man|woman|girl|boy))?|non-binary|wheelchair[\s\-]user|deaf"
    r"|blind(?!\s+(?:eye|spot|date))|amputee|dwarfism"
    r"|(?:black|white)(?:\s+(?:man|woman|boy|girl|british|irish|african|caribbean|english"
    r"|scottish|welsh|european|other))|mixed[\s\-](?:race|heritage)|dual heritage"
    r"|transsexual|homosexual"
    r"|autistic|down['’]?s syndrome|cerebral palsy|learning disabilit(?:y|ies)|intersex|albino)\b",
    re.IGNORECASE,
)
_NATIONAL: Final = re.compile(r"[\s\-](?:nationals?|citizens?|subject|origin|descent|born|speaking)\b")
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
        for match in scan(pattern, text):
            yield What.AGE, *match.span("id" if match["id"] else "id2"), Confidence.LIKELY


def origins(text: str) -> Iterator[Match]:
    """Where somebody is from, what they believe, whom they love, what they work as."""
    known = words().demonyms
    said = {word for word in set(_WORD.findall(text)) if word.lower().replace("’", "'") in known}
    for match in _WORD.finditer(text) if said else ():
        word = match.group().lower().replace("’", "'")
        if match.group() in said and (match.group()[0].isupper() or not words().is_word(word)):
            yield What.ORIGIN, match.start(), _origin_end(text, match.end()), Confidence.POSSIBLE
    for match in scan(_ORIENTED, text):
        yield What.ORIGIN, *match.span(), Confidence.POSSIBLE
    for match in scan(_trade(), text):
        yield What.TRADE, *match.span("id"), Confidence.POSSIBLE


def _origin_end(text: str, end: int) -> int:
    """A national and a citizen are what they are by the word before."""
    more = _NATIONAL.match(text, end)
    return more.end() if more else end


def amounts(text: str) -> Iterator[Match]:
    """Sums of money, shares and areas."""
    for match in (*scan(_MONEY, text), *scan(_FEW, text)):
        yield What.AMOUNT, *match.span(), Confidence.POSSIBLE
    for match in _SENTENCE.finditer(text) if _may_tell_sentence(text) else ():
        yield What.AMOUNT, *match.span("id" if match["id"] else "id2"), Confidence.POSSIBLE


def _may_tell_sentence(text: str) -> bool:
    """Whether there is what ends each `_SENTENCE`: to ask that is quicker than to look for one."""
    if any(scan(_OF_SENTENCE, text)):
        return True
    return any(scan(_COUNTED_TIME, text)) and _SENTENCED.search(text) is not None


def events(text: str) -> Iterator[Match]:
    """Public events: "the week of the royal wedding" is a date."""
    for match in scan(_EVENT, text):
        yield What.EVENT, *match.span(), Confidence.LIKELY


DETECTORS: Final[tuple[Detector, ...]] = (ages, origins, amounts, events)
