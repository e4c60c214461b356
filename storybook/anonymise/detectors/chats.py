"""Names where a chat or a story puts them: who speaks, line by line, and what people are called in quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from .codes import Detector, Match
from .context import ABBREVIATIONS, CALENDAR, KIN, OF_FORMS, ROLES, SIZES
from .findings import Confidence, What
from .scan import scan
from .words import key, words

_WHO: Final = r"[+~]?(?P<id>[^\W\d_][\w’'.\-]{0,20}(?:\s[\w’'.\-]{1,20}){0,3}?)"
#: As a phone exports a chat: "[12/04/2019, 21:03] Roxy: ..." and "03/11/2018, 07:55 - Big Tone: ...".
_TIMED: Final = re.compile(
    rf"(?:(?<=\]\s)|(?<=\]\s~\s)|(?<=\d\s-\s)|(?<=\d\s–\s)|(?<=[ap]m\s-\s)){_WHO}\s?[^\w\s:]{{0,3}}:\s"
)
_LINE: Final = re.compile(rf"(?:^|(?<=\n)){_WHO}\s?[^\w\s:]{{0,3}}:\s")
#: As some chats come out: "gaby.r 10:14 anyone seen ...", line by line.
_CLOCKED: Final = re.compile(
    r"(?:^|(?<=\n))(?P<id>[^\W\d_][\w.’'\-]{1,20}(?:\s[A-Z][\w.’'\-]{0,20})?)\s\(?\d{1,2}[:.]\d\d(?!\d)"
)
#: What a form calls somebody: "First name: River", "NOK - Hector", "Tenant: de Souza".
_LABEL: Final = re.compile(
    r"(?<![\w])(?i:(?:first|middle|last|full|given|family|preferred|known|maiden|birth|real|legal|previous|user|client"
    r"|patient|tenant)\s?names?|fore-?names?|sur-?names?|alias(?:es)?|a\.?k\.?a\.?|known as|likes to be called|nickname"
    r"|n\.?o\.?k\.?|next of kin|mother|father|mum|dad|partner|spouse|guardian|carer|client|patient|tenant|applicant"
    r"|resident|service user|complainant|perpetrator|victim|suspect|defendant|informant|witness|caller|interviewer"
    r"|participant|keyworker|key worker|support worker|social worker|caseworker|case manager|care co-?ordinator"
    r"|landlord|referrer|worker|officer|oic|consultant|author|sender|from|attn|fao|signed|print(?:ed)? name|pet names?"
    r"|dog|child \d|sibling|subject)\s?(?::|\s[–-])\s{1,3}"
    r"(?P<id>(?:(?:van|de|da|dos|el|al|bin|ibn|von)\s)?[A-Z][\w’'.\-]{1,24}(?:\s[A-Z][\w’'\-]{1,24}){0,2})"
    r"(?=\s{2,}|\s?[,;(/|\n.<]|\s?$|\s[a-z])"
)
#: What somebody is called for short: cuckooed by "Uncle", with Twm and "Mouse".
_QUOTED: Final = re.compile(
    r"\b(?i:by|with|and|off|from|male|female|man|lad|bloke|girl|called|named|nickname[sd]?|nicknamed|known as|aka|alias"
    r"|tag|street name|himself|herself|met|saw|told|ex|mate|friend|see)\s"
    r"(?P<mark>[\"“‘'])(?P<id>(?:[Tt]he\s)?[A-Z][\w’]{1,20}(?:\s[A-Z][\w’]{1,20})?)(?:\"|”|’|')(?![\w])"
)
_NICKNAME: Final = r"[“\"](?P<id>[A-Z][a-z][\w’'\-]{1,25}(?:\s[A-Z][a-z][\w’'\-]{1,25})?)[”\"]"
#: The same with more told of them next, or behind their name: "“Colonel”, asleep", "(Tadhg, “Tiger”)".
_TOLD_OF: Final = re.compile(
    rf"{_NICKNAME}(?=,?\s(?:asleep|awake|who|aged?|not seen|seen|\d)\b|\s\([A-Z][a-z])"
)
_BEHIND: Final = re.compile(rf"(?<=[a-z], ){_NICKNAME}(?=[),;])")

#: Who signs: "cheers Al", "Regards D", "Yours, Dr P. Wren" at the end of a line.
_SIGNED: Final = re.compile(
    r"\b(?i:cheers|ta|thanks|thx|regards|rgds|best(?: wishes)?|love|diolch|yours(?: (?:sincerely|faithfully|truly))?)"
    r"[,.!]?\s+(?P<id>[A-Z][\w’'\-]*\.?(?:\s[A-Z][\w’'\-]+){0,2})[ .]*x{0,4}\s*(?=\n|\Z)"
)


def signed(text: str) -> Iterator[Match]:
    """Who signs a note or a message."""
    for match in scan(_SIGNED, text):
        if not _is_nobody(match["id"]):
            yield What.PERSON, *match.span("id"), Confidence.LIKELY


def speakers(text: str) -> Iterator[Match]:
    """Who speaks in a chat: after the time, or at the beginning of a line again and again."""
    if ": " not in text:
        return
    for match in scan(_TIMED, text):
        if not _is_nobody(match["id"]):
            yield What.PERSON, *match.span("id"), Confidence.CERTAIN
    lines = [match for match in scan(_LINE, text) if not _is_nobody(match["id"])] if "\n" in text else []
    again = {who for who, times in Counter(match["id"] for match in lines).items() if times > 1}
    if again and len({match["id"] for match in lines}) > 1:
        for match in lines:
            if match["id"] in again or not words().is_word(key(match["id"])):
                yield What.PERSON, *match.span("id"), Confidence.LIKELY


def labelled(text: str) -> Iterator[Match]:
    """Whom a form names, and who speaks in a chat that has the time behind the name."""
    for match in scan(_LABEL, text):
        if not _is_nobody(match["id"]):
            yield What.PERSON, *match.span("id"), Confidence.LIKELY
    if "\n" in text:
        clocked = [match for match in scan(_CLOCKED, text) if not _is_nobody(match["id"])]
        again = {who for who, times in Counter(match["id"] for match in clocked).items() if times > 1}
        for match in clocked if again else ():
            if match["id"] in again or not words().is_word(key(match["id"])):
                yield What.PERSON, *match.span("id"), Confidence.LIKELY


def _is_nobody(who: str) -> bool:
    """Whether a label is of a form, a role or a team: "Plan", "Action", "Support worker"."""
    said = [key(word) for word in who.split()]
    known = words()
    plain = KIN | ROLES | CALENDAR | known.generic | known.organisations | known.occupations | OF_FORMS
    if all(word in plain or (word in ABBREVIATIONS and len(word) > 1) for word in said):
        return True
    named = any(not known.is_word(word) or word in known.given or word in SIZES for word in said)
    return len(said) > 1 and not named


def quoted(text: str) -> Iterator[Match]:
    """Nicknames in quotation marks: after a word that somebody follows, behind a name, before what is told of them."""
    for match in scan(_QUOTED, text):
        said = [key(word) for word in match["id"].split()]
        if not any(word in CALENDAR for word in said):
            yield What.PERSON, *match.span("id"), Confidence.LIKELY
    for match in scan(_BEHIND, text):
        yield What.PERSON, *match.span("id"), Confidence.LIKELY
    for match in scan(_TOLD_OF, text):
        yield What.PERSON, *match.span("id"), Confidence.POSSIBLE


DETECTORS: Final[tuple[Detector, ...]] = (speakers, quoted, signed, labelled)
