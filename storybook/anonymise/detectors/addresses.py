"""Addresses: a house and its street, flats and rooms, boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .codes import Detector, Match
from .findings import Confidence, What
from .scan import scan

#: Words that streets end with, as people write and shorten them.
_ENDS: Final = (
    r"(?:street|st|road|rd|hse|halting site|caravan park|lane|ln|avenue|ave?|close|cl|drive|dr|crescent|cres|gardens?"
    r"|gdns|terrace|terr?|place|pl|square|sq|mews|grove|gr|hill|park|way|row"
    r"|parade|walk|green|rise|vale|view|heights|court|ct|passage|wharf|quay|croft|fields?"
    r"|meadows?|common|gate|yard|mount|path|end|cottages?|buildings|mansions|villas"
    r"|estate|tower|towers|house|lodge|point|boulevard|parkway|brae|steps|wynd|loan|gait"
    r"|heol|ffordd|stryd|vennel|pend|ginnel|snicket|drove|causeway|chase|copse|spinney"
    r"|fold|nook|garth|holt|ridge|reach|haven|hollow|dell|knoll|links|mill|barn|farm"
    r"|bungalow|cottage|hall|bank|side|dale|broadway|highway|almshouses|flats"
    r"|maisonettes|precinct|embankment|esplanade|promenade|ringway|byway"
    r"|strand|arcade|hythe|orchards?|coppice|glen|glebe|paddocks?|moorings?|maltings|warren|bottom|top|edge|circus|circle|loop|reservoir)\b\.?"
)
_SAID: Final = (
    r"(?i:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen)(?:\s[a-hA-H])?"
)
_NUMBER: Final = r"\d{1,4}\s?[a-hA-H]?(?:\s?[\-–/]\s?\d{1,4}[a-hA-H]?)?"
_NAME: Final = r"(?:St\.? )?[A-Z][\w’'\-]+(?: (?:of|the|and|on|[A-Z][\w’'\-]+|St\.?)){0,3}"
_STREET: Final = re.compile(
    rf"(?<![\w£$€/.\-])(?:\d{{1,2}}/\d{{1,2}},\s)?(?:(?:No\.?|Number|no\.?|number|house)\s?)?{_NUMBER},?\s+{_NAME}\s(?i:{_ENDS})(?!\w)"
    rf"|(?<![\w£$€/.\-])(?:No\.?|Number|no\.?|number)\s?{_NUMBER},?\s+(?:the\s+)?{_NAME}"
)
_SMALL: Final = re.compile(
    rf"(?<![\w£$€/.\-])(?!\d{{1,4}} (?:of|a|the|and|days?|weeks?|months?|years?|hours?|minutes?"
    rf"|miles?|people|other|more|different|times|sessions?)\b){_NUMBER},?\s+"
    r"[a-z][a-z’'\-]+(?:\s[a-z][a-z’'\-]+)?\s"
    r"(?:street|road|rd|lane|avenue|ave|close|drive|crescent|gardens|terrace|grove|mews|st"
    r"|way|hill|court|place)\b(?!\w)"
)
#: With the number said: "seventeen Vernon Close", "forty two a cheverel place".
_SPOKEN: Final = re.compile(
    rf"\b{_SAID}\s(?:{_NAME}\s(?i:street|road|lane|avenue|close|drive|crescent|gardens|terrace|grove|mews|way|court|place|walk|square)"
    r"|(?!of\b|in\b|on\b|at\b|the\b|different\b|more\b|main\b)[a-z][a-z’'\-]{3,}\s(?:street|road|lane|avenue|close|crescent|terrace|grove"
    r"|mews|place))\b"
)
#: The shape of a postcode where no such area is.
_POSTCODE: Final = re.compile(r"(?<![\w£$€/.\-])[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?![\w/]|\s\d)")
#: What stands between a street and the postcode: "Nethercliffe", "St Ewe, Cornwall".
_TOWNS: Final = re.compile(r"[\s,]{0,4}(?:[A-Z][\w’'.\-]{0,25}[\s,]{0,3}){0,5}")
_FAR: Final = 70
#: "Flat 3b", "Room 12", "Plot 4", "Unit 7"; with what house they are in, if it is said.
_FLAT: Final = re.compile(
    r"\b(?i:flat|apartment|apt|bedsit|studio|maisonette|caravan|pitch|berth"
    r"|mooring)\.?\s*(?i:no\.?|number)?\s*"
    r"(?:\d{1,4}\s?[a-zA-Z]?|[A-Ha-h])(?![\w£%])"
    rf"(?:,?\s+(?:of\s+|in\s+|at\s+)?(?:{_NUMBER},?\s+)?{_NAME}(?:\s(?i:{_ENDS}))?)?"
)
_ROOM: Final = re.compile(r"\b(?i:room|cell|plot|pitch)\s+(?:no\.?\s*)?(?:[A-Z]{0,2}\d{1,4}[A-Za-z]?)(?!\w)")
_BOX: Final = re.compile(r"\bP\.?\s?O\.?\s?Box\s+\d{1,7}", re.IGNORECASE)
_NAMED: Final = re.compile(
    rf"\b(?i:address|lives?|lived|(?:bail(?:ed)?|decant(?:ed)?|deliver(?:ed)?) to|placed at"
    rf"|(?:his|her|my|their) (?:nan|mum|dad|gran|sister|brother|aunt)(?:['’]s)?,"
    rf"|lives? at|living at|residing at|resides at|residence at|stays? at"
    rf"|staying at|moved? (?:in)?to|home is|home at|house at|hoose at|at|c/o|back to|mam at"
    rf"|mum at)\s*[:\-]?\s*"
    rf"(?P<id>{_NUMBER},?\s+{_NAME}(?:\s[a-z]{{2,5}}(?:-[a-z]+)?(?=[,.;]))?)"
)
#: A piece of an address as a form or a letter has it: "Rm 9", "Foyer", "5a Gurnard's Row", "by Strathlarig".
_SHORT: Final = r"(?:St|Rd|Gt|Lt|Nr)\."
_PIECE: Final = (
    r"(?:(?:by|near|nr|off|opp|c/o|the)\s)?"
    rf"(?:\d{{1,4}}[a-zA-Z]?(?:\s?[/\-–]\s?\d{{1,4}}[a-zA-Z]?)?|{_SHORT}|[A-Z][\w’'\-]{{0,25}})"
    r"(?:\s(?:of|the|on|an|na|upon|y|in|le|de|d[aeo]"
    rf"|\d{{1,4}}[A-Za-z]?|{_SHORT}|[A-Z0-9][\w’'\-]{{0,25}})){{0,5}}"
)
_PIECES_END: Final = (
    r"(?=\s*(?:$|[\n.;()\"“”]|[–—]|,?\s(?i:tel|phone|mob|dob|d\.o\.b|and|with|since|until|till|but"
    r"|as|where|who|he|she|they)\b))"
)
#: Several such pieces after the word that says so: "Property: Top Floor, 5a Gurnard's Row, St Ewe".
_WRITTEN: Final = re.compile(
    r"(?<!\w)(?:[Aa]ddress|ADDRESS|Addr|Add|Property|Home|Residence|Accommodation|Placement|Lives|Living at)"
    rf"\s?[:=]\s{{0,3}}(?P<id>(?=[^\n]{{0,60}}\d){_PIECE}(?:,\s?{_PIECE}){{1,5}}){_PIECES_END}"
)
#: The same in a sentence, after what says that somebody lives or goes there: "c/o Tafarn y Cei, Cardigan".
_STAYS: Final = re.compile(
    r"\b(?i:c/o|lives? at|lived at|living at|staying at|stays at|residing at|resides at|resident at|bailed? to"
    r"|moved (?:from|to|into|in at)|move from|home is|home at|house at|tenant of|tenancy at|property at|flat at"
    r"|address is|address at|discharged to|released to|decanted to)"
    r"\s(?P<id>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|Ward\b)"
    rf"{_PIECE}(?:,\s?{_PIECE}){{1,4}}){_PIECES_END}"
)


def addresses(text: str) -> Iterator[Match]:
    """Houses with their street, flats, rooms and boxes; with the towns up to the postcode."""
    found = list(_houses(text))
    yield from found
    for match in scan(_ROOM, text):
        yield What.ADDRESS, *match.span(), Confidence.POSSIBLE
    for match in scan(_POSTCODE, text):
        yield What.POSTCODE, *match.span(), Confidence.LIKELY
        if house := _house_before(text, match.start(), found):
            yield What.ADDRESS, house, match.end(), Confidence.CERTAIN


def _houses(text: str) -> Iterator[Match]:
    for match in scan(_STREET, text):
        yield What.ADDRESS, *match.span(), Confidence.CERTAIN
    for match in (*scan(_SMALL, text), *scan(_SPOKEN, text)):
        yield What.ADDRESS, *match.span(), Confidence.LIKELY
    for match in (*scan(_FLAT, text), *scan(_BOX, text)):
        yield What.ADDRESS, *match.span(), Confidence.CERTAIN
    for match in (*scan(_WRITTEN, text), *scan(_STAYS, text)):
        yield What.ADDRESS, *match.span("id"), Confidence.LIKELY
    for match in scan(_NAMED, text):
        yield What.ADDRESS, *match.span("id"), Confidence.CERTAIN


def _house_before(text: str, at: int, found: list[Match]) -> int | None:
    """Where the house begins whose postcode stands at ``at``, if nothing but towns is between."""
    near = [(start, end) for _, start, end, _ in found if start < at < end + _FAR]
    for start, end in sorted(near):
        if end >= at or _TOWNS.fullmatch(text, end, at):
            return start
    return None


DETECTORS: Final[tuple[Detector, ...]] = (addresses,)
