"""A story with identifiers of known letters planted in every field, and the search of what left for any of them.

Everything is made up from a seed; numbers are of the ranges kept for tests and drama where there are such. Most names
are made of syllables and stand on no list. ``by_a_person`` marks what no rule can know for somebody's: a reader has to.
"""

# ruff: noqa: RUF001 - letters that look like others are planted

from __future__ import annotations

import base64
import html
import random
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import unquote

from stdnum.gb import nhs

from storybook.anonymise.deciding.pseudonyms import PSEUDONYMS
from storybook.anonymise.detectors.words import words
from storybook.story.model import Agency, Contact, Episode, Gap, Person, Point, ShowAs, Story, Track


@dataclass(frozen=True)
class Plant:
    """One identifier: the sentence it stands in, and the letters and digits of which none may be left together."""

    sentence: str
    letters: tuple[str, ...]
    sort: str
    by_a_person: bool = False

    @property
    def one_line(self) -> bool:
        """Whether it can stand in a field of one line."""
        return "\n" not in self.sentence


LISTED = (
    "Darren Whitlock",
    "Sharon Okafor",
    "Priya Natarajan",
    "Kieran Doherty",
    "Agnieszka Nowak",
    "Yusuf Rahman",
)
TOWNS = ("Nuneaton", "Bedworth", "Kenilworth", "Leamington", "Atherstone", "Hinckley", "Rugeley", "Tamworth")
HEADS = ("Hostel", "Surgery", "Academy", "Foundation", "Bakery", "Tavern", "Church", "Boxing Club")
STREETS = ("Street", "Road", "Lane", "Close", "Avenue")
#: How a name is said; every one says that it is somebody's.
ABOUT = (
    "Then {} came round and nobody else did.",
    "Her friend {} said it was late.",
    "We phoned {} twice that night.",
    "My partner {} was there as well.",
    "She told {} about the flat.",
    "It was {}’s sister who opened.",
    "our {} never said a word",
    "Spoke to {} at the door.",
)
WHERE = ("They moved to {} after that.", "She slept in {} for a while.", "He came from {} with a bag.")
#: What only somebody who reads the story can see for what it is.
ONLY_A_PERSON = (
    ("Stretch laughed about it for days.", "stretch laughed"),
    ("The lad with the ferret on his shoulder came too.", "ferret on his shoulder"),
    ("That was the year the bandstand burnt.", "bandstand burnt"),
    ("Everybody knew the house with the blue horse outside.", "blue horse outside"),
    ("She ran the only kiosk by the weir.", "kiosk by the weir"),
    ("Biscuit was sick that week.", "biscuit was sick"),
    ("It was the week after the swans were taken.", "swans were taken"),
    ("He was the one who pulled the boy from the lock.", "boy from the lock"),
    ("They called it the Old Ship then.", "the old ship"),
)


def plants(number: int, seed: int = 1) -> list[Plant]:
    """So many identifiers, the same ones for the same seed; three in a hundred are for a person."""
    chance = random.Random(seed)
    makers = cycle(
        (
            *[_person] * 5,
            _place,
            _place,
            _body,
            _body,
            _phone,
            _email,
            _postcode,
            _code,
            _day,
            _address,
            _online,
        )
    )
    human = [Plant(said, (letters_of(core),), "fact", by_a_person=True) for said, core in ONLY_A_PERSON]
    told = human[: number * 3 // 100]
    found: list[Plant] = []
    while len(found) < number - len(told):
        found.append(next(makers)(chance, len(found)))
    chance.shuffle(found)
    return [*found, *told]


def _invented(chance: random.Random, syllables: int = 3) -> str:
    """A word that no list holds."""
    while True:
        said = "".join(chance.choice(_HEADS) + chance.choice("aeiou") for _ in range(syllables))
        word = said + chance.choice("lmnrvkx")
        if any(name.lower() in word for name in PSEUDONYMS if len(name) > 3):
            word = word[:-1] + "vin"  # "her Alex" would be read as what is left of "Ralex"
        known = words()
        listed = any(word in names for names in (known.given, known.surnames, known.places))
        if not known.is_word(word) and not listed:
            return word.title()


_HEADS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "dr", "tr", "qu", "st")


