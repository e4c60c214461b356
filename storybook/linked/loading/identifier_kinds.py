"""What direct identifiers look like: by the heading of their column, and by their values.

``HEADINGS``: a heading in lower case, words apart, that matches in full. ``ANYWHERE``: one value in a column of
categories is enough. ``MOSTLY``: a share of the different values, as a single one may be chance (one in
eleven numbers of ten digits passes for an NHS number).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

from stdnum import iban, imei, luhn
from stdnum.gb import nhs, upn

from ...story.messages import Message, message
from .given_names import GIVEN_NAMES

Test = tuple[Callable[[str], object], Message]

NAMES: Final = message("names")
POSTCODES: Final = message("full postcodes")
BIRTHS: Final = message("dates, perhaps of birth")
NOTES: Final = message("somebody's notes")
OWN_MARKS: Final = message("notes or marks of their own, not categories")
#: What is never loaded, whatever the reason.
WORDS: Final = (NOTES, OWN_MARKS)
_NHS: Final = message("NHS numbers")
_NI: Final = message("National Insurance numbers")
_EMAIL: Final = message("email addresses")
_PHONE: Final = message("phone numbers")
_ADDRESS: Final = message("addresses")
_PLACES: Final = message("exact places on a map")
_WEB: Final = message("names or pages on the web")
_DEVICE: Final = message("addresses of a computer or phone")
_BANK: Final = message("bank accounts or cards")
_PASSPORT: Final = message("passports or driving licences")
_VEHICLE: Final = message("number plates")
RECORD: Final = message("numbers of a person's records")

_WHOSE: Final = (
    "first|fore|sur|last|middle|full|given|family|maiden|known|preferred|client|patient|person|customer|tenant|"
    "applicant|mother|father|child|partner|offender|victim|service user|worker|staff|officer|doctor|gp|carer|contact"
)
_STAFF: Final = (
    "(key|support|social|case|outreach) ?worker|case ?holder|next of kin|emergency contact|gp|doctor|dr|"
    "clinician|consultant|nurse|midwife|officer|landlord"
)
_NO: Final = "(no|num|number|nr|id|ref|code)s?"

HEADINGS: Final = (
    (
        (
            rf"(({_WHOSE})('?s)? ?)+names?|surnames?|forenames?|aka|alias(es)?|initials|(nick ?)?names?|"
            rf"((registered|named|usual|family|own) )?({_STAFF})( names?)?|(mother'?s? )?maiden|mmn|"
            r"(security|secret|memorable) (answer|question|word)"
        ),
        NAMES,
    ),
    (rf"(nhs|chi)( ?{_NO})?|health and care number", _NHS),
    (rf"nino|ni ?(no|num|number)|national insurance( ?{_NO})?|ssn|social security( ?{_NO})?", _NI),
    (r"e ?mail( ?address(es)?)?s?", _EMAIL),
    (
        (
            r"(tele)?phone( ?(no|num|number))?s?|(mobile|tel|cell|landline|fax)( ?(no|num|number|phone))?s?|"
            r"(home|work|contact) ?(tele)?(phone|number|tel)( ?(no|num|number))?"
        ),
        _PHONE,
    ),
    (r"(full |home |current |last )?post ?codes?|pcds?|zip( ?code)?", POSTCODES),
    (
        (
            r"((home|current|street|full|last|postal|previous) )?address(es)?( of \w+)?( ?(line)? ?\d)?|"
            rf"(uprn|usrn)( ?{_NO})?|(unique )?property ?(reference( number)?|{_NO})|house (no|number|name)|"
            r"street( name)?|flat( (no|number))?|"
            r"((gypsy|travell?er|caravan) (site|pitch|plot)|pitch|plot)( ?(name|no|number))?"
        ),
        _ADDRESS,
    ),
    (r"(date|day) of birth|d ?o ?b|birth ?(date|day)|born( on)?|birth ?year", message("dates of birth")),
    (
        (
            rf"passport( ?{_NO})?|travel document( ?{_NO})?|driv(ing|er'?s?) ?licen[cs]e( ?{_NO})?|licen[cs]e ?{_NO}|"
            rf"dvla( ?{_NO})?|driver'?s? ?{_NO}"
        ),
        _PASSPORT,
    ),
    (
        (
            rf"(vehicle|car) ?(reg(istration)?( ?mark)?( ?{_NO})?|{_NO})|reg(istration)? ?(no|number|mark|plate)|"
            r"number ?plate|vrm|vrn"
        ),
        _VEHICLE,
    ),
    (
        r"(bank )?account( ?(no|num|number|name))?|sort ?code|iban|(credit|debit|bank)? ?card( ?(no|num|number))?",
        _BANK,
    ),
    (r"(\w+ )?(ip|mac)( ?v?[46])?( ?address(es)?)?|imei|imsi|device ?id|(last )?log ?in from", _DEVICE),
    (
        (
            r"(x ?/ ?)?(twitter|facebook|fb|insta(gram)?|ig|tik ?tok|snap(chat)?|whats ?app|linked ?in|youtube|"
            r"telegram|social media)( ?(handle|name|id|account|user))?|"
            r"user ?name|screen ?name|handle|url|website|web ?page|(photo|image|picture)( ?(file|name|url))*"
        ),
        _WEB,
    ),
    (
        (
            r"lat(itude)?|lon(g|gitude)?|lat ?(and |/ ?)?lon(g)?|eastings?|northings?|(os )?grid ?ref(erence)?|"
            r"coordinates?|what ?3 ?words|w3w"
        ),
        _PLACES,
    ),
    (
        (
            rf"(pnc|cro|nomis|noms|prison|prisoner|custody|delius|hosp(ital)?|mrn|upn|uln|utr|niche|nspis)( ?{_NO})?|"
            rf"police national computer( ?{_NO})?|(unique )?(pupil|learner) ?(reference )?{_NO}|"
            rf"medical record( ?{_NO})?|tax(payer)? ?{_NO}|(home office|ho|asylum|arc|tenancy|rent|council tax|ct|"
            rf"benefit|uc|hb) ?(claim|account)? ?({_NO}|reference)"
        ),
        RECORD,
    ),
    (r"(case |free |worker |staff )?(notes?|text|comments?|narrative|remarks|observations)", NOTES),
)

_POSTCODE = re.compile(r"\b(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b", re.IGNORECASE)
CLOSED_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE)
_SSN = re.compile(r"\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b")
_ANY_SSN = re.compile(r"\d{3}-\d{2}-\d{4}")
_MOBILE = re.compile(r"(?<!\w)(\+44 ?\(?0?\)? ?|0)7\d{3}[ -]?\d{3}[ -]?\d{3}\b")
_LANDLINE = re.compile(r"(\+44 ?|0)[1-37](\d[ -]?){8,9}")
ADDRESS: Final = re.compile(
    r"(flat \w+,? )?\d+[a-z]?,? [a-z' ]+ "
    r"(street|st|road|rd|lane|avenue|ave|close|drive|way|court|place|crescent|"
    r"terrace|gardens|grove|walk|square)\b.*",
    re.IGNORECASE,
)
DAY: Final = re.compile(r"\d{4}[-/]\d{2}[-/]\d{2}([T ].*)?|\d{1,2}[/.-]\d{1,2}[/.-](19|20)\d{2}([T ].*)?")
_TEN = re.compile(r"\d{3}([ -]?)\d{3}\1\d{4}")
_TEN_APART = re.compile(r"\b\d{3}([ -])\d{3}\1\d{4}\b")
_LICENCE = re.compile(r"\b[A-Z9]{5}\d[0156]\d[0-3]\d\d[A-Z9]{2}\d?[A-Z]{1,2}\b", re.IGNORECASE)
_PLATE = re.compile(
    r"[A-Z]{2}(0[1-9]|[1-9]\d) ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]", re.IGNORECASE
)
_IP = re.compile(r"(?<![\d.])((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])")
_MAC = re.compile(r"\b([0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b", re.IGNORECASE)
_URL = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_HANDLE = re.compile(r"@[\w.]{3,}|[a-z]{3,}[._][a-z]{3,}\d{1,4}", re.IGNORECASE)
_PAIR = re.compile(r"-?\d{1,2}\.\d{3,}[,; ]+-?\d{1,3}\.\d{3,}")
_DEGREES = re.compile(r"-?\d{1,2}\.\d{4,}")
_GRID = re.compile(r"[HJNOST][A-HJ-Z] ?(\d{5} ?\d{5}|\d{4} ?\d{4}|\d{3} ?\d{3})", re.IGNORECASE)
_THREE_WORDS = re.compile(r"(///)?[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}")
_PNC = re.compile(r"\b(\d{2}|\d{4})/\d{4,7}[A-Z]\b|\b\d{4,6}/\d{2}[A-Z]\b")
_SHORT_PNC = re.compile(r"\d{2}/\d{1,7}[A-Z]|\d{1,6}/\d{2}[A-Z]")
_CARD = re.compile(r"\b\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}\b")
_SORT = re.compile(r"\d{2}-\d{2}-\d{2}")
_PRISON = re.compile(r"[A-Z]\d{4}[A-Z]{2}")
#: Initials and a day of birth, as many home-made marks are.
_INITIALS_AND_BIRTH = re.compile(r"([A-Z]{2,3})[ /_-]?((0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)?\d{2})")
_NAME = re.compile(
    r"((mr|mrs|ms|miss|dr)\.? )?[a-z]{2,}(['-][a-z]+)?,? [a-z]+\.?(['-][a-z]+)?( [a-z]+(['-][a-z]+)?)?",
    re.IGNORECASE,
)
_ONE_NAME = re.compile(r"[A-Z][a-z]{2,}(['-][A-Z][a-z]+)?")
_TITLED = re.compile(r"(mr|mrs|ms|miss|dr|prof)\.? ([a-z]\.? )*[a-z'-]{2,}( [a-z'-]{2,})*", re.IGNORECASE)
#: A number of one's own, as passports, property, pupils and hospitals have them; not a day, not the code of an area.
_SERIAL = re.compile(
    r"(?!(19|20)\d\d[01]\d[0-3]\d$)(?![EWSNJK]\d{8}$)([A-Z]{1,4}[ /-]?\d{5,}|\d{6,})[ /-]?[A-Z]{0,3}",
    re.IGNORECASE,
)
#: Where few people live, and whoever lives there is known by it.
HOMES: Final = re.compile(
    r"\b(gyps(y|ies)|travell?ers?|romany|caravans?|mobile homes?)\b.*\b(site|park|pitch)|"
    r"\b(pitch|plot|berth) \w?\d|\brefuge\b",
    re.IGNORECASE,
)


def _nhs_number(value: str) -> bool:
    return bool(_TEN.fullmatch(value)) and nhs.is_valid(value)


def _nhs_inside(value: str) -> bool:
    return any(nhs.is_valid(found[0]) for found in _TEN_APART.finditer(value))


def _card_inside(value: str) -> bool:
    return any(luhn.is_valid(re.sub(r"\D", "", found[0])) for found in _CARD.finditer(value))


def _iban(value: str) -> bool:
    return len(value) >= 15 and bool(iban.is_valid(value))


def serial(value: str) -> bool:
    """Whether it is a long number, with letters before or behind: each thing or person has its own."""
    return bool(_SERIAL.fullmatch(value))


def _new_address(value: str) -> bool:
    """An address of a computer in the new way: 2001:db8::1."""
    try:
        return value.count(":") > 1 and ip_address(value).version == 6
    except ValueError:
        return False


def _device(value: str) -> bool:
    return value.isdigit() and len(value) == 15 and bool(imei.is_valid(value))


def _pupil(value: str) -> bool:
    return len(value) == 13 and bool(upn.is_valid(value))


def _degrees(value: str) -> bool:
    return bool(_DEGREES.fullmatch(value)) and (49 <= float(value) <= 61 or -8.7 <= float(value) <= 1.8)


def named(value: str) -> bool:
    """Whether a common given name, or a title, says that this is a person: "Mary Brown", "BROWN, Mary", "Ms Brown"."""
    words = re.findall(r"[a-z]+", value.casefold())
    if not 1 <= len(words) <= 4 or any(letter.isdigit() for letter in value):
        return False
    return bool(_TITLED.fullmatch(value)) or any(word in GIVEN_NAMES for word in words[:1] + words[-1:])


def name_shaped(value: str) -> bool:
    """Whether it is written as names are; many other things are too."""
    return bool(_ONE_NAME.fullmatch(value) or _NAME.fullmatch(value))


def year_in(value: str) -> int | None:
    """The year of a value that is a date, else None."""
    found = re.search(r"(?<!\d)(18|19|20)\d\d(?!\d)", value) if DAY.fullmatch(value) else None
    return int(found[0]) if found and int(found[0]) <= dt.MAXYEAR else None


ANYWHERE: Final[tuple[Test, ...]] = (
    (_MAIL.search, _EMAIL),
    (_INSURANCE.search, _NI),
    (_POSTCODE.search, POSTCODES),
    (_nhs_inside, _NHS),
    (_SSN.search, _NI),
    (_MOBILE.search, _PHONE),
    (_LICENCE.search, _PASSPORT),
    (_IP.search, _DEVICE),
    (_MAC.search, _DEVICE),
    (_new_address, _DEVICE),
    (_iban, _BANK),
    (_card_inside, _BANK),
    (_PNC.search, RECORD),
    (_PAIR.search, _PLACES),
    (_URL.search, _WEB),
)
MOSTLY: Final[tuple[Test, ...]] = (
    (_nhs_number, _NHS),
    (_LANDLINE.fullmatch, _PHONE),
    (_ANY_SSN.fullmatch, _NI),
    (DAY.fullmatch, BIRTHS),
    (_PLATE.fullmatch, _VEHICLE),
    (_HANDLE.fullmatch, _WEB),
    (_degrees, _PLACES),
    (_GRID.fullmatch, _PLACES),
    (_THREE_WORDS.fullmatch, _PLACES),
    (_SORT.fullmatch, _BANK),
    (_device, _DEVICE),
    (_pupil, RECORD),
    (_PRISON.fullmatch, RECORD),
    (_SHORT_PNC.fullmatch, RECORD),
    (_INITIALS_AND_BIRTH.fullmatch, message("initials and dates of birth")),
)
