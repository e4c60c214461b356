"""Postcodes, NHS and National Insurance numbers, phones and emails: by pattern and by check digit.

Sources: postcode areas and the letters an inward code may have, Royal Mail's Programmers' Guide; NHS number
check digit (modulus 11), NHS Data Dictionary, by ``python-stdnum``; National Insurance prefixes, HMRC's
NIM39110; phone numbers by the shape of Ofcom's numbering plan and by ``phonenumbers``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import phonenumbers
from stdnum.gb import nhs

from .findings import Confidence, What
from .scan import scan

#: What a detector yields: (what, start, end, confidence) in the text it was given.
Match = tuple[What, int, int, Confidence]
Detector = Callable[[str], Iterator[Match]]

_AREA: Final = (
    r"AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|"
    r"E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|"
    r"LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|"
    r"SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_POSTCODE: Final = re.compile(
    rf"(?<![A-Za-z0-9])(?=[A-Z]{{1,2}}[0-9])(?P<area>{_AREA})[0-9][0-9A-Z]?[\s.,/+_()\-|]{{0,3}}"
    r"(?P<inward>[0-9O][ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
#: With spaces where nobody puts them; in capitals only, because "so 2 4th" is no postcode.
_POSTCODE_SPACED: Final = re.compile(
    rf"(?<![A-Za-z0-9])(?=[A-Z]{{1,2}}\s?[0-9])(?P<area>{_AREA})\s?[0-9][0-9A-Z]?[\s.,/+_()\-|]{{0,3}}"
    r"(?P<inward>[0-9]\s?[ABD-HJLNP-UW-Z]\s?[ABD-HJLNP-UW-Z])(?![A-Za-z0-9])"
)
_GIRO: Final = re.compile(r"(?<![A-Za-z0-9])GIR[\s\-]{0,3}0AA(?![A-Za-z0-9])", re.IGNORECASE)
_ORDINAL: Final = re.compile(r"1st|2nd|3rd|[04-9]th")

_GAP: Final = r"[\s.\-]{1,3}"
#: Ten digits in the groups that people write; in twos or singly only where no other number stands beside.
_TEN_DIGITS: Final = re.compile(
    rf"(?<![\d£$€.,])(?:\d{{10}}|\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{3}}{_GAP}\d{{3}}"
    rf"|\d{{3}}\s?[,/_]\s?\d{{3}}\s?[,/_]\s?\d{{4}}|\d{{5}}{_GAP}\d{{5}}"
    rf"|\d{{3}}{_GAP}\d{{7}}|\d{{6}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{6}}"
    rf"|(?<!\d[ \-])(?:\d\d(?:{_GAP}\d\d){{4}}|\d(?:{_GAP}\d){{9}})(?![\s.\-]\d))(?!\d)"
)
_NHS_LABELLED: Final = re.compile(
    r"\b(?:NHS|CHI)\b\s*(?:no\b\.?|num(?:ber)?\b|id\b|#|:|(?=\d))[\s:.#=(\-]*(?:is\s+|was\s+)?"
    r"(?P<number>\d(?:[\s.,/_\-]{0,3}\d){9})(?!\d)",
    re.IGNORECASE,
)

_NI: Final = re.compile(
    r"(?<![A-Za-z0-9])(?P<prefix>[A-Z]{2})[\s.\-/,]{0,3}\d\d[\s.\-/,]{0,3}\d\d[\s.\-/,]{0,3}\d\d[\s.\-/,]{0,3}"
    r"(?P<suffix>[A-D])?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
#: Its digits in other groups than pairs; in capitals only, because "we 120 300 a week" is none.
_NI_GROUPED: Final = re.compile(
    r"(?<![A-Za-z0-9])(?P<prefix>[A-Z]{2})(?:[\s.\-/_]{0,2}\d){6}[\s.\-/_]{0,2}[A-D](?![A-Za-z0-9])"
)
_NI_PREFIX: Final = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]")
_NI_LABEL: Final = re.compile(
    r"(?:\bn\.?\s?i\.?(?:\s*(?:no|num|number|#))?|\bnino|national\s+insurance)\b[^\n]{0,25}$", re.IGNORECASE
)

_PHONE: Final = re.compile(
    r"(?<![\d£$€])(?:(?:\+|00)[\s.\-]{0,2}4[\s.\-]?4[\s.\-()/,|]{0,4}(?:0[\s.\-()/,|]{0,3})?"
    r"|\(?[0O][\s.\-()/,|=_:]{0,3})"
    r"(?P<rest>[1-9](?:[\s.\-()/,|=_:]{0,3}[0-9]|[OolI]|[\s.\-()]{1,3}[Oo](?=[0-9Oo])){8,9})(?![0-9])"
)
#: As a link to a messenger has it: 44 without anything before it.
_BARE_44: Final = re.compile(r"(?<![\d+£$€.,])44(?P<rest>[1-37]\d{9})(?!\d)")
#: Numbers anybody may ring and that lead to nobody: Samaritans, Childline, missing people, domestic abuse, Frank.
_HELPLINES: Final = frozenset({"116123", "116111", "116000", "08001111", "08082000247", "03001236600"})
_ABROAD: Final = re.compile(r"(?<![\d+])(?:\+|00)(?!44)[1-9](?:[\s.\-()/]{0,2}\d){6,13}(?!\d)")
_SHORTENED: Final = re.compile(
    r"\b(?:phone|tel(?:ephone)?|mob(?:ile)?|cell|call(?:ed)?|ring|rang|text(?:ed)?|whatsapp)\b[^\d\n+]{0,20}"
    r"(?P<number>[1-9]\d{5,10}|[1-9]\d{2,4}[\s.\-]\d{3,6}(?:[\s.\-]\d{3,4})?)(?![\d/])",
    re.IGNORECASE,
)
_LETTERS_AS_DIGITS: Final = str.maketrans("OolI", "0011")
_DATE_FIRST: Final = re.compile(r"\d{1,2}([/.\-])\d{1,2}\1(?:\d{4}|\d\d)(?!\1|\d)")

_EMAIL: Final = re.compile(r"(?<![\w.+\-])[\w.+'\-]{1,64}@(?:[\w\-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w])")
#: An @ or "(at)", after which a stop may stand between spaces; or the bare word "at", after which it may not: "look at
#: it. Me neither" is a sentence.
_AT: Final = r"(?:\s*@{1,3}\s*|\s*[(\[{<]\s*at?\s*[)\]}>]\s*)"
_WORD_AT: Final = r"(?:\s+at(?:\s+sign)?\s+|[\-_]at[\-_])"
_DOT_WORD: Final = r"(?:\s*[(\[{<]\s*dot\s*[)\]}>]\s*|\s+(?:dot|point|full\s?stop)\s+|[\-_]dot[\-_])"
_DOT: Final = rf"(?:\s*\.\s*|{_DOT_WORD})"
_TIGHT_DOT: Final = rf"(?:\.|{_DOT_WORD})"
_ENDS: Final = r"(?:com|net|org|uk|co|nhs|gov|ac|io|me|info|ie|eu|biz)\b"
_BEFORE: Final = re.compile(rf"(?<![\w.+\-])(?:[\w+']{{1,30}}{_DOT_WORD}){{1,3}}$", re.IGNORECASE)
_FARTHEST: Final = 120
_PART: Final = r"[^\W_]+(?:-[^\W_]+){0,5}?"
_EMAIL_SPOKEN: Final = re.compile(
    rf"(?<![\w.+\-])(?:[\w.+'\-]{{1,64}}{_AT}[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{1,63}}){{0,3}}{_DOT}{_ENDS}"
    rf"|[\w.+']{{1,64}}{_WORD_AT}{_PART}(?:{_TIGHT_DOT}{_PART}){{0,3}}?{_TIGHT_DOT}{_ENDS}"
    r"|[\w.+'\-]{1,64}@[A-Za-z][\w\-]{1,62}(?!\.?\w)"
    rf"|[\w.+'\-]{{1,64}}{_WORD_AT}(?:gmail|googlemail|hotmail|icloud|btinternet|protonmail)\b)",
    re.IGNORECASE,
)


def postcodes(text: str) -> Iterator[Match]:
    """Full UK postcodes."""
    for pattern in (_POSTCODE, _POSTCODE_SPACED):
        for match in scan(pattern, text):
            if not _is_ordinal(match):
                yield What.POSTCODE, *match.span(), Confidence.CERTAIN
    for match in scan(_GIRO, text):
        yield What.POSTCODE, *match.span(), Confidence.CERTAIN


def _is_ordinal(match: re.Match[str]) -> bool:
    """Whether it is "E3 2nd": nobody writes half of a postcode in capitals and half in small letters."""
    return _ORDINAL.fullmatch(match["inward"]) is not None and match["area"].isupper()


def nhs_numbers(text: str) -> Iterator[Match]:
    """NHS numbers by their check digit, in the groups that people write.

    After the words "NHS number", ten digits are one whatever their check digit: a typing error still
    identifies.
    """
    for match in scan(_TEN_DIGITS, text):
        if nhs.is_valid(re.sub(r"\D", "", match.group())):
            yield What.NHS_NUMBER, *match.span(), Confidence.CERTAIN
    for match in scan(_NHS_LABELLED, text):
        yield What.NHS_NUMBER, *match.span("number"), Confidence.CERTAIN


def ni_numbers(text: str) -> Iterator[Match]:
    """National Insurance numbers; without the last letter only where the words before say what it is."""
    for match in scan(_NI, text):
        valid = _NI_PREFIX.fullmatch(match["prefix"].upper()) is not None
        if match["suffix"] and (valid or match["prefix"].isupper()):
            yield What.NI_NUMBER, *match.span(), Confidence.CERTAIN
        elif valid and _NI_LABEL.search(text, max(0, match.start() - 60), match.start()):
            yield What.NI_NUMBER, match.start(), _end(match), Confidence.LIKELY
    for match in scan(_NI_GROUPED, text):
        if _NI_PREFIX.fullmatch(match["prefix"]):
            yield What.NI_NUMBER, *match.span(), Confidence.CERTAIN


def _end(match: re.Match[str]) -> int:
    return match.start() + len(match.group().rstrip(" \n\t.-/,"))


def phones(text: str) -> Iterator[Match]:
    """UK phone numbers however spaced, numbers from abroad with their prefix, bare ones after "phone"."""
    yield from (hit for hit in _phones(text) if re.sub(r"\D", "", text[hit[1] : hit[2]]) not in _HELPLINES)


def _phones(text: str) -> Iterator[Match]:
    for match in _PHONE.finditer(text):
        number = re.sub(r"\D", "", match["rest"].translate(_LETTERS_AS_DIGITS))
        digits = sum(character.isdigit() for character in match.group())
        if digits >= 6 and _DATE_FIRST.match(match.group()) is None and _rings(number, match.group()):
            yield What.PHONE, *match.span(), Confidence.CERTAIN
    for match in scan(_BARE_44, text):
        if _rings(match["rest"], match["rest"]):
            yield What.PHONE, *match.span(), Confidence.LIKELY
    for match in scan(_ABROAD, text):
        if _is_abroad(match.group()):
            yield What.PHONE, *match.span(), Confidence.CERTAIN
    for match in scan(_SHORTENED, text):
        yield What.PHONE, *match.span("number"), Confidence.LIKELY


def _rings(number: str, written: str) -> bool:
    """Whether a number without its 0 could be somebody's, given out or not (typing errors, drama).

    Ten digits (eleven with the 0) grouped like a phone number always; anything else if ``phonenumbers`` knows
    it.
    """
    groups = re.findall(r"\w+", written)
    if len(number) == 10 and (number[0] == "7" or (len(groups) <= 4 and len(groups[0]) >= 3)):
        return True
    return phonenumbers.is_valid_number(phonenumbers.parse(number, "GB"))


def _is_abroad(text: str) -> bool:
    number = re.sub(r"[^\d+]", "", text)
    number = "+" + number[2:] if number.startswith("00") else number
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def emails(text: str) -> Iterator[Match]:
    """Email addresses, also with spaces, "(at)" and "dot"."""
    if "@" in text:
        for match in scan(_EMAIL, text):
            yield What.EMAIL, *match.span(), Confidence.CERTAIN
    for match in scan(_EMAIL_SPOKEN, text):
        before = _BEFORE.search(text, max(0, match.start() - _FARTHEST), match.start())
        yield What.EMAIL, (before or match).start(), match.end(), Confidence.LIKELY


DETECTORS: Final[tuple[Detector, ...]] = (postcodes, nhs_numbers, ni_numbers, phones, emails)