def _forms(chance: random.Random, name: str, at: int) -> str:
    """One of the ways in which a name is written or hidden."""
    first, *rest = name.split(" ")
    tail = " ".join(rest)
    middle = len(first) // 2
    lookalikes = first.translate(str.maketrans("aeopcx", "аеорсх"))
    forms = (
        name,
        name,
        name.upper(),
        f"{first[:middle]}\u200b{first[middle:]} {tail}",
        f"**{first[:middle]}**{first[middle:]} {tail}",
        f"[{name}](https://example.org/a)",
        f"![{name}](a.png)",
        f"`{name}`",
        f"<b>{first}</b> {tail}",
        f"{lookalikes} {tail}",
        f"{first}\n{tail}",
        f"{first[:middle]}\u00ad{first[middle:]} {tail}",
        f"&#{ord(first[0])};{first[1:]} {tail}",
        f"“{first}” {tail}",
    )
    return forms[at % len(forms)].strip()


def _person(chance: random.Random, at: int) -> Plant:
    name = f"{_invented(chance, 2)} {_invented(chance)}" if at % 4 else chance.choice(LISTED)
    said = chance.choice(ABOUT).format(_forms(chance, name, at))
    return Plant(said, tuple(letters_of(part) for part in name.split(" ")), "person")


def _place(chance: random.Random, at: int) -> Plant:
    name = chance.choice(TOWNS) if at % 2 else _invented(chance)
    return Plant(chance.choice(WHERE).format(name), (letters_of(name),), "place")


def _body(chance: random.Random, at: int) -> Plant:
    own = _invented(chance)
    return Plant(f"It was at the {own} {chance.choice(HEADS)} that he slept.", (letters_of(own),), "body")


def _phone(chance: random.Random, at: int) -> Plant:
    number = f"07700900{chance.randrange(1000):03d}"
    head, tail = number[:5], number[5:]
    forms = (number, f"{head} {tail}", f"{head}\n{tail}", f"{head}-**{tail[:3]}**-{tail[3:]}")
    return Plant(f"Her number was {forms[at % 4]}.", (number,), "phone")


def _email(chance: random.Random, at: int) -> Plant:
    own = _invented(chance).lower()
    sign = ("@", " (at) ", "&#64;", "＠")[at % 4]
    return Plant(f"Write to {own}{sign}example.com please.", (own,), "email")


def _postcode(chance: random.Random, at: int) -> Plant:
    inward = f"{chance.randrange(1, 9)}{chance.choice('ABDEFGHJLN')}{chance.choice('PQRSTUWXYZ')}"
    code = f"CV{chance.randrange(1, 9)} {inward}"
    forms = (code, code.replace(" ", ""), code.lower(), " ".join(code.replace(" ", "")))
    return Plant(f"They lived at {forms[at % 4]} then.", (letters_of(code),), "postcode")


def _code(chance: random.Random, at: int) -> Plant:
    numbers = (
        ("NHS number {}", _nhs(chance)),
        ("NI {}", f"JG{chance.randrange(10**6):06d}A"),
        ("prison number {}", f"A{chance.randrange(10**4):04d}{chance.choice('BCDE')}{chance.choice('WXYZ')}"),
        ("van reg {}", f"MX21 {chance.choice('BCDF')}{chance.choice('GHJK')}{chance.choice('LMNP')}"),
        ("crime ref {}", f"20/{chance.randrange(10**5, 10**6)}/{chance.randrange(10, 99)}"),
        ("case no. {}", f"T2019{chance.randrange(10**4):04d}"),
        ("sort code 20-00-00 account {}", f"{chance.randrange(10**7, 10**8)}"),
    )
    said, number = numbers[at % len(numbers)]
    return Plant(f"The {said.format(number)} was on it.", (letters_of(number),), "code")


def _nhs(chance: random.Random) -> str:
    while True:
        nine = f"999{chance.randrange(10**6):06d}"
        for digit in "0123456789":
            if nhs.is_valid(nine + digit):
                return nine + digit


def _day(chance: random.Random, at: int) -> Plant:
    day, year = chance.randrange(1, 28), chance.randrange(1961, 2015)
    month = chance.choice(("March", "July", "October"))
    said = ("She was born on {} {} {}.", "It was {} {} {} when it broke.")[at % 2]
    return Plant(said.format(day, month, year), (f"{day}{month.lower()}{year}",), "day")


def _address(chance: random.Random, at: int) -> Plant:
    own, end = _invented(chance), STREETS[at % len(STREETS)]
    return Plant(f"They had {chance.randrange(2, 90)} {own} {end} for a year.", (letters_of(own),), "address")


