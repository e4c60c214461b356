"""Names of people and places, and ordinary words: what a capital or its absence is weighed against.

Sources: given names and surnames of the US census (package ``names``), short forms (``nicknames``), lists of our own
in ``lists/``, places from GeoNames (CC BY 4.0), ordinary English from the lexicon in ``lemminflect``. All are read
once, when first needed.
"""

from __future__ import annotations

import csv
import gzip
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ..kept import keeps_texts

_LISTS: Final = Path(__file__).parent / "lists"
#: So many words are kept with what was found out about each.
_KEPT: Final = 1 << 14
#: What stands before a hyphen and is no word of its own: "non-molestation".
_PREFIXES: Final = frozenset(
    {"non", "anti", "semi", "pre", "post", "multi", "ex", "co", "re", "sub", "inter", "un", "pro", "bi"}
)
#: The sorts of word that what is something may be as well.
_OF_THINGS: Final = frozenset({"noun", "verb"})
#: Phrases by their first word, longest first; every word as `key` has it.
Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Words:
    """What is known about words; every one as ``key`` has it."""

    given: frozenset[str]
    #: Given names that are everyday words too: "will", "grace", "mark".
    also_words: frozenset[str]
    #: Given names that are nothing else, and so are names in small letters too: "darren", "daz".
    only_names: frozenset[str]
    surnames: frozenset[str]
    ordinary: frozenset[str]
    #: What says only how something is: "tiny", "skinny".
    adjectives: frozenset[str]
    #: More than one of something: "bones".
    plurals: frozenset[str]
    #: What may be something, and never how or how much: "tank", "ghost".
    things: frozenset[str]
    places: Phrases
    nationwide: Phrases
    demonyms: frozenset[str]
    occupations: frozenset[str]
    organisations: frozenset[str]
    streets: frozenset[str]
    generic: frozenset[str]
    #: A name -> what else the same person is called.
    other_names: Mapping[str, frozenset[str]]

    def is_word(self, word: str) -> bool:
        """Whether ``word`` is ordinary English, or a plain form of it."""
        return self._is_word(word)

    @cached_property
    def _is_word(self) -> Callable[[str], bool]:
        """The same, with the answers of late kept: a text asks of most of its words several times."""
        kept = lru_cache(maxsize=_KEPT)(self._looked_up)
        keeps_texts(kept)
        return kept

    def _looked_up(self, word: str) -> bool:
        if word in self.ordinary:
            return True
        if "-" in word:
            return all(part in _PREFIXES or self.is_word(part) for part in word.split("-") if part)
        return any(stem in self.ordinary for stem in _stems(word))


@lru_cache(maxsize=_KEPT)
def key(text: str) -> str:
    """``text`` in small letters, without accents and with one kind of apostrophe."""
    plain = text.replace("’", "'").replace("‘", "'").replace("`", "'")
    if plain.isascii():
        return plain.lower()
    split = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in split if not unicodedata.combining(c)).translate(_LETTERS).lower()


