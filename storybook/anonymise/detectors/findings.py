"""What a detector says: something here may identify somebody. Never the text itself, only where it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from ...story.messages import Message, message


class Kind(StrEnum):
    """What sort of thing may identify."""

    PERSON = "PERSON"
    PLACE = "PLACE"
    ORG = "ORG"
    DATE = "DATE"
    AGE = "AGE"
    CODE = "CODE"
    CONTACT = "CONTACT"
    DEMOGRAPHIC = "DEMOGRAPHIC"
    QUANTITY = "QUANTITY"
    FACT = "FACT"
    LEGAL = "LEGAL"


class What(StrEnum):
    """Which identifier it is."""

    POSTCODE = "postcode"
    NHS_NUMBER = "nhs-number"
    NI_NUMBER = "ni-number"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH_DATE = "date-of-birth"
    DATE = "date"
    PLATE = "plate"
    PRISON_NUMBER = "prison-number"
    POLICE_NUMBER = "police-number"
    COURT_NUMBER = "court-number"
    BANK = "bank"
    REFERENCE = "reference"
    HANDLE = "handle"
    LINK = "link"
    FILE = "file-name"
    ADDRESS = "address"
    PERSON = "person"
    INITIALS = "initials"
    PLACE = "place"
    ORG = "organisation"
    AGE = "age"
    EVENT = "public-event"
    ORIGIN = "origin"
    TRADE = "trade"
    AMOUNT = "amount"
    SPELL = "spell"
    ILLNESS = "illness"
    OTHER_SCRIPT = "other-script"
    OFFENCE = "offence"
    BREACH = "breach"
    BENEFIT = "benefit"
    IMMIGRATION = "immigration"
    LIVE_CASE = "live-case"
    ANONYMITY = "court-anonymity"
    CHILD = "child"
    FACT = "rare-fact"


class Confidence(IntEnum):
    """How sure the detector is. ``FAINT``: alone it says little; it is there to look at, and asks for no decision."""

    FAINT = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class _Sort:
    """What is said of one sort of identifier."""

    kind: Kind
    name: Message
    suggestion: Message


_OUT: Final = message("take it out")
_ADVISER: Final = message("ask the named adviser to clear it, or take it out")


_SORTS: Final = {
    What.POSTCODE: _Sort(
        Kind.PLACE,
        message("a postcode"),
        message("take it out, or say what kind of place it is: “a town nearby”"),
    ),
    What.NHS_NUMBER: _Sort(Kind.CODE, message("an NHS number"), _OUT),
    What.NI_NUMBER: _Sort(Kind.CODE, message("a National Insurance number"), _OUT),
    What.PHONE: _Sort(
        Kind.CONTACT, message("a phone number"), message("take it out, or write “a phone number”")
    ),
    What.EMAIL: _Sort(
        Kind.CONTACT, message("an email address"), message("take it out, or write “an email address”")
    ),
    What.BIRTH_DATE: _Sort(
        Kind.DATE,
        message("a date of birth"),
        message("take it out, or give an age band: “in her thirties”"),
    ),
    What.DATE: _Sort(
        Kind.DATE,
        message("a date from the calendar"),
        message("say when it was in the story’s own time: “three weeks later”, “that winter”"),
    ),
    What.PLATE: _Sort(
        Kind.CODE, message("the number plate of a vehicle"), message("take it out, or write “a car”")
    ),
    What.PRISON_NUMBER: _Sort(Kind.CODE, message("a prison number"), _OUT),
    What.POLICE_NUMBER: _Sort(Kind.CODE, message("a police number"), _OUT),
    What.COURT_NUMBER: _Sort(Kind.CODE, message("the number of a court case"), _OUT),
    What.BANK: _Sort(Kind.CODE, message("a number of a bank account or card"), _OUT),
    What.REFERENCE: _Sort(
        Kind.CODE, message("a reference number"), message("take it out, or write “a reference”")
    ),
    What.HANDLE: _Sort(Kind.CONTACT, message("a name somebody uses online"), _OUT),
    What.LINK: _Sort(Kind.CONTACT, message("a link or an address of a machine or a spot on the map"), _OUT),
    What.FILE: _Sort(
        Kind.CONTACT, message("the name of a file"), message("take it out, or write “a letter”")
    ),
    What.ADDRESS: _Sort(
        Kind.PLACE, message("an address"), message("say what kind of home it is: “a flat”, “her street”")
    ),
    What.PERSON: _Sort(
        Kind.PERSON,
        message("a person’s name"),
        message("use the pseudonym, or say who it is: “her eldest”, “a friend”"),
    ),
    What.INITIALS: _Sort(
        Kind.PERSON,
        message("somebody’s initials"),
        message("use the pseudonym, or say who it is: “a friend”"),
    ),
    What.PLACE: _Sort(
        Kind.PLACE, message("a place"), message("say what kind of place it is: “a town nearby”")
    ),
    What.ORG: _Sort(
        Kind.ORG,
        message("a body or a house with a name"),
        message("say what kind it is: “a hostel”, “her school”"),
    ),
    What.AGE: _Sort(Kind.AGE, message("an age"), message("give an age band: “in her thirties”")),
    What.EVENT: _Sort(
        Kind.DATE,
        message("a public event that gives the date away"),
        message("say when it was in the story’s own time: “that summer”"),
    ),
    What.ORIGIN: _Sort(
        Kind.DEMOGRAPHIC,
        message("where somebody is from, what they believe or whom they love"),
        message("leave it out, or say it more widely, unless the story needs it"),
    ),
    What.TRADE: _Sort(
        Kind.DEMOGRAPHIC,
        message("what somebody works as"),
        message("say it more widely: “a job in a kitchen”"),
    ),
    What.AMOUNT: _Sort(
        Kind.QUANTITY, message("an exact amount"), message("say it roughly: “a few hundred pounds”")
    ),
    What.SPELL: _Sort(
        Kind.QUANTITY, message("how long something went on"), message("say it roughly: “for some years”")
    ),
    What.ILLNESS: _Sort(
        Kind.DEMOGRAPHIC,
        message("an illness or an injury"),
        message("say it more widely, unless the story needs it: “in poor health”"),
    ),
    What.OTHER_SCRIPT: _Sort(
        Kind.PERSON,
        message("words in another script"),
        message("let somebody who reads it say whether it names anybody"),
    ),
    What.OFFENCE: _Sort(Kind.LEGAL, message("an offence that the police may not know of"), _ADVISER),
    What.BREACH: _Sort(Kind.LEGAL, message("a breach of a licence, of bail or of an order"), _ADVISER),
    What.BENEFIT: _Sort(Kind.LEGAL, message("a breach of the rules of a benefit or a tenancy"), _ADVISER),
    What.IMMIGRATION: _Sort(Kind.LEGAL, message("somebody’s right to be in the country"), _ADVISER),
    What.LIVE_CASE: _Sort(Kind.LEGAL, message("a case that is not over"), _ADVISER),
    What.ANONYMITY: _Sort(Kind.LEGAL, message("somebody whom the law may forbid to name"), _ADVISER),
    What.CHILD: _Sort(Kind.LEGAL, message("a child who may be recognised"), _ADVISER),
    What.FACT: _Sort(
        Kind.FACT,
        message("something rare"),
        message("say it more widely, or leave it out, unless nobody could know them by it"),
    ),
}
KINDS: Final = {what: sort.kind for what, sort in _SORTS.items()}
#: What people call each.
NAMES: Final = {what: sort.name for what, sort in _SORTS.items()}
#: What leads straight to one person and is never to be kept: these block until they are taken out.
DIRECT: Final = frozenset(
    {
        What.POSTCODE,
        What.NHS_NUMBER,
        What.NI_NUMBER,
        What.PHONE,
        What.EMAIL,
        What.BIRTH_DATE,
        What.PLATE,
        What.PRISON_NUMBER,
        What.POLICE_NUMBER,
        What.COURT_NUMBER,
        What.BANK,
        What.HANDLE,
        What.ADDRESS,
    }
)
#: Found from the first day on, and blocking from "likely" on; the later ones block where they are certain.
_ALWAYS: Final = frozenset(
    {What.POSTCODE, What.NHS_NUMBER, What.NI_NUMBER, What.PHONE, What.EMAIL, What.BIRTH_DATE}
)


class Tier(StrEnum):
    """What a finding asks for."""

    #: It has to go before anything is released; nobody can decide to keep it.
    BLOCKS = "blocks"
    #: It blocks until a named adviser has cleared it.
    ADVISER = "adviser"
    #: A person decides: replace it, keep it with a reason, or drop the sentence.
    DECIDE = "decide"
    #: Worth a look beside other things; nothing has to be decided.
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in one text. ``start`` and ``end`` count code points of the text as it was written."""

    what: What
    start: int
    end: int
    confidence: Confidence

    @property
    def kind(self) -> Kind:
        """What sort of thing it is."""
        return KINDS[self.what]

    @property
    def suggestion(self) -> Message:
        """What would be right instead."""
        return _SORTS[self.what].suggestion

    @property
    def tier(self) -> Tier:
        """What it asks for."""
        if self.kind is Kind.LEGAL:
            return Tier.ADVISER
        if self.confidence is Confidence.FAINT:
            return Tier.LOOK
        sure = self.what in _ALWAYS or (self.what in DIRECT and self.confidence is Confidence.CERTAIN)
        return Tier.BLOCKS if sure else Tier.DECIDE

    @property
    def blocks(self) -> bool:
        """Whether nothing may be released while it stands, whatever people decide."""
        return self.tier is Tier.BLOCKS


@dataclass(frozen=True, slots=True)
class Placed(Finding):
    """A finding in a field of a story; ``where`` names the field in words."""

    where: Message

    @property
    def said(self) -> Message:
        """The finding as a sentence, without the text that was found."""
        return message(
            "{where}: {thing}, from character {start} to {end}; {suggestion}",
            where=self.where,
            thing=NAMES[self.what],
            start=self.start + 1,
            end=self.end,
            suggestion=self.suggestion,
        )
