"""What a detector says: something here may identify somebody. Never the text itself, only where it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from ..story.messages import Message, message


class Kind(StrEnum):
    """What sort of thing may identify."""

    PLACE = "place"
    CODE = "code"
    CONTACT = "contact"
    DATE = "date"


class What(StrEnum):
    """Which identifier it is."""

    POSTCODE = "postcode"
    NHS_NUMBER = "nhs-number"
    NI_NUMBER = "ni-number"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH_DATE = "date-of-birth"
    DATE = "date"


class Confidence(IntEnum):
    """How sure the detector is."""

    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


KINDS: Final = {
    What.POSTCODE: Kind.PLACE,
    What.NHS_NUMBER: Kind.CODE,
    What.NI_NUMBER: Kind.CODE,
    What.PHONE: Kind.CONTACT,
    What.EMAIL: Kind.CONTACT,
    What.BIRTH_DATE: Kind.DATE,
    What.DATE: Kind.DATE,
}
#: What people call each.
NAMES: Final = {
    What.POSTCODE: message("a postcode"),
    What.NHS_NUMBER: message("an NHS number"),
    What.NI_NUMBER: message("a National Insurance number"),
    What.PHONE: message("a phone number"),
    What.EMAIL: message("an email address"),
    What.BIRTH_DATE: message("a date of birth"),
    What.DATE: message("a date from the calendar"),
}
_SUGGESTIONS: Final = {
    What.POSTCODE: message("take it out, or say what kind of place it is: “a town nearby”"),
    What.NHS_NUMBER: message("take it out"),
    What.NI_NUMBER: message("take it out"),
    What.PHONE: message("take it out, or write “a phone number”"),
    What.EMAIL: message("take it out, or write “an email address”"),
    What.BIRTH_DATE: message("take it out, or give an age band: “in her thirties”"),
    What.DATE: message("say when it was in the story’s own time: “three weeks later”, “that winter”"),
}


@dataclass(frozen=True, slots=True)
class Hit:
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
        return _SUGGESTIONS[self.what]


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit in a field of a story; ``where`` names the field in words."""

    kind: Kind
    what: What
    where: Message
    start: int
    end: int
    confidence: Confidence
    suggestion: Message

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
