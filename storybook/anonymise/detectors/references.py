"""Numbers that one person or one case has: plates, prison, police, court, bank and benefit numbers, handles.

Sources for the shapes: vehicle marks, DVLA's INF104; prison numbers, the prisons' NOMIS (A1234BC); PNC and CRO
numbers, the Police National Computer's (2012/0123456X, 123456/12X); case numbers of the Crown Court (T20191234) and
of the family court (CV19C00123), HMCTS; the URN of a police case (20CV0123419); cards, IBANs and UTRs by check digit,
with ``python-stdnum``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum import iban, luhn
from stdnum.exceptions import ValidationError

from .codes import Detector, Match
from .context import ABBREVIATIONS
from .findings import Confidence, What
from .scan import scan
from .words import key, words

_EDGE: Final = r"(?<![\w£$€/.\-])"
_END: Final = r"(?![\w/]|[.\-]\d)"


def _p(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"{_EDGE}(?:{pattern}){_END}", flags)


_PLATE: Final = _p(r"[A-HJ-PR-VWXY][A-HJ-PR-Y] ?(?:0[1-9]|[1-9]\d)(?:[ .\-]?|\s?[/+*\s]\s?)[A-HJ-PR-Z]{3}")
_PLATE_OLD: Final = _p(
    r"[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Y][A-HJ-PR-Z]{2}|[A-HJ-PR-Y][A-HJ-PR-Z]{2} ?\d{1,3}[A-HJ-NPR-TV-Y]"
)
_PLATE_SAID: Final = re.compile(
    r"\b(?:reg(?:istration)?(?:[ \-]?(?:plate|mark|no\.?|number))?|number[ \-]plate|plates?"
    r"|vrm|vehicle|van|car|lorry|taxi|minibus|scooter|motorbike|moped)\b[\s:.#=\-(]*(?:is\s+|was\s+|of\s+)?"
    r"(?P<id>(?=[A-Z]{0,3} ?\d)[A-Z0-9]{1,4} ?[A-Z0-9]{2,4}|[A-Z]{2}\d\d ?[A-Z]{3}"
    r"|[A-Z]{1,3} ?\d{1,4})(?!\w)",
    re.IGNORECASE,
)
_PRISON: Final = _p(r"[A-Z]\d{4}[A-Z]{2}")
_PNC: Final = _p(r"(?:19|20)?\d\d/\d{5,7}[A-Z]|\d{1,6}/\d\d[A-Z]")
_POLICE: Final = _p(
    r"\d{2}[A-Z]{1,2}\d?/\d{3,7}(?:/\d\d)?[A-Z]?|(?:CR|CAD|OIS|INC|LOG)[/ \-]?\d{3,8}(?:[/\-]\d{2,6}){0,2}"
)
_COURT: Final = _p(
    r"[TSAUCBIP](?:19|20)\d{6}|[A-Z]{2}\d{2}[A-Z]\d{5}|\d{2}[A-Z]{2}\d{7}|[A-Z]{1,2}\d{2}[A-Z]{2}\d{3}"
    r"|\[(?:19|20)\d\d\] (?:UK[A-Z]{2}|EW[A-Z]{2,4}|CSOH|CSIH|NI[A-Z]{2}|EWFC)(?: (?:Civ"
    r"|Crim))? \d{1,5}(?: \([A-Za-z]{1,9}\))?"
)
_SHARE: Final = _p(
    r"\d{1,6}/\d{4,8}|\d{4,6}/\d\d"
    r"|[A-Z]{1,5}(?:[/\-][A-Z]{1,3})?[/\-]\d{2,11}(?:[/\-]\d{2,6}){0,2}(?:-[A-Z]{2,3})?"
    r"|\d{1,5}(?:/\d{1,6}){2,4}|\d{2,6}-\d{3,6}(?:-\d{2,6})?|[A-Z]{2,6} \d{6,14}"
    r"|[A-Z]{2,5} \d\d \d{3} \d{3}|\d{4,}(?: \d{3,}){2,}"
)
#: Parts of a number, with the rest struck out, or said to be its end.
_PARTLY: Final = re.compile(
    r"(?<!\w)\d{4}(?:[ \-]?[*xX•·.]{4}){1,3}[ \-]?\d{2,4}(?!\w)|(?<!\w)[*xX•]{2,40}[ \-]?\d{3,4}(?!\w)"
    r"|\b(?i:end(?:s|ing|ed)(?: in| with)?|last (?:four|4|three|3)(?: digits)?:?)\s(?P<id>\d{3,4})(?!\d)"
)
#: Officers by their number, cases behind a #, logs by theirs and the day.
_OFFICER: Final = re.compile(
    r"(?:(?<![\w&#/])#|\b(?:PC|DC|PS|DS|WPC|PCSO|SC|Sgt|Insp|[Oo]fficers?|[Ee]xt(?:ension|n)?\.?|collar(?: no\.?"
    r"| number)?))\s?(?P<id>\d{3,8})(?!\d)"
)
_LOG: Final = re.compile(
    r"\b(?i:log|incident|cad)\s(?:no\.?\s"
    r"|number\s)?(?P<id>\d{2,6}(?:\sof\s(?:the\s)?\d{1,2}(?:st|nd|rd"
    r"|th)?(?:\s[A-Z][a-z]+)?)?)(?!\w)"
)

#: Letters and digits in one: what no word and no amount is.
_MIXED: Final = _p(
    r"(?=[A-Z/\-]*\d)(?=[\d/\-]*[A-Z])(?=(?:[A-Z/\-]*\d){3})[A-Z0-9]{2,}(?:[/\-][A-Z0-9]{2,}){0,3}"
)
_DIGITS: Final = _p(r"\d{6,19}")
_LABEL: Final = (
    r"\b(?:(?:our|your|my|his|her|their)\s+)?(?:(?:case|claim|crime|incident|log|occurrence"
    r"|custody|court|hearing|police|prison|prisoner|hospital|patient|client|service[ \-]user"
    r"|tenancy"
    r"|tenant|rent|property|application|appeal|home office|ho|port|arrest|warrant|collar"
    r"|shoulder|badge|policy|account|a/c|acc(?:oun)?t|benefit|uc|universal credit|pip|dwp"
    r"|council tax|ctax"
    r"|housing(?: benefit)?|hb|staff|payroll|student|pupil|membership|member|library|passport"
    r"|driving licence|driver(?:’|')?s licence|licence|permit|visa|brp|file|docket|record"
    r"|system|mosaic|liquidlogic"
    r"|carefirst|paris|rio|systmone|emis|nomis|noms|pnc|cro|urn|uprn|upn|utr|crn|mrn|vrn|imei"
    r"|iban|swift|card|booking|order|parcel|tracking|invoice|deed|plot|bed|cell|serial"
    r"|meter)\s*){0,3}"
    r"(?:ref(?:erence)?(?:\s*(?:no\b\.?|num(?:ber)?|code|id))?|no\b\.?|nos\b\.?|num(?:ber)?s?"
    r"|id|ident(?:ity|ification)?(?:\s*(?:no\b\.?|number))?|#"
    r"|nomis|noms|pnc|cro|urn|uprn|upn|utr|crn|mrn|imei|iban|crime|case|claim|log|incident"
    r"|passport|a/c|acct|account|licence)"
)
_LABELLED: Final = re.compile(
    rf"{_LABEL}(?![a-z])[\s:.#=(\-–]*(?:(?:is|was|of|being)\s+)?[“\"'(]?"
    r"(?P<id>(?=[A-Z/\-. ]{0,8}\d)[A-Z0-9]"
    r"(?:[A-Z0-9]|[/.\-:](?=\w)| ?/ ?(?=\d|(?-i:[A-Z]{2,4}\b))| (?=\d)){2,30})(?!\w)",
    re.IGNORECASE,
)
#: "nos. 260, 268 and 119/5": what follows the first of several.
_REST: Final = re.compile(r"(?:\s?(?:,|and|&|or)\s?(?:no\.?\s)?\d[\d/.]*\d|\s?(?:,|and)\s?\d\d)*")
_AND_MORE: Final = re.compile(r"\d[\d/.]*\d")
#: After these even a short number is somebody's: "plot no. 703".
_OWNED: Final = re.compile(
    r"plot|house|flat|sheet|claim|file|property|deed|badge|collar|locker|bed|cell|tenancy"
    r"|pitch",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(r"\d{1,3}(?:[.:]\d\d)?(?:[ap]m)?|(?:19|20)\d\d", re.IGNORECASE)
_LABEL_WORDS: Final = re.compile(
    r"(?:no|nos|number|numbers|account|licence|case|claim|log|crime|incident)\b", re.IGNORECASE
)

_YEARS: Final = re.compile(r"(?:19|20)\d\d[/\-](?:\d\d|(?:19|20)\d\d)|\d\d?/(?:19|20)\d\d")
_SORT: Final = re.compile(r"(?<![\d\-/.])\d\d[\- ]\d\d[\- ]\d\d(?![\d\-/])")
_SORT_NEAR: Final = re.compile(r"\bsort(?:[\s\-]*code)?\b[^\n]{0,15}$|\b(?:s/c|sc)\s*:?\s*$", re.IGNORECASE)
_ACCOUNT_AFTER: Final = re.compile(
    r"[\s,;:/|]*(?:and\s+)?(?:a(?:cc(?:oun)?t?)?[./]?\s*(?:c\b)?\s*(?:no\b\.?|number"
    r"|num)?[\s:.#]*)?(?P<acc>\d{8})(?!\d)",
    re.IGNORECASE,
)
_CARD: Final = re.compile(
    r"(?<![\d\-])\d{4}(?:[ \-]?\d{4}){2}[ \-]?\d{3,4}(?!\d)|(?<!\d)\d{4}[ \-]\d{6}[ \-]\d{5}(?!\d)"
)
_IBAN: Final = re.compile(
    r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?!\w)", re.IGNORECASE
)
_DRIVER: Final = _p(r"[A-Z9]{5}[ ]?\d{6}[ ]?[A-Z9]{2}\d?[A-Z0-9]{2,3}", re.IGNORECASE)
_HANDLE: Final = re.compile(r"(?<![\w@./])@(?=[\w.]*[A-Za-z])[A-Za-z0-9_][\w.]{1,28}\w")
_HANDLE_SAID: Final = re.compile(
    r"\b(?:insta(?:gram)?|ig|snap(?:chat)?|twitter|tiktok|tik tok|facebook|fb|discord|telegram"
    r"|reddit|kik|xbox|psn|gamertag|username|user name|handle|skype|grindr|tinder)\b"
    r"(?:\s+(?:account|name|handle|tag|username|page|profile))?\s*(?:[:=\-–]|\bis\b|\bwas\b"
    r"|\bas\b|\bcalled\b)\s*@?(?P<id>(?=[\w.\-]*[\d_.]|[a-z]*[a-z]{4})[\w.\-]{3,30}\w)",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"\b(?:https?://|www\.)[^\s<>()\[\]\"“”]{3,300}"
    r"|\b[a-z0-9\-]{2,40}(?:\.[a-z]{2,10}){1,2}/[A-Za-z0-9_.\-]{3,60}"
    r"|\b[a-z0-9\-]{2,40}\.(?:com|org|net|co\.uk"
    r"|org\.uk|me|io|tv)/[^\s<>()\[\]\"]{2,200}",
    re.IGNORECASE,
)
_PUBLIC: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:[\w\-]+\.)*(?:gov\.uk|nhs\.uk|nhs\.net|parliament\.uk)(?:/|$)", re.IGNORECASE
)
_IP: Final = _p(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)")
_WHAT3: Final = re.compile(r"///[a-z]+\.[a-z]+\.[a-z]+")
#: Tags, which may hold a name: "#justicefor...".
_TAG: Final = re.compile(r"(?<![\w&#/])#(?=[A-Za-z])\w{4,60}")
#: Files by their ends; what they are called may be anybody's name.
_FILE: Final = re.compile(
    r"(?<![\w/@])(?P<name>[\w\-.()’']{1,80}?)\.(?:docx?|odt|rtf|pdf|txt|md|xlsx?|ods|csv|tsv|pptx?|odp|jpe?g|png|gif|heic"
    r"|webp|svg|tiff?|mp[34]|m4a|wav|mov|avi|vcf|ics|eml|msg|zip|html?|json)(?!\w)",
    re.IGNORECASE,
)
_FILE_WORD: Final = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]{2,}")
_GRID: Final = re.compile(r"(?<![\d.])-?[0-6]?\d\.\d{4,8}\s*,\s*-?\d{1,3}\.\d{4,8}(?!\d)")


def plates(text: str) -> Iterator[Match]:
    """Marks of vehicles; the older shapes, which look like much else, less surely."""
    for match in scan(_PLATE, text):
        yield What.PLATE, *match.span(), Confidence.CERTAIN
    for match in scan(_PLATE_OLD, text):
        yield What.PLATE, *match.span(), Confidence.LIKELY
    for match in scan(_PLATE_SAID, text):
        if re.search(r"\d", match["id"]) and re.search(r"[A-Za-z]", match["id"]):
            yield What.PLATE, *match.span("id"), Confidence.CERTAIN


def cases(text: str) -> Iterator[Match]:
    """Prison, police and court numbers by their shape; any reference by the word before it."""
    for pattern, what in (
        (_PRISON, What.PRISON_NUMBER),
        (_PNC, What.POLICE_NUMBER),
        (_POLICE, What.POLICE_NUMBER),
        (_COURT, What.COURT_NUMBER),
    ):
        for match in scan(pattern, text):
            yield what, *match.span(), Confidence.CERTAIN
    for match in scan(_LABELLED, text):
        if confidence := _referring(match):
            yield What.REFERENCE, *match.span("id"), confidence
            for more in _AND_MORE.finditer(text, match.end("id"), _end_of_list(text, match.end("id"))):
                yield What.REFERENCE, *more.span(), confidence


def _end_of_list(text: str, start: int) -> int:
    rest = _REST.match(text, start)
    return rest.end() if rest else start


def _referring(match: re.Match[str]) -> Confidence | None:
    """Whether what follows "number" or "ref" is one: not "Protocol No. 11", "number 2016"."""
    found = match["id"]
    label = match.group()[: match.start("id") - match.start()]
    plain = _COUNTED.fullmatch(found) is not None and not (_OWNED.search(label) and len(found) > 1)
    if plain and (_LABEL_WORDS.match(label.strip().split()[-1]) or len(found) < 3):
        return None
    digits = sum(map(str.isdigit, found))
    if digits < 2 or (found.isalpha()):
        return None
    return Confidence.CERTAIN if digits >= 4 else Confidence.LIKELY


def bare(text: str) -> Iterator[Match]:
    """Numbers that nobody explains: "F/16/0032", "24254/05", "83920174"."""
    for match in scan(_SHARE, text):
        if not _YEARS.fullmatch(match.group()):
            yield What.REFERENCE, *match.span(), Confidence.LIKELY
    for match in scan(_PARTLY, text):
        yield What.REFERENCE, *match.span("id" if match["id"] else 0), Confidence.LIKELY
    for match in (*scan(_OFFICER, text), *scan(_LOG, text)):
        yield What.REFERENCE, *match.span("id"), Confidence.LIKELY
    for match in scan(_MIXED, text):
        yield What.REFERENCE, *match.span(), Confidence.LIKELY
    for match in scan(_DIGITS, text):
        yield What.REFERENCE, *match.span(), Confidence.LIKELY


def money(text: str) -> Iterator[Match]:
    """Sort codes with account numbers, cards and IBANs by check digit, driving licences."""
    for match in scan(_SORT, text):
        account = _ACCOUNT_AFTER.match(text, match.end())
        if account:
            yield What.BANK, *match.span(), Confidence.CERTAIN
            yield What.BANK, *account.span("acc"), Confidence.CERTAIN
        elif _SORT_NEAR.search(text, max(0, match.start() - 30), match.start()):
            yield What.BANK, *match.span(), Confidence.CERTAIN
    for match in scan(_DRIVER, text):
        yield What.REFERENCE, *match.span(), Confidence.CERTAIN
    yield from _cards(text)


def _cards(text: str) -> Iterator[Match]:
    for match in scan(_CARD, text):
        if luhn.is_valid(re.sub(r"\D", "", match.group())):
            yield What.BANK, *match.span(), Confidence.CERTAIN
    for match in scan(_IBAN, text):
        if _is_iban(match.group()):
            yield What.BANK, *match.span(), Confidence.CERTAIN


def _is_iban(text: str) -> bool:
    try:
        iban.validate(text, check_country=False)
    except ValidationError:
        return False
    return True


def online(text: str) -> Iterator[Match]:
    """Handles, links to what is no public body's, machines' addresses, spots on the map."""
    for match in scan(_HANDLE, text):
        plain = words().is_word(key(match.group()[1:]))
        yield What.HANDLE, *match.span(), Confidence.POSSIBLE if plain else Confidence.CERTAIN
    for match in scan(_HANDLE_SAID, text):
        yield What.HANDLE, *match.span("id"), Confidence.LIKELY
    for match in scan(_LINK, text):
        if not _PUBLIC.match(match.group()):
            yield (
                What.LINK,
                match.start(),
                match.start() + len(match.group().rstrip(".,;:!?*_`'")),
                Confidence.LIKELY,
            )
    for match in scan(_TAG, text):
        if not all(words().is_word(part) for part in map(key, _FILE_WORD.findall(match.group()))):
            yield What.HANDLE, *match.span(), Confidence.POSSIBLE
    for match in (*scan(_IP, text), *scan(_WHAT3, text), *scan(_GRID, text)):
        yield What.LINK, *match.span(), Confidence.LIKELY


def files(text: str) -> Iterator[Match]:
    """Files whose names hold a word that is no English: surely somebody's where a list of names has it."""
    for match in scan(_FILE, text):
        odd = [
            word
            for word in map(key, _FILE_WORD.findall(match["name"]))
            if not words().is_word(word) and word not in ABBREVIATIONS and word not in _OF_FILES
        ]
        if odd:
            named = any(word in words().only_names for word in odd)
            yield What.FILE, *match.span(), Confidence.LIKELY if named else Confidence.POSSIBLE


_OF_FILES: Final = frozenset(
    {"img", "dsc", "pxl", "vid", "mov", "scan", "doc", "docs", "final", "copy", "rev", "www", "readme"}
)


DETECTORS: Final[tuple[Detector, ...]] = (plates, cases, bare, money, online)
