"""Days as case notes and people have them, beyond a calendar date: "8/5", "the 14th", "his 30th", "back end of '88".

These ask a person to decide; what blocks a release by the date policy is `date_texts`, which is stricter about what it
takes for a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .codes import Detector, Match
from .date_texts import dates
from .findings import Confidence, What
from .scan import scan

_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
_WELSH: Final = r"(?:ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
_FEAST: Final = (
    r"(?:boxing day|new year['’]s (?:eve|day)|christmas (?:eve|day)|good friday"
    r"|easter (?:sunday|monday)|hogmanay|diwali|eid(?: al[\s\-]\w+)?|ramadan"
    r"|vaisakhi|hanukkah|passover|yom kippur|holi|halloween|bonfire night|burns night"
    r"|st\.? [a-z]{3,12}['’]s day|pancake day|(?:ash|spy) wednesday|(?:shrove|pancake) tuesday"
    r"|maundy thursday"
    r"|(?:palm|whit|easter|remembrance|mothering) sunday|whit monday|ascension day|corpus christi"
    r"|all (?:saints|souls|hallows)['’]?(?: day| eve)?|candlemas|lammas|michaelmas|martinmas|whitsun"
    r"|twelfth night|epiphany|guy fawkes(?: night)?|(?:mother|father|valentine)['’]?s['’]? day|mardi gras"
    r"|up helly aa|midsummer(?:['’]s)? (?:eve|day)|lady day|may day|(?:armistice|remembrance) day|nowruz"
    r"|orthodox easter|(?:chinese|lunar) new year|rosh hashanah|purim|navratri)"
)
#: What may stand before a date and belongs to it: "Wed 8/3/23", "11 and 13 May 1994", "the end of October 1997".
_BEFORE: Final = re.compile(
    rf"(?:\b(?:(?:the\s+)?(?:beginning|end|start|middle|back end|first half|second half"
    rf"|early|late|mid)(?:\s+(?:of|in)(?:\s+the)?)?|{_WEEKDAY}(?:\s+the)?|(?:this|the)"
    rf"|{_MONTH}\s+(?:and|or|to|[\-–])|\d{{1,2}}(?:st|nd|rd|th)?\s*(?:and|or|to"
    rf"|[\-–,&/]))[\s,]*|{_FEAST}[\s,]+|(?<=\d)[\-–])+$",
    re.IGNORECASE,
)
_REACH: Final = 60
_ON: Final = (
    r"(?:on|by|since|from|until|till|til|next|due|dated|of|w/c|w/e|w/b|edd|opened|closed"
    r"|review(?:ed)?|before|after|leave|left|came|seen|visit(?:ed)?|met|rang|called"
    rf"|appt|appointment|starts?|started|begins|ends|ended|to|and|[\-–(:]|{_WEEKDAY})"
)
_NOT_COUNTED: Final = (
    r"(?!\s*(?:time|floor|attempt|visit|session|step|day|year|person|one|call|grade"
    r"|century|week|month|place|stage|chance|offence|warning|birthday|degree|anniversary"
    r"|line|class|generation|party|child|baby|try|night|hour|of them|and)\b)"
)
_FORMS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), confidence)
    for pattern, confidence in (
        (rf"\b{_ON}\s*(?P<id>(?:3[01]|[12]\d|0?[1-9])/(?:1[0-2]|0?[1-9]))(?![/\d%])", Confidence.LIKELY),
        (
            r"(?<![\d/.])(?!24/7)(?P<id>(?:3[01]|2\d|1[3-9])/(?:1[0-2]|0?[1-9]))(?![/\d%])",
            Confidence.LIKELY,
        ),
        (
            r"(?:^|\n)\s{0,20}(?:[\-*•]\s{0,20})?(?P<id>(?:3[01]|[12]\d|0?[1-9])[/.](?:1[0-2]|0?[1-9]))(?=\s*[:\-–])",
            Confidence.LIKELY,
        ),
        (
            (rf"(?P<id>\b{_WEEKDAY},?\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)|(?:twenty"
            rf"|thirty)[\s\-]\w+(?:st|nd|rd|th)))"),
            Confidence.LIKELY,
        ),
        (
            r"\b(?:on|since|until|till|til|by|from|before|after|adm|admitted|d/c|discharged|due)\s+(?P<id>(?:the\s+)?(?:[12]?\d"
            r"|3[01])(?:st|nd|rd|th))\b"
            + _NOT_COUNTED,
            Confidence.LIKELY,
        ),
        (rf"\b(?P<id>\d{{1,2}}(?:\s*[\-–]\s*\d{{1,2}})?\s+{_WELSH}(?:\s+\d{{4}})?)\b", Confidence.LIKELY),
        (
            rf"\b(?P<id>(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?)?{_MONTH}\s+(?:last|gone|past))\b",
            Confidence.LIKELY,
        ),
        (rf"\b(?P<id>{_FEAST}(?:\s+night)?,?\s+(?:in\s+|of\s+)?(?:19|20)\d\d)\b", Confidence.LIKELY),
        (
            (
                r"\b(?:on|since|until|till|til|before|after|by|from|last|this|died|born|came|gone|left)\s+"
                rf"(?:the\s+)?(?!ramadan|christmas|easter\b|diwali(?! )|eid\b)(?P<id>{_FEAST})\b"
            ),
            Confidence.POSSIBLE,
        ),
        (
            (
                r"\b(?P<id>(?:the\s+)?feast(?:\s+day)?\s+of\s+(?:[A-Z][\w’']+|the|and|of)"
                r"(?:\s+[A-Z][\w’']+){0,3}(?:,?\s(?:19|20)\d\d)?)"
            ),
            Confidence.LIKELY,
        ),
        (
            (
                r"\b(?P<id>(?:the\s+)?(?:day|night|week|weekend|morning|year|summer|winter)\s+"
                r"(?:that\s+|when\s+)?(?:the\s+)?(?-i:[A-Z])[\w’']+(?:\s[\w’']+)?\s"
                r"(?:died|won|resigned|lost|collapsed|closed|burned|burnt|flooded|shut|opened|landed|fell"
                r"|was (?:shot|killed|elected|crowned|bombed|buried)|got (?:in|married|shot)"
                r"|went (?:down|up)|came (?:down|out))"
                r"(?:\s(?:the|in|at)(?:\s(?-i:[A-Z])\w+){1,2})?)\b"
            ),
            Confidence.LIKELY,
        ),
        (
            (r"(?P<id>(?<![\w’‘'])(?:(?:the\s+)?(?:back end|spring|summer|autumn|winter|start|end"
            r"|year)\s+(?:of|o['’]?)\s+)?['’‘](?:[3-9]\d|[012]\d))(?![\w’'])"),
            Confidence.LIKELY,
        ),
        (
            r"\b(?P<id>(?:(?:\w+\s+)?(?:days?|weeks?|months?|night|day)\s+(?:after|before"
            r"|of)\s+)?(?:his|her|my|their|our|\w+['’]s)\s+(?:[1-9]\d?(?:st|nd|rd|th)))\b"
            + _NOT_COUNTED,
            Confidence.LIKELY,
        ),
        (
            (r"\b(?P<id>(?:the\s+)?(?:day|days|week|weekend|night|morning|summer|year"
            r"|month)\s+(?:of|before|after|that)\s+(?:the\s+|my\s+|his\s+|her\s+|our\s+"
            r"|their\s+)?(?:\w+['’]s\s+|\w+\s+)?"
            r"(?:funeral|wedding|fire|flood|floods|landslide|crash|riots?|election|referendum"
            r"|final|ceasefire|bomb|bombing|eclipse|storm|jubilee|coronation|strike|festival"
            r"|carnival|marathon"
            r"|earthquake|explosion|collapse|shooting|murder|inquest|march|parade|derby|cup|fair"
            r"|gig|concert|vote))\b"),
            Confidence.LIKELY,
        ),
        (r"\b(?P<id>a\s+year\s+(?:ago\s+)?to\s+the\s+day|a\s+year\s+less\s+a\s+day)\b", Confidence.POSSIBLE),
    )
)  # fmt: skip


def calendar(text: str) -> Iterator[Match]:
    """Every date of the calendar, with the weekday, the other day or "end of" that belongs to it."""
    for what, start, end, confidence in dates(text, None):
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        first = before.start() if before else start
        yield what, first + len(text[first:start]) - len(text[first:start].lstrip()), end, confidence


def days(text: str) -> Iterator[Match]:
    """Days that only the words around them make dates."""
    for pattern, confidence in _FORMS:
        for match in scan(pattern, text):
            yield What.DATE, *match.span("id"), confidence


DETECTORS: Final[tuple[Detector, ...]] = (calendar, days)