def _online(chance: random.Random, at: int) -> Plant:
    own = _invented(chance).lower()
    forms = (
        f"She posted as @{own}_x that night.",
        f"It is in {own}_letter.pdf still.",
        f"See https://example.org/{own}/1 there.",
        f"# exported for {own.title()}: a,b",
        f"It said #justicefor{own} there.",
    )
    return Plant(forms[at % len(forms)], (own,), "online")


_NUMBERED = (_postcode, _code, _day, _address)


# ---- the story

_OF_CONTACTS = ("summary", "detail", "response", "no_response", "impact", "own_words")


def planted_story(planted: list[Plant], slug: str = "planted") -> Story:
    """The plants over every field in which people write, one or a few to a field."""
    lines = [p.sentence for p in planted if p.one_line]
    texts = [p.sentence for p in planted if not p.one_line]
    contacts = tuple(_contact(number, lines) for number in range(max(1, len(planted) // 10)))
    taken = [lines.pop() if lines else "" for _ in range(9)]
    point = Point(date="2014-03", label=taken[8])
    return Story(
        slug=slug,
        title=f"A story. {taken[0]}",
        fictional=True,
        introduction=taken[1],
        people=(Person(ref="P1", name="Robin", about=f"{taken[2]} {taken[3]}"),),
        agencies=AGENCIES,
        contacts=contacts,
        gaps=(Gap(date="2015-02", kind="waiting", agency="hostel", people=("P1",), note=taken[4]),),
        episodes=tuple(
            Episode(
                position=at, title=f"Part. {taken[5 + at]}", text="\n\n".join(lines[at::2] + texts[at::2])
            )
            for at in range(2)
        ),
        tracks=(Track(ref="home", kind="home", title=f"Home. {taken[7]}", people=("P1",), points=(point,)),),
    )


def _contact(number: int, lines: list[str]) -> Contact:
    told = {name: lines.pop() for name in _OF_CONTACTS if lines}
    date = f"20{14 + number // 12 % 8}-{number % 12 + 1:02d}"
    return Contact(date=date, agency="hostel", people=("P1",), **told)


AGENCIES = (
    Agency(ref="hostel", name="The Shelter", sector="voluntary"),
    Agency(
        ref="other", name="Mostyn Vale Trust", sector="voluntary", show_as=ShowAs.ALIAS, alias="A charity"
    ),
)


# ---- the search


def letters_of(text: str) -> str:
    """The letters and digits of a text, as a search compares them.

    Small letters of any width, without accents; letters of other scripts as the Latin ones they look like; spaces,
    marks and signs that can't be seen left out. So no writing hides a name. What this joins ("her Alex" holds "ralex")
    can only show a plant where none is, never hide one: that is why invented names which hold a pseudonym are made
    otherwise (``_invented``), and why the search leaves nothing out on its account.
    """
    plain = unicodedata.normalize("NFKD", text).translate(str.maketrans("аеорсхАЕОРСХ", "aeopcxAEOPCX"))
    return "".join(c for c in plain.casefold() if c.isalnum())


_DATA = re.compile(r"data:(?P<kind>[\w/+.\-]+)(?:;charset=[\w-]+)?;base64,(?P<inside>[A-Za-z0-9+/=]+)")
#: What a data address holds without a word of the story: typefaces, which are ours; everything else in one is read.
_WORDLESS = ("font/woff2",)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def leaks(outputs: Mapping[str, bytes | str], planted: Iterable[Plant]) -> dict[str, set[str]]:
    """For each output the plants of which something is left in it, read as written, decoded, and without tags."""
    wanted = list(planted)
    return {name: found for name, output in outputs.items() if (found := _in_one(output, wanted))}


def _in_one(output: bytes | str, wanted: list[Plant]) -> set[str]:
    text = output.decode("utf-8", "replace") if isinstance(output, bytes) else output
    inside = [_decoded(data) for data in _DATA.finditer(text)]
    text = _DATA.sub(" ", text)
    read = html.unescape(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), text.replace("\\n", " ")))
    ways = [letters_of(way) for way in (text, read, unquote(read), _TAG.sub("", read))]
    found = {p.sentence for p in wanted if any(part in way for way in ways for part in p.letters)}
    return found.union(*(_in_one(data, wanted) for data in inside))


def _decoded(data: re.Match[str]) -> bytes:
    content = base64.b64decode(data["inside"])
    if data["kind"] in _WORDLESS:
        assert content.startswith(b"wOF2"), "a typeface is one"
        return b""
    return content