_LETTERS: Final = str.maketrans(
    {"\u0131": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae"}
)


@cache
def words() -> Words:
    """Everything, read once (about a third of a second)."""
    own = _tokens("given_names.txt")
    both = _tokens("name_words.txt")
    lexicon = _lexicon()
    ordinary = frozenset({*_tokens("ordinary.txt"), *lexicon})
    short = _nicknames()
    census = {*_census("dist.male.first"), *_census("dist.female.first")}
    everyday = both | (ordinary & (own | census | short.keys()))
    given = own | both | census | short.keys()
    return Words(
        given=frozenset(given - _tokens("ordinary.txt")) | both,
        also_words=frozenset(everyday),
        only_names=frozenset((own | short.keys() | _frequent(census)) - everyday - ordinary),
        surnames=frozenset(_census("dist.all.last")),
        ordinary=ordinary,
        adjectives=frozenset(form for form, told in lexicon.items() if told == {"adj": form}),
        plurals=frozenset(form for form, told in lexicon.items() if told.get("noun", form) != form),
        things=frozenset(
            form for form, told in lexicon.items() if "noun" in told and told.keys() <= _OF_THINGS
        ),
        places=_places(ordinary),
        nationwide=_phrases(*_lines("nationwide.txt"), *_things()),
        demonyms=_tokens("demonyms.txt"),
        occupations=_tokens("occupations.txt"),
        organisations=_tokens("organisations.txt"),
        streets=_tokens("streets.txt"),
        generic=_tokens("generic.txt"),
        other_names=short,
    )


def _lines(name: str) -> Iterator[str]:
    lines = (_LISTS / name).read_text("utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


def sections_of_lines(name: str) -> dict[str, tuple[str, ...]]:
    """A list in parts, each under its heading ("## kin"): heading -> lines."""
    parts: dict[str, list[str]] = defaultdict(list)
    at = ""
    for line in (_LISTS / name).read_text("utf-8").splitlines():
        if line.startswith("## "):
            at = line[3:]
        elif line and not line.startswith("#"):
            parts[at].append(line)
    return {heading: tuple(lines) for heading, lines in parts.items()}


def sections(name: str) -> dict[str, frozenset[str]]:
    """The words under each heading of a list, as ``key`` has them."""
    parts = sections_of_lines(name)
    return {
        heading: frozenset(key(word) for line in lines for word in line.split())
        for heading, lines in parts.items()
    }


def _tokens(name: str) -> frozenset[str]:
    return frozenset(key(word) for line in _lines(name) for word in line.split())


def _phrases(*lines: str) -> Phrases:
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for line in lines:
        split = tuple(key(line).replace("-", " ").replace("&", " ").split())
        found[split[0].removesuffix("'s")].add(split)
    return {first: tuple(sorted(rest, key=lambda p: (-len(p), p))) for first, rest in found.items()}


def _things() -> Iterator[str]:
    return (thing for line in _lines("things.txt") for thing in line.split(", "))


def _places(ordinary: frozenset[str]) -> Phrases:
    """Places, and what people call them for short: "Merthyr" of Merthyr Tydfil."""
    lines = [*_lines("places.txt"), *_lines("places_more.txt")]
    heads = {line.split()[0] for line in lines if " " in line}
    short = {head for head in heads if len(head) > 5 and key(head) not in ordinary and "'" not in head}
    return _phrases(*lines, *short)


def _package(name: str) -> Path:
    """Where an installed package's files are, without running any of it."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(name)
    return Path(spec.submodule_search_locations[0])


def _census(name: str) -> frozenset[str]:
    lines = (_package("names") / name).read_text("ascii").splitlines()
    return frozenset(line.split()[0].lower() for line in lines)


def _frequent(census: Iterable[str]) -> set[str]:
    """Names of four letters or more: shorter ones of the census are half of them words of some language."""
    return {name for name in census if len(name) > 3}


def _nicknames() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    with (_package("nicknames") / "names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one, other = key(row["name1"]), key(row["name2"])
            found[one].add(other)
            found[other].add(one)
    return {name: frozenset(others) for name, others in found.items()}


def _lexicon() -> dict[str, dict[str, str]]:
    """Small-letter forms in the SPECIALIST lexicon, each with its sorts and what it is a form of.

    {"bones": {"noun": "bone", "verb": "bone"}}. What is spelt with a capital there is a name.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    file = _package("lemminflect") / "resources" / "lemma_lu.csv.gz"
    for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
        form, sort, plain = line.split(",")[:3]
        if form.islower() and form.isalpha():
            found[form][sort] = plain
    return found


def _stems(word: str) -> Iterator[str]:
    for end in ("'s", "s'", "s", "ly", "er", "ers", "ness", "less", "able", "ing", "ed"):
        if word.endswith(end) and len(word) > len(end) + 2:
            yield word[: -len(end)]
    for start in ("non-", "re-", "un", "re", "self-", "co-", "pre", "over", "mis"):
        if word.startswith(start) and len(word) > len(start) + 3:
            yield word[len(start) :]


keeps_texts(key)
