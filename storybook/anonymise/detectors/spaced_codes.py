"""Numbers of people and cases in the odd groups that people write them in, and names online without their @.

"23 C V 4471 19", "CB 44 71 A", "prison no A4417 DK": no shape but what the word before says, or letters that belong to
digits. What nobody explains is taken only where capitals and digits stand as no amount, date or road has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .codes import Detector, Match
from .findings import Confidence, What
from .scan import scan
from .words import key, words

#: What has a number of its own, with what may stand between the word and the number.
_LABEL: Final = (
    r"\b(?:ref(?:erence)?|no|num(?:ber)?|nos|id|voucher|card|cert(?:ificate)?|licen[cs]e|plate|badge|arc|brp|crn|urn|upn|utr|chi"
    r"|prf|cad|log|case|claim|crime|ticket|receipt|docket|warrant|policy|meter|tag|bid|bond|file|lab|sample|hosp(?:ital)?"
    r"|prison|nomis|noms|passport|visa|permit|tenancy|account|acct|a/c|mrn|rio|paris|system(?:one)?|emis|mosaic|safe|locker"
    r"|nino|ni|nhs|ho|nass|asy|laa|hc[12]|pnc(?:id)?|cro|dwp|uc|esa|pip|hb)\b\.?"
)
_GROUP: Final = r"[A-Za-z]{0,6}\d[A-Za-z\d]{0,12}"
_LETTERS: Final = r"[A-Z]{1,3}(?![a-z])"
_VALUE: Final = (
    rf"(?:{_LETTERS}[ /\-.]{{1,2}}){{0,4}}{_GROUP}(?:[ /\-.:]{{1,2}}(?:{_GROUP}|{_LETTERS}(?!\s[a-z])|[a-z](?![\w’'])))"
    r"{0,10}"
)
_LABELLED: Final = re.compile(
    rf"{_LABEL}(?:\s(?i:no|num(?:ber)?|ref|id)\b\.?)?\s?[:#=\-–]?\s?(?i:(?:is|was)\s)?(?P<id>{_VALUE})(?!\w)",
    re.IGNORECASE,
)
#: Capitals and digits in groups, where nothing says what they are: "TX 4471", "CB 44 71 A", "W 4471 882".
_GROUPS: Final = re.compile(
    r"(?<![\w£$€/.\-])(?![AI]\s)[A-Z]{1,3}[ \-](?:\d{2,6}[ \-]){1,4}"
    r"(?:\d{2,6}(?:[ \-][A-Z]{1,2}(?!\w))?|[A-Z]{1,2})(?![\w%]|[.,]\d)"
    r"|(?<![\w£$€/.\-])[A-Z]{2} (?!(?:19|20)\d\d(?!\d))\d{4,6}(?![\w%]|[.,:/]\d)"
    r"|(?<![\w£$€/.\-])[A-Z]\d{4} [A-Z]{2}(?!\w)"
    r"|(?<![\w£$€/.\-])[A-Z]{2,5}(?:/[A-Z0-9]{1,8}){1,5}(?<=\d)(?!\w)"
)
#: "client 0417": a number that begins with a nought is counted from nothing.
_OF_WHOM: Final = re.compile(
    r"\b(?i:client|case|patient|participant|resident|tenant|applicant|service user|su|yp)\s(?P<id>0\d{2,6})(?!\w)"
)
_ENOUGH: Final = 3
_YEAR_OR_COUNT: Final = re.compile(r"(?:19|20)\d\d|\d{1,3}")

#: A name online: letters and digits drawn together by a low line or a stop, or with digits at their end.
_DRAWN: Final = re.compile(
    r"(?<![\w@/.\-])(?=[A-Za-z0-9.]{0,30}_|[A-Za-z.]{0,30}\d)[A-Za-z][A-Za-z0-9]{0,24}(?:[_.]{1,2}[A-Za-z0-9]{1,24}){1,5}_{0,2}(?![\w@/\-])"
)
_ONLINE: Final = re.compile(
    r"\b(?i:insta(?:gram)?|ig|snap(?:chat)?|twitter|tik ?tok|facebook|fb|discord|telegram|kik|reddit|psn"
    r"|xbox|twitch|youtube"
    r"|posts?|posting|streams?|username|handle|dms?|online|messaged|add(?:ed)?|follows?|profile)\b[^\n.]{0,30}?"
    r"(?:\b(?:as|is|under|called|by|on|me|him|her|at)|[:=\-–])\s[\"“'(]?(?P<id>[A-Za-z][\w.\-]{2,28}\w)"
)
#: A plate in small letters, where its last three are no word.
_PLATE: Final = re.compile(
    r"(?<![\w.@/\-])[a-hj-pr-vwxy][a-hj-pr-y](?:0[1-9]|[1-9]\d) ?"
    r"(?P<last>(?!min|hrs|yrs|mls|wks)[a-hj-pr-z]{3})(?![\w@])"
)
_FILE_END: Final = re.compile(r"\.(?:[a-z]{2,4}|mp[34])$", re.IGNORECASE)
_NAME_AND_YEAR: Final = re.compile(r"(?<![\w@/.\-£#])(?P<word>[A-Za-z]{4,20})\d{2,4}(?![\w@/\-])")


def spaced(text: str) -> Iterator[Match]:
    """Numbers in groups: after the word that says what they are, and where capitals and digits stand together."""
    for match in scan(_LABELLED, text):
        found = match["id"]
        if _says_enough(found):
            yield What.REFERENCE, *match.span("id"), Confidence.LIKELY
    for match in scan(_OF_WHOM, text):
        yield What.REFERENCE, *match.span("id"), Confidence.LIKELY
    for match in scan(_GROUPS, text):
        if sum(map(str.isdigit, match.group())) >= _ENOUGH:
            yield What.REFERENCE, *match.span(), Confidence.POSSIBLE


def _says_enough(found: str) -> bool:
    digits = sum(map(str.isdigit, found))
    return digits > _ENOUGH and _YEAR_OR_COUNT.fullmatch(found) is None


def handles(text: str) -> Iterator[Match]:
    """Names online that nothing marks: "rizz_cv2", "smudge92"; plain ones where the words before say so."""
    for match in scan(_DRAWN, text):
        if _FILE_END.search(match.group()) is None and _odd(match.group()):
            yield What.HANDLE, *match.span(), Confidence.LIKELY
    for match in scan(_ONLINE, text):
        if re.search(r"[\d_.]", match["id"]) or not words().is_word(key(match["id"])):
            yield What.HANDLE, *match.span("id"), Confidence.POSSIBLE
    for match in scan(_NAME_AND_YEAR, text):
        word = key(match["word"])
        if not words().is_word(word) and word not in words().only_names:
            yield What.HANDLE, *match.span(), Confidence.POSSIBLE


def small_plates(text: str) -> Iterator[Match]:
    """Marks of vehicles as they are typed on a phone: "bx14 kfd"."""
    for match in scan(_PLATE, text):
        if not words().is_word(match["last"]):
            yield What.PLATE, *match.span(), Confidence.LIKELY


def _odd(found: str) -> bool:
    """Whether it is drawn together as no file, chapter or time is: with a word that is none, or a number at the end."""
    parts = [part for part in re.split(r"[_.]+", found) if part]
    odd = any(len(part) > 1 and part.isalpha() and not words().is_word(key(part)) for part in parts)
    mixed = any(re.search(r"[a-zA-Z]", part) and re.search(r"\d", part) for part in parts)
    if "_" in found:
        return odd or re.search(r"[a-z_]\d{2,4}_*$", found) is not None
    return mixed and any(len(part) > _ENOUGH and part.isalpha() for part in parts)


DETECTORS: Final[tuple[Detector, ...]] = (spaced, handles, small_plates)
