"""Words that say that a name stands beside them: titles, kin, "called", and what people do."""

from __future__ import annotations

from typing import Final

from .words import sections

_SETS: Final = sections("context.txt")
TITLES: Final = _SETS["titles"]
KIN: Final = _SETS["kin"]
NAMING: Final = _SETS["naming"]
#: After these a word with a capital is whom somebody speaks to or about.
GREETING: Final = _SETS["greeting"]
#: What people do and places, teams and things mostly don't.
DEEDS: Final = _SETS["deeds"]
#: Words after which a capital is somebody with whom something is done.
BESIDE: Final = _SETS["beside"]
#: Before a place.
AT: Final = _SETS["at"]
DETERMINERS: Final = _SETS["determiners"]
OWNERS: Final = _SETS["owners"]
#: Letters that stand for something that every worker knows, and so for nobody.
ABBREVIATIONS: Final = _SETS["abbreviations"]
#: Ends of what is called a drug, not a person: "pregabalin" with a capital.
DRUG_ENDS: Final = tuple(sorted(_SETS["drug ends"]))
#: Words that begin a sentence before the name of a body.
STARTERS: Final = _SETS["starters"]
#: Words that stand before the name of a body and belong to it.
HEADS: Final = _SETS["heads"]
LINKS: Final = _SETS["links"]
MODAL: Final = _SETS["modal"]
#: Roles and teams that stand without an article, as people do: "Probation said".
ROLES: Final = _SETS["roles"]
#: What may stand before a stop without ending the sentence.
ABBREVIATED: Final = _SETS["abbreviated"]
#: Small words inside a name: "van der Berg".
PARTICLES: Final = _SETS["particles"]
CALENDAR: Final = _SETS["calendar"]
#: Whose names are those of illnesses, and what laws and illnesses are called after people.
EPONYMS: Final = _SETS["eponyms"]
OF_EPONYMS: Final = _SETS["of eponyms"]
#: Before somebody's own name: "i'm kai".
INTRODUCING: Final = _SETS["introducing"]
#: Words after which a name is a body's or a spot's.
THERE: Final = _SETS["there"]
#: Towns whose names are words.
TOWNS: Final = _SETS["towns"]
#: What stands before a colon in a form, and is nobody who speaks.
OF_FORMS: Final = _SETS["of forms"]
#: What stands before a nickname and belongs to it: "Big Tone".
SIZES: Final = _SETS["sizes"]
#: What a place may be told as: "the borough of Hackney".
SEATS: Final = _SETS["seats"]
#: After these somebody follows: "saw Tank", "with Peaches".
MEETING: Final = _SETS["meeting"]
AUXILIARY: Final = _SETS["auxiliary"]
#: Before the beginning of what is told next: "and", "says".
CLAUSE: Final = _SETS["clause"]
#: Names that are words too, and stand at the beginning of a sentence without any article: "Grant was refused".
OF_THEMSELVES: Final = _SETS["of themselves"]
#: What nobody but people do, though things and places may do the rest of `DEEDS`.
SPEECH: Final = _SETS["speech"]
PERSONS_DO: Final = _SETS["persons do"]
#: What says something and is nobody: "letter says".
WRITINGS: Final = _SETS["writings"]
#: Words as people type them on a phone, and what workers shorten: no English, and nobody's name.
SHORT: Final = _SETS["short"]
#: Those who stand before the names of several: "his mates Biggs and Tiny".
COMPANIONS: Final = _SETS["companions"]
#: What somebody may be in a note, beside kin and trades: "Colin (staff)", "victim Peaches".
STAFF: Final = _SETS["staff"]
#: Before somebody says who they are: "hiya its ange".
GREETINGS: Final = _SETS["greetings"]
#: How somebody is, in a note: "Summer crying on stairs".
STATES: Final = _SETS["states"]
